"""Schedules of devices that write without a network, over HTTP, and a network that fails in every way.

One schedule is drawn from its seed: two devices of an apprentice, one of the mentor and two people who call the same
roll write, read and send in an order of chance; requests are cut before or after the server has them, sent twice,
shuffled; the server is killed; clocks are wrong. At the end everything is sent until it is answered, and `judging`
compares what the database holds with what the devices were told. The browser's own outbox: `browsing`.
"""

from __future__ import annotations

import random
import re
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from tests.chaos.devices import DOORS, Device
from tests.chaos.judging import Judge, Told
from tests.chaos.network import Cut, Network
from tests.chaos.people import PHOTO, Words, plan_session

STEPS = 40
LOG, TEAM, SESSIONS = "/o/lanchuan/log/", "/o/jinheng/log/team/", "/o/lanchuan/sessions/"


@dataclass
class Schedule:
    """One run: what was told to the devices, by which the database is judged."""

    seed: int
    site: dict[str, Any]
    network: Network
    counted: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)  # noqa: S311
        self.words = Words(self.seed, self.site, self.chance)
        self.told = Told(self.seed)
        far, near = [0, 0, 1, -5, 24 * 40, -24 * 900], [0, 0, 1, -5, 24 * 40]
        self.phone, self.tablet, self.mentor = (
            self._device(who, far) for who in (*["apprentice"] * 2, "mentor")
        )
        self.callers = [self._device(who, near) for who in ("trainer", "coordinator")]
        self.devices = [self.phone, self.tablet, self.mentor, *self.callers]
        self.read: list[
            tuple[str, str, str]
        ] = []  # own attendance as read: line, status, the objection offered

    def _device(self, who: str, hours: list[int]) -> Device:
        return Device(who, self.site[who], timedelta(hours=self.chance.choice(hours)))

    def run(self) -> dict[str, int]:
        """Act, then send until everything is answered; AssertionError if a promise is broken."""
        self._answer_all()
        self.told.session = plan_session(self.words, self.network)
        acts = [
            *[self.write] * 3, *[self.change] * 3, *[self.look] * 2, *[self.send] * 6, *[self.answer] * 2,
            self.photo, self.observe, *[self.call_roll] * 2, *[self.read_own] * 2, *[self.answer_own] * 2,
        ]  # fmt: skip
        for _ in range(STEPS):
            self.chance.choice(acts)()
        self._settle()
        self.counted |= Judge(self.told, self.site["folder"]).judge()
        return self.counted

    # ---- What people do ----

    def _writer(self) -> Device:
        return self.chance.choice([self.phone, self.tablet])

    def write(self) -> None:
        """A new entry, named by its device."""
        name = self.words.name()
        self._writer().put("log.save", self.words.entry(name, 0), f"entry {name}")

    def photo(self) -> None:
        """A new entry with a photo, handed in with it, or another photo to an entry that is known."""
        device, name = self._writer(), self.words.name()
        if device.known and self.chance.random() < 0.3:
            name = self.chance.choice(sorted(device.known))
        else:
            device.put("log.save", self.words.entry(name, 0, submit=False), f"entry {name}")
        device.put("log.file", self.words.photo(name), file=PHOTO)

    def change(self) -> None:
        """A change of an entry that this device knows."""
        device = self._writer()
        waiting = {write["data"]["entry"] for write in device.waiting if write["kind"] == "log.save"}
        names = sorted({*device.known, *waiting})
        if names:
            name = self.chance.choice(names)
            device.put("log.save", self.words.entry(name, device.known.get(name, 0)), f"entry {name}")

    def look(self) -> None:
        """A device opens an entry's page and knows its newest revision from then on."""
        device = self._writer()
        ids = {**self.phone.ids, **self.tablet.ids}
        if ids:
            name = self.chance.choice(sorted(ids))
            with suppress(Cut):
                page = self._page(device, f"{LOG}?entry={ids[name]}")
                device.known[name] = int(re.search(r'name="base" value="(\d+)"', page)[1])  # type: ignore[index]
                device.ids[name] = ids[name]

    def _page(self, device: Device, path: str) -> str:
        return self.network.ask("GET", path, device.session).decode()

    def answer(self) -> None:
        """The mentor reads what waits and confirms it, or sends one back."""
        with suppress(Cut):
            page = self._page(self.mentor, TEAM)
            read = dict(re.findall(r'name="entry" value="(\w+)\.(\d+)"', page))
            if not read:
                return
            if self.chance.random() < 0.3:
                one = self.chance.choice(sorted(read))
                data = {"entry": one, "revision": int(read[one]), "phrase": "more_detail"}
                self.mentor.put("log.return", data | {"words": self.words.text()})
            else:
                self.mentor.put("log.confirm", {"read": {key: int(value) for key, value in read.items()}})

    def observe(self) -> None:
        """The mentor records a job."""
        self.mentor.put("log.observe", self.words.job())

    def call_roll(self) -> None:
        """One of two people calls the roll of the same session, by the page as it is now."""
        device = self.chance.choice(self.callers)
        with suppress(Cut):
            page = self._page(device, f"{SESSIONS}{self.told.session}/roll/")
            data = self.words.roll(self.told.session, page, device.now.isoformat())
            # Somebody who has only looked in says nothing of the others.
            some = self.chance.sample(sorted(data["marks"]), self.chance.randint(1, len(data["marks"])))
            data["marks"] = {who: data["marks"][who] for who in some}
            device.put("learning.roll", data)

    # ---- The apprentice's word about the own attendance: ordinary forms ----

    def read_own(self) -> None:
        """The apprentice looks at what the teachers marked."""
        with suppress(Cut):
            page = self._page(self.phone, f"{SESSIONS}mine/")
            self.read = own_lines(page)

    def answer_own(self) -> None:
        """Some time later: all of this is right, or one is not; the press may be cut on either side, or come twice."""
        if not self.read:
            return
        fault, again = self.chance.choice(["none", "before", "after", "twice"]), 1
        line, status, claim = self.chance.choice(self.read)
        if fault == "before":
            return
        if fault == "twice":
            again = 2
        if self.chance.random() < 0.4:
            words = self.words.text()
            self.told.disputed.setdefault(line, []).append((claim, words))
            path, fields = f"{SESSIONS}mine/{line}/dispute/", {"words": words, "says": claim}
        else:
            self.told.confirmed |= {(line, status) for line, status, _ in self.read}
            path = f"{SESSIONS}mine/confirm/"
            fields = {"attendance": [line for line, _, _ in self.read]}
            fields |= {f"read-{line}": status for line, status, _ in self.read}
        with suppress(Cut):
            for _ in range(again):
                self.network.send_form(path, self.phone.session, fields)

    def _answer_all(self) -> None:
        """What earlier schedules have left open is out of the way."""
        lines = own_lines(self._page(self.phone, f"{SESSIONS}mine/"))
        if lines:
            fields = {"attendance": [line for line, _, _ in lines]}
            self.network.send_form(f"{SESSIONS}mine/confirm/", self.phone.session, fields)

    # ---- What the network does ----

    def send(self) -> None:
        """A device tries to send; the network, or the server, may fail in one of six ways."""
        device = self.chance.choice(self.devices)
        if not device.waiting:
            return
        portion = device.waiting[: self.chance.randint(1, 6)]
        fault = self.chance.choice(["none", "none", "before", "after", "twice", "shuffled", "killed"])
        self.counted[fault] = self.counted.get(fault, 0) + 1
        if fault == "before":
            return
        if fault == "shuffled":
            self.chance.shuffle(portion)
        for write in portion:
            write["tried"] = True
        if fault == "killed":
            self._killed(device, portion)
            return
        with suppress(Cut):
            if fault == "twice":
                self._beside(device, portion)
            answers = self._take(device, portion)
            if fault != "after":
                self.told.writes += device.hear(portion, answers)

    def _take(self, device: Device, portion: list[dict[str, Any]]) -> list[dict[str, Any]]:
        plain = [{key: write[key] for key in ("key", "kind", "data", "at")} for write in portion]
        files = {write["key"]: write["file"] for write in portion if write["file"]}
        return self.network.take(DOORS[device.who], device.session, plain, files)

    def _beside(self, device: Device, portion: list[dict[str, Any]]) -> None:
        """The same portion at the same time, from a second tab."""

        def again() -> None:
            with suppress(Cut):
                self._take(device, portion)

        threading.Thread(target=again, daemon=True).start()

    def _killed(self, device: Device, portion: list[dict[str, Any]]) -> None:
        def last() -> None:
            with suppress(Cut):
                self._take(device, portion)

        thread = threading.Thread(target=last, daemon=True)
        thread.start()
        thread.join(self.chance.random() * 0.06)
        self.network.kill()
        thread.join()
        self.network.revive()

    def _settle(self) -> None:
        for device in self.devices:
            for _ in range(50):
                if not device.waiting:
                    break
                portion = device.waiting[:20]
                try:
                    self.told.writes += device.hear(portion, self._take(device, portion))
                except Cut:
                    self.network.revive()
            assert not device.waiting, "something is never answered"


def own_lines(page: str) -> list[tuple[str, str, str]]:
    """The lines that a page of own attendance asks about: public id, status, and what its objection says."""
    claims = {"present": "not_there"}
    read = re.findall(r'name="read-(\w+)" value="(\w+)"', page)
    return [(line, status, claims.get(status, "there")) for line, status in read]
