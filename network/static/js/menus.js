/* <details class="menu">: Escape, a press elsewhere or another menu closes it. Without this file it opens and closes by its summary. */
const openMenus = () => document.querySelectorAll("details.menu[open]");

document.addEventListener("click", (event) => {
  for (const menu of openMenus()) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of openMenus()) {
    const inside = menu.contains(document.activeElement);
    menu.open = false;
    if (inside) menu.querySelector("summary").focus();
  }
});

document.addEventListener("focusin", (event) => {
  for (const menu of openMenus()) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

/* <details data-open-wide>: facets stand open where there is room and folded on a phone. */
const wide = matchMedia("(min-width: 48rem)");
const unfold = () => {
  for (const panel of document.querySelectorAll("details[data-open-wide]")) {
    panel.open = wide.matches || panel.hasAttribute("data-in-use");
  }
};
if (!wide.matches) unfold();
wide.addEventListener("change", unfold);
