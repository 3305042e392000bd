"""What must hold whatever the bank and the blueprint: against every assembly that there is."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from craftpath.engines.assembly import Assembly, Bank, Blueprint, Status, assemble, check
from tests.engines.assembly.banks import tasks
from tests.engines.assembly.plain import (
    Forms,
    amount,
    broken,
    deviation,
    every,
    places,
    rules,
    uses,
    without,
)

NEAR = 2e-5
SOME = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
Task = tuple[Bank, Blueprint]


def taken(found: Assembly) -> Forms:
    return tuple(frozenset(form.items) for form in found.forms)


def possible(task: Task, struck: set[str]) -> Forms | None:
    """Some assembly when these rules are struck out; what the overlap exempts stays exempt."""
    return next(every(*without(*task, struck), exempt=task[1].mandatory), None)


@SOME
@given(tasks())
def test_the_forms_are_the_best_of_all_or_there_are_none(task: Task) -> None:
    bank, blueprint = task
    assume(not check(bank, blueprint))
    found, all_of_them = assemble(bank, blueprint), list(every(bank, blueprint))
    if not all_of_them:
        assert found.status is Status.INFEASIBLE
        return
    forms = taken(found)
    assert broken(bank, blueprint, forms) == []
    best = min(deviation(bank, blueprint, one, found.target) for one in all_of_them)
    mine = deviation(bank, blueprint, forms, found.target)
    assert found.status is Status.OPTIMAL
    assert mine == pytest.approx(best, abs=NEAR)
    assert found.deviation == pytest.approx(mine, abs=1e-9)
    assert found.bound is not None
    assert found.bound <= best + NEAR
    ties = [one for one in all_of_them if deviation(bank, blueprint, one, found.target) <= mine]
    assert found.settled
    assert uses(bank, forms) <= min(uses(bank, one) for one in ties)


@SOME
@given(tasks())
def test_figures_of_forms_are_what_one_adds_up(task: Task) -> None:
    bank, blueprint = task
    assume(not check(bank, blueprint))
    for form in assemble(bank, blueprint).forms:
        chosen = [bank.items[at] for at in form.items]
        assert form.seconds == sum(item.seconds for item in chosen)
        assert form.points == sum(item.points for item in chosen)
        assert form.expected_score == pytest.approx(sum(item.points * (item.p or 0) for item in chosen))
        for demand, told in zip(blueprint.demands, form.amounts, strict=True):
            has = amount(bank, demand, frozenset(form.items))
            assert told == (None if has is None else pytest.approx(has))


@SOME
@given(tasks())
def test_what_is_named_is_in_and_what_is_forbidden_is_out(task: Task) -> None:
    bank, blueprint = task
    assume(not check(bank, blueprint))
    forms = [{bank.items[at].key for at in form} for form in taken(assemble(bank, blueprint))]
    assume(forms)
    assert all(set(blueprint.mandatory) <= form for form in forms)
    assert set(blueprint.somewhere) <= set().union(*forms)
    assert not any(set(blueprint.forbidden) & form for form in forms)


@settings(SOME, max_examples=50)
@given(tasks())
def test_a_conflict_cannot_hold_and_would_without_any_one_of_its_rules(task: Task) -> None:
    bank, blueprint = task
    assume(not check(bank, blueprint))
    found = assemble(bank, blueprint)
    assume(found.status is Status.INFEASIBLE)
    named = places(found.conflict)
    assert named
    assert found.minimal
    assert possible(task, rules(bank, blueprint) - named) is None
    for one in named:
        assert possible(task, rules(bank, blueprint) - named | {one})


@settings(SOME, max_examples=50)
@given(tasks())
def test_without_what_a_relief_names_all_is_well(task: Task) -> None:
    bank, blueprint = task
    assume(not check(bank, blueprint))
    found = assemble(bank, blueprint)
    assume(found.status is Status.INFEASIBLE)
    named = places(found.relief)
    assert named
    assert possible(task, named)


@settings(SOME, max_examples=30)
@given(tasks(), st.randoms(use_true_random=False))
def test_the_order_of_what_comes_in_changes_nothing_but_places(task: Task, random: object) -> None:
    bank, blueprint = task
    assume(not check(bank, blueprint))
    order = list(range(len(bank.items)))
    random.shuffle(order)  # type: ignore[attr-defined]
    moved = replace(bank, items=tuple(bank.items[at] for at in order), enemies=bank.enemies[::-1])
    one, other = assemble(bank, blueprint, seed=3), assemble(moved, blueprint, seed=3)
    keys = [
        [sorted(where.items[at].key for at in form.items) for form in found.forms]
        for where, found in ((bank, one), (moved, other))
    ]
    assert keys[0] == keys[1]
    assert (one.status, one.deviation, one.bound) == (other.status, other.deviation, other.bound)
    assert {culprit.code for culprit in one.conflict} == {culprit.code for culprit in other.conflict}
