/* The board by keyboard and by hand. Arrow keys walk from card to card, Enter opens one, Alt and an arrow moves it, Escape
   closes, Ctrl and Z undoes the last step; a card is dragged before another one. Enter in a field sends its form. While
   somebody writes, the board does not fetch what others did: it comes with the next step, or once the field is left. */
"use strict";

(() => {
  const board = () => document.getElementById("board");
  const writing = () => {
    const field = document.activeElement;
    if (board()?.querySelector("[data-open]")) return true;
    return field instanceof HTMLTextAreaElement && board()?.contains(field) && field.value.trim() !== "";
  };
  const step = (values) => {
    window.htmx.ajax("POST", board().dataset.board, { target: "#board", swap: "outerHTML", values });
  };
  let focus = "";
  let field = "";

  document.addEventListener("htmx:beforeRequest", (event) => {
    if (event.target.id !== "board") {
      field = "";
      return;
    }
    if (writing() || document.querySelector(".board-dragged")) event.preventDefault();
    const active = document.activeElement;
    focus = active?.closest?.("[data-card]")?.id ?? "";
    field = active instanceof HTMLTextAreaElement && board().contains(active) ? active.id : "";
  });
  document.addEventListener("htmx:afterSettle", () => {
    if (!board() || board().contains(document.activeElement)) return;
    const again = document.getElementById(field || focus);
    if (again) again.focus({ preventScroll: true });
    field = "";
  });

  const cards = () => [...board().querySelectorAll("[data-card]")];
  const beside = (card, key) => {
    const all = cards();
    const place = all.indexOf(card);
    if (key === "ArrowLeft") return all[place - 1];
    if (key === "ArrowRight") return all[place + 1];
    const here = card.getBoundingClientRect();
    const middle = here.left + here.width / 2;
    const way = key === "ArrowDown" ? 1 : -1;
    const far = (box) => Math.abs(box.top - here.top) * 4 + Math.abs(box.left + box.width / 2 - middle);
    return all
      .map((one) => [one, one.getBoundingClientRect()])
      .filter(([, box]) => (way > 0 ? box.top >= here.bottom - 4 : box.bottom <= here.top + 4))
      .sort(([, a], [, b]) => far(a) - far(b))[0]?.[0];
  };
  const MOVES = { ArrowLeft: "earlier", ArrowRight: "later", ArrowUp: "above", ArrowDown: "below" };

  document.addEventListener("keydown", (event) => {
    if (!board()) return;
    const { target, key } = event;
    const typed = target instanceof HTMLTextAreaElement || target instanceof HTMLInputElement;
    if (typed && target.hasAttribute("data-enter") && key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      // Pressed like a finger would: the button says what is to be done.
      if (target.value.trim() || target.form.hasAttribute("data-open")) {
        target.form.querySelector("button[type=submit]").click();
      }
      return;
    }
    if (key === "Escape" && board().querySelector("[data-away]")) {
      const open = board().querySelector("[data-open]");
      focus = open.id;
      board().querySelector("[data-away]").click();
      return;
    }
    if (typed) return;
    if ((event.ctrlKey || event.metaKey) && key.toLowerCase() === "z") {
      const undo = board().querySelector("[data-undo]");
      if (undo) undo.requestSubmit();
      event.preventDefault();
      return;
    }
    const card = target.closest?.("[data-card]");
    if (!card || !(key in MOVES) || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    if (event.altKey) {
      focus = card.id;
      step({ do: MOVES[key], key: card.id.slice(2), quiet: "1" });
    } else {
      beside(card, key)?.focus();
    }
  });

  let dragged = null;
  document.addEventListener("dragstart", (event) => {
    dragged = event.target.closest?.("[data-task]") ?? null;
    if (!dragged) return;
    dragged.classList.add("board-dragged");
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", dragged.textContent.trim());
  });
  document.addEventListener("dragend", () => {
    dragged?.classList.remove("board-dragged");
    document.querySelectorAll(".board-over").forEach((one) => one.classList.remove("board-over"));
    dragged = null;
  });
  document.addEventListener("dragover", (event) => {
    const row = dragged && event.target.closest?.("[data-duty]");
    if (!row) return;
    event.preventDefault();
    document.querySelectorAll(".board-over").forEach((one) => one.classList.remove("board-over"));
    (event.target.closest(".board-slot") ?? row).classList.add("board-over");
  });
  document.addEventListener("drop", (event) => {
    const row = dragged && event.target.closest?.("[data-duty]");
    if (!row) return;
    event.preventDefault();
    const others = [...row.querySelectorAll("[data-task]")].filter((one) => one !== dragged);
    const before = event.target.closest("[data-task]");
    const index = before && before !== dragged ? others.indexOf(before) : others.length;
    if (before !== dragged) {
      focus = dragged.id;
      step({ do: "move", key: dragged.dataset.task, duty: row.dataset.duty, index, quiet: "1" });
    }
    dragged.classList.remove("board-dragged");
    dragged = null;
  });
})();
