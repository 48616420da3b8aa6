// Internal note or message to the customer: the whole composer changes, never only a word.
(() => {
  "use strict";
  function pick(button) {
    const box = button.closest(".compose");
    const lane = button.dataset.lanePick;
    box.dataset.lane = lane;
    const field = box.querySelector("input[name=lane]");
    if (field) field.value = lane;
    box.querySelectorAll("[data-lane-pick]").forEach((other) => other.setAttribute("aria-pressed", String(other === button)));
    box.querySelectorAll("[data-lane-only]").forEach((part) => {
      part.hidden = part.dataset.laneOnly !== lane;
      if (part.matches("button")) part.disabled = part.hidden; // Enter must not press the hidden one
    });
    const text = box.querySelector("textarea");
    if (text?.dataset[lane]) text.placeholder = text.dataset[lane];
  }
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-lane-pick]");
    if (button) pick(button);
  });

  function list(input) {
    const names = input.closest("form").querySelector("[data-picked]");
    if (!names) return;
    names.replaceChildren(...[...input.files].map((file) => Object.assign(document.createElement("li"), { textContent: file.name })));
    names.hidden = input.files.length === 0;
  }
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-picks]")) list(event.target);
  });
  document.addEventListener("reset", (event) => {
    const input = event.target.querySelector("[data-picks]");
    if (input) setTimeout(() => list(input));
  });
  // Files dropped on the composer are attached to what is being written.
  document.addEventListener("dragover", (event) => {
    if (event.target.closest("[data-compose]")) event.preventDefault();
  });
  document.addEventListener("drop", (event) => {
    const input = event.target.closest("[data-compose]")?.querySelector("[data-picks]");
    if (!input || !event.dataTransfer.files.length) return;
    event.preventDefault();
    input.files = event.dataTransfer.files;
    list(input);
  });
  // ⌘↵ or Ctrl ↵ sends what the visible button would send.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.metaKey || event.ctrlKey)) return;
    event.target.closest("[data-compose]")?.querySelector("[type=submit]:not([hidden])")?.click();
  });
  document.querySelectorAll(".compose [data-lane-pick][aria-pressed=true]").forEach(pick);
})();
