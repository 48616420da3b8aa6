// Files are sent one at a time, each with its progress in real units; the answer is a line for the list.
(() => {
  "use strict";
  const language = document.documentElement.lang || "en";
  const size = (bytes) => {
    const [value, unit] = bytes < 1e6 ? [bytes / 1e3, "kilobyte"] : [bytes / 1e6, "megabyte"];
    return new Intl.NumberFormat(language, { style: "unit", unit, maximumFractionDigits: 1 }).format(value);
  };

  function job(zone, file) {
    const box = document.createElement("div");
    box.className = "job";
    const head = document.createElement("div");
    head.className = "line between";
    const name = Object.assign(document.createElement("span"), { className: "clip", textContent: file.name });
    const button = Object.assign(document.createElement("button"), { type: "button", className: "btn btn-plain", textContent: zone.dataset.cancel });
    const bar = Object.assign(document.createElement("progress"), { max: file.size || 1, value: 0 });
    bar.setAttribute("aria-label", `${zone.dataset.sending} ${file.name}`);
    const words = Object.assign(document.createElement("span"), { className: "tiny quiet", textContent: zone.dataset.sending });
    head.append(name, button);
    box.append(head, bar, words);
    zone.nextElementSibling?.matches("[data-jobs]") ? zone.nextElementSibling.append(box) : zone.after(box);
    return { box, bar, words, button };
  }

  function send(zone, file) {
    return new Promise((done) => {
      const { box, bar, words, button } = job(zone, file);
      const request = new XMLHttpRequest(); // fetch does not tell how much has been sent
      const body = new FormData(zone);
      body.delete("file");
      body.append("file", file);
      const fail = (reason) => {
        words.className = "wrong";
        words.textContent = reason || zone.dataset.failed;
        button.textContent = zone.dataset.retry;
        button.onclick = () => {
          box.remove();
          send(zone, file);
        };
        done();
      };
      request.upload.onprogress = (event) => {
        bar.max = event.total;
        bar.value = event.loaded;
        words.textContent = `${size(event.loaded)} / ${size(event.total)}`;
      };
      request.onload = () => {
        if (request.status >= 400) return fail(request.getResponseHeader("X-Reason") && decodeURIComponent(request.getResponseHeader("X-Reason")));
        box.remove();
        place(zone, request.responseText);
        return done();
      };
      request.onerror = () => fail();
      request.onabort = () => {
        box.remove();
        done();
      };
      button.onclick = () => request.abort();
      request.open("POST", zone.action);
      request.setRequestHeader("HX-Request", "true");
      request.send(body);
    });
  }

  function place(zone, html) {
    const target = document.getElementById(zone.dataset.target);
    if (!target) return location.reload();
    const part = document.createRange().createContextualFragment(html);
    const added = [...part.children];
    target.prepend(part);
    added.forEach((element) => htmx.process(element));
    target.dispatchEvent(new CustomEvent("dropped", { bubbles: true }));
    return undefined;
  }

  async function sendAll(zone, files) {
    for (const file of files) await send(zone, file);
  }

  document.addEventListener("change", (event) => {
    const zone = event.target.closest("[data-drop]");
    if (!zone || event.target.type !== "file") return;
    const files = [...event.target.files];
    event.target.value = "";
    sendAll(zone, files);
  });
  for (const type of ["dragenter", "dragover", "dragleave", "drop"]) {
    document.addEventListener(type, (event) => {
      const zone = event.target.closest?.("[data-drop]");
      if (!zone) return;
      event.preventDefault();
      zone.classList.toggle("over", type === "dragenter" || type === "dragover");
      if (type === "drop") sendAll(zone, [...event.dataTransfer.files]);
    });
  }
})();
