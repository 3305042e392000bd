"""The roll: by exception, once, merged, never written over."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from craftpath.domain.apprenticeships.models import Enrolment
from craftpath.domain.learning.actions import Said, cancel_session, settle_attendance, take_roll
from craftpath.domain.learning.models import Attendance, OtherMark, Roll
from craftpath.domain.learning.queries import differences, expected
from craftpath.kernel.access import Actor
from craftpath.kernel.people import Person
from craftpath.kernel.roles import Role
from craftpath.kernel.tenancy import looking_for
from craftpath.values.verdict import Refused
from tests.cast import AT, Cast
from tests.domain.learning.conftest import LATER, Classroom

pytestmark = pytest.mark.usefixtures("all_rows")


def test_a_whole_class_stands_by_one_roll(classroom: Classroom) -> None:
    session = classroom.session()
    taken = classroom.roll(session, n26002="absent", n26003="late", n26004="excused")
    assert len(taken.new) == 5
    assert classroom.statuses(session) == {
        "26001": "present", "26002": "absent", "26003": "late", "26004": "excused", "26005": "present",
    }  # fmt: skip
    assert {row.minutes for row in Attendance.objects.filter(status__in=("absent", "excused"))} == {0}
    assert {row.minutes for row in Attendance.objects.filter(status__in=("present", "late"))} == {120}
    session.refresh_from_db()
    assert (session.state, session.revision) == ("held", 1)


def test_the_same_roll_again_changes_nothing_even_when_it_comes_late(classroom: Classroom) -> None:
    session = classroom.session()
    first = uuid.uuid4()
    classroom.roll(session, made_id=first, base=0, n26002="absent")
    classroom.roll(session, base=1)  # she came after all
    again = classroom.roll(session, made_id=first, base=0, n26002="absent")
    assert again.again
    assert classroom.statuses(session)["26002"] == "present"
    assert not OtherMark.objects.exists()
    assert Roll.objects.count() == 2


def test_who_called_it_changes_it_knowing_what_stood(classroom: Classroom) -> None:
    session = classroom.session()
    classroom.roll(session)
    taken = classroom.roll(session, n26001="left_early")
    assert taken.changed == [classroom.cast.enrolments["26001"].public_id]
    assert len(taken.same) == 4
    assert classroom.line(session).status == "left_early"


def test_two_people_who_differ_are_both_kept_until_somebody_settles_it(classroom: Classroom) -> None:
    session = classroom.session()
    classroom.roll(session, n26002="absent")
    taken = classroom.roll(session, by=classroom.coordinator, base=1)  # knew it, and says otherwise
    person = classroom.cast.enrolments["26002"]
    assert taken.beside == [person.public_id]
    line = classroom.line(session, "26002")
    assert (line.status, [other.status for other in line.others.all()]) == ("absent", ["present"])
    assert [row.pk for row in differences()] == [line.pk]
    classroom.roll(session, by=classroom.coordinator, base=1)  # another device says it once more
    assert OtherMark.objects.count() == 1
    settled = settle_attendance(line, status="present", by=classroom.coordinator, at=AT)
    assert (settled.status, settled.minutes) == ("present", 120)
    assert not differences().exists()
    assert OtherMark.objects.count() == 1  # what was said stays


def test_one_person_s_second_device_that_knew_nothing_is_kept_beside(classroom: Classroom) -> None:
    session = classroom.session()
    classroom.roll(session, base=0, n26002="absent")
    taken = classroom.roll(session, base=0, n26003="absent")
    assert set(taken.beside) == {classroom.cast.enrolments[n].public_id for n in ("26002", "26003")}


def test_a_stale_roll_about_others_is_no_difference(classroom: Classroom) -> None:
    """A base says what was known of each line, not of the class."""
    session = classroom.session()
    ids = {number: row.public_id for number, row in classroom.cast.enrolments.items()}
    classroom.roll(session, marks={ids["26001"]: Said("absent")})
    classroom.roll(session, marks={ids["26002"]: Said("absent")})
    taken = classroom.roll(session, base=1, marks={ids["26001"]: Said("present")})
    assert taken.changed == [ids["26001"]]
    assert not taken.beside


def test_who_is_not_named_is_not_marked_and_a_stranger_is_told_not_lost(classroom: Classroom) -> None:
    session = classroom.session()
    mine = classroom.cast.enrolments["26001"].public_id
    taken = classroom.roll(session, marks={mine: Said("present"), "notofthisone": Said("present")})
    assert (taken.new, taken.unknown) == ([mine], ["notofthisone"])
    assert Attendance.objects.count() == 1
    assert "notofthisone" in Roll.objects.get().marks


def test_who_left_is_not_expected_any_more_and_who_comes_later_not_yet(classroom: Classroom) -> None:
    session = classroom.session()
    rows = Enrolment.objects.all()
    rows.filter(number="26002").update(state="ended", ended_on=session.on, ended_because="moved")
    rows.filter(number="26003").update(state="ended", ended_on=date(2026, 9, 15), ended_because="moved")
    rows.filter(number="26004").update(starts_on=date(2026, 9, 15))
    assert [row.number for row in expected(session)] == ["26001", "26003", "26005"]


def test_minutes_of_those_who_leave_or_whom_somebody_has_timed(classroom: Classroom) -> None:
    session = classroom.session()
    classroom.roll(
        session,
        at=AT + timedelta(minutes=70),
        n26001="left_early",
        n26002=Said("late", 95),
        n26003=Said("left_early", 5000),
        n26004=Said("absent", 60),
    )
    minutes = dict(Attendance.objects.values_list("enrolment__number", "minutes").order_by())
    assert minutes == {"26001": 70, "26002": 95, "26003": 120, "26004": 0, "26005": 120}
    later = classroom.session(
        title={"en": "Next"}, starts_at=AT + timedelta(hours=4), ends_at=AT + timedelta(hours=5)
    )
    classroom.roll(later, at=AT + timedelta(days=1), n26001="left_early")
    assert classroom.line(later).minutes == 0


@pytest.mark.parametrize("who", ["apprentice", "mentor", "hr", "assessor", "officer"])
def test_who_neither_runs_nor_teaches_it_calls_no_roll(classroom: Classroom, cast: Cast, who: str) -> None:
    session = classroom.session()
    seats = {"mentor": cast.jinheng, "hr": cast.jinheng, "officer": cast.city}
    with pytest.raises(Refused) as caught:
        classroom.roll(session, by=cast.actor(who, seats.get(who)))
    assert caught.value.verdict.reason == "learning.not_yours_to_hold"
    assert not Attendance.objects.exists()


def test_a_mentor_who_is_named_calls_the_names_of_the_whole_class(classroom: Classroom, cast: Cast) -> None:
    session = classroom.session(teachers={cast.people["mentor"]: "mentor"})
    mentor = cast.actor("mentor", cast.jinheng)
    with looking_for(mentor.scope):
        assert [row.number for row in expected(session)] == ["26001", "26002", "26003", "26004", "26005"]
        taken = take_roll(session, classroom.marks(), made_id=uuid.uuid4(), base=0, by=mentor, at=AT)
        assert len(taken.new) == 5
        assert Attendance.objects.count() == 5


def test_at_an_enterprise_those_who_work_there_are_expected(classroom: Classroom, cast: Cast) -> None:
    above = Actor(organisation=cast.city, person=cast.people["officer"], roles=frozenset({Role.COORDINATOR}))
    session = classroom.session(organisation=cast.jinheng, by=above)
    assert [row.number for row in expected(session)] == ["26001", "26002", "26005"]


def test_not_before_it_begins_and_not_once_cancelled(classroom: Classroom) -> None:
    session = classroom.session(starts_at=AT + timedelta(hours=2), ends_at=AT + timedelta(hours=3))
    for at, reason in ((AT + timedelta(minutes=80), "learning.not_begun"), (LATER, "learning.cancelled")):
        if reason == "learning.cancelled":
            cancel_session([session], because="ill", by=classroom.coordinator, at=AT)
        with pytest.raises(Refused) as caught:
            classroom.roll(session, at=at)
        assert caught.value.verdict.reason == reason
    assert not Attendance.objects.exists()


def test_nonsense_is_refused_whole(classroom: Classroom) -> None:
    session = classroom.session()
    for marks in ({}, classroom.marks(n26002="asleep")):
        with pytest.raises(Refused):
            classroom.roll(session, marks=marks)
    assert not Attendance.objects.exists()
    assert not Roll.objects.exists()


def test_a_class_of_fifty_asks_no_more_than_one_of_five(classroom: Classroom, cast: Cast) -> None:
    def queries() -> list[int]:
        session = classroom.session(title={"en": uuid.uuid4().hex})
        counts = []
        for differ in ({}, {"n26001": "absent", "n26002": "late"}):
            marks = {row.public_id: Said("present") for row in expected(session)} | {
                public_id: said
                for public_id, said in classroom.marks(**differ).items()
                if said.status != "present"
            }
            with CaptureQueriesContext(connection) as asked:
                classroom.roll(session, marks=marks)
            counts.append(len(asked))
        return counts

    few = queries()
    people = Person.objects.bulk_create(Person(username=f"more{n}", name=f"更多{n}") for n in range(45))
    Enrolment.objects.bulk_create(
        Enrolment(cohort=cast.cohort, person=person, number=f"27{n:03}", starts_on=date(2026, 3, 2))
        for n, person in enumerate(people)
    )
    assert queries() == few
    assert max(few) <= 14
