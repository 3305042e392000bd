// Keying an answer sheet. Without this file the form is sent as a whole; with it one key answers a choice, Enter goes
// on, a full stop or a space says that nothing stands there, and everything is saved while it is keyed: to the server
// within two seconds of the last touch, and on the device until the server has it.
(() => {
  "use strict";

  const form = document.querySelector("[data-sheet]");
  if (!form) return;
  const WAIT = 1200;
  const AGAIN = 3000;
  const status = form.querySelector("[data-status]");
  const done = form.querySelector("[data-done]");
  const fields = [...form.querySelectorAll(".sheet-fields input")];
  const key = `craftpath-sheet-${form.dataset.sheet}`;
  let count = Number(form.dataset.count) || 0;
  let timer = 0;
  let dirty = false;
  let stopped = false;
  let going = Promise.resolve(true);

  const pairs = () => fields.map((field) => field.value);
  const keep = (value) => {
    try {
      if (value === null) localStorage.removeItem(key);
      else localStorage.setItem(key, JSON.stringify(value));
    } catch {
      /* A device that keeps nothing still saves to the server. */
    }
  };
  const kept = () => {
    try {
      return JSON.parse(localStorage.getItem(key));
    } catch {
      return null;
    }
  };
  const say = (faults) => {
    for (const line of form.querySelectorAll("[data-line]")) {
      const words = faults[line.dataset.line] ?? "";
      line.classList.toggle("sheet-wrong", words !== "");
      line.querySelector("[data-fault]").textContent = words;
      for (const field of line.querySelectorAll("input")) {
        if (words) field.setAttribute("aria-invalid", "true");
        else field.removeAttribute("aria-invalid");
      }
    }
  };

  const send = async () => {
    if (stopped || !dirty) return !stopped;
    dirty = false;
    const body = new FormData(form);
    body.set("count", String(count));
    status.textContent = form.dataset.saving;
    try {
      const answer = await fetch(location.href, {
        method: "POST",
        body,
        headers: { "X-Save": "1", Accept: "application/json" },
        credentials: "same-origin",
        keepalive: true,
      });
      if (answer.status === 409) {
        stopped = true;
        status.textContent = (await answer.json()).reason || "";
        return false;
      }
      if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
      say((await answer.json()).faults);
      if (!dirty) {
        keep(null);
        status.textContent = form.dataset.saved;
      }
      return true;
    } catch {
      dirty = true;
      status.textContent = form.dataset.waits;
      window.clearTimeout(timer);
      timer = window.setTimeout(flush, AGAIN);
      return false;
    }
  };
  const flush = () => {
    window.clearTimeout(timer);
    going = going.then(send);
    return going;
  };
  const touched = () => {
    count += 1;
    form.elements.count.value = String(count);
    dirty = true;
    keep({ count, pairs: pairs() });
    window.clearTimeout(timer);
    timer = window.setTimeout(flush, WAIT);
  };

  const go = (from, by) => {
    const to = fields[fields.indexOf(from) + by];
    if (to) {
      to.focus();
      to.select();
    } else if (by > 0) done.focus();
  };
  const leaveEmpty = (field) => {
    field.value = ".";
    touched();
    go(field, 1);
  };

  for (const field of fields) {
    field.addEventListener("input", (event) => {
      touched();
      // Only what a key has typed goes on by itself, never what a paste or a correction has changed.
      if (field.hasAttribute("data-quick") && field.value.trim().length === 1 && event.inputType === "insertText") {
        go(field, 1);
      }
    });
  }
  form.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const { target } = event;
    if (event.key === "PageDown") {
      event.preventDefault();
      form.requestSubmit(done);
      return;
    }
    if (!fields.includes(target)) return;
    const whole = target.value === "" || (target.selectionStart === 0 && target.selectionEnd === target.value.length);
    if (event.key === "Enter" || event.key === "ArrowDown") {
      event.preventDefault();
      go(target, 1);
    } else if (event.key === "ArrowUp") {
      event.preventDefault();
      go(target, -1);
    } else if (whole && (event.key === "." || event.key === "。" || event.key === " ")) {
      event.preventDefault();
      leaveEmpty(target);
    }
  });
  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-empty]");
    if (button) leaveEmpty(button.closest("[data-line]").querySelector("input"));
  });

  const before = kept();
  if (before && before.count > count && before.pairs.length === fields.length) {
    for (const [place, field] of fields.entries()) field.value = before.pairs[place];
    count = before.count;
    form.elements.count.value = String(count);
    dirty = true;
    flush();
  } else if (before) {
    keep(null);
  }
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") flush();
  });
  // What is sent as a whole comes after whatever is on its way; the copy stays until the server has answered with a page.
  form.addEventListener("submit", () => {
    window.clearTimeout(timer);
    dirty = false;
  });
})();
