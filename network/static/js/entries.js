/* Rows of a list (templates/experts/widgets/entries.html): a button adds another one. Without it two rows are always empty. */
for (const list of document.querySelectorAll("[data-entries]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button button--quiet button--small";
  button.textContent = list.dataset.another;
  button.addEventListener("click", () => {
    const rows = list.querySelectorAll(".entries__row");
    const last = rows[rows.length - 1];
    const row = last.cloneNode(true);
    const next = (text) => text.replace(/-(\d+)-([a-z]+)$/, (_all, number, key) => `-${Number(number) + 1}-${key}`);
    for (const box of row.querySelectorAll("input, select, textarea")) {
      box.name = next(box.name);
      box.id = next(box.id);
      if (box.type !== "hidden") box.value = "";
    }
    for (const label of row.querySelectorAll("label")) label.htmlFor = next(label.htmlFor);
    row.open = true;
    last.after(row);
    row.querySelector("input:not([type=hidden])")?.focus();
  });
  list.append(button);
}
