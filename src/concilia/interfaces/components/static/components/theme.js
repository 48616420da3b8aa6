// Runs before first paint. What the person chose (on the server or in this browser) wins; "system" follows the machine.
(() => {
  "use strict";
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const stored = () => {
    try {
      return localStorage.getItem("theme");
    } catch {
      return null; // private window
    }
  };
  const choice = () => root.dataset.theme || stored() || "system";
  const apply = () => {
    const wanted = choice();
    root.dataset.bsTheme = wanted === "system" ? (dark.matches ? "dark" : "light") : wanted;
    document.dispatchEvent(new CustomEvent("themechange", { detail: root.dataset.bsTheme }));
  };
  const choose = (theme) => {
    root.dataset.theme = theme;
    try {
      localStorage.setItem("theme", theme);
    } catch {
      // the choice lasts for this page
    }
    apply();
    for (const button of document.querySelectorAll("[data-theme-pick]")) {
      button.setAttribute("aria-pressed", String(button.value === theme));
    }
  };
  apply();
  dark.addEventListener("change", apply);
  document.addEventListener("click", (event) => {
    const toggle = event.target.closest("[data-theme-toggle]");
    if (toggle) choose(root.dataset.bsTheme === "dark" ? "light" : "dark");
    const pick = event.target.closest("[data-theme-pick]");
    if (!pick) return;
    // The form behind the button would reload the page; the choice is kept without that.
    event.preventDefault();
    choose(pick.value);
    const body = new FormData(pick.form);
    body.set("theme", pick.value);
    fetch(pick.form.action, { method: "POST", body, headers: { "HX-Request": "true" } });
  });
})();
