/* Services on the map: one symbol each from near, gathered by kind from afar. */
"use strict";

(function (needs) {
  const CELL = 46;       // pixels: services of a kind within one cell are gathered
  const GATHER_FROM = 60; // fewer services than this never hide the place
  const GATHER_BELOW = 14; // zoom from which every service stands alone

  needs.readServices = function (file) {
    return file.category.map((category, i) => ({
      category: category, name: file.name[i], count: 1,
      x: needs.worldX(file.longitude[i]), y: needs.worldY(file.latitude[i]),
    }));
  };

  /* Services as they are drawn at a scale: groups carry `count` and stand at their middle. */
  needs.gather = function (services, zoom, scale) {
    if (services.length < GATHER_FROM || zoom >= GATHER_BELOW) return services;
    const groups = new Map();
    for (const service of services) {
      const key = service.category + " " + Math.floor(service.x * scale / CELL) + " " + Math.floor(service.y * scale / CELL);
      const found = groups.get(key);
      if (!found) { groups.set(key, { ...service }); continue; }
      found.x = (found.x * found.count + service.x) / (found.count + 1);
      found.y = (found.y * found.count + service.y) / (found.count + 1);
      found.count += 1;
    }
    return spread([...groups.values()], scale);
  };

  /* Groups of several kinds at one spot would lie on one another: stand them side by side. */
  function spread(groups, scale) {
    const cells = new Map();
    for (const group of groups) {
      const key = Math.floor(group.x * scale / CELL) + " " + Math.floor(group.y * scale / CELL);
      const row = cells.get(key) || [];
      row.push(group);
      cells.set(key, row);
    }
    for (const row of cells.values()) {
      if (row.length < 2) continue;
      const x = row.reduce((sum, g) => sum + g.x, 0) / row.length, y = row.reduce((sum, g) => sum + g.y, 0) / row.length;
      const wide = Math.ceil(Math.sqrt(row.length));
      row.forEach((group, i) => {
        group.x = x + (i % wide - (wide - 1) / 2) * 23 / scale;
        group.y = y + (Math.floor(i / wide) - (Math.ceil(row.length / wide) - 1) / 2) * 23 / scale;
      });
    }
    return groups;
  }

  needs.Layer.include({
    paintServices: function (pen) {
      const to = this._to, zoom = this._map.getZoom();
      const size = Math.max(0.5, Math.min(0.9, (zoom - 7) * 0.13));
      this.reach = 13 * size + 3;
      if (this.gatheredAt !== zoom || this.gatheredOf !== this.services) {
        this.gathered = needs.gather(this.services, zoom, to.scale);
        this.gatheredAt = zoom; this.gatheredOf = this.services;
      }
      for (const service of this.gathered) {
        const x = service.x * to.scale - to.x, y = service.y * to.scale - to.y;
        if (x < -20 || y < -20 || x > to.size.x + 20 || y > to.size.y + 20) continue;
        needs.drawSymbol(pen, this.look.symbols[service.category], x, y, size, this.look.paper);
        if (service.count > 1) number(pen, service.count, x + 9 * size, y + 11 * size, this.look);
      }
    },

    /* The service, or group of services, under a point of the map's window; else null. */
    serviceAt: function (world) {
      const to = this._to;
      let best = null, least = (this.reach || 10) ** 2;
      for (const service of this.gathered || []) {
        const far = ((service.x - world.x) * to.scale) ** 2 + ((service.y - world.y) * to.scale) ** 2;
        if (far < least) { least = far; best = service; }
      }
      return best;
    },
  });

  function number(pen, count, x, y, look) {
    pen.save();
    pen.font = '700 12px "Atkinson Hyperlegible", sans-serif';
    pen.textAlign = "center"; pen.textBaseline = "middle"; pen.lineJoin = "round";
    pen.lineWidth = 4; pen.strokeStyle = look.paper; pen.fillStyle = look.border;
    pen.strokeText(String(count), x, y); pen.fillText(String(count), x, y);
    pen.restore();
  }
})(window.NeedsMap);
