
// A click on a title sorts by that column, another one the other way; empty cells stay last.
for (const table of document.querySelectorAll("table")) {
  const body = table.tBodies[0], heads = [...table.tHead.rows[0].cells];
  const value = (row, at) => {
    const cell = row.cells[at], number = cell.dataset.v;
    return number === undefined ? cell.textContent : Number(number);
  };
  const compare = (a, b) => typeof a === "number" && typeof b === "number" ? a - b
    : String(a).localeCompare(String(b), undefined, { numeric: true });
  heads.forEach((head, at) => head.firstElementChild.addEventListener("click", () => {
    const down = head.getAttribute("aria-sort") === "ascending";
    heads.forEach((one) => one.removeAttribute("aria-sort"));
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    const rows = [...body.rows].map((row) => [value(row, at), row]);
    rows.sort(([a], [b]) => a === "" || b === "" ? (a === "") - (b === "")
      : down ? compare(b, a) : compare(a, b));
    body.append(...rows.map(([, row]) => row));
  }));
}
