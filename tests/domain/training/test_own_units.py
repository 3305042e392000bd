"""Units beyond the programme: added once, counted in the sums, taken out while nothing hangs on them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from craftpath.domain.programmes.queries import buckets_by_programme, stages_of, units_of
from craftpath.domain.training.actions import (
    NewUnit,
    UnitChange,
    add_unit,
    change_plan,
    draft_plan,
    take_out_unit,
    undo_pattern,
)
from craftpath.domain.training.coverage import Coverage, coverage
from craftpath.domain.training.models import Department, PlanUnit, TrainingPlan
from craftpath.domain.training.patterns import Step
from craftpath.domain.training.queries import units_of_plan
from craftpath.kernel.audit import AuditEntry
from craftpath.values.verdict import Refused
from tests.cast import AT, Cast
from tests.domain.training.world import planned, publish

pytestmark = pytest.mark.usefixtures("all_rows")
LATER = AT + timedelta(minutes=5)
WELDING = NewUnit(
    stage="craftsman",
    name={"zh": "机器人焊接", "en": "Robot welding"},
    bucket="workplace",
    minutes=40 * 60,
    hazardous=True,
    serves=["quality/inspect_parts", "general_professional_skills"],
)


def refused(reason: str) -> pytest.RaisesExc[Refused]:
    return pytest.raises(Refused, match=f"^{reason}$")


def covered(cast: Cast, plan: TrainingPlan) -> Coverage:
    programme = cast.programme.pk
    buckets = buckets_by_programme([programme])[programme]
    return coverage(units_of_plan(plan), units_of(programme), stages_of(programme), buckets)


@pytest.fixture
def plan(cast: Cast) -> TrainingPlan:
    return draft_plan(cast.cohort, by=cast.actor("coordinator"), at=AT)


def add(cast: Cast, plan: TrainingPlan, unit: NewUnit = WELDING, version: int = 1, key: str = "abc234"):
    return add_unit(plan, unit, key=key, version=version, by=cast.actor("coordinator"), at=LATER)


def test_it_is_added_once_however_often_it_is_pressed(cast: Cast, plan: TrainingPlan) -> None:
    unit, again = (add(cast, plan) for _ in range(2))
    assert unit == again
    plan.refresh_from_db()
    assert (plan.version, unit.own, unit.place, unit.key) == (2, True, "workplace", "own-abc234")
    rows = units_of_plan(plan)
    assert rows.index(unit) == max(n for n, one in enumerate(rows) if one.stage == "craftsman")
    [told] = AuditEntry.objects.filter(fact="training.unit_added")
    assert told.payload["minutes"] == 40 * 60


def test_it_practises_the_skills_of_what_it_serves(cast: Cast, plan: TrainingPlan) -> None:
    known = {unit.key: unit for unit in units_of(cast.programme.pk)}
    outcome = known["quality"].outcomes.first()
    assert outcome is not None
    unit = add(cast, plan, replace(WELDING, serves=[f"quality/{outcome.key}"]))
    assert unit.skills == outcome.skills != []


def test_it_counts_and_serves_what_no_other_unit_does(cast: Cast, plan: TrainingPlan) -> None:
    by = cast.actor("coordinator")
    known = {unit.key: unit for unit in units_of(cast.programme.pk)}
    outcomes = [one.key for one in known["quality"].outcomes.all()]
    quality = next(unit for unit in units_of_plan(plan) if unit.key == "quality")
    change_plan(plan, {"quality": UnitChange(quality.order, quality.name, 0)}, version=1, by=by, at=AT)
    assert {one.key for one in covered(cast, plan).missing} == set(outcomes)
    serves = [f"quality/{key}" for key in outcomes]
    add(cast, plan, replace(WELDING, serves=serves, minutes=quality.minutes), version=2)
    found = covered(cast, plan)
    assert found.covers
    add(cast, plan, replace(WELDING, name={"zh": "参观"}, serves=[], minutes=60), version=3, key="xyz234")
    assert [unit.title.zh for unit in covered(cast, plan).idle] == ["参观"]
    assert not covered(cast, plan).covers


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"name": {"zh": ""}}, "training.without_name"),
        ({"name": {"zh": "质量检验"}}, "training.unit_exists"),
        ({"minutes": 0}, "training.own_without_hours"),
        ({"minutes": 10**9}, "training.hours_out_of_range"),
        ({"minutes": -60}, "training.hours_out_of_range"),
        ({"stage": "captain"}, "training.not_of_programme"),
        ({"bucket": "sailing"}, "training.not_of_programme"),
        ({"serves": ["quality/nothing"]}, "training.not_of_programme"),
    ],
)
def test_what_the_programme_does_not_know_is_refused(
    cast: Cast, plan: TrainingPlan, change: dict[str, object], reason: str
) -> None:
    with refused(reason):
        add(cast, plan, replace(WELDING, **({"serves": []} | change)))  # type: ignore[arg-type]
    assert not PlanUnit.objects.filter(own=True).exists()
    assert TrainingPlan.objects.get().version == 1


def test_somebody_who_saved_meanwhile_is_not_overwritten(cast: Cast, plan: TrainingPlan) -> None:
    unit = add(cast, plan, replace(WELDING, serves=[]))
    with refused("training.plan_changed_meanwhile"):
        add(cast, plan, replace(WELDING, name={"zh": "另一单元"}, serves=[]), key="other2")
    with refused("training.plan_changed_meanwhile"):
        take_out_unit(plan, unit.key, version=1, by=cast.actor("coordinator"), at=LATER)
    assert PlanUnit.objects.filter(own=True).count() == 1


def test_only_those_who_plan_may(cast: Cast, plan: TrainingPlan) -> None:
    unit = add(cast, plan, replace(WELDING, serves=[]))
    for who, where in (("trainer", cast.college), ("hr", cast.jinheng), ("stranger", cast.neighbour)):
        by = cast.actor(who, where)
        with pytest.raises(Refused):
            add_unit(plan, replace(WELDING, name={"zh": "x"}), key="k23456", version=2, by=by, at=AT)
        with pytest.raises(Refused):
            take_out_unit(plan, unit.key, version=2, by=by, at=AT)
    assert PlanUnit.objects.filter(own=True).count() == 1


class TestTakingOut:
    def test_it_leaves_and_a_second_press_finds_nothing_to_do(self, cast: Cast, plan: TrainingPlan) -> None:
        unit = add(cast, plan, replace(WELDING, serves=[]))
        for version in (2, 2):
            take_out_unit(plan, unit.key, version=version, by=cast.actor("coordinator"), at=LATER)
        assert not PlanUnit.objects.filter(own=True).exists()
        assert TrainingPlan.objects.get().version == 3
        told = AuditEntry.objects.get(fact="training.unit_taken_out").payload
        assert (told["name"]["en"], told["was"]["minutes"]) == ("Robot welding", 40 * 60)

    def test_a_unit_of_the_programme_is_left_out_instead(self, cast: Cast, plan: TrainingPlan) -> None:
        with refused("training.unit_of_programme"):
            take_out_unit(plan, "quality", version=1, by=cast.actor("coordinator"), at=LATER)

    def test_a_stay_keeps_it_even_one_that_was_taken_back(self, cast: Cast) -> None:
        by, plan = cast.actor("coordinator"), planned(cast)
        room = Department.objects.filter(host=cast.jinheng).last()
        assert room is not None
        unit = add(cast, plan, replace(WELDING, serves=[], departments=[room]), version=plan.version)
        plan.refresh_from_db()
        pattern = publish(cast, plan, [Step(unit.key, 2)])
        undo_pattern(pattern, by=by, at=LATER)
        with refused("training.unit_has_stays"):
            take_out_unit(plan, unit.key, version=plan.version, by=by, at=LATER)
        assert PlanUnit.objects.filter(pk=unit.pk).exists()
