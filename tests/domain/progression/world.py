"""An apprentice who meets every condition of the first gate but those that a test takes away."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from craftpath.domain.programmes.models import Stage
from craftpath.domain.progression.actions import save_gate
from craftpath.domain.progression.findings import Finding, Report
from craftpath.domain.progression.queries import reports
from tests.cast import AT, TODAY, Cast

LATER = AT + timedelta(hours=1)


def stage(cast: Cast) -> Stage:
    return cast.programme.stages.get(order=1)


def asks(cast: Cast, *rows: dict[str, Any], gate: str = "stage") -> None:
    """Let the college's gate ask for these."""
    standing = _version(cast, gate)
    save_gate(
        cast.college, stage(cast), gate, list(rows), version=standing, by=cast.actor("coordinator"), at=AT
    )


def _version(cast: Cast, gate: str) -> int:
    from craftpath.domain.progression.queries import gate_of

    row = gate_of(cast.college, stage(cast), gate)
    return row.version if row else 0


def report(cast: Cast, number: str = "26001", gate: str = "stage") -> Report:
    row = cast.enrolments[number]
    return reports(cast.cohort, stage(cast), gate, [row], TODAY)[row.pk]


def finding(cast: Cast, name: str, number: str = "26001") -> Finding:
    return next(one for one in report(cast, number).findings if one.name == name)


def seen(cast: Cast, *numbers: str, gate: str = "stage") -> dict[str, str]:
    return {cast.enrolments[one].public_id: report(cast, one, gate).fingerprint for one in numbers}


def moment() -> datetime:
    return LATER
