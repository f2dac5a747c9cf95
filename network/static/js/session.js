/* The room of a session that goes on while it is read. live.js tells what happened, in order and once. Readers get
   one question as a fragment that is the same for all; whoever keeps the room reads its parts anew, with what may be
   done there. When the hour comes at which the address of the meeting is shown, its part is read anew as well. */
const room = document.querySelector("[data-room]");
const hosts = "hosts" in room.dataset;
const canVote = Boolean(document.getElementById("act") && document.querySelector(`form[action$="/ask/"]`));
let waits = 0;

const element = (html) => {
  const template = document.createElement("template");
  template.innerHTML = html.trim();
  return template.content.firstElementChild;
};

/* Nothing is taken from under somebody's keyboard: a part that she is in waits until she leaves it. */
const renew = (part, fresh) => {
  if (!fresh) return;
  if (!part.contains(document.activeElement)) return part.replaceWith(fresh);
  part.addEventListener("focusout", () => setTimeout(() => renew(part, fresh)), { once: true });
};

const read = async (ids) => {
  const answer = await fetch(location.href, { credentials: "same-origin" });
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const id of ids) renew(document.getElementById(id), page.getElementById(id));
  watchTheClock();
};

/* Many pages hear of the same thing at the same moment: they do not all ask at once. */
const readSoon = (ids, within) => {
  clearTimeout(waits);
  waits = setTimeout(() => read(ids), within * (0.3 + Math.random()));
};

const find = (number) => room.querySelector(`[data-question="${CSS.escape(number)}"]`);

const place = (one) => {
  const list = room.querySelector("answered" in one.dataset ? "[data-done]" : "[data-open]");
  const before = "answered" in one.dataset
    ? null
    : [...list.children].find((other) => Number(other.dataset.votes) < Number(one.dataset.votes));
  list.insertBefore(one, before ?? null);
  list.parentElement.hidden = false;
};

const changed = ({ detail }) => {
  if (hosts) return readSoon(["queue", "questions"], 1000);
  const old = find(detail.data.question);
  const pressed = old?.querySelector("[data-vote]")?.getAttribute("aria-pressed");
  old?.remove();
  if (!detail.html) return;
  const one = element(detail.html);
  const button = one.querySelector("[data-vote]");
  if (button && pressed) button.setAttribute("aria-pressed", pressed);
  if (button && !canVote) button.replaceWith(...button.querySelectorAll("[data-count]"));
  room.querySelector("[data-empty]")?.remove();
  place(one);
};

const voted = ({ detail }) => {
  const one = find(detail.data.question);
  if (!one || detail.data.votes === undefined) return;
  one.dataset.votes = detail.data.votes;
  one.querySelector("[data-count]").textContent = detail.data.votes;
};

/* A vote without leaving the page; where that does not work, the form is sent as it would be without scripts. */
document.getElementById("act")?.addEventListener("submit", async (event) => {
  const button = event.submitter;
  if (!button?.matches("[data-vote]")) return;
  event.preventDefault();
  const answer = await fetch(button.formAction, { method: "POST", body: new FormData(event.target), credentials: "same-origin" });
  if (!answer.ok) return location.reload();
  button.setAttribute("aria-pressed", String(button.getAttribute("aria-pressed") !== "true"));
});

let clock = 0;
const watchTheClock = () => {
  const at = document.getElementById("door")?.dataset.changesAt;
  const left = at ? Date.parse(at) - Date.now() : -1;
  clearTimeout(clock);
  if (left > 0 && left < 86400000) clock = setTimeout(() => readSoon(["door"], 2000), left);
};

room.addEventListener("live:events.question_changed", changed);
room.addEventListener("live:events.question_voted", voted);
for (const kind of ["room_changed", "materials_changed"]) {
  room.addEventListener(`live:events.${kind}`, () => readSoon(["door"], 5000));
}
room.addEventListener("live:behind", () => readSoon(["queue", "questions", "door"], 5000));
watchTheClock();
