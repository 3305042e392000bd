"""Rules over several pairs, by hand and against every plan there is."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from craftpath.engines.pairing import ProblemFaulty
from craftpath.engines.pairing.limits import (
    Changes,
    Effort,
    Group,
    Lead,
    Rules,
    Status,
    assign_within,
    levelled,
)
from craftpath.engines.pairing.types import Flags, Whole
from tests.engines.pairing import plain
from tests.engines.pairing.plain import Pairs, Task
from tests.engines.pairing.tasks import tasks
from tests.engines.pairing.test_reassign import rows

SOME = settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
SITE = Task(
    {"t": 2, "u": 2, "v": 2},
    {f"a{n}": 1 for n in range(4)},
    {(one, f"a{n}"): 5 + n if one == "t" else 4 for one in "tuv" for n in range(4)},
)


def columns(task: Task, chosen: set[plain.Pair]) -> Flags:
    return np.array([pair in chosen for pair in task.scores], dtype=np.bool_)


def pairs_of(task: Task, chosen: Whole) -> list[plain.Pair]:
    return sorted(list(task.scores)[row] for row in chosen.tolist())


def test_a_flow_that_keeps_the_rules_is_the_answer() -> None:
    found = assign_within(SITE.problem(), Rules((Group((0, 1, 2), 4),)))
    assert (found.status, found.total, found.upper_bound) == (Status.OPTIMAL, 8 + 7 + 4 + 4, 23)


def test_a_site_s_ratio_reaches_over_trainers_of_two_groups() -> None:
    rules = Rules((Group((0, 1), 2), Group((1, 2), 1)))
    found = assign_within(SITE.but(penalty=1).problem(), rules)
    assert (found.total, found.unmet.sum(), found.proven_optimal) == (8 + 7 + 4 - 1, 1, True)


def test_who_has_two_trainers_of_a_site_is_counted_there_once() -> None:
    task = Task(
        {"t": 1, "u": 1}, {"a": 2, "b": 1}, {("t", "a"): 3, ("u", "a"): 3, ("u", "b"): 4, ("t", "b"): 4}
    )
    found = assign_within(task.problem(), Rules((Group((0, 1), 1),)))
    assert pairs_of(task, found.chosen) == [("t", "a"), ("u", "a")]


def test_one_trainer_is_responsible() -> None:
    task = Task({"t": 2, "u": 2}, {"a": 2, "b": 1}, {("t", "a"): 3, ("u", "a"): 3, ("u", "b"): 9})
    lead = Lead(columns(task, {("t", "a")}), np.array([2, 0, 0], dtype=np.int64))
    found = assign_within(task.problem(), Rules(lead=lead))
    # Nobody may be responsible for b, so b has nobody; for a it is t, though u helps.
    assert pairs_of(task, found.chosen) == [("t", "a"), ("u", "a")]
    assert (found.responsible.tolist(), found.total, found.proven_optimal) == ([0], 8, True)


def test_for_how_many_somebody_may_be_responsible() -> None:
    task = Task({"t": 2}, {"a": 1, "b": 1}, {("t", "a"): 3, ("t", "b"): 4})
    lead = Lead(columns(task, set(task.scores)), np.array([0, 0]), np.array([1]))
    found = assign_within(task.problem(), Rules(lead=lead))
    assert (pairs_of(task, found.chosen), found.total) == ([("t", "b")], 4)


def test_pins_against_rules_are_impossible() -> None:
    pinned = frozenset({("t", "a0"), ("t", "a1")})
    found = assign_within(SITE.but(pinned=pinned).problem(), Rules((Group((0,), 1),)))
    assert (found.status, found.total, found.proven_optimal) == (Status.IMPOSSIBLE, None, False)


def test_no_time_leaves_no_answer_or_an_honest_bound() -> None:
    found = assign_within(SITE.problem(), Rules((Group((0, 1), 2),)), effort=Effort(work=0, seconds=0))
    assert found.status is Status.LIMIT
    assert not found.proven_optimal
    assert found.upper_bound == 23  # what the flow has without the rule


def test_faults_of_rules() -> None:
    lead = Lead(np.zeros(1, dtype=np.bool_), np.zeros(1, dtype=np.int64))
    rules = Rules((Group((9,), -1),), lead, Changes(np.zeros((0, 2), dtype=np.int64), -1))
    with pytest.raises(ProblemFaulty) as caught:
        assign_within(SITE.but(load_price=1).problem(), rules)
    assert [(fault.code, fault.place) for fault in caught.value.faults] == [
        ("pairing.load_price_beside_rules", "load_price"),
        ("pairing.trainer_unknown", "groups[0]"),
        ("pairing.group_negative", "groups[0].most"),
        ("pairing.changes_negative", "changes.most"),
        ("pairing.columns_uneven", "lead"),
    ]


@SOME
@given(tasks(priced=False, edges=7), st.data())
def test_rules_against_every_plan(task: Task, data: st.DataObject) -> None:
    assume(task.scores)
    names = list(task.trainers)
    groups = tuple(
        Group(tuple(sorted(data.draw(st.sets(st.integers(0, len(names) - 1))))), data.draw(st.integers(0, 3)))
        for _ in range(data.draw(st.integers(0, 2)))
    )
    stood = frozenset(pair for pair in sorted(set(task.scores) - task.forbidden) if data.draw(st.booleans()))
    most = data.draw(st.integers(0, 3))
    changes = Changes(rows(task, stood), most) if data.draw(st.booleans()) else None
    may = {pair for pair in task.scores if data.draw(st.integers(0, 3))}
    extra = {pair: data.draw(st.integers(-2, 4)) for pair in task.scores}
    lead = None
    if data.draw(st.booleans()):
        lead = Lead(columns(task, may), np.array(list(extra.values()), dtype=np.int64))

    def allowed(plan: Pairs) -> bool:
        sites = all(
            len({who for one, who in plan if names.index(one) in group.trainers}) <= group.most
            for group in groups
        )
        return sites and (changes is None or len(stood - plan) <= most)

    def value(plan: Pairs) -> int | None:
        """With the best trainers responsible; None where somebody has trainers and none may be."""
        found = plain.total(task, plan)
        for who in {who for _, who in plan} if lead is not None else ():
            able = [extra[pair] for pair in plan & may if pair[1] == who]
            if not able:
                return None
            found += max(able)
        return found

    values = [value(plan) for plan in plain.every(task) if allowed(plan)]
    best = max((one for one in values if one is not None), default=None)
    found = assign_within(task.problem(), Rules(groups, lead, changes))
    assert found.total == found.upper_bound == best
    assert found.status is (Status.IMPOSSIBLE if best is None else Status.OPTIMAL)
    if best is not None:
        pairs = frozenset(pairs_of(task, found.chosen))
        assert pairs in set(plain.every(task))
        assert allowed(pairs)
        assert value(pairs) == best
        led = [list(task.scores)[row][1] for row in found.responsible.tolist()]
        assert sorted(led) == (sorted({who for _, who in pairs}) if lead else [])


def test_more_faults_of_rules() -> None:
    huge = Lead(columns(SITE, set()), np.full(12, 2**60), np.zeros(1, dtype=np.int64))
    with pytest.raises(ProblemFaulty) as caught:
        assign_within(SITE.problem(), Rules(lead=huge))
    found = [(fault.code, fault.place) for fault in caught.value.faults]
    assert found[0] == ("pairing.columns_uneven", "lead.most")
    assert found[1:] == [("pairing.scores_too_large", f"lead.score[{at}]") for at in range(12)]
    with pytest.raises(ProblemFaulty):
        levelled(SITE.but(load_price=1).problem())


def test_places_without_end_are_level() -> None:
    task = Task({"t": 2**62, "u": 1}, {"a": 1, "b": 1}, {("t", "a"): 3, ("u", "a"): 3, ("t", "b"): 3})
    assert levelled(task.problem()).plan.load.tolist() == [2, 0]


def test_the_greatest_load_by_hand() -> None:
    """Everybody likes t; sharing evenly costs 2 of 20."""
    task = Task(
        {"t": 4, "u": 4},
        {f"a{n}": 1 for n in range(4)},
        {(one, f"a{n}"): 5 if one == "t" else 4 for one in "tu" for n in range(4)},
    )
    assert levelled(task.problem()).level == 1
    for give, level, total in ((1, Fraction(3, 4), 19), (2, Fraction(1, 2), 18), (9, Fraction(1, 2), 18)):
        found = levelled(task.problem(), give)
        assert (found.level, found.plan.total, found.best.total) == (level, total, 20)


@SOME
@given(tasks(edges=7, priced=False), st.integers(0, 4))
def test_no_lower_level_is_worth_enough(task: Task, give: int) -> None:
    found = levelled(task.problem(), give)

    def level(plan: Pairs) -> Fraction:
        loads = [
            Fraction(sum(one == other for other, _ in plan), most)
            for one, most in task.trainers.items()
            if most
        ]
        return max(loads, default=Fraction(0))

    enough = plain.best(task) - give
    wanted = min(level(plan) for plan in plain.every(task) if plain.worth(task, plan) >= enough)
    assert found.level == wanted
    assert level(frozenset(found.plan.pairs())) <= found.level
    assert found.plan.total >= enough
