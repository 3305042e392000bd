"""For what personal data are kept and used: purposes with their legal basis, as a file of rows."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib import resources
from typing import Any

from craftpath.values.text import Text

BASES = ("contract", "law", "hr", "consent")


@dataclass(frozen=True, slots=True)
class Purpose:
    """One purpose. Only where the basis is consent is one asked; `separate` wants a consent of its own."""

    key: str
    version: int
    basis: str
    name: Text
    why: Text
    kinds: Text
    receives: Text
    keep: Text
    separate: bool = False

    @property
    def asks(self) -> bool:
        """Whether it may be done only with a consent."""
        return self.basis == "consent"


def read(text: str) -> dict[str, Purpose]:
    """key → purpose, from the text of such a file; ValueError for a key twice or a basis that the law does not know."""
    found: dict[str, Purpose] = {}
    for row in tomllib.loads(text)["purpose"]:
        words: dict[str, Any] = {
            name: Text.of(row.pop(name)) for name in ("name", "why", "kinds", "receives", "keep")
        }
        purpose = Purpose(**row, **words)
        if purpose.basis not in BASES or purpose.key in found:
            raise ValueError(f"purpose {purpose.key}: {purpose.basis}")
        if purpose.separate and not purpose.asks:
            raise ValueError(f"purpose {purpose.key}: a separate consent, but none is asked")
        found[purpose.key] = purpose
    return found


PURPOSES = read((resources.files("craftpath.kernel") / "purposes.toml").read_text("utf-8"))
