// A value and the place where it was read light up together; ↵ in an open field takes the proposal.
(() => {
  "use strict";
  function light(reference) {
    document.querySelectorAll(".hl[data-ref]").forEach((mark) => {
      // On a drawn page the lines stand too close for buttons: there the field is the way for keys.
      if (mark.matches("button")) mark.setAttribute("aria-pressed", String(mark.dataset.ref === reference));
      else mark.classList.toggle("lit", mark.dataset.ref === reference);
    });
    document.querySelectorAll(".fld[data-ref]").forEach((field) => {
      field.classList.toggle("lit", field.dataset.ref === reference);
    });
  }
  for (const type of ["focusin", "mouseover", "click"]) {
    document.addEventListener(type, (event) => {
      const source = event.target.closest("[data-ref]");
      if (!source) return;
      light(source.dataset.ref);
      if (type === "mouseover") return;
      const other = source.matches(".hl") ? ".fld" : ".hl";
      const pair = document.querySelector(`${other}[data-ref="${CSS.escape(source.dataset.ref)}"]`);
      pair?.scrollIntoView({ block: "nearest" });
      if (type === "click" && source.matches(".hl")) pair?.querySelector("input, button, a")?.focus();
    });
  }
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !event.target.matches(".fld.on input")) return;
    const take = event.target.closest(".fld").querySelector("[data-take]");
    // Only an untouched value is replaced by the proposal; what a person typed is sent as typed.
    if (!take || event.target.value !== event.target.defaultValue) return;
    event.preventDefault();
    take.click();
  });

  // Zoom of the viewer: the paper grows, the desk around it scrolls.
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-zoom]");
    if (!button) return;
    const paper = document.querySelector("[data-zoomable]");
    const now = Number(paper.dataset.scale || 100);
    const next = Math.min(300, Math.max(50, now + Number(button.dataset.zoom)));
    paper.dataset.scale = next;
    paper.style.setProperty("--zoom", next / 100);
    document.querySelectorAll("[data-zoom-level]").forEach((label) => (label.textContent = `${next}\u00a0%`));
  });
})();
