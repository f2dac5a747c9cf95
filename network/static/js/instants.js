/* <time datetime data-offset="180" data-yours="{time} your time">: the official hour stands in the text; beside it
   goes the hour of the reader's own clock, if that shows another one. */
const language = document.documentElement.lang || "en";
const hour = new Intl.DateTimeFormat(language, { hour: "numeric", minute: "2-digit" });
const dayAndHour = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" });

const dayAt = (when, offset) => new Date(when.getTime() + offset * 60000).getUTCDate();

const addHers = (element) => {
  const when = new Date(element.dateTime);
  const official = Number(element.dataset.offset);
  const hers = -when.getTimezoneOffset();
  const words = element.dataset.yours;
  element.removeAttribute("data-yours");
  if (Number.isNaN(hers) || hers === official) return;
  const format = dayAt(when, hers) === dayAt(when, official) ? hour : dayAndHour;
  const beside = document.createElement("span");
  beside.className = "instant__yours";
  beside.textContent = words.replace("{time}", format.format(when));
  element.after(" ", beside);
};
const addAll = (within) => within.querySelectorAll("time[data-yours]").forEach(addHers);

addAll(document);
document.addEventListener("network:arrived", (event) => addAll(event.target));
