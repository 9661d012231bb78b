/* The meeting: one question at a time over the whole screen, black on white, moved through
   with the keys of a presenter. Everything is here before it starts: no step asks the server. */

const needs = window.NeedsMap, part = needs.part;
const KEYS = {
  ArrowRight: "next", ArrowDown: "next", PageDown: "next", " ": "next", Enter: "next",
  ArrowLeft: "back", ArrowUp: "back", PageUp: "back",
  b: "blank", B: "blank", ".": "blank", z: "closer", Z: "closer", t: "table", T: "table", Escape: "out",
};
let hall = null;

function styled(address) {
  for (const sheet of document.querySelectorAll("link[data-needs]")) if (sheet.href === address) return;
  const sheet = part("link", "", document.head);
  sheet.rel = "stylesheet"; sheet.href = address; sheet.dataset.needs = "";
}

function button(parent, words, key, act) {
  const made = part("button", "needs-hall-button", parent);
  made.type = "button"; made.textContent = words;
  if (key) made.setAttribute("aria-keyshortcuts", key);
  made.addEventListener("click", act);
  return made;
}

class Hall {
  constructor(data, look) {
    this.data = data; this.look = look; this.words = data.words; this.at = 0; this.near = false;
    const box = this.box = part("div", "needs-hall", document.body);
    box.setAttribute("role", "dialog"); box.setAttribute("aria-modal", "true");
    box.setAttribute("aria-labelledby", "needs-hall-question");
    const head = part("header", "needs-hall-head", box);
    this.question = part("h1", "", head);
    this.question.id = "needs-hall-question"; this.question.tabIndex = -1;
    const body = this.body = part("div", "needs-hall-body", box);
    this.place = part("div", "needs-hall-map", body);
    const aside = part("div", "needs-hall-side", body);
    this.said = part("p", "needs-hall-said", aside);
    this.numbers = part("dl", "needs-hall-numbers", aside);
    this.table = part("div", "needs-hall-table", box);
    this.table.tabIndex = 0; this.table.hidden = true;
    this.drawFoot(part("footer", "needs-hall-foot", box));
    this.drawMap();
    this.press = (event) => this.key(event);
    document.addEventListener("keydown", this.press, true);
    window.addEventListener("popstate", this.leave = () => this.out());
    this.page = document.getElementById("root");
    if (this.page) this.page.inert = true;
  }

  drawMap() {
    const view = this.view = new needs.View(part("div", "needs-map", this.place), this.data.options, this.look, () => {});
    view.choose = () => {}; // in a hall nothing is chosen by a stray click
    view.map.zoomControl.remove();
    view.labelSize = 24;
    view.box.tabIndex = -1; view.box.setAttribute("role", "img");
    view.map.on("resize", () => this.look_(false));
    view.fit = () => { view.fitted = view.message.place; this.look_(false); };
  }

  drawFoot(foot) {
    part("span", "needs-hall-mark", foot).textContent = this.data.mark;
    const ways = part("nav", "needs-hall-ways", foot), words = this.words;
    ways.setAttribute("aria-label", words.steps);
    this.back = button(ways, words.back, "ArrowLeft", () => this.go(this.at - 1));
    this.dots = part("span", "needs-hall-dots", ways);
    this.dots.setAttribute("role", "img");
    this.next = button(ways, words.next, "ArrowRight", () => this.go(this.at + 1));
    this.tables = button(ways, words.table, "t", () => this.turn());
    this.closer = button(ways, words.closer, "z", () => this.zoom());
    button(ways, words.out, "Escape", () => this.out());
  }

  async go(to) {
    const steps = this.data.steps;
    if (to < 0 || to >= steps.length) return;
    this.at = to; this.near = false; this.blank(false); this.turn(false);
    const step = steps[to], link = new URL(window.location.href);
    this.question.textContent = step.question;
    this.said.textContent = step.said;
    this.numbers.replaceChildren();
    for (const [figure, words] of step.numbers) {
      const pair = part("div", "", this.numbers);
      part("dt", "", pair).textContent = words;
      part("dd", "", pair).textContent = figure;
    }
    this.dots.textContent = steps.map((_, i) => (i === to ? "●" : "○")).join("");
    this.dots.setAttribute("aria-label", this.words.step.replace("{n}", to + 1).replace("{all}", steps.length));
    this.back.disabled = to === 0; this.next.disabled = to === steps.length - 1;
    link.searchParams.set("step", to + 1);
    window.history.replaceState(window.history.state, "", link);
    await this.view.show(step.message);
    this.view.box.setAttribute("role", "img");
    this.view.box.setAttribute("aria-label", this.view.scene.title);
    this.look_(false);
    this.box.dataset.step = step.id;
    this.question.focus();
  }

  /* Look at the whole place, beside the legend; or at the areas that matter in this step. */
  look_(near) {
    const view = this.view, message = view.message;
    if (!message.box || !view.layer.outlines) return;
    const legend = view.legend.getBoundingClientRect(), over = getComputedStyle(view.legend).position === "absolute";
    const aside = over ? legend.width + 16 : 8;
    let [west, south, east, north] = message.box, corners = [[south, west], [north, east]];
    const o = view.layer.outlines, wanted = (this.data.steps[this.at].closer || []).map((code) => o.number.get(code)).filter((i) => i >= 0);
    if (near && wanted.length) {
      const least = (of) => Math.min(...wanted.map((i) => of[i])), most = (of) => Math.max(...wanted.map((i) => of[i]));
      corners = [[least(o.west), least(o.north)], [most(o.east), most(o.south)]].map(([x, y]) => view.map.unproject(L.point(x, y), 0));
    }
    view.fitting = true;
    view.map.fitBounds(corners, { animate: false, paddingTopLeft: [8, 8], paddingBottomRight: [aside, 8], maxZoom: 15 });
    view.fitting = false;
  }

  zoom() { this.near = !this.near; this.look_(this.near); }

  blank(on = !this.box.classList.contains("needs-hall-blank")) { this.box.classList.toggle("needs-hall-blank", on); }

  /* The same step as a table instead of a map, and back. */
  turn(on = this.table.hidden) {
    this.table.hidden = !on; this.body.hidden = on;
    this.tables.textContent = on ? this.words.map : this.words.table;
    if (!on) { this.table.replaceChildren(); return; }
    const step = this.data.steps[this.at], table = part("table", "", null), head = part("tr", "", part("thead", "", table));
    this.table.setAttribute("role", "region"); this.table.setAttribute("aria-label", step.question);
    for (const name of step.table.head) { const cell = part("th", "", head); cell.scope = "col"; cell.textContent = name; }
    const rows = part("tbody", "", table);
    for (const row of step.table.rows) {
      const line = part("tr", "", rows);
      row.forEach((words, i) => { const cell = part(i ? "td" : "th", "", line); if (!i) cell.scope = "row"; cell.textContent = words; });
    }
    this.table.replaceChildren(table);
    if (step.table.more) part("p", "", this.table).textContent = step.table.more;
    this.table.focus();
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    let act = KEYS[event.key];
    const onButton = event.target.closest && event.target.closest("button");
    if (onButton && (event.key === "Enter" || event.key === " ")) return; // the button's own
    if (!this.table.hidden && ["ArrowDown", "ArrowUp"].includes(event.key)) return; // scrolls the table
    if (!act) return;
    event.preventDefault(); event.stopPropagation();
    if (act === "next") this.go(this.at + 1);
    else if (act === "back") this.go(this.at - 1);
    else if (act === "closer") this.zoom();
    else if (act === "table") this.turn();
    else this[act]();
  }

  out() {
    document.removeEventListener("keydown", this.press, true);
    window.removeEventListener("popstate", this.leave);
    if (this.page) this.page.inert = false;
    this.view.remove(); this.box.remove();
    if (document.fullscreenElement) document.exitFullscreen().catch(() => {});
    const link = new URL(window.location.href);
    link.searchParams.delete("step");
    window.history.replaceState(window.history.state, "", link);
    hall = null;
    if (this.opener && this.opener.isConnected) this.opener.focus();
  }
}

export async function show(element, root) {
  const { data, parentElement } = element;
  needs.root = root;
  styled(root + data.style); styled(root + data.hallStyle);
  const look = await needs.fetchOnce(data.look, (found) => found);
  const ready = Promise.all(data.steps.flatMap((step) => [step.message.outlines, step.message.borders])
    .filter(Boolean).map(needs.fetchOutlines));
  const box = parentElement.querySelector(".needs-hall-start") || part("div", "needs-hall-start", parentElement);
  const open = async (step, opener) => {
    if (hall) return;
    hall = new Hall(data, look);
    hall.opener = opener;
    await hall.go(Math.min(Math.max(step, 1), data.steps.length) - 1);
  };
  box.replaceChildren();
  const start = button(box, data.words.start, "", () => {
    if (document.documentElement.requestFullscreen) document.documentElement.requestFullscreen().catch(() => {});
    open(1, start);
  });
  start.disabled = true;
  ready.then(() => {
    start.disabled = false; box.dataset.ready = "";
    const asked = Number(new URL(window.location.href).searchParams.get("step"));
    if (asked >= 1) open(asked, start);
  }, () => { start.textContent = look.words.unreachable; });
}
