/* The queue as a desk: keys go from case to case and press its buttons, others' decisions and looks show as they
   happen. Keys count only while no field is in use, and can be switched off. Without any of it the page does the same. */
const desk = document.querySelector("[data-desk]");
const KEY = "desk-keys";
let at = null;

const cases = () => [...desk.querySelectorAll("[data-case]:not(.case--over)")];
const find = (key) => desk.querySelector(`[data-case="${CSS.escape(key)}"]`);
const areOn = () => localStorage.getItem(KEY) !== "off";

/* Tell the others that this moderator is at a case; once a minute is enough. */
const told = new Map();
const look = (item) => {
  const key = item.dataset.case;
  const token = item.querySelector("[name=csrfmiddlewaretoken]")?.value;
  if (!token || Date.now() - (told.get(key) ?? 0) < 60000) return;
  told.set(key, Date.now());
  const body = new URLSearchParams({ case: key, csrfmiddlewaretoken: token });
  fetch(desk.dataset.look, { method: "POST", body, headers: { "X-Requested-With": "fetch" } }).catch(() => {});
};

const go = (step) => {
  const all = cases();
  if (!all.length) return;
  const now = all.indexOf(at);
  at = all[Math.min(Math.max(now + step, 0), all.length - 1)];
  at.focus();
  at.scrollIntoView({ block: "nearest" });
};

const press = (key) => {
  const act = at?.querySelector(`[data-verb="${CSS.escape(key)}"]`);
  if (!act) return;
  if (act.localName === "details") {
    act.open = true;
    (act.querySelector("[name=canned]") ?? act.querySelector("textarea")).focus();
  } else act.querySelector("button").click();
};

const inField = (element) => element.closest("input:not([type=checkbox]), textarea, select, [contenteditable=true]");

const typed = (event) => {
  if (!areOn() || event.ctrlKey || event.metaKey || event.altKey || inField(event.target)) return;
  if (event.key === "j") go(1);
  else if (event.key === "k") go(-1);
  else if (event.key === "x" && at) at.querySelector("[name=case]").click();
  else if ("ahrd".includes(event.key)) press(event.key);
  else return;
  event.preventDefault();
};

const showSwitch = (button) => {
  button.setAttribute("aria-pressed", String(areOn()));
};

const mark = (key, words) => {
  const item = find(key);
  if (item) item.querySelector("[data-looking]").textContent = words;
  return item;
};

if (desk) {
  document.addEventListener("keydown", typed);
  desk.addEventListener("focusin", (event) => {
    const item = event.target.closest("[data-case]");
    if (!item) return;
    at = item;
    look(item);
  });
  const help = desk.querySelector("[data-keys-help]");
  // On a phone nobody presses keys.
  if (help && matchMedia("(pointer: fine)").matches) {
    help.hidden = false;
    const button = help.querySelector("[data-keys]");
    showSwitch(button);
    button.addEventListener("click", () => {
      localStorage.setItem(KEY, areOn() ? "off" : "on");
      showSwitch(button);
    });
  }
  const undo = desk.querySelector("[data-undo]");
  if (undo) setTimeout(() => undo.remove(), 30000);
  desk.addEventListener("live:moderation.looking", ({ detail }) => {
    const place = find(detail.data.case)?.querySelector("[data-looking]");
    if (place) place.textContent = place.dataset.words.replace("{name}", detail.data.name);
  });
  desk.addEventListener("live:moderation.settled", ({ detail }) => {
    mark(detail.data.case, "")?.classList.add("case--over");
  });
  desk.addEventListener("live:moderation.reopened", ({ detail }) => {
    mark(detail.data.case, "")?.classList.remove("case--over");
  });
  for (const kind of ["moderation.held", "moderation.reported", "moderation.appealed", "community.join_requested"]) {
    desk.addEventListener(`live:${kind}`, () => { desk.querySelector("[data-more]").hidden = false; });
  }
}
