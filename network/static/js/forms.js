/* Helpers of forms; every form works without them. */

/* After a refusal the summary of errors takes the focus, so that it is read out first. */
document.querySelector(".form-errors")?.focus();

/* data-count: how many letters are left, told quietly. */
for (const field of document.querySelectorAll("[maxlength][data-count]")) {
  const note = document.createElement("p");
  note.className = "field-count";
  const template = field.dataset.count;
  const update = () => {
    note.textContent = template.replace("{n}", field.maxLength - field.value.length);
  };
  field.addEventListener("input", update);
  field.after(note);
  update();
}

/* data-submit-on-change: filters answer at once; their button stays for everybody else. */
for (const form of document.querySelectorAll("form[data-submit-on-change]")) {
  form.addEventListener("change", () => form.requestSubmit());
}

/* A form is sent once: its button says so and waits. Coming back by the browser's arrow wakes it again. */
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  setTimeout(() => delete form.dataset.sent, 8000);
});
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

/* data-autosave="/address/": the form's content goes there two seconds after the last change; the answer's sentence
   ({"text": "Saved at 14:03", "version": 3}) is shown in [data-autosave-status]. A failure is said and tried again. */
for (const form of document.querySelectorAll("form[data-autosave]")) {
  const status = form.querySelector("[data-autosave-status]");
  let timer = 0;
  let running = false;
  let again = false;
  const say = (text, state) => {
    if (!status) return;
    status.dataset.state = state;
    status.textContent = text;
  };
  const save = async () => {
    if (running) {
      again = true;
      return;
    }
    running = true;
    say(status?.dataset.saving || "", "saving");
    try {
      const answer = await fetch(form.dataset.autosave, {
        method: "POST",
        body: new FormData(form),
        headers: { Accept: "application/json", "X-Requested-With": "fetch" },
      });
      const told = await answer.json();
      say(told.text, answer.ok ? "good" : "bad");
      if (told.version && form.elements.version) form.elements.version.value = told.version;
    } catch {
      say(status?.dataset.failed || "", "bad");
      timer = setTimeout(save, 15000);
    }
    running = false;
    if (again) {
      again = false;
      await save();
    }
  };
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(save, 2000);
  };
  form.addEventListener("input", later);
  form.addEventListener("change", later);
}
