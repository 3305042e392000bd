/* Questions: which files were chosen, in words, beside their button; an answer that is spoken here; and asking through
   the outbox where there is one, so that it works without a network. */
"use strict";

(() => {
  const words = JSON.parse(document.getElementById("outbox-words")?.textContent ?? "{}");
  const { small, recorder } = window.craftpath;
  const outbox = () => window.craftpath.outbox;
  const said = (form, text) => (form.querySelector("[data-chosen]").textContent = text);
  const chosen = (form) => [...form.querySelectorAll("input[type=file]")].flatMap((field) => [...field.files]);

  const speaking = (form) => {
    const button = form.querySelector("[data-voice]");
    const field = form.elements.namedItem("voice");
    if (!button || !field) return;
    const take = (sound) => {
      const put = new DataTransfer();
      put.items.add(new File([sound], "voice", { type: sound.type }));
      field.files = put.files;
      form.querySelector("audio")?.remove();
      const player = Object.assign(document.createElement("audio"), { controls: true, src: URL.createObjectURL(sound) });
      form.querySelector(".ask-tools").after(player);
      said(form, "");
    };
    recorder(button, { take, none: (reason) => said(form, reason) });
  };

  const asking = (form) => {
    let plain = false; // sent as any form, since this device cannot keep it
    let pressed = false;
    const field = (name) => form.elements.namedItem(name);
    const asItIs = (submitter) => {
      plain = true;
      pressed = false;
      window.setTimeout(() => form.requestSubmit(submitter)); // not while this very event is under way
    };
    /* A page that was kept may be opened many times; each question that is begun on it is another one. */
    const anew = () => (field("made_id").value = crypto.randomUUID());
    if (outbox()) anew();

    form.addEventListener("submit", async (event) => {
      if (plain || !outbox()) return;
      event.preventDefault();
      if (pressed) return;
      pressed = true;
      const photos = [...field("photos").files];
      if (!(await outbox().ready) || (!field("text").value.trim() && !photos.length)) return asItIs(event.submitter);
      const question = field("made_id").value;
      const label = field("text").value.trim().slice(0, 60) || words.photo;
      const data = Object.fromEntries(
        ["text", "name_to", "audience", "skill"].map((name) => [name, new FormData(form).get(name) ?? ""]),
      );
      const keys = [];
      try {
        const [first, ...others] = await Promise.all(photos.map(small));
        const id = () => crypto.randomUUID();
        keys.push(await outbox().put({ kind: "questions.ask", data: { question, photo: id(), ...data }, label }, first));
        for (const one of others) keys.push(await outbox().put({ kind: "questions.photo", data: { question, photo: id() }, label }, one));
      } catch {
        return asItIs(event.submitter);
      }
      const told = await outbox().sent();
      const answers = (told ?? []).filter((answer) => keys.includes(answer.key));
      const asked = answers.find((answer) => answer.outcome?.url);
      if (asked) return window.location.assign(asked.outcome.url);
      pressed = false;
      const refused = answers.find((answer) => answer.status === "refused");
      said(form, refused ? refused.reason : words.waits);
      if (refused) return;
      field("text").value = "";
      field("photos").value = "";
      anew();
    });
  };

  document.querySelectorAll("[data-ask], [data-answer]").forEach((form) => {
    form.addEventListener("change", (event) => {
      if (event.target.type === "file") said(form, chosen(form).map((file) => file.name).join(", "));
    });
  });
  document.querySelectorAll("[data-answer]").forEach(speaking);
  document.querySelectorAll("[data-ask]").forEach(asking);
})();
