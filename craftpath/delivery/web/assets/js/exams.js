// Pages of the item bank. Everything works without this file: it numbers the lines of a pasted exam and leads to one,
// lets a picture be pointed at instead of its list, and draws areas on a picture instead of typing their figures.
(() => {
  "use strict";

  const svgPoint = (svg, event) => {
    const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
    return [Math.round(point.x), Math.round(point.y)];
  };

  // Line numbers beside the text, and the way from a note to its line.
  const number = (area) => {
    const numbers = document.querySelector("[data-numbers]");
    if (!numbers) return;
    const count = area.value.split("\n").length;
    if (numbers.childElementCount === 0 && numbers.dataset.count === String(count)) return;
    numbers.dataset.count = String(count);
    numbers.textContent = Array.from({ length: Math.min(count, 20000) }, (_, n) => n + 1).join("\n");
    numbers.scrollTop = area.scrollTop;
  };
  const pasted = document.querySelector("[data-paste]");
  if (pasted) {
    number(pasted);
    pasted.addEventListener("input", () => number(pasted));
    pasted.addEventListener("scroll", () => {
      document.querySelector("[data-numbers]").scrollTop = pasted.scrollTop;
    });
    const file = document.querySelector("#paste-file");
    const take = (files) => {
      if (!files.length) return;
      file.files = files;
      file.form.querySelector('[value="file"]').click();
    };
    pasted.addEventListener("dragover", (event) => {
      if (event.dataTransfer.types.includes("Files")) event.preventDefault();
    });
    pasted.addEventListener("drop", (event) => {
      if (!event.dataTransfer.files.length) return;
      event.preventDefault();
      take(event.dataTransfer.files);
    });
  }
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-line]");
    const area = document.querySelector("[data-paste]");
    if (!link || !area) return;
    event.preventDefault();
    const lines = area.value.split("\n");
    const line = Number(link.dataset.line);
    const start = lines.slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
    area.focus();
    area.setSelectionRange(start, start + (lines[line - 1] || "").length);
    area.scrollTop = (area.scrollHeight / lines.length) * Math.max(line - 4, 0);
  });

  // A picture that is pointed at chooses in the list below it.
  const mark = (svg) => {
    const item = svg.closest(".item");
    svg.querySelectorAll("[data-area]").forEach((area) => {
      const input = item.querySelector(`input[name="choice"][value="${CSS.escape(area.dataset.area)}"]`);
      area.classList.toggle("item-area-chosen", Boolean(input && input.checked));
    });
  };
  document.addEventListener("click", (event) => {
    const area = event.target.closest("[data-hotspot] [data-area]");
    if (!area) return;
    const input = area.closest(".item").querySelector(`input[name="choice"][value="${CSS.escape(area.dataset.area)}"]`);
    if (input) input.click();
  });
  document.addEventListener("change", (event) => {
    const item = event.target.closest && event.target.closest(".item");
    const svg = item && item.querySelector("[data-hotspot]");
    if (svg) mark(svg);
  });
  document.querySelectorAll("[data-hotspot]").forEach(mark);

  // An area that is drawn fills the first row without figures.
  document.addEventListener("pointerdown", (event) => {
    const svg = event.target.closest && event.target.closest("[data-draw]");
    if (!svg) return;
    const rows = [...document.querySelectorAll(".item-region")];
    const row = rows.find((one) => !one.querySelector('[name$="-a"]').value) || null;
    if (!row) return;
    event.preventDefault();
    const [x, y] = svgPoint(svg, event);
    const circle = row.querySelector('[name$="-shape"]').value === "circle";
    const shape = document.createElementNS("http://www.w3.org/2000/svg", circle ? "circle" : "rect");
    const group = document.createElementNS("http://www.w3.org/2000/svg", "g");
    group.setAttribute("class", "item-area");
    group.append(shape);
    svg.append(group);
    const draw = (to) => {
      const [x2, y2] = svgPoint(svg, to);
      const figures = circle
        ? { cx: x, cy: y, r: Math.round(Math.hypot(x2 - x, y2 - y)) }
        : { x: Math.min(x, x2), y: Math.min(y, y2), width: Math.abs(x2 - x), height: Math.abs(y2 - y) };
      Object.entries(figures).forEach(([name, value]) => shape.setAttribute(name, value));
      const values = circle
        ? { a: x, b: y, c: figures.r, d: "" }
        : { a: figures.x, b: figures.y, c: figures.x + figures.width, d: figures.y + figures.height };
      return values;
    };
    const done = (to) => {
      svg.removeEventListener("pointermove", draw);
      const values = draw(to);
      if ((circle && values.c < 4) || (!circle && (values.c - values.a < 4 || values.d - values.b < 4))) {
        group.remove();
        return;
      }
      Object.entries(values).forEach(([name, value]) => {
        row.querySelector(`[name$="-${name}"]`).value = value;
      });
      row.querySelector('[name$="-zh"]').focus();
      row.dispatchEvent(new Event("input", { bubbles: true }));
    };
    svg.addEventListener("pointermove", draw);
    svg.addEventListener("pointerup", done, { once: true });
  });
})();
