// What changed elsewhere, told while the page is open: topics by server-sent events, fetched by htmx.
// A hidden page lets go of its stream; shown again it takes one up and looks what it missed.
// No stream, no harm: pages go on asking now and then, as they do without.
(() => {
  "use strict";
  const HIDDEN_MS = 15000;
  const TOGETHER_MS = 200;
  let source = null;
  let closing = 0;
  const waiting = new Set();
  const body = document.body;

  function tell(kind) {
    if (waiting.size === 0) {
      setTimeout(() => {
        const kinds = [...waiting];
        waiting.clear();
        kinds.forEach((each) => body.dispatchEvent(new Event(`live-${each}`)));
      }, TOGETHER_MS);
    }
    waiting.add(kind);
  }
  const tellAll = () => ["case", "member"].forEach(tell);

  function open() {
    if (source || !body.dataset.live || document.visibilityState !== "visible") return;
    const about = document.querySelector("[data-live-case]");
    source = new EventSource(body.dataset.live + (about ? `?case=${about.dataset.liveCase}` : ""));
    ["hello", "again", "entity"].forEach((name) => source.addEventListener(name, tellAll));
    ["case", "member"].forEach((name) => source.addEventListener(name, () => tell(name)));
    source.addEventListener("error", () => {
      if (source?.readyState === EventSource.CLOSED) source = null;
    });
  }
  function close() {
    source?.close();
    source = null;
  }
  document.addEventListener("visibilitychange", () => {
    clearTimeout(closing);
    if (document.visibilityState === "visible") open();
    else closing = setTimeout(close, HIDDEN_MS);
  });
  addEventListener("pagehide", close);
  addEventListener("pageshow", open);
  open();

  // Read: the end of the conversation was in sight for a moment, with somebody looking.
  const READ_MS = 800;
  const seen = new Map();
  const eye = new IntersectionObserver((entries) => {
    entries.forEach((entry) => {
      const form = entry.target.parentElement?.querySelector("[data-read]");
      clearTimeout(seen.get(entry.target));
      if (!entry.isIntersecting || !form || document.visibilityState !== "visible") return;
      seen.set(entry.target, setTimeout(() => keep(form), READ_MS));
    });
  });
  function keep(form) {
    if (!form.isConnected || form.dataset.kept) return;
    form.dataset.kept = "yes";
    const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value || "";
    fetch(form.action, { method: "POST", headers: { "X-CSRFToken": token }, body: new URLSearchParams({ upto: form.dataset.read }) }).catch(() => delete form.dataset.kept);
  }
  function watch() {
    document.querySelectorAll("[data-read]").forEach((form) => {
      if (form.previousElementSibling && !form.dataset.watched) {
        form.dataset.watched = "yes";
        eye.observe(form.previousElementSibling);
      }
    });
  }
  document.addEventListener("htmx:after:swap", watch);
  watch();
})();
