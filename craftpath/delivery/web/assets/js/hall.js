// The examination room. Without this file every answer is saved when one goes on; with it, within two seconds of the
// last touch, and a copy stays on the device until the server has it. The clock runs by seconds the server has told.
(() => {
  "use strict";

  const form = document.querySelector("[data-exam]");
  const clock = document.querySelector("[data-left]");
  const handIn = document.querySelector("[data-hand-in]");
  const WAIT = 1000;
  const AGAIN = 3000;

  let flush = async () => true;

  if (form && !form.querySelector(".hall-answer").disabled) {
    const status = form.querySelector("[data-status]");
    const key = `craftpath-exam-${form.dataset.exam}`;
    let count = Number(form.dataset.count) || 0;
    let timer = 0;
    let dirty = false;
    let stopped = false;
    let going = Promise.resolve(true);

    const pairs = () => [...new FormData(form)].filter(([name, value]) => name !== "csrfmiddlewaretoken" && typeof value === "string");
    const keep = (value) => {
      try {
        if (value === null) localStorage.removeItem(key);
        else localStorage.setItem(key, JSON.stringify(value));
      } catch {
        /* A device that keeps nothing still saves to the server. */
      }
    };
    const kept = () => {
      try {
        return JSON.parse(localStorage.getItem(key));
      } catch {
        return null;
      }
    };

    const send = async () => {
      if (stopped || !dirty) return true;
      dirty = false;
      const body = new FormData(form);
      body.set("count", String(count));
      body.delete("file"); // goes with its own button
      status.textContent = form.dataset.saving;
      try {
        const answer = await fetch(form.action || location.href, {
          method: "POST",
          body,
          headers: { "X-Save": "1", Accept: "application/json" },
          credentials: "same-origin",
          keepalive: true,
        });
        if (answer.status === 409) {
          const said = await answer.json();
          stopped = true;
          status.textContent = said.reason || "";
          return false;
        }
        if (!answer.ok) throw new Error(String(answer.status));
        if (!dirty) {
          keep(null);
          const now = new Date();
          const two = (figure) => String(figure).padStart(2, "0");
          status.textContent = `${form.dataset.saved} ${two(now.getHours())}:${two(now.getMinutes())}:${two(now.getSeconds())}`;
        }
        return true;
      } catch {
        dirty = true;
        status.textContent = form.dataset.waits;
        window.clearTimeout(timer);
        timer = window.setTimeout(flush, AGAIN);
        return false;
      }
    };
    flush = () => {
      window.clearTimeout(timer);
      going = going.then(send);
      return going;
    };

    const touched = () => {
      count += 1;
      dirty = true;
      keep({ count, pairs: pairs() });
      window.clearTimeout(timer);
      timer = window.setTimeout(flush, WAIT);
    };
    form.addEventListener("input", (event) => {
      if (event.target.type !== "file") touched();
    });

    // What this device had and the server has not comes back, and is saved.
    const before = kept();
    if (before && before.count > count) {
      for (const field of form.querySelectorAll(".hall-answer [name]")) {
        const values = before.pairs.filter(([name]) => name === field.name).map(([, value]) => value);
        if (field.type === "radio" || field.type === "checkbox") field.checked = values.includes(field.value);
        else field.value = values[0] ?? "";
      }
      count = before.count;
      dirty = true;
      flush();
    } else if (before) {
      keep(null);
    }
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") flush();
    });
    // Going on waits for the answer to be saved; where there is no server, one stays and goes on answering.
    form.addEventListener("submit", async (event) => {
      if (stopped || event.submitter === null) return;
      event.preventDefault();
      const button = event.submitter;
      if (dirty || (await going) === false) {
        if (!(await flush())) return;
      }
      const go = document.createElement("input");
      go.type = "hidden";
      go.name = "go";
      go.value = button.value;
      form.append(go);
      HTMLFormElement.prototype.submit.call(form);
    });
  }

  if (clock) {
    const face = clock.querySelector("[data-clock]");
    const begun = performance.now();
    const all = Number(clock.dataset.left);
    const two = (figure) => String(figure).padStart(2, "0");
    let rung = false;
    const tick = async () => {
      const left = Math.max(0, Math.round(all - (performance.now() - begun) / 1000));
      const hours = Math.floor(left / 3600);
      const words = `${two(Math.floor((left % 3600) / 60))}:${two(left % 60)}`;
      face.textContent = hours ? `${hours}:${words}` : words;
      clock.classList.toggle("hall-soon", left <= 300);
      if (left === 0 && handIn && !rung) {
        rung = true;
        await flush();
        HTMLFormElement.prototype.submit.call(handIn);
      }
    };
    tick();
    window.setInterval(tick, 1000);
  }
})();
