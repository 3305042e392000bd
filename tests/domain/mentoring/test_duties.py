"""Duties of pairs at work: who is asked for what, from which day, and that it ends when it is done."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from craftpath.domain.mentoring import actions
from craftpath.domain.pairing.models import Pair
from craftpath.kernel.access import system
from craftpath.kernel.duties import KINDS, Asked
from craftpath.kernel.people import Person
from craftpath.kernel.signing import parties_of
from tests.cast import AT, TODAY, Cast
from tests.domain.mentoring.world import DAY, acting, answers, goal, met, taught, together

pytestmark = pytest.mark.usefixtures("all_rows")


def asked(code: str, at: datetime = AT, people: tuple[int, int] | None = None) -> list[tuple[object, object]]:
    """(person id or None, anchor) of what is open of a kind."""
    found = KINDS[f"mentoring.{code}"].find(Asked(at, at.date(), None, people))
    rows = list(found) if not hasattr(found, "values_list") else list(
        found.values_list("duty_subject", "duty_anchor", "duty_place", "duty_who")
    )  # fmt: skip
    return [(row[3], row[1]) for row in rows]


def _ids(*people: Person) -> set[int]:
    return {one.pk for one in people}


def test_who_teaches_is_asked_to_meet_by_the_rule(cast: Cast) -> None:
    pair, mentor = taught(cast), cast.people["mentor"]
    assert asked("meet") == [(mentor.pk, pair.starts_on + 14 * DAY)]
    met(pair, acting(cast, cast.people["apprentice"]), mentor, on=TODAY - 2 * DAY)
    assert asked("meet") == [(mentor.pk, TODAY + 12 * DAY)]
    assert asked("meet", people=(mentor.pk, mentor.pk + 1)) == []
    assert asked("meet", people=(mentor.pk - 1, mentor.pk)) == [(mentor.pk, TODAY + 12 * DAY)]


def test_the_other_is_asked_to_confirm_and_no_more_after_two_weeks(cast: Cast) -> None:
    pair = taught(cast)
    mentor, learner = cast.people["mentor"], cast.people["apprentice"]
    row = met(pair, acting(cast, learner), mentor)
    assert asked("confirm") == [(mentor.pk, AT)]
    assert asked("confirm", AT + timedelta(days=15)) == []
    actions.correct_meeting(
        row, actions.Met(TODAY, 90, "bench", "更长"), because="x", seen=1, by=acting(cast, mentor), at=AT
    )
    assert asked("confirm") == [(learner.pk, AT)]
    actions.confirm_meeting(row, seen=2, by=acting(cast, learner), at=AT)
    assert asked("confirm") == []


def test_both_are_asked_for_goals_of_both_sides(cast: Cast) -> None:
    pair = together(cast)
    one, two = cast.people["mentor"], cast.people["trainer"]
    assert {who for who, _ in asked("goal")} == _ids(one, two)
    goal(pair, one, acting(cast, one))
    assert {who for who, _ in asked("goal")} == _ids(one, two)
    goal(pair, two, acting(cast, one))
    assert asked("goal") == []


def test_each_side_is_asked_to_answer_the_talk_until_it_has(cast: Cast) -> None:
    pair = taught(cast, ends_on=TODAY + 60 * DAY)
    mentor, learner = cast.people["mentor"], cast.people["apprentice"]
    due = pair.starts_on + 80 * DAY
    assert sorted(asked("talk")) == sorted([(mentor.pk, due), (learner.pk, due)])
    actions.answer_talk(pair, answers=answers(), by=acting(cast, learner), at=AT)
    assert asked("talk") == [(mentor.pk, due)]
    actions.answer_talk(pair, answers=answers(), by=acting(cast, mentor), at=AT)
    assert asked("talk") == []


def test_an_agreement_is_asked_of_the_office_and_then_of_everybody(cast: Cast) -> None:
    pair, office = taught(cast), cast.actor("coordinator")
    assert asked("draw") == []
    actions.set_meeting_rule(
        cast.college, every_days=14, talk_after_percent=50, needs_agreement=True, by=office, at=AT
    )
    assert asked("draw") == [(None, pair.starts_on)]
    row = actions.draw_up_agreement(pair, by=office, at=AT)
    assert asked("draw") == []
    people = _ids(cast.people["mentor"], cast.people["apprentice"])
    assert {who for who, _ in asked("sign")} == people | {None}
    assert row.document is not None
    party = parties_of(row.document)[0]
    actions.sign_agreement(party, seen=row.document.sha256, by=acting(cast, cast.people["mentor"]), at=AT)
    assert {who for who, _ in asked("sign")} == people - _ids(cast.people["mentor"]) | {None}


def test_a_pair_that_graduated_or_is_over_asks_for_nothing(cast: Cast) -> None:
    pair = taught(cast, ends_on=TODAY + 9 * DAY)
    actions.waive_talk(pair, because="x", by=cast.actor("coordinator"), at=AT)
    assert len(asked("meet")) == 1
    assert asked("meet", AT + timedelta(days=9)) == []
    actions.graduate_pair(pair, by=cast.actor("coordinator"), at=AT)
    assert [asked(code) for code in ("meet", "confirm", "goal", "talk", "draw", "sign")] == [[]] * 6
    assert Pair.objects.count() == 1


def test_the_nearest_rule_above_counts(cast: Cast) -> None:
    pair, mentor = taught(cast), cast.people["mentor"].pk
    for place, days in ((cast.city, 30), (cast.college, 7)):
        actions.set_meeting_rule(
            place, every_days=days, talk_after_percent=50, needs_agreement=False, by=system(), at=AT
        )
        assert asked("meet") == [(mentor, pair.starts_on + days * DAY)]
