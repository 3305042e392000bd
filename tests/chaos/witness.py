"""The witness: what a browser's device was given, what went over its line and what it shows are one story."""

from __future__ import annotations

import json
import sqlite3
import uuid
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import Any

from tests.chaos.handset import Handset
from tests.chaos.judging import Judge, Told
from tests.chaos.pressing import Put, mark_of
from tests.chaos.proxy import Passed

SHOWN = 50  # receipts that a device keeps


class Witness:
    """Everything that was seen of one schedule."""

    def __init__(
        self, told: Told, puts: list[Put], passed: list[Passed], handsets: dict[str, Handset]
    ) -> None:
        self.told, self.puts, self.handsets = told, puts, handsets
        self.writes: dict[str, dict[str, Any]] = {}  # those that reached the server, by key
        self.devices: dict[str, str] = {}
        for one in passed:
            for write in one.writes:
                before = self.writes.setdefault(write["key"], write)
                assert before == write, "a write was sent with another content under the same name"
                first = self.devices.setdefault(write["key"], one.device)
                assert first == one.device, "two devices gave the same name"

    def judge(self, folder: str) -> dict[str, int]:
        """Counts of what stands; AssertionError if the stories differ."""
        taken = self._receipts(folder)
        for key, write in self.writes.items():
            answer = {"status": "done", "outcome": taken[key]} if key in taken else {"status": "refused"}
            self.told.writes.append((write, answer))
        counted = Judge(self.told, folder).judge()
        self._everything_put_has_passed()
        for name, handset in self.handsets.items():
            self._pages_were_told_the_truth(handset, taken)
            self._queue_and_receipts_are_true(name, handset, taken)
        return counted | {"writes": len(self.writes)}

    def _receipts(self, folder: str) -> dict[str, Any]:
        """What the server has written down of these writes: key → outcome."""
        with closing(sqlite3.connect(Path(folder) / "craftpath.sqlite3", timeout=30)) as base:
            rows = base.execute("SELECT key, outcome FROM kernel_receipt").fetchall()
        found = {str(uuid.UUID(key)): json.loads(outcome) for key, outcome in rows}
        return {key: found[key] for key in self.writes if key in found}

    def _everything_put_has_passed(self) -> None:
        passed = {(write["kind"], mark_of(write["kind"], write["data"])) for write in self.writes.values()}
        for place, put in enumerate(self.puts):
            if put.mark and put.sure and (put.kind, put.mark) not in passed:
                later = [
                    one
                    for one in self.puts[place + 1 :]
                    if put.entry and (one.device, one.entry) == (put.device, put.entry)
                ]
                assert later, f"a device has lost what it was given: {put}"
        for kind in ("log.file", "log.confirm", "log.return", "log.observe", "learning.roll"):
            given = Counter(put.device for put in self.puts if put.kind == kind)
            sent = Counter(self.devices[key] for key, write in self.writes.items() if write["kind"] == kind)
            assert given == sent, f"{kind}: given to devices {given}, sent by them {sent}"

    def _pages_were_told_the_truth(self, handset: Handset, taken: dict[str, Any]) -> None:
        for answer in handset.told:
            if answer["status"] in ("done", "again"):
                assert answer["outcome"] == taken.get(answer["key"]), "a page was told something else"

    def _queue_and_receipts_are_true(self, name: str, handset: Handset, taken: dict[str, Any]) -> None:
        own = [key for key, device in self.devices.items() if device == name]
        queue = handset.queue()
        assert all(row["reason"] for row in queue), "a refusal without a reason"
        refused = sorted(row["key"] for row in queue)
        assert refused == sorted(key for key in own if key not in taken), "the queue is not what was refused"
        done = [self.writes[key] for key in own if key in taken]
        receipts = handset.receipts()
        if len(done) > SHOWN:
            return
        shown, due = Counter(kind for kind, _ in receipts), Counter(write["kind"] for write in done)
        assert shown == due, f"{name}: receipts of {shown}, the server has {due}"
        labels = sorted(label for kind, label in receipts if kind == "log.save")
        assert labels == sorted(write["data"]["text"] for write in done if write["kind"] == "log.save")
