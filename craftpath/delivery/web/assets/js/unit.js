/* A unit of cmi5: it saves by itself, so that this page only has to go on when it says that it is done. */
"use strict";

(() => {
  const go = document.querySelector("[data-go]");
  if (go) window.location.replace(go.href); // the page before is the package's own when the unit leads back
  const unit = document.querySelector("[data-unit]");
  if (!unit) return;
  const frame = unit.querySelector("iframe");
  window.addEventListener("message", (event) => {
    const told = event.data;
    if (event.origin !== unit.dataset.content || event.source !== frame.contentWindow) return;
    if (told?.craftpath === 1 && told.kind === "back") window.location.assign(unit.dataset.back);
  });
  const whole = unit.querySelector("[data-whole]");
  const words = [whole.textContent, whole.dataset.small];
  const grow = (on) => {
    unit.classList.toggle("player-whole", on);
    whole.setAttribute("aria-pressed", String(on));
    whole.textContent = words[Number(on)];
  };
  whole.addEventListener("click", () => grow(!unit.classList.contains("player-whole")));
  document.addEventListener("keydown", (event) => event.key === "Escape" && grow(false));
})();
