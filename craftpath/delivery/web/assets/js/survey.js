/* A survey on a phone: one step at a time, questions that do not fit an answer above are hidden, and what was chosen is
   kept on the device until it is sent: sealed for its person where there is an outbox, else under the device's ticket.
   Without script the form is one long page and says the same. */
"use strict";

(() => {
  /* Sent by a link: what the device had kept for it goes. */
  const done = document.querySelector("[data-survey-done]");
  if (done) {
    const prefix = `craftpath.survey-${done.dataset.surveyDone}.`;
    Object.keys(localStorage).filter((key) => key.startsWith(prefix)).forEach((key) => localStorage.removeItem(key));
  }
  const form = document.querySelector("[data-survey]");
  if (!form) return;
  const steps = [...form.querySelectorAll("[data-step]")];
  const back = form.querySelector("[data-back]");
  const next = form.querySelector("[data-next]");
  const send = form.querySelector("[data-send]");
  const start = form.querySelector("[data-start]");
  const status = form.querySelector("[data-status]");
  const progress = form.querySelector("[data-progress]");
  const progressWords = progress.querySelector("[data-progress-words]");
  const pattern = progressWords.textContent;
  let at = 0;
  let sent = false;

  /* ---- What is asked ---- */
  const valuesOf = (name) => {
    const data = new FormData(form);
    return data.getAll(name).map(String).filter((value) => value.trim() !== "");
  };
  const holds = ({ when, operator, values }) => {
    const asked = form.querySelector(`[name="${CSS.escape(when)}"]`)?.closest("[data-posed]");
    if (asked && (asked.hidden || asked.dataset.off)) return false;
    const given = valuesOf(when);
    if (!given.length) return false;
    const wanted = values.split("|");
    if (operator === "is") return given.some((value) => wanted.includes(value));
    if (operator === "is_not") return !given.some((value) => wanted.includes(value));
    const number = Number(given[0].replace(",", "."));
    return operator === "at_least" ? number >= Number(wanted[0]) : number <= Number(wanted[0]);
  };
  const shown = (step) => [...step.querySelectorAll("[data-posed]")].filter((one) => !one.hidden);
  const refresh = () => {
    for (const step of steps) {
      const head = step.querySelector(".survey-section[data-when]");
      const open = !head || holds(head.dataset);
      for (const posed of step.querySelectorAll("[data-posed]")) {
        posed.hidden = !open || Boolean(posed.dataset.when && !holds(posed.dataset));
        posed.querySelectorAll("[data-only]").forEach((note) => (note.hidden = true));
      }
    }
  };
  const open = () => steps.filter((step) => shown(step).length);

  /* ---- One step at a time ---- */
  const show = (focus) => {
    refresh();
    const list = open();
    at = Math.max(0, Math.min(at, list.length - 1));
    for (const step of steps) step.hidden = step !== list[at];
    start.hidden = at > 0;
    back.hidden = at === 0;
    next.hidden = at === list.length - 1;
    send.hidden = at !== list.length - 1;
    progress.hidden = list.length < 2;
    const bar = progress.querySelector("progress");
    bar.max = list.length;
    bar.value = at + 1;
    progressWords.textContent = pattern.replace("%(step)s", at + 1).replace("%(steps)s", list.length);
    if (!focus) return;
    window.scrollTo({ top: 0 });
    const first = list[at]?.querySelector("[data-posed]:not([hidden]) :is(input, select, textarea)");
    first?.focus({ preventScroll: true });
  };

  /* A question that has to be answered is, in all its rows. */
  const whole = (posed) => {
    if (!("required" in posed.dataset)) return true;
    const names = new Set([...posed.querySelectorAll("[name]")].map((field) => field.name));
    return [...names].every((name) => valuesOf(name).length);
  };
  const mark = (posed) => {
    const fine = whole(posed);
    posed.classList.toggle("posed-wrong", !fine);
    posed.querySelector(".posed-fault").hidden = fine;
    return fine;
  };
  const checked = (step) => {
    const wrong = shown(step).filter((posed) => !mark(posed));
    wrong[0]?.scrollIntoView({ block: "start" });
    wrong[0]?.querySelector("input, select, textarea")?.focus({ preventScroll: true });
    return !wrong.length;
  };

  next.addEventListener("click", () => {
    if (!checked(open()[at])) return;
    at += 1;
    show(true);
  });
  back.addEventListener("click", () => {
    at -= 1;
    show(true);
  });
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || next.hidden || !(event.target instanceof HTMLInputElement)) return;
    event.preventDefault(); // Enter goes on, and sends on the last step only
    next.click();
  });

  /* ---- Kept on the device ---- */
  const name = `survey-${form.dataset.survey}`;
  const sealed = () => (form.dataset.outbox ? window.craftpath?.outbox : null);
  const place = form.dataset.device ? `craftpath.${name}.${form.dataset.device}` : "";
  const fields = () => {
    const data = new FormData(form);
    return Object.fromEntries([...new Set(data.keys())].filter((key) => key.startsWith("a-")).map((key) => [key, data.getAll(key)]));
  };
  const put = (kept) => {
    for (const [key, values] of Object.entries(kept)) {
      for (const field of form.querySelectorAll(`[name="${CSS.escape(key)}"]`)) {
        if (field.type === "radio" || field.type === "checkbox") field.checked = values.includes(field.value);
        else field.value = values[0] ?? "";
      }
    }
  };
  const keep = async () => {
    try {
      if (sealed() && (await sealed().ready)) await sealed().keepDraft(name, { at, fields: fields() });
      else if (place) localStorage.setItem(place, JSON.stringify({ at, fields: fields() }));
      else return;
      status.textContent = status.dataset.kept;
    } catch {
      /* A device that keeps nothing still sends. */
    }
  };
  /* The outbox has the answer from now on; by a link the copy stays until the server has answered with a page. */
  const forget = () => sealed()?.dropDraft(name).catch(() => {});
  const restore = async () => {
    try {
      const kept = sealed() && (await sealed().ready) ? await sealed().draft(name) : place && JSON.parse(localStorage.getItem(place));
      if (!kept || sent || Object.keys(fields()).some((key) => valuesOf(key).length)) return;
      put(kept.fields);
      at = kept.at;
      show(false);
      status.textContent = status.dataset.back;
    } catch {
      /* Nothing was kept. */
    }
  };
  let timer = 0;
  form.addEventListener("input", (event) => {
    const posed = event.target.closest("[data-posed]");
    if (posed?.classList.contains("posed-wrong")) mark(posed);
    refresh();
    const list = open();
    next.hidden = at === list.length - 1;
    send.hidden = at !== list.length - 1;
    window.clearTimeout(timer);
    timer = window.setTimeout(keep, 400);
  });

  /* Before the outbox takes it: every step is whole, and what is hidden is not sent. */
  form.addEventListener(
    "submit",
    (event) => {
      const list = open();
      const wrong = list.findIndex((step) => shown(step).some((posed) => !whole(posed)));
      if (wrong >= 0) {
        event.preventDefault();
        event.stopImmediatePropagation();
        at = wrong;
        show(true);
        checked(open()[at]);
        return;
      }
      sent = true;
      window.clearTimeout(timer);
      forget();
    },
    true,
  );

  const firstWrong = form.querySelector(".posed-wrong");
  if (firstWrong) {
    refresh();
    at = Math.max(0, open().indexOf(firstWrong.closest("[data-step]")));
  }
  show(false);
  restore();
})();
