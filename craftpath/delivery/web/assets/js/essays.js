/* Marking essays: figures give points wherever one is, arrows half a point, Enter keeps; what is typed stays on this
   device until the server has it, also when the session has ended meanwhile. */
"use strict";

(() => {
  const form = document.querySelector("[data-essay]");
  const prefix = "craftpath.essay.";
  const store = (act) => {
    try {
      return act(localStorage);
    } catch {
      return null; // a device that keeps nothing marks all the same
    }
  };
  const kept = (key) => store((here) => JSON.parse(here.getItem(key)));

  /* Whatever was sent from another form of this kind has arrived, since the next page is here. */
  const current = form && prefix + form.dataset.essay;
  store((here) => {
    for (const key of Object.keys(here)) if (key.startsWith(prefix) && key !== current && kept(key)?.sent) here.removeItem(key);
  });
  if (!form) return;

  const points = form.querySelector("#points");
  const words = form.querySelector("#words");
  const steps = form.querySelector("[data-steps]");
  const most = Number(form.dataset.most);
  const first = { points: points.value, words: words.value };

  const before = kept(current);
  if (before && !form.querySelector(".notice-wrong") && (before.points !== points.value || before.words !== words.value)) {
    points.value = before.points;
    words.value = before.words;
    form.querySelector("[data-restored]").hidden = false;
  }

  const show = () =>
    steps?.querySelectorAll("button").forEach((one) => {
      one.setAttribute("aria-pressed", String(points.value !== "" && Number(points.value) === Number(one.dataset.points)));
    });
  const keep = (sent) => {
    const changed = points.value !== first.points || words.value !== first.words;
    store((here) => {
      if (changed) here.setItem(current, JSON.stringify({ points: points.value, words: words.value, sent }));
      else here.removeItem(current);
    });
    show();
  };
  const give = (value) => {
    points.value = String(value);
    keep(false);
  };

  if (steps) {
    steps.hidden = false;
    steps.addEventListener("click", (event) => {
      const one = event.target.closest("button");
      if (one) give(one.dataset.points);
    });
  }
  form.addEventListener("input", () => keep(false));
  let pressed = false;
  form.addEventListener("submit", (event) => {
    if (pressed) event.preventDefault();
    pressed = true;
    keep(true);
  });
  window.addEventListener("pageshow", () => (pressed = false)); // come back to by the browser

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || points.disabled) return;
    const { target } = event;
    if (target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return;
    if (target instanceof HTMLInputElement && target !== points) return;
    if (event.key === "ArrowUp" || event.key === "ArrowDown") {
      event.preventDefault();
      const value = (Number(points.value.replace(",", ".")) || 0) + (event.key === "ArrowUp" ? 0.5 : -0.5);
      give(Math.min(most, Math.max(0, value)));
      points.focus();
    } else if (/^[0-9]$/.test(event.key) && target !== points) {
      points.value = "";
      points.focus(); // the key itself types its figure there
    } else if (event.key === "Enter" && (target === document.body || target.matches?.("[data-points]"))) {
      event.preventDefault();
      form.requestSubmit();
    }
  });
  if (!window.matchMedia("(hover: none)").matches) {
    points.focus(); // not on a telephone, whose keyboard would cover the essay
    points.select();
  }
  show();
})();
