/* A thread handed on: by what the device has for that, or into the clipboard. */
const button = document.querySelector("[data-share]");

const hand = async () => {
  const { share: url, title, done } = button.dataset;
  if (navigator.share) {
    await navigator.share({ title, url }).catch(() => {});
    return;
  }
  await navigator.clipboard.writeText(document.querySelector("[data-card]").value);
  button.querySelector("span").textContent = done;
};

if (button && (navigator.share || navigator.clipboard)) {
  button.hidden = false;
  button.addEventListener("click", hand);
}
