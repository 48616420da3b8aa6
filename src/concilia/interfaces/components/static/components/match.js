// The live sum of the bank desk. Integer minor units only; the server checks the same sum again when posting.
//   <div class="livesum" data-paid="1486165" data-currency="EUR">   data-out="items|diffs|left"
//   <input type="checkbox" data-cents="618000">                      an open item
//   <… data-diff="18565">                                            a difference that was explained
(() => {
  "use strict";
  const sum = (scope, selector, key) => [...scope.querySelectorAll(selector)].reduce((n, el) => n + Number(el.dataset[key]), 0);

  function show(sheet, name, minor) {
    const cell = sheet.querySelector(`[data-out="${name}"]`);
    if (!cell) return;
    const { units, cents } = window.conciliaMoney(minor, sheet.dataset.currency || "EUR");
    const tail = document.createElement("i");
    tail.textContent = cents;
    cell.replaceChildren(units, tail);
  }

  function total(sheet) {
    const scope = sheet.closest("[data-match]") || document;
    const items = sum(scope, "[data-cents]:checked", "cents");
    const diffs = sum(scope, "[data-diff]", "diff");
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
  document.addEventListener("htmx:after:swap", totalAll);
  addEventListener("pageshow", totalAll);
})();
