/* Forms that are answers: confirmations, returns, observations, talks, roll calls. They go through the outbox where there
   is one, so that they can be given without a network; without it they are ordinary forms. */
"use strict";

(() => {
  const words = JSON.parse(document.getElementById("outbox-words")?.textContent ?? "{}");
  const outbox = () => window.craftpath?.outbox;

  const answerForm = (form) => {
    let plain = false; // sent as any form, since this device cannot keep it
    let pressed = false; // a second press before the answer would be a second answer
    form.addEventListener("submit", async (event) => {
      if (plain || !outbox() || !(form.dataset.outbox in kinds)) return;
      event.preventDefault();
      if (pressed) return;
      pressed = true;
      const { submitter } = event;
      const data = kinds[form.dataset.outbox](new FormData(form, submitter), form);
      const label = form.dataset.label ?? submitter?.textContent.trim() ?? "";
      const key = (await outbox().ready) && (await outbox().put({ kind: form.dataset.outbox, data, label }).catch(() => null));
      if (!key) {
        plain = true;
        window.setTimeout(() => form.requestSubmit(submitter)); // not while this very event is under way: it would be ignored
        return;
      }
      const told = await outbox().sent();
      if (told) {
        const refused = told.find((answer) => answer.status === "refused" && answer.key === key);
        if (refused) window.alert(refused.reason);
        const said = told.find((answer) => answer.key === key)?.said ?? [];
        document.dispatchEvent(new CustomEvent("craftpath:said", { detail: said }));
        if (form.dataset.next) window.location.assign(form.dataset.next);
        else window.location.reload();
        return;
      }
      const note = document.createElement("p");
      note.className = "small muted";
      note.setAttribute("role", "status");
      note.textContent = words.waits;
      (form.closest("li") ?? form).replaceChildren(note);
    });
  };
  const kinds = {
    "log.confirm": (sent) => ({
      read: Object.fromEntries(sent.getAll("entry").map((value) => [value.split(".")[0], Number(value.split(".")[1])])),
    }),
    "log.return": (sent, form) => ({
      entry: form.dataset.entry,
      revision: Number(sent.get("revision")),
      phrase: sent.get("phrase") ?? "",
      words: sent.get("words") ?? "",
    }),
    "log.observe": (sent) => ({
      observation: crypto.randomUUID(),
      enrolment: sent.get("enrolment"),
      on: sent.get("on"),
      job: sent.get("job"),
      seen_as: sent.get("seen_as"),
      words: sent.get("words") ?? "",
      skill: sent.get("skill") ?? "",
    }),
    "learning.roll": (sent, form) => ({
      session: form.dataset.entry,
      made_id: crypto.randomUUID(), // a kept page is used more than once
      base: Number(sent.get("base")),
      taken_at: new Date().toISOString(),
      marks: Object.fromEntries(
        [...sent.keys()]
          .filter((name) => name.startsWith("mark-"))
          .map((name) => {
            const id = name.slice("mark-".length);
            const minutes = sent.get(`minutes-${id}`);
            return [id, [sent.get(name), minutes ? Number(minutes) : null]];
          }),
      ),
    }),
    "judging.rate": (sent) => ({
      rater: sent.get("rater"),
      rating: crypto.randomUUID(), // a kept page is used more than once
      levels: Object.fromEntries(
        [...sent.keys()].filter((name) => name.startsWith("level-")).map((name) => [name.slice("level-".length), sent.get(name)]),
      ),
      words: sent.get("words") ?? "",
    }),
    "surveys.answer": (sent, form) => ({
      survey: form.dataset.entry,
      fields: Object.fromEntries([...new Set(sent.keys())].filter((name) => name.startsWith("a-")).map((name) => [name, sent.getAll(name)])),
    }),
    "workshops.check_in": (sent, form) => ({ workshop: form.dataset.workshop, day: form.dataset.day, code: sent.get("code") }),
    "courses.done": (_sent, form) => ({ run: form.dataset.run, activity: form.dataset.entry }),
    "courses.tick": (sent, form) => ({ run: form.dataset.run, activity: form.dataset.entry, points: sent.getAll("points") }),
    "log.talk": (sent, form) => ({ entry: form.dataset.entry, outcome: sent.get("outcome") }),
  };

  document.querySelectorAll("[data-outbox]").forEach(answerForm);
})();
