/* The bell and the inbox: the number beside the bell and in the tab's title, and the line that has just come. */
const title = document.title;

const count = (unread) => {
  for (const element of document.querySelectorAll("[data-inbox-count]")) {
    element.firstChild.data = unread;
    element.hidden = !unread;
  }
  document.title = unread ? `(${unread}) ${title}` : title;
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
  });
}
