// The page of a one-action link works without this; with it, photos are seen before they are sent and counting needs no keyboard.
(() => {
  "use strict";
  const form = document.querySelector("[data-act]");
  if (!form) return;
  const files = form.querySelector('input[type="file"]');
  const shots = form.querySelector("[data-shots]");
  const kept = new DataTransfer();

  function show() {
    for (const old of shots.querySelectorAll(".thumb")) {
      URL.revokeObjectURL(old.dataset.url);
      old.remove();
    }
    for (const file of kept.files) {
      const isPicture = file.type.startsWith("image/");
      const thumb = document.createElement(isPicture ? "img" : "span");
      thumb.className = isPicture ? "thumb" : "thumb thumb-name";
      if (isPicture) {
        thumb.dataset.url = URL.createObjectURL(file);
        thumb.src = thumb.dataset.url;
        thumb.alt = file.name;
      } else {
        thumb.textContent = file.name;
      }
      shots.lastElementChild.before(thumb);
    }
  }

  if (files && shots) {
    form.classList.add("with-shots");
    files.addEventListener("change", () => {
      for (const file of files.files) kept.items.add(file);
      files.files = kept.files; // a second photo comes beside the first, not in its place
      show();
    });
  }

  const count = form.querySelector('input[name="count"]');
  for (const [name, step] of [["less", -1], ["more", 1]]) {
    const button = form.querySelector(`[data-${name}]`);
    if (!button || !count) continue;
    button.hidden = false;
    button.addEventListener("click", () => {
      count.value = String(Math.max(0, (Number.parseInt(count.value, 10) || 0) + step));
    });
  }

  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault(); // a second press does nothing
    form.dataset.sent = "1";
  });
  addEventListener("pageshow", () => delete form.dataset.sent);
})();
