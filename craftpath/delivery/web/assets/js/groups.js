/* Study groups: whom to invite, found by typing. */
"use strict";

(() => {
  document.querySelectorAll("[data-mates]").forEach((list) => {
    const find = list.querySelector("[data-mates-find]");
    find?.addEventListener("input", () => {
      const wanted = find.value.trim().toLowerCase();
      list.querySelectorAll("li").forEach((one) => {
        one.hidden = !one.textContent.toLowerCase().includes(wanted) && !one.querySelector(":checked");
      });
    });
  });
})();
