// The keyboard of lists and cases. A page says what a key does by data attributes, it writes no script:
//   data-row              a row of the list the cursor walks (j, k); Enter opens its first link
//   data-key="a"          a button or link the key presses; inside the cursor's row it wins over the page's
//   data-search           the field that / goes to        data-views   the saved views that v goes to
(() => {
  "use strict";
  const isTyping = (target) => Boolean(target.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]"));
  const isShown = (element) => element.checkVisibility() && !element.disabled && element.getAttribute("aria-disabled") !== "true";
  const rows = () => [...document.querySelectorAll("[data-row]")].filter(isShown);
  const cursor = () => document.querySelector("[data-row].cursor");

  function putCursor(row, focus) {
    document.querySelectorAll("[data-row].cursor").forEach((other) => other.classList.toggle("cursor", other === row));
    row.classList.add("cursor");
    if (!focus) return;
    (row.matches("a, button") ? row : row.querySelector("a[href]") || row.querySelector("button, input"))?.focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
  }

  function move(step) {
    const all = rows();
    if (!all.length) return;
    const at = all.indexOf(cursor());
    putCursor(all[at < 0 ? 0 : Math.min(all.length - 1, Math.max(0, at + step))], true);
  }

  function press(key) {
    const scope = document.querySelector("dialog[open]") || document;
    const selector = `[data-key="${CSS.escape(key)}"]`;
    const row = scope === document ? cursor() : null;
    const bulk = document.querySelector("[data-bulk]:not([hidden])")?.querySelector(`[data-bulk-key="${CSS.escape(key)}"]`);
    const own = row ? [...row.querySelectorAll(selector)] : [];
    const button = [bulk, ...own, ...scope.querySelectorAll(selector)].find((found) => found && isShown(found));
    if (!button) return false;
    button.matches("input, select, textarea") ? button.focus() : button.click();
    return true;
  }

  function tick() {
    const box = cursor()?.querySelector("[data-select], [data-cents]");
    if (box) box.click();
  }

  function openRow() {
    const row = cursor();
    const link = row?.matches("a") ? row : row?.querySelector("a[href]");
    link?.click();
  }

  const acts = {
    j: () => move(1),
    k: () => move(-1),
    x: tick,
    "/": () => document.querySelector("[data-search]")?.focus(),
    v: () => document.querySelector("[data-views] a")?.focus(),
    "?": () => window.concilia.open("keys"),
  };

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey || isTyping(event.target)) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (key === "Enter") {
      if (event.target === document.body) openRow();
      return;
    }
    if (key.length !== 1) return;
    const inDialog = document.querySelector("dialog[open]");
    if (press(key)) event.preventDefault();
    else if (!inDialog && acts[key]) {
      event.preventDefault();
      acts[key]();
    }
  });

  // The cursor follows the focus too, so Tab and the mouse agree with j and k.
  document.addEventListener("focusin", (event) => {
    const row = event.target.closest("[data-row]");
    if (row && row !== cursor()) putCursor(row, false);
  });
})();
