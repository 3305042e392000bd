"""What stands on a day, as arithmetic: later days win, other points stay, and settled rows give the same answer."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from craftpath.domain.agreements.standing import Step, last_change, rebased, standing_on
from craftpath.domain.agreements.terms import changed

FIRST = date(2026, 9, 21)
SIGNED = {"hours": "40", "leave": "5", "clauses": {"rest": "a", "roles": "b"}}


def day(n: int) -> date:
    return FIRST + timedelta(days=n)


def step(n: int, number: int, before: dict[str, Any], **after: Any) -> Step:
    clauses = {**before["clauses"], **after.pop("clauses", {})}
    then = {**before, **after, "clauses": {key: words for key, words in clauses.items() if words}}
    return Step(day(n), number, tuple(changed(before, then)), before, then)


def test_each_change_begins_on_its_day_and_leaves_the_rest() -> None:
    first = step(10, 1, SIGNED, hours="38")
    second = step(20, 2, standing_on(SIGNED, [first], day(20)), leave="7", clauses={"rest": ""})
    both = [second, first]
    assert standing_on(SIGNED, both, day(9)) == SIGNED
    assert standing_on(SIGNED, both, day(10)) == {**SIGNED, "hours": "38"}
    assert standing_on(SIGNED, both, day(20)) == {"hours": "38", "leave": "7", "clauses": {"roles": "b"}}


def test_of_two_on_one_point_the_later_day_wins_whichever_was_signed_first() -> None:
    late = step(20, 1, SIGNED, hours="38")
    early = step(10, 2, SIGNED, hours="39", leave="6")  # made afterwards, begins before
    both = [late, early]
    assert [standing_on(SIGNED, both, day(n))["hours"] for n in (9, 10, 19, 20)] == ["40", "39", "39", "38"]
    assert standing_on(SIGNED, both, day(20))["leave"] == "6"
    assert last_change(both, "hours", day(19)) == early
    assert last_change(both, "hours", day(9)) is None


def test_of_one_day_the_one_made_last_holds() -> None:
    one, two = step(10, 1, SIGNED, hours="38"), step(10, 2, SIGNED, hours="36")
    assert standing_on(SIGNED, [two, one], day(10))["hours"] == "36"


def test_only_the_points_that_were_changed_are_laid_on_another_day() -> None:
    on = {**SIGNED, "leave": "7"}
    written = {**SIGNED, "hours": "38", "clauses": {"rest": "new", "roles": "b"}}
    keys = changed(SIGNED, written)
    assert rebased(on, written, keys) == {
        "hours": "38", "leave": "7", "clauses": {"rest": "new", "roles": "b"},
    }  # fmt: skip
    assert SIGNED["clauses"] == {"rest": "a", "roles": "b"}  # nobody's value was written into


changes = st.lists(
    st.tuples(st.integers(0, 40), st.sampled_from(["hours", "leave", "rest"]), st.sampled_from("wxyz")),
    max_size=6,
)


@given(changes, st.integers(0, 40), st.integers(0, 40))
def test_it_does_not_matter_when_somebody_last_settled_the_row(
    made: list[tuple[int, str, str]], settled: int, asked: int
) -> None:
    steps: list[Step] = []
    changed: list[tuple[int, int, str, str]] = []  # what says again what stands already changes nothing
    for number, (n, point, value) in enumerate(made, start=1):
        before = standing_on(SIGNED, steps, day(n))
        if point != "rest" and before[point] != value:
            changed.append((n, number, point, value))
        after = {"clauses": {point: value}} if point == "rest" else {point: value}
        steps.append(step(n, number, before, **after))
    row = standing_on(SIGNED, steps, day(settled))
    assert standing_on(row, steps, day(asked)) == standing_on(SIGNED, steps, day(asked))
    for point in ("hours", "leave"):
        values = [(n, number, value) for n, number, key, value in changed if key == point and n <= asked]
        expected = max(values)[2] if values else SIGNED[point]
        assert standing_on(row, steps, day(asked))[point] == expected
