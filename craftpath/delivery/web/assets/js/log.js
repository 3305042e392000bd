/* The log by thumb: photo, voice, a guess at the skill, and everything through the outbox when there is one. */
"use strict";

(() => {
  const words = JSON.parse(document.getElementById("outbox-words")?.textContent ?? "{}");
  const outbox = () => window.craftpath?.outbox;
  const clock = new Intl.DateTimeFormat(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
  const { small } = window.craftpath;

  /* ---- Guess: the skills whose hints stand most often in the text ---- */
  const hints = JSON.parse(document.getElementById("log-hints")?.textContent ?? "{}");
  const guessed = (text) => {
    const low = text.toLowerCase();
    const count = (hint) => low.split(hint.toLowerCase()).length - 1;
    return Object.entries(hints)
      .map(([key, list], order) => [list.reduce((sum, hint) => sum + count(hint), 0), order, key])
      .filter(([sum]) => sum)
      .sort((one, other) => other[0] - one[0] || one[1] - other[1])
      .slice(0, 2)
      .map(([, , key]) => key);
  };

  const writeForm = (form) => {
    const field = (name) => form.elements.namedItem(name);
    const kept = form.querySelector("[data-kept]");
    const shelf = form.querySelector("[data-photos]");
    const box = form.querySelector("[data-guess]");
    const files = [];
    const name = field("base").value === "0" ? "new" : form.dataset.entry;
    /* A page that was kept may be opened many times; each entry that is begun on it is another one. */
    if (name === "new" && outbox()) field("made_id").value = crypto.randomUUID();

    const show = (file, kind) => {
      const item = document.createElement("li");
      const shown = document.createElement(kind === "voice" ? "audio" : "img");
      shown.src = URL.createObjectURL(file);
      if (kind === "voice") shown.controls = true;
      else shown.alt = words.photo;
      const away = document.createElement("button");
      away.type = "button";
      away.className = "button button-quiet button-small";
      away.textContent = words.remove;
      const entry = { file, kind, id: crypto.randomUUID() };
      away.addEventListener("click", () => {
        files.splice(files.indexOf(entry), 1);
        item.remove();
      });
      item.append(shown, away);
      shelf.append(item);
      files.push(entry);
    };

    field("photo").addEventListener("change", async (event) => {
      const input = event.target;
      const chosen = [...input.files];
      if (!outbox() || !(await outbox().ready)) return;
      input.value = "";
      for (const file of chosen) show(await small(file), "photo");
    });

    if (outbox()) {
      const none = (reason) => (kept.textContent = reason);
      window.craftpath.recorder(form.querySelector("[data-voice]"), { take: (sound) => show(sound, "voice"), none });
    }

    const offer = () => {
      const skill = field("skill");
      box.querySelectorAll("button").forEach((button) => button.remove());
      const keys = skill.value ? [skill.value] : guessed(field("text").value);
      keys.forEach((key) => {
        const option = [...skill.options].find((one) => one.value === key);
        if (!option) return;
        const chip = document.createElement("button");
        chip.type = "button";
        chip.className = "button button-plain button-small";
        chip.textContent = option.textContent;
        chip.setAttribute("aria-pressed", String(skill.value === key));
        chip.addEventListener("click", () => {
          skill.value = skill.value === key ? "" : key;
          offer();
          changed();
        });
        box.append(chip);
      });
      box.hidden = keys.length === 0;
    };

    /* Autosave on this device, with its state in words. */
    let timer = 0;
    const FIELDS = ["made_id", "text", "hours", "skill", "on", "place", "bucket", "unit"];
    const changed = () => {
      window.clearTimeout(timer);
      timer = window.setTimeout(async () => {
        if (!outbox() || !(await outbox().ready)) return;
        await outbox().keepDraft(name, Object.fromEntries(FIELDS.map((key) => [key, field(key)?.value ?? ""])));
        kept.textContent = words.kept.replace("%(time)s", clock.format(new Date()));
      }, 600);
    };
    form.addEventListener("input", (event) => {
      if (event.target.matches("[data-words]")) offer();
      changed();
    });
    form.addEventListener("change", (event) => event.target.name === "skill" && offer());

    const restore = async () => {
      if (!outbox() || !(await outbox().ready) || form.querySelector(".notice-wrong")) return;
      const known = await outbox().draft(name);
      if (!known?.text) return;
      FIELDS.forEach((key) => {
        if (field(key) && known[key] !== undefined) field(key).value = known[key];
      });
      kept.textContent = words.restored;
      offer();
    };

    let plain = false; // sent as any form, since this device cannot keep it
    const asItIs = (submitter) => {
      plain = true;
      window.setTimeout(() => form.requestSubmit(submitter)); // not while this very event is under way: it would be ignored
    };
    let pressed = false;
    form.addEventListener("submit", async (event) => {
      if (plain || !outbox()) return;
      event.preventDefault();
      if (pressed) return;
      const { submitter } = event;
      if (!(await outbox().ready)) return asItIs(submitter);
      const hand = submitter?.value === "submit";
      const text = field("text").value;
      if (hand && !text.trim() && !files.length) {
        kept.textContent = words.empty;
        field("text").focus();
        return;
      }
      pressed = true;
      window.clearTimeout(timer); // what is handed in is no draft any more
      const entry = field("made_id").value;
      const data = {
        entry,
        enrolment: form.dataset.enrolment,
        base: Number(field("base").value || 0),
        on: field("on").value,
        text,
        minutes: Math.round(Number(field("hours").value || 0) * 60),
        bucket: field("bucket")?.value ?? "",
        place: field("place").value,
        unit: field("unit").value,
        skill: field("skill").value,
        submit: hand && !files.length,
      };
      const label = text.trim().slice(0, 60) || words.photo;
      const keys = [];
      try {
        keys.push(await outbox().put({ kind: "log.save", data, label, replaces: `entry ${entry}` }));
        for (const [n, one] of files.entries()) {
          const more = { entry, enrolment: data.enrolment, file: one.id, kind: one.kind, submit: hand && n === files.length - 1 };
          keys.push(await outbox().put({ kind: "log.file", data: more, label }, one.file));
        }
      } catch {
        pressed = false;
        if (files.length) kept.textContent = words.full;
        else asItIs(submitter);
        return;
      }
      await outbox().dropDraft(name);
      const told = await outbox().sent();
      const refused = told?.find((answer) => answer.status === "refused" && keys.includes(answer.key));
      if (told && !refused) {
        window.location.assign(`${window.location.pathname}?from=${data.on}`);
        return;
      }
      pressed = false;
      field("text").value = "";
      shelf.replaceChildren();
      files.length = 0;
      field("made_id").value = crypto.randomUUID();
      field("base").value = "0";
      box.hidden = true;
      kept.textContent = refused ? refused.reason : words.waits;
      queued();
    });
    offer();
    restore();
  };

  /* What waits of this page, as cards of their own. */
  const queued = async () => {
    const list = document.querySelector("[data-queued]");
    if (!list || !outbox()) return;
    const rows = (await outbox().queue()).filter(({ write }) => write?.kind === "log.save");
    list.replaceChildren(
      ...rows.map(({ row, write }) => {
        const item = document.createElement("li");
        item.className = "log-entry";
        const state = document.createElement("p");
        state.className = "small muted";
        state.textContent = `${write.data.on} · ${row.state === "refused" ? row.reason : words.waits}`;
        const said = document.createElement("p");
        said.className = "log-text";
        said.textContent = write.data.text || words.photo;
        item.append(said, state);
        return item;
      }),
    );
  };

  document.querySelectorAll("[data-log-form]").forEach(writeForm);
  document.addEventListener("outbox:changed", queued);
  document.addEventListener("outbox:ready", queued);
})();
