"""Infeasible blueprints name what is to blame: code, cell, wanted and available."""

from __future__ import annotations

import pytest

from craftpath.engines.assembly import (
    Anchors,
    Assembly,
    Bank,
    Blueprint,
    Cell,
    Demand,
    Effort,
    ExpectedScore,
    Information,
    Item,
    Measure,
    Status,
    Stimulus,
    assemble,
)

HARD = Cell("o1", "hard")


def bank(count: int = 4, **more: object) -> tuple[Item, ...]:
    return tuple(Item(f"h{at}", ("o1",), "hard", p=0.5, **more) for at in range(count))  # type: ignore[arg-type]


def told(found: Assembly) -> list[tuple[str, str, float, float | None]]:
    assert found.status is Status.INFEASIBLE
    assert found.minimal
    assert found.forms == ()
    return [(one.code, one.place, one.wanted, one.available) for one in found.conflict]


def asked(least: float, forms: int = 1, **more: object) -> Blueprint:
    return Blueprint(forms, (Demand(HARD, least=least),), **more)  # type: ignore[arg-type]


def test_a_cell_with_too_few_items_is_named_with_what_the_bank_has() -> None:
    other = Item("easy", ("o1",), "easy")
    found = assemble(Bank((*bank(), other)), asked(6))
    assert told(found) == [("assembly.too_few", "demands[0].least", 6, 4)]
    (culprit,) = found.conflict
    assert (culprit.cell, culprit.measure, culprit.in_bank, culprit.usable) == (HARD, Measure.ITEMS, 4, 4)
    assert culprit.facts == {"forms": 1}
    assert [(one.place, one.wanted, one.available) for one in found.relief] == [("demands[0].least", 6, 4)]


def test_items_that_are_used_up_are_in_the_bank_and_not_usable() -> None:
    items = (
        *bank(2),
        Item("x", ("o1",), "hard", used=3, limit=3),
        Item("y", ("o1",), "hard", used=9, limit=3),
    )
    found = assemble(Bank(items), asked(4))
    assert told(found) == [
        ("assembly.too_few", "demands[0].least", 4, 2),
        ("assembly.exposure", "exposure", 0, 1),
    ]
    assert (found.conflict[0].in_bank, found.conflict[0].usable) == (4, 2)


def test_forms_that_may_share_nothing_need_items_for_each() -> None:
    found = assemble(Bank(bank(5)), asked(3, forms=2, overlap=0))
    assert told(found) == [
        ("assembly.too_few", "demands[0].least", 3, 2),
        ("assembly.overlap", "overlap", 0, 1),
    ]


def test_forbidden_items_are_blamed_with_the_cell() -> None:
    found = assemble(Bank(bank()), asked(4, forbidden=("h0",)))
    assert told(found) == [
        ("assembly.too_few", "demands[0].least", 4, 3),
        ("assembly.forbidden", "forbidden", 0, 1),
    ]


def test_enemies_are_named() -> None:
    found = assemble(Bank(bank(2), enemies=(("h1", "h0"),)), asked(2))
    assert told(found) == [
        ("assembly.too_few", "demands[0].least", 2, 1),
        ("assembly.enemies", "enemies[0]", 1, 2),
    ]
    assert found.conflict[1].facts == {"items": ("h0", "h1")}


def test_two_mandatory_enemies_are_a_conflict_without_any_cell() -> None:
    found = assemble(Bank(bank(2), enemies=(("h0", "h1"),)), Blueprint(1, (), mandatory=("h1", "h0")))
    assert {one[1] for one in told(found)} == {"enemies[0]", "mandatory[0]", "mandatory[1]"}


def test_an_item_that_one_form_must_have_is_blamed_where_no_form_can() -> None:
    items = (*bank(2), Item("x", ("o1",), "hard", used=1, limit=1))
    found = assemble(Bank(items), Blueprint(2, (Demand(most=2),), somewhere=("x",)))
    assert told(found) == [
        ("assembly.exposure", "exposure", 0, 1),
        ("assembly.somewhere", "somewhere[0]", 1, 0),
    ]
    assert found.conflict[1].facts == {"items": ("x",)}
    assert [one.place for one in found.relief] in (["exposure"], ["somewhere[0]"])


def test_a_stimulus_that_wants_more_items_than_the_form_may_have() -> None:
    found = assemble(
        Bank(bank(3, stimulus="s"), stimuli=(Stimulus("s", least=3),)),
        Blueprint(1, (Demand(HARD, least=1, most=2),)),
    )
    assert [one[1] for one in told(found)] == ["demands[0].least", "demands[0].most", "stimuli.s.least"]
    assert found.conflict[2].facts == {"stimulus": "s"}
    assert found.conflict[2].available == 2


def test_time_that_items_need_and_forms_do_not_have() -> None:
    demands = (Demand(HARD, least=3), Demand(measure=Measure.SECONDS, most=100))
    found = assemble(Bank(bank(4, seconds=60)), Blueprint(1, demands))
    assert told(found) == [
        ("assembly.too_few", "demands[0].least", 3, 1),
        ("assembly.too_many", "demands[1].most", 100, 180),
    ]


def test_a_mean_that_no_items_have() -> None:
    demands = (Demand(HARD, least=2), Demand(measure=Measure.MEAN_P, least=0.7))
    found = assemble(Bank(bank()), Blueprint(1, demands))
    assert [(one[1], one[2]) for one in told(found)] == [("demands[0].least", 2), ("demands[1].least", 0.7)]
    assert found.conflict[1].available == pytest.approx(0.5)
    assert found.conflict[1].in_bank is None
    high = (Demand(HARD, least=2), Demand(measure=Measure.MEAN_P, most=0.3))
    assert assemble(Bank(bank()), Blueprint(1, high)).conflict[1].available == pytest.approx(0.5)


def test_stimuli_that_the_bank_lacks() -> None:
    spent = Stimulus("s", used=1, limit=1)
    demand = Demand(measure=Measure.STIMULI, least=2)
    found = assemble(Bank(bank(2, stimulus="s"), stimuli=(spent,)), Blueprint(1, (demand,)))
    assert told(found) == [("assembly.too_few", "demands[0].least", 2, 1)]
    assert (found.conflict[0].in_bank, found.conflict[0].usable) == (1, 0)


def test_a_stimulus_that_was_shown_often_enough_holds_its_items_back() -> None:
    found = assemble(Bank(bank(2, stimulus="s"), stimuli=(Stimulus("s", used=1, limit=1),)), asked(1))
    assert [one[1] for one in told(found)] == ["demands[0].least", "exposure"]


def test_anchors_that_the_overlap_of_cells_cannot_give() -> None:
    blueprint = Blueprint(2, (Demand(most=1),), anchors=Anchors(2, 2))
    assert told(assemble(Bank(bank()), blueprint)) == [
        ("assembly.too_many", "demands[0].most", 1, 2),
        ("assembly.anchors_few", "anchors.least", 2, 1),
    ]


def test_a_target_does_not_hide_the_blame() -> None:
    blueprint = asked(6, target=ExpectedScore())
    assert told(assemble(Bank(bank()), blueprint)) == [("assembly.too_few", "demands[0].least", 6, 4)]
    shape = Blueprint(1, (Demand(Cell(), Measure.POINTS, 9, 9),), Information((0,), (1,), relative=True))
    assert told(assemble(Bank(bank()), shape)) == [("assembly.too_few", "demands[0].least", 9, 4)]


def test_two_short_cells_are_both_in_the_relief() -> None:
    items = (*bank(2), Item("e", ("o2",), "easy"))
    demands = (Demand(HARD, least=4), Demand(Cell("o2"), least=2))
    found = assemble(Bank(items), Blueprint(1, demands))
    assert len(found.conflict) == 1
    assert [(one.place, one.available) for one in found.relief] == [
        ("demands[0].least", 2),
        ("demands[1].least", 1),
    ]


def test_without_time_to_look_nothing_is_claimed() -> None:
    stopped = Effort(seconds=0)
    found = assemble(Bank(bank(2), enemies=(("h0", "h1"),)), asked(2), effort=stopped)
    assert (found.status, found.forms, found.gap) == (Status.LIMIT, (), None)
    short = assemble(Bank(bank()), asked(6), effort=stopped)
    assert (short.status, short.minimal, short.relief) == (Status.INFEASIBLE, False, ())
    assert [(one.place, one.available, one.usable) for one in short.conflict] == [
        ("demands[0].least", None, 4)
    ]
