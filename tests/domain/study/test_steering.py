"""Overrides and objections: who may set what, what it does to the path, and that an apprentice objects once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from craftpath.domain.growth import actions as growth
from craftpath.domain.study import actions
from craftpath.domain.study.models import Override, StudyObjection
from craftpath.domain.study.pathing import way_of
from craftpath.engines.mastery import Why
from craftpath.values.verdict import Refused
from tests.cast import AT, TODAY, Cast
from tests.domain.study.world import PLANS, RIGHT, TALKS, answered, begun, known, opened

pytestmark = pytest.mark.usefixtures("all_rows")
UNTIL = TODAY + timedelta(days=30)


@pytest.fixture
def place(cast: Cast) -> Cast:
    known()
    return cast


def set_(cast: Cast, kind: str = "known", who: str = "mentor", skill: str = TALKS, **more: Any) -> Override:
    place = cast.jinheng if who == "mentor" else cast.college
    values = {"words": "在岗位上看到过。", "until": UNTIL, "by": cast.actor(who, place), "at": AT}
    return actions.set_override(cast.enrolments["26001"], skill, kind, **{**values, **more})


def keys(steps: Any) -> list[str]:
    return [one.key for one in steps]


def test_a_mastered_skill_is_skipped_with_its_figures_and_shown_anyway_by_a_press(place: Cast) -> None:
    opened(place, 20)
    row = place.enrolments["26001"]
    growth.set_goal(row, TALKS, words="每天交接说清楚", by=place.actor("apprentice"), at=AT)
    answered(place, begun(place), [RIGHT])

    way = way_of(row, TODAY, AT + timedelta(hours=1))
    skipped = {one.key: one.reasons[0] for one in way.path.skipped}
    assert skipped[TALKS].why is Why.MASTERED
    assert TALKS not in keys(way.path.steps)

    first = actions.show_anyway(row, TALKS, by=place.actor("apprentice"), at=AT)
    assert actions.show_anyway(row, TALKS, by=place.actor("apprentice"), at=AT).pk == first.pk
    way = way_of(row, TODAY, AT + timedelta(hours=1))
    assert TALKS in keys(way.path.steps)
    actions.lift_override(first, by=place.actor("apprentice"), at=AT)
    assert TALKS not in keys(way_of(row, TODAY, AT + timedelta(hours=1)).path.steps)


def test_an_own_goal_comes_first_and_says_why(place: Cast) -> None:
    row = place.enrolments["26001"]
    growth.set_goal(row, PLANS, words="列好刀具单", by=place.actor("apprentice"), at=AT)

    way = way_of(row, TODAY, AT)

    assert way.path.steps[0].key == PLANS
    assert [one.why for one in way.path.steps[0].reasons][0] is Why.GOAL


def test_a_word_of_a_mentor_takes_a_skill_off_the_path_until_its_last_day(place: Cast) -> None:
    row = place.enrolments["26001"]
    growth.set_goal(row, TALKS, words="说清楚", by=place.actor("apprentice"), at=AT)
    set_(place, "not_now")

    assert TALKS not in keys(way_of(row, TODAY, AT).path.steps)
    assert TALKS in keys(way_of(row, UNTIL + timedelta(days=1), AT + timedelta(days=31)).path.steps)


def test_another_word_takes_its_place_and_the_same_changes_nothing(place: Cast) -> None:
    first = set_(place)

    assert set_(place).pk == first.pk
    second = set_(place, "must", "coordinator")

    assert [one.state for one in Override.objects.order_by("pk")] == ["lifted", "open"]
    assert second.kind == "must"
    with pytest.raises(Refused, match=r"study\.word_stands"):
        actions.show_anyway(place.enrolments["26001"], TALKS, by=place.actor("apprentice"), at=AT)


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"words": " "}, "study.no_words"),
        ({"until": TODAY - timedelta(days=1)}, "study.until_outside"),
        ({"until": TODAY + timedelta(days=400)}, "study.until_outside"),
        ({"skill": "no_such_skill"}, "study.skill_unknown"),
        ({"kind": "fine"}, "study.kind_unknown"),
        ({"who": "apprentice"}, "study.own_word"),
        ({"who": "classmate"}, "study.not_your_apprentice"),
        ({"who": "hr", "by": None}, "study.not_your_apprentice"),
    ],
)
def test_it_needs_words_a_day_and_somebody_who_helps(place: Cast, more: dict[str, Any], reason: str) -> None:
    if more.get("who") == "hr":
        more = {"by": place.actor("hr", place.jinheng)}
    with pytest.raises(Refused, match=f"^{reason}$"):
        set_(place, **more)


def test_the_apprentice_objects_to_it_once_and_what_is_agreed_is_lifted(place: Cast) -> None:
    row, mine = place.enrolments["26001"], {"by": place.actor("apprentice"), "at": AT}
    held = set_(place, "not_now")

    one = actions.object_to_study(row, TALKS, override=held, words="我想现在学", **mine)
    again = actions.object_to_study(row, TALKS, override=held, words="真的", **mine)
    assert one.pk == again.pk
    actions.agree_objection(one, answer="好，那就现在。", by=place.actor("mentor", place.jinheng), at=AT)

    assert Override.objects.get().state == "lifted"
    assert StudyObjection.objects.get().state == "agreed"
    assert actions.object_to_study(row, TALKS, override=held, words="再来", **mine).pk == one.pk


def test_what_the_answers_say_may_be_objected_to_one_at_a_time(place: Cast) -> None:
    row, mine = place.enrolments["26001"], {"by": place.actor("apprentice"), "at": AT}

    one = actions.object_to_study(row, TALKS, words="题目看错了", **mine)
    assert actions.object_to_study(row, TALKS, words="题目看错了", **mine).pk == one.pk
    with pytest.raises(Refused, match=r"study\.own_word"):
        actions.reject_objection(one, answer="不", **mine)
    with pytest.raises(Refused, match=r"study\.no_words"):
        actions.reject_objection(one, answer="", by=place.actor("coordinator"), at=AT)
    actions.withdraw_objection(one, **mine)

    assert actions.object_to_study(row, TALKS, words="还是不对", **mine).pk != one.pk
