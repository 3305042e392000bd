"""Choices stated by both sides: stable by definition, and the best stable plan for apprentices."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from craftpath.engines.pairing import ProblemFaulty
from craftpath.engines.pairing.stated import Stated, blocking, check_stated, stable

# Gale & Shapley (1962), example 1: three and three; men's proposals give everybody their first choice.
GALE = Stated(
    ("A", "B", "C"),
    (1, 1, 1),
    ("alpha", "beta", "gamma"),
    ((0, 1, 2), (1, 2, 0), (2, 0, 1)),
    ((1, 2, 0), (2, 0, 1), (0, 1, 2)),
)


def test_apprentices_get_their_first_choice_though_trainers_would_have_it_otherwise() -> None:
    found = stable(GALE)
    assert (found.trainer, found.choice) == ((0, 1, 2), (0, 0, 0))
    assert blocking(GALE, found.trainer) == []


def test_a_full_trainer_sends_the_least_wanted_away() -> None:
    stated = Stated(("t", "u"), (2, 1), ("a", "b", "c"), ((0, 1), (0,), (0,)), ((2, 1, 0), (0,)))
    assert stable(stated).trainer == (1, 0, 0)
    assert stable(stated).choice == (1, 0, 0)


def test_who_is_not_listed_by_the_other_side_is_no_pair() -> None:
    stated = Stated(("t",), (1,), ("a", "b"), ((0,), (0,)), ((1,),))
    assert stable(stated).trainer == (None, 0)
    assert stable(replace(stated, capacity=(0,))).trainer == (None, None)
    assert stable(Stated((), (), (), (), ())).trainer == ()


def test_a_blocking_pair_is_named() -> None:
    # beta, with A, would rather be with C, who has gamma and would rather have beta.
    assert blocking(GALE, (1, 0, 2)) == [(2, 1)]
    stated = Stated(("t", "u"), (1, 1), ("a", "b"), ((0, 1), (0, 1)), ((0, 1), (0, 1)))
    assert blocking(stated, (1, 0)) == [(0, 0)]
    assert blocking(stated, (None, None)) == [(0, 0), (1, 0), (0, 1), (1, 1)]


def test_every_fault_is_named() -> None:
    stated = Stated(("t", "t"), (-1, 1), ("a", "a"), ((0, 0, 7), ()), ((1,), (2,)))
    assert [(fault.code, fault.place) for fault in check_stated(stated)] == [
        ("pairing.trainer_twice", "trainers[1].id"),
        ("pairing.apprentice_twice", "apprentices[1].id"),
        ("pairing.capacity_negative", "trainers[0].capacity"),
        ("pairing.listed_twice", "choices[0][1]"),
        ("pairing.trainer_unknown", "choices[0][2]"),
        ("pairing.apprentice_unknown", "rankings[1][0]"),
    ]
    with pytest.raises(ProblemFaulty):
        stable(stated)
    assert [fault.place for fault in check_stated(Stated(("t",), (), (), ((),), ()))] == [
        "capacity",
        "rankings",
        "choices",
    ]


@st.composite
def stated(draw: st.DrawFn) -> Stated:
    trainers, apprentices = draw(st.integers(0, 3)), draw(st.integers(0, 4))

    def lists(number: int, of: int) -> tuple[tuple[int, ...], ...]:
        return tuple(
            tuple(draw(st.permutations(range(of)))[: draw(st.integers(0, of))]) for _ in range(number)
        )

    return Stated(
        tuple(f"t{at}" for at in range(trainers)),
        tuple(draw(st.integers(0, 2)) for _ in range(trainers)),
        tuple(f"a{at}" for at in range(apprentices)),
        lists(apprentices, trainers),
        lists(trainers, apprentices),
    )


def unstable(what: Stated, plan: tuple[int | None, ...]) -> bool:
    """By the definition, word for word."""
    rank = {(one, who): at for one, wanted in enumerate(what.rankings) for at, who in enumerate(wanted)}
    for who, choices in enumerate(what.choices):
        mine = plan[who]
        if mine is not None and (mine not in choices or (mine, who) not in rank):
            return True
    for one, most in enumerate(what.capacity):
        have = [who for who, at in enumerate(plan) if at == one]
        if len(have) > most:
            return True
        for who, choices in enumerate(what.choices):
            if one not in choices or (one, who) not in rank or plan[who] == one:
                continue
            mine = plan[who]
            rather = mine is None or choices.index(one) < choices.index(mine)
            wanted = len(have) < most or any(rank[one, other] > rank[one, who] for other in have)
            if rather and wanted:
                return True
    return False


@settings(max_examples=100, deadline=None)
@given(stated())
def test_stable_and_the_best_of_all_stable_plans_for_every_apprentice(what: Stated) -> None:
    found = stable(what)
    every = product(*([None, *range(len(what.trainers))] for _ in what.apprentices))
    plans = [plan for plan in every if not unstable(what, plan)]
    assert found.trainer in plans
    assert blocking(what, found.trainer) == []
    for who, choices in enumerate(what.choices):

        def turn(one: int | None, choices: tuple[int, ...] = choices) -> int:
            return len(choices) if one is None else choices.index(one)

        assert turn(found.trainer[who]) == min(turn(plan[who]) for plan in plans)
        assert found.choice[who] == (None if found.trainer[who] is None else turn(found.trainer[who]))
