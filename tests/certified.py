"""Certificates for tests: kinds of the cast's college, issued by its coordinator to its apprentices."""

from __future__ import annotations

from datetime import date
from typing import Any

from craftpath.domain.certificates.actions import Words, activate_kind, draft_kind, issue_certificates
from craftpath.domain.certificates.models import Certificate, Kind
from craftpath.kernel.people import Person
from tests.cast import AT, TODAY, Cast

TITLE = {"zh": "数控车工证书", "en": "Certificate in CNC Turning"}
CRITERIA = {
    "zh": "能独立编制车削程序并按图样加工。",
    "en": "Writes turning programs and machines to drawing, alone.",
}


def kind_of(cast: Cast, key: str = "turning", **more: Any) -> Kind:
    """A kind in use that asks nothing of the record."""
    by = {"by": cast.actor("coordinator"), "at": AT}
    words = Words("qualification", **{"title": TITLE, "criteria": CRITERIA, "valid_months": 36, **more})
    return activate_kind(draft_kind(cast.college, words, key=key, **by), **by)


def certified(
    cast: Cast, kind: Kind, *people: Person, on: date = TODAY, lines: Any = (), ground: str = "tests/act/1"
) -> list[Certificate]:
    """One certificate for each of these people."""
    wanted = [(one, ground, lines) for one in people]
    made, left = issue_certificates(kind, wanted, on=on, by=cast.actor("coordinator"), at=AT)
    assert left == []
    return made
