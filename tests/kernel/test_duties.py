"""Duties: what is open, by when, who is asked and who is told; constant queries however many."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from craftpath.domain.agreements.models import Agreement
from craftpath.domain.learning.models import Attendance
from craftpath.domain.logbook.models import Entry
from craftpath.engines.deadlines import Roll, Term, Unit
from craftpath.kernel.access import system
from craftpath.kernel.consents import ConsentEvent
from craftpath.kernel.duties import KINDS, Asked, Clock, Duties, _kind, open_duties, term
from craftpath.kernel.invitations import Guest, invite
from craftpath.kernel.notices import load_notice, notice_at, read_notice
from craftpath.kernel.purposes import PURPOSES
from craftpath.kernel.roles import Permission, Role
from craftpath.kernel.signing import SigningParty
from craftpath.kernel.workdays import load_official_year
from tests.cast import AT, TODAY, Cast
from tests.house.furnishing import call_the_roll, furnish
from tests.house.making import make_agreements, make_attendance, make_contest

pytestmark = pytest.mark.usefixtures("all_rows")


def clock(today: date = TODAY) -> Clock:
    at = datetime(today.year, today.month, today.day, 1, tzinfo=UTC)
    return Clock(Asked(at=at, today=today))


def found(code: str, today: date = TODAY, people: tuple[int, int] | None = None) -> list[Duties]:
    return list(open_duties(KINDS[code], clock(today), people))


def rows(code: str, today: date = TODAY) -> list[tuple[str, int, date, int]]:
    """(subject, person, due day, steps) of everything that is open of a kind."""
    return [
        (subject, int(who), due, int(reached))
        for some in found(code, today)
        for subject, who, due, reached in zip(
            some.subjects, some.who, some.due.tolist(), some.reached, strict=True
        )
    ]


def test_terms_are_read_as_rows_write_them() -> None:
    assert term("7 days") == Term(7)
    assert term("-2 workdays") == Term(-2, Unit.WORKDAYS)
    assert term("1 months next") == Term(1, Unit.MONTHS, Roll.NEXT)
    for wrong in ("7", "seven days", "7 fortnights", "1 days never"):
        with pytest.raises((ValueError, TypeError)):
            term(wrong)


@pytest.mark.parametrize("code", sorted(KINDS))
def test_a_kind_says_everything_and_its_steps_stand_in_order(code: str) -> None:
    kind = KINDS[code]
    assert kind.name.zh
    assert kind.name.en
    for page in (kind.page, kind.board):
        if page:
            assert reverse(page, args=[] if page.startswith("accounts") else ["x"])
    in_days = {Unit.DAYS: 1, Unit.WORKDAYS: 1.4, Unit.WEEKS: 7, Unit.MONTHS: 30}
    turns = [step.at.count * in_days[step.at.unit] for step in kind.steps]
    assert turns == sorted(turns)


def test_what_only_the_asked_hear_of_can_tell_nobody_else() -> None:
    row = {
        "topic": "log", "name": {"zh": "甲", "en": "A"}, "page": "desks:home", "term": "1 days", "others": [],
        "steps": [{"at": "0 days", "tells": "manage_cohorts"}],
    }  # fmt: skip
    with pytest.raises(TypeError, match="tells others"):
        _kind("test.a", row, ("kernel", "person"), lambda asked: iter(()))
    row["steps"] = [{"at": "0 days"}]
    kind = _kind("test.a", row, ("kernel", "person"), lambda asked: iter(()))
    assert kind.private
    assert not kind.shown_to(frozenset(Permission))


def test_what_few_may_hear_of_is_shown_to_whoever_may_all_of_it() -> None:
    row = {
        "topic": "log", "name": {"zh": "甲", "en": "A"}, "page": "desks:home", "term": "1 days",
        "needs": "handle_care", "others": ["handle_care", "report_incidents"],
    }  # fmt: skip
    kind = _kind("test.a", row, ("kernel", "person"), lambda asked: iter(()))
    assert kind.shown_to({Permission.HANDLE_CARE, Permission.REPORT_INCIDENTS})
    assert not kind.shown_to({Permission.HANDLE_CARE})
    assert kind.asks({Permission.HANDLE_CARE})
    assert not kind.asks({Permission.REPORT_INCIDENTS})
    wanted = {Permission.RUN_ORGANISATION, Permission.HANDLE_CARE, Permission.REPORT_INCIDENTS}
    assert kind.heard_with(Permission.RUN_ORGANISATION) == wanted


def test_a_week_waits_for_the_mentor_and_then_for_the_coordinator(cast: Cast) -> None:
    furnish(cast)
    Entry.objects.filter(enrolment=cast.enrolments["26001"]).update(
        state="submitted", submitted_at=AT, confirmed_at=None, confirmed_by=None
    )
    enrolment, mentor = cast.enrolments["26001"].public_id, cast.people["mentor"].pk
    assert (enrolment, mentor, TODAY + timedelta(days=7), 0) in rows(
        "logbook.week_waits"
    )  # and whoever helps besides
    assert rows("logbook.week_waits", TODAY + timedelta(days=5))[0][3] == 1  # reminded two workdays before
    assert rows("logbook.week_waits", TODAY + timedelta(days=8))[0][3] == 2  # late: the coordinator is told
    Entry.objects.update(submitted_at=AT, state="returned")
    assert rows("logbook.week_waits") == []


def test_who_wrote_nothing_last_week_is_asked_until_it_is_handed_in(cast: Cast) -> None:
    numbers = {row.public_id: number for number, row in cast.enrolments.items()}
    asked = {numbers[subject]: who for subject, who, _due, _steps in rows("logbook.week_due")}
    assert set(asked) == {"26001", "26002", "26003", "26004", "26005"}
    assert asked["26001"] == cast.people["apprentice"].pk
    assert {due for _s, _w, due, _r in rows("logbook.week_due")} == {date(2026, 9, 16)}
    furnish(cast)
    Entry.objects.filter(enrolment=cast.enrolments["26001"]).update(on=TODAY - timedelta(days=3))
    Entry.objects.filter(state="draft").update(state="submitted", submitted_at=AT)
    assert "26001" not in {numbers[row[0]] for row in rows("logbook.week_due")}


def test_last_month_is_talked_about_once(cast: Cast) -> None:
    furnish(cast)  # whose talk about last month was held
    assert rows("logbook.talk_due") == []
    october = date(2026, 10, 5)
    Entry.objects.update(on=TODAY)
    assert [row[0] for row in rows("logbook.talk_due", october)] == [cast.enrolments["26001"].public_id]


def test_a_roll_and_a_line_wait_for_those_whom_they_concern(cast: Cast) -> None:
    session = call_the_roll(cast)
    lines = Attendance.objects.filter(confirmed_at=None, says="")
    late = session.ends_at.date() + timedelta(days=30)
    subjects = {row[0] for row in rows("learning.attendance", late)}
    assert subjects >= set(lines.exclude(others__isnull=False).values_list("public_id", flat=True))
    disputed = make_attendance(cast)
    assert disputed.public_id not in subjects
    type(session).objects.filter(pk=session.pk).update(state="planned")
    teachers = set(session.teachers.values_list("person_id", flat=True)) or {0}
    assert {row[1] for row in rows("learning.roll", late)} == teachers


def test_requests_amendments_and_signatures_wait(cast: Cast) -> None:
    made = make_agreements(cast)
    assert {row[0] for row in rows("agreements.absence")} == {made.absence}
    assert {row[0] for row in rows("agreements.amendment")} == {made.amendment}
    open_parties = SigningParty.objects.filter(
        signature=None, document__completed_at=None, document__withdrawn_at=None
    )
    expected = sorted(open_parties.values_list("document__public_id", flat=True))
    assert sorted(row[0] for row in rows("kernel.signature")) == expected != []


def test_agreements_come_near_their_days(cast: Cast) -> None:
    made = make_agreements(cast)
    agreement = Agreement.objects.get(public_id=made.agreement)
    last, step = agreement.ends_on, TODAY + timedelta(days=40)
    probation = TODAY + timedelta(days=100)
    agreement.terms |= {
        "probation_end": probation.isoformat(),
        "wage": [{"starts_on": "2026-01-01", "amount": 1}, {"starts_on": step.isoformat(), "amount": 2}],
    }
    agreement.save(update_fields=["terms"])
    for code, day, ahead in (
        ("agreements.end", last, 60),
        ("agreements.wage_step", step, 30),
        ("agreements.probation", probation, 21),
    ):
        assert rows(code, day - timedelta(days=ahead + 4)) == [], code
        near = rows(code, day - timedelta(days=ahead - 4))
        assert [row[0] for row in near] == [made.agreement], code
        assert day - timedelta(days=2) <= near[0][2] <= day, code


def test_a_contest_is_due_on_its_own_day(cast: Cast) -> None:
    contest = make_contest(cast)
    assert rows("evaluation.contest") == [(contest.public_id, 0, contest.due_on, 0)]


def test_results_that_are_complete_wait_to_be_decided(cast: Cast) -> None:
    assert [row[0] for row in rows("evaluation.results")] == [cast.evaluation.public_id]
    make_contest(cast)  # decides what is complete
    assert rows("evaluation.results") == []


def test_a_stage_ends_after_its_planned_months(cast: Cast) -> None:
    ends = {row[2] for row in rows("progression.stage_end", date(2030, 1, 1))}
    assert ends
    assert rows("progression.stage_end", min(ends) - timedelta(days=31)) == []
    assert rows("progression.stage_end", min(ends) - timedelta(days=30)) != []


def test_an_invitation_waits_for_whoever_sent_it_shortly_before_its_end(cast: Cast) -> None:
    by = cast.actor("coordinator")
    invite([Guest("沈若溪", "s@x.example", Role.TRAINER)], cast.college, starts_on=TODAY, by=by, at=AT)
    assert rows("kernel.invitation", TODAY + timedelta(days=10)) == []
    (row,) = rows("kernel.invitation", TODAY + timedelta(days=11))
    assert (row[1], row[2]) == (cast.people["coordinator"].pk, TODAY + timedelta(days=14))


def test_an_unread_notice_is_asked_of_each_reader_once(cast: Cast) -> None:
    load_notice(by=system(), at=AT)
    notice = notice_at(cast.college, TODAY)
    assert notice is not None
    before = {row[1] for row in rows("kernel.notice_unread")}
    assert {cast.people["mentor"].pk, cast.people["coordinator"].pk} <= before
    read_notice(notice, by=cast.actor("coordinator"), at=AT)
    assert before - {row[1] for row in rows("kernel.notice_unread")} == {cast.people["coordinator"].pk}


def test_a_consent_to_an_earlier_version_is_asked_for_again(cast: Cast) -> None:
    purpose = next(one for one in PURPOSES.values() if one.asks)
    person = cast.people["mentor"]
    values = {"person": person, "said_by": person, "purpose": purpose.key, "at": AT, "given": True}
    old = ConsentEvent(purpose_version=purpose.version - 1, **values)
    old.save()
    assert [(row[0], row[1]) for row in rows("kernel.consent_again")] == [(old.public_id, person.pk)]
    ConsentEvent(purpose_version=purpose.version, **values).save()
    assert rows("kernel.consent_again") == []


def test_people_narrow_every_kind_to_those_who_are_asked(cast: Cast) -> None:
    furnish(cast)
    make_agreements(cast)
    load_notice(by=system(), at=AT)
    person = cast.people["apprentice"].pk
    for code in KINDS:
        asked = {int(who) for some in found(code, people=(person - 1, person)) for who in some.who}
        assert asked <= {person}, code


def test_days_of_a_year_that_is_not_announced_may_move(cast: Cast) -> None:
    load_official_year(cast.city, "CN", 2026, by=system(), at=AT)
    (some,) = found("logbook.week_due")
    assert not some.assumed.any()
    (later,) = found("logbook.week_due", date(2027, 3, 2))
    assert later.assumed.all()


MOST = {
    "kernel.consent_again": sum(purpose.asks for purpose in PURPOSES.values()),
    "courses.unit": 4,
    # Notices with their places and roles, whom these reach, and who has read or answered.
    **dict.fromkeys(("directives.to_read", "directives.reminded", "directives.answer"), 5),
}


def test_the_queries_of_a_kind_do_not_grow(cast: Cast) -> None:
    furnish(cast)
    make_agreements(cast)
    load_notice(by=system(), at=AT)
    for code, kind in KINDS.items():
        made = clock()
        with CaptureQueriesContext(connection) as queries:
            list(open_duties(kind, made))
        most = MOST.get(code, 3)
        assert len(queries) <= most, (code, [one["sql"][:80] for one in queries])


def test_a_day_outside_of_every_calendar_is_reckoned_all_the_same(cast: Cast) -> None:
    cast.enrolments["26001"].progress.update(opened_on=date(1990, 1, 1))
    ends = [row[2] for row in rows("progression.stage_end")]
    assert ends
    assert all(isinstance(day, date) for day in ends)
    assert np.datetime64("1990-01-01") not in ends
