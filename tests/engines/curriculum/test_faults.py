"""Problems that make no sense, and wishes that quarrel."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import assume, given

from craftpath.engines.curriculum import (
    Blame,
    Kind,
    Limits,
    NothingFits,
    Problem,
    ProblemFaulty,
    Unit,
    Wish,
    check,
    choose,
)
from craftpath.engines.curriculum.cycles import cycles
from craftpath.engines.curriculum.wishes import changed, wishes
from tests.engines.curriculum import plain
from tests.engines.curriculum.test_choosing import FEW, TURNERS, unit


def only(problem: Problem, kept: tuple[Wish, ...]) -> Problem:
    """The same problem with these wishes and no others."""
    bare = replace(problem, limits=Limits(), pinned=(), forbidden=())
    for wish in kept:
        if wish.kind is Kind.PINNED:
            bare = replace(bare, pinned=(*bare.pinned, str(wish.key)))
        elif wish.kind is Kind.FORBIDDEN:
            bare = replace(bare, forbidden=(*bare.forbidden, str(wish.key)))
        else:
            bare = changed(bare, wish, wish.value)
    return bare


def quarrel(problem: Problem) -> Blame | None:
    try:
        choose(problem)
    except NothingFits as nothing:
        return nothing.blame
    return None


@FEW
@given(plain.problems(4))
def test_the_conflict_is_a_smallest_and_the_way_works(problem: Problem) -> None:
    assume(not check(problem))
    blame = quarrel(problem)
    assume(blame is not None)
    assert blame is not None
    assert plain.best(only(problem, blame.conflict)) is None
    for fewer in combinations(wishes(problem), len(blame.conflict) - 1):
        assert plain.best(only(problem, fewer)) is not None
    for wish, value in blame.way:
        problem = changed(problem, wish, value)
    assert plain.best(problem) is not None


def test_hours_that_cannot_hold_pins_and_areas() -> None:
    civics = Unit("civics", 10, "school", (1,), "civics", {})
    tight = Problem(
        (*TURNERS.units, civics),
        TURNERS.needs,
        Limits(hours=25, place={"school": 90}, area_min={"civics": 10}),
        pinned=("turning", "talk"),
    )
    blame = quarrel(tight)
    assert blame is not None
    assert set(blame.conflict) == {
        Wish(Kind.HOURS, value=25),
        Wish(Kind.PINNED, "turning"),
        Wish(Kind.PINNED, "talk"),
    } or set(blame.conflict) == {
        Wish(Kind.HOURS, value=25),
        Wish(Kind.PINNED, "turning"),
        Wish(Kind.AREA_MIN, "civics", 10),
    }
    assert len(blame.way) == 1


def units(*given: Unit) -> Problem:
    return replace(TURNERS, units=given)


STRONG = ("strength_outside", "units[0].skills.reads")


@pytest.mark.parametrize(
    ("problem", "told"),
    [
        (units(*TURNERS.units, TURNERS.units[0]), [("unit_twice", "units[4].id")]),
        (units(unit("a", -1, {"reads": 1.5})), [("negative", "units[0].hours"), STRONG]),
        (units(unit("a", 1, {}, needs_before=("b",))), [("unit_unknown", "units[0].needs_before[0]")]),
        (units(Unit("a", 1, "", (), "", {})), [("no_stage", "units[0].stage")]),
        (replace(TURNERS, needs={"reads": -1}), [("negative", "needs.reads")]),
        (replace(TURNERS, needs={"reads": float("nan")}), [("not_a_number", "needs.reads")]),
        (replace(TURNERS, needs={"reads": 10**400}), [("too_large", "needs.reads")]),
        (replace(TURNERS, limits=Limits(hours=10**7)), [("too_large", "limits.hours")]),
        (replace(TURNERS, limits=Limits(area_min={"trade": 45})), [("area_unreachable", "limits.area_min.trade")]),
        (replace(TURNERS, pinned=("talk",), forbidden=("talk",)), [("pin_forbidden", "pinned[0]")]),
        (replace(TURNERS, forbidden=("talk", "x")), [("unit_unknown", "forbidden[1]")]),
    ],
)  # fmt: skip
def test_faults_have_their_place(problem: Problem, told: list[tuple[str, str]]) -> None:
    with pytest.raises(ProblemFaulty) as faulty:
        choose(problem)
    assert [(fault.code.removeprefix("curriculum."), fault.place) for fault in faulty.value.faults] == told


def test_a_pin_whose_needs_come_too_late() -> None:
    late = Unit("late", 1, "school", (3,), "trade", {})
    early = Unit("early", 1, "school", (1, 2), "trade", {}, needs_before=("late",))
    (fault,) = check(Problem((late, early), {}, pinned=("early",)))
    assert (fault.code, fault.place, fault.facts["units"]) == (
        "curriculum.pin_before_later",
        "pinned[0]",
        ("late",),
    )


def test_a_ring_is_told_as_its_way_round() -> None:
    before = {"c": ["b"], "b": ["a"], "a": ["c", "x"], "x": [], "self": ["self"]}
    assert cycles(before) == [["a", "b", "c"], ["self"]]
    units = tuple(unit(one, 1, {}, needs_before=tuple(needs)) for one, needs in before.items())
    first, second = check(Problem(units, {}))
    assert (first.place, first.facts["path"]) == ("units[2].needs_before[0]", "a → b → c → a")
    assert second.facts["path"] == "self → self"


def test_long_chains_need_no_deep_stack() -> None:
    chain = {f"u{at:05}": [f"u{at - 1:05}"] if at else [] for at in range(5000)}
    assert cycles(chain) == []
