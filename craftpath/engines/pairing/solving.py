"""The one door to the flow solver: a network in, the open pairs that are made out."""

from __future__ import annotations

import numpy as np

from craftpath.engines.pairing.network import Network
from craftpath.engines.pairing.types import Flags, Whole


def solved(net: Network) -> Flags:
    """Which open pairs a flow of least cost uses. Arcs go to the solver as columns; nothing loops over pairs."""
    if not len(net.gain):
        return np.zeros(0, dtype=np.bool_)
    # OR-Tools takes a tenth of a second to load, which pages and commands without pairs shall not wait for.
    from ortools.graph.python import min_cost_flow  # noqa: PLC0415

    trainers, apprentices = len(net.room), len(net.need)
    first, sink = apprentices, apprentices + trainers  # apprentices, then trainers, then the sink
    degree = np.bincount(net.apprentice, minlength=apprentices)
    need = np.minimum(net.need, degree)  # what can be met at all
    places, cost = _places(net)
    solver = min_cost_flow.SimpleMinCostFlow()
    pairs = solver.add_arcs_with_capacity_and_unit_cost(
        net.apprentice, net.trainer + first, np.ones_like(net.gain), -net.gain
    )
    solver.add_arcs_with_capacity_and_unit_cost(
        places[0] + first, np.full(len(places[0]), sink), places[1], cost
    )
    everybody = np.arange(apprentices)
    solver.add_arcs_with_capacity_and_unit_cost(
        everybody, np.full(apprentices, sink), need, np.full(apprentices, net.penalty)
    )
    supply = np.zeros(sink + 1, dtype=np.int64)
    supply[:apprentices], supply[sink] = need, -need.sum()
    solver.set_nodes_supplies(np.arange(sink + 1), supply)
    status = solver.solve()
    if status != solver.OPTIMAL:  # there is always a flow, and costs were checked
        raise RuntimeError(f"the flow solver says {status}")
    return np.asarray(solver.flows(pairs), dtype=np.bool_)


def _places(net: Network) -> tuple[tuple[Whole, Whole], Whole]:
    """Arcs to the sink: the trainer and how many places of each, and the cost of one."""
    degree = np.bincount(net.trainer, minlength=len(net.room))
    room = np.minimum(net.room, degree)
    trainers = np.arange(len(room))
    if not net.load_price:
        return (trainers, room), np.zeros(len(room), dtype=np.int64)
    each = np.repeat(trainers, room)  # the price of load rises, so each place is an arc of its own
    number = np.arange(len(each)) - np.repeat(np.cumsum(room) - room, room) + 1
    return (each, np.ones(len(each), dtype=np.int64)), net.marginal(each, number)
