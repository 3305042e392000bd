"""Bars and rings are drawn to scale; figures and names are read as people write them."""

from decimal import Decimal as D

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from craftpath.delivery.web.components.shapes import GAP, Part, arcs, choices, figure, initials, segments


def points(top):
    return st.decimals(0, top, places=1)


@st.composite
def some_parts(draw):
    weights = draw(st.lists(st.integers(1, 60), min_size=1, max_size=4))
    drawn = []
    for weight in weights:
        earned = draw(points(weight))
        drawn.append(Part("process", "P", D(weight), earned, draw(points(D(weight) - earned))))
    return drawn


def test_a_bar_of_three_is_laid_out_by_weight():
    parts = [
        Part("process", "P", D(30), D("24.6"), D(3)),
        Part("practical", "A", D(30), D("15.3"), D(12)),
        Part("exam", "E", D(40), D(0), D(40)),
    ]
    drawn = [(s.start, s.width, s.earned, s.open_start, s.open, s.open_end) for s in segments(parts)]
    assert drawn == [
        ("0.000", "30.000", "24.600", "24.600", "3.000", "27.600"),
        ("30.000", "30.000", "15.300", "45.300", "12.000", "57.300"),
        ("60.000", "40.000", "0.000", "60.000", "40.000", "100.000"),
    ]


def test_parts_may_be_plain_mappings():
    part = {"key": "exam", "label": "E", "weight": D(40), "earned": D(10)}
    assert segments([part])[0].earned == "25.000"


def test_an_empty_bar_is_no_fault():
    assert segments([]) == []
    assert segments([Part("exam", "E", D(0), D(0))])[0].width == "0.000"


@given(some_parts())
def test_parts_lie_end_to_end_and_never_overflow(parts):
    start = 0.0
    for segment in segments(parts):
        assert float(segment.start) == pytest.approx(start, abs=0.01)
        assert float(segment.earned) + float(segment.open) <= float(segment.width) + 0.002
        start += float(segment.width)
    assert start == pytest.approx(100, abs=0.01)


@given(some_parts())
def test_a_ring_leaves_a_gap_after_each_part(parts):
    for arc, segment in zip(arcs(parts), segments(parts), strict=True):
        whole = float(arc.whole.split()[0])
        assert whole == pytest.approx(max(float(segment.width) - GAP, 0), abs=0.002)
        assert float(arc.earned.split()[0]) + float(arc.still.split()[0]) <= whole + 0.003


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("林晓梅", "梅"),
        ("阿依努尔·买买提", "提"),
        ("Amina Diallo", "AD"),
        ("jean-luc de la tour", "JT"),
        ("Ada", "A"),
        ("", "·"),
        (None, "·"),
    ],
)
def test_initials(name, letters):
    assert initials(name) == letters


@pytest.mark.parametrize(
    ("value", "decimals", "read"),
    [
        (D("27.30"), None, "27.3"),
        (D("30.0"), None, "30"),
        (D("1E+2"), None, "100"),
        (D("0"), None, "0"),
        (D("24"), 1, "24.0"),
        (D("81.65"), 1, "81.7"),
        (12, None, "12"),
        (0, None, "0"),
        (None, 1, "–"),
        ("", None, "–"),
        ("30–35", None, "30–35"),
    ],
)
def test_figures_are_read_without_noise(value, decimals, read):
    assert figure(value, decimals) == read


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_counts_are_written_as_the_charts_write_them(language):
    with override(language):
        assert [figure(count) for count in (0, 999, 1303, 100000)] == ["0", "999", "1,303", "100,000"]
        assert figure("20260001") == "20260001"  # a text is no count


def test_options_are_chosen_by_what_they_print_and_escaped():
    drawn = choices([("", "All"), (3, "Three"), ("<", "a & b")], "3")
    assert drawn == (
        '<option value="">All</option><option value="3" selected>Three</option>'
        '<option value="&lt;">a &amp; b</option>'
    )
    assert "selected" not in choices([("a", "A")], None)
