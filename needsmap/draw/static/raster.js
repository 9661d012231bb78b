/* Which area each pixel of the map lies in: worked out once a view, so that a change of
   layer only looks colours up, whatever the number of areas and of their borders. */
"use strict";

(function (needs) {
  const INSIDE = 0.5; // a pixel belongs to the area its middle lies in: to exactly one

  /* Crossings of borders with rows of pixels, a list a row; reused from area to area. */
  class Crossings {
    constructor(rows) {
      this.head = new Int32Array(rows).fill(-1);
      this.next = new Int32Array(4096);
      this.at = new Float64Array(4096);
      this.many = 0;
      this.row = new Float64Array(64); // those of one row, in order
    }

    add(row, x) {
      if (this.many === this.at.length) {
        const next = new Int32Array(2 * this.many), at = new Float64Array(2 * this.many);
        next.set(this.next); at.set(this.at);
        this.next = next; this.at = at;
      }
      this.at[this.many] = x;
      this.next[this.many] = this.head[row];
      this.head[row] = this.many++;
    }

    /* Take a row's crossings from left to right into `this.row`; returns how many. */
    take(row) {
      let found = 0;
      for (let i = this.head[row]; i >= 0; i = this.next[i]) {
        if (found === this.row.length) {
          const longer = new Float64Array(2 * found);
          longer.set(this.row);
          this.row = longer;
        }
        let j = found++;
        for (; j > 0 && this.row[j - 1] > this.at[i]; j--) this.row[j] = this.row[j - 1];
        this.row[j] = this.at[i];
      }
      this.head[row] = -1;
      return found;
    }
  }

  /* Numbers of areas, counted from 1, row by row; 0 where there is none. `to` says where the
     canvas lies (`scale`, `x`, `y` in CSS pixels), `ratio` how many pixels a CSS pixel is. */
  needs.rasterise = function (outlines, to, width, height, ratio) {
    const areas = outlines.areas.length, points = outlines.xs.length;
    const pixels = areas < 65535 ? new Uint16Array(width * height) : new Uint32Array(width * height);
    const xs = new Float64Array(points), ys = new Float64Array(points), rows = new Int32Array(points);
    for (let i = 0; i < points; i++) {
      xs[i] = (outlines.xs[i] * to.scale - to.x) * ratio;
      ys[i] = (outlines.ys[i] * to.scale - to.y) * ratio;
      rows[i] = Math.ceil(ys[i] - INSIDE);
    }
    const crossings = new Crossings(height);
    const cross = (a, b) => {
      if (rows[a] === rows[b]) return;
      const down = rows[a] < rows[b], first = Math.max(0, down ? rows[a] : rows[b]), end = Math.min(height, down ? rows[b] : rows[a]);
      const slope = (xs[b] - xs[a]) / (ys[b] - ys[a]);
      for (let row = first; row < end; row++) crossings.add(row, xs[a] + (row + INSIDE - ys[a]) * slope);
    };
    for (let area = 0; area < areas; area++) {
      const north = (outlines.north[area] * to.scale - to.y) * ratio, south = (outlines.south[area] * to.scale - to.y) * ratio;
      const west = (outlines.west[area] * to.scale - to.x) * ratio, east = (outlines.east[area] * to.scale - to.x) * ratio;
      if (south < 0 || north >= height || east < 0 || west >= width) continue;
      crossings.many = 0;
      for (const polygon of outlines.areas[area]) for (const ring of polygon) {
        let begun = -1, ended = -1;
        for (const signed of ring) {
          const arc = signed < 0 ? -1 - signed : signed, a = outlines.starts[arc], b = outlines.starts[arc + 1] - 1;
          // Always walked forwards: both neighbours must meet the same crossings.
          for (let i = a; i < b; i++) if (rows[i] !== rows[i + 1]) cross(i, i + 1);
          if (begun < 0) begun = signed < 0 ? b : a;
          ended = signed < 0 ? a : b;
        }
        cross(ended, begun);
      }
      let drawn = false;
      for (let row = Math.max(0, Math.ceil(north - INSIDE)), end = Math.min(height, Math.ceil(south - INSIDE)); row < end; row++) {
        const found = crossings.take(row);
        for (let i = 0; i + 1 < found; i += 2) {
          const from = row * width + Math.max(0, Math.ceil(crossings.row[i] - INSIDE)), until = row * width + Math.min(width, Math.ceil(crossings.row[i + 1] - INSIDE));
          for (let at = from; at < until; at++) pixels[at] = area + 1;
          if (from < until) drawn = true;
        }
      }
      // An island smaller than a pixel shows all the same, where nobody else's ground is.
      const x = Math.floor((west + east) / 2), y = Math.floor((north + south) / 2);
      if (!drawn && x >= 0 && y >= 0 && x < width && y < height && !pixels[y * width + x]) pixels[y * width + x] = area + 1;
    }
    return pixels;
  };

  /* Stretches of pixels of one area, row after row: where each begins (and the end), whose it is. */
  needs.stretches = function (pixels) {
    let many = 0;
    for (let at = 0; at < pixels.length; at++) if (!at || pixels[at] !== pixels[at - 1]) many++;
    const starts = new Uint32Array(many + 1), areas = new pixels.constructor(many);
    let found = 0;
    for (let at = 0; at < pixels.length; at++) {
      if (at && pixels[at] === pixels[at - 1]) continue;
      starts[found] = at;
      areas[found++] = pixels[at];
    }
    starts[many] = pixels.length;
    return { starts: starts, areas: areas };
  };

  const tiles = new Map();

  /* One class as pixels: a square of `side` x `side`, repeated; null where only the outline is drawn. */
  function tile(style, ratio) {
    const side = Math.round(8 * ratio), name = [style && style.kind, style && style.ground, style && style.ink, side].join(" ");
    if (!tiles.has(name)) {
      const pen = Object.assign(document.createElement("canvas"), { width: side, height: side }).getContext("2d", { willReadFrequently: true });
      const fill = needs.fill(pen, style);
      if (fill) {
        pen.scale(side / 8, side / 8);
        pen.fillStyle = fill; pen.fillRect(0, 0, 8, 8);
      }
      tiles.set(name, fill ? new Uint32Array(pen.getImageData(0, 0, side, side).data.buffer) : null);
    }
    return tiles.get(name);
  }

  /* Fill an image (32 bits a pixel) with the colour of each stretch's area. */
  needs.colour = function (image, stretches, width, classes, styles, ratio, areas) {
    const PATTERNED = 1, plain = new Uint32Array(areas + 1), patterns = [], side = Math.round(8 * ratio);
    const known = new Map(), starts = stretches.starts, whose = stretches.areas;
    for (let area = 0; area < areas; area++) {
      const key = classes[area] || "m";
      if (!known.has(key)) known.set(key, tile(styles[key], ratio));
      const found = known.get(key);
      if (!found) continue;
      if (styles[key].kind === "plain") plain[area + 1] = found[0];
      else { plain[area + 1] = PATTERNED; patterns[area + 1] = found; }
    }
    for (let i = 0; i < whose.length; i++) {
      const colour = plain[whose[i]], until = starts[i + 1];
      if (colour !== PATTERNED) { image.fill(colour, starts[i], until); continue; }
      const pattern = patterns[whose[i]];
      for (let at = starts[i]; at < until; at++) image[at] = pattern[((at / width | 0) % side) * side + at % width % side];
    }
  };
})(window.NeedsMap);
