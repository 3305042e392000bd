/* The board of a curriculum: cards carried by mouse, or moved by Alt and an arrow. Both press the board's own buttons. */
"use strict";

(() => {
  const board = () => document.querySelector("[data-board]");
  let carried = null;

  const press = (key, stage, place) => {
    const button = document.createElement("button");
    button.type = "submit";
    button.name = "do";
    button.value = `move:${key}/${stage}/${place}`;
    button.hidden = true;
    const form = board();
    form.append(button);
    form.requestSubmit(button);
  };

  document.addEventListener("keydown", (event) => {
    const card = event.target.closest("[data-unit]");
    if (!card || !event.altKey || !event.key.startsWith("Arrow")) return;
    const button = card.querySelector(`[data-move="${event.key}"]`);
    if (!button) return;
    event.preventDefault();
    button.focus();
    button.click();
  });

  const clear = () =>
    document.querySelectorAll(".unit-before, .board-onto").forEach((one) => one.classList.remove("unit-before", "board-onto"));

  document.addEventListener("dragstart", (event) => {
    const card = event.target.closest?.("[data-unit][draggable]");
    if (!card) return;
    carried = card;
    card.classList.add("unit-carried");
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", card.dataset.unit);
  });

  document.addEventListener("dragend", () => {
    carried?.classList.remove("unit-carried");
    carried = null;
    clear();
  });

  document.addEventListener("dragover", (event) => {
    const column = carried && event.target.closest?.("[data-stage]");
    if (!column) return;
    event.preventDefault();
    clear();
    const onto = event.target.closest("[data-unit]");
    (onto || column).classList.add(onto ? "unit-before" : "board-onto");
  });

  document.addEventListener("drop", (event) => {
    const column = carried && event.target.closest?.("[data-stage]");
    if (!column) return;
    event.preventDefault();
    const others = [...column.querySelectorAll("[data-unit]")].filter((one) => one !== carried);
    const onto = event.target.closest("[data-unit]");
    if (onto === carried) return;
    const place = onto ? others.indexOf(onto) + 1 : others.length + 1;
    press(carried.dataset.unit, column.dataset.stage, place);
  });
})();
