/* <time datetime data-relative>: "3 hours ago" stands in the text, the exact official time stays in its title.
   Only instants of the last and next seven days are told so; older ones keep their date. On paper the exact one stands. */
const units = [
  ["day", 86400],
  ["hour", 3600],
  ["minute", 60],
];
const words = new Intl.RelativeTimeFormat(document.documentElement.lang || "en", { numeric: "auto" });

const tell = (element) => {
  const seconds = (Date.parse(element.dateTime) - Date.now()) / 1000;
  if (Number.isNaN(seconds) || Math.abs(seconds) > 7 * 86400) return;
  element.dataset.exact ??= element.textContent.trim();
  element.title = element.dataset.exact;
  const [unit, length] = units.find(([, size]) => Math.abs(seconds) >= size) || ["minute", 60];
  element.textContent = words.format(Math.trunc(seconds / length), unit);
};
const tellAll = (within) => within.querySelectorAll("time[data-relative]").forEach(tell);

tellAll(document);
setInterval(() => document.hidden || tellAll(document), 60000);
addEventListener("beforeprint", () => {
  for (const element of document.querySelectorAll("time[data-exact]")) element.textContent = element.dataset.exact;
});
addEventListener("afterprint", () => tellAll(document));
document.addEventListener("network:arrived", (event) => tellAll(event.target));
