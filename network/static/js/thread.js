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

/* What is selected, as plain text. Sealed knowledge that this reader may read is no word of the post: quoted, it would
   stand in her reply for everybody. Tokens have no words, so nothing of it is quoted. */
const selectedWords = (selection) => {
  const words = document.createElement("div");
  const range = selection.getRangeAt(0);
  const around = range.commonAncestorContainer;
  if ((around.nodeType === Node.ELEMENT_NODE ? around : around.parentElement).closest("[data-tk]")) return "";
  words.append(range.cloneContents());
  words.querySelectorAll("[data-tk]").forEach((knowledge) => knowledge.remove());
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
  thread.addEventListener("live:behind", () => location.reload());
  pill.addEventListener("click", () => { unseen = 0; count(); });
  document.addEventListener("click", quote);
  document.addEventListener("scroll", () => {
    if (unseen && "atEnd" in thread.dataset && readsTheEnd()) { unseen = 0; count(); }
  }, { passive: true });
}
