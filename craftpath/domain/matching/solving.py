"""From a table to a plan, by the engine; each shape of pairs is another question to it.

The engine's modules are imported when something is solved: they bring NumPy and OR-Tools, which a page that only
reads does not need.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from craftpath.domain.matching.gathering import Place, Table
from craftpath.domain.matching.models import FAIRNESS

if TYPE_CHECKING:
    from craftpath.engines.pairing import Plan, Problem, Reassignment
    from craftpath.engines.pairing.mutual import Offers
    from craftpath.engines.pairing.stated import Stated

FAIR = 100
"""What one step of the weight of fairness makes a full teacher cost, in units of points."""


@dataclass(frozen=True, slots=True)
class Arrow:
    """One teacher of one learner, as places of the table; arrows of one group become one pair."""

    teacher: int
    learner: int
    group: int
    share: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was found. `total` sums the worths; no plan that meets as many needs exceeds `bound` (None: not asked)."""

    arrows: tuple[Arrow, ...]
    without: tuple[int, ...]
    total: int
    bound: int | None
    changed: int

    @property
    def places(self) -> frozenset[Place]:
        """The arrows as places."""
        return frozenset((one.teacher, one.learner) for one in self.arrows)


def solve(table: Table) -> Outcome:
    """The best that can be had: as many needs met as may be, then few changes if that matters, then the worth."""
    if table.round.kind == "mutual":
        return _rings(table)
    if table.round.method == "stated":
        return _stable(table)
    plan = planned(table)
    rows = problem_rows(table)
    chosen = [rows[row] for row in _plan(plan).chosen.tolist() if row < len(rows)]
    total = sum(table.possible[place].worth for place in chosen)
    proven = _plan(plan).proven_optimal
    return Outcome(
        arrows=_shared(table, chosen),
        without=_without(table, chosen),
        total=total,
        bound=total if proven else None,
        changed=_changed(table, chosen),
    )


# ---- A flow: one-to-one, one-to-many, many-to-one, layers ------------------------------------


def problem_rows(table: Table) -> list[Place]:
    """The possible pairs in the order in which the engine gets them."""
    return sorted(table.possible)


def problem_of(table: Table) -> Problem:
    """The table as the engine reads it.

    Whoever a teacher has already stands in it as a pinned learner of one's own, so that fairness sees the whole load.
    """
    from craftpath.engines.pairing import Problem  # noqa: PLC0415  (slow to import)

    rows = problem_rows(table)
    teachers = {teacher_id(table, at): room for at, room in enumerate(table.room)}
    learners = {learner_id(table, at): need for at, need in enumerate(table.needs)}
    others = [
        (teacher_id(table, at), f"{seat.public_id}+{number}")
        for at, seat in enumerate(table.teachers)
        for number in range(table.carried[at])
    ]
    edges = [(teacher_id(table, t), learner_id(table, u), table.possible[t, u].worth) for t, u in rows]
    return Problem.named(
        teachers,
        learners | {other: 1 for _, other in others},
        edges + [(teacher, other, 0) for teacher, other in others],
        pinned=[(teacher_id(table, t), learner_id(table, u)) for t, u in sorted(table.pins)] + others,
        forbidden=[
            (teacher_id(table, t), learner_id(table, u))
            for t, u in sorted(table.forbidden)
            if (t, u) in table.possible
        ],
        unmatched_penalty=penalty(table),
        load_price=table.round.weights.get(FAIRNESS, 0) * FAIR,
    )


def teacher_id(table: Table, at: int) -> str:
    """How the engine calls a teacher; somebody of a chain stands on both sides under two names."""
    return f"t{table.teachers[at].public_id}"


def learner_id(table: Table, at: int) -> str:
    """How the engine calls a learner."""
    return f"u{table.learners[at].public_id}"


def penalty(table: Table) -> int:
    """So much that no two plans differ by half of it in worths and loads: a need that is met comes first."""
    fair: int = table.round.weights.get(FAIRNESS, 0)
    dearest = table.perfect + 2 * fair * FAIR + 1
    return 2 * dearest * (sum(table.needs) + 1)


def planned(table: Table) -> Plan | Reassignment:
    """The engine's plan, beside the pairs that stand where few changes matter. Raises `ProblemFaulty`."""
    from craftpath.engines.pairing import First, assign, reassign  # noqa: PLC0415  (slow to import)

    problem = problem_of(table)
    if not table.round.keep:
        return assign(problem, table.round.seed)
    import numpy as np  # noqa: PLC0415  (slow to import)

    own = [(t, u) for t, u in sorted(table.standing) if (t, u) not in table.pins]
    previous = np.array(own, dtype=np.int64).reshape(-1, 2)
    return reassign(problem, previous, table.round.seed, First.NEEDS)


def _plan(plan: Plan | Reassignment) -> Plan:
    return plan.plan if hasattr(plan, "plan") else plan


def _shared(table: Table, chosen: Iterable[Place]) -> tuple[Arrow, ...]:
    """The arrows of each learner, the best teacher responsible and with the greatest share."""
    by_learner: dict[int, list[int]] = {}
    for teacher, learner in chosen:
        by_learner.setdefault(learner, []).append(teacher)
    found = []
    for learner, teachers in sorted(by_learner.items()):
        teachers.sort(key=lambda t: (-table.possible[t, learner].worth, table.teachers[t].public_id))
        for teacher, share in zip(teachers, shares_for(table.round.shares, len(teachers)), strict=True):
            found.append(Arrow(teacher, learner, learner, share))
    return tuple(found)


def shares_for(wanted: Sequence[int], number: int) -> list[int]:
    """The shares of so many teachers: as wanted, or where somebody is missing, with the rest at the responsible one."""
    shares = list(wanted[:number]) or [1000]
    return [1000 - sum(shares[1:]), *shares[1:]]


def _without(table: Table, chosen: Iterable[Place]) -> tuple[int, ...]:
    """Learners with an unmet need, once for each."""
    met: dict[int, int] = {}
    for _, learner in chosen:
        met[learner] = met.get(learner, 0) + 1
    return tuple(at for at, need in enumerate(table.needs) for _ in range(max(0, need - met.get(at, 0))))


def _changed(table: Table, chosen: Iterable[Place]) -> int:
    """Pairs that stand and would not go on."""
    return len(set(table.standing) - set(chosen))


# ---- What both sides stated ------------------------------------------------------------------


def stated_of(table: Table) -> Stated:
    """Lists of both sides: first whom somebody named, then everybody else by worth. Pins are taken out beforehand."""
    from craftpath.engines.pairing.stated import Stated  # noqa: PLC0415  (with the rest of the engine)

    pinned = {learner for _, learner in table.pins}
    choices, rankings = [], []
    for at, seat in enumerate(table.learners):
        open_ = [t for t, u in problem_rows(table) if u == at and (t, u) not in table.forbidden]
        mine = table.wishes.get(seat.pk, {})
        order = sorted(open_, key=lambda t: _wanted(mine, table.teachers[t].pk, table.possible[t, at].worth))
        choices.append(() if at in pinned else tuple(order))
    for at, seat in enumerate(table.teachers):
        open_ = [u for t, u in problem_rows(table) if t == at and (t, u) not in table.forbidden]
        mine = table.wishes.get(seat.pk, {})
        order = sorted(open_, key=lambda u: _wanted(mine, table.learners[u].pk, table.possible[at, u].worth))
        rankings.append(tuple(order))
    free = [
        max(0, room - table.carried[at] - sum(t == at for t, _ in table.pins))
        for at, room in enumerate(table.room)
    ]
    return Stated(
        trainers=tuple(seat.public_id for seat in table.teachers),
        capacity=tuple(free),
        apprentices=tuple(seat.public_id for seat in table.learners),
        choices=tuple(choices),
        rankings=tuple(rankings),
    )


def _wanted(mine: Mapping[int, int], whom: int, worth: int) -> tuple[int, int, int]:
    return (mine.get(whom, 10**6), -worth, whom)


def _stable(table: Table) -> Outcome:
    from craftpath.engines.pairing.stated import stable  # noqa: PLC0415  (with the rest of the engine)

    found = stable(stated_of(table))
    chosen = [(t, u) for u, t in enumerate(found.trainer) if t is not None] + sorted(table.pins)
    return Outcome(
        arrows=_shared(table, sorted(chosen)),
        without=_without(table, chosen),
        total=sum(table.possible[place].worth for place in chosen),
        bound=None,
        changed=_changed(table, chosen),
    )


# ---- Rings among equals ----------------------------------------------------------------------


def offers_of(table: Table, *, leave_out: Iterable[int] = ()) -> tuple[Offers, int]:
    """Who could teach whom, and what each arrow counts beside its worth: first many people, then the worth.

    Pinned arrows count more than all others together.
    """
    from craftpath.engines.pairing.mutual import Offers  # noqa: PLC0415  (slow to import)

    gone = set(leave_out)
    each = table.perfect * len(table.learners) + 1
    pinned = 2 * each * (len(table.learners) + 1)
    people = [seat.public_id for seat in table.learners]
    offers = [
        (people[t], people[u], one.worth + each + (pinned if (t, u) in table.pins else 0))
        for (t, u), one in sorted(table.possible.items())
        if (t, u) not in table.forbidden and not gone & {t, u}
    ]
    return Offers.named(people, offers), each


def _rings(table: Table) -> Outcome:
    from craftpath.engines.pairing.mutual import rings  # noqa: PLC0415  (slow to import)

    offers, _ = offers_of(table)
    found = rings(offers, table.round.seed)
    arrows = tuple(
        Arrow(one, other, number, 1000)
        for number, ring in enumerate(found.rings)
        for one, other in zip(ring, (*ring[1:], ring[0]), strict=True)
    )
    placed = {arrow.learner for arrow in arrows}
    total = sum(table.possible[arrow.teacher, arrow.learner].worth for arrow in arrows)
    return Outcome(
        arrows=arrows,
        without=tuple(at for at in range(len(table.learners)) if at not in placed),
        total=total,
        bound=total if found.proven_optimal else None,
        changed=0,
    )
