"""A mentor with apprentices of two colleges: each college's link opens its own, and ends by its own hand only."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from craftpath.domain.apprenticeships.actions import (
    RosterEntry,
    appoint,
    plan_cohort,
    start_cohort,
    take_roster,
)
from craftpath.domain.apprenticeships.models import Enrolment
from craftpath.domain.logbook.actions import Content, save_entry, submit_entry
from craftpath.domain.logbook.models import Entry
from craftpath.kernel.access import Actor
from craftpath.kernel.links import SignedLink
from craftpath.kernel.roles import Role
from craftpath.kernel.tenancy import everywhere
from tests.cast import AT, TODAY, Cast
from tests.domain.judging.world import practical

Browse = Callable[[str], Client]
WEEK = "/o/jinheng/log/team/"


@pytest.fixture
def two(cast: Cast) -> dict[str, Entry]:
    """An entry for the same mentor from each college, by the college's key."""
    with everywhere("a test looks at everything"):
        by = cast.actor("stranger", cast.neighbour)
        cohort = plan_cohort(
            organisation=cast.neighbour, programme=cast.programme, name={"en": "Fitters 2026/1"}, occupation={},
            starts_on=TODAY - timedelta(days=90), by=by, at=AT,
        )  # fmt: skip
        cohort = start_cohort(cohort, by=by, at=AT)
        take_roster(cohort, [RosterEntry("D1", "高远", enterprise=cast.jinheng)], by=by, at=AT)
        theirs = Enrolment.objects.select_related("person").get(number="D1")
        appoint([theirs], person=cast.people["mentor"], role="mentor", on=TODAY, by=by, at=AT)
        return {
            "lanchuan": _written(cast.enrolments["26001"]),
            "dongling": _written(theirs),
        }


def _written(enrolment: Enrolment) -> Entry:
    now = timezone.now()
    by = Actor(enrolment.cohort.organisation, enrolment.person, frozenset({Role.APPRENTICE}))
    content = Content(on=timezone.localdate(now), text="装夹并试切外圆。", minutes=60, bucket="workplace")
    entry = save_entry(enrolment, made_id=uuid.uuid4(), content=content, base=0, by=by, at=now).entry
    return submit_entry(entry, by=by, at=now)


def give(browse: Browse, cast: Cast, college: str) -> tuple[str, str]:
    who = {"lanchuan": "coordinator", "dongling": "stranger"}[college]
    page = browse(who).post(f"/o/{college}/guests/{cast.people['mentor'].public_id}/")
    assert page.status_code == 200
    return "/m/" + page.context["address"].partition("/m/")[2], page.context["code"]


def seen(phone: Client) -> set[str]:
    return {entry.public_id for entry in phone.get(WEEK).context["normal"]}


def test_links_of_two_colleges_live_side_by_side(browse: Browse, cast: Cast, two: dict[str, Entry]) -> None:
    links = {college: give(browse, cast, college) for college in two}
    for college, (link, code) in links.items():
        phone = Client()
        assert phone.post(link, {"code": code}).status_code == 302
        assert seen(phone) == {two[college].public_id}


def test_one_college_s_link_confirms_nothing_of_the_other_s(
    browse: Browse, cast: Cast, two: dict[str, Entry]
) -> None:
    link, code = give(browse, cast, "dongling")
    phone = Client()
    phone.post(link, {"code": code})
    other = two["lanchuan"]
    phone.post("/o/jinheng/log/team/confirm/", {"entry": [f"{other.public_id}.{other.revision}"]})
    assert phone.get(f"/o/jinheng/log/{other.public_id}/").status_code == 404
    own = two["dongling"]
    phone.post("/o/jinheng/log/team/confirm/", {"entry": [f"{own.public_id}.{own.revision}"]})
    with everywhere("a test looks at everything"):
        states = dict(Entry.objects.values_list("public_id", "state"))
    assert states == {other.public_id: "submitted", own.public_id: "confirmed"}


def test_one_device_may_be_trusted_by_both(browse: Browse, cast: Cast, two: dict[str, Entry]) -> None:
    phone = Client()
    links = [give(browse, cast, college) for college in two]
    for link, code in links:
        phone.post(link, {"code": code})
    assert seen(phone) == {entry.public_id for entry in two.values()}
    for link, _code in links:
        assert phone.get(link).status_code == 302  # neither asks for its code again


def test_a_college_ends_its_own_link_only(browse: Browse, cast: Cast, two: dict[str, Entry]) -> None:
    phone = Client()
    for college in two:
        link, code = give(browse, cast, college)
        phone.post(link, {"code": code})
    browse("coordinator").post(f"/o/lanchuan/guests/{cast.people['mentor'].public_id}/end/")
    assert seen(phone) == {two["dongling"].public_id}
    give(browse, cast, "lanchuan")  # a new one there leaves the other college's alone too
    assert seen(phone) == {two["dongling"].public_id}
    browse("stranger").post(f"/o/dongling/guests/{cast.people['mentor'].public_id}/end/")
    assert phone.get(WEEK).status_code == 409
    assert "/account/" in phone.get(WEEK).url
    with everywhere("a test looks at everything"):
        assert SignedLink.objects.filter(state="open").get().organisation == cast.college


def test_a_mentor_with_an_account_sees_both(browse: Browse, cast: Cast, two: dict[str, Entry]) -> None:
    assert seen(browse("mentor")) == {entry.public_id for entry in two.values()}


def test_a_device_that_was_trusted_longer_stays_so(browse: Browse, cast: Cast, two: dict[str, Entry]) -> None:
    phone = Client()
    link, code = give(browse, cast, "lanchuan")
    with everywhere("a test looks at everything"):
        SignedLink.objects.update(expires_at=timezone.now() + timedelta(days=200))
    phone.post(link, {"code": code})
    link, code = give(browse, cast, "dongling")
    phone.post(link, {"code": code})
    assert phone.session.get_expiry_date() > timezone.now() + timedelta(days=190)


def test_a_link_shows_its_own_college_s_practical_work_only(
    browse: Browse, cast: Cast, two: dict[str, Entry]
) -> None:
    with everywhere("a test plans practical work"):
        row = practical(cast, due_on=timezone.localdate())
    for college, asked in (("dongling", 0), ("lanchuan", 1)):
        link, code = give(browse, cast, college)
        phone = Client()
        phone.post(link, {"code": code})
        assert len(phone.get("/o/jinheng/practical/").context["asked"]) == asked
        status = phone.get(f"/o/jinheng/practical/{row.public_id}/rate/").status_code
        assert status == (200 if asked else 404)
