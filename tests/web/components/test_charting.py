"""Charts carry the very table under them; small lines keep their gaps; bands never go in a circle."""

from __future__ import annotations

from decimal import Decimal

import pytest

from craftpath.delivery.web.components import figure_samples
from craftpath.delivery.web.components.charting import Bar, Link, Series, Unit, bars, lines
from craftpath.delivery.web.components.sparks import spark
from craftpath.delivery.web.components.tabled import said, table
from craftpath.delivery.web.indicators.ways import graph

UNIT = Unit("%", "%", Decimal(0), Decimal(100))


@pytest.mark.parametrize("kind", figure_samples.charts())
def test_every_kind_has_its_table(kind: str) -> None:
    chart = figure_samples.charts()[kind]
    assert chart["kind"] == kind
    head, rows = chart["table"]["head"], chart["table"]["rows"]
    assert rows
    assert {len(row) for row in rows} == {len(head)}


def test_a_cell_is_said_as_people_read_it_and_filed_as_programs_do() -> None:
    found = table(["a", "b", "c", "d"], [("x", 12_345, Decimal("-1234.50"), None)])
    assert found.said["rows"] == [["x", "12,345", "−1,234.50", "–"]]
    assert found.csv == b"\xef\xbb\xbfa,b,c,d\r\nx,12345,-1234.50,\r\n"
    assert said("") == "–"


def test_what_a_spreadsheet_would_take_for_a_formula_is_words() -> None:
    assert b"'=1+1" in table(["a"], [("=1+1",)]).csv


def test_a_hidden_bar_is_not_drawn_and_says_why() -> None:
    chart = bars([Bar("a", Decimal(50), 9), Bar("b", None, why="few")], of="x", unit=UNIT)
    assert [row["value"] for row in chart["rows"]] == [50.0, None]
    assert chart["rows"][1]["said"] == "few"
    assert chart["table"]["rows"][1] == ["b", "few", "–", "–", "–"]


@pytest.mark.parametrize(("values", "least"), [((96, 71), 60), ((50, 80), 40), ((12, 99), 0)])
def test_lines_of_shares_begin_at_zero_unless_all_lie_high(values: tuple[int, int], least: int) -> None:
    series = Series("s", tuple(Bar("", Decimal(one), 9) for one in values))
    assert lines([series], ["1", "2"], of="q", unit=UNIT)["least"] == least


def test_a_small_line_has_a_gap_where_a_figure_is_absent() -> None:
    found = spark([Decimal(1), Decimal(2), None, Decimal(3)])
    assert found is not None
    assert found.path.count("M") == 2
    assert found.lone == [found.last]
    assert spark([Decimal(1), None]) is None
    ended = spark([Decimal(1), Decimal(2), None])
    assert ended is not None
    assert ended.last is None


def test_bands_lead_on_and_never_in_a_circle() -> None:
    links = [
        Link("a", "b", 5),
        Link("b", "a", 2),
        Link("b", "c", 3),
        Link("c", "c", 1),
        Link("a", "c", None, "few"),
    ]
    nodes, placed = graph(links, {"a": "A"})
    column = {node.key: node.depth for node in nodes}
    assert all(column[one.start] < column[one.end] for one in placed)
    assert [one.n for one in placed] == [5, 2, 3, 1, None]
    assert {node.label for node in nodes} == {"A", "b", "c"}
