"""Devices that write logs without a network, as the browser's outbox does, and a network that fails in every way.

One schedule is drawn from its seed: two devices of an apprentice and one of the mentor write, read and send in an order
of chance; requests are cut before or after the server has them, sent twice, shuffled; the server is killed; clocks are
wrong. At the end everything is sent until it is answered, and what the database holds is compared with what the devices
were told: no entry lost, none doubled, no confirmed entry changed, and the hours those of the confirmed entries.
"""

from __future__ import annotations

import http.client
import json
import random
import re
import sqlite3
import threading
import uuid
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from tests.chaos.server import TOKEN

STEPS = 30
DOORS = {"apprentice": "/o/lanchuan/sync/", "mentor": "/o/jinheng/sync/"}
PAGES = {"apprentice": "/o/lanchuan/log/", "mentor": "/o/jinheng/log/team/"}


class Cut(Exception):  # noqa: N818  (what a network does)
    """The connection was lost; whether the server has it, nobody knows."""


@dataclass
class Network:
    """The way to a server that may be gone, and how to bring it back."""

    address: str
    revive: Callable[[], None]
    kill: Callable[[], None]

    def ask(self, method: str, path: str, session: str, body: bytes | None = None, kind: str = "") -> bytes:
        """One request; `Cut` if there is no whole answer."""
        head = {"Cookie": f"sessionid={session}; csrftoken={TOKEN}", "X-CSRFToken": TOKEN}
        line = http.client.HTTPConnection(self.address.removeprefix("http://"), timeout=30)
        try:
            line.request(method, path, body, head | ({"Content-Type": kind} if kind else {}))
            answer = line.getresponse()
            content = answer.read()
        except (OSError, http.client.HTTPException) as fault:
            raise Cut from fault
        finally:
            line.close()
        if answer.status != 200:
            raise AssertionError(f"{method} {path}: {answer.status} {content[:300]!r}")
        return content

    def take(self, door: str, session: str, writes: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Send a portion to the door."""
        edge = uuid.uuid4().hex
        part = f'Content-Disposition: form-data; name="writes"\r\n\r\n{json.dumps(writes)}'
        body = f"--{edge}\r\n{part}\r\n--{edge}--\r\n"
        kind = f"multipart/form-data; boundary={edge}"
        return json.loads(self.ask("POST", door, session, body.encode(), kind))["answers"]  # type: ignore[no-any-return]


@dataclass
class Device:
    """One device: its clock, what waits on it, and what it knows of entries (name → revision)."""

    who: str
    session: str
    skew: timedelta
    waiting: list[dict[str, Any]] = field(default_factory=list)
    known: dict[str, int] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)

    def put(self, kind: str, data: dict[str, Any], replaces: str = "") -> None:
        """As `outbox.js` does: a later change of the same thing takes the place of one that was not sent."""
        write = {"key": str(uuid.uuid4()), "kind": kind, "data": data, "replaces": replaces}
        write["at"] = (datetime.now(UTC) + self.skew).isoformat()
        for place, older in enumerate(self.waiting):
            if replaces and older["replaces"] == replaces and not older.get("tried"):
                write["data"]["base"] = older["data"]["base"]
                self.waiting[place] = write
                return
        self.waiting.append(write)


@dataclass
class Schedule:
    """One run: what was told to the devices, by which the database is judged."""

    seed: int
    site: dict[str, Any]
    network: Network
    chance: random.Random = field(init=False)
    told: list[tuple[dict[str, Any], dict[str, Any]]] = field(default_factory=list)
    counted: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)  # noqa: S311
        drawn = [timedelta(hours=self.chance.choice([0, 0, 1, -5, 24 * 40, -24 * 900])) for _ in range(3)]
        self.phone = Device("apprentice", self.site["apprentice"], drawn[0])
        self.tablet = Device("apprentice", self.site["apprentice"], drawn[1])
        self.mentor = Device("mentor", self.site["mentor"], drawn[2])

    def run(self) -> dict[str, int]:
        """Act, then send until everything is answered; AssertionError if a promise is broken."""
        acts = [
            self.write,
            self.write,
            self.change,
            self.change,
            self.look,
            self.send,
            self.send,
            self.answer,
        ]
        for _ in range(STEPS):
            self.chance.choice(acts)()
        self._settle()
        self._judge()
        return self.counted

    # ---- What people do ----

    def _writer(self) -> Device:
        return self.chance.choice([self.phone, self.tablet])

    def _data(self, entry: str, base: int) -> dict[str, Any]:
        on = date.fromisoformat(self.site["today"]) - timedelta(days=self.chance.randrange(600))
        return {
            "entry": entry, "enrolment": self.site["enrolment"], "base": base, "on": on.isoformat(),
            "text": f"{self.seed}/{uuid.UUID(int=self.chance.getrandbits(128)).hex}", "minutes": 1,
            "bucket": "workplace", "submit": self.chance.random() < 0.8,
        }  # fmt: skip

    def write(self) -> None:
        """A new entry, named by its device."""
        name = str(uuid.UUID(int=self.chance.getrandbits(128), version=4))
        self._writer().put("log.save", self._data(name, 0), f"entry {name}")

    def change(self) -> None:
        """A change of an entry that this device knows."""
        device = self._writer()
        names = sorted(
            {*device.known, *(w["data"]["entry"] for w in device.waiting if w["kind"] == "log.save")}
        )
        if names:
            name = self.chance.choice(names)
            device.put("log.save", self._data(name, device.known.get(name, 0)), f"entry {name}")

    def look(self) -> None:
        """A device opens an entry's page and knows its newest revision from then on."""
        device = self._writer()
        ids = {**self.phone.ids, **self.tablet.ids}
        if ids:
            name = self.chance.choice(sorted(ids))
            with suppress(Cut):
                page = self.network.ask(
                    "GET", f"{PAGES['apprentice']}?entry={ids[name]}", device.session
                ).decode()
                device.known[name] = int(re.search(r'name="base" value="(\d+)"', page)[1])  # type: ignore[index]
                device.ids[name] = ids[name]

    def answer(self) -> None:
        """The mentor reads what waits and confirms it, or sends one back."""
        with suppress(Cut):
            page = self.network.ask("GET", PAGES["mentor"], self.mentor.session).decode()
            read = dict(re.findall(r'name="entry" value="(\w+)\.(\d+)"', page))
            if not read:
                return
            if self.chance.random() < 0.3:
                one = self.chance.choice(sorted(read))
                data = {"entry": one, "revision": int(read[one]), "phrase": "more_detail"}
                self.mentor.put("log.return", data)
            else:
                self.mentor.put("log.confirm", {"read": {key: int(value) for key, value in read.items()}})

    # ---- What the network does ----

    def send(self) -> None:
        """A device tries to send; the network, or the server, may fail in one of six ways."""
        device = self.chance.choice([self.phone, self.tablet, self.mentor])
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
                self._hear(device, portion, answers)

    def _take(self, device: Device, portion: list[dict[str, Any]]) -> list[dict[str, Any]]:
        plain = [{key: write[key] for key in ("key", "kind", "data", "at")} for write in portion]
        return self.network.take(DOORS[device.who], device.session, plain)

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

    def _hear(self, device: Device, portion: list[dict[str, Any]], answers: list[dict[str, Any]]) -> None:
        by = {answer["key"]: answer for answer in answers}
        for write in portion:
            answer = by[write["key"]]
            if answer["status"] == "later":
                continue
            device.waiting.remove(write)
            self.told.append((write, answer))
            outcome = answer.get("outcome", {})
            if write["kind"] == "log.save" and outcome.get("how") in ("new", "changed", "same"):
                device.known[write["data"]["entry"]] = outcome["revision"]
                device.ids[write["data"]["entry"]] = outcome["id"]

    def _settle(self) -> None:
        for device in (self.phone, self.tablet, self.mentor):
            for _ in range(50):
                if not device.waiting:
                    break
                portion = device.waiting[:20]
                try:
                    self._hear(device, portion, self._take(device, portion))
                except Cut:
                    self.network.revive()
            assert not device.waiting, "something is never answered"

    # ---- What must hold ----

    def _judge(self) -> None:
        rows, others, minutes = self._database()
        said = {"new", "changed", "same", "beside", "correction"}
        texts: dict[str, dict[int, str]] = {}
        for write, answer in self.told:
            if write["kind"] != "log.save":
                continue
            assert answer["status"] in ("done", "again"), answer
            outcome, text = answer["outcome"], write["data"]["text"]
            assert outcome["how"] in said
            if outcome["how"] in ("new", "changed"):
                at = texts.setdefault(outcome["entry"], {})
                assert at.setdefault(outcome["revision"], text) == text, "two changes became one revision"
            elif outcome["how"] == "beside":
                assert text in others, "another version is lost"
            elif outcome["how"] == "correction":
                assert any(row["text"] == text for row in rows.values()), "a correction is lost"
        self._entries_stand(rows, texts)
        confirmed = [row for row in rows.values() if row["state"] == "confirmed"]
        assert len(others) == len(set(others)), "another version is doubled"
        replaced = {row["corrects_id"] for row in confirmed if row["corrects_id"]}
        due = sum(row["minutes"] for row in confirmed if row["id"] not in replaced)
        assert minutes == due, f"the ledger has {minutes} minutes, the confirmed entries {due}"
        self.counted["entries"] = len(texts)
        self.counted["confirmed"] = len(confirmed)

    def _entries_stand(self, rows: dict[str, dict[str, Any]], texts: dict[str, dict[int, str]]) -> None:
        for name, revisions in texts.items():
            row = rows.get(uuid.UUID(name).hex)
            assert row is not None, "an entry is lost"
            newest = max(revisions)
            if row["corrects_id"] is None:
                assert (row["revision"], row["text"]) == (newest, revisions[newest]), (
                    "an entry is not as it was told"
                )
        for write, answer in self.told:
            for public_id in (
                answer.get("outcome", {}).get("done", ()) if write["kind"] == "log.confirm" else ()
            ):
                row = next((row for row in rows.values() if row["public_id"] == public_id), None)
                if row is None:  # left over from another schedule, which judged it itself
                    continue
                read = write["data"]["read"][public_id]
                assert (row["state"], row["revision"]) == ("confirmed", read), "a confirmed entry has changed"
                text = texts.get(str(uuid.UUID(row["made_id"])), {}).get(read, row["text"])
                assert row["text"] == text, "another text was confirmed than the one that was read"

    def _database(self) -> tuple[dict[str, dict[str, Any]], list[str], int]:
        """Entries of this run by name, texts of other versions, minutes of its entries in the ledger."""
        mark = f"{self.seed}/%"
        with closing(sqlite3.connect(Path(self.site["folder"]) / "craftpath.sqlite3", timeout=30)) as base:
            base.row_factory = sqlite3.Row
            found = base.execute("SELECT * FROM logbook_entry WHERE text LIKE ?", [mark]).fetchall()
            rows = {row["made_id"]: dict(row) for row in found}
            kept = base.execute("SELECT content FROM logbook_otherversion").fetchall()
            others = [json.loads(row["content"])["text"] for row in kept]
            sources = [f"logbook/entry/{row['public_id']}" for row in rows.values()]
            holes = ",".join("?" * len(sources))
            sql = f"SELECT COALESCE(SUM(minutes), 0) FROM training_hourline WHERE source IN ({holes})"  # noqa: S608
            minutes = base.execute(sql, sources).fetchone()[0]
            assert len(rows) == len(found), "an entry is doubled"
        return rows, [text for text in others if text.startswith(f"{self.seed}/")], minutes
