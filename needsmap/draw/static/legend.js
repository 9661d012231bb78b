/* The legend: each class as it is drawn, in words and numbers. */
"use strict";

(function (needs) {
  function swatch(style, paper) {
    const made = document.createElement("canvas");
    made.width = 28; made.height = 18;
    made.className = "needs-swatch" + (style && style.kind === "outlined" ? " needs-outlined" : "");
    const pen = made.getContext("2d");
    pen.fillStyle = paper; pen.fillRect(0, 0, 28, 18);
    const fill = needs.fill(pen, style);
    if (fill) { pen.fillStyle = fill; pen.fillRect(0, 0, 28, 18); }
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

  needs.drawLegend = function (legend, message, styles, look) {
    const title = document.createElement("p"), list = document.createElement("ul");
    title.textContent = message.title;
    if (legend.drawnAt !== window.innerWidth) legend.style.minHeight = "";
    legend.drawnAt = window.innerWidth;
    legend.replaceChildren(title);
    const beside = message.kind === "beside";
    if (beside) nine(legend, message, styles, look);
    for (const [key, words] of message.legend) {
      if (beside && key >= "0" && key <= "8") continue;
      entry(list, swatch(styles[key], look.paper), words);
    }
    for (const category of message.categories) {
      const symbol = look.symbols[category];
      if (!symbol) continue;
      const mark = document.createElement("canvas");
      mark.width = mark.height = 22;
      needs.drawSymbol(mark.getContext("2d"), symbol, 11, 11, 0.8, look.paper);
      entry(list, mark, symbol.label);
    }
    if (list.children.length) legend.appendChild(list);
    // Never shrink again: a shorter legend would let the map jump.
    legend.style.minHeight = Math.max(legend.offsetHeight, parseFloat(legend.style.minHeight) || 0) + "px";
  };
})(window.NeedsMap);
