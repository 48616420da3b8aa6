// Rows that are ticked: count and sum before any act. Integer minor units, never added over two currencies.
//   <input type="checkbox" data-select data-minor="71640" data-currency="EUR">   in a [data-row]
//   <input type="checkbox" data-select-all>                                       in the head
//   components/bulk.html                                                          the bar
(() => {
  "use strict";
  const language = document.documentElement.lang || "en";
  const boxes = () => [...document.querySelectorAll("[data-select]")];
  const picked = () => boxes().filter((box) => box.checked);

  const digits = (currency) => new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits;

  function money(minor, currency) {
    const places = digits(currency);
    const abs = String(Math.abs(minor)).padStart(places + 1, "0");
    const units = abs.slice(0, abs.length - places);
    const parts = new Intl.NumberFormat(language, { useGrouping: "always", minimumFractionDigits: 1 }).formatToParts(1234.5);
    const group = parts.find((part) => part.type === "group")?.value ?? "";
    const decimal = parts.find((part) => part.type === "decimal").value;
    const grouped = units.replace(/\B(?=(\d{3})+$)/g, group);
    return { units: (minor < 0 ? "\u2212" : "") + grouped, cents: places ? decimal + abs.slice(-places) : "" };
  }

  function sums(chosen) {
    const totals = new Map();
    for (const { dataset } of chosen) {
      if (!dataset.currency) continue;
      totals.set(dataset.currency, (totals.get(dataset.currency) ?? 0) + Number(dataset.minor));
    }
    return [...totals].map(([currency, minor]) => {
      const { units, cents } = money(minor, currency);
      return `${units}${cents} ${currency}`;
    });
  }

  function refresh() {
    const chosen = picked();
    boxes().forEach((box) => {
      const row = box.closest("[data-row]");
      // An item of a plain list has no state of its own for that: its tick says it.
      if (row?.matches("tr, [role]")) row.setAttribute("aria-selected", String(box.checked));
      else row?.toggleAttribute("data-selected", box.checked);
    });
    document.querySelectorAll("[data-select-all]").forEach((all) => {
      all.checked = chosen.length > 0 && chosen.length === boxes().length;
      all.indeterminate = chosen.length > 0 && !all.checked;
    });
    document.querySelectorAll("[data-bulk]").forEach((bar) => {
      bar.hidden = chosen.length === 0;
      const count = chosen.length === 1 ? bar.dataset.one : bar.dataset.many.replace("{count}", chosen.length);
      bar.querySelector("[data-bulk-text]").textContent = [count, ...sums(chosen)].join(" · ");
    });
  }

  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-select-all]")) boxes().forEach((box) => (box.checked = event.target.checked));
    if (event.target.matches("[data-select], [data-select-all]")) refresh();
  });
  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-bulk-clear]")) return;
    boxes().forEach((box) => (box.checked = false));
    refresh();
  });
  document.addEventListener("htmx:after:swap", refresh);
  addEventListener("pageshow", refresh); // the browser may bring ticks back

  window.conciliaMoney = money;
})();
