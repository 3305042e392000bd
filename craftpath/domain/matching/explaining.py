"""Why this one and why not that one: for each teacher whom a learner could have, a reason, a price, and what changes.

Prices are exact: the engine says what the plan loses if two people are forced together, and the plan that it would
have then is made and compared, so that nobody has to believe a number.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from craftpath.domain.matching.gathering import Place, Possible, Table
from craftpath.domain.matching.solving import (
    Outcome,
    learner_id,
    penalty,
    planned,
    solve,
    stated_of,
    teacher_id,
)
from craftpath.values.verdict import Verdict

if TYPE_CHECKING:
    from craftpath.engines.pairing import Reason

SHOWN_CHANGES = 12
"""Teachers for whom the other plan is made; a page shows no more of them."""


@dataclass(frozen=True, slots=True)
class Move:
    """Somebody who would have another teacher: places of the learner, of the teacher now and then (None: nobody)."""

    learner: int
    now: int | None
    then: int | None


@dataclass(frozen=True, slots=True)
class Line:
    """One teacher beside one learner.

    `code` is a reason of the engine or of this room, `loss` what the whole plan would lose in worth, `needs` and
    `pairs` how many more would be without a teacher or change theirs; `moves` are what would change then.
    """

    teacher: int
    code: str
    possible: Possible | None = None
    barred: Verdict | None = None
    loss: int | None = None
    needs: int = 0
    pairs: int = 0
    moves: Sequence[Move] = ()

    @property
    def chosen(self) -> bool:
        """Whether the two are a pair of the plan."""
        return self.code in ("chosen", "pinned")


def explain(table: Table, learner: int) -> list[Line]:
    """Every teacher of the round beside one learner, those of the plan first, then by worth, the impossible last."""
    outcome = solve(table)
    lines = _lines(table, outcome, learner)
    order = sorted(
        lines, key=lambda line: (not line.chosen, line.possible is None, -_worth(line), line.teacher)
    )
    return [
        _with_moves(table, outcome, line, learner) if at < SHOWN_CHANGES else line
        for at, line in enumerate(order)
    ]


def _worth(line: Line) -> int:
    return line.possible.worth if line.possible is not None else 0


def _lines(table: Table, outcome: Outcome, learner: int) -> list[Line]:
    if table.round.kind == "mutual":
        return _among_equals(table, outcome, learner)
    if table.round.method == "stated":
        return _stated(table, outcome, learner)
    return _by_prices(table, learner)


# ---- By the prices of a flow -----------------------------------------------------------------


def _by_prices(table: Table, learner: int) -> list[Line]:
    from craftpath.engines.pairing import why  # noqa: PLC0415  (slow to import)

    made = planned(table)
    found = []
    for at in range(len(table.teachers)):
        if (at, learner) in table.barred:
            found.append(Line(at, "barred", barred=table.barred[at, learner]))
            continue
        plan = made.plan if hasattr(made, "plan") else made
        reason = why(plan, teacher_id(table, at), learner_id(table, learner))
        line = _priced(table, at, learner, reason)
        if hasattr(made, "parts") and line.loss is not None:
            needs, pairs, rest = made.parts(line.loss)
            found.append(replace(line, loss=rest - needs * penalty(table), pairs=pairs, needs=needs))
        else:
            found.append(_in_needs(table, line))
    return found


def _priced(table: Table, teacher: int, learner: int, reason: Reason) -> Line:
    return Line(teacher, reason.code.value, table.possible[teacher, learner], loss=reason.loss)


def _in_needs(table: Table, line: Line) -> Line:
    """A loss so great that somebody stays without a teacher, told as such and not as a number."""
    if line.loss is None:
        return line
    each = penalty(table)
    needs = (2 * line.loss + each) // (2 * each)
    return replace(line, loss=line.loss - needs * each, needs=line.needs + needs) if needs else line


# ---- By what both sides stated ---------------------------------------------------------------


def _stated(table: Table, outcome: Outcome, learner: int) -> list[Line]:
    stated = stated_of(table)
    mine = {arrow.teacher for arrow in outcome.arrows if arrow.learner == learner}
    choices = {one: rank for rank, one in enumerate(stated.choices[learner])}
    best = min((choices.get(one, -1) for one in mine), default=len(choices))
    found = []
    for at in range(len(table.teachers)):
        if (at, learner) in table.barred:
            found.append(Line(at, "barred", barred=table.barred[at, learner]))
            continue
        code = "teacher_prefers"
        if (at, learner) in table.pins:
            code = "pinned"
        elif at in mine:
            code = "chosen"
        elif (at, learner) in table.forbidden:
            code = "forbidden"
        elif choices.get(at, len(choices)) > best:
            code = "learner_prefers"
        found.append(Line(at, code, table.possible[at, learner]))
    return found


# ---- Rings among equals ----------------------------------------------------------------------


def _among_equals(table: Table, outcome: Outcome, learner: int) -> list[Line]:
    """What each could teach this one, and what all rings together would lose if it did."""
    found = []
    for at in range(len(table.teachers)):
        place = (at, learner)
        if place in table.barred:
            found.append(Line(at, "barred", barred=table.barred[place]))
        elif place in outcome.places:
            code = "pinned" if place in table.pins else "chosen"
            found.append(Line(at, code, table.possible[place]))
        elif place in table.forbidden:
            found.append(Line(at, "forbidden", table.possible[place]))
        else:
            found.append(_forced_ring(table, outcome, place))
    return found


def _forced_ring(table: Table, outcome: Outcome, place: Place) -> Line:
    other = _if_pinned(table, place)
    if other is None or place not in other.places:
        return Line(place[0], "no_ring", table.possible[place])
    loss = outcome.total - other.total
    needs = len(other.without) - len(outcome.without)
    code = "tied" if not loss and not needs else "better_ring"
    return Line(place[0], code, table.possible[place], loss=loss, needs=needs)


# ---- What would change -----------------------------------------------------------------------


def _with_moves(table: Table, outcome: Outcome, line: Line, learner: int) -> Line:
    if line.chosen or line.possible is None or line.code in ("no_ring", "no_capacity"):
        return line
    other = _if_pinned(table, (line.teacher, learner))
    if other is None:
        return line
    return replace(line, moves=tuple(moves(outcome, other, learner)))


def _if_pinned(table: Table, place: Place) -> Outcome | None:
    from craftpath.engines.pairing import ProblemFaulty  # noqa: PLC0415  (slow to import)

    pinned = replace(
        table, pins=frozenset({*table.pins, place}), forbidden=frozenset(table.forbidden - {place})
    )
    try:
        return solve(pinned)
    except ProblemFaulty:  # beside the other pins there is no room
        return None


def moves(now: Outcome, then: Outcome, first: int) -> list[Move]:
    """Who would have another teacher, whoever was asked about first."""
    before, after = _teachers(now), _teachers(then)
    found = []
    for learner in sorted({*before, *after}, key=lambda one: (one != first, one)):
        gone = sorted(before.get(learner, set()) - after.get(learner, set()))
        new = sorted(after.get(learner, set()) - before.get(learner, set()))
        for at in range(max(len(gone), len(new))):
            found.append(
                Move(
                    learner,
                    gone[at] if at < len(gone) else None,
                    new[at] if at < len(new) else None,
                )
            )
    return found


def _teachers(outcome: Outcome) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    for one in outcome.arrows:
        found.setdefault(one.learner, set()).add(one.teacher)
    return found
