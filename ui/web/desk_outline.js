// The outlines of several shapes, where they lie on one another drawn once: two dashed lines in one place look like a third.
import { linesOf } from "./desk_drawing.js";

function ringsOf(shape) {
  const polygons = { Polygon: [shape?.coordinates], MultiPolygon: shape?.coordinates }[shape?.type];
  return polygons ? polygons.flat() : linesOf(shape);
}

// GeoJSON shapes that are no points; returns lines in which no edge occurs twice.
export function outlines(shapes) {
  const drawn = new Set();
  const lines = [];
  for (const ring of shapes.flatMap(ringsOf)) {
    let line = null;
    for (let at = 1; at < ring.length; at += 1) {
      const ends = [ring[at - 1], ring[at]];
      const edge = ends.map((end) => end.slice(0, 2).join()).sort().join(" ");
      if (drawn.has(edge)) {
        line = null;
        continue;
      }
      drawn.add(edge);
      if (!line) lines.push((line = [ends[0]]));
      line.push(ends[1]);
    }
  }
  return lines;
}
