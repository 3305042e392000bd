"""Each indicator is defined once and completely."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter

import pytest

from craftpath.engines.indicators import (
    CATALOGUE,
    DIMENSIONS,
    GROUP_TEXTS,
    MISSING_TEXTS,
    STAR,
    WHY_TEXTS,
    Group,
    Indicator,
    Method,
    Missing,
    Unit,
    Why,
    by_key,
    parts_of,
)
from craftpath.engines.indicators.star import Kind

EACH = pytest.mark.parametrize("indicator", CATALOGUE, ids=lambda indicator: indicator.key)


def test_keys_names_and_words_are_there_and_none_stands_twice() -> None:
    for told in (
        Counter(one.key for one in CATALOGUE),
        Counter(one.name.zh for one in CATALOGUE),
        Counter(one.name.en for one in CATALOGUE),
    ):
        assert [word for word, times in told.items() if times > 1 or not word] == []
    assert all(by_key(one.key) is one for one in CATALOGUE)
    with pytest.raises(KeyError):
        by_key("nothing")


def test_every_topic_of_monitoring_is_covered() -> None:
    assert {one.group for one in CATALOGUE} == set(Group) == set(GROUP_TEXTS)
    assert set(MISSING_TEXTS) == set(Missing)
    assert set(WHY_TEXTS) == set(Why)
    asked = {
        "enrolled", "contract_completion", "individual_completion", "projected_completion", "gate_first_try",
        "exam_first_try", "months_to_gate", "hours_on_planned", "hours_off_confirmed", "mentor_load",
        "mentors_qualified", "question_hours", "entries_in_time", "satisfaction_apprentice", "wage_step_1",
        "wage_floor_met", "cost", "benefit", "net_cost", "subsidy_claimed", "subsidy_received",
        "subsidy_returned", "credits_earned", "credits_converted", "growth_basic_green", "contribution",
        "village_people", "workshops",
    }  # fmt: skip
    assert asked <= {one.key for one in CATALOGUE}


@EACH
def test_parts_name_columns_of_one_table(indicator: Indicator) -> None:
    table = STAR[indicator.table]
    columns = {column.name: column for column in table.columns}
    for part in parts_of(indicator):
        assert part.table == indicator.table
        assert not part.column or columns[part.column].kind in (Kind.WHOLE, Kind.FLAG)
        for one in part.where:
            column = columns[one.column]
            if one.how == "equal" and column.words:
                assert one.value in column.words
            if one.how == "least_column":
                assert one.value in columns


def test_a_part_of_one_key_is_one_part() -> None:
    known = {}
    for indicator in CATALOGUE:
        for part in parts_of(indicator):
            assert known.setdefault(part.key, part) == part
            assert part.key not in DIMENSIONS


@EACH
def test_floors_units_and_places_fit(indicator: Indicator) -> None:
    opinions = indicator.group in (Group.SATISFACTION, Group.WAGES)
    assert indicator.floor == (10 if opinions else 5)
    if indicator.unit is Unit.SHARE:
        assert indicator.places == 4
    assert (indicator.method in (Method.QUOTIENT, Method.GROWTH)) == bool(indicator.base)
    if indicator.repeats:
        assert len(indicator.counted) == 1  # the largest sum of one period is known part by part
    assert all((indicator.text.zh, indicator.text.en, indicator.name.zh, indicator.name.en))


def test_the_definitions_load_without_the_engines() -> None:
    """A site that shows definitions does not wait for DuckDB, Arrow and ibis."""
    code = "import sys, craftpath.engines.indicators; print(sorted({'ibis', 'duckdb', 'pyarrow'} & set(sys.modules)))"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"
