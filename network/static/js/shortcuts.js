/* Keys in a thread, listed by ? in the dialog #shortcuts. They are single letters, so they can be turned off
   ([data-shortcuts-setting], remembered by this browser) and never count where somebody writes. A keyboard without
   Latin letters is read by the place of the key. */
const setting = "shortcuts";

const isOff = () => {
  try {
    return localStorage.getItem(setting) === "off";
  } catch {
    return false;
  }
};

for (const place of document.querySelectorAll("[data-shortcuts-setting]")) {
  const box = place.querySelector("input");
  place.hidden = false;
  box.checked = !isOff();
  box.addEventListener("change", () => {
    try {
      if (box.checked) localStorage.removeItem(setting);
      else localStorage.setItem(setting, "off");
    } catch {
      box.checked = true; // Private windows may refuse to keep it.
    }
  });
}

const places = { KeyJ: "j", KeyK: "k", KeyR: "r", KeyQ: "q" };
const keyOf = (event) => (/^[!-~]$/.test(event.key) ? event.key.toLowerCase() : places[event.code]);

const posts = () => [...document.querySelectorAll("[data-posts] .post")];

/* The post that has the focus; else the first whose end is still in sight. */
const current = () => {
  const all = posts();
  const focused = all.indexOf(document.activeElement.closest(".post"));
  return focused >= 0 ? focused : all.findIndex((post) => post.getBoundingClientRect().bottom > 0);
};

const go = (post) => {
  if (!post) return;
  post.tabIndex = -1;
  post.focus({ preventScroll: true });
  post.scrollIntoView({ block: "start" });
};

const step = (by) => {
  const all = posts();
  const begun = document.activeElement.closest(".post");
  const next = begun ? current() + by : current();
  if (next >= 0 && next < all.length) go(all[next]);
  else document.querySelector(next < 0 ? 'a[rel="prev"]' : 'a[rel="next"]')?.focus();
};

const keys = {
  j: () => step(1),
  k: () => step(-1),
  r: () => {
    const field = document.querySelector("#reply-form [contenteditable], #reply-form textarea:not([hidden])");
    if (field) field.focus();
    else document.querySelector("[data-reply-link]")?.click();
  },
  q: () => posts()[current()]?.querySelector("[data-quote]")?.click(),
  "/": () => document.querySelector("[data-search-link]")?.click(),
  "?": () => document.querySelector('[data-dialog="shortcuts"]')?.click(),
};

const WRITING = 'input, textarea, select, [contenteditable]:not([contenteditable="false"]), [role="textbox"]';

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (!document.querySelector("[data-thread]") || isOff()) return;
  if (event.target.closest(WRITING) || document.querySelector("dialog[open]")) return;
  const deed = keys[keyOf(event)];
  if (!deed) return;
  event.preventDefault();
  deed();
});
