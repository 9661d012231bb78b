/* The coloured areas, their borders and the services, on one canvas. Which area a pixel lies in
   and the borders are worked out once a view; a change of layer looks colours up. */
"use strict";

(function (needs) {
  function pattern(context, style) {
    const tile = document.createElement("canvas");
    tile.width = tile.height = 8;
    const pen = tile.getContext("2d");
    pen.fillStyle = style.ground;
    pen.fillRect(0, 0, 8, 8);
    pen.strokeStyle = pen.fillStyle = style.ink;
    if (style.kind === "hatched") {
      pen.lineWidth = 1.4;
      pen.beginPath();
      for (const shift of [-8, 0, 8]) { pen.moveTo(shift, 8); pen.lineTo(shift + 8, 0); }
      pen.stroke();
    } else {
      pen.beginPath(); pen.arc(2, 2, 0.9, 0, 7); pen.arc(6, 6, 0.9, 0, 7); pen.fill();
    }
    return context.createPattern(tile, "repeat");
  }

  /* Capital letters are classes we are less sure of: A is 0, drawn paler. */
  needs.classOf = (key) => (key >= "A" && key <= "I" ? String(key.charCodeAt(0) - 65) : key);

  /* A fill for one class: a colour, a pattern, or null where only the outline is drawn. */
  needs.fill = function (context, style) {
    if (!style || style.kind === "outlined") return null;
    return style.kind === "plain" ? style.ground : pattern(context, style);
  };

  needs.Layer = L.Renderer.extend({
    options: { padding: 0.1, pane: "overlayPane" }, // Leaflet's own: a wider margin costs every drawing

    initialize: function (look) {
      L.Renderer.prototype.initialize.call(this, {});
      this.look = look; this.outlines = null; this.classes = ""; this.styles = {};
      this.borders = null; this.services = []; this.focus = -1; this.cursor = -1;
    },

    _initContainer: function () {
      this._container = document.createElement("canvas");
      this._container.setAttribute("aria-hidden", "true");
      this._context = this._container.getContext("2d");
    },

    _destroyContainer: function () { this._container.remove(); },
    _updatePaths: function () {},

    _update: function () {
      if (this._map._animatingZoom && this._bounds) return;
      L.Renderer.prototype._update.call(this);
      const size = this._bounds.getSize(), ratio = window.devicePixelRatio || 1;
      L.DomUtil.setPosition(this._container, this._bounds.min);
      this._container.width = Math.round(size.x * ratio);
      this._container.height = Math.round(size.y * ratio);
      this._container.style.width = size.x + "px";
      this._container.style.height = size.y + "px";
      this.paint();
    },

    /* Draw everything that is in sight, at once. */
    paint: function () {
      if (!this._map || !this._bounds) return;
      const pen = this._context, ratio = window.devicePixelRatio || 1, canvas = this._container;
      const scale = this._map.options.crs.scale(this._map.getZoom()) / 256;
      const origin = this._map.getPixelOrigin().add(this._bounds.min);
      this._to = { scale: scale, x: origin.x, y: origin.y, size: this._bounds.getSize() };
      pen.setTransform(1, 0, 0, 1, 0, 0);
      if (this.outlines && canvas.width && canvas.height) {
        this.paintAreas(pen, ratio);
        pen.setTransform(ratio, 0, 0, ratio, 0, 0);
        this.paintServices(pen);
        if (this.focus >= 0) this.paintFocus(pen, this.focus, this.look.focus, 3, []);
        if (this.cursor >= 0) this.paintFocus(pen, this.cursor, this.look.cursor, 2.5, [6, 4]);
      } else pen.clearRect(0, 0, canvas.width, canvas.height);
      this.fire("painted");
    },

    /* What does not change with the layer: each pixel's area, and the borders. */
    seen: function (ratio) {
      const { width, height } = this._container, to = this._to, kept = this._seen;
      const at = [to.scale, to.x, to.y, width, height].join(" ");
      if (kept && kept.at === at && kept.outlines === this.outlines && kept.borders === this.borders) return kept;
      const drawn = kept && kept.image.width === width && kept.image.height === height ? kept : null;
      const lines = drawn ? drawn.lines : Object.assign(document.createElement("canvas"), { width: width, height: height });
      const pen = lines.getContext("2d"), image = drawn ? drawn.image : new ImageData(width, height);
      const stretches = needs.stretches(needs.rasterise(this.outlines, to, width, height, ratio));
      pen.setTransform(1, 0, 0, 1, 0, 0);
      pen.clearRect(0, 0, width, height);
      pen.setTransform(ratio, 0, 0, ratio, 0, 0);
      // Where areas are a few pixels wide their borders would hide their colours.
      const wide = this.outlines.typicalWidth * to.scale;
      if (wide > 5) this.paintBorders(pen, this.outlines, this.look.line, Math.min(1, wide / 24));
      if (this.borders) this.paintBorders(pen, this.borders, this.look.border, 1.6);
      this._seen = { at: at, outlines: this.outlines, borders: this.borders, stretches: stretches, lines: lines, image: image };
      return this._seen;
    },

    paintAreas: function (pen, ratio) {
      const seen = this.seen(ratio), width = this._container.width;
      const colours = new Uint32Array(seen.image.data.buffer);
      needs.colour(colours, seen.stretches, width, this.classes, this.styles, ratio, this.outlines.areas.length);
      pen.putImageData(seen.image, 0, 0);
      pen.drawImage(seen.lines, 0, 0);
    },

    trace: function (pen, outlines, area) {
      const to = this._to;
      let lastX = 0, lastY = 0;
      for (const polygon of outlines.areas[area]) for (const ring of polygon) {
        outlines.walk(ring, (x, y, first) => {
          const px = x * to.scale - to.x, py = y * to.scale - to.y;
          if (first) pen.moveTo(px, py);
          else if (Math.abs(px - lastX) + Math.abs(py - lastY) < 0.6) return; // below a pixel
          else pen.lineTo(px, py);
          lastX = px; lastY = py;
        });
        pen.closePath();
      }
    },

    paintBorders: function (pen, outlines, colour, width) {
      const to = this._to, boxes = outlines.arcBoxes();
      const west = to.x / to.scale, east = (to.x + to.size.x) / to.scale, north = to.y / to.scale, south = (to.y + to.size.y) / to.scale;
      pen.strokeStyle = colour; pen.lineWidth = width; pen.lineJoin = "round"; pen.setLineDash([]);
      pen.beginPath();
      for (let arc = 0; arc + 1 < outlines.starts.length; arc++) {
        const box = 4 * arc;
        if (boxes[box] > east || boxes[box + 1] < west || boxes[box + 2] > south || boxes[box + 3] < north) continue;
        let lastX = 0, lastY = 0;
        const a = outlines.starts[arc], b = outlines.starts[arc + 1];
        for (let i = a; i < b; i++) {
          const x = outlines.xs[i] * to.scale - to.x, y = outlines.ys[i] * to.scale - to.y;
          if (i === a) pen.moveTo(x, y);
          else if (i + 1 < b && Math.abs(x - lastX) + Math.abs(y - lastY) < 0.8) continue;
          else pen.lineTo(x, y);
          lastX = x; lastY = y;
        }
      }
      pen.stroke();
    },

    paintFocus: function (pen, area, colour, width, dashes) {
      pen.lineJoin = "round";
      pen.beginPath();
      this.trace(pen, this.outlines, area);
      pen.setLineDash([]); pen.strokeStyle = this.look.paper; pen.lineWidth = width + 3; pen.stroke();
      pen.setLineDash(dashes); pen.strokeStyle = colour; pen.lineWidth = width; pen.stroke();
      pen.setLineDash([]);
    },
  });

  const shapes = new Map();
  /* Draw a symbol (24 x 24 path) centred on x, y, with a paper edge around it. */
  needs.drawSymbol = function (pen, symbol, x, y, size, paper) {
    if (!symbol) return;
    if (!shapes.has(symbol.path)) shapes.set(symbol.path, new Path2D(symbol.path));
    const shape = shapes.get(symbol.path);
    pen.save();
    pen.translate(x - 12 * size, y - 12 * size);
    pen.scale(size, size);
    pen.lineJoin = "round"; pen.lineWidth = 3; pen.strokeStyle = paper; pen.stroke(shape);
    pen.fillStyle = symbol.colour; pen.fill(shape, "evenodd");
    pen.restore();
  };
})(window.NeedsMap);
