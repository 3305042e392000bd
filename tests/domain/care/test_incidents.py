"""Incidents: reported once, classified, notified, measured, ended; who may do what."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest

from craftpath.domain.care import actions, queries, rules
from craftpath.domain.care.models import Incident, Measure, Notification
from craftpath.kernel.audit import AuditEntry
from craftpath.kernel.tenancy import looking_for
from craftpath.values.verdict import Refused
from tests.cast import AT, TODAY, Cast
from tests.domain.care.cases import HOUR, report
from tests.photos import picture

pytestmark = pytest.mark.usefixtures("all_rows")


def refused(reason: str) -> object:
    return pytest.raises(Refused, match=f"^{reason}$")


def hr(cast: Cast) -> dict[str, object]:
    return {"by": cast.actor("hr", cast.jinheng), "at": AT}


@pytest.mark.parametrize(
    ("who", "where"),
    [("apprentice", ""), ("mentor", "jinheng"), ("trainer", ""), ("coordinator", ""), ("hr", "jinheng")],
)
def test_whoever_sees_the_apprentice_reports(cast: Cast, who: str, where: str) -> None:
    by = cast.actor(who, getattr(cast, where) if where else None)
    made = report(cast, by=by)
    assert (made.state, made.country, made.host, made.reported_by) == (
        "reported",
        "CN",
        cast.jinheng,
        by.person,
    )
    assert AuditEntry.objects.filter(subject=str(made.ref)).get().payload["severity"] == "lost_time"


@pytest.mark.parametrize(
    ("who", "where"), [("officer", "city"), ("auditor", "city"), ("assessor", "college")]
)
def test_whoever_sees_no_persons_does_not(cast: Cast, who: str, where: str) -> None:
    with refused("kernel.role_lacks"):
        report(cast, by=cast.actor(who, getattr(cast, where)))


def test_the_same_form_twice_is_one_report(cast: Cast) -> None:
    name = uuid.uuid4()
    assert report(cast, made_id=name).pk == report(cast, made_id=name, what="again").pk
    assert (Incident.objects.count(), Notification.objects.count()) == (1, 1)
    with refused("care.word_unknown"):  # somebody else's form
        report(cast, made_id=name, by=cast.actor("trainer"))


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"occurred_at": AT + HOUR}, "care.in_the_future"),
        ({"known_at": AT + HOUR}, "care.in_the_future"),
        ({"known_at": AT - 2 * HOUR}, "care.known_before"),
        ({"occurred_at": AT - timedelta(days=800)}, "care.too_long_ago"),
        ({"what": " \n "}, "care.no_words"),
        ({"what": "x" * 1_000_000}, "care.too_many_words"),
        ({"severity": "bad"}, "care.word_unknown"),
        ({"photo": b"GIF89a"}, "kernel.not_a_picture"),
    ],
)
def test_what_cannot_be_is_refused_with_its_reason(
    cast: Cast, values: dict[str, object], reason: str
) -> None:
    with refused(reason):
        report(cast, **values)
    assert not Incident.objects.exists()


def test_a_photo_is_drawn_anew_and_kept(cast: Cast) -> None:
    made = report(cast, photo=picture(size=(640, 400)))
    assert made.photo is not None
    assert made.photo.bytes()[:3] == b"\xff\xd8\xff"


def test_a_classification_brings_and_takes_notifications_but_none_that_was_made(cast: Cast) -> None:
    made = report(cast)
    assert [row.key for row in queries.notifications_of(made)] == ["cn_injury_application"]
    actions.triage_incident(made, severity="serious", absence_days=9, **hr(cast))
    assert [row.key for row in queries.notifications_of(made)] == [
        "cn_accident_report",
        "cn_injury_application",
    ]
    other = report(cast)
    actions.triage_incident(other, severity="first_aid", **hr(cast))
    assert queries.notifications_of(other) == []
    third = report(cast)
    actions.notify_authority(third, "cn_injury_application", on=TODAY, number="7", **hr(cast))
    actions.triage_incident(third, severity="first_aid", **hr(cast))
    assert [row.number for row in queries.notifications_of(third)] == ["7"]


def test_overdue_is_a_question_of_the_hour(cast: Cast) -> None:
    made = report(cast, severity="serious")
    assert [row.overdue for row in queries.with_overdue(queries.incidents(), AT - timedelta(minutes=1))] == [
        False
    ]
    assert [row.overdue for row in queries.with_overdue(queries.incidents(), AT + HOUR)] == [True]
    for row in queries.notifications_of(made):
        actions.waive_notification(made, row.key, because="已由总包单位报告", **hr(cast))
    assert [row.overdue for row in queries.with_overdue(queries.incidents(), AT + 999 * HOUR)] == [False]


def test_it_is_closed_only_when_all_is_notified_and_done_and_both_read_the_end(cast: Cast) -> None:
    made, by = report(cast), hr(cast)
    with refused("flow.not_now"):
        actions.close_incident(made, outcome="x", **by)
    actions.triage_incident(made, severity="lost_time", absence_days=2, **by)
    actions.investigate_incident(made, **by)
    actions.act_on_incident(made, findings="护罩松动。", **by)
    measure = actions.agree_measure(
        made, what="更换护罩", owner=cast.people["mentor"], due_on=TODAY + timedelta(days=3), **by
    )
    again = actions.agree_measure(
        made, what="更换护罩", owner=cast.people["mentor"], due_on=TODAY + timedelta(days=3), **by
    )
    assert again.pk == measure.pk
    with refused("care.notifications_open"):
        actions.close_incident(made, outcome="x", **by)
    for on in (TODAY + timedelta(days=1), TODAY - timedelta(days=9)):
        with refused("care.notified_when"):
            actions.notify_authority(made, "cn_injury_application", on=on, number="1", **by)
    actions.notify_authority(made, "cn_injury_application", on=TODAY, number="澜工伤 2026-17", **by)
    with refused("care.notified_already"):
        actions.waive_notification(made, "cn_injury_application", because="x", **by)
    with refused("care.measures_open"):
        actions.close_incident(made, outcome="x", **by)
    actions.finish_measure(measure, by=cast.actor("mentor", cast.jinheng), at=AT)
    actions.finish_measure(measure, **by)
    assert Measure.objects.get().done_by == cast.people["mentor"]
    with refused("care.no_words"):
        actions.close_incident(made, outcome=" ", **by)
    closed = actions.close_incident(made, outcome="护罩已更换，已申请工伤认定。", **by)
    assert closed.state == "closed"
    for who in ("apprentice", "mentor"):
        person = cast.people[who]
        assert [row.pk for row in queries.incidents_on_desk(person, AT, handles=False, most=9)] == [made.pk]
        actions.read_end(made, by=cast.actor(who, cast.jinheng if who == "mentor" else None), at=AT)
        assert list(queries.incidents_on_desk(person, AT, handles=False, most=9)) == []
    with refused("care.incident_closed"):
        actions.agree_measure(made, what="x", owner=cast.people["mentor"], due_on=TODAY, **by)


def test_only_the_college_and_the_enterprise_look_after_it(cast: Cast) -> None:
    made = report(cast)
    for who, where in (("mentor", cast.jinheng), ("trainer", cast.college), ("officer", cast.city)):
        with pytest.raises(Refused):
            actions.triage_incident(made, severity="first_aid", by=cast.actor(who, where), at=AT)
    elsewhere = report(cast, "26003", by=cast.actor("coordinator"))  # works at another enterprise
    with refused("kernel.belongs_to_another"):
        actions.triage_incident(elsewhere, severity="first_aid", **hr(cast))
    with refused("care.not_yours"):
        actions.read_end(elsewhere, **hr(cast))


@pytest.mark.parametrize(
    ("who", "where", "reads"),
    [
        ("apprentice", "college", True),
        ("mentor", "jinheng", False),  # another trainer reported it
        ("trainer", "college", True),
        ("coordinator", "college", True),
        ("hr", "jinheng", True),
        ("auditor", "city", False),
        ("officer", "city", False),
        ("classmate", "college", False),
    ],
)
def test_who_reads_it(cast: Cast, who: str, where: str, reads: bool) -> None:
    made = report(cast, by=cast.actor("trainer"))
    actor = cast.actor(who, getattr(cast, where))
    with looking_for(actor.scope):
        found = queries.incidents().filter(pk=made.pk).first()
        assert (found is not None and bool(rules.may_read_incident(actor, found))) is reads


def test_rates_count_what_lost_time_against_hours_and_are_none_without(cast: Cast) -> None:
    for severity in ("lost_time", "serious", "first_aid", "near_miss"):
        report(cast, severity=severity)
    report(cast, hurt="nobody")
    report(cast, "26003", by=cast.actor("coordinator"))
    span = (AT - timedelta(days=30), AT)
    assert queries.cases_at(cast.college, *span) == 3
    assert queries.cases_at(cast.jinheng, *span) == 2
    assert queries.cases_at(cast.neighbour, *span) == 0
    assert queries.cases_at(cast.college, AT - timedelta(days=30), AT - timedelta(days=1)) == 0
    found = queries.Rates(3, 60 * 40_000)
    assert (str(found.osha), str(found.ltifr)) == ("15.00", "75.00")
    assert (queries.Rates(3, 0).osha, queries.Rates(0, 60).ltifr) == (None, 0)
    assert str(queries.Rates(1, 60 * 30_000).osha) == "6.67"
