"""The page of deadlines: by kind and age, who is asked, who was told, one tap to the thing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from craftpath.domain.logbook.models import Entry
from craftpath.kernel.duties import KINDS
from craftpath.kernel.tenancy import everywhere
from tests.cast import Cast
from tests.house.furnishing import furnish
from tests.house.making import make_agreements

Browse = Callable[[str], Client]


def page(place: str = "lanchuan") -> str:
    return reverse("duties:list", args=[place])


def silent(cast: Cast, days: int) -> None:
    """The apprentice's log has been waiting for so many days."""
    furnish(cast)
    with everywhere("a test makes a mentor silent"):
        Entry.objects.filter(enrolment=cast.enrolments["26001"]).update(
            state="submitted",
            submitted_at=timezone.now() - timedelta(days=days),
            confirmed_at=None,
            confirmed_by=None,
        )


def test_what_is_late_is_counted_by_age_and_leads_to_the_thing(browse: Browse, cast: Cast) -> None:
    silent(cast, 12)
    client = browse("coordinator")
    shown = client.get(page())
    row = next(row for row in shown.context["rows"] if "kind=logbook.week_waits" in row["url"])
    assert [cell["count"] for cell in row["cells"]] == [0, 0, 1, 0, 0]
    things = client.get(f"{page()}?kind=logbook.week_waits&age=late")
    (thing,) = things.context["shown"]
    enrolment = cast.enrolments["26001"]
    assert thing.name == enrolment.person.name
    assert cast.people["mentor"].name in thing.who.split(", ")  # and whoever helps besides
    assert thing.url == reverse("apprenticeships:apprentice", args=["lanchuan", enrolment.public_id])
    assert len(thing.told) == 2  # the mentor was reminded, the coordinator told
    assert "overdue" in things.content.decode()


def test_nothing_of_an_age_and_nothing_known_are_said(browse: Browse, cast: Cast) -> None:
    silent(cast, 1)
    client = browse("coordinator")
    none = client.get(f"{page()}?kind=logbook.week_waits&age=latest").content.decode()
    assert "Nothing of this age" in none
    for odd in (
        "?kind=nothing",
        "?kind=logbook.week_waits&age=x",
        "?kind=logbook.week_waits&page=zzz",
        "?age=%00",
    ):
        assert client.get(page() + odd).status_code == 200


def test_an_enterprise_sees_what_concerns_its_own(browse: Browse, cast: Cast) -> None:
    make_agreements(cast)
    rows = browse("hr").get(page("jinheng")).context["rows"]
    kinds = {row["url"].split("kind=")[1].split("#")[0] for row in rows}
    assert "agreements.absence" in kinds
    assert "kernel.notice_unread" not in kinds
    assert "evaluation.results" in kinds or "logbook.week_due" in kinds
    mine = browse("hr").get(f"{page('jinheng')}?kind=logbook.week_due").context["shown"]
    there = {row.person.name for row in cast.enrolments.values() if row.enterprise == cast.jinheng}
    assert {thing.name for thing in mine} <= there


@pytest.mark.parametrize(
    ("who", "place"), [("mentor", "jinheng"), ("apprentice", "lanchuan"), ("trainer", "lanchuan")]
)
def test_it_is_for_those_who_look_after_it(browse: Browse, who: str, place: str) -> None:
    assert browse(who).get(page(place)).status_code == 403


def test_its_queries_do_not_grow_with_what_is_due(browse: Browse, cast: Cast) -> None:
    make_agreements(cast)
    silent(cast, 12)
    client = browse("coordinator")
    address = f"{page()}?kind=logbook.week_due"
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    with everywhere("a test adds what is due"):
        cast.enrolments["26002"].parties.all()
        for number in ("26002", "26003", "26004"):
            row = Entry.objects.filter(enrolment=cast.enrolments["26001"])[0]
            row.pk, row.public_id, row.enrolment = None, f"copy{number}", cast.enrolments[number]
            row.save()
    with CaptureQueriesContext(connection) as more:
        client.get(address)
    assert len(more) <= len(few)
    assert len(few) < len(KINDS) * 3 + 20
