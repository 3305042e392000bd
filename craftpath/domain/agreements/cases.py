"""What an agreement is judged by, and what a judgement says: two values without a database."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from craftpath.domain.agreements.law import Floor, Law
from craftpath.domain.agreements.terms import Terms


@dataclass(frozen=True, slots=True)
class Case:
    """Everything that an agreement is judged by. None means: not known."""

    law: Law
    terms: Terms
    starts_on: date
    ends_on: date
    birth_date: date | None = None
    floors: tuple[Floor, ...] = ()
    mentor: bool = False
    guardian: bool = False
    min_months: int | None = None
    max_months: int | None = None
    typical_months: int | None = None
    needed: tuple[str, ...] = ()
    signed: frozenset[str] = frozenset()
    registration_no: str = ""
    cooperation: bool = False
    apprentices: int | None = None  # at the enterprise, this one counted
    mentor_load: int | None = None  # apprentices of the mentor, this one counted
    mentor_most: int | None = None
    class_size: int | None = None
    class_most: int | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One item's answer: `ok`, `missing`, `failed`, or `open` while it waits for signatures.

    `phase` says what a block holds up: sending the text for signatures, or becoming active.
    """

    key: str
    level: str
    status: str
    reason: str
    facts: dict[str, Any] = field(default_factory=dict)
    waivable: bool = True
    phase: str = "send"

    @property
    def holds_up(self) -> bool:
        """Whether it blocks unless somebody waives it."""
        return self.level == "block" and self.status != "ok"
