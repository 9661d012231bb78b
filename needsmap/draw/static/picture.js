/* The map as a picture: title, map, legend, mark and sources on one canvas, saved as PNG. */
"use strict";

(function (needs) {
  const EDGE = 24, LINE = 24, TEXT = '16px "Atkinson Hyperlegible", sans-serif';
  const BOLD = '700 20px "Atkinson Hyperlegible", sans-serif';

  function wrapped(pen, text, width) {
    const lines = [];
    let line = "";
    for (const word of String(text).split(/\s+/)) {
      if (line && pen.measureText(line + " " + word).width > width) { lines.push(line); line = word; }
      else line = line ? line + " " + word : word;
    }
    return line ? [...lines, line] : lines;
  }

  function swatch(style, paper, sure) {
    const made = document.createElement("canvas");
    made.width = 28; made.height = 18;
    const pen = made.getContext("2d");
    pen.fillStyle = paper; pen.fillRect(0, 0, 28, 18);
    const fill = needs.fill(pen, style);
    if (fill) { pen.fillStyle = fill; pen.fillRect(0, 0, 28, 18); }
    if (sure) { pen.fillStyle = needs.fill(pen, sure); pen.fillRect(0, 0, 14, 18); }
    return made;
  }

  /* Returns a canvas with everything on it; nothing is fetched. */
  needs.makePicture = function (view) {
    const look = view.look, scene = view.scene, size = view.map.getSize(), scale = 2;
    const pen = document.createElement("canvas").getContext("2d"), width = size.x + 2 * EDGE;
    pen.font = BOLD;
    const title = wrapped(pen, scene.title, size.x);
    pen.font = TEXT;
    const legend = needs.legendEntries(scene, view.message, view.layer.styles, look);
    const rows = Math.ceil(legend.length / 2), half = size.x / 2;
    const foot = [scene.based, ...(view.message.foot || [])].filter(Boolean).flatMap((line) => wrapped(pen, line, size.x));
    const height = EDGE * 3 + (title.length + rows + foot.length) * LINE + size.y + 24;
    pen.canvas.width = width * scale; pen.canvas.height = height * scale;
    pen.scale(scale, scale);
    pen.fillStyle = look.paper; pen.fillRect(0, 0, width, height);
    pen.fillStyle = look.border; pen.textBaseline = "top";
    let y = EDGE;
    pen.font = BOLD;
    for (const line of title) { pen.fillText(line, EDGE, y); y += LINE; }
    y += 8;
    drawMap(pen, view, EDGE, y, size);
    y += size.y + 16;
    pen.font = TEXT;
    legend.forEach((entry, i) => {
      const x = EDGE + (i % 2) * half, top = y + Math.floor(i / 2) * LINE;
      if (entry.symbol) needs.drawSymbol(pen, entry.symbol, x + 14, top + 9, 0.8, look.paper);
      else pen.drawImage(swatch(entry.style, look.paper, entry.sure), x, top);
      pen.fillStyle = look.border; pen.textBaseline = "top";
      pen.fillText(entry.words, x + 38, top + 1, half - 48);
    });
    y += rows * LINE + 8;
    for (const line of foot) { pen.fillText(line, EDGE, y); y += LINE; }
    return pen.canvas;
  };

  function drawMap(pen, view, x, y, size) {
    const canvas = view.layer._container, ratio = canvas.width / parseFloat(canvas.style.width);
    const shift = view.map.containerPointToLayerPoint([0, 0]).subtract(view.layer._bounds.min);
    pen.drawImage(canvas, shift.x * ratio, shift.y * ratio, size.x * ratio, size.y * ratio, x, y, size.x, size.y);
    pen.save();
    pen.font = '700 14px "Atkinson Hyperlegible", sans-serif';
    pen.textAlign = "center"; pen.textBaseline = "middle"; pen.lineJoin = "round"; pen.lineWidth = 4;
    pen.strokeStyle = view.look.paper; pen.fillStyle = view.look.border;
    for (const label of view.labels.children) {
      const at = [x + parseFloat(label.style.left), y + parseFloat(label.style.top)];
      pen.strokeText(label.textContent, ...at); pen.fillText(label.textContent, ...at);
    }
    pen.restore();
    pen.strokeStyle = view.look.line; pen.lineWidth = 1; pen.strokeRect(x, y, size.x, size.y);
  }

  needs.savePicture = function (view) {
    needs.makePicture(view).toBlob((blob) => {
      const link = document.createElement("a");
      link.href = URL.createObjectURL(blob);
      link.download = view.message.picture + ".png";
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    }, "image/png");
  };
})(window.NeedsMap);
