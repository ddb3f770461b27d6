// Behaviour of the saved web map. Texts of the data only ever become text nodes, so none can run as HTML.
window.atlasMap = (function () {
  const names = [];
  const shown = {};
  let said = { cards: {}, credits: "", use: "", places: [], words: {} };

  // All texts of the page: what each zone's card says, credits, and names of places.
  function hold(data) {
    said = data;
  }

  function element(tag, className, text) {
    const made = document.createElement(tag);
    if (className) made.className = className;
    if (text) made.textContent = text;
    return made;
  }

  function card(properties) {
    const made = element("div", "atlas-card");
    made.append(element("h2", "", properties.name));
    if (properties.other) made.append(element("p", "english", properties.other));
    const table = element("table");
    for (const [label, value] of properties.rows) {
      const row = table.insertRow();
      row.append(element("th", "", label), element("td", "", value));
    }
    made.append(table);
    return made;
  }

  // Called for each zone as Leaflet makes its layer.
  function dress(feature, layer) {
    const properties = said.cards[feature.properties.zone_id];
    // The last layer of a zone is the one on top: its axis, where it has one.
    shown[feature.properties.zone_id] = layer;
    const widest = Math.min(340, window.innerWidth - 80);
    // On a telephone the card stands below the buttons, which would cover its corner.
    const clear = window.innerWidth > 600 ? [70, 10] : [8, 166];
    layer.bindPopup(() => card(properties), { minWidth: Math.min(260, widest), maxWidth: widest, maxHeight: 320, autoPanPaddingTopLeft: clear });
    if (!feature.properties.labelled) {
      layer.bindTooltip(() => element("span", "", properties.name), { sticky: true });
      return;
    }
    const text = element("span", "", properties.name);
    text.style.color = properties.ink;
    const options = { permanent: true, direction: "center", className: "atlas-name", interactive: false };
    layer.bindTooltip(text, feature.geometry.type === "Point" ? { ...options, direction: "right", offset: [6, 0] } : options);
    names.push({ layer, size: properties.size });
  }

  // Larger zones keep their names; a name that would touch another waits for a closer zoom.
  function settleNames() {
    const used = [];
    for (const { layer } of names) {
      const node = layer.getTooltip() && layer.getTooltip().getElement();
      if (!node || !node.isConnected) continue;
      node.classList.remove("hidden");
      const box = node.getBoundingClientRect();
      const free = used.every((b) => box.right < b.left || b.right < box.left || box.bottom < b.top || b.bottom < box.top);
      if (free) used.push(box);
      else node.classList.add("hidden");
    }
  }

  function place(map, list) {
    for (const { name, at } of list) {
      const layer = L.tooltip({ permanent: true, direction: "center", className: "atlas-name atlas-place" });
      layer.setLatLng(at).setContent(element("span", "", name)).addTo(map);
      names.push({ layer: { getTooltip: () => layer }, size: 0 });
    }
  }

  function holds(group, layer) {
    return group === layer || (group.getLayers ? group.getLayers().some((each) => holds(each, layer)) : false);
  }

  // Go to a zone and open its card; a kind that is switched off is switched on again.
  function visit(map, groups, zoneId) {
    const layer = shown[zoneId];
    const group = groups.find((each) => holds(each, layer));
    if (group && !map.hasLayer(group)) map.addLayer(group);
    if (layer.getBounds) map.fitBounds(layer.getBounds(), { padding: [60, 60], maxZoom: 15, animate: false });
    else map.setView(layer.getLatLng(), 15, { animate: false });
    layer.openPopup();
  }

  function corner(map, id, position) {
    const control = L.control({ position });
    control.onAdd = () => {
      const node = document.getElementById(id);
      L.DomEvent.disableClickPropagation(node).disableScrollPropagation(node);
      node.hidden = false;
      return node;
    };
    control.addTo(map);
  }

  // The ratio of the middle of the map, for a screen of 96 dots to the inch as browsers count them.
  function tellRatio(map, node) {
    const size = map.getSize();
    const ends = [[0, size.y / 2], [size.x, size.y / 2]].map((point) => map.containerPointToLatLng(point));
    const ratio = map.distance(...ends) / (size.x * 0.0254 / 96);
    node.textContent = said.words.ratio.replace("{n}", Number(ratio.toPrecision(2)).toLocaleString("en").replace(/,/g, "\u2009"));
  }

  function finish(map, groups) {
    const ratio = element("div", "atlas-ratio");
    L.control.scale({ imperial: false }).addTo(map).getContainer().append(ratio);
    map.on("moveend resize", () => tellRatio(map, ratio));
    map.whenReady(() => tellRatio(map, ratio));
    map.attributionControl.setPrefix(`<b>${said.use}</b>`).addAttribution(said.credits);
    corner(map, "atlas-north", "topright");
    corner(map, "atlas-legend", "bottomright");
    // On a telephone the legend would cover the map it explains.
    document.getElementById("atlas-legend").open = window.innerWidth > 600;
    place(map, said.places);
    atlasSearch.add(said.cards, said.words, (zoneId) => visit(map, groups, zoneId));
    atlasMeasure.add(map, said.words);
    names.sort((a, b) => b.size - a.size);
    // A group switched on again would come to lie on top of smaller zones.
    const order = () => groups.forEach((group) => map.hasLayer(group) && group.eachLayer((each) => each.bringToFront && each.bringToFront()));
    map.on("overlayadd", () => { order(); settleNames(); });
    map.on("overlayremove zoomend resize", settleNames);
    map.whenReady(() => setTimeout(settleNames, 0));
    document.fonts.ready.then(settleNames);
  }

  return { hold, dress, finish };
})();
