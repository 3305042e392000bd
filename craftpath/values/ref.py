"""A pointer to something that this noun may not know; only the doors resolve it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True, slots=True)
class Ref:
    """Noun, kind and public id, written as `evaluation/mark/3f2…`."""

    noun: str
    kind: str
    public_id: str

    def __str__(self) -> str:
        return f"{self.noun}/{self.kind}/{self.public_id}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read the written form; ValueError if it has not three parts."""
        noun, kind, public_id = text.split("/", 2)
        return cls(noun, kind, public_id)
