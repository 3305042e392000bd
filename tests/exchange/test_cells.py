from __future__ import annotations

import contextlib
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from craftpath.delivery.exchange.book import Cell
from craftpath.delivery.exchange.cells import (
    CellFault,
    day,
    email,
    number_text,
    person_name,
    phone,
    plain_text,
    score,
)

FIRST = date(2026, 9, 1)


def fault(reader: Callable[..., Any], *values: Any) -> str:
    with pytest.raises(CellFault) as caught:
        reader(*values)
    return caught.value.code


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        (20260001, "20260001"),
        ("20260001.0", "20260001"),
        ("'0012", "0012"),
        ("’0012", "0012"),
        ("２０２６０００１", "20260001"),
        (" A 12 ", "A12"),
        (None, ""),
    ],
)
def test_a_students_number_is_text(cell: Cell, number: str) -> None:
    assert number_text(cell) == number


@pytest.mark.parametrize("cell", [Decimal("1.10101199001011E+17"), "2.026E+07", "1.10101E17"])
def test_a_number_whose_digits_are_lost_is_refused(cell: Cell) -> None:
    assert fault(number_text, cell) == "cell.number_lost_digits"


@pytest.mark.parametrize("cell", [True, FIRST, Decimal("1.5")])
def test_what_is_no_number_of_a_person_is_refused(cell: Cell) -> None:
    assert fault(number_text, cell) == "cell.not_a_number_of_a_person"


@pytest.mark.parametrize(
    "cell",
    [
        FIRST,
        46266,
        "46266",
        "2026-09-01",
        "2026/9/1",
        "2026.9.1",
        "2026年9月1日",
        "2026 年 9 月 1 日",
        "20260901",
        20260901,
        "２０２６－０９－０１",
        "2026-09-01 08:30:00",
    ],
)
def test_dates_are_read_in_the_forms_of_offices(cell: Cell) -> None:
    assert day(cell) == FIRST


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("2026-02-30", "cell.no_such_day"),
        ("20261301", "cell.no_such_day"),
        ("1/9/2026", "cell.not_a_date"),
        ("九月", "cell.not_a_date"),
        (12, "cell.not_a_date"),
        (Decimal("46266.5"), "cell.not_a_date"),
        (True, "cell.not_a_date"),
    ],
)
def test_doubtful_dates_are_refused(cell: Cell, code: str) -> None:
    assert fault(day, cell) == code


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (85, "85"),
        (Decimal("85.5"), "85.5"),
        ("８５．５", "85.5"),
        ("85.50", "85.5"),
        (" 85 分", "85"),
        ("'85", "85"),
        ("0", "0"),
        ("100.0", "100"),
        ("1e2", None),
        ("0.1234", "0.1234"),
    ],
)
def test_scores_are_exact(cell: Cell, value: str | None) -> None:
    if value is None:
        assert fault(score, cell, Decimal(100)) == "cell.not_a_score"
    else:
        assert str(score(cell, Decimal(100))) == value


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (105, "cell.score_out_of_range"),
        ("-1", "cell.score_out_of_range"),
        (Decimal("1E+300"), "cell.score_out_of_range"),
        ("1,05", "cell.score_with_comma"),
        ("1,000", "cell.score_with_comma"),
        ("85%", "cell.not_a_score"),
        ("八十五", "cell.not_a_score"),
        ("8.5.5", "cell.not_a_score"),
        (True, "cell.not_a_score"),
        (FIRST, "cell.not_a_score"),
        ("85.12345", "cell.score_too_fine"),
        (Decimal("0.00001"), "cell.score_too_fine"),
    ],
)
def test_faulty_scores_are_refused(cell: Cell, code: str) -> None:
    assert fault(score, cell, Decimal(100)) == code


@given(st.decimals(0, 100, places=4))
def test_every_score_of_four_places_survives_its_text(value: Decimal) -> None:
    assert score(str(value), Decimal(100)) == value


@given(
    st.one_of(st.text(max_size=60), st.integers(), st.decimals(allow_nan=False), st.booleans(), st.dates())
)
def test_any_cell_is_a_value_or_a_fault(cell: Cell) -> None:
    for reader in (number_text, day, email, phone, plain_text, lambda one: score(one, Decimal(100))):
        with contextlib.suppress(CellFault):
            reader(cell)


def test_addresses_and_telephones() -> None:
    assert email(" Zhang.Wei@Example.ORG ") == "zhang.wei@example.org"
    assert fault(email, "zhang.wei") == "cell.not_an_email"
    assert phone(13800001234) == "13800001234"
    assert plain_text("  江南　造船（一厂） ") == "江南 造船（一厂）"
    assert fault(plain_text, "长" * 201) == "cell.too_long"


def test_spaces_that_align_short_names_are_not_part_of_the_name() -> None:
    assert [person_name(cell) for cell in ("张　伟", "张 伟", "Anna Li", "𬭩 欧 A")] == [
        "张伟",
        "张伟",
        "Anna Li",
        "𬭩欧 A",
    ]
