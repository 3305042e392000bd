"""The page of the working calendar: what is official, what is not announced, own days, and what cannot be."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from craftpath.kernel.access import system
from craftpath.kernel.workdays import CalendarYear, Day, load_official_year, remove_days, years_for
from craftpath.values.verdict import Refused
from tests.cast import AT, Cast

Browse = Callable[[str], Client]


def page(name: str = "calendar") -> str:
    return reverse(f"workdays:{name}", args=["lanchuan"])


def days(cast: Cast, year: int = 2026) -> dict[date, Day]:
    return {day.on: day for day in years_for(cast.college)[year].rows}


def test_it_loads_a_country_s_year_and_shows_swapped_workdays(browse: Browse, cast: Cast) -> None:
    client = browse("administrator")
    answer = client.post(page("load"), {"country": "CN", "year": "2026"})
    assert answer.url == f"{page()}?year=2026"
    shown = client.get(answer.url).content.decode()
    assert 'class="day-swap"' in shown
    assert 'class="day-free"' in shown
    assert "National Day" in shown
    assert "Not announced yet" not in shown
    assert days(cast)[date(2026, 10, 10)].works


def test_it_says_plainly_that_a_year_is_not_announced(browse: Browse, cast: Cast) -> None:
    client = browse("administrator")
    assert "Nothing is entered for this year" in client.get(f"{page()}?year=2031").content.decode()
    client.post(page("load"), {"country": "CN", "year": "2031"})
    assert "Not announced yet" in client.get(f"{page()}?year=2031").content.decode()


def test_own_days_are_added_kept_by_a_new_load_and_taken_out(browse: Browse, cast: Cast) -> None:
    client = browse("administrator")
    load_official_year(cast.city, "CN", 2026, by=system(), at=AT)
    given = {"first": "2026-08-03", "last": "2026-08-09", "works": "free", "name": "厂休"}
    client.post(page("add"), given)
    own = {on for on, day in days(cast).items() if day.own}
    assert own == {date(2026, 8, day) for day in range(3, 8)}  # the weekend is free anyway
    assert date(2026, 10, 1) in days(cast)  # what the city decided was taken over
    client.post(page("load"), {"country": "CN", "year": "2026"})
    assert {on for on, day in days(cast).items() if day.own} == own
    for _twice in range(2):
        client.post(page("remove"), {"first": "2026-08-03", "last": "2026-08-07"})
    assert not any(day.own for day in days(cast).values())


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"first": "2026-10-01", "works": "free"}, "2026-10-01 stands twice"),
        ({"first": "2026-09-15", "works": "works"}, "2026-09-15 is a workday anyway"),
        ({"first": "2026-09-12", "works": "free"}, "2026-09-12 is free anyway"),
        ({"first": "2026-09-15", "last": "2026-09-14", "works": "free"}, "does not lie before"),
        ({"first": "2026-12-31", "last": "2027-01-02", "works": "free"}, "in the same year"),
        ({"first": "1999-01-04", "works": "free"}, "from 2000 to 2099"),
        ({"first": "2026-02-30", "works": "free"}, "valid date"),
    ],
)
def test_a_contradiction_is_refused_by_name_and_loses_nothing(
    browse: Browse, cast: Cast, given: dict[str, str], why: str
) -> None:
    load_official_year(cast.college, "CN", 2026, by=system(), at=AT)
    before = days(cast)
    answer = browse("administrator").post(page("add"), given | {"name": "<b>检修</b>"})
    said = answer.content.decode()
    assert answer.status_code == 422
    assert why in said
    assert given["first"] in said
    assert "&lt;b&gt;检修&lt;/b&gt;" in said
    assert days(cast) == before


@pytest.mark.parametrize("given", [{}, {"country": "XX", "year": "2026"}, {"country": "CN", "year": "9999"}])
def test_a_country_or_year_that_is_none_is_said_to_be(browse: Browse, given: dict[str, str]) -> None:
    assert browse("administrator").post(page("load"), given).status_code == 422


def test_years_and_days_that_are_none_lead_to_this_year(browse: Browse, cast: Cast) -> None:
    client = browse("administrator")
    for year in ("0", "x", "20266", "１２３４", "-1"):
        assert client.get(f"{page()}?year={year}").status_code == 200
    for first, last in (("", ""), ("2026-13-01", "2026-01-01"), ("1990-01-01", "1990-01-02")):
        assert client.post(page("remove"), {"first": first, "last": last}).status_code == 302
    assert not CalendarYear.objects.exists()
    assert client.post(page("remove"), {"first": "2026-02-02", "last": "2026-02-01"}).status_code == 409


@pytest.mark.parametrize("who", ["coordinator", "trainer", "apprentice"])
def test_it_is_the_administrator_s(browse: Browse, who: str) -> None:
    client = browse(who)
    assert client.get(page()).status_code == 403
    given = {"first": "2026-08-03", "works": "free", "name": "x"}
    assert client.post(page("add"), given).status_code == 403
    assert not CalendarYear.objects.exists()


def test_days_are_taken_out_by_whoever_runs_the_organisation_only(cast: Cast) -> None:
    load_official_year(cast.college, "CN", 2026, by=system(), at=AT)
    day = date(2026, 10, 1)
    with pytest.raises(Refused):
        remove_days(cast.college, day, day, by=cast.actor("coordinator"), at=AT)
    assert day in days(cast)
