/* Small comforts on every page. Nothing here is needed: each form and link works without it. */
"use strict";

(() => {
  const each = (root, selector, act) => root.querySelectorAll(selector).forEach(act);

  /* Menus: one open at a time; a click elsewhere or Escape closes. */
  const menus = () => document.querySelectorAll("details[data-menu][open]");
  document.addEventListener("click", (event) => {
    menus().forEach((menu) => {
      if (!menu.contains(event.target)) menu.open = false;
    });
    const question = event.target.closest("[data-confirm]");
    if (question && !window.confirm(question.dataset.confirm)) {
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    const close = event.target.closest("[data-close]");
    if (close) close.closest(".toast").remove();
    const copy = event.target.closest("[data-copy]");
    if (copy) copied(copy);
  });

  /* One tap puts words into the clipboard. Where the browser keeps it shut (no https), they are marked instead. */
  const copied = async (button) => {
    const source = document.getElementById(button.dataset.copy);
    const label = button.querySelector("span");
    const before = label.textContent;
    try {
      await navigator.clipboard.writeText(source.textContent.trim());
    } catch {
      const marked = document.createRange();
      marked.selectNodeContents(source);
      window.getSelection().removeAllRanges();
      window.getSelection().addRange(marked);
      if (!document.execCommand("copy")) return;
    }
    if (before === button.dataset.done) return;
    label.textContent = button.dataset.done;
    window.setTimeout(() => {
      label.textContent = before;
    }, 2500);
  };

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      menus().forEach((menu) => {
        menu.open = false;
        menu.querySelector("summary").focus();
      });
    }
    const typing = event.target.closest("input, select, textarea, [contenteditable]");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      const box = document.querySelector("[data-filter]") || document.querySelector("[data-find]");
      if (box) {
        event.preventDefault();
        box.focus();
        box.select();
      }
    }
  });

  /* A choice made with finger or mouse sends its form at once. With the keyboard, where each arrow key is a choice,
     the button sends it: it stands beside the list and shows when it is reached. */
  let pointed = null;
  document.addEventListener("pointerdown", (event) => {
    pointed = event.target.closest("[data-submit]");
  });
  document.addEventListener("keydown", () => {
    pointed = null;
  });
  document.addEventListener("change", (event) => {
    if (pointed && event.target === pointed) event.target.form.requestSubmit();
  });

  /* The figure beside a slider follows it. */
  document.addEventListener("input", (event) => {
    if (event.target.type !== "range") return;
    const output = document.querySelector(`output[data-of="${CSS.escape(event.target.id)}"]`);
    if (output) output.textContent = event.target.value;
  });

  /* Light or dark at once; the server hears of it behind the page. */
  document.addEventListener("submit", (event) => {
    const form = event.target.closest("[data-theme-switch]");
    if (!form || !event.submitter) return;
    event.preventDefault();
    const theme = event.submitter.value;
    document.documentElement.dataset.theme = theme;
    each(document, "[data-theme-switch] button", (button) => {
      button.setAttribute("aria-pressed", String(button.value === theme));
    });
    document.dispatchEvent(new CustomEvent("craftpath:theme"));
    const sent = new FormData(form);
    sent.append("theme", theme);
    fetch(form.action, { method: "POST", body: sent, redirect: "manual" });
  });

  /* A second press while the answer is on its way would be the same again: for slips, new passwords that nobody sees. */
  const underWay = new WeakSet();
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") return;
    if (underWay.has(form)) {
      event.preventDefault();
      return;
    }
    underWay.add(form);
    window.setTimeout(() => underWay.delete(form), 8000);
  });
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) each(document, "form", (form) => underWay.delete(form));
  });

  /* Files dropped on the field go into its plain input. */
  ["dragover", "dragleave", "drop"].forEach((kind) => {
    document.addEventListener(kind, (event) => {
      const field = event.target.closest && event.target.closest("[data-drop]");
      if (!field) return;
      event.preventDefault();
      field.toggleAttribute("data-over", kind === "dragover");
      const input = field.querySelector("input[type=file]");
      if (kind === "drop" && input && event.dataTransfer.files.length) {
        input.files = event.dataTransfer.files;
        input.dispatchEvent(new Event("change", { bubbles: true }));
      }
    });
  });

  /* A table that is wholly visible needs no scrolling region of its own, and no place in the tab order. */
  const fit = (region) => {
    region.removeAttribute("data-fits");
    const fits = region.scrollWidth <= region.clientWidth + 1;
    region.toggleAttribute("data-fits", fits);
    if (fits) region.removeAttribute("tabindex");
    else region.tabIndex = 0;
  };
  const watch = new ResizeObserver((seen) => seen.forEach((entry) => fit(entry.target.closest(".table-region"))));

  /* What is broader than its text, a table or a formula, is scrolled by keys too. */
  const broad = new ResizeObserver((seen) =>
    seen.forEach(({ target }) => {
      if (target.scrollWidth > target.clientWidth + 1) target.tabIndex = 0;
      else target.removeAttribute("tabindex");
    }),
  );

  /* How far toasts stand up, so that they cover no bar of actions. */
  const lift = new ResizeObserver((seen) => {
    const bar = seen[seen.length - 1].target;
    if (bar.isConnected) document.documentElement.style.setProperty("--lift", `${bar.offsetHeight}px`);
  });

  const settle = (root) => {
    each(root, ".scheme-bar, .people-bar", (bar) => lift.observe(bar));
    each(root, ".table-region > table", (table) => watch.observe(table));
    each(root, ".course-text :is(table, math[display='block'])", (part) => broad.observe(part));
    each(root, "[data-close], [data-copy]", (button) => {
      button.hidden = false;
    });
    each(root, ".toast-info, .toast-good", (toast) => {
      const leave = () => {
        if (toast.matches(":hover, :focus-within")) window.setTimeout(leave, 4000);
        else toast.remove();
      };
      if (toast.closest(".toasts")) window.setTimeout(leave, 10000);
    });
    each(root, "[data-submit]", (select) => select.form.toggleAttribute("data-quick", true));
    const wrong = root.querySelector("[data-focus]");
    if (wrong) wrong.focus();
  };
  /* What an answer said that a device has sent is shown on the page that comes next, as after an ordinary form. */
  const SAID = "craftpath.said";
  const reader = document.body.dataset.person;
  document.addEventListener("craftpath:said", (event) => {
    sessionStorage.setItem(SAID, JSON.stringify({ reader, said: event.detail }));
  });
  const sayKept = () => {
    const kept = JSON.parse(sessionStorage.getItem(SAID) ?? "null");
    sessionStorage.removeItem(SAID);
    if (!kept || kept.reader !== reader) return;
    kept.said.forEach(({ tone, words }) => {
      const toast = document.querySelector(`template[data-toast="${CSS.escape(tone)}"]`)?.content.cloneNode(true);
      if (!toast) return;
      toast.querySelector(".toast-words").textContent = words;
      document.getElementById("toasts").append(toast);
    });
  };
  if (reader) sayKept();

  document.addEventListener("htmx:load", (event) => {
    if (event.target !== document.body) settle(event.target);
  });
  settle(document);
})();
