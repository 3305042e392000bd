// A form that is saved while one answers or keys: to the server soon after the last touch, and on the device until the
// server has it. It brings data-count (what the server has counted), data-saving, data-saved, data-waits and a
// [data-status]; what of it is kept and how it comes back is said by the page.
(() => {
  "use strict";

  const AGAIN = 3000;
  const LIGHT = 60000; // bytes that a browser still sends while its page is being left

  // key: the name of the copy on the device. wait: milliseconds after the last touch. read(): what is kept.
  // write(kept): puts it back, false where it does not fit. And, if a page wants it: counted(count) after each touch,
  // body(data) before it is sent, taken(answer) what the server said, words() what is said once all is saved.
  const saving = ({ form, key, wait, read, write, counted = () => {}, body = () => {}, taken = () => {}, words }) => {
    const status = form.querySelector("[data-status]");
    let count = Number(form.dataset.count) || 0;
    let timer = 0;
    let dirty = false;
    let stopped = false;
    let going = Promise.resolve(true);

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
      if (stopped || !dirty) return !stopped;
      dirty = false;
      const data = new FormData(form);
      data.set("count", String(count));
      body(data);
      const bytes = [...data.values()].reduce((sum, value) => sum + 3 * value.length + 200, 0);
      status.textContent = form.dataset.saving;
      try {
        const answer = await fetch(location.href, {
          method: "POST",
          body: data,
          headers: { "X-Save": "1", Accept: "application/json" },
          credentials: "same-origin",
          keepalive: bytes < LIGHT,
        });
        if (answer.status === 409) {
          stopped = true;
          status.textContent = (await answer.json()).reason || "";
          return false;
        }
        if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
        taken(await answer.json());
        if (!dirty) {
          keep(null);
          status.textContent = words();
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
    const flush = () => {
      window.clearTimeout(timer);
      going = going.then(send);
      return going;
    };
    const touched = () => {
      count += 1;
      counted(count);
      dirty = true;
      keep({ count, pairs: read() });
      window.clearTimeout(timer);
      timer = window.setTimeout(flush, wait);
    };

    // What this device had and the server has not comes back, and is saved.
    const before = kept();
    if (before && before.count > count && write(before.pairs) !== false) {
      count = before.count;
      counted(count);
      dirty = true;
      flush();
    } else if (before) {
      keep(null);
    }
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") flush();
    });

    return {
      touched,
      flush,
      // Whether all is with the server; what is not is sent once more.
      whole: async () => (!dirty && (await going) ? true : flush()),
      // The form goes as a whole now; the copy stays until the server has answered with a page.
      leave: () => {
        window.clearTimeout(timer);
        dirty = false;
      },
      stopped: () => stopped,
    };
  };

  window.craftpath = { ...window.craftpath, saving };
})();
