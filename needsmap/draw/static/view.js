/* The map people use: colours, pointer, legend, keyboard. Words only ever become text. */
"use strict";

(function (needs) {
  const views = needs.views = new Set();

  function part(name, className, parent) {
    const made = document.createElement(name);
    made.className = className;
    if (parent) parent.appendChild(made);
    return made;
  }

  class View {
    constructor(root, options, look, tell) {
      this.root = root; this.look = look; this.tellPage = tell;
      this.message = {}; this.scene = {}; this.fitted = ""; this.turn = 0; this.whole = false;
      this.labelSize = 15; this.seen = new Map(); this.onShow = () => {};
      this.box = part("div", "needs-box", root);
      this.map = L.map(this.box, options);
      this.layer = new needs.Layer(look).addTo(this.map);
      this.pointer = part("div", "needs-pointer", this.box);
      this.pointerName = part("strong", "", this.pointer);
      this.pointerSaid = part("span", "", this.pointer);
      this.labels = part("div", "needs-labels", this.box);
      this.spoken = part("div", "needs-spoken", root);
      this.spoken.setAttribute("aria-live", "polite");
      this.legend = part("div", "needs-legend", root);
      this.tools = part("div", "needs-tools", root);
      this.sources = part("div", "needs-sources", root); // on paper only
      this.box.tabIndex = 0;
      this.box.setAttribute("role", "application");
      if (look.tiles) {
        L.tileLayer(look.tiles.address, { attribution: "", opacity: 0.55, zIndex: 0 }).addTo(this.map);
        part("div", "needs-credit", this.box).textContent = look.tiles.credit;
      }
      this.listen();
      views.add(this);
    }

    listen() {
      const map = this.map;
      map.on("mousemove", (event) => this.point(event));
      map.on("mouseout", () => this.hush());
      map.on("click", (event) => this.press(event));
      map.on("zoomend moveend resize", () => { this.choosePart(); this.placeLabels(); this.lead(); if (this.moved && !this.fitting) needs.keepView(this); });
      map.on("resize", () => { if (!this.fitted || !this.moved) this.fit(); });
      map.on("dragstart zoomstart", () => { if (!this.fitting) this.moved = true; });
      for (const kind of ["wheel", "touchstart", "dblclick"]) this.box.addEventListener(kind, () => { this.moved = true; }, { passive: true });
      map.zoomControl.getContainer().addEventListener("click", () => { this.moved = true; });
      this.box.addEventListener("keydown", (event) => this.key(event));
      this.watch = new ResizeObserver(() => { if (this.message.box) needs.placeLegend(this); map.invalidateSize({ animate: false }); });
      for (const each of [this.root, this.box]) this.watch.observe(each);
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
      this.saidOf = found.service ? null : () => this.say(this.words(found.area), event.containerPoint);
    }

    under(event) {
      const outlines = this.layer.outlines;
      if (!outlines) return { area: -1 };
      const world = this.world(event);
      const area = outlines.at(world.x, world.y);
      const service = this.layer.services.length ? this.layer.serviceAt(world) : null;
      if (service) {
        const kind = this.look.symbols[service.category];
        const words = service.count > 1 ? [kind.label, String(service.count)] : [service.name, kind ? kind.label : ""];
        return { area: area, words: words, service: service };
      }
      return area < 0 ? { area: -1 } : { area: area, words: this.words(area) };
    }

    /* Name and finding of an area: figure, base and how sure, once the words have come. */
    words(area) {
      const scene = this.scene, name = this.layer.outlines.names[area];
      if (scene.said && !scene.findings && !scene.asked) {
        scene.asked = true;
        needs.fetchOnce(scene.said, (found) => found).then((found) => {
          scene.findings = found;
          if (this.scene === scene && this.saidOf) this.saidOf();
        }, () => {});
      }
      const found = scene.findings && scene.findings[area];
      const key = this.layer.classes[area];
      return [name, found || scene.words[needs.classOf(key)] || ""];
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

    hush() { this.saidOf = null; this.pointer.classList.remove("needs-on"); }

    press(event) {
      const under = this.under(event);
      if (under.service && under.service.count > 1) {
        this.moved = true;
        this.map.setView(event.latlng, Math.min(14, this.map.getZoom() + 2));
      } else this.choose(under.area);
    }

    /* Outline the area at once, tell the page: it needs its code and nothing else. */
    choose(area) {
      if (area < 0 && this.layer.focus < 0) return;
      this.layer.focus = area;
      this.layer.paint();
      this.tellPage({ area: area < 0 ? "" : this.layer.outlines.codes[area], level: this.scene.level });
    }

    key(event) {
      if (event.target !== this.box) return; // a button on the map has keys of its own
      const outlines = this.layer.outlines, go = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
      if (!outlines) return;
      if (go) this.step(go);
      else if ((event.key === "Enter" || event.key === " ") && this.layer.cursor >= 0) this.choose(this.layer.cursor);
      else if (event.key === "Escape") { this.layer.cursor = -1; this.hush(); this.choose(-1); this.layer.paint(); }
      else if (event.key === "+" || event.key === "=") { this.moved = true; this.map.zoomIn(); }
      else if (event.key === "-") { this.moved = true; this.map.zoomOut(); }
      else if (event.key === "Home") { this.fit(true); needs.keepView(this); }
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
      const area = layer.cursor;
      // Said again once the figures have come, which are fetched at the first look.
      this.saidOf = () => {
        const words = this.words(area);
        this.say(words, this.map.latLngToContainerPoint(at));
        this.spoken.textContent = words.join(": ");
      };
      this.saidOf();
    }

    fit(whole = false) {
      const message = this.message, size = this.map.getSize();
      if (!size.x || !size.y || !message.box) return;
      const [west, south, east, north] = message.box;
      this.fitting = true;
      if (message.view && !whole) this.map.setView([message.view[0], message.view[1]], message.view[2], { animate: false });
      else this.map.fitBounds([[south, west], [north, east]], { animate: false, padding: [6, 6] });
      this.fitting = false;
      this.fitted = message.place;
      this.moved = Boolean(message.view) && !whole;
    }

    /* Take a new message; what is on screen stays until the new picture can be drawn whole. */
    async show(message) {
      const turn = ++this.turn;
      const scene = this.wanted(message);
      let outlines, borders = null, services = [];
      try {
        [outlines, borders, services] = await Promise.all([
          needs.fetchOutlines(scene.outlines),
          message.borders ? needs.fetchOutlines(message.borders) : null,
          message.services ? needs.fetchOnce(message.services, needs.readServices) : [],
        ]);
      } catch (fault) {
        if (turn === this.turn) this.spoken.textContent = this.tell(this.look.words.unreachable);
        return;
      }
      if (turn !== this.turn) return;
      this.message = message;
      needs.drawBaseMap(this);
      Object.assign(this.layer, { borders: borders, services: services });
      this.draw(scene, outlines);
      this.map.invalidateSize({ animate: false });
      const asked = needs.viewAsked(this, message);
      if (this.fitted !== message.place || asked) this.fit(); else this.layer.paint();
      if (this.moved && !asked) needs.keepView(this); // a new page address may have lost it
      this.choosePart();
      this.placeLabels();
      const foot = (message.foot || []).join("\n");
      if (this.footed !== foot) this.sources.replaceChildren(...(message.foot || []).map((line) => Object.assign(document.createElement("p"), { textContent: line })));
      this.footed = foot;
      this.root.dataset.shown = message.mark;
      if (!message.again) this.current = message.mark;
      this.remember(message);
      this.onShow();
    }

    draw(scene, outlines) {
      const layer = this.layer;
      this.scene = scene;
      Object.assign(layer, { outlines: outlines, classes: scene.classes, styles: this.look.styles[scene.kind] });
      const focus = this.message.focus;
      layer.focus = focus && outlines.number.has(focus) ? outlines.number.get(focus) : -1;
      layer.cursor = -1;
      needs.placeLegend(this);
      this.box.setAttribute("aria-label", scene.title + ". " + this.look.words.keys);
      needs.drawLegend(this.legend, this.scene, this.message, layer.styles, this.look);
    }

    /* Small areas as one comes near; the larger ones from afar, unless all are wanted. */
    wanted(message) {
      const near = message.near;
      return near && (this.whole || (this.fitted === message.place && this.map.getZoom() >= near.from)) ? near : message;
    }

    async choosePart() {
      const scene = this.wanted(this.message);
      if (!this.message.near || scene === this.scene) return;
      const turn = this.turn, outlines = await needs.fetchOutlines(scene.outlines).catch(() => null);
      if (!outlines || turn !== this.turn || scene !== this.wanted(this.message)) return;
      this.draw(scene, outlines);
      this.layer.paint();
    }

    /* Layers seen stay here: going back to one costs the server nothing. */
    remember(message) {
      this.seen.delete(message.mark);
      this.seen.set(message.mark, message);
      if (this.seen.size > 8) this.seen.delete(this.seen.keys().next().value);
    }

    /* Maps side by side look at the same place. */
    lead() {
      if (!this.message.together || this.following || this.fitting || !this.fitted || !this.moved) return;
      for (const other of views) {
        if (other === this || !other.fitted || other.message.together !== this.message.together) continue;
        other.following = true;
        other.map.setView(this.map.getCenter(), this.map.getZoom(), { animate: false });
        other.moved = true; other.following = false;
      }
    }

    remove() { views.delete(this); this.watch.disconnect(); this.map.remove(); this.root.remove(); }

    tell(words) { this.pointerName.textContent = words; this.pointerSaid.textContent = ""; this.pointer.classList.add("needs-on"); return words; }

    /* Names of the larger areas, left out where they would run into one another. */
    placeLabels() {
      const borders = this.layer.borders, middle = this.map.getCenter(), room = this.map.getSize();
      const at = [middle.lat, middle.lng, this.map.getZoom(), room.x, room.y, this.labelSize, this.map._animatingZoom].join(" ");
      if (this.labelled && this.labelled.at === at && this.labelled.borders === borders) return; // another layer, the same view
      this.labelled = { at: at, borders: borders };
      this.labels.replaceChildren();
      if (!borders || this.map._animatingZoom) return;
      const taken = [], size = this.map.getSize(), scale = this.map.options.crs.scale(this.map.getZoom()) / 256;
      for (let i = 0; i < borders.codes.length && taken.length < 60; i++) {
        const at = this.map.latLngToContainerPoint(this.map.unproject(L.point(borders.middleX[i], borders.middleY[i]), 0));
        const half = 0.24 * this.labelSize * borders.names[i].length;
        if (at.x < 0 || at.y < 0 || at.x > size.x || at.y > size.y) continue;
        if ((borders.east[i] - borders.west[i]) * scale < half) continue;
        if (taken.some((t) => Math.abs(t.x - at.x) < t.half + half && Math.abs(t.y - at.y) < this.labelSize + 2)) continue;
        taken.push({ x: at.x, y: at.y, half: half });
        const label = part("span", "needs-label", this.labels);
        label.textContent = borders.names[i];
        label.style.left = at.x + "px"; label.style.top = at.y + "px";
      }
    }
  }

  needs.part = part;
  needs.View = View;
})(window.NeedsMap);
