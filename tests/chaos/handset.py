"""A real browser as one person's device: pages of the product with its real outbox, behind a line of its own."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Error, Page

from tests.chaos.proxy import Line

# The device's clock is as wrong as its storage says; what the outbox tells its page is told on to the witness.
BEFORE_ALL = """() => {
  const wrong = () => { try { return Number(localStorage.getItem("chaos.skew") ?? 0); } catch { return 0; } };
  const Right = Date;
  const skew = wrong();
  window.Date = class extends Right {
    constructor(...given) { given.length ? super(...given) : super(Right.now() + skew); }
    static now() { return Right.now() + skew; }
  };
  document.addEventListener("outbox:changed", (event) => {
    if (event.detail?.told?.length) window.chaosTold(event.detail.told);
  });
}"""
PUT = """async ([write, photo]) => {
  await craftpath.outbox.ready;
  const bytes = photo && Uint8Array.from(atob(photo), (letter) => letter.charCodeAt(0));
  await craftpath.outbox.put(write, bytes ? new Blob([bytes], { type: "image/jpeg" }) : null);
}"""
BEGIN = "() => { window.sending = craftpath.outbox.flush().then(() => '', (fault) => String(fault)); }"
QUEUE = """async () => (await craftpath.outbox.queue()).map(({ row, write }) => ({
  state: row.state, reason: row.reason ?? "", key: write?.key, kind: write?.kind, data: write?.data,
}))"""
RECEIPTS = "async () => (await craftpath.outbox.receipts()).map(({ label, kind }) => [kind, label])"
EMPTY = """() => new Promise((resolve, reject) => {
  const asked = indexedDB.open("craftpath", 1);
  asked.onerror = () => reject(asked.error);
  asked.onsuccess = () => {
    const stores = ["writes", "receipts", "drafts"];
    const change = asked.result.transaction(stores, "readwrite");
    stores.forEach((name) => change.objectStore(name).clear());
    change.oncomplete = () => { asked.result.close(); resolve(); };
  };
})"""
KEYS = """() => new Promise((resolve, reject) => {
  const asked = indexedDB.open("craftpath", 1);
  asked.onerror = () => reject(asked.error);
  asked.onsuccess = () => {
    const keys = asked.result.transaction("keys").objectStore("keys").getAllKeys();
    keys.onsuccess = () => { asked.result.close(); resolve(keys.result); };
  };
})"""
HELD = """() => new Promise((resolve, reject) => {
  const asked = indexedDB.open("craftpath", 1);
  asked.onerror = () => reject(asked.error);
  asked.onsuccess = () => {
    const held = asked.result.transaction("writes").objectStore("writes").count();
    held.onsuccess = () => { asked.result.close(); resolve(held.result); };
  };
})"""
# A page that was answered is another one; one that was not says that it waits. What it says of drafts is no answer.
ANSWERED = """() => {
  if (!window.pressed || document.querySelector("main p[role=status]")) return true;
  const words = JSON.parse(document.getElementById("outbox-words").textContent);
  const said = document.querySelector("[data-kept]")?.textContent;
  return Boolean(said) && said !== words.restored && !said.startsWith(words.kept.split("%")[0]);
}"""
PAGE_KEPT = """async (path) => {
  for (const name of await caches.keys()) {
    const kept = name.startsWith("craftpath-pages") ? await (await caches.open(name)).keys() : [];
    if (kept.some((request) => new URL(request.url).pathname === path)) return true;
  }
  return false;
}"""
SIGN_IN = "/account/login/"


class Handset:
    """One browser context: who is signed in on it, its open page, and what its outbox has told."""

    def __init__(self, browser: Browser, line: Line, username: str, password: str, home: str) -> None:
        self.browser, self.line = browser, line
        self.username, self.password, self.home = username, password, home
        self.told: list[dict[str, Any]] = []
        self.begin_anew()

    def begin_anew(self) -> None:
        """A device out of the box, signed in."""
        self.context: BrowserContext = self.browser.new_context(
            base_url=self.line.address, viewport={"width": 360, "height": 800}, locale="en-GB"
        )
        self.context.set_default_timeout(20_000)
        self.context.add_init_script(f"({BEFORE_ALL})()")
        self.context.expose_binding("chaosTold", lambda _source, told: self.told.extend(told))
        self.page: Page = self.context.new_page()
        self.sign_in(self.username)

    def keeps(self, path: str) -> bool:
        """Whether the device has this page for the time without a network."""
        return bool(self.page.evaluate(PAGE_KEPT, path))

    def close(self) -> None:
        """Throw the device away."""
        with suppress(Error):
            self.context.close()

    def clean(self, skew_hours: int) -> None:
        """As new for another schedule, with a clock that is so many hours wrong."""
        self.line.down, self.told = False, []
        self.line.faults.clear()
        self.line.echoes.clear()
        self.only_page()
        self.page.evaluate(EMPTY)
        self.page.evaluate("(skew) => localStorage.setItem('chaos.skew', skew)", str(skew_hours * 3_600_000))
        self.open(self.home)

    # ---- Pages ----

    def only_page(self) -> None:
        """One tab, alive."""
        for other in self.context.pages:
            if other is not self.page:
                other.close()
        if self.page.is_closed() or self.page.url == "about:blank":
            self.page = self.context.new_page()
            self.open(self.home)

    def open(self, path: str, page: Page | None = None) -> None:
        """Open a page of the product and wait for its outbox."""
        page = page or self.page
        page.goto(path, wait_until="domcontentloaded")
        page.wait_for_function("() => window.craftpath?.outbox")
        page.evaluate("() => craftpath.outbox.ready")

    def press(self, selector: str, *, twice: bool = False) -> None:
        """Press a button of a form that goes through the outbox, and wait until the page says what became of it."""
        self.page.evaluate(
            "() => { window.pressed = true; document.querySelector('[data-kept]')?.replaceChildren(); }"
        )
        self.page.click(selector, click_count=2 if twice else 1)
        self.page.wait_for_function(ANSWERED)
        self.page.wait_for_load_state("domcontentloaded")

    @property
    def stands(self) -> bool:
        """Whether its page has an outbox: the one for lack of a network has none."""
        return bool(self.page.evaluate("() => Boolean(window.craftpath?.outbox)"))

    def lose_tab(self, *, crash: bool) -> None:
        """The tab is closed while it works, or its process is gone at once without a word to the page."""
        old, self.page = self.page, self.context.new_page()
        if crash:
            with suppress(Error):
                old.goto("chrome://crash", timeout=3000)
        with suppress(Error):
            old.close(run_before_unload=False)

    # ---- The outbox ----

    def put(self, write: dict[str, Any], photo: str | None = None) -> None:
        """Give the outbox a write (and a photo, base64), as a page's own script does."""
        self.page.evaluate(PUT, [write, photo])

    def begin(self, page: Page | None = None) -> None:
        """Begin to send, without waiting for it."""
        (page or self.page).evaluate(BEGIN)

    def end(self, page: Page | None = None) -> str:
        """Wait for what was begun; gives what went wrong, or nothing."""
        return str((page or self.page).evaluate("() => window.sending"))

    def send(self) -> str:
        """Send everything; gives what went wrong, or nothing."""
        self.begin()
        return self.end()

    def queue(self) -> list[dict[str, Any]]:
        """What waits or was refused."""
        return list(self.page.evaluate(QUEUE))

    def receipts(self) -> list[tuple[str, str]]:
        """Kinds and labels of what the device says has arrived."""
        return [(kind, label) for kind, label in self.page.evaluate(RECEIPTS)]

    # ---- Coming and going ----

    def sign_in(self, username: str) -> None:
        """By the form, like everybody."""
        self.page.goto(SIGN_IN, wait_until="domcontentloaded")
        self.page.fill("input[name=login]", username)
        self.page.fill("input[name=password]", self.password)
        with self.page.expect_navigation():
            self.page.click("form[action$='login/'] button[type=submit]")
        self.open(self.home)

    def sign_out(self) -> str:
        """By the menu; gives what the device asked before."""
        asked: list[str] = []

        def say_yes(dialog: Any) -> None:
            asked.append(dialog.message)
            dialog.accept()

        self.page.on("dialog", say_yes)
        self.page.click(".person-menu summary")
        self.page.click("[data-sign-out] button")
        self.page.wait_for_url(f"**{SIGN_IN}**")
        self.page.remove_listener("dialog", say_yes)
        return "".join(asked)

    def held(self) -> int:
        """How many writes lie on the device, whoever looks."""
        return int(self.page.evaluate(HELD))

    def keys(self) -> list[str]:
        """Whose keys lie on the device."""
        return list(self.page.evaluate(KEYS))


def until(true: Callable[[], bool], seconds: float = 20) -> bool:
    """Whether something comes true in time."""
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True
