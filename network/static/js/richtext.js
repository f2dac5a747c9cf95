/* The editor on top of a text box: <div data-richtext="address of the editor module"> with a toolbar and a textarea.
   The textarea stays the form's field; the editor writes into it. If the editor cannot be loaded, the box stays. */

const commands = {
  bold: (chain) => chain.toggleBold(),
  italic: (chain) => chain.toggleItalic(),
  heading: (chain) => chain.toggleHeading({ level: 2 }),
  bulletList: (chain) => chain.toggleBulletList(),
  orderedList: (chain) => chain.toggleOrderedList(),
  blockquote: (chain) => chain.toggleBlockquote(),
  table: (chain) => chain.insertTable({ rows: 3, cols: 3, withHeaderRow: true }),
  addRow: (chain) => chain.addRowAfter(),
  addColumn: (chain) => chain.addColumnAfter(),
  deleteRow: (chain) => chain.deleteRow(),
  deleteColumn: (chain) => chain.deleteColumn(),
  undo: (chain) => chain.undo(),
  redo: (chain) => chain.redo(),
};

/* What writing programs say in styles, said in elements: the content security policy forbids styles, even in a page
   that is only looked at, so they are renamed inside the tags before anything is parsed. */
const MEANINGS = [
  [/(?<![\w-])font-weight:\s*(bold|[6-9]00)/i, "strong"],
  [/(?<![\w-])font-style:\s*italic/i, "em"],
];
const LEVEL = /mso-list:\s*l\d+\s+level(\d)/i;
const MARKER = /mso-list:\s*ignore/i;
const NUMBERED = /^[\s(]*(\d{1,3}|[a-z]|[ivxlc]{1,6})[.)]/i;

const tidied = (html) => {
  const content = html.replace(/<style[\s>][\s\S]*?<\/style>/gi, "");
  const unstyled = content.replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/\sstyle\s*=/gi, " data-style="));
  const page = new DOMParser().parseFromString(unstyled, "text/html");
  for (const part of page.querySelectorAll("b[data-style], span[data-style], font[data-style]")) {
    const found = MEANINGS.filter(([pattern]) => pattern.test(part.dataset.style)).map(([, tag]) => tag);
    if (part.localName === "b" && !found.includes("strong") && /(?<![\w-])font-weight/i.test(part.dataset.style)) {
      part.replaceWith(...part.childNodes);
      continue;
    }
    if (part.localName === "b") continue;
    for (const tag of found) {
      const wrap = page.createElement(tag);
      wrap.append(...part.childNodes);
      part.append(wrap);
    }
  }
  makeLists(page);
  return page.body.innerHTML;
};

/* Word writes items as paragraphs with a drawn marker; the editor would keep the marker and lose the list. */
const makeLists = (page) => {
  const open = [];
  let last = null;
  for (const paragraph of page.querySelectorAll("p[data-style]")) {
    const level = Number(LEVEL.exec(paragraph.dataset.style)?.[1] || 0);
    if (!level) continue;
    const markers = [...paragraph.querySelectorAll("[data-style]")].filter((part) => MARKER.test(part.dataset.style));
    const tag = NUMBERED.test(markers[0]?.textContent || "") ? "ol" : "ul";
    markers.forEach((marker) => marker.remove());
    if (paragraph.previousElementSibling !== last) open.length = 0;
    while (open.length && open.at(-1).level > level) open.pop();
    if (open.length && open.at(-1).level === level && open.at(-1).list.localName !== tag) open.pop();
    if (!open.length || open.at(-1).level < level) {
      const list = page.createElement(tag);
      if (open.length) open.at(-1).list.lastElementChild.append(list);
      else {
        paragraph.before(list);
        last = list;
      }
      open.push({ level, list });
    }
    const item = page.createElement("li");
    const text = page.createElement("p");
    text.append(...paragraph.childNodes);
    item.append(text);
    open.at(-1).list.append(item);
    paragraph.remove();
  }
};

const extensionsOf = (module) => [
  module.Document,
  module.Paragraph,
  module.Text,
  module.Bold,
  module.Italic,
  module.Strike,
  module.Subscript,
  module.Superscript,
  module.Code,
  module.CodeBlock,
  module.HardBreak,
  module.HorizontalRule,
  module.Heading.configure({ levels: [2, 3, 4] }),
  module.BulletList,
  module.OrderedList,
  module.ListItem,
  module.Blockquote,
  module.Link.extend({ addKeyboardShortcuts: () => ({}) }).configure({
    enableTarget: false,
    protocols: ["http", "https", "mailto"],
  }),
  module.Table.configure({ resizable: false }),
  module.TableRow,
  module.TableHeader,
  module.TableCell,
  module.Dropcursor,
  module.Gapcursor,
  module.History,
];

/* What the page says about the box, it says about the editor. */
const namesOf = (textarea) => {
  const label = textarea.labels[0];
  if (label) label.id ||= `${textarea.id}_label`;
  const names = { role: "textbox", "aria-multiline": "true", id: textarea.id, dir: "auto" };
  if (label) names["aria-labelledby"] = label.id;
  else names["aria-label"] = textarea.getAttribute("aria-label") || textarea.name;
  for (const name of ["aria-describedby", "aria-invalid", "lang"]) {
    if (textarea.hasAttribute(name)) names[name] = textarea.getAttribute(name);
  }
  if (textarea.required) names["aria-required"] = "true";
  return names;
};

/* Typed without scripts, or shown again after an error: lines become paragraphs here as they do on the server. */
const asHtml = (text) => {
  if (/^\s*</.test(text)) return text;
  const paragraphs = document.createElement("div");
  for (const part of text.split(/\n\s*\n/).filter((part) => part.trim())) {
    const paragraph = document.createElement("p");
    part.split("\n").forEach((line, index) => paragraph.append(...(index ? [document.createElement("br")] : []), line));
    paragraphs.append(paragraph);
  }
  return paragraphs.innerHTML;
};

/* One tab stop for the whole toolbar; arrows move inside it, in the direction of reading. */
const walkable = (bar) => {
  const tools = () => [...bar.querySelectorAll("button")].filter((tool) => !tool.closest("[hidden]"));
  tools()[0].tabIndex = 0;
  bar.addEventListener("keydown", (event) => {
    const forward = getComputedStyle(bar).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
    const step = { ArrowLeft: -1, ArrowRight: -1, [forward]: 1 }[event.key];
    const all = tools();
    const next = { Home: 0, End: all.length - 1 }[event.key] ?? (step && all.indexOf(event.target) + step);
    if (next === undefined) return;
    event.preventDefault();
    const tool = all.at(next % all.length);
    all.forEach((each) => (each.tabIndex = each === tool ? 0 : -1));
    tool.focus();
  });
};

const linkForm = (box, editor) => {
  const form = box.querySelector(".editor__link");
  const input = form.querySelector("input");
  const close = () => {
    form.hidden = true;
    editor.commands.focus();
  };
  const set = () => {
    const typed = input.value.trim();
    const address = /^[^\s/:@]+\.[^\s]+$/.test(typed) ? `https://${typed}` : typed;
    const chain = editor.chain().focus().extendMarkRange("link");
    if (!address) chain.unsetLink().run();
    else if (editor.state.selection.empty && !editor.isActive("link")) {
      chain.insertContent({ type: "text", text: address, marks: [{ type: "link", attrs: { href: address } }] }).run();
    } else chain.setLink({ href: address }).run();
    close();
  };
  form.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
    if (event.key !== "Enter" || event.target !== input) return;
    event.preventDefault();
    set();
  });
  form.querySelector('[data-command="setLink"]').addEventListener("click", set);
  form.querySelector('[data-command="unsetLink"]').addEventListener("click", () => {
    input.value = "";
    set();
  });
  return () => {
    form.hidden = !form.hidden;
    input.value = editor.getAttributes("link").href || "";
    if (!form.hidden) input.focus();
  };
};

/* What a room offers to put in (data-insert-from): its page is asked here, and what is chosen stands at the cursor in a
   paragraph of its own. */
const insertForm = (box, editor) => {
  const panel = box.querySelector("[data-insert-from]");
  if (!panel) return () => {};
  const input = panel.querySelector("input");
  const found = panel.querySelector(".editor__found");
  const find = async () => {
    try {
      const answer = await fetch(`${panel.dataset.insertFrom}?q=${encodeURIComponent(input.value)}`);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const list = page.querySelector("[data-inserts]");
      // Addresses and fields are for the page itself; here a button does.
      list.querySelectorAll("input, label, a").forEach((part) => part.remove());
      list.querySelectorAll("[data-insert]").forEach((button) => (button.hidden = false));
      found.replaceChildren(...list.childNodes);
    } catch {
      found.textContent = found.dataset.failed;
    }
  };
  const close = () => {
    panel.hidden = true;
    editor.commands.focus();
  };
  panel.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
    if (event.key !== "Enter" || event.target !== input) return;
    event.preventDefault();
    find();
  });
  panel.addEventListener("click", (event) => {
    if (event.target.closest('[data-command="find"]')) find();
    const text = event.target.closest("[data-insert]")?.dataset.insert;
    if (!text) return;
    editor.chain().focus().insertContent([{ type: "paragraph", content: [{ type: "text", text }] }, { type: "paragraph" }]).run();
    close();
  });
  return () => {
    panel.hidden = !panel.hidden;
    if (panel.hidden) return;
    input.focus();
    find();
  };
};

const start = async (box) => {
  const textarea = box.querySelector("textarea");
  const bar = box.querySelector(".editor__bar");
  const module = await import(box.dataset.richtext);
  const names = namesOf(textarea);
  const place = document.createElement("div");
  place.className = "editor__text prose";
  const show = () => {
    for (const tool of bar.querySelectorAll("[aria-pressed]")) {
      tool.setAttribute("aria-pressed", String(editor.isActive(tool.dataset.command)));
    }
    bar.querySelector('[data-when="table"]').hidden = !editor.isActive("table");
  };
  const editor = new module.Editor({
    element: place,
    extensions: extensionsOf(module),
    content: asHtml(textarea.value),
    injectCSS: false,
    editorProps: { attributes: names, transformPastedHTML: tidied },
    onTransaction: () => show(),
    onUpdate: () => {
      textarea.value = editor.isEmpty ? "" : editor.getHTML();
      textarea.dispatchEvent(new Event("input", { bubbles: true }));
    },
  });
  // The editor takes the box's id, so that links to a field with an error lead to it.
  textarea.id = `${names.id}_source`;
  textarea.required = false;
  textarea.hidden = true;
  textarea.after(place);
  document.getElementById(names["aria-labelledby"])?.addEventListener("click", () => editor.commands.focus());
  const toggleLink = linkForm(box, editor);
  const toggleInsert = insertForm(box, editor);
  bar.addEventListener("click", (event) => {
    const command = event.target.closest("[data-command]")?.dataset.command;
    if (command === "link") toggleLink();
    if (command === "insert") toggleInsert();
    if (!(command in commands)) return;
    editor.view.focus(); // at once: the chain's own focus waits for the next frame, and keys would be lost
    commands[command](editor.chain()).run();
  });
  textarea.form?.addEventListener("reset", () => editor.commands.setContent(asHtml(textarea.defaultValue)));
  textarea.addEventListener("richtext:set", (event) => editor.commands.setContent(asHtml(event.detail)));
  // Names can be typed as they are: nothing waits for those who may be meant.
  if (box.dataset.mentions) import(box.dataset.mentionsModule).then((mentions) => mentions.start(box, editor)).catch(() => {});
  bar.hidden = false;
  walkable(bar);
  show();
  box.dataset.ready = "";
};

const startAll = (within) =>
  within.querySelectorAll("[data-richtext]:not([data-started])").forEach((box) => {
    box.dataset.started = "";
    start(box).catch((error) => console.warn("The text box stays as it is:", error));
  });

startAll(document);
document.addEventListener("network:arrived", (event) => startAll(event.target));
