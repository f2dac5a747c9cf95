/* Live pages. <div data-live="thread:17" data-live-after="42"> follows a stream from the last number that the page
   already shows. For each thing that happens, in order and once, the element gets an event `live:<kind>` with
   {stream, number, kind, html, data}; also `live:refused` when it may be followed no longer and `live:behind` when
   so much was missed that the page should be read again. All of them bubble.

   One socket for the whole tab. Where there is none the same is asked for every 30 seconds. Nothing is ever said to
   the reader: <html data-live-state> tells live, waiting, polling or offline, and the page itself stays the truth. */
const root = document.documentElement;
const address = `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/ws/`;
const SIGNED_OUT = 4401; // come back at once: the session that the page has now decides anew
const POLL = 30000;
const streams = new Map(); // name -> the last number that was heard of, undefined before the first answer
let socket = null;
let failures = 0;
let retry = 0;
let poll = 0;
let unanswered = 0;

const jitter = (milliseconds) => milliseconds * (0.5 + Math.random());
const isOpen = () => socket?.readyState === WebSocket.OPEN;
const state = (word) => { root.dataset.liveState = word; };
const elements = (name) => document.querySelectorAll(`[data-live="${CSS.escape(name)}"]`);

const tell = (name, kind, detail) => {
  for (const element of elements(name)) {
    element.dispatchEvent(new CustomEvent(`live:${kind}`, { bubbles: true, detail }));
  }
};

const deliver = (message) => {
  for (const element of elements(message.stream)) {
    if (message.number <= Number(element.dataset.liveAfter ?? -1)) continue;
    element.dataset.liveAfter = message.number;
    element.dispatchEvent(new CustomEvent(`live:${message.kind}`, { bubbles: true, detail: message }));
  }
};

const hear = (frame) => {
  if (frame.following) streams.set(frame.following, Math.max(frame.at, streams.get(frame.following) ?? 0));
  else if (frame.refused) tell(frame.refused, "refused", frame);
  else if (frame.behind) {
    streams.set(frame.behind, frame.at);
    tell(frame.behind, "behind", frame);
  } else if (frame.stream) {
    streams.set(frame.stream, Math.max(frame.number, streams.get(frame.stream) ?? 0));
    deliver(frame);
  }
};

const send = (said) => socket.send(JSON.stringify(said));
const follow = (name) => send({ follow: name, after: streams.get(name), language: root.lang });

/* Elements come and go with parts of the page; what is followed is what the page holds. */
const scan = () => {
  const wanted = new Map();
  for (const element of document.querySelectorAll("[data-live]")) {
    const after = element.dataset.liveAfter === undefined ? undefined : Number(element.dataset.liveAfter);
    const name = element.dataset.live;
    wanted.set(name, wanted.has(name) ? Math.min(wanted.get(name) ?? after, after ?? wanted.get(name)) : after);
  }
  for (const name of [...streams.keys()].filter((name) => !wanted.has(name))) {
    streams.delete(name);
    if (isOpen()) send({ unfollow: name });
  }
  for (const [name, after] of wanted) {
    if (streams.has(name)) continue;
    streams.set(name, Number.isNaN(after) ? undefined : after);
    if (isOpen()) follow(name);
  }
  if (streams.size && !socket && !retry) connect();
};

const ask = async () => {
  const query = new URLSearchParams({ language: root.lang });
  for (const [name, after] of streams) {
    query.append("follow", name);
    query.append("after", after ?? "");
  }
  try {
    const answer = await fetch(`/live/?${query}`, { credentials: "same-origin" });
    if (answer.ok && !isOpen()) (await answer.json()).frames.forEach(hear);
    state(answer.ok ? "polling" : "waiting");
  } catch {
    state("waiting");
  }
};

const pollOn = () => {
  poll ||= setTimeout(async () => {
    if (streams.size && !isOpen() && !document.hidden) await ask();
    poll = 0;
    if (!isOpen()) pollOn();
  }, jitter(POLL));
};

const lost = (code) => {
  socket = null;
  unanswered = 0;
  failures += 1;
  state(navigator.onLine ? (poll ? "polling" : "waiting") : "offline");
  if (failures > 1) pollOn();
  clearTimeout(retry);
  retry = setTimeout(connect, jitter(code === SIGNED_OUT && failures < 3 ? 500 : Math.min(60000, 1000 * 2 ** failures)));
};

const connect = () => {
  clearTimeout(retry);
  retry = 0;
  if (socket || !streams.size) return;
  const fresh = new WebSocket(address);
  socket = fresh;
  fresh.onopen = () => {
    clearTimeout(poll);
    poll = 0;
    state("live");
    for (const name of streams.keys()) follow(name);
  };
  fresh.onmessage = (event) => {
    if (socket !== fresh) return;
    failures = 0;
    unanswered = 0;
    hear(JSON.parse(event.data));
  };
  fresh.onclose = (event) => { if (socket === fresh) lost(event.code); };
};

/* A connection that died in its sleep looks open: two pings without an answer and it is given up. */
const drop = () => {
  const dead = socket;
  lost(0);
  dead.close();
};
const ping = () => {
  if (!isOpen()) return;
  if (unanswered > 1) return drop();
  unanswered += 1;
  send({ ping: true });
};
const wake = () => {
  if (!streams.size || document.hidden) return;
  if (!isOpen()) return connect();
  ping();
  setTimeout(() => { if (unanswered && isOpen()) { drop(); connect(); } }, 5000);
};

setInterval(ping, 30000);
addEventListener("online", wake);
addEventListener("offline", () => state("offline"));
addEventListener("pageshow", wake);
addEventListener("pagehide", () => {
  clearTimeout(retry);
  retry = 0;
  const old = socket;
  socket = null;
  old?.close();
});
document.addEventListener("visibilitychange", wake);
new MutationObserver(scan).observe(document.body, { childList: true, subtree: true });
scan();
