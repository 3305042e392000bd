"""For what personal data are kept and used: purposes with their legal basis, as a file of rows."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib import resources
from typing import Any

from craftpath.values.text import Text

OF_AGE = 18  # years; nobody has a guardian after that
CHILD = 14  # years; PIPL, article 31: below, a guardian consents
BASES = ("contract", "law", "hr", "consent")


@dataclass(frozen=True, slots=True)
class Purpose:
    """One purpose. Only where the basis is consent is one asked; `separate` wants a consent of its own.

    Whoever is younger than `guardian_below` (in years) says neither yes nor is asked: the guardian is.
    """

    key: str
    version: int
    basis: str
    name: Text
    why: Text
    kinds: Text
    receives: Text
    keep: Text
    separate: bool = False
    guardian_below: int = CHILD

    @property
    def asks(self) -> bool:
        """Whether it may be done only with a consent."""
        return self.basis == "consent"


def read(text: str) -> dict[str, Purpose]:
    """key → purpose, from the text of such a file; ValueError for a key twice or a basis that the law does not know."""
    table = tomllib.loads(text)
    age = table.get("guardian_below", CHILD)
    found: dict[str, Purpose] = {}
    for row in table["purpose"]:
        words: dict[str, Any] = {
            name: Text.of(row.pop(name)) for name in ("name", "why", "kinds", "receives", "keep")
        }
        purpose = Purpose(**{"guardian_below": age, **row}, **words)
        if purpose.basis not in BASES or purpose.key in found:
            raise ValueError(f"purpose {purpose.key}: {purpose.basis}")
        if purpose.separate and not purpose.asks:
            raise ValueError(f"purpose {purpose.key}: a separate consent, but none is asked")
        if not 0 <= purpose.guardian_below <= OF_AGE:
            raise ValueError(f"purpose {purpose.key}: nobody needs a guardian at {purpose.guardian_below}")
        found[purpose.key] = purpose
    return found


PURPOSES = read((resources.files("craftpath.kernel") / "purposes.toml").read_text("utf-8"))
