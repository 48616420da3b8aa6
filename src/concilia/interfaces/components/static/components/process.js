// The route of a draft under the hand: drag a card onto another, Alt with arrows moves it, Delete takes it
// out, Ctrl Z undoes. Everything goes through the forms of the page; without this file they do the same.
(() => {
  "use strict";
  const body = () => document.getElementById("process-body");
  const isTyping = (target) => Boolean(target.closest("input, textarea, select"));
  let opened = new Set();
  let focused = "";

  function send(values) {
    const form = document.querySelector("form.undo");
    if (!form) return;
    const all = { seen: form.elements.seen.value, ...values };
    htmx.ajax("POST", form.getAttribute("action"), {
      source: form, target: "#process-body", select: "#process-body", selectOOB: "#process-top", swap: "outerHTML", values: all,
    });
  }

  function move(card, by) {
    const cards = [...document.querySelectorAll(".flow button[data-step]:not(.lbl)")];
    const other = cards[cards.indexOf(card) + by];
    if (other) send({ op: "move", step: card.dataset.step, anchor: other.dataset.step, where: by < 0 ? "before" : "after" });
  }

  document.addEventListener("keydown", (event) => {
    if (!document.querySelector("form.undo") || event.defaultPrevented) return;
    const isUndo = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z";
    if (isUndo && !isTyping(event.target)) {
      event.preventDefault();
      document.getElementById(event.shiftKey ? "op-redo" : "op-undo")?.click();
      return;
    }
    const card = event.target.closest?.(".flow button[data-step]");
    if (!card) return;
    if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
      event.preventDefault();
      focused = card.id;
      move(card, event.key === "ArrowUp" ? -1 : 1);
    } else if (event.key === "Delete") {
      event.preventDefault();
      send({ op: "delete", step: card.dataset.step });
    }
  });

  // On a phone the panel lies far below the route: who opens a step goes there.
  document.addEventListener("click", (event) => {
    const card = event.target.closest(".flow button[data-step]");
    if (card && innerWidth < 700) document.addEventListener("htmx:after:swap", () => document.getElementById("inspected")?.scrollIntoView(), { once: true });
  });

  // Choosing a fact is not saying anything yet.
  document.addEventListener("change", (event) => {
    if (event.target.closest("[data-helper]")) event.stopPropagation();
  }, true);

  let dragged = null;
  const under = (event) => event.target.closest?.(".flow button[data-step]");
  const isBelow = (card, event) => event.clientY > card.getBoundingClientRect().top + card.offsetHeight / 2;
  const clear = () => document.querySelectorAll(".drop-before, .drop-after").forEach((one) => one.classList.remove("drop-before", "drop-after"));

  document.addEventListener("dragstart", (event) => {
    dragged = under(event);
    if (!dragged) return;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", dragged.dataset.step);
  });
  document.addEventListener("dragover", (event) => {
    const card = under(event);
    if (!dragged || !card || card === dragged) return;
    event.preventDefault();
    clear();
    card.classList.add(isBelow(card, event) ? "drop-after" : "drop-before");
  });
  document.addEventListener("drop", (event) => {
    const card = under(event);
    clear();
    if (!dragged || !card || card === dragged) return;
    event.preventDefault();
    send({ op: "move", step: dragged.dataset.step, anchor: card.dataset.step, where: isBelow(card, event) ? "after" : "before" });
  });
  document.addEventListener("dragend", () => {
    clear();
    dragged = null;
  });

  // What was opened stays open, and the focus where it was, when the body is put anew.
  document.addEventListener("htmx:before:swap", () => {
    opened = new Set([...(body()?.querySelectorAll("details[open][id]") || [])].map((one) => one.id));
    const active = document.activeElement;
    if (active?.id && body()?.contains(active)) focused = active.id;
  });
  document.addEventListener("htmx:after:swap", () => {
    opened.forEach((id) => document.getElementById(id)?.setAttribute("open", ""));
    if (focused && document.activeElement === document.body) document.getElementById(focused)?.focus({ preventScroll: true });
  });
})();
