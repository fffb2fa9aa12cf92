// Sort a table by the column whose heading is clicked; empty cells stay last.
for (const table of document.querySelectorAll("table")) {
  const heads = [...table.tHead.rows[0].cells], body = table.tBodies[0];
  heads.forEach((head, column) => {
    if (!head.textContent) return;
    const button = document.createElement("button");
    button.append(...head.childNodes);
    head.append(button);
    const value = row => {
      const cell = row.cells[column];
      return cell.dataset.value ?? cell.textContent.trim();
    };
    button.addEventListener("click", () => {
      const up = head.getAttribute("aria-sort") !== "ascending";
      heads.forEach(other => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", up ? "ascending" : "descending");
      const rows = [...body.rows].map(row => [value(row), row]);
      const compare = new Intl.Collator("en", { numeric: true }).compare;
      const order = ([a], [b]) => {
        if (!a || !b) return !a - !b;
        const difference = isNaN(parseFloat(a)) || isNaN(parseFloat(b))
          ? compare(a, b) : parseFloat(a) - parseFloat(b);
        return up ? difference : -difference;
      };
      body.append(...rows.sort(order).map(([, row]) => row));
    });
  });
}
// On paper nothing can be unfolded.
let folded = [];
addEventListener("beforeprint", () => {
  folded = [...document.querySelectorAll("details:not([open])")];
  folded.forEach(details => { details.open = true; });
});
addEventListener("afterprint", () => folded.forEach(details => { details.open = false; }));
