/* The pages that work without a network: fetched once in a while so that they are there, and forgotten when their reader
   signs out or somebody else is here. */
"use strict";

(() => {
  const page = document.querySelector("[data-person]");

  const forgetPages = async () => {
    if (!window.caches) return;
    const names = await caches.keys();
    await Promise.all(names.filter((name) => name.startsWith("craftpath-pages")).map((name) => caches.delete(name)));
  };
  window.craftpath = { forgetPages };
  if (!page || !navigator.serviceWorker) return;

  const { person } = page.dataset;
  const last = localStorage.getItem("craftpath.person");
  if (last && last !== person) forgetPages();
  localStorage.setItem("craftpath.person", person);

  const warm = async () => {
    if (!navigator.onLine) return;
    await navigator.serviceWorker.ready;
    if (!navigator.serviceWorker.controller) {
      await new Promise((resolve) => navigator.serviceWorker.addEventListener("controllerchange", resolve, { once: true }));
    }
    const warmed = Number(sessionStorage.getItem("craftpath.warm") ?? 0);
    if (Math.abs(Date.now() - warmed) < 600000) return;
    sessionStorage.setItem("craftpath.warm", String(Date.now()));
    const keepPage = (address) => fetch(address, { headers: { "x-craftpath-warm": "yes" } });
    for (const address of page.dataset.offline.split(" ").filter(Boolean)) {
      try {
        const text = await (await keepPage(address)).text();
        /* A page may name others that belong to it, such as the roll of each session of the day. */
        const named = new DOMParser().parseFromString(text, "text/html").querySelectorAll("a[data-keep]");
        for (const link of named) await keepPage(link.getAttribute("href"));
      } catch {
        return;
      }
    }
  };
  document.addEventListener("outbox:ready", (event) => event.detail.ready && warm());
  navigator.serviceWorker.register(page.dataset.worker, { scope: "/" }).catch(() => {});
})();
