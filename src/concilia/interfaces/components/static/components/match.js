// The live sum of the bank desk. Integer minor units only; the server checks the same sum again when posting.
//   <div class="livesum" data-paid="1486165" data-currency="EUR">   data-out="items|diffs|left"
//   <input type="checkbox" data-cents="618000" value="12">           an open item
//   <li data-diff="18565" data-of="12">                              a difference that was explained, of item 12
//   <input data-amount> in a [data-diff]                             writes it; data-amount="-1" turns its sign
(() => {
  "use strict";
  const digits = (currency) => new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits;

  // As the server reads it: the last point or comma is the decimal sign if no more digits follow than there are.
  function typed(text, currency) {
    const places = digits(currency);
    const bare = text.replace(/[\s\u202f\u00a0']/g, "").replace("\u2212", "-");
    const negative = bare.startsWith("-");
    const number = negative ? bare.slice(1) : bare;
    const at = Math.max(number.lastIndexOf("."), number.lastIndexOf(","));
    const split = at >= 0 && number.length - at - 1 <= places;
    const whole = (split ? number.slice(0, at) : number).replace(/[.,]/g, "");
    const cents = (split ? number.slice(at + 1) : "").padEnd(places, "0");
    return /^\d+$/.test(whole + cents) ? (negative ? -1 : 1) * Number(whole + cents) : 0;
  }

  function show(sheet, name, minor) {
    const cell = sheet.querySelector(`[data-out="${name}"]`);
    if (cell) write(cell, minor, sheet.dataset.currency);
  }

  function write(cell, minor, currency) {
    const { units, cents } = window.conciliaMoney(minor, currency || "EUR");
    const tail = document.createElement("i");
    tail.textContent = cents;
    cell.replaceChildren(units, tail);
  }

  const counts = (scope, line) => {
    const box = line.dataset.of && scope.querySelector(`[data-cents][value="${CSS.escape(line.dataset.of)}"]`);
    return !box || box.checked;
  };

  function total(sheet) {
    const scope = sheet.closest("[data-match]") || document;
    const items = [...scope.querySelectorAll("[data-cents]:checked")].reduce((n, box) => n + Number(box.dataset.cents), 0);
    let diffs = 0;
    for (const line of scope.querySelectorAll("[data-diff]")) {
      const counted = counts(scope, line);
      line.toggleAttribute("data-off", !counted);
      if (counted) diffs += Number(line.dataset.diff);
    }
    const left = items - diffs - Number(sheet.dataset.paid);
    show(sheet, "items", items);
    show(sheet, "diffs", diffs);
    show(sheet, "left", left);
    const box = sheet.querySelector(".left");
    if (box) box.dataset.zero = String(left === 0);
    const post = sheet.querySelector("[data-post]") || sheet.querySelector(".btn-primary");
    if (post) post.disabled = left !== 0;
  }
  const totalAll = () => document.querySelectorAll(".livesum[data-paid]").forEach(total);

  document.addEventListener("change", (event) => {
    if (!event.target.matches("[data-cents]")) return;
    event.target.closest("tr")?.setAttribute("aria-selected", String(event.target.checked));
    totalAll();
  });
  document.addEventListener("input", (event) => {
    const line = event.target.matches("[data-amount]") && event.target.closest("[data-diff]");
    if (!line) return;
    const currency = document.querySelector(".livesum[data-currency]")?.dataset.currency || "EUR";
    const minor = typed(event.target.value, currency);
    line.dataset.diff = String(event.target.dataset.amount === "-1" ? -minor : minor);
    const shown = line.querySelector("[data-shown]");
    if (shown) write(shown, minor, currency);
    totalAll();
  });
  // Space takes the item the cursor stands on, wherever in its row the focus is.
  document.addEventListener("keydown", (event) => {
    if (event.key !== " " || event.defaultPrevented || event.target.closest("input, textarea, select, button, summary")) return;
    const box = document.querySelector("[data-row].cursor [data-cents]");
    if (!box) return;
    event.preventDefault();
    box.click();
  });
  document.addEventListener("htmx:after:swap", () => {
    totalAll();
    document.querySelector("[data-match] > .say[role=alert]")?.scrollIntoView({ block: "center" });
  });
  addEventListener("pageshow", totalAll);
})();
