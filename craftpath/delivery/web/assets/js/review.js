/* The own part of a review is kept while it is written: when the field is left, and after a pause. Without this the
   buttons keep it. */
"use strict";

(() => {
  const PAUSE = 20000;
  document.querySelectorAll("[data-review]").forEach((form) => {
    const words = form.querySelector("[data-words]");
    const kept = form.querySelector("[data-kept]");
    const field = (name) => form.elements.namedItem(name);
    let last = words.value;
    let timer = 0;

    const keep = async () => {
      window.clearTimeout(timer);
      const now = words.value;
      if (now === last || !now.trim()) return;
      const sent = new FormData();
      ["csrfmiddlewaretoken", "seen"].forEach((name) => sent.append(name, field(name).value));
      sent.append("words", now);
      last = now;
      try {
        const answer = await fetch(form.dataset.keep, { method: "POST", body: sent });
        if (!answer.ok) throw new Error(String(answer.status));
        field("seen").value = (await answer.json()).seen;
        kept.textContent = kept.dataset.said;
      } catch {
        last = null;
        kept.textContent = kept.dataset.waits;
      }
    };

    words.addEventListener("change", keep);
    words.addEventListener("input", () => {
      kept.textContent = "";
      window.clearTimeout(timer);
      timer = window.setTimeout(keep, PAUSE);
    });
    form.addEventListener("submit", () => {
      window.clearTimeout(timer);
      last = words.value;
    });
  });
})();
