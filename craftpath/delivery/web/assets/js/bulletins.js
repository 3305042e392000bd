/* The sheets: a click on a place opens its form, where the words stand. Without script each form is opened by its line. */
(() => {
  "use strict";

  const opened = (block) => {
    const edit = block.querySelector(".bl-edit");
    if (!edit) return;
    edit.open = true;
    const first = edit.querySelector("textarea, select, input:not([type=hidden])");
    if (first) first.focus();
  };

  document.addEventListener("click", (event) => {
    const shown = event.target.closest("[data-block] > .bl-shown");
    if (!shown || event.target.closest("a") || String(getSelection())) return;
    opened(shown.parentElement);
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const edit = event.target.closest && event.target.closest(".bl-edit[open]");
    if (!edit) return;
    edit.open = false;
    edit.querySelector("summary").focus();
  });

  // A check leads to its place, with the form open.
  document.addEventListener("click", (event) => {
    const link = event.target.closest(".bl-checks a");
    const block = link && document.querySelector(link.hash);
    if (block) opened(block);
  });
})();
