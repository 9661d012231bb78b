/* Tables beside a map can be put in order by any column: by mouse, finger or keyboard. */
"use strict";

(function (needs) {
  const FIGURE = /^[£€$]?\s*([-+−]?\d[\d,]*(?:\.\d+)?)(\s*km\b)?/;

  /* The figure a cell starts with, kilometres in metres; NaN for "under 30%" or "not shown". */
  needs.figureIn = function (words) {
    const found = FIGURE.exec(words.trim());
    const figure = found ? Number(found[1].replace(/,/g, "").replace("−", "-")) : NaN;
    return found && found[2] ? 1000 * figure : figure;
  };

  /* Rows in order by a column's cells; what is no figure stands last either way. */
  needs.inOrder = function (cells, down) {
    const figures = cells.map(needs.figureIn), known = figures.filter((figure) => !isNaN(figure)).length;
    const numbers = known * 2 >= cells.length && known > 0, way = down ? -1 : 1;
    return cells.map((_, i) => i).sort((a, b) => {
      if (!numbers) return way * cells[a].localeCompare(cells[b], undefined, { numeric: true }) || a - b;
      if (isNaN(figures[a]) || isNaN(figures[b])) return isNaN(figures[a]) - isNaN(figures[b]) || a - b;
      return way * (figures[a] - figures[b]) || a - b;
    });
  };

  function sort(table, heading) {
    const headings = [...heading.parentElement.children], column = headings.indexOf(heading);
    const body = table.tBodies[0], rows = [...body.rows];
    const cells = rows.map((row) => row.cells[column].textContent);
    const before = heading.getAttribute("aria-sort");
    const figures = cells.some((words) => !isNaN(needs.figureIn(words)));
    const down = before ? before === "ascending" : figures;
    for (const other of headings) other.removeAttribute("aria-sort");
    heading.setAttribute("aria-sort", down ? "descending" : "ascending");
    body.append(...needs.inOrder(cells, down).map((i) => rows[i]));
  }

  function prepare() {
    for (const table of document.querySelectorAll(".nm-tabled > table")) {
      if ("sortable" in table.dataset || !table.tBodies[0] || table.tBodies[0].rows.length < 3) continue;
      table.dataset.sortable = "";
      for (const heading of table.tHead.rows[0].cells) {
        const button = document.createElement("button");
        button.type = "button"; button.className = "nm-sort";
        button.append(...heading.childNodes);
        button.addEventListener("click", () => sort(table, heading));
        heading.append(button);
      }
    }
  }

  let waiting = 0;
  new MutationObserver(() => { clearTimeout(waiting); waiting = setTimeout(prepare, 150); })
    .observe(document.body, { childList: true, subtree: true });
  prepare();
})(window.NeedsMap);
