"""Views, goals, objections: who may, what is refused, pressed twice."""

from __future__ import annotations

import uuid

import pytest

from craftpath.domain.growth import actions
from craftpath.domain.growth.models import SkillGoal, SkillObjection, SkillView
from craftpath.domain.judging.actions import Panel, publish_marks
from craftpath.domain.judging.queries import works
from craftpath.kernel.tenancy import looking_for
from craftpath.values.verdict import Refused
from tests.cast import AT, Cast
from tests.domain.growth.world import TALKS, TEAM, cell, known, seen, stands, view

pytestmark = pytest.mark.usefixtures("all_rows")


@pytest.fixture
def place(cast: Cast) -> Cast:
    known()
    return cast


def test_a_view_pressed_twice_is_kept_once_and_the_next_takes_its_place(place: Cast) -> None:
    name = uuid.uuid4()
    first = view(place, "apprentice", {TALKS: 2}, made_id=name)
    assert view(place, "apprentice", {TALKS: 2}, made_id=name).pk == first.pk
    view(place, "apprentice", {TALKS: 3})
    rows = SkillView.objects.order_by("pk").values_list("kind", "is_current", "levels")
    assert list(rows) == [("self", False, {TALKS: 2}), ("self", True, {TALKS: 3})]


def test_a_form_that_comes_back_with_other_words_is_taken(place: Cast) -> None:
    name = uuid.uuid4()
    view(place, "apprentice", {TALKS: 2}, made_id=name)
    second = view(place, "apprentice", {TALKS: 3}, made_id=name)
    assert view(place, "apprentice", {TALKS: 3}, made_id=name).pk == second.pk
    third = view(place, "apprentice", {TALKS: 2}, words="想了想。", made_id=name)
    current = SkillView.objects.get(is_current=True)
    assert (current.pk, current.levels, current.words) == (third.pk, {TALKS: 2}, "想了想。")
    assert SkillView.objects.count() == 3


@pytest.mark.parametrize(
    ("levels", "reason"),
    [({}, "nothing_rated"), ({TALKS: 5}, "level_unknown"), ({"juggling": 2}, "level_unknown")],
)
def test_a_view_without_sense_is_refused(place: Cast, levels: dict[str, int], reason: str) -> None:
    with pytest.raises(Refused, match=rf"^growth\.{reason}$"):
        view(place, "apprentice", levels)


def test_only_the_apprentice_and_those_who_work_with_one_rate(place: Cast) -> None:
    for who in ("classmate", "coordinator", "hr"):
        with pytest.raises(Refused, match=r"^growth\.not_your_apprentice$"):
            view(place, who, {TALKS: 2})


def test_a_stage_that_has_not_begun_is_not_rated(place: Cast) -> None:
    stage = place.programme.stages.get(order=3)
    with pytest.raises(Refused, match=r"^growth\.stage_not_begun$"):
        actions.view_skills(
            place.enrolments["26001"], stage, {TALKS: 2}, made_id=uuid.uuid4(),
            by=place.actor("apprentice"), at=AT,
        )  # fmt: skip


def goal(place: Cast, words: str = "一周内自己写交接记录。", who: str = "apprentice") -> SkillGoal:
    return actions.set_goal(place.enrolments["26001"], TALKS, words=words, by=place.actor(who), at=AT)


def test_one_open_goal_a_skill_said_anew_reached_once(place: Cast) -> None:
    row = goal(place)
    assert goal(place).pk == row.pk
    assert goal(place, "每天问一个问题。").pk == row.pk
    by = {"by": place.actor("apprentice"), "at": AT}
    assert actions.reach_goal(row, **by).state == "reached"
    assert actions.reach_goal(row, **by).state == "reached"
    with pytest.raises(Refused, match=r"^flow\.not_now$"):
        actions.drop_goal(row, **by)
    assert goal(place).pk != row.pk


def test_goals_are_the_apprentices_own_and_say_something(place: Cast) -> None:
    with pytest.raises(Refused, match=r"^growth\.not_yours$"):
        goal(place, who="coordinator")
    for words in ("  ", "x" * 201):
        with pytest.raises(Refused, match=r"^growth\.no_words$"):
            goal(place, words)
    with pytest.raises(Refused, match=r"^growth\.skill_unknown$"):
        actions.set_goal(
            place.enrolments["26001"], "juggling", words="x", by=place.actor("apprentice"), at=AT
        )


def test_helpers_read_goals_and_an_enterprise_does_not(place: Cast) -> None:
    goal(place)
    view(place, "apprentice", {TALKS: 2})
    readers = {
        "apprentice": None,
        "coordinator": None,
        "mentor": place.jinheng,
        "hr": place.jinheng,
        "classmate": None,
    }
    seen_by = {}
    for who, where in readers.items():
        with looking_for(place.actor(who, where).scope):
            seen_by[who] = (SkillGoal.objects.count(), SkillView.objects.count())
    assert seen_by == {
        "apprentice": (1, 1), "coordinator": (1, 1), "mentor": (1, 1), "hr": (0, 0), "classmate": (0, 0),
    }  # fmt: skip


def objected(place: Cast) -> SkillObjection:
    seen(place)
    key = stands(place).proofs[0].key
    return actions.object_to_proof(
        place.enrolments["26001"], proof=key, skill=TALKS, words="这是在练合作。",
        by=place.actor("apprentice"), at=AT,
    )  # fmt: skip


def test_an_objection_that_is_upheld_takes_the_proof_out(place: Cast) -> None:
    row = objected(place)
    assert cell(stands(place), TALKS)[1] == 1
    assert stands(place).proofs[0].contested
    for who in ("apprentice", "classmate", "hr"):
        by = place.actor(who, place.jinheng if who == "hr" else None)
        with pytest.raises(Refused, match=r"^growth\."):
            actions.uphold_objection(row, by=by, at=AT)
    mentor = {"by": place.actor("mentor", place.jinheng), "at": AT}
    assert actions.uphold_objection(row, **mentor).state == "upheld"
    assert actions.uphold_objection(row, **mentor).state == "upheld"
    assert cell(stands(place), TALKS) == (None, 0, 0)


def test_an_objection_is_rejected_in_words_only_and_can_be_taken_back(place: Cast) -> None:
    row = objected(place)
    coordinator = {"by": place.actor("coordinator"), "at": AT}
    with pytest.raises(Refused, match=r"^growth\.no_words$"):
        actions.reject_objection(row, answer=" ", **coordinator)
    assert actions.withdraw_objection(row, by=place.actor("apprentice"), at=AT).state == "withdrawn"
    with pytest.raises(Refused, match=r"^flow\.not_now$"):
        actions.reject_objection(row, answer="说的就是沟通。", **coordinator)
    again = actions.object_to_proof(
        row.enrolment, proof=row.proof, skill=TALKS, words="不对。", by=place.actor("apprentice"), at=AT
    )
    assert actions.reject_objection(again, answer="说的就是沟通。", **coordinator).state == "rejected"
    assert cell(stands(place), TALKS)[1] == 1


def test_an_objection_to_one_criterion_leaves_the_others_of_the_work(place: Cast) -> None:
    from tests.domain.judging import world as judging

    definition = judging.definition()
    for criterion in definition["criteria"][1:3]:
        criterion["skill"] = TALKS
    practical = judging.practical(place, Panel(), rubric=judging.rubric(place, definition=definition))
    judging.rate(place, practical, "mentor", {"seam": "4", "safety": "4", "tidy": "1"}, words="还行。")
    pk = place.enrolments["26001"].pk
    publish_marks(practical, {pk: str(works(practical)[pk].mark)}, by=place.actor("trainer"), at=AT)
    tidy, safety = sorted(stands(place).proofs, key=lambda one: one.value or 0)
    row = actions.object_to_proof(
        place.enrolments["26001"], proof=tidy.key, skill=TALKS, words="这是整理。",
        by=place.actor("apprentice"), at=AT,
    )  # fmt: skip
    assert {one.key for one in stands(place).proofs if one.contested} == {tidy.key}
    actions.uphold_objection(row, by=place.actor("coordinator"), at=AT)
    assert [one.key for one in stands(place).proofs] == [safety.key]


def test_an_objection_to_nothing_is_refused(place: Cast) -> None:
    row = seen(place)
    with pytest.raises(Refused, match=r"^growth\.proof_gone$"):
        actions.object_to_proof(
            place.enrolments["26001"], proof=f"x:{row.public_id}", skill=TEAM, words="不对。",
            by=place.actor("apprentice"), at=AT,
        )  # fmt: skip
