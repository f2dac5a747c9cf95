/* A thread that goes on while it is read. live.js tells what happened, in order and once; here it is put into the
   page: a reply in its place for readers at the end, counted in a button for others; a post that was edited, hidden
   or shown again changes where it stands. Quoting takes the selected words into the form below. */
const thread = document.querySelector("[data-thread]");
const posts = thread?.querySelector("[data-posts]");
const pill = thread?.querySelector("[data-new-replies]");
let unseen = 0;

const element = (html) => {
  const template = document.createElement("template");
  template.innerHTML = html.trim();
  return template.content.firstElementChild;
};

/* A fragment is the same for all readers: what this one may do about a post stands in templates of the page. */
const putActs = (post) => {
  const own = post.dataset.author && post.dataset.author === thread.dataset.viewer;
  const template = thread.querySelector(`template[data-acts-of="${own ? "own" : "others"}"]`);
  const acts = post.querySelector(".post__acts");
  if (template && acts) acts.innerHTML = template.innerHTML.replaceAll(thread.dataset.placeholder, post.dataset.number);
};

const find = (number) => posts.querySelector(`.post[data-number="${number}"]`);

const insert = (post) => {
  const number = Number(post.dataset.number);
  const later = [...posts.querySelectorAll(".post")].find((other) => Number(other.dataset.number) > number);
  if (later) later.before(post);
  else posts.append(post);
  thread.dataset.last = Math.max(number, Number(thread.dataset.last));
};

/* At the end: the last post of the thread is on this page and in sight, or below nothing but the form. */
const readsTheEnd = () => posts.lastElementChild?.getBoundingClientRect().top < window.innerHeight;

const count = () => {
  const link = pill.querySelector("a");
  link.textContent = unseen === 1 ? link.dataset.one : link.dataset.many.replace("{n}", unseen);
  pill.hidden = unseen === 0;
};

const posted = ({ detail }) => {
  const { post: number, author, replies } = detail.data;
  if (number <= Number(thread.dataset.last) || find(number)) return;
  const total = document.querySelector("[data-reply-count]");
  if (total) total.textContent = total.textContent.replace(/[\d٠-٩]+/, replies);
  const own = String(author) === thread.dataset.viewer;
  if (!("atEnd" in thread.dataset)) {
    unseen += 1;
    count();
    return;
  }
  const stays = own || readsTheEnd();
  const post = element(detail.html);
  post.classList.add("post--arrived");
  putActs(post);
  insert(post);
  if (stays) return;
  unseen += 1;
  pill.querySelector("a").href = `#post-${number - unseen + 1}`;
  count();
};

const changed = ({ detail }) => {
  const old = find(detail.data.post);
  if (!old || !detail.html) return;
  const post = element(detail.html);
  putActs(post);
  old.replaceWith(post);
};

/* Somebody reacted: the numbers change; what this reader has said herself stays as it is. */
const putReactions = (post, fragment) => {
  const old = post?.querySelector("[data-reactions]");
  const fresh = fragment.querySelector("[data-reactions]");
  if (old && fresh) old.replaceWith(fresh);
};

const reacted = ({ detail }) => {
  if (detail.html) putReactions(find(detail.data.post), element(detail.html));
};

/* Her own word goes out without leaving the page; where that fails the form is sent as it is. */
const react = async (event) => {
  const menu = event.target.closest("[data-react]");
  if (!menu || !event.submitter) return;
  event.preventDefault();
  const said = new FormData(event.target);
  said.append(event.submitter.name, event.submitter.value);
  try {
    const answer = await fetch(event.target.action, { method: "POST", body: said, headers: { "X-Requested-With": "fetch" } });
    if (!answer.ok || answer.redirected) throw new Error(answer.status);
    const fragment = element(await answer.text());
    putReactions(menu.closest(".post"), fragment);
    const fresh = fragment.querySelector("[data-react]");
    if (!fresh) return;
    menu.replaceWith(fresh);
    fresh.querySelector("summary").focus();
  } catch {
    event.target.append(Object.assign(document.createElement("input"), { type: "hidden", name: event.submitter.name, value: event.submitter.value }));
    event.target.submit();
  }
};

/* What is selected, as plain text. Sealed knowledge that this reader may read is no word of the post: quoted, it would
   stand in her reply for everybody. Its token is quoted in its place, so that each reader sees what she may. */
const tokenOf = (knowledge) => `[[tk:${knowledge.dataset.tk.split("@")[0]}]]`;

const selectedWords = (selection) => {
  const words = document.createElement("div");
  const range = selection.getRangeAt(0);
  const around = range.commonAncestorContainer;
  const inside = (around.nodeType === Node.ELEMENT_NODE ? around : around.parentElement).closest("[data-tk]");
  if (inside) return tokenOf(inside);
  words.append(range.cloneContents());
  words.querySelectorAll("[data-tk]").forEach((knowledge) => {
    const alone = knowledge.localName !== "span";
    knowledge.replaceWith(alone ? `\n${tokenOf(knowledge)}\n` : tokenOf(knowledge));
  });
  words.querySelectorAll("td, th").forEach((cell) => cell.after("\t"));
  words.querySelectorAll("p, li, br, h2, h3, h4, tr, blockquote").forEach((block) => block.after("\n"));
  return words.textContent;
};

/* The words that are selected in a post go into the form below; where nothing is selected, or the editor is not
   there, the link leads to the reply page, which quotes by itself. */
const quote = (event) => {
  const link = event.target.closest("[data-quote]");
  const post = link?.closest(".post");
  const editor = document.querySelector("#reply-form [data-richtext][data-ready]");
  const selection = window.getSelection();
  if (!post || !editor || selection.isCollapsed || !post.contains(selection.anchorNode)) return;
  const selected = selectedWords(selection).split(/\n+/).filter((part) => part.trim());
  if (!selected.length) return;
  event.preventDefault();
  const says = document.createElement("p");
  says.textContent = link.dataset.quote.replace("{author}", post.querySelector(".post__author").textContent.trim());
  const words = document.createElement("blockquote");
  for (const part of selected) {
    words.append(Object.assign(document.createElement("p"), { textContent: part.trim() }));
  }
  const box = editor.querySelector("textarea");
  const html = `${box.value}${says.outerHTML}${words.outerHTML}<p></p>`;
  box.dispatchEvent(new CustomEvent("richtext:set", { detail: html }));
  editor.scrollIntoView({ block: "center" });
  editor.querySelector("[contenteditable]").focus();
};

if (thread) {
  thread.addEventListener("live:posted", posted);
  for (const kind of ["edited", "hidden", "shown"]) thread.addEventListener(`live:${kind}`, changed);
  thread.addEventListener("live:reacted", reacted);
  thread.addEventListener("submit", react, true);
  for (const kind of ["moved", "split", "merged"]) {
    thread.addEventListener(`live:${kind}`, () => { thread.querySelector("[data-rearranged]").hidden = false; });
  }
  thread.addEventListener("live:behind", () => location.reload());
  pill.addEventListener("click", () => { unseen = 0; count(); });
  document.addEventListener("click", quote);
  document.addEventListener("scroll", () => {
    if (unseen && "atEnd" in thread.dataset && readsTheEnd()) { unseen = 0; count(); }
  }, { passive: true });
}
