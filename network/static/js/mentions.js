/* Naming people in the editor: behind an @ and a letter, those who may be meant are listed below the text
   (data-mentions="address": ?q= is answered by {"found": [{handle, name, note}]}). The text keeps the focus; arrows move
   in the list, Enter or Tab takes the marked one, Escape closes it. Nothing else is different from typing the name. */
const TYPED = /(?<![\p{L}\p{N}_@./+-])@([\p{L}\p{N}_-]{1,40})$/u;
const PAUSE = 150;
let lists = 0;

export const start = (box, editor) => {
  const text = editor.view.dom;
  const list = document.createElement("ul");
  list.id = `mentions-${(lists += 1)}`;
  list.className = "editor__people";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", box.dataset.mentionsLabel);
  list.hidden = true;
  const status = document.createElement("p");
  status.className = "visually-hidden";
  status.setAttribute("role", "status");
  text.parentElement.after(list, status);
  let timer = 0;
  let asked = "";
  let marked = 0;

  const options = () => [...list.children];

  const typed = () => {
    const { empty, $from } = editor.state.selection;
    if (!empty || !$from.parent.isTextblock) return "";
    return TYPED.exec($from.parent.textBetween(0, $from.parentOffset, "\n", "\ufffc"))?.[1] || "";
  };

  const close = () => {
    clearTimeout(timer);
    asked = "";
    list.hidden = true;
    list.replaceChildren();
    for (const name of ["aria-controls", "aria-activedescendant", "aria-autocomplete"]) text.removeAttribute(name);
    status.textContent = "";
  };

  const mark = (index) => {
    const all = options();
    marked = (index + all.length) % all.length;
    all.forEach((option, place) => option.setAttribute("aria-selected", String(place === marked)));
    all[marked].scrollIntoView({ block: "nearest" });
    text.setAttribute("aria-activedescendant", all[marked].id);
  };

  const take = (handle) => {
    const end = editor.state.selection.from;
    const from = end - typed().length - 1;
    close();
    editor.chain().focus().deleteRange({ from, to: end }).insertContent({ type: "text", text: `@${handle} ` }).run();
  };

  const show = (found) => {
    if (!found.length) return close();
    list.replaceChildren(
      ...found.map(({ handle, name, note }, index) => {
        const option = document.createElement("li");
        option.id = `${list.id}-${index}`;
        option.setAttribute("role", "option");
        option.dataset.handle = handle;
        const called = Object.assign(document.createElement("bdi"), { textContent: name });
        const rest = Object.assign(document.createElement("span"), { className: "soft" });
        rest.textContent = [`@${handle}`, note].filter(Boolean).join(" · ");
        option.append(called, " ", rest);
        return option;
      }),
    );
    list.hidden = false;
    text.setAttribute("aria-autocomplete", "list");
    text.setAttribute("aria-controls", list.id);
    mark(0);
    status.textContent = box.dataset.mentionsFound.replace("{n}", found.length);
  };

  const ask = async (letters) => {
    try {
      const answer = await fetch(`${box.dataset.mentions}?q=${encodeURIComponent(letters)}`, { headers: { Accept: "application/json" } });
      const found = answer.ok && !answer.redirected ? (await answer.json()).found : [];
      if (letters === asked && letters === typed()) show(found);
    } catch {
      close(); // The name can be typed as it is.
    }
  };

  const look = () => {
    const letters = typed();
    if (letters === asked) return;
    if (!letters) return close();
    asked = letters;
    clearTimeout(timer);
    timer = setTimeout(() => ask(letters), PAUSE);
  };

  const steps = { ArrowDown: 1, ArrowUp: -1 };
  /* Before the editor sees the key. */
  text.parentElement.addEventListener(
    "keydown",
    (event) => {
      if (list.hidden || event.isComposing) return;
      if (event.key in steps) mark(marked + steps[event.key]);
      else if (event.key === "Enter" || event.key === "Tab") take(options()[marked].dataset.handle);
      else if (event.key === "Escape") {
        const letters = asked;
        close();
        asked = letters; // The same letters open it no more.
      } else return;
      event.preventDefault();
      event.stopPropagation();
    },
    true,
  );
  list.addEventListener("pointerdown", (event) => {
    const handle = event.target.closest("[data-handle]")?.dataset.handle;
    if (!handle) return;
    event.preventDefault();
    take(handle);
  });
  editor.on("transaction", look);
  editor.on("blur", close);
};
