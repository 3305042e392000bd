"""Kinds of the cast's college, and apprentices who have passed the first stage."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from craftpath.domain.apprenticeships.actions import pass_stages
from craftpath.domain.certificates import actions
from craftpath.domain.certificates.actions import Words
from craftpath.domain.certificates.grounds import candidates
from craftpath.domain.certificates.issuing import Wanted
from craftpath.domain.certificates.models import Certificate, Kind
from craftpath.kernel.access import system
from craftpath.kernel.people import Person
from tests.cast import AT, TODAY, Cast

STAGE = "junior_craftsman"
TITLE = {"zh": "初级工匠证书", "en": "Junior craftsman certificate"}


def words(**more: Any) -> Words:
    """A kind for the first stage."""
    said: dict[str, Any] = {
        "purpose": "stage", "title": TITLE, "criteria": {"zh": "通过初级工匠阶段。", "en": "Passed the first stage."},
        "ground": {"stage": STAGE}, "scheme": "cn5", "level": "5",
    }  # fmt: skip
    return Words(**said | more)


def kind(cast: Cast, **more: Any) -> Kind:
    """The same, in use."""
    by = cast.actor("coordinator")
    row = actions.draft_kind(cast.college, words(**more), by=by, at=AT)
    return actions.activate_kind(row, by=by, at=AT)


def passed(cast: Cast, *numbers: str) -> None:
    """Let apprentices leave the first stage."""
    rows = [cast.enrolments[number] for number in numbers]
    pass_stages(rows, stage=cast.programme.stages.get(key=STAGE), on=TODAY, by=system(), at=AT)


def due(row: Kind, people: Iterable[Person] | None = None) -> list[Wanted]:
    """Whoever is due by the record."""
    ids = None if people is None else [one.pk for one in people]
    return [(one.person, one.ground, one.lines) for one in candidates(row, ids, TODAY) or () if one.verdict]


def issued(cast: Cast, row: Kind) -> list[Certificate]:
    """Certificates for everybody who is due."""
    made, _left = actions.issue_certificates(row, due(row), on=TODAY, by=cast.actor("coordinator"), at=AT)
    return made
