"""A teaching plan as a small network: minutes run from members through their weeks to the weeks of the class.

As many minutes as fit are laid. Among all plans that lay so many, the one that stays closest to an even spread is
taken, the earlier week first. The same input gives the same plan: nothing is drawn by lot.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

STEP = 30
"""Minutes of one step: nobody plans a week in single minutes."""
_OVER_OWN = 100
"""What a step beyond a member's even spread costs; the place of the week is added, so that earlier is cheaper."""
_OVER_WEEK = 200
"""What a step beyond the even spread of the whole week costs."""


@dataclass(frozen=True, slots=True)
class Laid:
    """`minutes[member][week]`, and what of each member's minutes fits nowhere."""

    minutes: tuple[tuple[int, ...], ...]
    left: tuple[int, ...]


def split(whole: int, weights: Sequence[int]) -> list[int]:
    """One part a weight, by largest remainder: together the whole; all zero where every weight is.

    Of equal remainders the earlier gets the unit. ValueError for a negative whole or weight.
    """
    if whole < 0 or min(weights, default=0) < 0:
        raise ValueError("neither the whole nor a weight is negative")
    total = sum(weights)
    if not total:
        return [0] * len(weights)
    shares = [divmod(whole * weight, total) for weight in weights]
    left = whole - sum(floor for floor, _ in shares)
    first = set(sorted(range(len(shares)), key=lambda at: (-shares[at][1], at))[:left])
    return [floor + (at in first) for at, (floor, _) in enumerate(shares)]


def lay(
    minutes: Sequence[int], weights: Sequence[int], room: Sequence[Sequence[int]], most: Sequence[int]
) -> Laid:
    """Lay each member's `minutes` on weeks.

    `weights` say how much of the class is in the unit in each week: a week of weight 0 gets nothing.
    `room[member][week]` and `most[week]` (of all members together) are minutes too. ValueError where lengths differ
    or a number is negative.
    """
    _require_shape(minutes, weights, room, most)
    steps = [given // STEP for given in minutes]
    even = [split(one, weights) for one in steps]
    free = [
        [cell // STEP if weight else 0 for cell, weight in zip(row, weights, strict=True)] for row in room
    ]
    found = _flow(steps, even, free, [one // STEP for one in most])
    laid = [[STEP * cell for cell in row] for row in found]
    _add_rests(laid, minutes, weights, room, most)
    return Laid(
        tuple(tuple(row) for row in laid),
        tuple(given - sum(row) for given, row in zip(minutes, laid, strict=True)),
    )


def _require_shape(
    minutes: Sequence[int], weights: Sequence[int], room: Sequence[Sequence[int]], most: Sequence[int]
) -> None:
    if len(room) != len(minutes) or any(len(row) != len(weights) for row in [*room, most]):
        raise ValueError("a row of room for each member, a place for each week")
    if min([*minutes, *weights, *most, *(cell for row in room for cell in row)], default=0) < 0:
        raise ValueError("no number is negative")


def _flow(
    steps: Sequence[int], even: Sequence[Sequence[int]], free: Sequence[Sequence[int]], most: Sequence[int]
) -> list[list[int]]:
    """Steps of each member in each week: a maximum flow of least cost."""
    from ortools.graph.python import min_cost_flow  # noqa: PLC0415  (slow to import)

    members, weeks = range(len(steps)), range(len(most))
    source, sink = len(steps) + len(most), len(steps) + len(most) + 1
    network = min_cost_flow.SimpleMinCostFlow()
    cells: dict[int, tuple[int, int]] = {}
    for member in members:
        network.add_arc_with_capacity_and_unit_cost(source, member, steps[member], 0)
        for week in weeks:
            inside = min(even[member][week], free[member][week])
            for size, cost in ((inside, 0), (free[member][week] - inside, _OVER_OWN + week)):
                if size:
                    arc = network.add_arc_with_capacity_and_unit_cost(member, len(steps) + week, size, cost)
                    cells[arc] = (member, week)
    for week in weeks:
        wanted = min(most[week], sum(row[week] for row in even))
        network.add_arc_with_capacity_and_unit_cost(len(steps) + week, sink, wanted, 0)
        network.add_arc_with_capacity_and_unit_cost(len(steps) + week, sink, most[week] - wanted, _OVER_WEEK)
    network.set_node_supply(source, sum(steps))
    network.set_node_supply(sink, -sum(steps))
    status = network.solve_max_flow_with_min_cost()
    if status != network.OPTIMAL:
        raise RuntimeError(f"a network without faults was not solved: {status}")
    found = [[0] * len(most) for _ in members]
    for arc, (member, week) in cells.items():
        found[member][week] += int(network.flow(arc))
    return found


def _add_rests(
    laid: list[list[int]],
    minutes: Sequence[int],
    weights: Sequence[int],
    room: Sequence[Sequence[int]],
    most: Sequence[int],
) -> None:
    """What is less than a step goes to the member's first week that has room for it, one with steps before others."""
    for member, given in enumerate(minutes):
        rest = given % STEP
        if not rest:
            continue
        weeks = sorted(range(len(weights)), key=lambda week: (not laid[member][week], week))
        for week in weeks:
            beside = sum(row[week] for row in laid)
            fits = laid[member][week] + rest <= room[member][week] and beside + rest <= most[week]
            if weights[week] and fits:
                laid[member][week] += rest
                break
