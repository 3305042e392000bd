/* What is dropped is sent at once; what is too large is told of before. */
"use strict";

(() => {
  document.addEventListener("change", (event) => {
    const field = event.target;
    const form = field.form;
    if (!form || !("sends" in (field.dataset || {})) || !field.files.length) return;
    const most = Number(field.dataset.mostBytes);
    const large = [...field.files].reduce((sum, file) => sum + file.size, 0) > most;
    const said = form.querySelector("[data-size]");
    said.hidden = !large;
    said.textContent = large ? form.dataset.tooBig : "";
    if (!large) form.requestSubmit();
  });
})();
