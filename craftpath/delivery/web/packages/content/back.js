/* A unit is done. In a frame of the site its page is told and goes on; alone in its window this page goes itself. */
"use strict";

(() => {
  const site = document.currentScript.dataset.site;
  const path = new URLSearchParams(location.search).get("to") ?? "/";
  if (!path.startsWith("/")) return;
  if (window.parent !== window) window.parent.postMessage({ craftpath: 1, kind: "back" }, site);
  else location.replace(site + path);
})();
