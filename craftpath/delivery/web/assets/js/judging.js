/* Rating by keyboard: 1 to 6 chooses a level of the criterion that is in turn, 0 that it was not observed, and the next
   criterion is in turn; Enter sends. Another work is shown as soon as it is chosen, if there is a network. */
"use strict";

(() => {
  const place = document.querySelector("[data-rate]");
  if (!place) return;
  const form = place.querySelector("form");
  const criteria = [...place.querySelectorAll("[data-criterion]")];
  const chosen = (one) => one.querySelector("input:checked");
  const inTurn = () => criteria.find((one) => one.contains(document.activeElement)) ?? criteria.find((one) => !chosen(one));

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { target } = event;
    if (target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return;
    if (event.key === "Enter" && !(target instanceof HTMLAnchorElement) && !(target instanceof HTMLButtonElement)) {
      event.preventDefault();
      form.requestSubmit();
      return;
    }
    if (!/^[0-6]$/.test(event.key)) return;
    const here = inTurn();
    const level = here?.querySelector(`input[data-key="${event.key}"]`);
    if (!level) return;
    event.preventDefault();
    level.checked = true;
    const following = criteria[criteria.indexOf(here) + 1];
    (following ? following.querySelector("input") : form.querySelector("button[type=submit]")).focus({ focusVisible: true });
  });

  const who = form.querySelector("select[data-go]");
  who.addEventListener("change", () => {
    if (navigator.onLine) window.location.assign(`${who.dataset.go}?who=${encodeURIComponent(who.value)}`);
  });
})();
