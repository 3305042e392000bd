/* A page that only sends its form on: at once, and once. Coming back to it, the button stands there. */
(() => {
  const form = document.querySelector("form[data-send]");
  const [visit] = performance.getEntriesByType("navigation");
  if (form && !(visit && visit.type === "back_forward")) form.submit();
})();
