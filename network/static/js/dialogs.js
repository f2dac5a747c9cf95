/* <a href="/ask/first/" data-dialog="confirm-end">: with a script the dialog opens here, without it the link leads to
   the page that asks the same. A press on the backdrop or [data-dialog-close] closes it; the opener gets the focus back. */
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-dialog]");
  if (opener && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    const dialog = document.getElementById(opener.dataset.dialog);
    if (dialog) {
      event.preventDefault();
      dialog.showModal();
    }
    return;
  }
  const dialog = event.target.closest("dialog");
  if (!dialog) return;
  if (event.target === dialog || event.target.closest("[data-dialog-close]")) {
    event.preventDefault();
    dialog.close();
  }
});
