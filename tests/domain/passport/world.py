"""Somebody who has an agreement, a decided result, hours and a master, for the tests of the record."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import Any

import pytest

from craftpath.domain.apprenticeships.models import Cohort, Enrolment, StageProgress
from craftpath.domain.evaluation.actions import decide_results
from craftpath.domain.passport import actions
from craftpath.domain.passport.sharing import Made
from craftpath.domain.training.hours import Posting, post_hours
from craftpath.kernel.access import Actor
from craftpath.kernel.people import Person
from craftpath.values.ref import Ref
from craftpath.values.verdict import Refused
from tests.cast import AT, TODAY, Cast
from tests.domain.agreements import agreed
from tests.domain.evaluation.test_deciding import basis_of


def refused(reason: str):  # type: ignore[no-untyped-def]
    return pytest.raises(Refused, match=f"^{reason}$")


def trained(cast: Cast) -> Person:
    """The apprentice, with something in most sections."""
    agreed.active(cast)
    coordinator = cast.actor("coordinator")
    decide_results(cast.evaluation, None, basis=basis_of(cast.evaluation), by=coordinator, at=AT)
    row = cast.enrolments["26001"]
    post_hours(
        [
            Posting(
                row.pk, "workplace", TODAY - timedelta(days=n), 90, Ref("logbook", "entry", str(n)), f"p{n}"
            )
            for n in range(3)
        ],
        by=coordinator,
        at=AT,
    )
    return cast.people["apprentice"]


def oneself(person: Person) -> Actor:
    return Actor(organisation=None, person=person)


def shared(person: Person, **instead: Any) -> Made:
    values: dict[str, Any] = {
        "name": "金恒机械，五月面试", "sections": ("stages", "certificates"), "until": TODAY + timedelta(days=30),
        "made_id": uuid.uuid4(), "by": oneself(person), "at": AT,
    }  # fmt: skip
    return actions.share_record(person, **values | instead)


def earlier(cast: Cast, person: Person, count: int) -> None:
    """So many apprenticeships more, each with a stage that was passed."""
    stage = cast.programme.stages.get(order=1)
    cohorts = Cohort.objects.bulk_create(
        Cohort(
            organisation=cast.college, programme=cast.programme, name={"zh": f"班 {n}"},
            occupation={"zh": "焊工"}, starts_on=date(2020, 1, 1),
        )
        for n in range(count)
    )  # fmt: skip
    rows = Enrolment.objects.bulk_create(
        Enrolment(
            cohort=one, person=person, number=f"9{n}", enterprise=cast.qinghe, starts_on=date(2020, 1, 1),
            state="ended", ended_on=date(2021, 1, 1),
        )
        for n, one in enumerate(cohorts)
    )  # fmt: skip
    StageProgress.objects.bulk_create(
        StageProgress(
            enrolment=one, stage=stage, state="passed", opened_on=date(2020, 1, 1), passed_on=date(2020, 6, 1)
        )
        for one in rows
    )
