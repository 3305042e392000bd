/* Questions: which files were chosen, in words, beside their button. */
"use strict";

(() => {
  const told = (form) => {
    const chosen = [...form.querySelectorAll("input[type=file]")].flatMap((field) => [...field.files]);
    form.querySelector("[data-chosen]").textContent = chosen.map((file) => file.name).join(", ");
  };
  document.querySelectorAll("[data-ask], [data-answer]").forEach((form) => {
    form.addEventListener("change", (event) => event.target.type === "file" && told(form));
  });
})();
