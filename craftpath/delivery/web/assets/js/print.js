/* The print button of a page that is meant for paper; without script the browser's own menu prints. */
"use strict";

document.getElementById("print").addEventListener("click", () => window.print());
