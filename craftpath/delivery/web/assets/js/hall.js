// The examination room. Without this file every answer is saved when one goes on, and a chosen file goes with it; with
// it, answers are saved within two seconds of the last touch, and a file is added as soon as it is chosen. The clock
// runs by seconds the server has told.
(() => {
  "use strict";

  const form = document.querySelector("[data-exam]");
  const clock = document.querySelector("[data-left]");
  const handIn = document.querySelector("[data-hand-in]");
  const WAIT = 1000;
  const AGAIN = 3000;
  const two = (figure) => String(figure).padStart(2, "0");
  const hidden = (name, value) => Object.assign(document.createElement("input"), { type: "hidden", name, value });
  const submit = (one) => HTMLFormElement.prototype.submit.call(one);

  // A name of its own for each file that is chosen; a page without https has no crypto.randomUUID.
  const fresh = () => {
    const digits = [...crypto.getRandomValues(new Uint8Array(16))].map((one) => one.toString(16).padStart(2, "0")).join("");
    return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  };

  let flush = async () => true;
  let atTheBell = async () => {};

  // One file at a time: sent whole, tried again without a network by the name of the same press, so that it is kept once.
  const filing = (place) => {
    let section = place;
    let request = null;
    let held = false;
    let going = Promise.resolve(true);
    let timer = 0;

    const said = () => section.querySelector("[data-file-status]");
    const field = () => section.querySelector("input[type=file]");
    const say = (words, name, reason = "", wrong = false) => {
      said().textContent = words.replace("{name}", () => name).replace("{reason}", () => reason);
      said().classList.toggle("hall-file-wrong", wrong);
    };
    const show = (html) => {
      const next = new DOMParser().parseFromString(html, "text/html").querySelector("[data-files]");
      section.replaceWith(next);
      section = next;
      ready();
    };
    const look = () => held && (field() ?? section.querySelector("[data-file-list] a"))?.focus();

    const send = (file) =>
      new Promise((resolve) => {
        const bar = section.querySelector("[data-file-progress]");
        const data = new FormData();
        for (const name of ["csrfmiddlewaretoken", "made_id"]) data.set(name, form.elements[name].value);
        data.set("file", file);
        const ended = (done) => {
          bar.hidden = true;
          request = null;
          if (field()) field().disabled = false;
          look();
          resolve(done);
        };
        const refused = (words) => {
          field().value = "";
          say(section.dataset.refused, file.name, words, true);
          ended(false);
        };
        request = new XMLHttpRequest();
        request.open("POST", section.dataset.files);
        request.setRequestHeader("X-Save", "1");
        request.setRequestHeader("Accept", "application/json");
        request.responseType = "json";
        request.upload.addEventListener("progress", (event) => {
          if (event.lengthComputable) bar.firstElementChild.value = event.loaded / event.total;
        });
        request.addEventListener("loadend", () => {
          const { status, response } = request;
          if (status === 200 && response) {
            show(response.html);
            say(section.dataset.added, file.name);
            ended(true);
          } else if (status === 409) refused(response?.reason ?? "");
          else if (status === 413) refused(section.dataset.tooLarge);
          else {
            say(section.dataset.waits, file.name, "", true);
            window.clearTimeout(timer);
            timer = window.setTimeout(start, AGAIN);
            ended(false);
          }
        });
        held = document.activeElement === field();
        field().disabled = true; // no other one is chosen meanwhile
        bar.firstElementChild.value = 0;
        bar.hidden = false;
        say(section.dataset.adding, file.name);
        request.send(data);
      });
    const start = () => {
      window.clearTimeout(timer);
      const file = field()?.files[0];
      if (!file || request) return going;
      if (file.size > Number(section.dataset.most)) {
        field().value = "";
        say(section.dataset.refused, file.name, section.dataset.tooLarge, true);
        going = Promise.resolve(false);
      } else going = send(file);
      return going;
    };
    const ready = () => {
      const button = section.querySelector("[data-file-add]");
      if (button) button.hidden = true;
      field()?.addEventListener("change", () => {
        form.elements.made_id.value = fresh();
        start();
      });
    };
    ready();

    return {
      // Whether nothing is on its way any more; what was refused is read first.
      whole: async () => {
        if (!field()?.files.length) return true;
        await (request ? going : start());
        return !field()?.files.length && !said().classList.contains("hall-file-wrong");
      },
      // What is on its way at the bell has as long as the server takes it; then the page says that it came too late.
      atTheBell: async (grace) => {
        if (!field()?.files.length) return;
        const late = new Promise((resolve) => window.setTimeout(() => resolve(false), grace));
        const name = form.elements.made_id.value;
        if (await Promise.race([request ? going : start(), late])) return;
        request?.abort();
        window.clearTimeout(timer);
        handIn.append(hidden("on_its_way", name));
      },
    };
  };

  if (form && !form.querySelector(".hall-answer").disabled) {
    const place = form.querySelector("[data-files]");
    const files = place ? filing(place) : null;
    const saving = window.craftpath.saving({
      form,
      key: `craftpath-exam-${form.dataset.exam}`,
      wait: WAIT,
      read: () => [...new FormData(form)].filter(([name, value]) => name !== "csrfmiddlewaretoken" && typeof value === "string"),
      write: (pairs) => {
        for (const field of form.querySelectorAll(".hall-answer [name]")) {
          const values = pairs.filter(([name]) => name === field.name).map(([, value]) => value);
          if (field.type === "radio" || field.type === "checkbox") field.checked = values.includes(field.value);
          else field.value = values[0] ?? "";
        }
      },
      body: (data) => data.delete("file"), // goes by itself
      words: () => {
        const now = new Date();
        return `${form.dataset.saved} ${two(now.getHours())}:${two(now.getMinutes())}:${two(now.getSeconds())}`;
      },
    });
    flush = saving.flush;
    if (files) atTheBell = files.atTheBell;
    form.addEventListener("input", (event) => {
      if (event.target.type !== "file") saving.touched();
    });
    // Going on waits for the answer to be saved and the file to be added; where there is no server, one stays and goes
    // on answering.
    form.addEventListener("submit", async (event) => {
      if (saving.stopped() || event.submitter === null) return;
      event.preventDefault();
      const button = event.submitter;
      if (!(await saving.whole())) return;
      if (files && !(await files.whole())) return;
      form.append(hidden("go", button.value));
      submit(form);
    });
  }

  if (clock) {
    const face = clock.querySelector("[data-clock]");
    const begun = performance.now();
    const all = Number(clock.dataset.left);
    let rung = false;
    const tick = async () => {
      const left = Math.max(0, Math.round(all - (performance.now() - begun) / 1000));
      const hours = Math.floor(left / 3600);
      const words = `${two(Math.floor((left % 3600) / 60))}:${two(left % 60)}`;
      face.textContent = hours ? `${hours}:${words}` : words;
      clock.classList.toggle("hall-soon", left <= 300);
      if (left === 0 && handIn && !rung) {
        rung = true;
        await Promise.all([flush(), atTheBell(Number(clock.dataset.grace) * 1000)]);
        submit(handIn);
      }
    };
    tick();
    window.setInterval(tick, 1000);
  }
})();
