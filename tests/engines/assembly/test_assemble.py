"""Rule by rule on banks that one can think through, and a verifier that notices each breach."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from craftpath.engines.assembly import (
    Anchors,
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
from tests.engines.assembly.plain import broken, every


def items(count: int, **more: object) -> tuple[Item, ...]:
    return tuple(Item(f"i{at}", **more) for at in range(count))  # type: ignore[arg-type]


def of(count: int) -> Demand:
    return Demand(least=count, most=count)


def chosen(bank: Bank, blueprint: Blueprint, seed: int = 0) -> list[set[int]]:
    found = assemble(bank, blueprint, seed)
    forms = tuple(frozenset(form.items) for form in found.forms)
    assert found.status is Status.OPTIMAL
    assert broken(bank, blueprint, forms) == []
    return [set(form) for form in forms]


def test_enemies_are_never_in_one_form() -> None:
    bank = Bank(items(4), (("i0", "i1"), ("i2", "i3"), ("i0", "i3")))
    for seed in range(4):
        assert chosen(bank, Blueprint(1, (of(2),)), seed) in ([{0, 2}], [{1, 2}], [{1, 3}])


def test_of_a_group_one_at_most() -> None:
    bank = Bank(items(4), (("i0", "i1", "i2"),))
    (form,) = chosen(bank, Blueprint(1, (of(2),)))
    assert 3 in form


def test_a_stimulus_comes_with_all_its_items_or_not_at_all() -> None:
    bank = Bank((*items(3, stimulus="s"), Item("x"), Item("y", used=9)), stimuli=(Stimulus("s", 3, 3),))
    assert chosen(bank, Blueprint(1, (of(2),))) == [{3, 4}]
    assert chosen(bank, Blueprint(1, (of(4),))) == [{0, 1, 2, 3}]


def test_a_stimulus_is_in_as_many_forms_as_it_has_left() -> None:
    bank = Bank(
        (*items(2, stimulus="s"), *(Item(f"x{at}", used=5) for at in range(2))),
        stimuli=(Stimulus("s", used=1, limit=2),),
    )
    one, other = chosen(bank, Blueprint(2, (of(2),)))
    assert sorted(map(sorted, (one, other))) == [[0, 1], [2, 3]]


def test_items_are_not_used_beyond_their_limit() -> None:
    bank = Bank(
        (Item("a", used=2, limit=3), Item("b", used=5, limit=5), Item("c", used=9), Item("d", used=9))
    )
    forms = chosen(bank, Blueprint(2, (of(2),)))
    assert sum(0 in form for form in forms) == 1
    assert not any(1 in form for form in forms)


def test_an_item_beyond_its_limit_already_is_no_fault_and_not_taken() -> None:
    assert chosen(Bank((Item("a", used=7, limit=3), Item("b", used=9))), Blueprint(1, (of(1),))) == [{1}]


def test_mandatory_items_are_in_every_form_and_forbidden_ones_in_none() -> None:
    bank = Bank((Item("a", used=9), Item("b"), Item("c"), Item("d")))
    forms = chosen(bank, Blueprint(2, (of(2),), mandatory=("a",), forbidden=("b",), overlap=0))
    assert forms == [{0, 2}, {0, 3}]


def test_anchors_are_shared_by_all_forms_and_nothing_else_is() -> None:
    blueprint = Blueprint(3, (of(3),), anchors=Anchors(2, 2), overlap=0)
    forms = chosen(Bank(items(5)), blueprint)
    assert len(forms[0] & forms[1] & forms[2]) == 2
    assert forms[0] | forms[1] | forms[2] == {0, 1, 2, 3, 4}
    assert set(assemble(Bank(items(5)), blueprint).anchors) == forms[0] & forms[1]


def test_two_forms_share_no_more_than_they_may() -> None:
    blueprint = Blueprint(3, (of(3),), overlap=1)
    forms = chosen(Bank(items(6)), blueprint)
    assert max(len(forms[a] & forms[b]) for a, b in ((0, 1), (0, 2), (1, 2))) == 1
    with_anchors = replace(blueprint, anchors=Anchors(1, 1))
    assert len(set.intersection(*chosen(Bank(items(7)), with_anchors))) == 1


def test_tags_kinds_and_points_are_cells_and_measures_like_others() -> None:
    bank = Bank((Item("a", kind="open", points=4), Item("b", tags=("law",), points=2), Item("c", points=2)))
    demands = (
        Demand(Cell(tag="law"), least=1),
        Demand(Cell(kind="open"), most=0),
        Demand(measure=Measure.POINTS, least=4),
    )
    found = assemble(bank, Blueprint(1, demands))
    assert [(form.items, form.points, form.amounts) for form in found.forms] == [
        ((1, 2), 4.0, (1.0, 0.0, 4.0))
    ]


def test_the_mean_p_of_a_cell_stays_in_its_band_and_of_nothing_there_is_none() -> None:
    bank = Bank(tuple(Item(f"i{p}", p=p / 10) for p in (1, 4, 5, 9)))
    demands = (
        of(2),
        Demand(measure=Measure.MEAN_P, least=0.44, most=0.46),
        Demand(Cell("o9"), Measure.MEAN_P, 0.5),
    )
    found = assemble(bank, Blueprint(1, demands))
    assert found.forms[0].items == (1, 2)
    assert found.forms[0].amounts == (2.0, pytest.approx(0.45), None)


def test_expected_scores_are_equal_where_no_value_is_given() -> None:
    bank = Bank(tuple(Item(f"i{at}", p=p, points=2) for at, p in enumerate((0.1, 0.3, 0.7, 0.9))))
    blueprint = Blueprint(2, (of(2),), ExpectedScore(), overlap=0)
    assert chosen(bank, blueprint) == [{0, 3}, {1, 2}]
    found = assemble(bank, blueprint)
    assert [form.expected_score for form in found.forms] == pytest.approx([2, 2])
    assert found.target == pytest.approx((2,))
    assert found.gap == pytest.approx(0, abs=1e-5)


def test_a_forbidden_item_needs_no_p() -> None:
    bank = Bank((Item("a", p=0.5), Item("b", p=0.6), Item("new")))
    demands = (of(1), Demand(measure=Measure.MEAN_P, least=0.4))
    found = assemble(bank, Blueprint(2, demands, ExpectedScore(0.5), forbidden=("new",), overlap=0))
    assert [form.items for form in found.forms] == [(0,), (1,)]
    assert found.deviation == pytest.approx(0.1)


def test_an_unknown_p_leaves_the_expected_score_unknown() -> None:
    assert assemble(Bank(items(1)), Blueprint(1, (of(1),))).forms[0].expected_score is None


def test_information_comes_as_near_to_the_curve_as_the_items_allow() -> None:
    bank = Bank(
        tuple(Item(f"i{at}", slope=1, place=place) for at, place in enumerate((-2.0, -1.0, 0.0, 1.0, 2.0)))
    )
    found = assemble(bank, Blueprint(1, (of(2),), Information((0.0,), (0.5,))))
    assert found.forms[0].items == (1, 2) or found.forms[0].items == (2, 3)
    right = 1 / (1 + math.exp(1))
    assert found.forms[0].information == pytest.approx((0.25 + right * (1 - right),))
    assert found.deviation == pytest.approx(0.25 - right * (1 - right))


def test_a_shape_is_held_as_high_as_the_bank_can_carry_it() -> None:
    bank = Bank(tuple(Item(f"i{at}", slope=a, place=0) for at, a in enumerate((0.5, 1.0, 2.0, 2.0))))
    found = assemble(bank, Blueprint(2, (of(1),), Information((0.0,), (3.0,), relative=True), overlap=0))
    assert [form.items for form in found.forms] == [(2,), (3,)]
    assert found.target == pytest.approx((1.0,))
    assert found.deviation == pytest.approx(0, abs=1e-6)


def test_items_without_parameters_add_nothing_to_the_information() -> None:
    bank = Bank((Item("a"), Item("b", slope=2, place=0)))
    found = assemble(bank, Blueprint(1, (of(2),), Information((0.0,), (1.0,))))
    assert found.forms[0].information == pytest.approx((1.0,))


def test_among_equals_items_that_were_used_less_are_taken() -> None:
    bank = Bank(tuple(Item(f"i{at}", used=used) for at, used in enumerate((3, 0, 2, 0, 1))))
    assert chosen(bank, Blueprint(1, (of(3),))) == [{1, 3, 4}]


def test_the_seed_settles_what_is_still_equal() -> None:
    bank, blueprint = Bank(items(6)), Blueprint(1, (of(2),))
    found = {seed: tuple(sorted(chosen(bank, blueprint, seed)[0])) for seed in range(12)}
    assert found == {seed: tuple(sorted(chosen(bank, blueprint, seed)[0])) for seed in range(12)}
    assert len(set(found.values())) > 3


def test_within_the_tolerance_uses_decide() -> None:
    bank = Bank((Item("near", p=0.50, used=5), Item("nearly", p=0.48)))
    exact, tolerant = ExpectedScore(0.5), ExpectedScore(0.5, tolerance=0.05)
    assert assemble(bank, Blueprint(1, (of(1),), exact)).forms[0].items == (0,)
    found = assemble(bank, Blueprint(1, (of(1),), tolerant))
    assert (found.forms[0].items, found.status, found.bound) == ((1,), Status.WITHIN, 0.0)
    assert found.gap == pytest.approx(0.02)


def test_a_search_without_nodes_claims_no_more_than_it_found() -> None:
    bank = Bank(
        tuple(Item(f"i{at:02}", slope=1 + at / 50, place=at / 20 - 1, used=at % 3) for at in range(40))
    )
    blueprint = Blueprint(2, (of(9),), Information((-0.5, 0.5), (2.9, 2.8)), overlap=0)
    found = assemble(bank, blueprint, effort=Effort(nodes=1, rounds=3))
    forms = tuple(frozenset(form.items) for form in found.forms)
    assert broken(bank, blueprint, forms) == []
    assert found.status is Status.LIMIT
    assert not found.settled
    assert found.gap is not None
    assert found.gap > 0


def test_a_blueprint_that_asks_nothing_gets_empty_forms() -> None:
    assert chosen(Bank(items(1)), Blueprint(1, ())) == [set()]


# ---- The verifier itself ----------------------------------------------------------------------------

BAD = Bank(
    (
        Item("a", ("o1",), used=1, limit=2, stimulus="s"),
        Item("b", used=1, limit=1),
        Item("c", stimulus="s"),
        Item("d"),
    ),
    (("a", "b"),),
    (Stimulus("s", 1, 1, 0, 1),),
)
ASKED = Blueprint(2, (Demand(Cell("o1"), least=1), Demand(most=2)), None, ("a",), ("d",), Anchors(1, 1), 0)


@pytest.mark.parametrize(
    ("forms", "breach"),
    [
        (({1}, {0}), "form 0: demands[0].least"),
        (({0, 1, 2}, {0}), "form 0: demands[1].most"),
        (({0, 1}, {0}), "form 0: enemies[0]"),
        (({0}, {0, 2}), "form 1: stimuli.s"),
        (({2}, {0}), "form 0: mandatory"),
        (({0, 3}, {0}), "form 0: forbidden"),
        (({0}, {0}), "exposure of a"),
        (({0}, {0, 1}), "exposure of b"),
        (({0}, {2}), "exposure of s"),
        (({0}, {2}), "anchors"),
    ],
)
def test_the_verifier_notices(forms: tuple[set[int], set[int]], breach: str) -> None:
    assert breach in broken(BAD, ASKED, tuple(map(frozenset, forms)))


def test_the_verifier_notices_what_two_forms_share() -> None:
    assert broken(Bank(items(2)), Blueprint(2, (), overlap=0), (frozenset({0}), frozenset({0}))) == [
        "overlap"
    ]
    assert len(list(every(Bank(items(2)), Blueprint(2, (of(1),), overlap=0)))) == 1
