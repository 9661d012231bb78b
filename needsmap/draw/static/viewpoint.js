/* The link holds where the map looks: written into the address without asking the server. */
"use strict";

(function (needs) {
  const WAIT = 250; // ms after the last move: browsers limit how often an address may change

  function now(view) {
    const at = view.map.getCenter();
    return [Number(at.lat.toFixed(5)), Number(at.lng.toFixed(5)), Math.round(4 * view.map.getZoom()) / 4];
  }

  /* Whether a message asks the map to look elsewhere than the link has said so far: at a
     viewpoint, or (gone back to a link without one) at the whole place. */
  needs.viewAsked = function (view, message) {
    const asked = message.view ? message.view.join("_") : "";
    const before = view.askedView || "", news = asked !== before && asked !== view.writtenView;
    view.askedView = asked;
    if (news && asked) view.writtenView = asked;
    return news && (Boolean(asked) || !new URL(window.location.href).searchParams.has("view"));
  };

  // A move just made belongs to the page one has gone back from, not to the one gone to.
  let keeping = 0;
  window.addEventListener("popstate", () => clearTimeout(keeping));

  /* Put the viewpoint into the address, or take it out when the whole place is shown. */
  needs.keepView = function (view) {
    if (!view.message.keeps) return;
    clearTimeout(keeping);
    keeping = setTimeout(() => {
      if (!view.root.isConnected) return;
      const link = new URL(window.location.href), text = view.moved ? now(view).join("_") : "";
      if ((link.searchParams.get("view") || "") === text) return;
      if (text) link.searchParams.set("view", text); else link.searchParams.delete("view");
      view.writtenView = text;
      window.history.replaceState(window.history.state, "", link);
    }, WAIT);
  };
})(window.NeedsMap);
