/* Shared knowledge in an open page: when its holders stop sharing, it goes from the screen too. The socket says so
   at once (live:withdrawn, ids only); every five minutes, and when they have said something new (live:changed), the
   page asks whether what it shows is still shared with its reader. */
const every = 5 * 60 * 1000;
const atOnce = 100; // as many as one question may hold
const soon = 3000; // not all open pages in the same instant
const nodes = () => [...document.querySelectorAll("[data-tk][data-withheld]")];

const blank = (node) => {
  const words = document.createElement(node.tagName === "SPAN" ? "span" : "div");
  words.className = node.tagName === "SPAN" ? "withheld withheld--inline" : "withheld";
  words.setAttribute("role", "note");
  words.dataset.tk = node.dataset.tk;
  words.textContent = node.dataset.withheld;
  for (const medium of node.querySelectorAll("audio, img")) {
    medium.pause?.();
    medium.removeAttribute("src"); // lets go of what was loaded, and stops what is playing
    medium.load?.();
  }
  node.replaceWith(words);
};

document.addEventListener(
  "live:withdrawn",
  (event) => {
    const item = event.detail?.data?.item;
    nodes().filter((node) => item && node.dataset.tk.startsWith(`${item}:`)).forEach(blank);
  },
  true,
);

const withheldOf = async (keys) => {
  try {
    const query = keys.map((key) => `t=${encodeURIComponent(key)}`).join("&");
    const answer = await fetch(`/knowledge/lease/?${query}`, { cache: "no-store", credentials: "same-origin" });
    if (answer.ok) return (await answer.json()).withheld;
  } catch {
    /* offline: the lease has run out */
  }
  return keys; // what cannot be asked is not shown any longer than its lease
};

const ask = async () => {
  const shown = nodes();
  const keys = [...new Set(shown.map((node) => node.dataset.tk))];
  for (let start = 0; start < keys.length; start += atOnce) {
    const withheld = await withheldOf(keys.slice(start, start + atOnce));
    shown.filter((node) => withheld.includes(node.dataset.tk)).forEach(blank);
  }
};

document.addEventListener(
  "live:changed",
  (event) => {
    const item = event.detail?.data?.item;
    const shows = nodes().some((node) => item && node.dataset.tk.startsWith(`${item}:`));
    if (shows) setTimeout(ask, Math.random() * soon);
  },
  true,
);

setInterval(ask, every);
window.addEventListener("pageshow", (event) => event.persisted && ask());
