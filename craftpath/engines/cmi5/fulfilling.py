"""What is satisfied: a unit by what was said of it, a block and a course by all units in them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """A unit or a block in the order of its course; what stands deeper right after a block lies in it."""

    key: str
    depth: int
    unit: bool


def met(move_on: str, said: Collection[str]) -> bool:
    """Whether a unit is satisfied by the verbs that were said of it in a registration."""
    if move_on == "NotApplicable" or "waived" in said:
        return True
    completed, passed = "completed" in said, "passed" in said
    return {
        "Completed": completed,
        "Passed": passed,
        "CompletedAndPassed": completed and passed,
        "CompletedOrPassed": completed or passed,
    }[move_on]


def satisfied(lines: Sequence[Line], done: Collection[str]) -> list[str]:
    """The keys of the blocks whose units are all done, the inner ones first; "" at the end if the course is.

    `done` are the keys of the satisfied units.
    """
    found: list[str] = []
    open_ones: list[tuple[Line, bool]] = []  # blocks around this line, and whether all in them is done so far

    def close(depth: int) -> None:
        while open_ones and open_ones[-1][0].depth >= depth:
            block, whole = open_ones.pop()
            if whole:
                found.append(block.key)
            elif open_ones:
                open_ones[-1] = open_ones[-1][0], False

    whole_course = True
    for line in lines:
        close(line.depth)
        if not line.unit:
            open_ones.append((line, True))
        elif line.key not in done:
            whole_course = False
            if open_ones:
                open_ones[-1] = open_ones[-1][0], False
    close(-1)
    return [*found, ""] if whole_course else found
