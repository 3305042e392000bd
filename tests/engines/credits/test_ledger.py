"""The arithmetic of an account: by hand, and what must hold whatever is done to it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from craftpath.engines.credits import Rule
from craftpath.engines.credits.ledger import (
    Cap,
    Entry,
    Kind,
    balance,
    can_convert,
    can_earn,
    can_reverse,
    conversion,
    fitting,
    reversal,
)

ON = date(2026, 6, 1)
YEAR, HALF = Cap(42, 12), Cap(24, 6)
RULE = Rule("college", "major", Fraction(1, 2), 4, date(2026, 1, 1), date(2026, 12, 31), whole=True)
FEW = settings(max_examples=80, deadline=None)


def earned(one: str, points: int = 5, expires: date | None = None) -> Entry:
    return Entry(one, Kind.EARNED, one, points, date(2026, 1, 1), expires, f"outcome of {one}")


def test_caps_of_a_year_and_of_its_halves() -> None:
    spring, autumn = date(2026, 6, 30), date(2026, 7, 1)
    before = [(spring, 20)]
    assert fitting(6, spring, before, (YEAR, HALF)) == 4
    assert fitting(6, autumn, before, (YEAR, HALF)) == 6
    before += [(spring, 4), (autumn, 17)]
    assert fitting(6, autumn, before, (YEAR, HALF)) == 1
    assert fitting(6, date(2027, 1, 1), before, (YEAR, HALF)) == 6
    assert fitting(6, date(2027, 1, 1), before, (Cap(43),)) == 2
    assert fitting(6, autumn, before, (Cap(40, 12),)) == 0


@FEW
@given(
    st.lists(st.tuples(st.integers(0, 700), st.integers(1, 30)), max_size=12),
    st.randoms(use_true_random=False),
)
def test_what_is_earned_under_caps_does_not_depend_on_the_order(
    rows: list[tuple[int, int]], chance: object
) -> None:
    def together(order: list[tuple[int, int]]) -> int:
        before: list[tuple[date, int]] = []
        for days, points in order:
            day = date(2025, 3, 1) + timedelta(days=days)
            before.append((day, fitting(points, day, before, (YEAR, HALF))))
        return sum(points for _, points in before)

    mixed = list(rows)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert together(rows) == together(mixed) <= sum(points for _, points in rows)


def test_an_outcome_is_earned_once_as_long_as_it_stands() -> None:
    lines = [earned("a")]
    assert can_earn(lines, "another")
    assert can_earn(lines, "outcome of a").reason == "credits.earned_already"
    lines.append(reversal(lines, "a", "r", ON))
    assert can_earn(lines, "outcome of a")


def test_a_credit_is_converted_whole_and_once() -> None:
    lines = [earned("a"), earned("b", 7)]
    assert can_convert(lines, "a", RULE, "welder", ON)
    lines.append(conversion(lines, "a", RULE, "welder", "c", ON))
    assert (lines[-1].points, lines[-1].given) == (-5, 2)
    assert can_convert(lines, "a", RULE, "welder", ON).reason == "credits.spent"
    assert can_convert(lines, "a", RULE, "other award", ON).reason == "credits.spent"
    over = can_convert(lines, "b", RULE, "welder", ON)
    assert (over.reason, dict(over.facts)) == ("credits.over_rule", {"cap": 4, "left": 2, "amount": 3})
    assert can_convert(lines, "b", RULE, "other award", ON)
    assert balance(lines, ON) == 7


@pytest.mark.parametrize(
    ("credit", "rule", "on", "reason"),
    [
        ("nobody's", RULE, ON, "not_there"),
        ("a", RULE, date(2025, 12, 31), "not_earned_yet"),
        ("a", RULE, date(2026, 8, 1), "expired"),
        ("b", RULE, date(2027, 1, 1), "rule_not_in_force"),
        ("b", replace(RULE, valid_from=date(2026, 6, 2)), ON, "rule_not_in_force"),
        ("b", replace(RULE, rate=Fraction(1, 10)), ON, "gives_nothing"),
    ],
)
def test_why_nothing_is_converted(credit: str, rule: Rule, on: date, reason: str) -> None:
    lines = [earned("a", expires=date(2026, 7, 31)), earned("b")]
    assert can_convert(lines, credit, rule, "welder", on).reason == f"credits.{reason}"


def test_the_last_day_counts() -> None:
    lines = [earned("a", expires=ON)]
    assert can_convert(lines, "a", RULE, "welder", ON)
    assert balance(lines, ON) == 5
    assert balance(lines, ON + timedelta(days=1)) == 0
    assert balance(lines, date(2025, 12, 31)) == 0


def test_what_is_taken_back() -> None:
    lines = [earned("a")]
    lines.append(conversion(lines, "a", RULE, "welder", "c", ON))
    assert can_reverse(lines, "a").reason == "credits.spent"
    assert can_reverse(lines, "c")
    lines.append(reversal(lines, "c", "r", ON))
    assert can_reverse(lines, "c").reason == can_reverse(lines, "r").reason == "credits.not_there"
    assert can_convert(lines, "a", RULE, "welder", ON)
    assert can_reverse(lines, "a")
    lines.append(reversal(lines, "a", "s", ON))
    assert balance(lines, ON) == 0
    assert can_convert(lines, "a", RULE, "welder", ON).reason == "credits.not_there"


acts = st.lists(
    st.tuples(
        st.sampled_from(["earn", "convert", "reverse"]),
        st.integers(0, 5),
        st.integers(1, 9),
        st.integers(0, 20),
        st.sampled_from(["welder", "smith"]),
    ),
    max_size=14,
)


@FEW
@given(acts)
def test_whatever_is_done_nothing_is_used_twice_and_taking_back_restores(
    acts: list[tuple[object, ...]],
) -> None:
    lines: list[Entry] = []
    for number, (what, which, points, days, award) in enumerate(acts):
        name, on = f"line{number}", date(2026, 1, 1) + timedelta(days=int(str(days)))
        before, there = list(lines), lines[int(str(which)) % len(lines)] if lines else None
        if what == "earn" and can_earn(lines, f"o{which}"):
            expires = on + timedelta(days=10) if int(str(points)) % 2 else None
            lines.append(Entry(name, Kind.EARNED, name, int(str(points)), on, expires, f"o{which}"))
        elif what == "convert" and there and can_convert(lines, there.id, RULE, str(award), on):
            lines.append(conversion(lines, there.id, RULE, str(award), name, on))
            undone = [*lines, reversal(lines, name, "undone", on)]
            for day in (on, on + timedelta(days=20)):
                assert balance(undone, day) == balance(before, day)
            assert can_convert(undone, there.id, RULE, str(award), on)
        elif what == "reverse" and there and can_reverse(lines, there.id):
            lines.append(reversal(lines, there.id, name, on))
        assert lines[: len(before)] == before  # nothing is altered
    gone = {line.of for line in lines}
    standing = [line for line in lines if line.id not in gone and line.kind is not Kind.REVERSED]
    spent = [line.credit for line in standing if line.kind is Kind.CONVERTED]
    assert len(spent) == len(set(spent))
    worth = {line.id: line.points for line in standing if line.kind is Kind.EARNED}
    assert set(spent) <= set(worth)
    assert all(line.given <= worth[line.credit] for line in standing if line.kind is Kind.CONVERTED)
    for award in ("welder", "smith"):
        assert sum(line.given for line in standing if line.award == award) <= 4
    assert balance(lines, date(2026, 3, 1)) >= 0
