// Distance and area on the CGCS2000 ellipsoid, with the same rules as zones/measure.py.
window.atlasMeasure = (function () {
  const A = 6378137, F = 1 / 298.257222101;
  const B = A * (1 - F), E2 = F * (2 - F), E = Math.sqrt(E2);
  const RAD = Math.PI / 180;
  // Five Gauss-Legendre points integrate the smooth area function along an edge of 1 degree to 1e-15.
  const far = Math.sqrt(5 + 2 * Math.sqrt(10 / 7)) / 3, near = Math.sqrt(5 - 2 * Math.sqrt(10 / 7)) / 3;
  const outer = (322 - 13 * Math.sqrt(70)) / 900, inner = (322 + 13 * Math.sqrt(70)) / 900;
  const NODES = [-far, -near, 0, near, far], WEIGHTS = [outer, inner, 128 / 225, inner, outer];

  // Area from the equator to a latitude, per radian of longitude, in m².
  function zone(latitude) {
    const sine = Math.sin(latitude);
    return (B * B / 2) * (sine / (1 - E2 * sine * sine) + Math.atanh(E * sine) / E);
  }

  // Area in m² of a ring of [longitude, latitude] in degrees; edges are straight in longitude and latitude.
  function area(ring) {
    const origin = ring.length ? zone(ring[0][1] * RAD) : 0;
    let total = 0;
    for (let at = 0; at < ring.length; at += 1) {
      const [x0, y0] = ring[at], [x1, y1] = ring[(at + 1) % ring.length];
      let mean = 0;
      NODES.forEach((node, place) => {
        mean += (WEIGHTS[place] / 2) * zone((y0 + ((y1 - y0) * (node + 1)) / 2) * RAD);
      });
      // Counted from the ring's own latitude: smaller terms, no digits lost.
      total += (x1 - x0) * RAD * (mean - origin);
    }
    return Math.abs(total);
  }

  // Length in m of the geodesic between two points [longitude, latitude], by Vincenty's inverse solution (1975).
  function distance([x0, y0], [x1, y1]) {
    const length = (x1 - x0) * RAD;
    const u0 = Math.atan((1 - F) * Math.tan(y0 * RAD)), u1 = Math.atan((1 - F) * Math.tan(y1 * RAD));
    const [s0, c0, s1, c1] = [Math.sin(u0), Math.cos(u0), Math.sin(u1), Math.cos(u1)];
    let lambda = length, before, sine, cosine, sigma, cos2, middle;
    for (let turn = 0; turn < 100; turn += 1) {
      const sl = Math.sin(lambda), cl = Math.cos(lambda);
      sine = Math.hypot(c1 * sl, c0 * s1 - s0 * c1 * cl);
      if (sine === 0) return 0;
      cosine = s0 * s1 + c0 * c1 * cl;
      sigma = Math.atan2(sine, cosine);
      const across = (c0 * c1 * sl) / sine;
      cos2 = 1 - across * across;
      middle = cos2 === 0 ? 0 : cosine - (2 * s0 * s1) / cos2;
      const c = (F / 16) * cos2 * (4 + F * (4 - 3 * cos2));
      before = lambda;
      lambda = length + (1 - c) * F * across *
        (sigma + c * sine * (middle + c * cosine * (2 * middle * middle - 1)));
      if (Math.abs(lambda - before) < 1e-13) break;
    }
    const u = (cos2 * (A * A - B * B)) / (B * B);
    const a = 1 + (u / 16384) * (4096 + u * (-768 + u * (320 - 175 * u)));
    const b = (u / 1024) * (256 + u * (-128 + u * (74 - 47 * u)));
    const less = b * sine * (middle + (b / 4) * (cosine * (2 * middle * middle - 1) -
      (b / 6) * middle * (4 * sine * sine - 3) * (4 * middle * middle - 3)));
    return B * a * (sigma - less);
  }

  function along(line) {
    let total = 0;
    for (let at = 1; at < line.length; at += 1) total += distance(line[at - 1], line[at]);
    return total;
  }

  const figure = (value, digits) => value.toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits });

  function lengthText(metres) {
    return metres < 1000 ? `${figure(metres, 0)} m` : `${figure(metres / 1000, 2)} km`;
  }

  function areaTexts(m2, words) {
    const first = m2 < 1e6 ? `${figure(m2, 0)} m²` : `${figure(m2 / 1e6, 3)} km²`;
    return [first, `${figure(m2 / 1e4, 1)} ${words.ha} · ${figure((m2 * 3) / 2000, 0)} ${words.mu}`];
  }

  // The two buttons, the panel beside them, and what is drawn while measuring.
  function add(map, words) {
    const drawn = L.layerGroup().addTo(map);
    let mode = null, points = [], done = false, panel, buttons = {};

    function ring() {
      return points.map((point) => [point.lng, point.lat]);
    }

    function draw() {
      drawn.clearLayers();
      const look = { color: words.ink, weight: 2, dashArray: done ? null : "4 4", interactive: false, fillOpacity: 0.12 };
      const shape = mode === "area" && points.length > 2 ? L.polygon(points, look) : L.polyline(points, { ...look, fill: false });
      drawn.addLayer(shape);
      points.forEach((point) => drawn.addLayer(L.circleMarker(point, { ...look, radius: 3.5, dashArray: null, fillColor: words.paper, fillOpacity: 1 })));
      tell();
    }

    function line(text, className) {
      const made = L.DomUtil.create("p", className, panel);
      made.textContent = text;
    }

    function tell() {
      panel.replaceChildren();
      panel.hidden = mode === null;
      if (mode === null) return;
      const measured = ring();
      if (mode === "distance" && points.length > 1) line(lengthText(along(measured)), "atlas-figure");
      if (mode === "area" && points.length > 2) {
        areaTexts(area(measured), words).forEach((text, at) => line(text, at ? "" : "atlas-figure"));
        line(`${words.perimeter} ${lengthText(along([...measured, measured[0]]))}`, "");
      }
      line(done ? words.rule : words.hint, "atlas-hint");
      const row = L.DomUtil.create("div", "atlas-row", panel);
      const steps = [[words.undo, undo, !done && points.length > 0], [words.finish, finish, !done && points.length > 1], [words.clear, () => start(mode), points.length > 0], [words.close, stop, true]];
      for (const [text, act, shown] of steps) {
        if (!shown) continue;
        const button = L.DomUtil.create("button", "", row);
        button.type = "button";
        button.textContent = text;
        button.addEventListener("click", act);
      }
    }

    function start(wanted) {
      mode = wanted; points = []; done = false;
      map.closePopup();
      map.doubleClickZoom.disable();
      map.getContainer().classList.add("atlas-measuring");
      mark();
      draw();
    }

    function stop() {
      mode = null; points = [];
      map.doubleClickZoom.enable();
      map.getContainer().classList.remove("atlas-measuring");
      mark();
      draw();
    }

    function undo() { points.pop(); draw(); }
    function finish() { done = true; draw(); }

    function mark() {
      for (const [name, button] of Object.entries(buttons)) button.setAttribute("aria-pressed", String(name === mode));
    }

    map.on("click", (event) => {
      if (mode === null || done) return;
      // The two clicks of a double click are one point.
      const last = points.length && map.latLngToContainerPoint(points[points.length - 1]);
      if (last && last.distanceTo(event.containerPoint) < 4) return;
      points.push(event.latlng);
      draw();
    });
    map.on("dblclick", () => { if (mode !== null && points.length > 1) finish(); });
    document.addEventListener("keydown", (event) => { if (event.key === "Escape" && mode !== null) stop(); });

    const control = L.control({ position: "topleft" });
    control.onAdd = () => {
      const box = L.DomUtil.create("div", "atlas-measure");
      const bar = L.DomUtil.create("div", "leaflet-bar", box);
      for (const name of ["distance", "area"]) {
        const button = L.DomUtil.create("button", "", bar);
        button.type = "button";
        button.textContent = words[name];
        button.addEventListener("click", () => (mode === name ? stop() : start(name)));
        buttons[name] = button;
      }
      panel = L.DomUtil.create("div", "atlas-measured", box);
      panel.setAttribute("role", "status");
      L.DomEvent.disableClickPropagation(box).disableScrollPropagation(box);
      return box;
    };
    control.addTo(map);
    stop();
  }

  return { add, area, distance, along };
})();
