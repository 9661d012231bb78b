/* My area: asks the browser once where it is, goes to the area there, keeps nothing. */
"use strict";

(function (needs) {
  const REFUSED = 1; // GeolocationPositionError.PERMISSION_DENIED

  /* Whether to offer it: on a phone or tablet whose browser can tell. */
  needs.canLocate = function () {
    return "geolocation" in navigator && window.isSecureContext && window.matchMedia("(pointer: coarse)").matches;
  };

  needs.myArea = function (view) {
    const words = view.look.words, say = (text) => { view.spoken.textContent = view.tell(text); };
    navigator.geolocation.getCurrentPosition((found) => {
      const outlines = view.layer.outlines;
      const area = outlines.at(needs.worldX(found.coords.longitude), needs.worldY(found.coords.latitude));
      if (area < 0) { say(words.elsewhere); return; }
      // The map goes to the area, never to the point: its viewpoint stands in the link.
      const corner = (x, y) => view.map.unproject(L.point(x, y), 0);
      view.map.fitBounds([
        corner(outlines.west[area], outlines.south[area]), corner(outlines.east[area], outlines.north[area]),
      ], { animate: false, maxZoom: 14, padding: [24, 24] });
      view.moved = true;
      needs.keepView(view);
      view.choose(area);
      say(outlines.names[area]);
    }, (fault) => say(fault.code === REFUSED ? words.refused : words.no_position), { maximumAge: 0, timeout: 15000 });
  };
})(window.NeedsMap);
