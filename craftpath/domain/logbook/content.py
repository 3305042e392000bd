"""What an entry says, as one value: for telling versions apart and for the digest of what was confirmed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from craftpath.domain.logbook.models import Entry

GRAMS = 2  # characters that count together when texts are compared: words, in a script without spaces
SHORT = 12  # characters below which likeness says nothing


@dataclass(frozen=True, slots=True)
class Content:
    """The writer's own part of an entry."""

    on: date
    text: str = ""
    minutes: int = 0
    bucket: str = ""
    place: str = ""
    unit: str = ""
    skill: str = ""

    @classmethod
    def of(cls, entry: Entry) -> Content:
        """What an entry says now."""
        return cls(**{name: getattr(entry, name) for name in cls.__slots__})

    @classmethod
    def from_json(cls, table: Mapping[str, Any]) -> Content:
        """Read what `as_json` wrote."""
        return cls(**{**table, "on": date.fromisoformat(table["on"])})

    def as_json(self) -> dict[str, Any]:
        """The form that JSON fields keep."""
        return {**asdict(self), "on": self.on.isoformat()}

    def onto(self, entry: Entry) -> None:
        """Make the entry say this."""
        for name in self.__slots__:
            setattr(entry, name, getattr(self, name))

    def digest(self, files: list[str]) -> str:
        """A hash of the content and of its files' own hashes (hexadecimal), the same on every machine."""
        text = json.dumps([self.as_json(), sorted(files)], ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()


def likeness(one: str, other: str) -> int:
    """Percent of the pairs of characters that two texts share (Dice 1945); 0 where one of them is short."""
    first, second = _grams(one), _grams(other)
    if not first or not second:
        return 0
    return round(200 * len(first & second) / (len(first) + len(second)))


def _grams(text: str) -> set[str]:
    plain = "".join(text.split()).lower()
    return {plain[i : i + GRAMS] for i in range(len(plain) - 1)} if len(plain) >= SHORT else set()
