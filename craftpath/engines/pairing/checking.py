"""Is the problem a problem? Every fault with its place; nothing is solved here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from craftpath.engines.pairing.types import Flags, Problem, Whole, among
from craftpath.values.faults import Fault

MOST = 1_000_000  # needs of one apprentice: more is a slip of the hand, and would make endless lists
# The solver multiplies costs by nodes and adds them up along paths, in 64 bits.
ROOM = 2**60


def check(problem: Problem) -> tuple[Fault, ...]:
    """Every fault of the problem in the order of its parts; none means that it may be solved."""
    uneven = tuple(_uneven(problem))
    if uneven:
        return uneven
    faults = [
        *twice(problem.trainers, "trainers[{}].id", "pairing.trainer_twice"),
        *twice(problem.apprentices, "apprentices[{}].id", "pairing.apprentice_twice"),
        *_numbers(problem),
        *_edges(problem),
        *_pairs(problem),
        *_prices(problem),
    ]
    if any(fault.code.endswith("_unknown") or fault.code.endswith("_twice") for fault in faults):
        return tuple(faults)  # what pins ask cannot be counted
    return (*faults, *_pins(problem))


def _uneven(problem: Problem) -> Iterator[Fault]:
    for name, column, length in (
        ("trainers", problem.capacity, len(problem.trainers)),
        ("apprentices", problem.need, len(problem.apprentices)),
        ("edges", problem.apprentice, len(problem.trainer)),
        ("edges", problem.score, len(problem.trainer)),
    ):
        if len(column) != length:
            yield Fault("pairing.columns_uneven", name, {"wanted": length, "given": len(column)})


def twice(ids: Sequence[str], place: str, code: str) -> Iterator[Fault]:
    """Ids that stand before already."""
    if len(set(ids)) == len(ids):
        return
    seen: dict[str, int] = {}
    for at, one in enumerate(ids):
        if one in seen:
            yield Fault(code, place.format(at), {"id": one, "before": seen[one]})
        seen.setdefault(one, at)


def _numbers(problem: Problem) -> Iterator[Fault]:
    for at in np.flatnonzero(problem.capacity < 0):
        facts = {"given": int(problem.capacity[at])}
        yield Fault("pairing.capacity_negative", f"trainers[{at}].capacity", facts)
    for at in np.flatnonzero((problem.need < 0) | (problem.need > MOST)):
        facts = {"given": int(problem.need[at]), "most": MOST}
        code = "pairing.need_negative" if problem.need[at] < 0 else "pairing.need_too_large"
        yield Fault(code, f"apprentices[{at}].need", facts)


def _edges(problem: Problem) -> Iterator[Fault]:
    unknown = np.zeros(len(problem.trainer), dtype=np.bool_)
    for name, column, ids in (
        ("trainer", problem.trainer, problem.trainers),
        ("apprentice", problem.apprentice, problem.apprentices),
    ):
        strange = outside(column, len(ids))
        unknown |= strange
        for at in np.flatnonzero(strange):
            yield Fault(f"pairing.{name}_unknown", f"edges[{at}].{name}")
    keys = problem.keys(problem.trainer, problem.apprentice)
    for row, before in repeated(keys, ~unknown):
        yield Fault("pairing.edge_twice", f"edges[{row}]", {"before": before})
    yield from not_whole(problem.score)


def outside(column: Whole, length: int) -> Flags:
    """Which places are those of nobody."""
    return (column < 0) | (column >= length)


def repeated(keys: Whole, known: Flags) -> Iterator[tuple[int, int]]:
    """Rows whose key stands before, and where it stands first; rows that are not known are left out."""
    rows = np.flatnonzero(known)
    in_order = np.sort(keys[rows])
    if not (in_order[1:] == in_order[:-1]).any():  # as it should be, and much quicker than to say where
        return
    _, first, which = np.unique(keys[rows], return_index=True, return_inverse=True)
    before = rows[first[which]]
    for at in np.flatnonzero(before != rows):
        yield int(rows[at]), int(before[at])


def not_whole(score: Any) -> Iterator[Fault]:
    """Scores that are no whole numbers of 64 bits."""
    if score.dtype.kind == "i":
        return
    for at, value in enumerate(score.tolist()):
        if isinstance(value, bool) or not isinstance(value, int | float) or value != value // 1:
            yield Fault("pairing.score_not_whole", f"edges[{at}].score", {"given": value})
        elif abs(value) >= 2**63:
            yield Fault("pairing.scores_too_large", f"edges[{at}].score", {"given": value})


def _pairs(problem: Problem) -> Iterator[Fault]:
    for part, pairs in (("pinned", problem.pinned), ("forbidden", problem.forbidden)):
        unknown = np.zeros(len(pairs), dtype=np.bool_)
        for side, (name, ids) in enumerate(
            (("trainer", problem.trainers), ("apprentice", problem.apprentices))
        ):
            strange = outside(pairs[:, side], len(ids))
            unknown |= strange
            for at in np.flatnonzero(strange):
                yield Fault(f"pairing.{name}_unknown", f"{part}[{at}][{side}]")
        if part == "pinned":  # to forbid a pair once more says nothing new; a pin would count twice
            for row, before in repeated(problem.keys(pairs[:, 0], pairs[:, 1]), ~unknown):
                yield Fault("pairing.pin_twice", f"pinned[{row}]", {"before": before})


def limit(problem: Problem) -> int:
    """The greatest score or price, up or down, that the solver can be given beside so many people."""
    return ROOM // (len(problem.trainers) + len(problem.apprentices) + 2)


def _prices(problem: Problem) -> Iterator[Fault]:
    """Whether no sum leaves 64 bits."""
    most = limit(problem)
    if problem.score.dtype.kind == "i":
        for at in np.flatnonzero((problem.score > most) | (problem.score < -most)):
            facts = {"given": int(problem.score[at]), "most": most}
            yield Fault("pairing.scores_too_large", f"edges[{at}].score", facts)
    if abs(problem.unmatched_penalty) > most:
        facts = {"given": problem.unmatched_penalty, "most": most}
        yield Fault("pairing.scores_too_large", "unmatched_penalty", facts)
    if problem.load_price < 0:
        yield Fault("pairing.load_price_negative", "load_price", {"given": problem.load_price})
    if 2 * problem.load_price > most:  # of the last place at most twice the price
        yield Fault(
            "pairing.scores_too_large", "load_price", {"given": problem.load_price, "most": most // 2}
        )


def _pins(problem: Problem) -> Iterator[Fault]:
    pinned = problem.pinned
    keys = problem.keys(pinned[:, 0], pinned[:, 1])
    forbidden = problem.keys(problem.forbidden[:, 0], problem.forbidden[:, 1])
    possible = problem.keys(problem.trainer, problem.apprentice)
    possible = possible[among(possible, keys)]
    for at in np.flatnonzero(among(keys, forbidden)):
        yield Fault("pairing.pin_forbidden", f"pinned[{at}]")
    for at in np.flatnonzero(~among(keys, possible)):
        yield Fault("pairing.pin_without_edge", f"pinned[{at}]")
    for side, code, column in (
        (0, "pairing.pins_over_capacity", problem.capacity),
        (1, "pairing.pins_over_need", problem.need),
    ):
        pins = np.bincount(pinned[:, side], minlength=len(column))
        for one in np.flatnonzero(pins > np.maximum(column, 0)):
            last = int(np.flatnonzero(pinned[:, side] == one)[-1])
            yield Fault(code, f"pinned[{last}]", {"pins": int(pins[one]), "most": int(column[one])})
