// Which zones lie under a point. Leaflet's canvas reports only the topmost shape; planners need all of them.
const REACH = 9; // pixels around a marker or an axis that still count as on it

export function zonesAt(map, zones, latlng) {
  const point = map.latLngToLayerPoint(latlng);
  const hits = zones.filter((zone) => isHit(map, zone, latlng, point));
  return hits.sort((a, b) => a.rank - b.rank || (a.id < b.id ? -1 : 1));
}

function isHit(map, zone, latlng, point) {
  if (zone.point && distance(map.latLngToLayerPoint(zone.point), point) <= REACH + 2) return true;
  if (zone.box && zone.box.contains(latlng) && insidePolygons(zone.polygons, latlng)) return true;
  return Boolean(zone.axis) && zone.axis.some((line) => nearLine(map, line, point));
}

export function insidePolygons(polygons, latlng) {
  return polygons.some((rings) => rings.reduce((inside, ring) => inside !== insideRing(ring, latlng), false));
}

function insideRing(ring, { lat, lng }) {
  let inside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const a = ring[i];
    const b = ring[j];
    if (a.lat > lat !== b.lat > lat && lng < ((b.lng - a.lng) * (lat - a.lat)) / (b.lat - a.lat) + a.lng) {
      inside = !inside;
    }
  }
  return inside;
}

function nearLine(map, line, point) {
  for (let i = 1; i < line.length; i++) {
    const a = map.latLngToLayerPoint(line[i - 1]);
    const b = map.latLngToLayerPoint(line[i]);
    if (segmentDistance(point, a, b) <= REACH) return true;
  }
  return false;
}

function segmentDistance(p, a, b) {
  const dx = b.x - a.x;
  const dy = b.y - a.y;
  const length = dx * dx + dy * dy;
  const along = length ? Math.max(0, Math.min(1, ((p.x - a.x) * dx + (p.y - a.y) * dy) / length)) : 0;
  return Math.hypot(p.x - a.x - along * dx, p.y - a.y - along * dy);
}

function distance(a, b) {
  return Math.hypot(a.x - b.x, a.y - b.y);
}
