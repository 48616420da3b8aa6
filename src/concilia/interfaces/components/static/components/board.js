// The team's board: a card goes to a person by dragging it into their lane, or by the number of the lane.
//   [data-board data-give="/address/" data-team="CRD"]   what is replaced by the answer
//   [data-case]        a card          [data-lane]   a lane that takes cards
//   [data-give-to]     the button of a lane; its key works on the row of the cursor
(() => {
  "use strict";
  const board = () => document.querySelector("[data-board]");

  function give(card, to) {
    const here = board();
    if (!card || !to || !here?.dataset.give) return;
    if (card.closest("[data-lane]")?.dataset.lane === to) return;
    const values = { case: card.dataset.case, to, team: here.dataset.team };
    htmx.ajax("POST", here.dataset.give, { target: "#board", swap: "outerHTML", values });
  }

  let dragged = null;
  document.addEventListener("dragstart", (event) => {
    dragged = event.target.closest?.("[data-case]");
    if (!dragged) return;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", dragged.dataset.case);
    dragged.classList.add("dragged");
  });
  const clear = () => document.querySelectorAll(".crew-lane.target").forEach((lane) => lane.classList.remove("target"));
  document.addEventListener("dragenter", (event) => {
    if (dragged && event.target.closest?.("[data-lane]")) event.preventDefault();
  });
  document.addEventListener("dragover", (event) => {
    const lane = dragged && event.target.closest?.("[data-lane]");
    clear();
    if (!lane) return;
    event.preventDefault();
    lane.classList.add("target");
  });
  document.addEventListener("drop", (event) => {
    const lane = dragged && event.target.closest?.("[data-lane]");
    if (!lane) return;
    event.preventDefault();
    give(dragged, lane.dataset.lane);
  });
  document.addEventListener("dragend", () => {
    dragged?.classList.remove("dragged");
    dragged = null;
    clear();
  });

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-give-to]");
    if (button) give(document.querySelector("[data-case].cursor"), button.dataset.giveTo);
  });
})();
