/* A recording that is too long is said so before it is sent; without script, or where the browser cannot tell, the
   server looks at what the file says. */
(() => {
  "use strict";

  const form = document.querySelector("form[data-most-seconds]");
  const said = form && form.querySelector("[data-told-length]");
  if (!said) return;
  form.querySelector("input[type=file]").addEventListener("change", (event) => {
    const [file] = event.target.files;
    said.hidden = true;
    if (!file) return;
    const player = document.createElement(form.dataset.kind === "video" ? "video" : "audio");
    const address = URL.createObjectURL(file);
    player.preload = "metadata";
    player.addEventListener("loadedmetadata", () => {
      said.hidden = !(Number.isFinite(player.duration) && player.duration > Number(form.dataset.mostSeconds));
      said.textContent = form.dataset.tooLong;
      URL.revokeObjectURL(address);
    });
    player.src = address;
  });
})();
