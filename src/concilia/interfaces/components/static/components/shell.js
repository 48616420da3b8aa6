// Dialogs, menus, the command palette, small form manners. No inline handlers: everything is delegated.
(() => {
  "use strict";
  const byId = (id) => document.getElementById(id);
  const isMac = /Mac|iPhone|iPad/.test(navigator.platform);

  function open(id) {
    const dialog = byId(id);
    if (!dialog || dialog.open) return;
    document.querySelectorAll("dialog[open]").forEach((other) => other.close());
    dialog.showModal();
    dialog.dispatchEvent(new CustomEvent("opened"));
  }

  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-open]");
    if (opener) open(opener.dataset.open);
    const closer = event.target.closest("[data-close]");
    if (closer) closer.closest("dialog").close();
    if (event.target.matches("dialog")) event.target.close(); // a click on the backdrop
  });

  // A menu is a <details>: it closes when the click or the focus goes elsewhere, and on Escape.
  const closeMenus = (keep) => {
    document.querySelectorAll("details.menu[open]").forEach((menu) => {
      if (!keep || !menu.contains(keep)) menu.open = false;
    });
  };
  document.addEventListener("click", (event) => closeMenus(event.target));
  document.addEventListener("focusin", (event) => closeMenus(event.target));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const menu = event.target.closest("details.menu[open]");
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });

  // <select data-submit> sends its form at once (language, period, sort order).
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-submit]")) event.target.form.requestSubmit();
  });

  // A form that was sent once is not sent again: its button keeps its width and shows a spinner.
  // data-again leaves it alone (downloads, where no new page comes).
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post" || "again" in form.dataset) return;
    const button = event.submitter;
    if (button) button.setAttribute("aria-busy", "true");
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
  });
  addEventListener("pageshow", () => {
    document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent);
    document.querySelectorAll("[aria-busy]").forEach((button) => button.removeAttribute("aria-busy"));
  });

  // A KPI tile or any button with aria-controls shows and hides its part of the page.
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-toggles]");
    if (!button) return;
    const part = byId(button.dataset.toggles);
    if (!part) return;
    const shown = button.getAttribute("aria-expanded") !== "true";
    document.querySelectorAll(`[data-toggles="${button.dataset.toggles}"]`).forEach((other) => {
      other.setAttribute("aria-expanded", String(other === button && shown));
    });
    part.hidden = !shown;
  });

  // The palette: a combobox over links. Results come by htmx; the first one is always chosen.
  const options = () => [...document.querySelectorAll("#palette-list [role=option]")];
  const chosen = () => document.querySelector("#palette-list [aria-selected=true]");
  function choose(option) {
    const input = document.querySelector("#palette input");
    options().forEach((other, index) => {
      other.id ||= `palette-option-${index}`;
      other.setAttribute("aria-selected", String(other === option));
    });
    if (option) input.setAttribute("aria-activedescendant", option.id);
    else input.removeAttribute("aria-activedescendant");
    option?.scrollIntoView({ block: "nearest" });
  }
  function follow(option) {
    if (!option) return;
    byId("palette").close();
    if (option.dataset.href) location.assign(option.dataset.href);
    else if (option.dataset.presses) document.querySelector(option.dataset.presses)?.click();
  }
  document.addEventListener("click", (event) => follow(event.target.closest("#palette-list [role=option]")));
  document.addEventListener("mouseover", (event) => {
    const option = event.target.closest("#palette-list [role=option]");
    if (option) choose(option);
  });
  document.addEventListener("htmx:after:swap", () => {
    if (byId("palette")?.open) choose(options()[0]);
  });
  document.addEventListener("keydown", (event) => {
    if ((event.metaKey || event.ctrlKey) && event.key.toLowerCase() === "k" && byId("palette")) {
      event.preventDefault();
      open("palette");
      return;
    }
    if (!event.target.closest("#palette")) return;
    const all = options();
    const at = all.indexOf(chosen());
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      choose(all[(at + step + all.length) % all.length]);
    } else if (event.key === "Enter") {
      event.preventDefault();
      follow(chosen());
    }
  });
  byId("palette")?.addEventListener("opened", () => {
    const input = document.querySelector("#palette input");
    input.select();
    input.dispatchEvent(new CustomEvent("ask", { bubbles: true }));
  });
  if (isMac) document.querySelectorAll("[data-mod]").forEach((key) => (key.textContent = key.dataset.mod));

  // Where the tabs of a page are wider than the screen, the one that is shown is in sight.
  document.querySelectorAll("nav.views [aria-current]").forEach((tab) => {
    tab.parentElement.scrollLeft = tab.offsetLeft - tab.parentElement.offsetLeft - 16;
  });

  window.concilia = { open };

  // htmx (where the page has it) would begin a turn later: a key pressed before that would be lost.
  window.htmx?.process(document.body);
})();
