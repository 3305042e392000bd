/* A button that records a voice: pressed once it begins, pressed again it ends, at two minutes by itself.
   recorder(button, { take(blob), none() }): the button stays hidden where a device cannot record, and `none` is called
   where its person does not let it. */
"use strict";

(() => {
  const words = JSON.parse(document.getElementById("outbox-words")?.textContent ?? "{}");
  const LONGEST = 120000; // ms
  const SPARE = 24000; // bits a second: a voice, and no more

  const recorder = (button, { take, none }) => {
    if (!navigator.mediaDevices?.getUserMedia || !window.MediaRecorder) return;
    const word = button.querySelector("[data-voice-word]");
    const before = word.textContent;
    let running = null;
    button.hidden = false;
    button.addEventListener("click", async () => {
      if (running) return running.stop();
      let stream;
      try {
        stream = await navigator.mediaDevices.getUserMedia({ audio: true });
      } catch {
        return none(words.no_microphone);
      }
      const parts = [];
      running = new MediaRecorder(stream, { audioBitsPerSecond: SPARE });
      running.addEventListener("dataavailable", (part) => parts.push(part.data));
      running.addEventListener("stop", () => {
        stream.getTracks().forEach((track) => track.stop());
        take(new Blob(parts, { type: running.mimeType.split(";")[0] }));
        word.textContent = before;
        button.setAttribute("aria-pressed", "false");
        running = null;
      });
      running.start();
      button.setAttribute("aria-pressed", "true");
      word.textContent = words.stop;
      window.setTimeout(() => running?.stop(), LONGEST);
    });
  };

  window.craftpath = { ...window.craftpath, recorder };
})();
