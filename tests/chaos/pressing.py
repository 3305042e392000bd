"""What people do on real devices: by the product's forms, or by its outbox as its own scripts call it."""

from __future__ import annotations

import base64
import random
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from tests.chaos.devices import DOORS
from tests.chaos.handset import Handset
from tests.chaos.judging import Told
from tests.chaos.network import Network
from tests.chaos.people import PHOTO, STATUSES, Words
from tests.chaos.schedules import LOG, SESSIONS, TEAM, own_lines

OBSERVE = f"{TEAM}observe/"
MARKS = {
    "log.save": "text",
    "log.file": "file",
    "log.return": "words",
    "log.observe": "job",
    "learning.roll": "made_id",
}


def mark_of(kind: str, data: dict[str, Any]) -> str:
    """What no other write has, or nothing."""
    return str(data[MARKS[kind]]) if kind in MARKS else ""


@dataclass(frozen=True)
class Put:
    """What a device was given to keep; `mark` is empty where its page named it, `sure` unless its tab was lost."""

    device: str
    kind: str
    mark: str = ""
    entry: str = ""
    sure: bool = True


class Pressing:
    """The acts of one schedule, each of which leaves its trace in `puts` or `told`."""

    def __init__(
        self, seed: int, site: dict[str, Any], handsets: dict[str, Handset], network: Network
    ) -> None:
        self.seed, self.site, self.handsets, self.network = seed, site, handsets, network
        self.chance = random.Random(self.seed)  # noqa: S311
        self.words, self.told = Words(seed, site, self.chance), Told(seed)
        self.puts: list[Put] = []
        self.counted: Counter[str] = Counter()
        self.known: dict[str, dict[str, int]] = {name: {} for name in handsets}
        self.ids: dict[str, str] = {}

    @property
    def writer(self) -> str:
        """One of the apprentice's devices."""
        return self.chance.choice(["phone", "tablet"])

    def _twice(self) -> bool:
        return self.chance.random() < 0.25

    @contextmanager
    def bad_luck(self, handset: Handset) -> Iterator[None]:
        """Something may go wrong on this device's line meanwhile; here, nothing does."""
        yield

    def _press(self, handset: Handset, button: str) -> None:
        with self.bad_luck(handset):
            handset.press(button, twice=self._twice())

    def _put(self, name: str, kind: str, data: dict[str, Any], *, photo: bool = False) -> None:
        mark, replaces = mark_of(kind, data), f"entry {data['entry']}" if kind == "log.save" else ""
        write = {"key": self.words.name(), "kind": kind, "data": data, "label": mark, "replaces": replaces}
        self.handsets[name].put(write, base64.b64encode(PHOTO).decode() if photo else None)
        self.puts.append(Put(name, kind, mark, data.get("entry", "") if replaces else ""))

    def learn(self) -> None:
        """What devices were told of entries, they know."""
        for name, handset in self.handsets.items():
            for answer in handset.told:
                outcome = answer.get("outcome") or {}
                if answer["kind"] == "log.save" and outcome.get("how") in ("new", "changed", "same"):
                    self.known[name][outcome["entry"]] = outcome["revision"]
                    self.ids[outcome["entry"]] = outcome["id"]

    # ---- The apprentice ----

    def write(self) -> None:
        """A few new entries, perhaps with a photo."""
        device = self.writer
        for _ in range(self.chance.randint(1, 3)):
            name, photo = self.words.name(), self.chance.random() < 0.3
            self._put(device, "log.save", self.words.entry(name, 0, submit=False if photo else None))
            if photo:
                self._put(device, "log.file", self.words.photo(name), photo=True)

    def change(self, device: str = "", entry: str = "") -> None:
        """A change of an entry that this device has written or was told of."""
        self.learn()
        device = device or self.writer
        own = {put.entry for put in self.puts if put.device == device and put.entry}
        names = sorted({*self.known[device], *own})
        if names:
            name = entry or self.chance.choice(names)
            self._put(device, "log.save", self.words.entry(name, self.known[device].get(name, 0)))

    def write_by_form(self) -> None:
        """The page of the log: a line, perhaps a photo as a telephone takes it, hand in."""
        device = self.writer
        handset, text = self.handsets[device], self.words.text()
        handset.open(LOG)
        handset.page.fill("#entry_text", text)
        if self.chance.random() < 0.4:
            one = {"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": PHOTO}
            handset.page.set_input_files("input[name=photo]", one)  # type: ignore[arg-type]
            handset.page.wait_for_selector("[data-photos] img")
            self.puts.append(Put(device, "log.file"))
        self._press_entry(device, text)

    def change_by_form(self) -> None:
        """The page of one entry, as it is now."""
        self.learn()
        if not self.ids:
            return
        device, entry = self.writer, self.chance.choice(sorted(self.ids))
        handset, text = self.handsets[device], self.words.text()
        handset.open(f"{LOG}?entry={self.ids[entry]}")
        handset.page.fill("#entry_text", text)
        self._press_entry(device, text)

    def _press_entry(self, device: str, text: str) -> None:
        handset, page = self.handsets[device], self.handsets[device].page
        entry, files = page.input_value("input[name=made_id]"), page.locator("[data-photos] li").count()
        if not files and self.chance.random() < 0.15:  # pressed, and gone
            page.click("button[value=submit]", no_wait_after=True)
            self.puts.append(Put(device, "log.save", text, entry, sure=False))
            handset.lose_tab(crash=False)
            handset.open(LOG)
            return
        self.puts.append(Put(device, "log.save", text, entry))
        self._press(handset, "button[value=submit]")

    def answer_own(self) -> None:
        """All of this is right, or one is not."""
        page = self.handsets["phone"].page
        page.goto(f"{SESSIONS}mine/", wait_until="domcontentloaded")
        lines = own_lines(page.content())
        if not lines:
            return
        if self.chance.random() < 0.4:
            line, _status, claim = lines[0]
            words = self.words.text()
            self.told.disputed.setdefault(line, []).append((claim, words))
            page.click(".own-otherwise summary >> nth=0")
            page.fill("form[action$='/dispute/'] input[name=words] >> nth=0", words)
            button = "form[action$='/dispute/'] button >> nth=0"
        else:
            self.told.confirmed |= {(line, status) for line, status, _ in lines}
            button = ".roll-bar button"
        with page.expect_navigation():
            page.click(button, click_count=2 if self._twice() else 1)
        self.handsets["phone"].open(LOG)

    # ---- The mentor ----

    def answer(self) -> None:
        """The mentor reads what waits and confirms it, or sends one back; by the outbox or by the page."""
        mentor = self.handsets["mentor"]
        mentor.open(TEAM)
        values = mentor.page.evaluate(
            "() => [...document.querySelectorAll('input[name=entry]')].map((e) => e.value)"
        )
        read = {key: int(revision) for key, _, revision in (value.partition(".") for value in values)}
        if not read:
            return
        if self.chance.random() < 0.3:
            one = self.chance.choice(sorted(read))
            data = {"entry": one, "revision": read[one], "phrase": "more_detail", "words": self.words.text()}
            self._put("mentor", "log.return", data)
        elif self.chance.random() < 0.5:
            self._put("mentor", "log.confirm", {"read": read})
        else:
            self.puts.append(Put("mentor", "log.confirm"))
            button = (
                ".log-all button"
                if mentor.page.locator(".log-all").count()
                else ".log-answer button >> nth=0"
            )
            self._press(mentor, button)

    def observe(self) -> None:
        """A job that was seen; by the outbox or by the page."""
        if self.chance.random() < 0.5:
            self._put("mentor", "log.observe", self.words.job())
            return
        mentor, job = self.handsets["mentor"], self.words.text()
        mentor.open(OBSERVE)
        mentor.page.select_option("select[name=enrolment]", self.site["enrolment"])
        mentor.page.fill("input[name=job]", job)
        self.puts.append(Put("mentor", "log.observe", job))
        self._press(mentor, "button[name=seen_as][value=alone]")

    # ---- Two who call the same roll ----

    def call_roll(self) -> None:
        """The trainer on a device, the coordinator over HTTP."""
        path = f"{SESSIONS}{self.told.session}/roll/"
        if self.chance.random() < 0.5:
            return self._call_over_http(path)
        trainer = self.handsets["trainer"]
        trainer.open(path)
        for row in self.chance.sample(range(5), 2):
            status = self.chance.choice(STATUSES)
            trainer.page.locator(f".roll-row >> nth={row} >> input[value={status}]").evaluate(
                "(radio) => radio.click()"
            )
        self.puts.append(Put("trainer", "learning.roll"))
        self._press(trainer, ".roll-bar button")

    def _call_over_http(self, path: str) -> None:
        session = self.site["coordinator"]
        page = self.network.ask("GET", path, session).decode()
        data = self.words.roll(self.told.session, page, datetime.now(UTC).isoformat())
        write = {"key": self.words.name(), "kind": "learning.roll", "data": data, "at": data["taken_at"]}
        [answer] = self.network.take(DOORS["coordinator"], session, [write], {})
        self.told.writes.append((write, answer))
