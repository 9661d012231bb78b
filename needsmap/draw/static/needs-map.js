/* The map people use: colours, pointer, legend, keyboard. Words only ever become text. */
"use strict";

(function (needs) {
  const maps = new Map();

  function unpack(parcel) {
    const bytes = Uint8Array.from(atob(parcel), (c) => c.charCodeAt(0));
    return JSON.parse(new TextDecoder().decode(bytes));
  }

  function part(name, className, parent) {
    const made = document.createElement(name);
    made.className = className;
    if (parent) parent.appendChild(made);
    return made;
  }

  class View {
    constructor(map, look) {
      this.map = map; this.look = look; this.message = {}; this.fitted = ""; this.turn = 0; this.events = 0;
      this.layer = new needs.Layer(look).addTo(map);
      const box = map.getContainer();
      this.box = box;
      this.pointer = part("div", "needs-pointer", box);
      this.pointerName = part("strong", "", this.pointer);
      this.pointerSaid = part("span", "", this.pointer);
      this.spoken = part("div", "needs-spoken", document.body);
      this.spoken.setAttribute("aria-live", "polite");
      this.legend = part("div", "needs-legend", document.body);
      this.labels = part("div", "needs-labels", box);
      box.tabIndex = 0;
      box.setAttribute("role", "application");
      if (look.tiles) {
        const tiles = L.tileLayer(look.tiles.address, { attribution: "", opacity: 0.55, zIndex: 0 });
        tiles.addTo(map);
        part("div", "needs-credit", box).textContent = look.tiles.credit;
      }
      this.listen();
    }

    listen() {
      const map = this.map;
      map.on("mousemove", (event) => this.point(event));
      map.on("mouseout", () => this.hush());
      map.on("click", (event) => this.press(event));
      map.on("zoomend moveend resize", () => this.placeLabels());
      map.on("resize", () => { if (!this.fitted || !this.moved) this.fit(); });
      map.on("dragstart", () => { this.moved = true; });
      for (const kind of ["wheel", "touchstart", "dblclick"]) this.box.addEventListener(kind, () => { this.moved = true; }, { passive: true });
      map.zoomControl.getContainer().addEventListener("click", () => { this.moved = true; });
      this.box.addEventListener("keydown", (event) => this.key(event));
      this.box.addEventListener("blur", () => { this.layer.cursor = -1; this.layer.paint(); this.hush(); });
    }

    world(event) {
      const point = this.map.project(event.latlng, 0);
      return { x: point.x, y: point.y };
    }

    point(event) {
      const found = this.under(event);
      this.box.style.cursor = found.words ? "pointer" : "";
      if (!found.words) { this.hush(); return; }
      this.say(found.words, event.containerPoint);
    }

    under(event) {
      const outlines = this.layer.outlines;
      if (!outlines) return { area: -1 };
      const world = this.world(event);
      const area = outlines.at(world.x, world.y);
      const service = this.layer.services.length ? this.layer.serviceAt(world) : null;
      if (service) {
        const kind = this.look.symbols[service.category];
        return { area: area, words: [service.name, kind ? kind.label : ""] };
      }
      return area < 0 ? { area: -1 } : { area: area, words: this.words(area) };
    }

    words(area) {
      return [this.layer.outlines.names[area], this.message.words[this.layer.classes[area]] || ""];
    }

    say(words, at) {
      this.pointerName.textContent = words[0];
      this.pointerSaid.textContent = words[1];
      this.pointer.classList.add("needs-on");
      const size = this.map.getSize();
      const left = at.x + 18 + this.pointer.offsetWidth > size.x ? at.x - 14 - this.pointer.offsetWidth : at.x + 18;
      this.pointer.style.left = Math.max(4, left) + "px";
      this.pointer.style.top = Math.max(4, Math.min(at.y + 12, size.y - this.pointer.offsetHeight - 4)) + "px";
    }

    hush() { this.pointer.classList.remove("needs-on"); }

    press(event) { this.choose(this.under(event).area); }

    /* Tell the page at once: st_folium itself would wait 250 ms and send the outline too. */
    choose(area) {
      if (area < 0 && this.layer.focus < 0) return;
      this.layer.focus = area;
      this.layer.paint();
      this.events += 1;
      const centre = this.map.getCenter();
      window.Streamlit.setComponentValue({
        area: area < 0 ? "" : this.layer.outlines.codes[area],
        level: this.message.level,
        event: Date.now() + "-" + this.events,
        view: [centre.lat, centre.lng, this.map.getZoom()],
      });
    }

    key(event) {
      const outlines = this.layer.outlines, go = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
      if (!outlines) return;
      if (go) this.step(go);
      else if ((event.key === "Enter" || event.key === " ") && this.layer.cursor >= 0) this.choose(this.layer.cursor);
      else if (event.key === "Escape") { this.layer.cursor = -1; this.hush(); this.choose(-1); this.layer.paint(); }
      else if (event.key === "+" || event.key === "=") { this.moved = true; this.map.zoomIn(); }
      else if (event.key === "-") { this.moved = true; this.map.zoomOut(); }
      else if (event.key === "Home") this.fit();
      else return;
      event.preventDefault();
    }

    step(go) {
      const layer = this.layer, outlines = layer.outlines;
      if (layer.cursor >= 0) layer.cursor = outlines.towards(layer.cursor, go[0], go[1]);
      else if (layer.focus >= 0) layer.cursor = layer.focus;
      else {
        const middle = this.map.project(this.map.getCenter(), 0);
        layer.cursor = outlines.nearest(middle.x, middle.y);
      }
      const at = this.map.unproject(L.point(outlines.middleX[layer.cursor], outlines.middleY[layer.cursor]), 0);
      if (!this.map.getBounds().pad(-0.02).contains(at)) this.map.panTo(at, { animate: false });
      layer.paint();
      const words = this.words(layer.cursor);
      this.say(words, this.map.latLngToContainerPoint(at));
      this.spoken.textContent = words.join(": ");
    }

    fit() {
      const message = this.message, size = this.map.getSize();
      if (!size.x || !size.y || !message.box) return;
      const [west, south, east, north] = message.box;
      if (message.view) this.map.setView([message.view[0], message.view[1]], message.view[2], { animate: false });
      else this.map.fitBounds([[south, west], [north, east]], { animate: false, padding: [6, 6] });
      this.fitted = message.place;
      this.moved = Boolean(message.view);
    }

    /* Take a new message; what is on screen stays until the new picture can be drawn whole. */
    async show(message, classes) {
      const turn = ++this.turn;
      let outlines, borders = null, services = [];
      try {
        [outlines, borders, services] = await Promise.all([
          needs.fetchOutlines(message.outlines),
          message.borders ? needs.fetchOutlines(message.borders) : null,
          message.services ? needs.fetchOnce(message.services, readServices) : [],
        ]);
      } catch (fault) {
        if (turn === this.turn) this.spoken.textContent = this.tell(this.look.words.unreachable);
        return;
      }
      if (turn !== this.turn) return;
      const layer = this.layer;
      this.message = message;
      Object.assign(layer, { outlines: outlines, classes: classes, borders: borders, services: services });
      layer.styles = this.look.styles[message.kind];
      layer.focus = message.focus && outlines.number.has(message.focus) ? outlines.number.get(message.focus) : -1;
      if (layer.cursor >= outlines.codes.length) layer.cursor = -1;
      this.box.setAttribute("aria-label", message.title + ". " + this.look.words.keys);
      needs.drawLegend(this.legend, message, layer.styles, this.look);
      this.map.invalidateSize({ animate: false });
      if (this.fitted !== message.place) this.fit(); else layer.paint();
      this.placeLabels();
      document.documentElement.dataset.shown = message.mark;
    }

    tell(words) { this.pointerName.textContent = words; this.pointerSaid.textContent = ""; this.pointer.classList.add("needs-on"); return words; }

    /* Names of the larger areas, left out where they would run into one another. */
    placeLabels() {
      const borders = this.layer.borders;
      this.labels.replaceChildren();
      if (!borders || this.map._animatingZoom) return;
      const taken = [], size = this.map.getSize(), scale = this.map.options.crs.scale(this.map.getZoom()) / 256;
      for (let i = 0; i < borders.codes.length && taken.length < 60; i++) {
        const at = this.map.latLngToContainerPoint(this.map.unproject(L.point(borders.middleX[i], borders.middleY[i]), 0));
        const half = 3.6 * borders.names[i].length;
        if (at.x < 0 || at.y < 0 || at.x > size.x || at.y > size.y) continue;
        if ((borders.east[i] - borders.west[i]) * scale < half) continue;
        if (taken.some((t) => Math.abs(t.x - at.x) < t.half + half && Math.abs(t.y - at.y) < 17)) continue;
        taken.push({ x: at.x, y: at.y, half: half });
        const label = part("span", "needs-label", this.labels);
        label.textContent = borders.names[i];
        label.style.left = at.x + "px"; label.style.top = at.y + "px";
      }
    }
  }

  function readServices(file) {
    return file.category.map((category, i) => ({
      category: category, name: file.name[i],
      x: needs.worldX(file.longitude[i]), y: needs.worldY(file.latitude[i]),
    }));
  }

  /* The look (colours, symbols, words) is the same for every layer: fetched once by name. */
  needs.start = function (map, name) {
    maps.set(map, needs.fetchOnce(name, (look) => new View(map, look)));
  };
  needs.show = function (map, parcel, classes) {
    const message = unpack(parcel);
    maps.get(map).then((view) => view.show(message, classes));
  };
})(window.NeedsMap);
