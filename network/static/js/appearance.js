/* Runs before the first paint: a reader who chose light or dark never sees the other one flash by. */
{
  const root = document.documentElement;
  const stored = () => {
    try {
      return localStorage.getItem("appearance") || "";
    } catch {
      return "";
    }
  };
  const apply = (choice) => {
    if (choice === "light" || choice === "dark") root.dataset.appearance = choice;
    else delete root.dataset.appearance;
  };
  apply(stored());

  document.addEventListener("DOMContentLoaded", () => {
    for (const group of document.querySelectorAll("[data-appearance-choice]")) {
      group.hidden = false;
      const current = group.querySelector(`input[value="${stored()}"]`);
      if (current) current.checked = true;
      group.addEventListener("change", (event) => {
        apply(event.target.value);
        try {
          if (event.target.value) localStorage.setItem("appearance", event.target.value);
          else localStorage.removeItem("appearance");
        } catch {
          /* Private windows may refuse to keep it; the page at hand still follows. */
        }
      });
    }
  });
}
