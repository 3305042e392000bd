"""What a person sees: the page's counts are those of the person's own scope, whatever roles they hold."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from craftpath.delivery.web.people.seeing import KINDS
from craftpath.domain.apprenticeships.actions import RosterEntry, appoint, take_roster
from craftpath.domain.apprenticeships.queries import cohorts, enrolments
from craftpath.domain.evaluation.models import Result
from craftpath.domain.programmes.queries import schemes
from craftpath.kernel.access import actor_in, join
from craftpath.kernel.people import Person
from craftpath.kernel.roles import Permission, Role
from craftpath.kernel.sheets import imports
from craftpath.kernel.tenancy import everywhere, looking_for
from tests.cast import AT, TODAY, Cast
from tests.house.making import make_sheet

Browse = Callable[[str], Client]
READS: dict[str, Any] = {
    "cohorts": cohorts,
    "apprentices": enrolments,
    "results": Result.objects.all,
    "imports": imports,
    "schemes": schemes,
}


def _page(browse: Browse, person: Person, who: str = "coordinator", where: str = "lanchuan") -> Any:
    return browse(who).get(f"/o/{where}/people/{person.public_id}/")


def _seen(view: Any) -> dict[str, int]:
    return {key: count.total for key, count in view.counts.items()}


def test_there_is_a_read_for_every_kind() -> None:
    assert set(READS) == set(KINDS)


@pytest.mark.parametrize(
    "who", ["coordinator", "administrator", "trainer", "assessor", "apprentice", "classmate"]
)
def test_the_counts_are_those_of_the_person_s_scope(browse: Browse, cast: Cast, who: str) -> None:
    make_sheet(cast)
    [view] = _page(browse, cast.people[who], "administrator").context["views"]
    actor = actor_in(cast.people[who], cast.college, timezone.localdate())
    assert actor is not None
    with looking_for(actor.scope):
        assert _seen(view) == {key: read().count() for key, read in READS.items()}
    assert view.actor.permissions == actor.permissions


@pytest.mark.parametrize("seed", range(12))
def test_whatever_roles_are_drawn_the_page_agrees_with_the_scope(
    browse: Browse, cast: Cast, seed: int
) -> None:
    """Roles drawn at random in the college and below, dates before and after today, with and without parties."""
    chance = random.Random(seed)
    make_sheet(cast)
    today = timezone.localdate()
    person = Person.objects.create_user(f"drawn{seed}", name="Drawn")
    places = [cast.college, cast.campus]
    for _ in range(chance.randint(1, 4)):
        starts = today + timedelta(days=chance.choice([-400, -1, 0, 5]))
        until = chance.choice([None, starts + timedelta(days=chance.choice([1, 500]))])
        join([person], chance.choice(places), chance.choice(list(Role)), on=starts, until=until)
    if chance.random() < 0.6:
        with everywhere("a test appoints"):
            rows = chance.sample(list(cast.enrolments.values()), 2)
            role = chance.choice(["assessor", "mentor", "trainer"])
            appoint(rows, person=person, role=role, on=TODAY, by=cast.actor("coordinator"), at=AT)
    answer = _page(browse, person, "administrator")
    if answer.status_code == 404:  # every role drawn has ended: nobody of ours any more
        assert not person.memberships.exclude(ends_on__lte=today).exists()
        return
    views = {view.organisation.pk: view for view in answer.context["views"]}
    for place in places:
        actor = actor_in(person, place, today)
        if actor is None:
            assert place.pk not in views
        elif place.pk in views:
            with looking_for(actor.scope):
                assert _seen(views[place.pk]) == {key: read().count() for key, read in READS.items()}
                visible = set(enrolments().values_list("pk", flat=True))
            assert {sample.enrolment.pk for sample in views[place.pk].samples} <= visible


@pytest.fixture
def _english() -> Any:
    with translation.override("en"):
        yield


@pytest.mark.usefixtures("_english")
def test_it_says_through_what_each_apprentice_is_seen(browse: Browse, cast: Cast) -> None:
    with everywhere("a test appoints"):
        appoint(
            [cast.enrolments["26002"]],
            person=cast.people["assessor"],
            role="assessor",
            on=TODAY,
            by=cast.actor("coordinator"),
            at=AT,
        )
    [view] = _page(browse, cast.people["assessor"]).context["views"]
    assert [(one.enrolment.number, str(one.reason)) for one in view.samples] == [("26002", "Assessor")]
    assert (view.counts["apprentices"].through, view.counts["apprentices"].own) == (0, 1)
    [view] = _page(browse, cast.people["apprentice"]).context["views"]
    assert [(one.enrolment.number, str(one.reason)) for one in view.samples] == [("26001", "own record")]
    [view] = _page(browse, cast.people["trainer"]).context["views"]
    assert {str(one.reason) for one in view.samples} == {"through the cohort's organisation"}
    assert (view.counts["apprentices"].through, view.counts["apprentices"].own) == (5, 0)


def test_what_the_roles_do_not_open_is_said(browse: Browse, cast: Cast) -> None:
    join([cast.people["trainer"]], cast.college, Role.OFFICER, on=TODAY)
    Person.objects.create_user("of2", name="Officer")
    officer = Person.objects.get(username="of2")
    join([officer], cast.college, Role.OFFICER, on=date(2026, 1, 1))
    [view] = _page(browse, officer).context["views"]
    assert {key: count.opened for key, count in view.counts.items()} == {
        "cohorts": True, "apprentices": False, "results": False, "imports": False, "schemes": True,
    }  # fmt: skip
    assert view.actor.permissions == {
        Permission.SEE_FIGURES,
        Permission.HANDLE_CARE,
        Permission.VERIFY_CLAIMS,
        Permission.SEE_CREDITS,
        Permission.SEE_CERTIFICATES,
        Permission.ISSUE_CERTIFICATES,
        Permission.DECIDE_SUBSIDIES,
        Permission.USE_DESK,
        Permission.ACCREDIT_PLACES,
        Permission.SEE_ALLOWANCES,
        Permission.EDIT_FRAMEWORKS,
        Permission.RUN_SURVEYS,
        Permission.RUN_PILOTS,
        Permission.SEE_SHARED,
        Permission.SHARE_DATA,
        Permission.RUN_WORKSHOPS,
        Permission.ISSUE_DIRECTIVES,
        Permission.SEE_VENTURES,
        Permission.KEEP_PLACES,
        Permission.RUN_PARTNERSHIPS,
        Permission.MAKE_BULLETINS,
        Permission.PUBLISH_FIGURES,
        Permission.HAND_FIGURES_OVER,
    }
    page = unescape(_page(browse, officer).content.decode())
    assert "no: only counted in figures" in page


def test_nobody_is_named_whom_the_reader_does_not_see(browse: Browse, cast: Cast) -> None:
    """HR of one enterprise looks at a mentor who is party to an apprentice of the other, too."""
    join([cast.people["hr"]], cast.jinheng, Role.COORDINATOR, on=date(2026, 1, 1))
    with everywhere("a test appoints"):
        appoint(
            [cast.enrolments["26003"]],
            person=cast.people["mentor"],
            role="mentor",
            on=TODAY,
            by=cast.actor("coordinator"),
            at=AT,
        )
    answer = _page(browse, cast.people["mentor"], "hr", "jinheng")
    [view] = answer.context["views"]
    assert [one.enrolment.number for one in view.samples] == ["26001", "26002"]
    assert (view.counts["apprentices"].total, view.hidden) == (3, 1)
    assert "欧阳思远" not in answer.content.decode()


def test_roles_elsewhere_are_not_spelt_out(browse: Browse, cast: Cast) -> None:
    join([cast.people["trainer"]], cast.neighbour, Role.AUDITOR, on=date(2026, 1, 1))
    page = unescape(_page(browse, cast.people["trainer"]).content.decode())
    assert "There is a role at another organisation too" in page
    assert "Dongling" not in page


def test_a_role_that_begins_later_opens_nothing_yet(browse: Browse, cast: Cast) -> None:
    cast.people["trainer"].memberships.update(starts_on=timezone.localdate() + timedelta(days=9))
    answer = _page(browse, cast.people["trainer"])
    assert answer.context["views"] == []
    assert "No role is in force today" in answer.content.decode()


@pytest.mark.parametrize("name", ["stranger", "hr", "officer", "mentor"])
def test_people_of_others_are_not_found(browse: Browse, cast: Cast, name: str) -> None:
    assert _page(browse, cast.people[name]).status_code == 404


@pytest.mark.parametrize(
    ("name", "status"), [("trainer", 403), ("auditor", 403), ("stranger", 404), ("", 302)]
)
def test_who_may_not(browse: Browse, cast: Cast, name: str, status: int) -> None:
    assert _page(browse, cast.people["trainer"], name).status_code == status


def test_the_page_asks_as_often_for_many_as_for_few(browse: Browse, cast: Cast) -> None:
    client = browse("coordinator")
    address = f"/o/lanchuan/people/{cast.people['trainer'].public_id}/"
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    with everywhere("a test enrols many"):
        entries = [RosterEntry(f"27{n:03}", f"学徒{n}") for n in range(60)]
        take_roster(cast.cohort, entries, by=cast.actor("coordinator"), at=AT)
    with CaptureQueriesContext(connection) as many:
        [view] = client.get(address).context["views"]
    assert view.counts["apprentices"].total == 65
    assert len(many) == len(few)
