/* A package that is too large is told of before it is sent. */
"use strict";

(() => {
  document.addEventListener("change", (event) => {
    const most = Number(event.target.dataset?.mostBytes);
    const form = event.target.form;
    const said = form?.querySelector("[data-size]");
    if (!most || !said) return;
    const large = [...event.target.files].some((file) => file.size > most);
    said.hidden = !large;
    said.textContent = large ? form.dataset.tooBig : "";
    form.querySelector("button[type=submit]").disabled = large;
  });
})();
