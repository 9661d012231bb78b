/* The legend: each class as it is drawn, in words and numbers. */
"use strict";

(function (needs) {
  const GROUNDS = {
    plain: (style) => style.ground,
    hatched: (style) => `repeating-linear-gradient(135deg, ${style.ink} 0 1.4px, ${style.ground} 1.4px 5.66px)`,
    dotted: (style) => `radial-gradient(circle at 2px 2px, ${style.ink} 0.9px, transparent 1.3px) 0 0 / 8px 8px, `
      + `radial-gradient(circle at 6px 6px, ${style.ink} 0.9px, transparent 1.3px) 0 0 / 8px 8px, ${style.ground}`,
  };

  /* A class as it is drawn. No canvas: each would be a picture the browser makes anew a change.
     `sure`: the same class undoubted, drawn beside a paler one so that one sees what paler is. */
  function swatch(style, paper, sure) {
    const made = document.createElement("span"), ground = style && GROUNDS[style.kind];
    made.className = "needs-swatch" + (style && style.kind === "outlined" ? " needs-outlined" : "");
    made.style.background = ground ? ground(style) : paper;
    if (sure) made.style.background = `linear-gradient(90deg, ${sure.ground} 50%, ${style.ground} 50%)`;
    return made;
  }

  function entry(list, mark, words) {
    const item = document.createElement("li");
    const text = document.createElement("span");
    text.textContent = words;
    item.append(mark, text);
    list.appendChild(item);
  }

  /* Nine boxes: up is more asked for, right is a higher place in the index. */
  function nine(legend, message, styles, look) {
    const square = document.createElement("div");
    square.className = "needs-nine";
    square.setAttribute("aria-hidden", "true");
    for (const row of [2, 1, 0]) for (const column of [0, 1, 2]) {
      const box = swatch(styles[String(row * 3 + column)], look.paper);
      box.title = message.words[String(row * 3 + column)] || "";
      square.appendChild(box);
    }
    const up = document.createElement("span"), right = document.createElement("span");
    up.textContent = look.words.nine_up; right.textContent = look.words.nine_right;
    up.className = "needs-nine-up"; right.className = "needs-nine-right";
    const frame = document.createElement("div");
    frame.className = "needs-nine-frame";
    frame.append(up, square, right);
    legend.appendChild(frame);
  }

  /* The entries of a legend in order: {style or symbol, words}. */
  needs.legendEntries = function (scene, message, styles, look) {
    const entries = scene.legend.map(([key, words]) => ({
      key: key, style: styles[key], words: words, sure: needs.classOf(key) !== key ? styles[needs.classOf(key)] : null,
    }));
    for (const category of message.categories || []) {
      const symbol = look.symbols[category];
      if (symbol) entries.push({ symbol: symbol, words: symbol.label });
    }
    return entries;
  };

  /* A legend too long for its room scrolls, so the keyboard must reach it. */
  function reach(legend) {
    if (legend.scrollHeight > legend.clientHeight) legend.tabIndex = 0;
    else legend.removeAttribute("tabindex");
  }

  const SIDE = 232, NARROW = 480; // CSS pixels; below NARROW there is no side

  /* Beside the map or below it: wherever the place can be drawn larger. It depends on the place
     and the room alone, so that no change of layer moves the map. */
  needs.placeLegend = function (view) {
    if (view.root.closest(".needs-hall")) return; // a meeting lays it over the map
    const [west, south, east, north] = view.message.box, room = view.root.getBoundingClientRect();
    const wide = needs.worldX(east) - needs.worldX(west) || 1e-9, high = needs.worldY(south) - needs.worldY(north) || 1e-9;
    const below = Math.min(room.width / wide, (room.height - (room.width < 600 ? 230 : 160)) / high), beside = Math.min((room.width - SIDE) / wide, room.height / high);
    view.root.classList.toggle("needs-side", room.width >= NARROW && beside > below);
  };

  /* Maps side by side are as high as one another, whatever their legends hold. */
  function align(together) {
    const legends = [...needs.views].filter((view) => view.message.together === together).map((view) => view.legend);
    const most = Math.max(0, ...legends.map((legend) => parseFloat(legend.style.minHeight) || 0));
    for (const legend of legends) legend.style.minHeight = most + "px";
  }

  needs.drawLegend = function (legend, scene, message, styles, look) {
    const title = document.createElement("p"), list = document.createElement("ul");
    title.textContent = scene.title;
    if (legend.drawnAt !== window.innerWidth) legend.style.minHeight = "";
    legend.drawnAt = window.innerWidth;
    legend.replaceChildren(title);
    if (scene.based) legend.appendChild(Object.assign(document.createElement("p"), { className: "needs-based", textContent: scene.based }));
    const beside = scene.kind === "beside";
    if (beside) nine(legend, scene, styles, look);
    for (const one of needs.legendEntries(scene, message, styles, look)) {
      if (beside && one.key >= "0" && one.key <= "8") continue;
      if (!one.symbol) { entry(list, swatch(one.style, look.paper, one.sure), one.words); continue; }
      const mark = document.createElement("canvas");
      mark.width = mark.height = 22;
      needs.drawSymbol(mark.getContext("2d"), one.symbol, 11, 11, 0.8, look.paper);
      entry(list, mark, one.words);
    }
    if (list.children.length) legend.appendChild(list);
    // Never shrink again: a shorter legend would let the map jump. Beside the map it cannot, and
    // to ask how high it is would have the page laid out twice a change.
    const aside = legend.closest(".needs-side");
    if (!aside) legend.style.minHeight = Math.max(legend.offsetHeight, parseFloat(legend.style.minHeight) || 0) + "px";
    if (message.together) align(message.together);
    legend.setAttribute("role", "group");
    legend.setAttribute("aria-label", title.textContent);
    if (aside) requestAnimationFrame(() => reach(legend)); else reach(legend);
    if (!legend.watched) {
      legend.watched = new ResizeObserver(() => reach(legend));
      legend.watched.observe(legend);
    }
  };
})(window.NeedsMap);
