/* Courses: the speed of a player, done when a film has ended, files that are too large, a folder that becomes a course,
   and units kept for offline. */
"use strict";

(() => {
  const player = document.querySelector("[data-course-player]");
  const speeds = document.querySelector("[data-course-speeds]");
  if (player && speeds) {
    speeds.hidden = false;
    speeds.addEventListener("click", (event) => {
      const chosen = event.target.closest("[data-speed]");
      if (!chosen) return;
      player.playbackRate = Number(chosen.dataset.speed);
      speeds.querySelectorAll("[data-speed]").forEach((one) => one.setAttribute("aria-pressed", String(one === chosen)));
    });
    /* Whoever has seen it to its end need not look for the button; the press stays the learner's own. */
    player.addEventListener("ended", () => document.querySelector("[data-course-done] button")?.focus());
  }

  const form = document.querySelector("form[data-course-most]");
  const said = form?.querySelector("[data-course-large]");
  form?.querySelector("input[type=file]").addEventListener("change", (event) => {
    const [file] = event.target.files;
    const large = Boolean(file && file.size > Number(form.dataset.courseMost));
    said.hidden = !large;
    said.textContent = large ? form.dataset.tooLarge : "";
    if (large) event.target.value = "";
  });

  /* A folder, chosen or dropped: its files go with the names that they have in it. */
  const arriving = document.querySelector("[data-course-drop]");
  if (arriving) {
    const folder = arriving.elements.namedItem("folder");
    const told = arriving.querySelector("[data-course-chosen]");
    const take = (files, paths) => {
      const many = files.length > Number(arriving.dataset.mostFiles);
      if (many) folder.value = "";
      arriving.elements.namedItem("paths").value = JSON.stringify(many ? [] : paths);
      told.textContent = many ? arriving.dataset.tooMany : `${paths[0]?.split("/")[0] ?? ""} · ${files.length}`;
    };
    folder.addEventListener("change", () => take(folder.files, [...folder.files].map((file) => file.webkitRelativePath || file.name)));

    const inside = async (entry, found) => {
      if (entry.isFile) {
        found.push([await new Promise((resolve, reject) => entry.file(resolve, reject)), entry.fullPath.slice(1)]);
        return;
      }
      const reader = entry.createReader();
      for (;;) {
        const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
        if (!some.length) return;
        for (const one of some) await inside(one, found);
      }
    };
    arriving.addEventListener(
      "drop",
      async (event) => {
        const entry = event.dataTransfer.items?.[0]?.webkitGetAsEntry?.();
        if (!entry?.isDirectory) return; // a file goes into its field as everywhere
        event.preventDefault();
        event.stopPropagation();
        const found = [];
        await inside(entry, found);
        const put = new DataTransfer();
        found.forEach(([file]) => put.items.add(file));
        folder.files = put.files;
        take(folder.files, found.map(([, path]) => path));
      },
      true,
    );
  }

  /* A unit for the way: its pages and what is seen, heard and saved from them, through the worker, which keeps what it
     is asked to keep. */
  const BESIDE = ".course-text [src], [data-course-player], [data-course-player] track, [data-course-file] a";
  const warm = async (address) => {
    const answer = await fetch(address, { headers: { "x-craftpath-warm": "yes" } });
    if (!answer.ok) throw new Error(String(answer.status));
    return answer;
  };
  const keep = async (box, far) => {
    const pages = [window.location.pathname, ...box.dataset.courseKeep.split(" ").filter(Boolean)];
    const missed = [];
    for (const [n, address] of pages.entries()) {
      far(n, pages.length);
      const page = new DOMParser().parseFromString(await (await warm(address)).text(), "text/html");
      for (const one of page.querySelectorAll(BESIDE)) {
        await warm(one.getAttribute("src") ?? one.getAttribute("href")).catch((fault) => missed.push(fault));
      }
    }
    if (missed.length) throw missed[0]; // the rest is there all the same
  };
  const offer = () => {
    document.querySelectorAll("[data-course-keep]").forEach((box) => {
      box.hidden = false;
      const button = box.querySelector("button");
      const status = box.querySelector("[role=status]");
      button.addEventListener("click", async () => {
        button.disabled = true;
        try {
          await keep(box, (n, all) => (status.textContent = `${n} / ${all}`));
          status.textContent = box.dataset.kept;
        } catch {
          status.textContent = box.dataset.not;
          button.disabled = false;
        }
      });
    });
  };
  document.addEventListener("outbox:ready", (event) => {
    const worker = navigator.serviceWorker;
    if (!event.detail.ready || !worker) return;
    if (worker.controller) offer();
    else worker.addEventListener("controllerchange", offer, { once: true }); // the first page of a new device
  });
})();
