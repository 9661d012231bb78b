/* The base map a place brings along: pictures from this app, multiplied onto the colours. */
"use strict";

(function (needs) {
  /* Shows, changes or takes away the base map as the message says; absent tiles stay absent. */
  needs.drawBaseMap = function (view) {
    const wanted = view.message.base || null, known = view.baseMap;
    if ((known && known.address) === (wanted && wanted.address)) return;
    if (known) { known.layer.remove(); known.credit.remove(); view.baseMap = null; }
    if (!wanted) return;
    if (!view.map.getPane("needs-base")) view.map.createPane("needs-base");
    const layer = L.tileLayer(needs.root + wanted.address, {
      attribution: "", pane: "needs-base", minNativeZoom: wanted.least, maxNativeZoom: wanted.most,
      minZoom: wanted.least, maxZoom: 19, bounds: wanted.bounds,
    }).addTo(view.map);
    const credit = needs.part("div", "needs-credit", view.box);
    credit.textContent = wanted.credit;
    view.baseMap = { address: wanted.address, layer: layer, credit: credit };
  };
})(window.NeedsMap);
