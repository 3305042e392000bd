"""Large problems are bettered a part at a time: all rules hold, the bound is one, the same seed goes the same way."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings

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
    Status,
    Stimulus,
    assemble,
    assembling,
    check,
)
from tests.engines.assembly.banks import tasks
from tests.engines.assembly.plain import Forms, broken, deviation, every, uses

LEVELS = ("easy", "middle", "hard")


@pytest.fixture(autouse=True)
def never_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assembling, "WHOLE", 0)


def bank(count: int = 240, seed: int = 5) -> Bank:
    random = np.random.default_rng(seed)
    items = tuple(
        Item(
            f"i{at:03}",
            (f"o{random.integers(3)}",),
            LEVELS[random.integers(3)],
            stimulus=f"s{at // 5}" if at < 30 else "",
            p=float(random.uniform(0.3, 0.9)),
            slope=float(random.lognormal(0, 0.3)),
            place=float(random.normal()),
            used=int(random.integers(0, 4)),
            limit=4,
        )
        for at in range(count)
    )
    pairs = tuple((f"i{at:03}", f"i{at + 1:03}") for at in range(40, 80, 2))
    return Bank(items, pairs, tuple(Stimulus(f"s{at}", 2, 3) for at in range(6)))


def blueprint(**more: object) -> Blueprint:
    cells = [Demand(Cell(f"o{at}"), least=3, most=6) for at in range(3)]
    cells += [Demand(Cell(difficulty=level), least=3) for level in LEVELS]
    target = Information((-1.0, 0.0, 1.0), (2.4, 2.8, 2.4), tolerance=0.03)
    known = {"target": target, "overlap": 0, **more}
    return Blueprint(3, (Demand(least=14, most=14), *cells), **known)  # type: ignore[arg-type]


def taken(found: Assembly) -> Forms:
    return tuple(frozenset(form.items) for form in found.forms)


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"overlap": 2},
        {"anchors": Anchors(3, 4)},
        {"target": ExpectedScore(tolerance=0.01)},
        {"target": Information((0.0,), (1.0,), relative=True, tolerance=0.05), "overlap": None},
    ],
    ids=["apart", "few shared", "anchors", "equal scores", "shape"],
)
def test_parts_keep_all_rules_and_come_within_the_tolerance(more: dict[str, object]) -> None:
    of, asked = bank(), blueprint(**more)
    found = assemble(of, asked, seed=1)
    assert broken(of, asked, taken(found)) == []
    assert found.status in (Status.WITHIN, Status.OPTIMAL)
    assert found.deviation == pytest.approx(deviation(of, asked, taken(found), found.target))
    assert uses(of, taken(found)) / 42 < 1.1  # the bank's items were used 1.5 times on the average
    assert not found.settled


def test_the_same_seed_goes_the_same_way() -> None:
    of, asked = bank(120), blueprint()
    one, other = assemble(of, asked, seed=4), assemble(of, asked, seed=4)
    assert one == other


def test_parts_become_wider_when_narrow_ones_do_not_help() -> None:
    target = Information((-1.0, 0.0, 1.0), (2.4, 2.8, 2.4))
    of, asked = bank(90), blueprint(target=target, anchors=Anchors(2, 3))
    found = assemble(of, asked, effort=Effort(rounds=14, nodes=3))
    assert broken(of, asked, taken(found)) == []
    assert found.deviation is not None
    assert found.deviation < 0.5


def test_a_clock_ends_the_search() -> None:
    ticks: Iterator[float] = iter(range(1000))
    found = assemble(
        bank(120), blueprint(target=ExpectedScore()), effort=Effort(seconds=5, clock=lambda: next(ticks))
    )
    assert found.status is Status.LIMIT
    assert broken(bank(120), blueprint(), taken(found)) == []
    assert next(ticks) < 12


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(tasks())
def test_parts_of_small_problems_keep_the_rules_and_their_bound_is_one(task: tuple[Bank, Blueprint]) -> None:
    of, asked = task
    assume(not check(of, asked))
    found, all_of_them = assemble(of, asked, effort=Effort(rounds=6)), list(every(of, asked))
    assert (found.status is Status.INFEASIBLE) == (not all_of_them)
    if all_of_them:
        assert broken(of, asked, taken(found)) == []
        best = min(deviation(of, asked, one, found.target) for one in all_of_them)
        assert found.deviation is not None
        assert found.bound is not None
        assert found.bound <= best + 2e-5 <= found.deviation + 4e-5
