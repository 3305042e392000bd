"""Seeing is wider than doing: an enterprise sees its apprentices' cohort, and cannot run it by any action."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from craftpath.domain.apprenticeships import actions as apprenticeships
from craftpath.domain.apprenticeships.queries import cohorts
from craftpath.domain.evaluation import actions as evaluation
from craftpath.domain.training import actions as training
from craftpath.domain.training.models import RotationPattern, Stay
from craftpath.kernel.access import Actor
from craftpath.kernel.roles import Role
from craftpath.kernel.tenancy import everywhere, looking_for
from craftpath.values.verdict import Refused
from tests.cast import AT, Cast
from tests.house.furnishing import plan_a_rotation

pytestmark = pytest.mark.django_db


def _rotation(cast: Cast) -> RotationPattern:
    with everywhere("the college plans a rotation"):
        return plan_a_rotation(cast)


def _stay(cast: Cast) -> Stay:
    pattern = _rotation(cast)
    rows = Stay.objects.filter(pattern=pattern, enrolment=cast.enrolments["26001"])
    return rows.select_related("enrolment__cohort__organisation").order_by("-starts_on")[0]


DEEDS: dict[str, Callable[[Cast, Actor], object]] = {
    "draft_plan": lambda c, by: training.draft_plan(c.cohort, by=by, at=AT),
    "undo_pattern": lambda c, by: training.undo_pattern(_rotation(c), by=by, at=AT),
    "cancel_stay": lambda c, by: training.cancel_stay(_stay(c), because="x", by=by, at=AT),
    "move_stay": lambda c, by: training.move_stay(
        (row := _stay(c)), training.Move(row.starts_on, row.ends_on, None, None), by=by, at=AT
    ),
    "take_roster": lambda c, by: apprenticeships.take_roster(
        c.cohort, [apprenticeships.RosterEntry("1", "x")], by=by, at=AT
    ),
    "pass_stages": lambda c, by: apprenticeships.pass_stages(
        [c.enrolments["26001"]], stage=c.evaluation.stage, on=AT.date(), by=by, at=AT
    ),
    "pass_judged": lambda c, by: evaluation.pass_judged(
        [c.enrolments["26005"]], stage=c.programme.stages.get(key="craftsman"), on=AT.date(), by=by, at=AT
    ),
    "end_enrolments": lambda c, by: apprenticeships.end_enrolments(
        [c.enrolments["26001"]], because="x", on=AT.date(), by=by, at=AT
    ),
    "appoint": lambda c, by: apprenticeships.appoint(
        [c.enrolments["26001"]], person=c.people["assessor"], role="assessor", on=AT.date(), by=by, at=AT
    ),
    "complete_cohort": lambda c, by: apprenticeships.complete_cohort(c.cohort, by=by, at=AT),
    "plan_cohort": lambda c, by: apprenticeships.plan_cohort(
        organisation=c.college,
        programme=c.programme,
        name={"en": "x"},
        occupation={},
        starts_on=AT.date(),
        by=by,
        at=AT,
    ),
    "open_evaluation": lambda c, by: evaluation.open_evaluation(
        cohort=c.cohort, stage=c.programme.stages.get(order=2), scheme=c.scheme, by=by, at=AT
    ),
    "move_to_scheme": lambda c, by: (
        evaluation.move_to_scheme(c.evaluation, c.preset, reason="x", by=by, at=AT)
        if by.organisation == c.jinheng
        else None
    ),
    "record_marks": lambda c, by: evaluation.record_marks(
        c.evaluation,
        [evaluation.NewMark(c.enrolments["26001"].pk, "task1", "scored", Decimal(1))],
        by=by,
        at=AT,
    ),
}


@pytest.mark.parametrize("deed", sorted(DEEDS))
def test_a_coordinator_of_an_enterprise_looks_and_does_not_touch(deed: str, cast: Cast) -> None:
    guest = Actor(organisation=cast.jinheng, person=cast.people["hr"], roles=frozenset({Role.COORDINATOR}))
    with looking_for(guest.scope):
        assert list(cohorts()) == [cast.cohort]
        with pytest.raises(Refused) as caught:
            DEEDS[deed](cast, guest)
    assert caught.value.verdict.reason == "kernel.belongs_to_another"


@pytest.mark.parametrize("deed", sorted(DEEDS))
def test_the_college_and_whoever_is_above_it_may(deed: str, cast: Cast) -> None:
    above = Actor(organisation=cast.city, person=cast.people["officer"], roles=frozenset({Role.COORDINATOR}))
    with looking_for(above.scope):
        DEEDS[deed](cast, above)
