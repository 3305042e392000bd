"""Changing a planned session: what differs, the reason, who was faster, and until when."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from craftpath.domain.learning.actions import Plan, cancel_session, change_session
from craftpath.domain.learning.models import Session
from craftpath.domain.learning.queries import sessions
from craftpath.kernel.access import Actor
from craftpath.kernel.audit import AuditEntry
from craftpath.kernel.tenancy import looking_for
from craftpath.values.verdict import Refused
from tests.cast import AT, Cast
from tests.domain.learning.conftest import Classroom

pytestmark = pytest.mark.usefixtures("all_rows")
DAY = timedelta(days=1)
SOON = AT + timedelta(minutes=10)


def refused(reason: str) -> pytest.RaisesExc[Refused]:
    return pytest.raises(Refused, match=f"^{reason}$")


def change(
    classroom: Classroom,
    session: Session,
    *,
    by: Actor | None = None,
    because: str = "",
    sequence: int = 0,
    at: Any = SOON,
    **differ: Any,
) -> Session:
    """The session with what is named otherwise."""
    names = ("title", "kind", "mode", "starts_at", "ends_at", "place", "bucket", "online_minutes", "recorded")
    teachers = differ.pop("teachers", None)
    cohorts = differ.pop("cohorts", [classroom.cast.cohort])
    return change_session(
        session,
        Plan(**({name: getattr(session, name) for name in names} | differ)),
        cohorts=cohorts,
        teachers={classroom.cast.people["trainer"]: "trainer"} if teachers is None else teachers,
        because=because,
        sequence=sequence,
        by=by or classroom.coordinator,
        at=at,
    )


@pytest.fixture
def session(classroom: Classroom) -> Session:
    """Tomorrow, for two hours."""
    return classroom.session(starts_at=AT + DAY, ends_at=AT + DAY + timedelta(hours=2))


def test_what_moves_says_why_and_keeps_what_was(classroom: Classroom, session: Session) -> None:
    with refused("learning.no_reason_for_move"):
        change(classroom, session, place="B-204")
    changed = change(classroom, session, place="B-204", because=" The roof leaks. ")
    assert (changed.place, changed.changed_because, changed.sequence) == ("B-204", "The roof leaks.", 1)
    assert changed.was == {
        "starts_at": "2026-09-15T01:00:00+00:00", "ends_at": "2026-09-15T03:00:00+00:00", "place": "A-301",
    }  # fmt: skip
    assert changed.changed_at == SOON
    told = AuditEntry.objects.get(fact="learning.session_changed").payload
    assert (told["before"], told["because"]) == ({"place": "A-301"}, "The roof leaks.")


def test_a_title_a_kind_and_a_team_need_no_reason(classroom: Classroom, session: Session, cast: Cast) -> None:
    team = {cast.people["mentor"]: "mentor", cast.people["trainer"]: "trainer"}
    changed = change(classroom, session, title={"en": "Gauges"}, kind="workshop", teachers=team)
    assert (changed.title, changed.kind, changed.was) == ({"en": "Gauges"}, "workshop", {})
    assert {row.person for row in changed.teachers.all()} == set(team)
    with looking_for(cast.actor("mentor", cast.jinheng).scope):
        assert list(sessions()) == [session]
    change(classroom, session, title={"en": "Gauges"}, kind="workshop", teachers={}, sequence=1)
    assert not session.teachers.exists()


def test_a_second_press_changes_nothing_and_the_slower_of_two_is_told(
    classroom: Classroom, session: Session
) -> None:
    for _ in range(2):
        changed = change(classroom, session, place="B-204", because="The roof leaks.")
    assert changed.sequence == 1
    assert AuditEntry.objects.filter(fact="learning.session_changed").count() == 1
    with refused("learning.session_changed_meanwhile"):
        change(classroom, session, place="C-1", because="Larger.")
    assert Session.objects.get().place == "B-204"


def test_not_once_it_is_over_closed_or_cancelled(classroom: Classroom, session: Session) -> None:
    with refused("learning.over"):
        change(classroom, session, title={"en": "x"}, at=session.ends_at)
    Session.objects.update(state="closed")
    with refused("learning.closed_already"):
        change(classroom, session, title={"en": "x"})
    Session.objects.update(state="planned")
    cancel_session([session], because="ill", by=classroom.coordinator, at=AT)
    assert Session.objects.get().sequence == 1  # a cancellation is a change to calendars too
    with refused("learning.cancelled_already"):
        change(classroom, session, title={"en": "x"}, sequence=1)


def test_a_roll_keeps_its_time_and_its_people(classroom: Classroom) -> None:
    session = classroom.session()
    classroom.roll(session)
    for differ in (
        {"starts_at": SOON}, {"ends_at": AT + timedelta(hours=3)}, {"bucket": ""},
        {"cohorts": [], "title": {"en": "y"}},
    ):  # fmt: skip
        with refused("learning.roll_keeps_time"):
            change(classroom, session, because="x", **differ)
    assert change(classroom, session, place="B-204", because="The roof leaks.").place == "B-204"


@pytest.mark.parametrize(
    ("differ", "reason"),
    [
        ({"starts_at": AT - DAY, "ends_at": AT}, "learning.begins_in_past"),
        ({"ends_at": AT}, "learning.ends_before_start"),
        ({"ends_at": AT + 3 * DAY}, "learning.ends_before_start"),
        ({"title": {"zh": ""}}, "learning.no_title"),
        ({"bucket": "sailing"}, "learning.bucket_unknown"),
        ({"cohorts": []}, "learning.no_cohort"),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(
    classroom: Classroom, session: Session, differ: dict[str, Any], reason: str
) -> None:
    with refused(reason):
        change(classroom, session, because="x", **differ)
    assert Session.objects.get().sequence == 0
    assert session.cohorts.count() == 1


def test_it_does_not_become_another_one(classroom: Classroom, session: Session) -> None:
    classroom.session(title={"en": "Welding"}, starts_at=session.starts_at, ends_at=session.ends_at)
    with refused("learning.session_exists"):
        change(classroom, session, title={"en": "Welding"})


def test_a_stranger_is_no_teacher_and_whoever_was_named_may_stay(
    classroom: Classroom, session: Session, cast: Cast
) -> None:
    with refused("learning.teacher_unknown"):
        change(classroom, session, teachers={cast.people["stranger"]: "trainer"})
    session.teachers.create(person=cast.people["stranger"], kind="other")
    team = {cast.people["stranger"]: "other", cast.people["trainer"]: "trainer"}
    assert change(classroom, session, teachers=team, title={"en": "Gauges"}).sequence == 1


@pytest.mark.parametrize("who", ["mentor", "hr", "assessor", "apprentice", "auditor", "officer", "stranger"])
def test_who_does_not_plan_sessions_changes_none(
    classroom: Classroom, session: Session, cast: Cast, who: str
) -> None:
    seats = {
        "mentor": cast.jinheng, "hr": cast.jinheng, "auditor": cast.city, "officer": cast.city,
        "stranger": cast.neighbour,
    }  # fmt: skip
    with pytest.raises(Refused) as caught:
        change(classroom, session, title={"en": "x"}, by=cast.actor(who, seats.get(who)))
    assert caught.value.verdict.who
