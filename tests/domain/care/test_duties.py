"""Duties of care: by when and of whom; and that nobody hears of what they may not open, whatever their role."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from craftpath.domain.care import actions, queries, rules
from craftpath.domain.care.models import Complaint, Handler, Incident, Measure, Notification
from craftpath.domain.care.states import COMPLAINT
from craftpath.kernel.access import Membership, actor_in, join, system
from craftpath.kernel.duties import KINDS
from craftpath.kernel.gathering import Offices
from craftpath.kernel.people import Person
from craftpath.kernel.roles import Permission, Role
from craftpath.kernel.tenancy import looking_for
from craftpath.kernel.workdays import load_official_year
from tests.cast import AT, TODAY, Cast
from tests.domain import hearing
from tests.domain.care.cases import complain, handlers, report
from tests.domain.hearing import hears, rows, who_hears

pytestmark = pytest.mark.usefixtures("all_rows")
DAY = timedelta(days=1)
INCIDENTS = ("triage", "notification", "close", "measure")
COMPLAINTS = ("complaint", "complaint_late")


def of_one(code: str, subject: str, day: date) -> list[tuple[int, date, int]]:
    return [row[1:] for row in rows(f"care.{code}", day) if row[0] == subject]


def names(cast: Cast, code: str, day: date) -> dict[str, bool]:
    return who_hears(cast.people, f"care.{code}", day)


def hr(cast: Cast) -> dict[str, object]:
    return {"by": cast.actor("hr", cast.jinheng), "at": AT}


def somebody(username: str, role: Role, place: object) -> Person:
    person = Person.objects.create_user(username, name=username)
    join([person], place, role, on=TODAY - 9 * DAY)  # type: ignore[arg-type]
    return person


# ---- incidents


def test_an_incident_waits_for_a_workday_to_be_classified(cast: Cast) -> None:
    made = report(cast)
    assert of_one("triage", made.public_id, TODAY) == [(0, TODAY + DAY, 0)]
    assert names(cast, "triage", TODAY) == {"hr": False}
    boss = somebody("boss", Role.ADMINISTRATOR, cast.jinheng)
    assert of_one("triage", made.public_id, TODAY + 2 * DAY)[0][2] == 1
    assert who_hears({"boss": boss}, "care.triage", TODAY + 2 * DAY) == {"boss": False}
    actions.triage_incident(made, severity="first_aid", **hr(cast))
    assert rows("care.triage", TODAY) == []


def test_an_incident_is_notified_by_the_day_that_was_counted_from_its_rows(cast: Cast) -> None:
    made = report(cast)
    due = Notification.objects.get().due_at.astimezone().date()
    assert due == date(2026, 10, 14)  # thirty days after it occurred
    steps = [of_one("notification", made.public_id, due + n * DAY) for n in (-8, -7, 0, 1)]
    assert steps == [
        [(0, due, 0)],
        [(0, due, 1)],
        [(0, due, 1)],
        [(0, due, 2)],
    ]  # a reminder, then others are told
    actions.triage_incident(made, severity="serious", absence_days=9, **hr(cast))
    [(_who, first, reached)] = of_one("notification", made.public_id, TODAY)
    assert (first, reached) == (TODAY, 1)  # the first of two is due within the hour
    actions.notify_authority(made, "cn_accident_report", on=TODAY, number="7", **hr(cast))
    assert of_one("notification", made.public_id, TODAY) == [(0, due, 0)]
    actions.waive_notification(made, "cn_injury_application", because="已由医院申报", **hr(cast))
    assert rows("care.notification", TODAY) == []


def test_its_reminder_counts_workdays_of_the_place(cast: Cast) -> None:
    made = report(cast)
    assert of_one("notification", made.public_id, date(2026, 10, 6))[0][2] == 0
    load_official_year(cast.city, "CN", 2026, by=system(), at=AT)
    assert of_one("notification", made.public_id, date(2026, 10, 6))[0][2] == 0
    made_row = Notification.objects.get()
    Notification.objects.update(
        due_at=made_row.due_at - 5 * DAY
    )  # 9 October: five workdays before it lies in September
    assert of_one("notification", made.public_id, date(2026, 9, 29))[0][2] == 1


def test_what_is_late_goes_to_whoever_runs_the_place_and_may_open_it(cast: Cast) -> None:
    made, late = report(cast), date(2026, 10, 15)
    boss = {
        "of the enterprise": somebody("boss", Role.ADMINISTRATOR, cast.jinheng),
        "of the city": somebody("mayor", Role.ADMINISTRATOR, cast.city),
    }
    assert who_hears(boss, "care.notification", late) == dict.fromkeys(boss, False)
    assert names(cast, "notification", late) == {"hr": False}
    for name, place in (("of the enterprise", cast.jinheng), ("of the city", cast.city)):
        actor = actor_in(boss[name], place, TODAY)
        assert actor is not None
        assert rules.may_read_incident(actor, made)


def test_where_nobody_looks_after_it_at_the_enterprise_the_college_is_asked(cast: Cast) -> None:
    report(cast, "26003", by=cast.actor("trainer"))  # with an enterprise that has no office here
    assert names(cast, "triage", TODAY) == {"coordinator": False, "administrator": False}
    Membership.objects.filter(person=cast.people["hr"]).update(ends_on=TODAY)
    report(cast)
    assert hears(cast.people["coordinator"], TODAY)["care.triage"].count == 2


def test_whoever_sees_the_apprentice_no_more_is_not_asked(cast: Cast) -> None:
    made = report(cast)
    type(cast.enrolments["26001"]).objects.filter(number="26001").update(enterprise=cast.qinghe)
    assert "hr" not in names(cast, "triage", TODAY)
    assert names(cast, "triage", TODAY) == {"coordinator": False, "administrator": False}
    with looking_for(cast.actor("hr", cast.jinheng).scope):
        assert not Incident.objects.filter(pk=made.pk).exists()


def test_a_classified_incident_is_closed_within_twenty_workdays(cast: Cast) -> None:
    made = report(cast, severity="near_miss", hurt="nobody")
    assert rows("care.close", TODAY) == []
    actions.triage_incident(made, severity="near_miss", **hr(cast))
    due = date(2026, 10, 12)
    assert of_one("close", made.public_id, TODAY) == [(0, due, 0)]
    assert of_one("close", made.public_id, due + 8 * DAY)[0][2] == 2
    actions.act_on_incident(made, findings="x", **hr(cast))
    assert len(of_one("close", made.public_id, TODAY)) == 1
    actions.close_incident(made, outcome="x", **hr(cast))
    assert rows("care.close", TODAY) == []


def test_a_measure_is_asked_of_its_owner_and_late_of_those_who_look_after_it(cast: Cast) -> None:
    made, due = report(cast), TODAY + 10 * DAY
    measure = actions.agree_measure(made, what="换扳手", owner=cast.people["trainer"], due_on=due, **hr(cast))
    assert of_one("measure", made.public_id, due) == [(cast.people["trainer"].pk, due, 1)]
    assert names(cast, "measure", due) == {"trainer": False}  # who may not read the incident does the measure
    assert names(cast, "measure", due + DAY) == {"trainer": False, "hr": True}
    actions.finish_measure(measure, by=cast.actor("trainer"), at=AT)
    assert rows("care.measure", due) == []


@pytest.mark.parametrize("code", INCIDENTS)
def test_nobody_who_may_not_read_an_incident_hears_of_it(cast: Cast, code: str) -> None:
    made = report(cast)
    actions.agree_measure(made, what="x", owner=cast.people["mentor"], due_on=TODAY, **hr(cast))
    if code == "close":
        actions.triage_incident(made, severity="serious", absence_days=2, **hr(cast))
    late = TODAY + 90 * DAY
    places = {"officer": cast.city, "auditor": cast.city, "hr": cast.jinheng, "mentor": cast.jinheng}
    cast.people["other_hr"] = somebody("hr02", Role.HR, cast.qinghe)
    places |= {"other_hr": cast.qinghe, "stranger": cast.neighbour}
    heard = set(names(cast, code, late))
    for name in heard - ({"mentor"} if code == "measure" else set()):
        actor = cast.actor(name, places.get(name, cast.college))
        with looking_for(actor.scope):
            found = queries.incidents().get(pk=made.pk)
            assert rules.may_handle_incident(actor, found), name
    assert "hr" in heard


# ---- complaints


def test_a_handler_is_asked_by_the_day_of_the_next_step(cast: Cast) -> None:
    made = complain(cast, "mentor")
    due = date(2026, 9, 17)  # three workdays to acknowledge
    assert of_one("complaint", made.public_id, TODAY) == [(cast.people["coordinator"].pk, due, 0)]
    assert of_one("complaint", made.public_id, date(2026, 9, 16))[0][2] == 1
    assert names(cast, "complaint", due + 40 * DAY) == {"coordinator": False}
    actions.acknowledge_complaint(made, by=cast.actor("coordinator"), at=AT)
    assert of_one("complaint", made.public_id, TODAY)[0][1] == date(2026, 9, 21)
    actions.withdraw_complaint(made, by=cast.actor("apprentice"), at=AT)
    assert rows("care.complaint", TODAY) == []


def test_the_days_of_its_steps_are_counted_in_workdays(cast: Cast) -> None:
    load_official_year(cast.city, "CN", 2026, by=system(), at=AT)
    made = complain(cast, at=AT + 15 * DAY)  # 29 September; the 1st to the 7th are holidays
    assert of_one("complaint", made.public_id, TODAY)[0][1] == date(2026, 10, 9)
    assert of_one("complaint", made.public_id, date(2026, 10, 8))[0][2] == 1


def test_each_who_handles_it_is_asked_and_whoever_has_handed_it_over_is_not(cast: Cast) -> None:
    made = complain(cast, "mentor")
    actions.call_in(made, cast.people["officer"], by=cast.actor("coordinator"), at=AT)
    assert names(cast, "complaint", TODAY) == {"coordinator": False, "officer": False}
    actions.hand_over(made, by=cast.actor("coordinator"), at=AT)
    assert names(cast, "complaint", TODAY) == {"administrator": False, "officer": False}


@pytest.mark.parametrize(
    ("named", "handler"),
    [
        (("mentor",), "coordinator"),
        (("coordinator",), "administrator"),  # who runs the cohort
        (("administrator",), "officer"),  # who runs the organisation: nobody below them handles it
        (("coordinator", "administrator"), "officer"),
        (("coordinator", "administrator", "officer"), None),
    ],
)
@pytest.mark.parametrize("days", [0, 4, 200])
def test_whoever_is_named_hears_nothing_however_late_it_is(
    cast: Cast, named: tuple[str, ...], handler: str | None, days: int
) -> None:
    made = complain(cast, *named)
    day = TODAY + days * DAY
    heard = {code: set(names(cast, code, day)) for code in COMPLAINTS}
    assert heard["complaint"] == ({handler} if handler else set())
    assert heard["complaint_late"] == ({"apprentice"} if days else set())
    assert handlers(made) == [cast.people[name].username for name in heard["complaint"]]


def test_even_once_told_whoever_is_named_is_not_asked(cast: Cast) -> None:
    made = complain(cast, "coordinator")
    [named] = queries.named_in(made)
    actions.tell_named(made, named, words="请谈谈。", by=cast.actor("administrator"), at=AT)
    assert set(names(cast, "complaint", TODAY)) == {"administrator"}


def test_even_a_wrong_row_asks_nobody_who_is_named(cast: Cast) -> None:
    made = complain(cast, "coordinator")
    Handler.objects.create(
        complaint=made, handler=cast.people["coordinator"], organisation=cast.college, assigned_at=AT
    )
    assert set(names(cast, "complaint", TODAY)) == {"administrator"}


def test_a_handler_who_is_named_later_hears_of_it_no_more(cast: Cast) -> None:
    made = complain(cast)
    assert set(names(cast, "complaint", TODAY)) == {"coordinator"}
    actions.name_person(made, cast.people["coordinator"], by=cast.actor("apprentice"), at=AT)
    assert set(names(cast, "complaint", TODAY)) == {"administrator"}


def test_a_handler_who_is_in_no_office_any_more_hears_nothing(cast: Cast) -> None:
    complain(cast)
    Membership.objects.filter(person=cast.people["coordinator"]).update(role="trainer")
    assert names(cast, "complaint", TODAY) == {}


def test_of_two_complaints_a_handler_hears_of_the_own_one(cast: Cast) -> None:
    complain(cast)
    complain(cast, "coordinator")
    assert hears(cast.people["coordinator"], TODAY)["care.complaint"].count == 1


def test_a_complainant_whose_complaint_does_not_move_is_told_until_it_is_decided(cast: Cast) -> None:
    made, by = complain(cast, "mentor"), cast.actor("coordinator")
    due = date(2026, 9, 17)
    assert rows("care.complaint_late", due) == []
    apprentice = cast.people["apprentice"].pk
    assert of_one("complaint_late", made.public_id, due + DAY) == [(apprentice, date(2026, 9, 21), 0)]
    actions.acknowledge_complaint(made, by=by, at=AT)
    assert rows("care.complaint_late", due + DAY) == []
    actions.formalise_complaint(made, by=by, at=AT)
    actions.decide_complaint(made, outcome="upheld", decision="成立。", by=by, at=AT)
    assert rows("care.complaint_late", TODAY + 200 * DAY) == []
    assert len(rows("care.complaint", TODAY)) == 1  # to be closed
    actions.close_complaint(made, by=by, at=AT)
    assert rows("care.complaint", TODAY) == []


@pytest.mark.parametrize("state", COMPLAINT.states)
def test_only_an_open_complaint_asks_for_anything(cast: Cast, state: str) -> None:
    made = complain(cast)
    done = {"outcome": "upheld", "decision": "x", "decided_at": AT} if state in ("decided", "closed") else {}
    Complaint.objects.filter(pk=made.pk).update(state=state, **done)
    ended = state in ("closed", "escalated_external", "withdrawn")
    assert bool(rows("care.complaint", TODAY)) is not ended


# ---- what stands elsewhere


def test_no_bot_counts_anything_of_care(cast: Cast) -> None:
    made = report(cast)
    actions.agree_measure(made, what="x", owner=cast.people["mentor"], due_on=TODAY, **hr(cast))
    complain(cast, "coordinator")
    counted = Offices(hearing.clock(TODAY + 60 * DAY)).below("")
    assert not [code for code in counted if code.startswith("care.")]
    assert "logbook.week_due" in counted


def test_the_rows_say_who_may_hear_of_it() -> None:
    wanted = {Permission.HANDLE_CARE, Permission.REPORT_INCIDENTS}
    kinds = {code: kind for code, kind in KINDS.items() if code.startswith("care.")}
    assert set(kinds) == {f"care.{code}" for code in (*INCIDENTS, *COMPLAINTS)}
    for code in INCIDENTS:
        assert kinds[f"care.{code}"].others == wanted
    for code in COMPLAINTS:
        assert kinds[f"care.{code}"].private
        assert all(step.tells is None for step in kinds[f"care.{code}"].steps)


@pytest.mark.parametrize("code", [*INCIDENTS, *COMPLAINTS])
def test_one_query_for_one_and_for_twenty(cast: Cast, code: str) -> None:
    late = TODAY + 60 * DAY

    def once_more() -> None:
        if code in COMPLAINTS:
            complain(cast, "mentor")
            return
        made = report(cast)
        if code == "measure":
            actions.agree_measure(made, what="x", owner=cast.people["mentor"], due_on=TODAY, **hr(cast))
        if code == "close":
            Incident.objects.filter(pk=made.pk).update(state="triaged")

    once_more()
    asked = [None, cast.people["mentor"]]
    few = [hearing.queries(f"care.{code}", late, who) for who in asked]
    for _n in range(19):
        once_more()
    assert len(rows(f"care.{code}", late)) == 20
    assert [hearing.queries(f"care.{code}", late, who) for who in asked] == few == [1, 1]
    assert Measure.objects.count() == (20 if code == "measure" else 0)
