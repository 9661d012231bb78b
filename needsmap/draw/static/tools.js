/* What stands under the map: layers seen, my area, all small areas, the map as a picture. */
"use strict";

(function (needs) {
  function button(parent, words, act) {
    const made = needs.part("button", "needs-button", parent);
    made.type = "button";
    made.textContent = words;
    made.addEventListener("click", act);
    return made;
  }

  needs.drawTools = function (view) {
    const words = view.look.words, message = view.message;
    const focused = view.tools.contains(document.activeElement) ? document.activeElement.dataset.name : "";
    view.tools.replaceChildren();
    if (message.near) {
      const all = button(view.tools, view.whole ? words.from_afar : words.whole, () => {
        view.whole = !view.whole;
        view.choosePart().then(() => needs.drawTools(view));
      });
      all.setAttribute("aria-pressed", String(view.whole));
    }
    if (needs.canLocate()) button(view.tools, words.my_area, () => needs.myArea(view));
    if (message.picture) button(view.tools, words.picture, () => needs.savePicture(view));
    const seen = [...view.seen.values()].filter((other) => other.place === message.place && other.mark !== message.mark);
    if (seen.length && !message.together) {
      needs.part("span", "needs-tools-title", view.tools).textContent =
        message.mark === view.current ? words.seen : words.looking_back;
      // The page's own layer comes first while an earlier one is shown.
      seen.sort((a, b) => (b.mark === view.current) - (a.mark === view.current));
      for (const other of seen.slice(0, 4)) {
        const again = button(view.tools, other.title, () => view.show({ ...other, again: true, focus: message.focus }));
        again.dataset.name = other.mark;
        if (focused === other.mark) again.focus();
      }
    }
  };
})(window.NeedsMap);
