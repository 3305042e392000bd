"""Figures for readers who may see no persons: no cell of fewer than five, also not by subtraction."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from craftpath.domain.apprenticeships.actions import RosterEntry, take_roster
from craftpath.domain.evaluation.actions import NewMark, record_marks
from craftpath.domain.evaluation.distribution import coarse_histogram, showable
from tests.cast import AT, Cast
from tests.web.evaluation.reading import cells

Browse = Callable[[str], Client]
ITEMS = ("attendance", "log", "quiz", "task1", "task2", "final_exam")


def enrol(cast: Cast, complete: int, still: int) -> None:
    """So many more apprentices with 50 in everything, and so many without any mark."""
    by = cast.actor("coordinator")
    entries = [RosterEntry(f"30{n:03}", f"某人{n}", mentor="周国栋") for n in range(complete + still)]
    take_roster(cast.cohort, entries, by=by, at=AT)
    rows = (
        type(cast.enrolments["26001"]).objects.filter(number__startswith="30").order_by("number")[:complete]
    )
    marks = [NewMark(row.pk, item, "scored", Decimal(50)) for row in rows for item in ITEMS]
    record_marks(cast.evaluation, marks, by=by, at=AT)


def page(cast: Cast, browse: Browse) -> Any:
    return browse("officer").get(f"/o/lanchuan-bureau/results/{cast.evaluation.public_id}/")


def test_a_small_cohort_shows_no_figures_at_all(cast: Cast, browse: Browse) -> None:
    content = page(cast, browse).content.decode()
    assert "Too few people to show figures" in content
    assert not re.search(r"80\.5|37\.5|陈雨桐|26001", content)


def test_a_larger_one_shows_figures_and_no_person(cast: Cast, browse: Browse, all_rows: None) -> None:
    enrol(cast, complete=9, still=4)  # with the cast: 10 complete, 7 open
    answer = page(cast, browse)
    summary = answer.context["summary"]
    assert (summary.n, summary.complete, summary.open, summary.met) == (17, 10, 7, 10)
    assert (
        str(summary.mean) == "62.1"
    )  # the nine have 25 + 15 + 20 = 60, so (80.5 + 9 · 60) / 10 = 62.05, half up
    content = answer.content.decode()
    assert not re.search(r"某人|陈雨桐|26001|30001", content)
    assert "/results/marks/" not in content
    assert answer.context["boxes"] is None


def test_complete_and_open_are_hidden_together(cast: Cast, browse: Browse, all_rows: None) -> None:
    enrol(cast, complete=2, still=9)  # with the cast: 3 complete of 15
    summary = page(cast, browse).context["summary"]
    assert (summary.n, summary.complete, summary.open, summary.mean, summary.met) == (
        15,
        None,
        None,
        None,
        None,
    )


def test_a_drawing_does_not_tell_how_many_are_complete_where_the_count_is_hidden(
    cast: Cast, browse: Browse, all_rows: None
) -> None:
    enrol(cast, complete=11, still=0)  # with the cast: 12 complete, 3 open; the stage has 15 results
    context = page(cast, browse).context
    assert (context["summary"].n, context["summary"].complete) == (15, None)
    drawn = context["histogram"]
    assert drawn is None or drawn["n"] == 15


def test_the_list_of_cohorts_tells_nobody_by_subtraction(cast: Cast, browse: Browse, all_rows: None) -> None:
    enrol(
        cast, complete=9, still=4
    )  # 18 people, of whom one is in a later stage and has no result in this one
    rows = cells(browse("officer").get("/o/lanchuan-bureau/cohorts/"))
    assert (rows[1][2], re.findall(r"\b1[07]\b", " ".join(rows[1][3:]))) == ("18", [])


def test_filters_and_exports_are_not_for_them(cast: Cast, browse: Browse, all_rows: None) -> None:
    enrol(cast, complete=9, still=4)
    way = f"/o/lanchuan-bureau/results/{cast.evaluation.public_id}/"
    officer = browse("officer")
    assert officer.get(f"{way}?q=26001&state=open").context["summary"].n == 17
    assert officer.get(f"{way}export.csv").status_code == 403


def test_the_list_of_cohorts_hides_small_counts(cast: Cast, browse: Browse) -> None:
    rows = cells(browse("officer").get("/o/lanchuan-bureau/cohorts/"))
    assert rows[1][2:5] == ["5", "", "Junior craftsman: –"]


@given(st.lists(st.decimals(0, 100, places=1), max_size=60))
def test_no_bin_of_a_coarse_histogram_holds_one_to_four(figures: list[Decimal]) -> None:
    bins = coarse_histogram(figures)
    if bins is not None:
        assert sum(count for _, _, count in bins) == len(figures)
        assert all(count == 0 or count >= 5 for _, _, count in bins)


@pytest.mark.parametrize(
    ("cells_of_a_whole", "told"),
    [((5,), True), ((4,), False), ((0, 5), True), ((5, 1), False), ((0, 0), False)],
)
def test_a_cell_is_told_from_five_on(cells_of_a_whole: tuple[int, ...], told: bool) -> None:
    assert showable(*cells_of_a_whole) is told
