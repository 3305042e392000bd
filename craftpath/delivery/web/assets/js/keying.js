// Keying an answer sheet. Without this file the form is sent as a whole; with it one key answers a choice, Enter goes
// on, a full stop or a space says that nothing stands there, and everything is saved while it is keyed: to the server
// within two seconds of the last touch, and on the device until the server has it.
(() => {
  "use strict";

  const form = document.querySelector("[data-sheet]");
  if (!form) return;
  const done = form.querySelector("[data-done]");
  const fields = [...form.querySelectorAll(".sheet-fields input")];
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

  const saving = window.craftpath.saving({
    form,
    key: `craftpath-sheet-${form.dataset.sheet}`,
    wait: 1200,
    read: () => fields.map((field) => field.value),
    write: (values) => {
      if (values.length !== fields.length) return false;
      for (const [place, field] of fields.entries()) field.value = values[place];
      return true;
    },
    counted: (count) => (form.elements.count.value = String(count)),
    taken: (answer) => say(answer.faults),
    words: () => form.dataset.saved,
  });
  const { touched } = saving;

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

  // What is sent as a whole comes after whatever is on its way.
  form.addEventListener("submit", saving.leave);
})();
