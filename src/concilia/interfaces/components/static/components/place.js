// Where an object stands in the list it was opened from: "3 of 38", the way back, and j / k to its
// neighbours. A list says data-list (its name), its page data-place="that name". Kept in this tab only.
(() => {
  "use strict";
  const keyOf = (name) => `concilia:list:${name}`;
  const list = document.querySelector("[data-list]");
  const place = document.querySelector("[data-place]");

  function keep() {
    const hrefs = [...list.querySelectorAll("[data-row] a[href]")].map((link) => new URL(link.href).pathname);
    const { list: name, first, all, view } = list.dataset;
    const kept = { hrefs: [...new Set(hrefs)], first: Number(first), all, view, back: location.pathname + location.search };
    sessionStorage.setItem(keyOf(name), JSON.stringify(kept));
  }

  function show() {
    const kept = JSON.parse(sessionStorage.getItem(keyOf(place.dataset.place)) || "null");
    const at = kept ? kept.hrefs.indexOf(location.pathname) : -1;
    if (at < 0) return;
    place.querySelector("[data-place-words]").textContent = place.dataset.words
      .replace("{n}", new Intl.NumberFormat(document.documentElement.lang).format(kept.first + at)).replace("{all}", kept.all);
    const back = document.querySelector("[data-place-back]");
    if (back) {
      back.href = kept.back;
      if (kept.view) back.textContent = kept.view;
    }
    const ways = { before: kept.hrefs[at - 1], after: kept.hrefs[at + 1] };
    for (const [way, href] of Object.entries(ways)) {
      const link = place.querySelector(`[data-place-${way}]`);
      if (href) link.href = href;
      else link.hidden = true;
    }
    place.hidden = false;
  }

  try {
    if (list) keep();
    if (place) show();
  } catch {
    // A browser that keeps nothing shows no place; the page works all the same.
  }
})();
