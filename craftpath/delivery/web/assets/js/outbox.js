/* The outbox: what is written without a network waits here, sealed for its writer, until the server has answered.

   Each write has a name of its own (a UUID) and is sent until there is an answer; the server takes a name once. Writes
   are sealed with a key that the server gives to its person only, and that leaves this device when the person signs
   out: what still waits then cannot be read by anybody, and is sent when the same person signs in here again. */
"use strict";

(() => {
  const page = document.querySelector("[data-person]");
  const words = JSON.parse(document.getElementById("outbox-words")?.textContent ?? "{}");
  const able = Boolean(page && window.isSecureContext && window.indexedDB && window.crypto?.subtle && navigator.locks);
  if (!able) return;

  const person = page.dataset.person;
  const door = page.dataset.door;
  const AT_ONCE = 20;
  const RECEIPTS = 50;
  const PATIENCE = { device: 15000, hello: 20000, post: 120000 }; // ms: a line that is dead without saying so must not hold the others up
  const ITS_OWN = [400, 404, 413, 500]; // what is wrong with a portion, and not with the way to the server
  const FOR_GOOD = [400, 404, 413]; // and will not be better tomorrow

  /* Signing out counts up; a page that was loaded before learns no key any more. */
  const LEFT = `craftpath.left.${person}`;
  const left = localStorage.getItem(LEFT);

  /* ---- The device's own small database ---- */
  const opened = new Promise((resolve, reject) => {
    const asked = indexedDB.open("craftpath", 1);
    asked.onupgradeneeded = () => {
      const db = asked.result;
      db.createObjectStore("keys", { keyPath: "person" });
      db.createObjectStore("writes", { keyPath: "order", autoIncrement: true });
      db.createObjectStore("drafts", { keyPath: "id" });
      db.createObjectStore("receipts", { keyPath: "order", autoIncrement: true });
    };
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
    window.setTimeout(() => reject(new Error("the device's database does not answer")), PATIENCE.device);
  });
  opened.catch(() => {}); // whoever needs it hears of it
  const run = async (store, mode, act) => {
    const db = await opened;
    return new Promise((resolve, reject) => {
      const transaction = db.transaction(store, mode, { durability: "strict" });
      const asked = act(transaction.objectStore(store));
      transaction.oncomplete = () => resolve(asked?.result);
      transaction.onerror = transaction.onabort = () => reject(transaction.error);
    });
  };
  const all = (store) => run(store, "readonly", (rows) => rows.getAll());
  const keep = (store, row) => run(store, "readwrite", (rows) => rows.put(row));
  const drop = (store, key) => run(store, "readwrite", (rows) => rows.delete(key));
  /* A row that is gone stays gone: its writer has thrown it away. Says whether it was there. */
  const alter = async (row) => {
    const there = await run("writes", "readwrite", (rows) => {
      const asked = rows.get(row.order);
      asked.onsuccess = () => asked.result && rows.put(row);
      return asked;
    });
    return Boolean(there);
  };
  /* The receipt comes as the write goes, in one step: a tab may be closed between any two. */
  const exchange = async (row, receipt) => {
    const db = await opened;
    return new Promise((resolve, reject) => {
      const transaction = db.transaction(["writes", "receipts"], "readwrite", { durability: "strict" });
      transaction.objectStore("receipts").put(receipt);
      transaction.objectStore("writes").delete(row.order);
      transaction.oncomplete = () => resolve();
      transaction.onerror = transaction.onabort = () => reject(transaction.error);
    });
  };

  /* ---- Sealing ---- */
  const learnKey = async (text) => {
    const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    const key = await crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt", "decrypt"]);
    if (localStorage.getItem(LEFT) === left) await keep("keys", { person, key });
  };
  const ownKey = async () => (await run("keys", "readonly", (rows) => rows.get(person)))?.key;
  const seal = async (value, file) => {
    const key = await ownKey();
    if (!key) throw new Error("no key");
    const head = new TextEncoder().encode(JSON.stringify({ ...value, type: file?.type ?? "" }));
    const body = file ? new Uint8Array(await file.arrayBuffer()) : new Uint8Array();
    const plain = new Uint8Array(4 + head.length + body.length);
    new DataView(plain.buffer).setUint32(0, head.length);
    plain.set(head, 4);
    plain.set(body, 4 + head.length);
    const iv = crypto.getRandomValues(new Uint8Array(12));
    return { iv, sealed: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, plain) };
  };
  const unseal = async (row) => {
    const key = await ownKey();
    if (!key) return null;
    try {
      const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv: row.iv }, key, row.sealed);
      const length = new DataView(plain).getUint32(0);
      const value = JSON.parse(new TextDecoder().decode(new Uint8Array(plain, 4, length)));
      const body = plain.slice(4 + length);
      return { ...value, file: body.byteLength ? new Blob([body], { type: value.type }) : null };
    } catch {
      return null;
    }
  };

  /* ---- Who is here, and the key of this person ---- */
  const hello = async () => {
    const answer = await fetch(door, {
      headers: { accept: "application/json" },
      redirect: "manual",
      cache: "no-store",
      signal: AbortSignal.timeout(PATIENCE.hello),
    });
    if (!answer.ok) throw new Error("signed out");
    const found = await answer.json();
    if (found.person !== person) throw new Error("somebody else");
    await learnKey(found.key);
    return found;
  };

  /* ---- Writing, showing, sending ---- */
  const mine = async () => (await all("writes")).filter((row) => row.person === person);
  const changed = (detail = {}) => {
    document.dispatchEvent(new CustomEvent("outbox:changed", { detail }));
    badge().catch(() => {});
  };
  const badge = async () => {
    const rows = await mine();
    const refused = rows.filter((row) => row.state === "refused").length;
    document.querySelectorAll("[data-outbox-badge]").forEach((sign) => {
      sign.hidden = rows.length === 0;
      sign.classList.toggle("outbox-refused", refused > 0);
      sign.querySelector("[data-outbox-count]").textContent = String(rows.length);
    });
  };

  /* A later change of the same thing takes the place of one that has not been sent; it keeps the revision it began with. */
  const put = async (write, file = null) => {
    const named = { key: crypto.randomUUID(), at: new Date().toISOString(), ...write };
    await navigator.locks.request("craftpath-writes", async () => {
      const waiting = write.replaces ? (await mine()).filter((row) => row.replaces === write.replaces && row.state === "waiting" && !row.tried) : [];
      const place = {};
      for (const row of waiting) {
        const older = await unseal(row);
        if (!older) continue;
        named.data.base = older.data.base;
        place.order = row.order;
      }
      const row = { ...place, person, door, state: "waiting", replaces: write.replaces ?? "", at: named.at, ...(await seal(named, file)) };
      await keep("writes", row);
    });
    changed();
    return named.key;
  };

  /* What is sent next, marked as tried before it leaves: from then on nothing may take its place, since an answer that
     is on its way is about exactly this. A portion goes through the door that it was written at. */
  const portionAfter = (before, most) =>
    navigator.locks.request("craftpath-writes", async () => {
      const portion = [];
      for (const row of (await mine()).filter((one) => one.state === "waiting" && one.order > before)) {
        const write = await unseal(row);
        if (!write) continue;
        if (portion.length && (write.file || row.door !== portion[0].row.door)) break;
        const tried = { ...row, tried: true };
        if (!(await alter(tried))) continue;
        portion.push({ row: tried, write });
        if (write.file || portion.length === most) break;
      }
      return portion;
    });

  const post = async (token, portion) => {
    const sent = new FormData();
    sent.append("writes", JSON.stringify(portion.map(({ write }) => ({ key: write.key, kind: write.kind, data: write.data, at: write.at }))));
    portion.forEach(({ write }) => write.file && sent.append(write.key, write.file, "file"));
    const answer = await fetch(portion[0].row.door, {
      method: "POST",
      body: sent,
      headers: { "x-csrftoken": token, accept: "application/json" },
      redirect: "manual",
      signal: AbortSignal.timeout(PATIENCE.post),
    });
    if (answer.ok) return (await answer.json()).answers;
    if (!ITS_OWN.includes(answer.status)) throw new Error(`answer ${answer.status}`);
    if (portion.length > 1 || !FOR_GOOD.includes(answer.status)) return null;
    return [{ key: portion[0].write.key, status: "refused", reason: words.not_taken }];
  };

  const settle = async (portion, answers) => {
    const by = new Map(answers.map((answer) => [answer.key, answer]));
    const told = [];
    for (const { row, write } of portion) {
      const answer = by.get(write.key);
      if (!answer || answer.status === "later") continue;
      if (answer.status === "refused") {
        await alter({ ...row, state: "refused", reason: answer.reason });
      } else {
        await exchange(row, { person, at: new Date().toISOString(), ...(await seal({ label: write.label, kind: write.kind })) });
      }
      told.push({ kind: write.kind, data: write.data, ...answer });
    }
    return told;
  };

  let trying = null;
  const flush = () => {
    trying ??= navigator.locks
      .request("craftpath-flush", async () => {
        const found = await hello();
        const told = [];
        let before = -1;
        let alone = -1; // up to this one, each goes by itself
        for (;;) {
          const portion = await portionAfter(before, before < alone ? 1 : AT_ONCE);
          if (!portion.length) break;
          const last = portion[portion.length - 1].row.order;
          const answers = await post(found.token, portion);
          /* What the server cannot answer together, it is asked one by one: what is wrong with one is not the others' fault. */
          if (!answers && portion.length > 1) {
            alone = last;
            continue;
          }
          before = last;
          if (answers) told.push(...(await settle(portion, answers)));
        }
        return told;
      })
      .then((told) => {
        changed({ told });
        return told;
      })
      .finally(() => {
        trying = null;
      });
    return trying;
  };

  /* Whether everything of mine is with the server within a few seconds. */
  const sent = async (seconds = 4) => {
    const late = new Promise((resolve) => window.setTimeout(() => resolve(null), seconds * 1000));
    /* What was put while a flush was at its end is not in it. */
    const whole = async () => {
      const told = await flush();
      const fresh = (await mine()).some((row) => row.state === "waiting" && !row.tried);
      return fresh ? [...told, ...(await flush())] : told;
    };
    const told = await Promise.race([whole().catch(() => null), late]);
    const waiting = (await mine()).filter((row) => row.state === "waiting").length;
    return told !== null && waiting === 0 ? told : null;
  };

  const receipts = async () => {
    const own = (await all("receipts")).filter((row) => row.person === person);
    await Promise.all(own.slice(0, -RECEIPTS).map((row) => drop("receipts", row.order)));
    const rows = own.slice(-RECEIPTS).reverse();
    return Promise.all(rows.map(async (row) => ({ at: row.at, ...((await unseal(row)) ?? {}) })));
  };
  const queue = async () => Promise.all((await mine()).map(async (row) => ({ row, write: await unseal(row) })));
  const forget = (order) => drop("writes", order).then(() => changed());
  const retry = async (row) => {
    await alter({ ...row, state: "waiting", reason: "" });
    return flush();
  };

  /* ---- Drafts: every keystroke of a long text, on this device only ---- */
  const draftId = (name) => `${person}/${name}`;
  const keepDraft = async (name, value) => keep("drafts", { id: draftId(name), ...(await seal(value)) });
  const draft = async (name) => {
    const row = await run("drafts", "readonly", (rows) => rows.get(draftId(name)));
    return row ? unseal(row) : null;
  };
  const dropDraft = (name) => drop("drafts", draftId(name));

  /* ---- Signing out: the key and the pages leave the device, what waits stays sealed ---- */
  document.addEventListener("submit", (event) => {
    const form = event.target.closest("[data-sign-out]");
    if (!form || form.dataset.ready) return;
    event.preventDefault();
    event.stopPropagation();
    mine().then(async (rows) => {
      if (rows.length && !window.confirm(words.sign_out.replace("%(count)s", rows.length))) return;
      localStorage.setItem(LEFT, String(Number(localStorage.getItem(LEFT) ?? 0) + 1));
      await drop("keys", person);
      await window.craftpath.forgetPages();
      form.dataset.ready = "yes";
      form.submit();
    }).catch(() => form.submit()); // a device that cannot look must still let its person go
  }, true);

  const again = () => mine().then((rows) => rows.some((row) => row.state === "waiting") && flush()).catch(() => {});
  window.addEventListener("online", again);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && again());
  window.setInterval(again, 30000);
  window.craftpath.outbox = { put, flush, sent, queue, receipts, forget, retry, keepDraft, draft, dropDraft, ready: null };
  window.craftpath.outbox.ready = hello()
    .catch(() => null)
    .then(async () => Boolean(await ownKey()))
    .catch(() => false); // a device that keeps nothing sends its forms as they are
  window.craftpath.outbox.ready.then((ready) => {
    badge().catch(() => {});
    again();
    document.dispatchEvent(new CustomEvent("outbox:ready", { detail: { ready } }));
  });
})();
