"""Skills of other frameworks: what says the same counts once, the rest stands beside; the same for every reader."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from craftpath.domain.growth import actions
from craftpath.domain.growth.standing import standing
from craftpath.domain.standards.actions import match_skills
from craftpath.domain.training.models import PlanUnit, Stay
from craftpath.kernel.access import system
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.tenancy import looking_for
from tests.cast import AT, TODAY, Cast
from tests.domain.growth.world import TEAM, cell, known, seen, stands

pytestmark = pytest.mark.usefixtures("all_rows")
OTHERS, FIND = "ilo2013-work_with_others", "ilo2013-find_the_problem"
SOLVES = "problem_solving_decision_making"


@pytest.fixture
def place(cast: Cast) -> Cast:
    known()
    return cast


def there(cast: Cast) -> Any:
    row = cast.enrolments["26001"]
    return standing(cast.cohort, [row.pk], TODAY, framework="ilo-core-work-skills-2013")


def tie(organisation: Organisation, kind: str = "exact") -> None:
    ways = {"organisation": organisation, "by": system(organisation), "at": AT}
    match_skills(FIND, SOLVES, kind=kind, strength=3, **ways)


def test_what_says_the_same_counts_and_what_is_narrower_stands_beside(place: Cast) -> None:
    seen(place, skill=OTHERS)
    seen(place, skill=FIND)
    found = stands(place)
    assert cell(found, TEAM) == (0.6667, 1, 0)
    assert cell(found, SOLVES) == (None, 0, 0)
    assert [(one.skill, one.via) for one in found.proofs] == [(TEAM, OTHERS)]
    assert dict(found.beside) == {FIND: 1}


def test_a_framework_of_its_own_counts_its_skills_and_those_that_say_the_same(place: Cast) -> None:
    seen(place, skill=FIND)
    seen(place, skill=TEAM)
    found = there(place)
    assert cell(found, FIND) == (0.6667, 1, 0)
    assert cell(found, OTHERS) == (0.6667, 1, 0)
    assert {(one.skill, one.via) for one in found.proofs} == {(FIND, ""), (OTHERS, TEAM)}


def test_one_fact_that_names_both_counts_once(place: Cast) -> None:
    from tests.domain.training.world import planned, publish

    publish(place, planned(place))
    first = Stay.objects.filter(enrolment=place.enrolments["26001"]).earliest("starts_on")
    PlanUnit.objects.filter(pk=first.unit_id).update(skills=[OTHERS, TEAM])
    Stay.objects.exclude(pk=first.pk).update(state="cancelled")
    found = stands(place, today=first.ends_on + timedelta(days=1))
    assert cell(found, TEAM) == (None, 0, 1)
    assert [one.via for one in found.proofs] == [""]


def test_ties_are_those_of_the_cohorts_organisation_whoever_reads(place: Cast) -> None:
    seen(place, skill=FIND)
    tie(place.jinheng)
    for reader in (place.actor("mentor", place.jinheng), place.actor("coordinator")):
        with looking_for(reader.scope):
            assert cell(stands(place), SOLVES) == (None, 0, 0)
    tie(place.college)
    for reader in (place.actor("mentor", place.jinheng), place.actor("coordinator")):
        with looking_for(reader.scope):
            assert cell(stands(place), SOLVES) == (0.6667, 1, 0)
    tie(place.college, "related")
    assert cell(stands(place), SOLVES) == (None, 0, 0)


def test_an_objection_upheld_at_the_skill_that_was_named_counts_here_as_well(place: Cast) -> None:
    seen(place, skill=OTHERS)
    [made] = stands(place).proofs
    row = place.enrolments["26001"]
    ways = {"by": place.actor("apprentice"), "at": AT}
    raised = actions.object_to_proof(row, proof=made.key, skill=OTHERS, words="不是。", **ways)
    assert [one.contested for one in stands(place).proofs] == [True]
    actions.uphold_objection(raised, by=place.actor("mentor", place.jinheng), at=AT)
    assert stands(place).proofs == ()
    assert there(place).proofs == ()


def test_an_objection_upheld_where_a_proof_counts_by_way_of_another_skill_holds_everywhere(
    place: Cast,
) -> None:
    seen(place, skill=OTHERS)
    [made] = stands(place).proofs
    row = place.enrolments["26001"]
    ways = {"by": place.actor("apprentice"), "at": AT}
    raised = actions.object_to_proof(row, proof=made.key, skill=TEAM, words="不是。", **ways)
    assert raised.skill == OTHERS
    assert actions.object_to_proof(row, proof=made.key, skill=OTHERS, words="不是。", **ways).pk == raised.pk
    assert [one.contested for one in there(place).proofs] == [True]
    actions.uphold_objection(raised, by=place.actor("mentor", place.jinheng), at=AT)
    assert (stands(place).proofs, there(place).proofs) == ((), ())


def test_an_objection_to_a_fact_that_names_both_holds_for_both(place: Cast) -> None:
    from tests.domain.training.world import planned, publish

    publish(place, planned(place))
    row = place.enrolments["26001"]
    first = Stay.objects.filter(enrolment=row).earliest("starts_on")
    PlanUnit.objects.filter(pk=first.unit_id).update(skills=[OTHERS, TEAM])
    Stay.objects.exclude(pk=first.pk).update(state="cancelled")
    over = first.ends_on + timedelta(days=1)
    at = AT + timedelta(days=(over - TODAY).days)
    [made] = stands(place, today=over).proofs
    ways = {"by": place.actor("apprentice"), "at": at}
    raised = actions.object_to_proof(row, proof=made.key, skill=TEAM, words="不是。", **ways)
    actions.uphold_objection(raised, by=place.actor("coordinator"), at=at)
    other = standing(place.cohort, [row.pk], over, framework="ilo-core-work-skills-2013")
    assert (stands(place, today=over).proofs, other.proofs) == ((), ())


def test_a_goal_may_be_for_any_skill_that_is_seen(place: Cast) -> None:
    ways = {"by": place.actor("apprentice"), "at": AT}
    goal = actions.set_goal(place.enrolments["26001"], OTHERS, words="搭把手。", **ways)
    assert goal.skill == OTHERS
