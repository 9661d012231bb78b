/* Outlines: reads the file draw/outlines.py makes, finds which area a point lies in.
   World units: Leaflet's pixels at zoom 0 (the whole earth is 256 wide). */
"use strict";
window.NeedsMap = window.NeedsMap || {};

(function (needs) {
  const CELLS = 96; // the search grid is CELLS x CELLS over the place

  function worldX(longitude) { return (longitude + 180) * 256 / 360; }
  function worldY(latitude) {
    const sine = Math.sin(Math.max(-85.05, Math.min(85.05, latitude)) * Math.PI / 180);
    return 128 - 64 / Math.PI * Math.log((1 + sine) / (1 - sine));
  }

  class Outlines {
    constructor(file) {
      this.codes = file.codes;
      this.names = file.names;
      this.box = file.box;
      this.number = new Map(file.codes.map((code, i) => [code, i]));
      this.readArcs(file);
      this.areas = file.areas;
      this.measureAreas();
      this.index();
    }

    readArcs(file) {
      const points = file.arcs.reduce((sum, arc) => sum + arc.length, 0) / 2;
      this.xs = new Float64Array(points);
      this.ys = new Float64Array(points);
      this.starts = new Uint32Array(file.arcs.length + 1);
      let at = 0, x = 0, y = 0;
      file.arcs.forEach((arc, n) => {
        this.starts[n] = at;
        for (let i = 0; i < arc.length; i += 2) {
          x += arc[i]; y += arc[i + 1];
          this.xs[at] = worldX(file.origin[0] + x * file.step[0]);
          this.ys[at] = worldY(file.origin[1] + y * file.step[1]);
          at += 1;
        }
      });
      this.starts[file.arcs.length] = at;
    }

    /* West, east, north, south of each arc, worked out when first asked for. */
    arcBoxes() {
      if (this.boxes) return this.boxes;
      this.boxes = new Float64Array(4 * (this.starts.length - 1));
      for (let arc = 0, at = 0; arc + 1 < this.starts.length; arc++, at += 4) {
        let west = Infinity, east = -Infinity, north = Infinity, south = -Infinity;
        for (let i = this.starts[arc]; i < this.starts[arc + 1]; i++) {
          if (this.xs[i] < west) west = this.xs[i];
          if (this.xs[i] > east) east = this.xs[i];
          if (this.ys[i] < north) north = this.ys[i];
          if (this.ys[i] > south) south = this.ys[i];
        }
        this.boxes.set([west, east, north, south], at);
      }
      return this.boxes;
    }

    /* Calls visit(x, y, first) for each point of a ring in order. */
    walk(ring, visit) {
      let first = true;
      for (const signed of ring) {
        const arc = signed < 0 ? -1 - signed : signed;
        const a = this.starts[arc], b = this.starts[arc + 1];
        if (signed >= 0) for (let i = a; i < b; i++) { visit(this.xs[i], this.ys[i], first); first = false; }
        else for (let i = b - 1; i >= a; i--) { visit(this.xs[i], this.ys[i], first); first = false; }
      }
    }

    measureAreas() {
      const n = this.areas.length;
      this.west = new Float64Array(n).fill(Infinity); this.east = new Float64Array(n).fill(-Infinity);
      this.north = new Float64Array(n).fill(Infinity); this.south = new Float64Array(n).fill(-Infinity);
      this.middleX = new Float64Array(n); this.middleY = new Float64Array(n);
      for (let area = 0; area < n; area++) {
        let largest = -1;
        for (const polygon of this.areas[area]) {
          let sum = 0, cx = 0, cy = 0, x0 = 0, y0 = 0, px = 0, py = 0;
          this.walk(polygon[0], (x, y, first) => {
            if (x < this.west[area]) this.west[area] = x;
            if (x > this.east[area]) this.east[area] = x;
            if (y < this.north[area]) this.north[area] = y;
            if (y > this.south[area]) this.south[area] = y;
            if (first) { x0 = x; y0 = y; px = 0; py = 0; return; }
            // relative to the first point: whole-earth units would lose the small areas
            const rx = x - x0, ry = y - y0, cross = px * ry - rx * py;
            sum += cross; cx += (px + rx) * cross; cy += (py + ry) * cross; px = rx; py = ry;
          });
          if (Math.abs(sum) > largest) {
            largest = Math.abs(sum);
            this.middleX[area] = sum ? x0 + cx / (3 * sum) : x0;
            this.middleY[area] = sum ? y0 + cy / (3 * sum) : y0;
          }
        }
      }
    }

    index() {
      this.left = Math.min(...this.extremes(this.west, Math.min)); this.top = Math.min(...this.extremes(this.north, Math.min));
      const right = Math.max(...this.extremes(this.east, Math.max)), bottom = Math.max(...this.extremes(this.south, Math.max));
      this.cellX = (right - this.left) / CELLS || 1e-9; this.cellY = (bottom - this.top) / CELLS || 1e-9;
      this.cells = new Map();
      for (let area = 0; area < this.areas.length; area++) {
        const [c0, r0] = this.cell(this.west[area], this.north[area]);
        const [c1, r1] = this.cell(this.east[area], this.south[area]);
        for (let r = r0; r <= r1; r++) for (let c = c0; c <= c1; c++) {
          const key = r * CELLS + c;
          if (!this.cells.has(key)) this.cells.set(key, []);
          this.cells.get(key).push(area);
        }
      }
      const widths = Array.from(this.east, (east, i) => east - this.west[i]).sort((a, b) => a - b);
      this.typicalWidth = widths[widths.length >> 1];
    }

    extremes(values, choose) { return [values.reduce((a, b) => choose(a, b))]; }

    cell(x, y) {
      const clamp = (v) => Math.max(0, Math.min(CELLS - 1, Math.floor(v)));
      return [clamp((x - this.left) / this.cellX), clamp((y - this.top) / this.cellY)];
    }

    /* The number of the area at a world point, or -1. */
    at(x, y) {
      const [c, r] = this.cell(x, y);
      for (const area of this.cells.get(r * CELLS + c) || []) {
        if (x < this.west[area] || x > this.east[area] || y < this.north[area] || y > this.south[area]) continue;
        let inside = false;
        for (const polygon of this.areas[area]) for (const ring of polygon) {
          let px = 0, py = 0, x0 = 0, y0 = 0;
          const cross = (ax, ay, bx, by) => {
            if ((ay > y) !== (by > y) && x < (bx - ax) * (y - ay) / (by - ay) + ax) inside = !inside;
          };
          this.walk(ring, (qx, qy, first) => {
            if (first) { x0 = qx; y0 = qy; } else cross(px, py, qx, qy);
            px = qx; py = qy;
          });
          cross(px, py, x0, y0);
        }
        if (inside) return area;
      }
      return -1;
    }

    /* The next area from `from` in a direction (dx, dy of -1, 0, 1); `from` itself if none. */
    towards(from, dx, dy) {
      let best = from, least = Infinity;
      for (let area = 0; area < this.areas.length; area++) {
        const x = this.middleX[area] - this.middleX[from], y = this.middleY[area] - this.middleY[from];
        const along = x * dx + y * dy, aside = Math.abs(x * dy) + Math.abs(y * dx);
        if (area === from || along <= 0 || aside > along) continue;
        const far = along + 2 * aside;
        if (far < least) { least = far; best = area; }
      }
      return best;
    }

    nearest(x, y) {
      let best = -1, least = Infinity;
      for (let area = 0; area < this.areas.length; area++) {
        const far = (this.middleX[area] - x) ** 2 + (this.middleY[area] - y) ** 2;
        if (far < least) { least = far; best = area; }
      }
      return best;
    }
  }

  const files = new Map();
  needs.root = ""; // address of the app's root, below any base path; set by element.js
  needs.worldX = worldX;
  needs.worldY = worldY;

  /* Fetch a file once a page; the browser keeps it for ever (its name is its content). */
  needs.fetchOnce = function (name, read) {
    if (!files.has(name)) {
      const wanted = fetch(needs.root + "outlines/" + name).then((answer) => {
        if (!answer.ok) throw new Error("outlines " + answer.status);
        return answer.json();
      }).then(read);
      wanted.catch(() => files.delete(name));
      files.set(name, wanted);
    }
    return files.get(name);
  };
  needs.fetchOutlines = (name) => needs.fetchOnce(name, (file) => new Outlines(file));
})(window.NeedsMap);
