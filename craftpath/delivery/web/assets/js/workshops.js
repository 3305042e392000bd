/* The desk's camera: where the browser reads codes by itself, it types the code into the field and sends it. */
"use strict";

(() => {
  const form = document.querySelector(".workshop-desk");
  const press = form?.querySelector("[data-scan]");
  const film = form?.querySelector("[data-camera]");
  if (!press || !film || !("BarcodeDetector" in window) || !navigator.mediaDevices) return;
  press.hidden = false;

  let stream = null;
  const stop = () => {
    stream?.getTracks().forEach((track) => track.stop());
    stream = null;
    film.hidden = true;
  };
  const look = async (reader) => {
    if (!stream) return;
    const [found] = await reader.detect(film).catch(() => []);
    if (!found) {
      window.requestAnimationFrame(() => look(reader));
      return;
    }
    stop();
    form.elements.code.value = found.rawValue;
    form.requestSubmit();
  };
  press.addEventListener("click", async () => {
    if (stream) {
      stop();
      return;
    }
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    } catch {
      press.hidden = true; // refused or none there: the code is typed
      return;
    }
    film.srcObject = stream;
    film.hidden = false;
    await film.play();
    look(new window.BarcodeDetector({ formats: ["qr_code"] }));
  });
  window.addEventListener("pagehide", stop);
})();
