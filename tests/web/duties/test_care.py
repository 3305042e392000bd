"""Incidents and complaints on the page of deadlines, in digests, mails and groups: nothing for whoever may not."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from craftpath.delivery.jobs import digesting
from craftpath.domain.care import actions
from craftpath.domain.care.models import Complaint, Incident
from craftpath.kernel.access import actor_in, join, system
from craftpath.kernel.digests import Digest, begin_round
from craftpath.kernel.hooks import HookDelivery, add_hook
from craftpath.kernel.people import Person
from craftpath.kernel.roles import Role
from craftpath.kernel.tenancy import everywhere
from craftpath.kernel.topics import Topic
from tests.cast import Cast
from tests.domain.care.cases import complain, report

Browse = Callable[[str], Client]
DAY = timedelta(days=1)
CARE = ("care.triage", "care.notification", "care.close", "care.measure")
SECRET = ("care.complaint", "care.complaint_late")
NAMED = {
    "coordinator": "lanchuan",
    "administrator": "lanchuan",
    "officer": "lanchuan-bureau",
    "hr": "jinheng",
}


def page(place: str) -> str:
    return reverse("duties:list", args=[place])


def kinds(client: Client, place: str) -> dict[str, int]:
    """kind → how many of it the page counts."""
    shown = client.get(page(place)).context["rows"]
    return {
        row["url"].split("kind=")[1].split("#")[0]: sum(cell["count"] for cell in row["cells"])
        for row in shown
    }


@pytest.fixture
def ago(cast: Cast) -> datetime:
    """Two months ago, so that everything is late by the clock of pages."""
    return timezone.now() - 60 * DAY


@pytest.fixture
def incident(cast: Cast, ago: datetime) -> Incident:
    """One of every kind: notifications, one measure, still to be closed; a second one not classified."""
    times = {"occurred_at": ago, "at": ago}
    made, _fresh = report(cast, **times), report(cast, "26002", **times)
    by = {"by": cast.actor("hr", cast.jinheng), "at": ago}
    with everywhere("a test looks after an incident"):
        actions.triage_incident(made, severity="serious", absence_days=3, **by)
        actions.agree_measure(
            made, what="换护罩", owner=cast.people["mentor"], due_on=(ago + 9 * DAY).date(), **by
        )
    return made


@pytest.fixture
def morning(cast: Cast) -> Callable[[], None]:
    """The round of today, with a mail for everybody and a bot of the city, the college and the enterprise."""
    for name, person in cast.people.items():
        Person.objects.filter(pk=person.pk).update(email=f"{name}@x.example")

    def run() -> None:
        now = timezone.now()
        with everywhere("a test makes digests"):
            for place in (cast.city, cast.college, cast.jinheng):
                add_hook(
                    place, name=place.key, shape="plain", address="https://bot.example/x",
                    topics=list(Topic), by=system(place), at=now,
                )  # fmt: skip
            turn, _new = begin_round("Asia/Shanghai", now.date(), queue=False, by=system(), at=now)
            assert digesting.go_on(turn, at=now)

    return run


def digest(person: Person) -> set[str]:
    row = Digest.objects.filter(person=person).first()
    return {line["kind"] for line in row.lines} if row is not None else set()


# ---- incidents


def test_whoever_looks_after_an_incident_finds_it_by_one_tap(
    browse: Browse, cast: Cast, incident: Incident
) -> None:
    for who, place in (("hr", "jinheng"), ("coordinator", "lanchuan"), ("administrator", "lanchuan")):
        client = browse(who)
        assert {code: kinds(client, place).get(code) for code in CARE} == {
            "care.triage": 1, "care.notification": 2, "care.close": 1, "care.measure": 1,
        }  # fmt: skip
        [thing] = client.get(f"{page(place)}?kind=care.measure").context["shown"]
        assert incident.enrolment.person.name in thing.name
        assert client.get(thing.url).status_code == 200


def test_an_enterprise_counts_no_incident_that_it_may_not_read(
    browse: Browse, cast: Cast, incident: Incident
) -> None:
    person = Person.objects.create_user("hr02", name="赵敏")
    join([person], cast.qinghe, Role.HR, on=timezone.localdate() - 90 * DAY)
    cast.people["other_hr"] = person
    type(cast.enrolments["26001"])._base_manager.filter(number="26001").update(enterprise=cast.qinghe)
    client = browse("other_hr")
    assert not set(CARE) & set(kinds(client, "qinghe"))  # who has the apprentice now, and had not then
    shown = client.get(f"{page('qinghe')}?kind=care.measure")
    assert shown.context["chosen"] is None


def test_whoever_reads_deadlines_and_may_not_look_after_incidents_counts_none(
    browse: Browse, cast: Cast, incident: Incident, monkeypatch: pytest.MonkeyPatch
) -> None:
    from craftpath.kernel import roles

    hr = roles.ALLOWED[Role.HR] - {roles.Permission.HANDLE_CARE}
    monkeypatch.setitem(roles.ALLOWED, Role.HR, hr)
    assert not set(CARE) & set(kinds(browse("hr"), "jinheng"))


# ---- complaints


@pytest.mark.parametrize("told", [False, True])
def test_no_page_of_deadlines_has_a_complaint_for_anybody(
    browse: Browse, cast: Cast, ago: datetime, told: bool
) -> None:
    """Whoever is named may run the cohort, the organisation or the city; who handles it has a cover at home."""
    before = {who: kinds(browse(who), place) for who, place in NAMED.items() if who != "officer"}
    made = complain(cast, "coordinator", "hr", at=ago)
    with everywhere("a test tells who is named"):
        for named in made.named.all() if told else ():
            actions.tell_named(made, named, words="请谈谈。", by=cast.actor("administrator"), at=ago)
    for who, place in NAMED.items():
        if who == "officer":  # who has no such page at all
            assert browse(who).get(page(place)).status_code == 403
            continue
        assert kinds(browse(who), place) == before[who], who
        for code in SECRET:
            shown = browse(who).get(f"{page(place)}?kind={code}")
            assert shown.context["chosen"] is None
            assert made.public_id not in shown.content.decode()


@pytest.mark.parametrize(
    "named", [["coordinator"], ["administrator"], ["coordinator", "administrator", "hr"]]
)
def test_digest_and_mail_of_whoever_is_named_are_as_if_there_were_none(
    cast: Cast, ago: datetime, morning: Callable[[], None], named: list[str]
) -> None:
    complain(cast, *named, at=ago)
    morning()
    for who in (
        "coordinator",
        "administrator",
        "hr",
        "mentor",
        "auditor",
        "trainer",
        "classmate",
        "stranger",
    ):
        handles = named == ["coordinator"] and who == "administrator"
        assert set(SECRET) & digest(cast.people[who]) == ({"care.complaint"} if handles else set()), who
        letters = [one.body for one in mail.outbox if one.to == [f"{who}@x.example"]]
        assert any("投诉" in body or "omplain" in body for body in letters) is handles, who
    assert "care.complaint_late" in digest(cast.people["apprentice"])


def test_the_mail_of_a_handler_names_nobody(cast: Cast, ago: datetime, morning: Callable[[], None]) -> None:
    made = complain(cast, "mentor", at=ago)
    morning()
    [letter] = [one for one in mail.outbox if one.to == ["coordinator@x.example"]]
    assert "投诉待推进" in letter.body
    for secret in (cast.people["apprentice"].name, cast.people["mentor"].name, made.words, made.public_id):
        assert secret not in letter.body


def test_no_group_hears_a_word_or_a_figure_of_care(
    cast: Cast, ago: datetime, incident: Incident, morning: Callable[[], None]
) -> None:
    complain(cast, "mentor", at=ago)
    morning()
    with everywhere("a test reads what bots say"):
        said = [json.dumps(row.content) for row in HookDelivery.objects.all()]
    assert said
    assert not [text for text in said if "care." in text]


def test_the_home_of_whoever_is_named_says_nothing(browse: Browse, cast: Cast, ago: datetime) -> None:
    complain(cast, "coordinator", at=ago)
    assert Complaint._base_manager.count() == 1
    home = browse("coordinator").get("/o/lanchuan/").content.decode()
    assert "omplaint of" not in home
    actor = actor_in(cast.people["administrator"], cast.college, timezone.localdate())
    assert actor is not None
    lines = browse("administrator").get("/o/lanchuan/").context["waiting"]
    assert len([line for line in lines if "omplaint" in str(line.label)]) == 1  # once, as a cover
