"""The halfway talk: when it is due, that nobody reads the other's answers too early, and how it is closed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from craftpath.delivery.exchange.own_record import about
from craftpath.domain.mentoring import actions, rules
from craftpath.domain.mentoring.dates import months_later, next_meeting, rhythm, talk_due
from craftpath.domain.mentoring.models import HalfwayTalk, TalkSide
from craftpath.kernel.audit import AuditEntry
from tests.cast import AT, TODAY, Cast
from tests.domain.mentoring.world import DAY, acting, answers, held, taught
from tests.domain.pairing.world import refused

pytestmark = pytest.mark.usefixtures("all_rows")
DAYS = st.dates(date(2020, 1, 1), date(2060, 1, 1))


@given(DAYS, st.integers(1, 3000), st.integers(10, 90))
def test_a_talk_is_due_inside_the_pair(first: date, length: int, percent: int) -> None:
    ends = first + timedelta(days=length)
    due = talk_due(first, ends, percent, None)
    assert due is not None
    assert first <= due < ends
    assert (due - first).days == length * percent // 100
    assert talk_due(first, ends, percent, first) is None


@given(DAYS, st.integers(0, 60))
def test_months_keep_the_day_or_take_the_last(day: date, months: int) -> None:
    later = months_later(day, months)
    assert (later.year - day.year) * 12 + later.month - day.month == months
    assert later.day == day.day or (later.day < day.day and (later + DAY).day == 1)


@given(DAYS, st.integers(0, 400), st.integers(1, 366))
def test_rhythm_turns_the_day_after_the_last_that_is_in_time(last: date, since: int, every: int) -> None:
    edge = next_meeting(last, last + timedelta(days=since), every)
    assert rhythm(last, last + timedelta(days=since), every, edge) == "in_time"
    assert rhythm(last, last + timedelta(days=since), every, edge + DAY) == "late"
    assert rhythm(last, None, every, last + timedelta(days=every + 1)) == "never"


def test_without_an_end_it_comes_every_half_year() -> None:
    assert talk_due(date(2026, 8, 31), None, 50, None) == date(2027, 2, 28)
    assert talk_due(date(2026, 8, 31), None, 50, date(2027, 3, 10)) == date(2027, 9, 10)


def test_neither_reads_before_both_have_answered_or_a_week_has_gone(cast: Cast) -> None:
    pair = taught(cast, ends_on=TODAY + 60 * DAY)
    mentor, learner = (acting(cast, cast.people[who]) for who in ("mentor", "apprentice"))
    for _ in range(2):
        talk = actions.answer_talk(pair, answers=answers(), by=learner, at=AT)
    sides = [side.answers is not None for side in talk.sides.all()]
    assert not rules.shown(talk, sides, AT + timedelta(days=7, seconds=-1))
    assert rules.shown(talk, sides, AT + timedelta(days=7))
    with refused("mentoring.not_shown_yet"):
        actions.agree_steps(talk, steps="x", seen=0, by=learner, at=AT)
    with refused("mentoring.answered_already"):
        actions.answer_talk(pair, answers=answers(1), by=learner, at=AT)
    talk = actions.answer_talk(pair, answers=answers(2), by=mentor, at=AT)
    assert rules.shown(talk, [True, True], AT)
    assert HalfwayTalk.objects.count() == 1
    assert AuditEntry.objects.filter(fact="mentoring.talk_answered").count() == 2


def test_answers_are_whole_in_time_and_of_those_in_the_pair(cast: Cast) -> None:
    pair = taught(cast, ends_on=TODAY + 60 * DAY)
    learner = acting(cast, cast.people["apprentice"])
    some = answers()
    some.pop("safety")
    for wrong in (some, answers(6), {}):
        with refused("mentoring.answer_all"):
            actions.answer_talk(pair, answers=wrong, by=learner, at=AT)
    with refused("mentoring.answer_too_long"):
        actions.answer_talk(pair, answers=answers(words="长" * 301), by=learner, at=AT)
    with refused("mentoring.not_in_it"):
        actions.answer_talk(pair, answers=answers(), by=cast.actor("coordinator"), at=AT)
    assert not TalkSide.objects.exists()
    with refused("mentoring.talk_not_yet"):
        early = taught_later(cast)
        actions.answer_talk(early, answers=answers(), by=acting(cast, cast.people["classmate"]), at=AT)


def taught_later(cast: Cast):  # type: ignore[no-untyped-def]
    from tests.domain.pairing.world import formed, of

    return formed(cast, of(cast, "26002", cast.people["mentor"]), on=TODAY, ends_on=TODAY + 300 * DAY)


def test_the_own_record_holds_the_own_answers_and_nobody_else_s() -> None:
    assert about(TalkSide) == ["person"]
    assert about(HalfwayTalk) == ["sides__person"]


def test_it_is_closed_by_every_side_on_the_same_words(cast: Cast) -> None:
    pair = taught(cast, ends_on=TODAY + 60 * DAY)
    people = [cast.people[who] for who in ("mentor", "apprentice")]
    mentor, learner = (acting(cast, person) for person in people)
    for by in (mentor, learner):
        talk = actions.answer_talk(pair, answers=answers(), by=by, at=AT)
    with refused("mentoring.no_steps"):
        actions.close_talk(talk, seen=0, by=mentor, at=AT)
    actions.agree_steps(talk, steps="每周三", seen=0, by=mentor, at=AT)
    actions.close_talk(talk, seen=1, by=mentor, at=AT)
    with refused("mentoring.changed_meanwhile"):
        actions.agree_steps(talk, steps="每周四", seen=0, by=learner, at=AT)
    actions.agree_steps(talk, steps="每周四", seen=1, by=learner, at=AT)
    with refused("mentoring.changed_meanwhile"):
        actions.close_talk(talk, seen=1, by=learner, at=AT)
    assert (
        actions.close_talk(talk, seen=2, by=learner, at=AT).state == "open"
    )  # the other has to read it again
    for _ in range(2):
        assert actions.close_talk(talk, seen=2, by=mentor, at=AT).state == "closed"
    with refused("mentoring.talk_settled"):
        actions.answer_talk(pair, answers=answers(), by=mentor, at=AT)


def test_it_is_waived_with_a_reason_by_who_teaches_or_the_office(cast: Cast) -> None:
    pair = taught(cast, ends_on=TODAY + 60 * DAY)
    with refused("kernel.role_lacks"):
        actions.waive_talk(pair, because="x", by=acting(cast, cast.people["apprentice"]), at=AT)
    with refused("mentoring.no_words"):
        actions.waive_talk(pair, because=" ", by=cast.actor("coordinator"), at=AT)
    for _ in range(2):
        talk = actions.waive_talk(pair, because="时间太短", by=acting(cast, cast.people["mentor"]), at=AT)
    assert (talk.state, HalfwayTalk.objects.count()) == ("waived", 1)


def test_without_an_end_there_is_another_round(cast: Cast) -> None:
    pair = taught(cast, on=TODAY - 400 * DAY)
    held(cast, pair, [cast.people["mentor"], cast.people["apprentice"]])
    with refused("mentoring.talk_not_yet"):
        actions.answer_talk(pair, answers=answers(), by=acting(cast, cast.people["mentor"]), at=AT)
    later = AT + timedelta(days=200)
    again = actions.answer_talk(pair, answers=answers(), by=acting(cast, cast.people["mentor"]), at=later)
    assert (again.round, again.due_on) == (2, months_later(TODAY, 6))
