"""Files in every state, and short ways for the tests of subsidies."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from craftpath.domain.apprenticeships.actions import RosterEntry, take_roster
from craftpath.domain.apprenticeships.models import Enrolment
from craftpath.domain.subsidies import actions
from craftpath.domain.subsidies.models import FilePaper, FilePerson, SubsidyFile, SubsidyScheme
from craftpath.kernel.access import Actor, join, system
from craftpath.kernel.people import Person
from craftpath.kernel.roles import Role
from craftpath.values.verdict import Refused
from tests.cast import AT, TODAY, Cast

BEGAN = date(2024, 9, 2)
PDF = b"%PDF-1.7\n%%EOF"
DAY = timedelta(days=1)


def refused(reason: str):  # type: ignore[no-untyped-def]
    return pytest.raises(Refused, match=f"^{reason}$")


def scheme(key: str) -> SubsidyScheme:
    actions.load_schemes(by=system(), at=AT)
    return SubsidyScheme._base_manager.get(key=key, organisation=None)


def hr(cast: Cast) -> Actor:
    return cast.actor("hr", cast.jinheng)


def officer(cast: Cast) -> Actor:
    return cast.actor("officer", cast.city)


def many(cast: Cast, count: int) -> list[Enrolment]:
    """So many new apprentices of the enterprise."""
    entries = [RosterEntry(f"7{n:03}", f"学徒 {n}", enterprise=cast.jinheng) for n in range(count)]
    take_roster(cast.cohort, entries, by=cast.actor("coordinator"), at=AT)
    return list(Enrolment._base_manager.filter(number__startswith="7", cohort=cast.cohort).order_by("number"))


def opened(cast: Cast, key: str = "qidong", people: Sequence[Enrolment] = (), **more: Any) -> SubsidyFile:
    rows = people or [cast.enrolments[number] for number in ("26001", "26002", "26005")]
    given: dict[str, Any] = {
        "organisation": cast.jinheng,
        "authority": cast.city,
        "level": "l3",
        "starts_on": BEGAN,
        "months": 24,
        "by": hr(cast),
        "at": AT,
    }
    return actions.open_file(scheme(key), cast.cohort, rows, **given | more)


def registered(cast: Cast, *args: Any, **more: Any) -> SubsidyFile:
    file = actions.file_plan(opened(cast, *args, **more), by=more.get("by", hr(cast)), at=AT)
    return actions.register_file(file, by=officer(cast), at=AT)


def advanced(cast: Cast, *args: Any, **more: Any) -> SubsidyFile:
    return actions.advance_money(registered(cast, *args, **more), on=TODAY, by=officer(cast), at=AT)


def outcomes(file: SubsidyFile, finished: int, months: int = 6) -> Mapping[str, actions.Outcome]:
    """The first so many finished, the others left."""
    rows = FilePerson.objects.filter(file=file, excluded="").order_by("pk")
    return {
        row.public_id: actions.Outcome("certified") if n < finished else actions.Outcome("left", months)
        for n, row in enumerate(rows)
    }


def completed(file: SubsidyFile, by: Actor, finished: int = 2) -> SubsidyFile:
    return actions.complete_training(file, outcomes(file, finished), on=TODAY, by=by, at=AT)


def claimed(cast: Cast, *args: Any, finished: int = 2, **more: Any) -> SubsidyFile:
    by = more.get("by", hr(cast))
    return actions.claim_subsidy(completed(advanced(cast, *args, **more), by, finished), by=by, at=AT)


def settled(cast: Cast, *args: Any, after: int = 30, **more: Any) -> SubsidyFile:
    file = actions.notice_claim(claimed(cast, *args, **more), on=TODAY, by=officer(cast), at=AT)
    later = AT + after * DAY
    return actions.settle_claim(file, on=TODAY + after * DAY, by=officer(cast), at=later)


def paper(
    file: SubsidyFile, by: Actor, code: str = "training_plan", at: datetime = AT, **more: Any
) -> FilePaper:
    given = {"made_id": uuid.uuid4(), "content": PDF, "name": "plan.pdf"} | more
    return actions.hand_in_paper(file, paper=code, by=by, at=at, **given)


def auditor(cast: Cast) -> Person:
    """Somebody from outside, with the role of an auditor at a house of the own."""
    person = Person.objects.create_user("cpa01", password="x", name="顾明")
    join([person], cast.neighbour, Role.AUDITOR, on=date(2026, 1, 1))
    return person
