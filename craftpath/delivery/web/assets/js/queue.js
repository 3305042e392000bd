/* The queue of this device: what waits, what was refused and why, and what has arrived. */
"use strict";

(() => {
  const words = JSON.parse(document.getElementById("outbox-words")?.textContent ?? "{}");
  const outbox = window.craftpath?.outbox;
  const waiting = document.querySelector("[data-queue-waiting]");
  const arrived = document.querySelector("[data-queue-arrived]");
  const unable = document.querySelector("[data-queue-unable]");
  if (!outbox) {
    unable.hidden = false;
    return;
  }
  const moment = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });

  const line = (label, note, ...acts) => {
    const item = document.createElement("li");
    item.className = "line";
    const said = document.createElement("span");
    said.className = "line-words";
    const head = document.createElement("span");
    head.className = "line-label";
    head.textContent = label;
    const foot = document.createElement("span");
    foot.className = "line-note";
    foot.textContent = note;
    said.append(head, foot);
    item.append(said, ...acts);
    return item;
  };
  const act = (label, run) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button-quiet button-small";
    button.textContent = label;
    button.addEventListener("click", run);
    return button;
  };

  const show = async () => {
    const rows = await outbox.queue();
    waiting.replaceChildren(
      ...rows.map(({ row, write }) => {
        const label = write ? write.label || words[write.kind] || write.kind : words.sealed;
        const note = `${moment.format(new Date(row.at))} · ${row.state === "refused" ? row.reason : words.waits}`;
        const acts = row.state === "refused" ? [act(words.retry, () => outbox.retry(row).catch(() => {}).then(show))] : [];
        const away = act(words.throw_away, () => window.confirm(words.sure) && outbox.forget(row.order).then(show));
        return line(label, note, ...acts, away);
      }),
    );
    document.querySelector("[data-queue-none]").hidden = rows.length > 0;
    const done = await outbox.receipts();
    arrived.replaceChildren(...done.map((one) => line(one.label || words[one.kind] || one.kind || "–", moment.format(new Date(one.at)))));
    document.querySelector("[data-queue-no-receipts]").hidden = done.length > 0;
  };
  document.querySelector("[data-queue-send]").addEventListener("click", () => outbox.flush().catch(() => {}).then(show));
  document.addEventListener("outbox:changed", show);
  outbox.ready.then(show);
})();
