"""A device as the browser's outbox behaves, modelled in few lines: what waits on it, and what it knows."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

DOORS = {
    "apprentice": "/o/lanchuan/sync/",
    "mentor": "/o/jinheng/sync/",
    "trainer": "/o/lanchuan/sync/",
    "coordinator": "/o/lanchuan/sync/",
}


@dataclass
class Device:
    """One device: its clock, what waits on it, and what it knows of entries (name → revision)."""

    who: str
    session: str
    skew: timedelta
    waiting: list[dict[str, Any]] = field(default_factory=list)
    known: dict[str, int] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)

    @property
    def now(self) -> datetime:
        """What its clock says."""
        return datetime.now(UTC) + self.skew

    def put(self, kind: str, data: dict[str, Any], replaces: str = "", file: bytes | None = None) -> None:
        """As `outbox.js` does: a later change of the same thing takes the place of one that was not sent."""
        write = {"key": str(uuid.uuid4()), "kind": kind, "data": data, "replaces": replaces, "file": file}
        write["at"] = self.now.isoformat()
        for place, older in enumerate(self.waiting):
            if replaces and older["replaces"] == replaces and not older.get("tried"):
                write["data"]["base"] = older["data"]["base"]
                self.waiting[place] = write
                return
        self.waiting.append(write)

    def hear(self, portion: list[dict[str, Any]], answers: list[dict[str, Any]]) -> list[Any]:
        """What was answered leaves the device; gives pairs of write and answer."""
        by, told = {answer["key"]: answer for answer in answers}, []
        for write in portion:
            answer = by[write["key"]]
            if answer["status"] == "later":
                continue
            self.waiting.remove(write)
            told.append((write, answer))
            outcome = answer.get("outcome", {})
            if write["kind"] == "log.save" and outcome.get("how") in ("new", "changed", "same"):
                self.known[write["data"]["entry"]] = outcome["revision"]
                self.ids[write["data"]["entry"]] = outcome["id"]
        return told
