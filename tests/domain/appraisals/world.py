"""Six trainers with six apprentices each, their decided results, and short ways through a round."""

from __future__ import annotations

import uuid
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from craftpath.domain.appraisals import actions
from craftpath.domain.appraisals.models import Appraisal, AppraisalRound
from craftpath.domain.apprenticeships.actions import RosterEntry, take_roster
from craftpath.domain.apprenticeships.models import Enrolment
from craftpath.domain.evaluation.models import Decision, Result, ResultVersion
from craftpath.domain.pairing.actions import take_over_mentors
from craftpath.kernel.access import Actor
from craftpath.values.verdict import Refused
from tests.cast import AT, TODAY, Cast

STARTS = date(2026, 3, 1)
ENDS = date(2026, 9, 1)
DECIDED = AT - timedelta(days=25)
EFFECTS = (-7.0, -3.0, 0.0, 2.0, 4.0, 9.0)
DAY = timedelta(days=1)


def refused(reason: str):  # type: ignore[no-untyped-def]
    return pytest.raises(Refused, match=f"^{reason}$")


def office(cast: Cast, at: datetime = AT) -> dict[str, Any]:
    """By the coordinator, now."""
    return {"by": cast.actor("coordinator"), "at": at}


def other(cast: Cast, at: datetime = AT) -> dict[str, Any]:
    """By somebody else of the same office."""
    return {"by": cast.actor("administrator"), "at": at}


def taught(cast: Cast, trainers: int = 6, each: int = 6, *, decided: bool = True) -> list[Enrolment]:
    """Apprentices in pairs with their trainers, and what was decided of them: a middle, an effect, some noise."""
    entries = [
        RosterEntry(f"9{t:03}{n:03}", f"徒 {t}-{n}", enterprise=cast.jinheng, mentor=f"师傅{t:03}")
        for t in range(trainers)
        for n in range(each)
    ]
    take_roster(cast.cohort, entries, by=cast.actor("coordinator"), at=AT)
    take_over_mentors(cast.cohort, by=cast.actor("coordinator"), at=AT)
    rows = list(
        Enrolment.objects.filter(number__startswith="9", person__name__startswith="徒").order_by("number")
    )
    if decided:
        decide(cast, {row: total(at // each, at % each) for at, row in enumerate(rows)})
    return rows


def total(trainer: int, n: int) -> float:
    """A result: the same for each test."""
    noise = ((trainer * 7 + n * 13) % 11 - 5) * 0.8
    return 75 + EFFECTS[trainer % len(EFFECTS)] + noise


def decide(cast: Cast, totals: dict[Enrolment, float], at: datetime = DECIDED) -> None:
    """Decided results as rows, as if all marks had been in."""
    decision = Decision.objects.create(
        evaluation=cast.evaluation, scheme=cast.scheme, kind="decided", people=len(totals), made_at=at,
        made_by=cast.people["coordinator"],
    )  # fmt: skip
    for row, value in totals.items():
        version = ResultVersion.objects.create(
            decision=decision, evaluation=cast.evaluation, enrolment=row, number=1,
            total=Decimal(str(round(value, 2))), passed=True, known_marks=0,
        )  # fmt: skip
        Result.objects.update_or_create(
            evaluation=cast.evaluation, enrolment=row,
            defaults={
                "complete": True, "total": version.total, "to_date": version.total, "open": 0, "passed": True,
                "fingerprint": "x", "computed_at": at, "decided": version,
            },
        )  # fmt: skip


def opened(cast: Cast, **more: Any) -> AppraisalRound:
    made = {"made_id": uuid.uuid4(), "starts_on": STARTS} | office(cast) | more
    return actions.open_round(made.pop("organisation", cast.college), **made)


def computed(cast: Cast, row: AppraisalRound | None = None) -> AppraisalRound:
    """Computed by the worker, which tests run at once."""
    actions.compute_round(row or opened(cast), **office(cast))
    found = AppraisalRound.objects.latest("pk")
    assert found.state == "computed", found.failed
    return found


def shown(cast: Cast, row: AppraisalRound | None = None) -> AppraisalRound:
    return actions.show_round(row or computed(cast), **office(cast))


def published(cast: Cast, row: AppraisalRound | None = None, after: int = 11) -> AppraisalRound:
    row = row or shown(cast)
    return actions.publish_round(row, **other(cast, AT + after * DAY))


def of(row: AppraisalRound, name: str) -> Appraisal:
    return Appraisal.objects.select_related("person", "round__organisation", "round__scheme").get(
        round=row, person__name=name
    )


def own(one: Appraisal, at: datetime = AT) -> dict[str, Any]:
    """By whoever is appraised."""
    return {"by": Actor(one.round.organisation, one.person), "at": at}


__all__ = ["AT", "DAY", "ENDS", "STARTS", "TODAY"]
