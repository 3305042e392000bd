/* The site's side of playing a package: it tells the frame what to play, and keeps what comes back.

   The frame is of another origin. Messages count only from that window and that origin, and from the launch of this
   page; whatever they hold is a claim of the package, which the server looks at. Every saving holds everything, so
   that only the newest one is sent, and sent again until there is an answer. */
"use strict";

(() => {
  const player = document.querySelector("[data-player]");
  if (!player) return;
  const frame = player.querySelector("iframe");
  const origin = player.dataset.content;
  const door = player.dataset.commit; // "" while somebody only tries it
  const launch = JSON.parse(document.getElementById("player-launch").textContent);
  const words = JSON.parse(document.getElementById("player-words").textContent);
  const token = JSON.parse(document.body.getAttribute("hx-headers"))["x-csrftoken"];
  const said = player.querySelector("[data-said]");
  const far = player.querySelector("[data-far]");
  const FIRST = 1000; // ms to wait after a failure, then twice as long each time
  const LONGEST = 30000;
  const PATIENCE = { request: 20000, words: 1500, leaving: 6000 };

  let revision = launch.base;
  let waiting = null; // what is to be sent
  let sending = false;
  let over = false; // nothing of this page is taken any more
  let pause = FIRST;
  let timer = 0;

  const say = (sentence, tone = "") => {
    said.textContent = sentence;
    said.dataset.tone = tone;
  };
  const show = (told) => {
    far.hidden = false;
    far.textContent = [told.state, told.score].filter(Boolean).join(" · ");
  };
  const tell = (kind, more = {}) => frame.contentWindow.postMessage({ craftpath: 1, kind, nonce: launch.launch, ...more }, origin);

  const later = (sentence) => {
    say(sentence, "attention");
    window.clearTimeout(timer);
    timer = window.setTimeout(send, pause);
    pause = Math.min(pause * 2, LONGEST);
  };

  const answered = async (reply, sent) => {
    const told = reply.headers.get("content-type")?.startsWith("application/json") ? await reply.json() : null;
    if (reply.ok && told && !reply.redirected) {
      pause = FIRST;
      if (waiting === sent) waiting = null;
      show(told);
      if (!waiting) say(words.saved);
      return;
    }
    if (told?.refused) {
      if (waiting === sent) waiting = null;
      over = over || told.ends;
      say(told.refused, "wrong");
      return;
    }
    later(reply.redirected || reply.status === 403 ? words.signed_out : words.waiting);
  };

  async function send() {
    if (sending || over || !waiting) return;
    window.clearTimeout(timer);
    sending = true;
    const sent = waiting;
    if (said.dataset.tone !== "attention") say(words.saving);
    try {
      const reply = await fetch(door, {
        method: "POST",
        headers: { "content-type": "application/json", "x-csrftoken": token, accept: "application/json" },
        body: JSON.stringify(sent),
        signal: AbortSignal.timeout(PATIENCE.request),
      });
      sending = false;
      await answered(reply, sent);
    } catch {
      sending = false;
      later(words.waiting);
    }
    if (waiting && waiting !== sent) send();
  }

  const keep = (data, seconds, final) => {
    if (!door || over) return;
    revision += 1;
    const { entry, number, launch: name, base } = launch;
    waiting = { entry, number, launch: name, base, revision, data, seconds, final };
    send();
  };

  let left = () => {};
  const heard = {
    ready: () => {
      tell("launch", launch);
      say(door ? words.open : words.trial);
    },
    commit: (told) => keep(told.data, told.seconds, told.final === true),
    left: () => left(),
    fault: () => say(words.fault, "wrong"),
  };
  window.addEventListener("message", (event) => {
    const told = event.data;
    if (event.origin !== origin || event.source !== frame.contentWindow || told?.craftpath !== 1) return;
    if (told.kind !== "ready" && told.nonce !== launch.launch) return;
    if (Object.hasOwn(heard, told.kind)) heard[told.kind](told);
  });

  window.addEventListener("online", send);
  said.addEventListener("click", send);
  window.addEventListener("beforeunload", (event) => {
    if ((waiting || sending) && !over) event.preventDefault();
  });

  /* Leaving by a link lets the package end first, and waits until that is kept. */
  const wait = (ms) => new Promise((resolve) => window.setTimeout(resolve, ms));
  const ended = () => {
    const gone = new Promise((resolve) => {
      left = resolve;
    });
    tell("leave");
    return Promise.race([gone, wait(PATIENCE.words)]);
  };
  let leaving = false;
  document.addEventListener("click", async (event) => {
    const link = event.target.closest?.("a[href]");
    const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !link?.target;
    if (!link || !plain || leaving || !door || over || link.getAttribute("href").startsWith("#")) return;
    event.preventDefault();
    leaving = true;
    await ended();
    const until = performance.now() + PATIENCE.leaving;
    while ((waiting || sending) && !over && performance.now() < until) await wait(50);
    leaving = false;
    window.location.assign(link.href);
  });

  player.querySelector("[data-done]")?.addEventListener("click", (event) => {
    event.target.disabled = true;
    keep({ done: true }, Math.round(performance.now() / 1000), false);
  });

  const whole = player.querySelector("[data-whole]");
  const grow = (on) => {
    player.classList.toggle("player-whole", on);
    whole.setAttribute("aria-pressed", String(on));
    whole.textContent = on ? words.small : words.whole;
  };
  whole.addEventListener("click", () => grow(!player.classList.contains("player-whole")));
  document.addEventListener("keydown", (event) => event.key === "Escape" && grow(false));
})();
