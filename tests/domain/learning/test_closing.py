"""From the roll to the ledger of hours, and what the apprentice says."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from craftpath.domain.learning.actions import (
    Said,
    close_session,
    confirm_own_attendance,
    dispute_attendance,
    settle_attendance,
)
from craftpath.domain.learning.models import Attendance
from craftpath.domain.learning.queries import tallies, to_confirm
from craftpath.domain.training.models import HourLine
from craftpath.domain.training.queries import minutes_by_bucket
from craftpath.kernel.access import join
from craftpath.kernel.roles import Role
from craftpath.values.verdict import Refused
from tests.cast import AT, Cast
from tests.domain.learning.conftest import LATER, Classroom

pytestmark = pytest.mark.usefixtures("all_rows")


def hours(cast: Cast, number: str = "26001") -> dict[str, int]:
    """bucket → minutes in the ledger, those that came to nothing left out."""
    pk = cast.enrolments[number].pk
    return {bucket: minutes for bucket, minutes in minutes_by_bucket([pk]).get(pk, {}).items() if minutes}


def test_closing_brings_the_hours_of_those_who_were_there(classroom: Classroom, cast: Cast) -> None:
    session = classroom.session()
    classroom.roll(session, n26002="absent", n26003=Said("late", 95))
    assert not HourLine.objects.exists()
    closed = classroom.close(session)
    assert (closed.done, closed.refused, closed.waiting) == ([session], {}, {})
    assert (hours(cast), hours(cast, "26002"), hours(cast, "26003")) == ({"taught": 120}, {}, {"taught": 95})
    line = classroom.line(session)
    assert HourLine.objects.get(enrolment=line.enrolment_id).source == f"learning/attendance/{line.public_id}"
    assert HourLine.objects.get(enrolment=line.enrolment_id).on == session.on
    again = classroom.close(session)
    assert [verdict.reason for verdict in again.refused.values()] == ["learning.closed_already"]
    assert hours(cast) == {"taught": 120}


@pytest.mark.parametrize("case", ["no roll", "not over", "not everybody"])
def test_a_session_is_not_closed_by_silence(classroom: Classroom, cast: Cast, case: str) -> None:
    session = classroom.session()
    if case == "not over":
        classroom.roll(session)
    if case == "not everybody":
        classroom.roll(session, marks={cast.enrolments["26001"].public_id: Said("present")})
    at = AT + timedelta(hours=1) if case == "not over" else LATER
    closed = close_session([session], by=classroom.trainer, at=at)
    reasons = {"no roll": "no_roll", "not over": "not_over", "not everybody": "not_everybody_marked"}
    assert [verdict.reason for verdict in closed.refused.values()] == [f"learning.{reasons[case]}"]
    assert not HourLine.objects.exists()


def test_hours_online_stand_in_their_own_bucket_and_never_twice(classroom: Classroom, cast: Cast) -> None:
    session = classroom.session(mode="mixed", online_minutes=40)
    classroom.roll(session, n26002=Said("left_early", 60))
    classroom.close(session)
    assert hours(cast) == {"taught": 80, "online": 40}
    assert hours(cast, "26002") == {"taught": 40, "online": 20}


def test_a_session_of_no_bucket_brings_no_hours(classroom: Classroom) -> None:
    session = classroom.session(bucket="", kind="exam_preparation")
    classroom.roll(session)
    classroom.close(session)
    assert not HourLine.objects.exists()


def test_a_disputed_line_waits_and_its_hours_come_back_with_the_settlement(
    classroom: Classroom, cast: Cast
) -> None:
    session = classroom.session()
    classroom.roll(session, n26001="absent")
    apprentice = cast.actor("apprentice")
    line = dispute_attendance(classroom.line(session), words="I sat in the back.", by=apprentice, at=AT)
    assert (line.says, line.disputed) == ("there", True)
    classroom.close(session)
    assert hours(cast) == {}
    line = settle_attendance(line, status="present", by=classroom.trainer, at=LATER)
    assert (line.words, line.counted) == ("I sat in the back.", 120)
    assert hours(cast) == {"taught": 120}


def test_an_objection_after_closing_takes_the_hours_back_by_a_reversal(
    classroom: Classroom, cast: Cast
) -> None:
    session = classroom.session()
    classroom.roll(session)
    classroom.close(session)
    line = dispute_attendance(classroom.line(session), words="", by=cast.actor("apprentice"), at=LATER)
    assert line.says == "not_there"
    assert hours(cast) == {}
    settled = settle_attendance(line, status="present", by=classroom.coordinator, at=LATER)
    assert hours(cast) == {"taught": 120}
    assert HourLine.objects.filter(enrolment=line.enrolment_id).count() == 3
    with pytest.raises(Refused) as caught:
        dispute_attendance(settled, words="no", by=cast.actor("apprentice"), at=LATER)
    assert caught.value.verdict.reason == "learning.settled_already"


def test_an_objection_to_a_mark_that_was_changed_meanwhile_is_not_turned_around(
    classroom: Classroom, cast: Cast
) -> None:
    session = classroom.session()
    classroom.roll(session)
    apprentice, read = cast.actor("apprentice"), classroom.line(session)
    assert confirm_own_attendance([], by=apprentice, at=AT) == 0
    classroom.roll(session, n26001="absent")  # while the apprentice looks at "present"
    with pytest.raises(Refused) as caught:
        dispute_attendance(read, words="", says="not_there", by=apprentice, at=AT)
    assert caught.value.verdict.reason == "learning.marked_meanwhile"
    assert confirm_own_attendance([read], by=apprentice, at=AT) == 0
    line = classroom.line(session)
    assert (line.status, line.says, line.confirmed_at) == ("absent", "", None)
    assert dispute_attendance(line, words="", says="there", by=apprentice, at=AT).says == "there"


def test_a_roll_after_closing_moves_the_hours(classroom: Classroom, cast: Cast) -> None:
    session = classroom.session()
    classroom.roll(session)
    classroom.close(session)
    classroom.roll(session, at=LATER, n26001=Said("left_early", 30), n26002="absent")
    assert (hours(cast), hours(cast, "26002"), hours(cast, "26003")) == ({"taught": 30}, {}, {"taught": 120})
    classroom.roll(
        session,
        at=LATER,
        n26001=Said("left_early", 30),
        n26002="absent",
        by=classroom.coordinator,
        n26003="absent",
    )
    assert hours(cast, "26003") == {}  # two people differ: it waits
    settle_attendance(classroom.line(session, "26003"), status="present", by=classroom.coordinator, at=LATER)
    assert hours(cast, "26003") == {"taught": 120}


def test_one_minute_counts_once(classroom: Classroom, cast: Cast) -> None:
    first = classroom.session()
    second = classroom.session(title={"en": "Other"}, starts_at=AT + timedelta(minutes=90), ends_at=LATER)
    touching = classroom.session(title={"en": "After"}, starts_at=LATER, ends_at=LATER + timedelta(hours=1))
    for row in (first, second, touching):
        classroom.roll(row, at=row.starts_at, n26002="absent" if row == first else "present")
    closed = close_session([first, second, touching], by=classroom.trainer, at=LATER + timedelta(hours=2))
    late = [
        row.public_id for row in Attendance.objects.filter(session=second).exclude(enrolment__number="26002")
    ]
    assert {key: verdict.reason for key, verdict in closed.waiting.items()} == dict.fromkeys(
        late, "learning.overlaps"
    )
    assert (hours(cast), hours(cast, "26002")) == ({"taught": 180}, {"taught": 150})


def test_only_the_apprentice_answers(classroom: Classroom, cast: Cast) -> None:
    session = classroom.session()
    classroom.roll(session)
    line = classroom.line(session)
    for who in ("classmate", "trainer", "coordinator"):
        for verb in (
            lambda by: confirm_own_attendance([line], by=by, at=AT),
            lambda by: dispute_attendance(line, words="x", by=by, at=AT),
        ):
            with pytest.raises(Refused) as caught:
                verb(cast.actor(who))
            assert caught.value.verdict.reason == "learning.not_your_attendance"


def test_all_lines_are_confirmed_by_one_press_and_a_change_asks_again(
    classroom: Classroom, cast: Cast
) -> None:
    first, second = classroom.plan(weeks=2)
    for row in (first, second):
        classroom.roll(row, at=row.starts_at)
    apprentice = cast.actor("apprentice")
    lines = list(to_confirm(apprentice.person))
    assert len(lines) == 2
    assert confirm_own_attendance(lines, by=apprentice, at=LATER) == 2
    assert confirm_own_attendance(lines, by=apprentice, at=LATER) == 0
    classroom.roll(first, n26001="late")
    assert [row.session for row in to_confirm(apprentice.person)] == [first]


def test_who_teaches_and_learns_in_one_class_neither_marks_nor_settles_oneself(
    classroom: Classroom, cast: Cast
) -> None:
    join([cast.people["classmate"]], cast.college, Role.TRAINER, on=AT.date())
    session = classroom.session()
    own = cast.enrolments["26002"].public_id
    taken = classroom.roll(session, by=cast.actor("classmate"))
    assert taken.unknown == [own]
    assert "26002" not in classroom.statuses(session)
    classroom.roll(session, n26002="absent")
    line = dispute_attendance(classroom.line(session, "26002"), words="", by=cast.actor("classmate"), at=AT)
    with pytest.raises(Refused):
        settle_attendance(line, status="present", by=cast.actor("classmate"), at=AT)


def test_the_tally_of_an_apprentice(classroom: Classroom, cast: Cast) -> None:
    rows = classroom.plan(weeks=4)
    for row, status in zip(rows, ("present", "absent", "excused", "late"), strict=True):
        classroom.roll(row, at=row.starts_at, n26001=status)
    tally = tallies([cast.enrolments["26001"].pk])[cast.enrolments["26001"].pk]
    assert (tally.marked, tally.rate, tally.there) == (4, 66, 240)


def test_closing_many_asks_as_often_as_closing_one(classroom: Classroom) -> None:
    def asked(weeks: int) -> int:
        rows = classroom.plan(
            weeks=weeks,
            title={"en": f"row of {weeks}"},
            starts_at=AT + timedelta(days=weeks),
            ends_at=AT + timedelta(days=weeks, hours=1),
        )
        for row in rows:
            classroom.roll(row, at=row.starts_at)
        with CaptureQueriesContext(connection) as found:
            closed = close_session(rows, by=classroom.trainer, at=AT + timedelta(days=400))
        assert len(closed.done) == weeks
        return len(found)

    asked(1)  # what a process keeps is kept from here on
    assert asked(2) == asked(6)
