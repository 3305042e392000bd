/* Reading: a passage that is marked in the text comes into the note. */
"use strict";

(() => {
  const text = document.querySelector("[data-passages]");
  const field = document.querySelector("textarea[name=quote]");
  if (!text || !field) return;
  document.querySelector("[data-passage-hint]").hidden = false;
  document.addEventListener("selectionchange", () => {
    const marked = document.getSelection();
    if (!marked.isCollapsed && text.contains(marked.anchorNode) && text.contains(marked.focusNode)) {
      field.value = marked.toString().trim().slice(0, field.maxLength);
    }
  });
})();
