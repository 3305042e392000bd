"""What is said at once: signing, safety and exams; once a fact and a person, however often its reaction runs."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail

from craftpath.delivery.jobs.digesting import send_alerts
from craftpath.domain.learning.actions import Plan, cancel_session, plan_session
from craftpath.domain.learning.reactions import on_sessions_planned
from craftpath.kernel.access import Actor, system
from craftpath.kernel.alerts import Alert, alert, claim_alert, note_alerts, read_alerts
from craftpath.kernel.audit import AuditEntry
from craftpath.kernel.facts import FACTS, Told
from craftpath.kernel.hooks import HookDelivery, add_hook
from craftpath.kernel.instant_kinds import INSTANTS
from craftpath.kernel.people import Person
from craftpath.kernel.topics import ALWAYS_SHOWN, mute_topics
from craftpath.values.ref import Ref
from craftpath.values.verdict import Refused
from tests.cast import AT, Cast
from tests.house.making import make_agreements

pytestmark = pytest.mark.usefixtures("all_rows")


def planned(cast: Cast, kind: str = "exam_preparation") -> AuditEntry:
    starts = AT + timedelta(days=7)
    plan = Plan(
        {"zh": "考前辅导", "en": "Before the exam"}, kind, "on_site", starts, starts + timedelta(hours=2)
    )
    plan_session(
        plan, organisation=cast.college, cohorts=[cast.cohort],
        teachers={cast.people["trainer"]: "trainer"}, by=cast.actor("coordinator"), at=AT,
    )  # fmt: skip
    return AuditEntry.objects.filter(fact="learning.sessions_planned").latest("pk")


def told() -> set[tuple[str, str]]:
    return set(Alert.objects.values_list("person__name", "code"))


def test_an_exam_that_is_planned_or_cancelled_is_told_to_its_class(cast: Cast) -> None:
    entry = planned(cast)
    names = {row.person.name for row in cast.enrolments.values()} | {cast.people["trainer"].name}
    assert told() == {(name, "learning.exam_planned") for name in names}
    on_sessions_planned(Told(fact=FACTS[entry.fact](**entry.payload), entry=entry))
    assert Alert.objects.count() == len(names)
    session = cast.people and entry.subject.split("/")[-1]
    from craftpath.domain.learning.models import Session

    row = Session.objects.get(public_id=session)
    cancel_session([row], because="the examiner is ill", by=cast.actor("coordinator"), at=AT)
    assert Alert.objects.filter(code="learning.exam_cancelled").count() == len(names)


def test_a_lesson_can_wait_until_tomorrow(cast: Cast) -> None:
    planned(cast, "lesson")
    assert told() == set()


def test_a_paper_is_told_to_those_who_sign_it(cast: Cast) -> None:
    make_agreements(cast)
    codes = {code for _name, code in told()}
    assert codes == {"kernel.to_sign", "kernel.signed_by_all"}
    assert cast.people["apprentice"].name in {name for name, _code in told()}


def test_a_mail_goes_at_once_unless_the_topic_is_muted(cast: Cast) -> None:
    for name in ("apprentice", "classmate"):
        Person.objects.filter(pk=cast.people[name].pk).update(email=f"{name}@x.example", language="en")
    muter = Actor(organisation=None, person=cast.people["classmate"])
    mute_topics(["exams"], by=muter, at=AT)
    entry = planned(cast)
    assert [(one.to, one.subject) for one in mail.outbox] == [
        (["apprentice@x.example"], "An exam preparation was planned")
    ]
    assert "/o/lanchuan/sessions/" in mail.outbox[0].body
    assert Alert.objects.filter(person=cast.people["classmate"]).count() == 1
    send_alerts(entry.pk, at=AT)
    assert len(mail.outbox) == 1


def test_a_group_hears_the_cohort_and_nobody_s_name(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("craftpath.kernel.hooks.enqueue", lambda *args: None)
    for place, topics in ((cast.college, ["exams"]), (cast.college, ["log"])):
        add_hook(
            place, name="g", shape="plain", address=f"https://b.example/{topics[0]}", topics=topics,
            by=cast.actor("administrator"), at=AT,
        )  # fmt: skip
    planned(cast)
    row = HookDelivery.objects.get()
    assert row.content["cohorts"] == [cast.cohort.name]
    assert row.hook.topics == ["exams"]


def test_only_what_cannot_wait_is_said_at_once() -> None:
    assert {kind.topic for kind in INSTANTS.values()} <= ALWAYS_SHOWN


def test_reading_is_one_s_own_and_sending_the_program_s(cast: Cast) -> None:
    entry = planned(cast)
    person, somebody = cast.people["apprentice"], cast.actor("coordinator")
    with pytest.raises(Refused):
        read_alerts(person, by=somebody, at=AT)
    with pytest.raises(Refused):
        note_alerts([], sent=True, by=somebody, at=AT)
    assert read_alerts(person, by=Actor(organisation=None, person=person), at=AT) == 1
    row = Alert.objects.filter(person=person).get()
    assert claim_alert(row, by=system(), at=AT) is False  # no address, no mail
    again = alert(
        [person], "learning.exam_planned", subject=Ref.parse(row.subject), about={}, entry=entry,
        by=system(), at=AT,
    )  # fmt: skip
    assert again == 0
