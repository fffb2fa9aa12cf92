// Before printing, everything folded is opened, and closed again afterwards.
addEventListener("beforeprint", () => {
  for (const one of document.querySelectorAll("article details:not([open])")) {
    one.open = one.dataset.opened = true;
  }
});
addEventListener("afterprint", () => {
  for (const one of document.querySelectorAll("article details[data-opened]")) {
    one.open = false;
    delete one.dataset.opened;
  }
});
// A table, a figure or code that is scrolled sideways can be reached by keyboard.
addEventListener("load", () => {
  const wide = "pre, table, .pst-scrollable-table-container, .course-figure, .output";
  for (const one of document.querySelectorAll(wide)) {
    if (one.scrollWidth > one.clientWidth) one.tabIndex = 0;
  }
});
// What a button says is its name: the theme gives some another, which a voice command
// would not match.
addEventListener("DOMContentLoaded", () => {
  for (const one of document.querySelectorAll(".search-button-field, details.hide > summary")) {
    one.removeAttribute("aria-label");
  }
});
