/* Files go out as soon as they are chosen, each with how far it has come; what arrived stands as a box that can be
   taken out again. Without this script they go with the form. */
const send = (file, form, shown) => new Promise((resolve) => {
  const request = new XMLHttpRequest();
  const body = new FormData();
  body.append("files", file);
  body.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  request.upload.addEventListener("progress", (event) => {
    if (event.lengthComputable) shown.value = event.loaded / event.total;
  });
  request.addEventListener("loadend", () => {
    let told = null;
    try { told = JSON.parse(request.responseText); } catch { /* no answer, or none of ours */ }
    resolve(told);
  });
  request.open("POST", form.dataset.files);
  request.setRequestHeader("X-Requested-With", "fetch");
  request.send(body);
});

const take = async (input, form, list, file) => {
  const row = document.createElement("li");
  const bar = Object.assign(document.createElement("progress"), { max: 1, value: 0, ariaLabel: file.name });
  row.append(file.name, " ", bar);
  list.append(row);
  const told = await send(file, form, bar);
  if (!told?.key) {
    row.replaceChildren(`${file.name}: ${told?.text || "…"}`);
    row.className = "field__error";
    return;
  }
  const label = document.createElement("label");
  const box = Object.assign(document.createElement("input"), { type: "checkbox", name: "kept", value: told.key, checked: true });
  label.append(box, ` ${told.text}`);
  row.replaceChildren(label);
  form.elements.offered.value = "yes";
};

for (const form of document.querySelectorAll("form[data-files]")) {
  const input = form.querySelector('input[type="file"][name="files"]');
  if (!input) continue;
  const list = Object.assign(document.createElement("ul"), { role: "list", className: "stack stack--tight" });
  list.setAttribute("aria-live", "polite");
  input.before(list);
  input.addEventListener("change", async () => {
    const chosen = [...input.files];
    input.value = "";
    for (const file of chosen) await take(input, form, list, file);
  });
}
