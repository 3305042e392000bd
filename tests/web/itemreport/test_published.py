"""The report and its files on tables held in memory: published figures, and never a 0 for what is not known."""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from django.utils import translation

from craftpath.delivery.web.itemreport.files import figures
from craftpath.delivery.web.itemreport.overview import whole
from craftpath.domain.exams.analysis import Sheet, modelled
from craftpath.domain.exams.marking import Scored
from craftpath.domain.exams.models import Candidate, Item, ItemVersion, PaperLine, Sitting
from tests.cast import AT
from tests.engines.psychometrics.published import LSAT6

Points = Sequence[Sequence[int | None]]


def sheet_of(points: Points, most: int = 1) -> Sheet:
    """A sitting with one form, never saved; None for an essay that waits."""
    width = len(points[0]) if points else 3
    lines = [
        PaperLine(
            pk=n,
            order=n,
            version=ItemVersion(
                pk=n, item=Item(kind="single"), stem={"en": f"Number {n}"}, points=Decimal(most)
            ),
        )
        for n in range(1, width + 1)
    ]
    people = [Candidate(pk=n, paper_id=1, started_at=AT) for n in range(len(points))]
    exact = [[None if one is None else Fraction(one) for one in row] for row in points]
    on = [[True] * width for _row in points]
    table = Scored(Sitting(), people, lines, [Fraction(most)] * width, on, exact, on)
    return Sheet(table, 1, tuple(range(len(points))), tuple(range(width)), tuple(range(1, width + 1)))


@pytest.fixture(scope="module")
def lsat() -> Sheet:
    """A thousand people, five questions (Bock and Lieberman 1970)."""
    rows = [[int(sign) for sign in pattern] for pattern, count in LSAT6.items() for _n in range(count)]
    return sheet_of(rows)


def column(taken: list[list[Any]], name: str) -> list[Any]:
    head, *rows = taken
    return [row[head.index(name)] for row in rows]


class TestPublished:
    def test_difficulty_and_reliability_are_those_of_the_books(self, lsat: Sheet) -> None:
        taken = figures(lsat)
        assert column(taken.questions, "difficulty") == pytest.approx([0.924, 0.709, 0.553, 0.763, 0.870])
        told = {row[3]: row[1] for row in taken.whole[1:]}
        assert told["cronbach_alpha"] == pytest.approx(0.295, abs=5e-4)
        assert told["kuder_richardson_20"] == pytest.approx(0.295, abs=5e-4)
        assert told["mean"] == pytest.approx(3.819)
        shown = {one.key: one for one in whole(lsat)}
        assert (shown["kuder_richardson_20"].value, shown["kuder_richardson_20"].n) == ("0.29", 1000)

    def test_slopes_of_their_own_are_those_of_the_books(self, lsat: Sheet) -> None:
        taken = figures(lsat)
        assert column(taken.questions, "a") == pytest.approx(
            [0.8257, 0.7227, 0.8909, 0.6884, 0.6569], abs=5e-3
        )
        assert column(taken.questions, "b") == pytest.approx(
            [-3.3588, -1.3701, -0.2797, -1.8664, -3.1259], abs=5e-3
        )

    def test_the_rasch_scale_is_that_of_the_books(self, lsat: Sheet) -> None:
        """Bock and Lieberman's difficulties with slope 1 are these times the common slope."""
        found = modelled(lsat, plain=True).fitted
        assert found is not None
        assert found.slope.values == pytest.approx([0.7551] * 5, abs=1e-3)
        assert found.difficulty.values == pytest.approx(
            [-3.6153, -1.3224, -0.3176, -1.7301, -2.7802], abs=1e-3
        )


TABLES: dict[str, Points] = {
    "one": [[1, 0, 1]],
    "two alike": [[1, 0, 1], [1, 0, 1]],
    "all right": [[1, 1, 1]] * 12,
    "all wrong": [[0, 0, 0]] * 12,
    "one question": [[1], [0], [1]],
    "all wait": [[1, 0, None], [0, 1, None], [1, 1, None]],
    "one waits": [[1, 0, 1], [0, 1, None], [1, 1, 0], [0, 0, 0]],
    "nobody has all": [[None, None, None]] * 3,
    "many alike": [[1, 1, 0, 0, 1]] * 60,
    "a ladder": [[int(n > m) for m in range(5)] for n in range(6)] * 12,
}


@pytest.mark.parametrize("name", list(TABLES))
@pytest.mark.parametrize("most", [1, 2])
def test_what_is_not_available_is_empty_and_says_why(name: str, most: int) -> None:
    taken = figures(sheet_of(TABLES[name], most))
    head = taken.questions[0]
    for row in taken.questions[1:]:
        for title, cell in zip(head, row, strict=True):
            if title in ("item", "words", "n", "flags", "not_available"):
                continue
            assert cell is None or math.isfinite(cell)
            assert (cell is None) == (f"{title}: " in row[-1]), title
    for row in taken.whole[1:]:
        assert (row[1] is None) == bool(row[5]), row
        assert row[1] is None or math.isfinite(row[1])
    for row in taken.methods[1:]:
        assert row[2] or row[4] or row[0] == "left_out", row


@pytest.mark.parametrize("name", ["one", "two alike", "all right", "all wrong"])
def test_where_nothing_differs_no_correlation_is_nought(name: str) -> None:
    taken = figures(sheet_of(TABLES[name]))
    assert set(column(taken.questions, "discrimination")) == {None}
    told = {row[3]: row[1] for row in taken.whole[1:]}
    assert told["cronbach_alpha"] is told["standard_error_of_measurement"] is None


def test_nobody_wholly_marked_has_no_mean() -> None:
    taken = figures(sheet_of(TABLES["nobody has all"]))
    assert set(column(taken.questions, "difficulty")) == {None}
    assert {row[1] for row in taken.whole[1:]} == {None}


def test_without_a_model_its_columns_are_missing_and_the_file_says_why() -> None:
    with translation.override("en"):
        taken = figures(sheet_of(TABLES["one waits"]))
    assert "b" not in taken.questions[0]
    assert ["a, b", 4, "", "", "too few candidates"] in taken.methods
