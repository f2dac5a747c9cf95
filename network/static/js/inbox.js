/* The bell and the inbox: the number beside the bell and in the tab's title, and the line that has just come. */
const title = document.title;

const count = (unread) => {
  for (const element of document.querySelectorAll("[data-inbox-count]")) {
    element.firstChild.data = unread;
    element.hidden = !unread;
  }
  document.title = unread ? `(${unread}) ${title}` : title;
};

/* What was read on another device is read here too. */
const settle = (groups) => {
  if (!groups) return;
  const unread = new Set(groups);
  for (const line of document.querySelectorAll("[data-inbox-lines] > .row--new, [data-inbox-older] > .row--new")) {
    if (unread.has(line.dataset.group)) continue;
    line.classList.remove("row--new");
    line.querySelector("[data-unread]")?.remove();
  }
};

const place = (html) => {
  const list = document.querySelector("[data-inbox-lines]");
  if (!list || !html) return;
  const template = document.createElement("template");
  template.innerHTML = html;
  const line = template.content.firstElementChild;
  document.querySelector("[data-inbox-empty]")?.remove();
  list.hidden = false;
  list.querySelector(`[data-group="${CSS.escape(line.dataset.group)}"]`)?.remove();
  list.prepend(line);
  line.dispatchEvent(new CustomEvent("network:arrived", { bubbles: true }));
};

for (const kind of ["arrived", "read"]) {
  document.addEventListener(`live:notifications.${kind}`, ({ detail }) => {
    count(detail.data.unread);
    place(detail.html);
    settle(detail.data.groups);
  });
}

const shown = document.querySelector("[data-inbox-count]");
if (shown) count(Number(shown.firstChild.data));
