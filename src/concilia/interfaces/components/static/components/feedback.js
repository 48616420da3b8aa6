// What the page says back: toasts with Undo, busy buttons, failed requests with Retry.
// The server says it by Django messages, by components/notice.html out of band, or by the header
//   HX-Trigger: {"notice": {"text": "…", "undo": "/…", "seconds": 8}}
(() => {
  "use strict";
  const tray = () => document.getElementById("notices");

  function start(notice) {
    if (notice.dataset.started) return;
    notice.dataset.started = "yes";
    if (!notice.dataset.seconds) return;
    let left = Number(notice.dataset.seconds);
    const label = notice.querySelector("[data-left]");
    const show = () => {
      if (label) label.textContent = `${left} s`;
    };
    show();
    const timer = setInterval(() => {
      if (!notice.isConnected) return clearInterval(timer);
      if (notice.matches(":hover, :focus-within")) return undefined; // nobody loses Undo while reaching for it
      left -= 1;
      show();
      if (left > 0) return undefined;
      clearInterval(timer);
      return notice.remove();
    }, 1000);
  }
  const startAll = () => document.querySelectorAll("[data-notice]").forEach(start);

  function say({ text, undo = "", seconds = 8 }) {
    const model = document.getElementById("notice-model");
    if (!model || !tray()) return;
    const notice = model.content.firstElementChild.cloneNode(true);
    notice.querySelector("[data-text]").textContent = text;
    notice.dataset.seconds = seconds;
    const button = notice.querySelector("[data-undo]");
    if (undo) button.dataset.undo = undo;
    else button.remove();
    tray().append(notice);
    start(notice);
  }
  document.addEventListener("notice", (event) => say(event.detail));

  document.addEventListener("click", (event) => {
    const dismissed = event.target.closest("[data-dismiss]");
    if (dismissed) dismissed.closest("[data-notice]").remove();
    const undo = event.target.closest("[data-undo]");
    if (undo?.dataset.undo) {
      const url = undo.dataset.undo;
      undo.closest("[data-notice]").remove();
      htmx.ajax("POST", url, { target: "body", swap: "none" });
    }
  });

  // Busy: the button keeps its width and shows a spinner; a second click does nothing.
  const busyPart = (element) => (element.matches("form") ? element.querySelector("[type=submit]:not([hidden])") : element);
  document.addEventListener("htmx:before:request", (event) => {
    const source = event.detail.ctx.sourceElement;
    const button = event.detail.ctx.submitter || busyPart(source);
    if (!button?.matches("button, .btn")) return;
    if (button.getAttribute("aria-busy") === "true") {
      event.preventDefault();
      return;
    }
    button.setAttribute("aria-busy", "true");
    event.detail.ctx.busy = button;
  });
  document.addEventListener("htmx:finally:request", (event) => {
    const { ctx } = event.detail;
    ctx.busy?.removeAttribute("aria-busy");
    if (ctx.sourceElement.matches("form")) delete ctx.sourceElement.dataset.sent;
  });

  // data-quiet: what the page asks by itself, now and then, may fail unheard.
  // A failed swap leaves the old content and adds a red line with Retry.
  function fail(source) {
    const model = document.getElementById("failed-model");
    const place = source?.closest("[data-row], .panel, form, dialog, .body") || source;
    if (!model || !place?.parentElement) return;
    place.querySelector(":scope > .failed")?.remove();
    const line = model.content.firstElementChild.cloneNode(true);
    line.querySelector("button").addEventListener("click", () => {
      line.remove();
      source.matches("form") ? source.requestSubmit() : source.click();
    });
    place.matches("tr") ? place.closest("table").parentElement.append(line) : place.append(line);
  }
  const failed = (event) => {
    const ctx = event.detail.ctx;
    if (!ctx?.sourceElement || "quiet" in ctx.sourceElement.dataset || ctx.failed || ctx.response?.status === 422 || ctx.response?.status === 409) return;
    ctx.failed = true;
    fail(ctx.sourceElement);
  };
  document.addEventListener("htmx:response:error", failed);
  document.addEventListener("htmx:error", failed);

  document.addEventListener("htmx:after:swap", startAll);
  document.addEventListener("htmx:after:swap", (event) => {
    const source = event.detail.ctx?.sourceElement;
    if (source?.matches("form[data-clear]") && event.detail.ctx.response?.raw?.ok) source.reset();
  });
  startAll();
})();
