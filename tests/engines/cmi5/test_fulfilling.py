"""What is satisfied: units by their verbs, blocks by what lies in them, the course by all of it."""

from __future__ import annotations

import pytest

from craftpath.engines.cmi5 import Line, met, satisfied

COURSE = [
    Line("b1", 0, unit=False),
    Line("1", 1, unit=True),
    Line("b2", 1, unit=False),
    Line("2", 2, unit=True),
    Line("3", 2, unit=True),
    Line("b3", 0, unit=False),
    Line("4", 1, unit=True),
    Line("5", 0, unit=True),
]


@pytest.mark.parametrize(
    ("done", "found"),
    [
        ([], []),
        (["1"], []),
        (["2", "3"], ["b2"]),
        (["1", "2"], []),
        (["1", "2", "3"], ["b2", "b1"]),
        (["4"], ["b3"]),
        (["5"], []),
        (["1", "2", "3", "4"], ["b2", "b1", "b3"]),
        (["1", "2", "3", "4", "5"], ["b2", "b1", "b3", ""]),
    ],
)
def test_a_block_needs_all_that_lies_in_it(done: list[str], found: list[str]) -> None:
    assert satisfied(COURSE, done) == found


def test_a_course_without_blocks_is_its_units() -> None:
    lines = [Line("1", 0, unit=True), Line("2", 0, unit=True)]
    assert satisfied(lines, ["1"]) == []
    assert satisfied(lines, ["2", "1"]) == [""]


@pytest.mark.parametrize(
    ("move_on", "enough"),
    [
        ("NotApplicable", [[], ["failed"]]),
        ("Completed", [["completed"], ["failed", "completed"], ["waived"]]),
        ("Passed", [["passed"], ["waived"]]),
        ("CompletedAndPassed", [["passed", "completed"], ["waived"]]),
        ("CompletedOrPassed", [["passed"], ["completed"], ["waived"]]),
    ],
)
def test_a_unit_is_satisfied_by_what_its_makers_ask_for(move_on: str, enough: list[list[str]]) -> None:
    every = [
        [],
        ["failed"],
        ["completed"],
        ["passed"],
        ["failed", "completed"],
        ["passed", "completed"],
        ["waived"],
    ]
    assert [said for said in every if met(move_on, said) and said in enough] == [
        said for said in every if said in enough
    ]
    least = {"Completed": ["passed"], "Passed": ["completed"], "CompletedAndPassed": ["passed"]}
    assert not (move_on in least and met(move_on, least[move_on]))
    assert met(move_on, []) == (move_on == "NotApplicable")
