"""What makes no sense is refused with a code and its place before anything is assembled."""

from __future__ import annotations

import math

import pytest

from craftpath.engines.assembly import (
    Anchors,
    Bank,
    Blueprint,
    BlueprintFaulty,
    Cell,
    Demand,
    ExpectedScore,
    Information,
    Item,
    Measure,
    Stimulus,
    assemble,
    check,
)

A, B, C = Item("a", ("o1",), "easy"), Item("b", ("o2",), "easy"), Item("c", ("o1", "o2"), "hard")
ONE = Blueprint(1, (Demand(least=1),))
NAN, INF = math.nan, math.inf


def codes(bank: Bank, blueprint: Blueprint = ONE) -> list[tuple[str, str]]:
    return [(fault.code.removeprefix("assembly."), fault.place) for fault in check(bank, blueprint)]


@pytest.mark.parametrize(
    ("bank", "code", "place"),
    [
        (Bank(()), "bank_empty", "items"),
        (Bank((A, A)), "item_twice", "items"),
        (Bank((Item("x", seconds=-1),)), "number_negative", "items[0].seconds"),
        (Bank((Item("x", points=NAN),)), "number_negative", "items[0].points"),
        (Bank((Item("x", used=-1),)), "number_negative", "items[0].used"),
        (Bank((Item("x", limit=-1),)), "number_negative", "items[0].limit"),
        (Bank((Item("x", p=1.1),)), "p_not_share", "items[0].p"),
        (Bank((Item("x", slope=1),)), "parameters_half", "items[0]"),
        (Bank((Item("x", slope=0, place=0),)), "slope_not_positive", "items[0].slope"),
        (Bank((Item("x", slope=1, place=INF),)), "place_not_finite", "items[0].place"),
        (Bank((A, B), (("a", "z"),)), "item_unknown", "enemies[0]"),
        (Bank((A, B), (("a", "a"),)), "enemies_alone", "enemies[0]"),
        (Bank((A,), stimuli=(Stimulus("s"), Stimulus("s"))), "stimulus_twice", "stimuli.s"),
        (Bank((A,), stimuli=(Stimulus("s", 0),)), "stimulus_number", "stimuli.s"),
        (Bank((A,), stimuli=(Stimulus("s", 1, 0),)), "stimulus_number", "stimuli.s"),
        (Bank((A,), stimuli=(Stimulus("s", 3, 2),)), "least_above_most", "stimuli.s"),
    ],
)
def test_a_faulty_bank(bank: Bank, code: str, place: str) -> None:
    assert codes(bank) == [(code, place)]


@pytest.mark.parametrize(
    ("blueprint", "code", "place"),
    [
        (Blueprint(0, ()), "forms_too_few", "forms"),
        (Blueprint(1, (Demand(least=2, most=1),)), "least_above_most", "demands[0]"),
        (Blueprint(1, (Demand(least=-1),)), "number_negative", "demands[0].least"),
        (Blueprint(1, (Demand(most=INF),)), "number_negative", "demands[0].most"),
        (Blueprint(1, (Demand(least=1), Demand(most=3))), "demand_twice", "demands[1]"),
        (Blueprint(1, (Demand(Cell("o1"), Measure.STIMULI),)), "stimuli_of_cell", "demands[0]"),
        (
            Blueprint(1, (Demand(measure=Measure.MEAN_P, least=2),), forbidden=("a", "b", "c")),
            "p_not_share",
            "demands[0]",
        ),
        (Blueprint(1, (Demand(measure=Measure.MEAN_P, least=0.2),)), "p_missing", "items"),
        (Blueprint(1, (), ExpectedScore(1)), "p_missing", "items"),
        (Blueprint(1, (), ExpectedScore(-1), forbidden=("a", "b", "c")), "number_negative", "target.value"),
        (Blueprint(1, (), Information((), ())), "target_uneven", "target"),
        (Blueprint(1, (), Information((0,), (1, 2))), "target_uneven", "target"),
        (Blueprint(1, (), Information((NAN,), (1,))), "theta_not_finite", "target.thetas"),
        (Blueprint(1, (), Information((0,), (-1,))), "number_negative", "target.values"),
        (Blueprint(1, (), Information((0,), (1,), tolerance=-1)), "number_negative", "target.tolerance"),
        (Blueprint(1, (), Information((0,), (0,), relative=True)), "shape_nothing", "target.values"),
        (Blueprint(1, (), mandatory=("z",)), "item_unknown", "mandatory[0]"),
        (Blueprint(1, (), forbidden=("a", "z")), "item_unknown", "forbidden[1]"),
        (Blueprint(1, (), mandatory=("a",), forbidden=("a",)), "item_both", "mandatory"),
        (Blueprint(1, (), somewhere=("z",)), "item_unknown", "somewhere[0]"),
        (Blueprint(1, (), somewhere=("a",), forbidden=("a",)), "item_both", "somewhere"),
        (Blueprint(1, (), anchors=Anchors(0, 1)), "anchors_alone", "anchors"),
        (Blueprint(2, (), anchors=Anchors(2, 1)), "least_above_most", "anchors"),
        (Blueprint(2, (), overlap=-1), "number_negative", "overlap"),
    ],
)
def test_a_faulty_blueprint(blueprint: Blueprint, code: str, place: str) -> None:
    assert codes(Bank((A, B, C)), blueprint) == [(code, place)]


def cells(*least_most: tuple[float, float | None]) -> tuple[Demand, ...]:
    levels = ("easy", "hard")
    return tuple(
        Demand(Cell(difficulty=level), least=a, most=b)
        for level, (a, b) in zip(levels, least_most, strict=True)
    )


def test_cells_that_cannot_sum_to_the_total() -> None:
    bank = Bank((A, B, C))
    many = Blueprint(1, (Demand(least=2, most=3), *cells((2, None), (2, None))))
    few = Blueprint(1, (Demand(least=4), *cells((0, 1), (0, 2))))
    fine = Blueprint(1, (Demand(least=2, most=3), *cells((1, 2), (1, None))))
    assert codes(bank, many) == [("cells_exceed_total", "demands[0]")]
    assert codes(bank, few) == [("cells_below_total", "demands[0]")]
    assert check(bank, few)[0].facts == {"cells": 3, "least": 4}
    assert codes(bank, fine) == []


def test_cells_are_held_against_a_part_as_well_as_against_the_whole() -> None:
    part = Demand(Cell("o1"), most=1)
    inside = tuple(Demand(Cell("o1", level), least=1) for level in ("easy", "hard"))
    assert codes(Bank((A, C)), Blueprint(1, (part, *inside))) == [("cells_exceed_total", "demands[0]")]


def test_cells_that_overlap_may_sum_to_more_than_the_total() -> None:
    demands = (Demand(least=1, most=1), Demand(Cell("o1"), least=1), Demand(Cell("o2"), least=1))
    assert codes(Bank((A, B, C)), Blueprint(1, demands)) == []
    assert [form.items for form in assemble(Bank((A, B, C)), Blueprint(1, demands)).forms] == [(2,)]
    assert codes(Bank((A, B)), Blueprint(1, demands)) == [("cells_exceed_total", "demands[0]")]


def test_all_faults_are_told_at_once() -> None:
    with pytest.raises(BlueprintFaulty) as caught:
        assemble(Bank((A, A)), Blueprint(0, ()))
    assert [fault.code for fault in caught.value.faults] == ["assembly.item_twice", "assembly.forms_too_few"]
    assert str(caught.value) == "items: assembly.item_twice; forms: assembly.forms_too_few"
