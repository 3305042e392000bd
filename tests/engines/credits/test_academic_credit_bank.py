"""Korea's Academic Credit Bank, as the platform ships it, worked out by hand."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from craftpath.domain import programmes
from craftpath.engines.credits import Area, Credit, Goal, Minimum, Offer, Plan, Problem, Rule, plan, unused
from craftpath.engines.credits.limits import HALF, YEAR, by_period, of_sources

PRESET = Path(programmes.__file__).parents[1] / "credits/presets/acbs.toml"
BANK: dict[str, Any] = tomllib.loads(PRESET.read_text(encoding="utf-8"))
DIPLOMAS = {row["key"]: row for row in BANK["diploma"]}
ON = date(2026, 6, 1)


def planned(diploma: str, credits: list[Credit], *offers: Offer) -> Plan:
    row = DIPLOMAS[diploma]
    rules = tuple(Rule(rule["area"], rule["to_area"], rule["rate"]) for rule in BANK["rule"])
    limits = row["limits"]
    return plan(
        Problem(
            ON,
            tuple(credits),
            rules,
            Goal(
                row["total"],
                tuple(Area(area["key"], area["least"]) for area in row["area"]),
                tuple(Minimum(one["institution"], one["least"]) for one in row["minimum"]),
                offers,
            ),
            (
                *by_period(credits, YEAR, limits["year"], "year"),
                *by_period(credits, HALF, limits["half"], "half"),
                of_sources(credits, ["certificate"], limits["certificates"], "certificates"),
            ),
        )
    )


def courses(count: int, area: str, year: int, half: int = 1, institution: str = "accredited") -> list[Credit]:
    """So many courses of three points, finished in one half-year."""
    day = date(year, 6 * half, 15)
    return [
        Credit(f"{area}{year}.{half}.{at}", "course", area, 3, day, institution=institution)
        for at in range(count)
    ]


def certificates(*points: int) -> list[Credit]:
    return [
        Credit(f"certificate{at}", "certificate", "major", worth, date(2016 + at, 3, 1))
        for at, worth in enumerate(points)
    ]


@pytest.mark.parametrize(
    ("diploma", "total", "major", "general", "certificates"),
    [
        ("acbs-bachelor", 140, 60, 30, 3),
        ("acbs-associate-2", 80, 45, 15, 2),
        ("acbs-associate-3", 120, 54, 21, 2),
    ],
)
def test_the_figures_of_each_degree(
    diploma: str, total: int, major: int, general: int, certificates: int
) -> None:
    row = DIPLOMAS[diploma]
    assert (row["total"], row["limits"]["certificates"]) == (total, certificates)
    assert {area["key"]: area["least"] for area in row["area"]} == {
        "major": major,
        "general": general,
        "free": 0,
    }
    assert planned(diploma, []).missing == total


def test_at_most_twenty_four_points_of_a_half_year_and_forty_two_of_a_year() -> None:
    spring = courses(10, "major", 2024)
    assert planned("acbs-bachelor", spring).held == {"major": 24}
    both = spring + courses(10, "general", 2024, half=2)
    found = planned("acbs-bachelor", both)
    assert sum(found.held.values()) == 42
    assert found.missing == 98
    codes = [(one.code, one.facts["limit"]) for one in unused(found)]
    assert {str(key) for _, key in codes} <= {"half:2024-01-01", "half:2024-07-01", "year:2024-01-01"}
    assert {code for code, _ in codes} == {"limit_reached"}
    assert len(codes) == 6
    next_year = planned("acbs-bachelor", both + courses(2, "free", 2025))
    assert sum(next_year.held.values()) == 48


def test_at_most_three_certificates_count_towards_a_bachelor_and_two_towards_an_associate() -> None:
    papers = certificates(20, 16, 14, 10)
    assert planned("acbs-bachelor", papers).held == {"major": 50}
    found = planned("acbs-associate-2", papers)
    assert found.held == {"major": 36}
    assert {one.credit: one.code for one in unused(found)} == {
        "certificate2": "limit_reached",
        "certificate3": "limit_reached",
    }


def test_an_associate_degree_with_all_but_the_accredited_courses() -> None:
    """Enough of everything, but only 12 points from accredited courses: six more are needed, and six others are not."""
    held = (
        courses(8, "major", 2021, institution="university")
        + courses(7, "major", 2022, institution="university")
        + courses(4, "general", 2023)
        + courses(1, "general", 2023, half=2, institution="university")
        + certificates(20)
    )
    found = planned("acbs-associate-2", held)
    assert sum(found.held.values()) == 74  # of 80
    assert found.missing == 6
    here = Offer("accredited course", "free", 6, 15, "accredited")
    elsewhere = Offer("university course", "free", 6, 10, "university")
    done = planned("acbs-associate-2", held, elsewhere, here)
    assert (done.steps, done.missing, done.weeks) == ((here,), 0, 15)


def test_a_bachelor_is_fourteen_points_away() -> None:
    """126 held: 66 major, 36 general and 24 free, half of the years full. Fourteen free points, by the quickest way."""
    held = [
        *courses(8, "major", 2020),
        *courses(6, "major", 2020, half=2),
        *courses(8, "general", 2021),
        *courses(4, "general", 2021, half=2),
        *courses(8, "free", 2022),
        *courses(1, "major", 2023),
        *certificates(21),
    ]
    steps = (
        Offer("heritage workshop", "free", 8, 12),
        Offer("examination", "major", 6, 4),
        Offer("course", "general", 3, 8),
        Offer("long course", "free", 14, 30),
    )
    found = planned("acbs-bachelor", held, *steps)
    assert found.held == {"major": 66, "general": 36, "free": 24}
    assert found.away == 14
    assert ([step.id for step in found.steps], found.weeks, found.missing) == (
        ["examination", "heritage workshop"],
        16,
        0,
    )
