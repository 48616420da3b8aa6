// @ in a note offers colleagues: typed on, chosen by arrow keys and Enter, by a click, or left alone.
(() => {
  "use strict";
  const OPENED = /(^|[\s(])@([\p{L}\p{M}'’.-]*(?: [\p{L}\p{M}'’.-]*)?)$/u;
  const SHOWN = 6;
  const known = new Map(); // by address, fetched when the first @ is typed
  const bare = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

  const listOf = (field) => document.getElementById(field.getAttribute("aria-controls"));
  function hide(field) {
    const list = listOf(field);
    if (!list) return;
    list.hidden = true;
    list.replaceChildren();
    field.removeAttribute("aria-activedescendant");
  }
  function mark(field, item) {
    listOf(field).querySelectorAll("[role=option]").forEach((other) => other.setAttribute("aria-selected", String(other === item)));
    field.setAttribute("aria-activedescendant", item.id);
    item.scrollIntoView({ block: "nearest" });
  }
  async function peopleOf(url) {
    if (!known.has(url)) {
      known.set(url, fetch(url, { headers: { Accept: "application/json" } }).then((answer) => (answer.ok ? answer.json() : { people: [] })).then((told) => told.people).catch(() => []));
    }
    return known.get(url);
  }
  async function offer(field) {
    const typed = OPENED.exec(field.value.slice(0, field.selectionStart));
    if (!typed || field.closest("[data-lane]").dataset.lane !== "note") return hide(field);
    const wanted = bare(typed[2]);
    const fits = (name) => bare(name).startsWith(wanted) || bare(name).split(" ").some((part) => part.startsWith(wanted));
    const found = (await peopleOf(field.dataset.people)).filter((each) => fits(each.name)).slice(0, SHOWN);
    if (found.length === 0) return hide(field);
    const list = listOf(field);
    list.replaceChildren(...found.map((each, n) => {
      const item = Object.assign(document.createElement("li"), { id: `${list.id}-${n}`, className: "to-do" });
      item.setAttribute("role", "option");
      item.dataset.name = each.name;
      item.append(Object.assign(document.createElement("b"), { textContent: each.name }), Object.assign(document.createElement("span"), { className: "end tiny quiet", textContent: each.about }));
      return item;
    }));
    list.hidden = false;
    return mark(field, list.firstElementChild);
  }
  function take(field, item) {
    const before = field.value.slice(0, field.selectionStart).replace(OPENED, (_all, lead) => `${lead}@${item.dataset.name} `);
    const after = field.value.slice(field.selectionStart);
    field.value = before + after;
    field.setSelectionRange(before.length, before.length);
    hide(field);
    field.focus();
  }
  document.addEventListener("input", (event) => {
    if (event.target.matches("[data-people]")) offer(event.target);
  });
  document.addEventListener("keydown", (event) => {
    const field = event.target;
    if (!field.matches?.("[data-people]")) return;
    const list = listOf(field);
    if (!list || list.hidden) return;
    const chosen = list.querySelector("[aria-selected=true]");
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      const items = [...list.children];
      mark(field, items[(items.indexOf(chosen) + step + items.length) % items.length]);
    } else if ((event.key === "Enter" && !event.metaKey && !event.ctrlKey) || event.key === "Tab") take(field, chosen);
    else if (event.key === "Escape") hide(field);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }, true);
  document.addEventListener("mousedown", (event) => {
    const item = event.target.closest(".people-list [role=option]");
    if (!item) return;
    event.preventDefault();
    const field = document.querySelector(`[aria-controls="${item.parentElement.id}"]`);
    take(field, item);
  });
  document.addEventListener("focusout", (event) => {
    if (event.target.matches?.("[data-people]")) hide(event.target);
  });

  // A quick answer goes where the writer stands; what they wrote before stays.
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-quick]");
    if (!button) return;
    const field = button.closest("form").querySelector("textarea");
    field.value = field.value.trim() ? `${field.value.trimEnd()}\n\n${button.dataset.quick}` : button.dataset.quick;
    button.closest("details").open = false;
    field.focus();
    field.dispatchEvent(new Event("input", { bubbles: true }));
    const open = /\{[a-z][a-z_]{1,29}\}/.exec(field.value); // what nobody knows is marked, to be written over
    if (open) field.setSelectionRange(open.index, open.index + open[0].length);
  });
})();
