"""What a place and a need are worth: shortest ways in what a best flow leaves open.

The solver gives no dual values. They are lengths of shortest paths in the residual network, which has no cycle of
negative length where the flow is of least cost; a few passes over all columns find them (Bellman 1958; Ahuja,
Magnanti & Orlin 1993, chapter 9). The same passes towards a person give what forcing a pair would cost.
"""

from __future__ import annotations

import operator
from dataclasses import dataclass

import numpy as np

from craftpath.engines.pairing.network import Network
from craftpath.engines.pairing.types import Flags, Whole

FAR = np.int64(2**61)  # no way; longer than any path that `check` lets pass


@dataclass(frozen=True, slots=True, eq=False)
class Lengths:
    """How far it is from each trainer and apprentice of the network to the target; FAR where there is no way."""

    trainer: Whole
    apprentice: Whole


@dataclass(slots=True, eq=False)
class _Ways:
    """What may be changed about a flow, and at what cost."""

    enter: Whole  # one apprentice more at the trainer; FAR where it is full
    leave: Whole  # one apprentice less gives back so much; -FAR where there is none
    may_leave: Flags
    unmet: Flags  # apprentices with an unmet need
    met: Flags  # apprentices with a pair


def lengths(net: Network, made: Flags, trainer: int | None = None, apprentice: int | None = None) -> Lengths:
    """To one trainer or apprentice of the network, or to the sink where neither is given."""
    ways = _ways(net, made)
    to_trainer = np.full(len(net.room), FAR)
    to_apprentice = np.full(len(net.need), FAR)
    to_sink = FAR if trainer is not None or apprentice is not None else np.int64(0)
    if trainer is not None:
        to_trainer[trainer] = 0
    if apprentice is not None:
        to_apprentice[apprentice] = 0
    moved = to_trainer < FAR
    while True:
        before = to_trainer, to_sink
        to_apprentice = _from_apprentices(net, made, ways, to_apprentice, to_trainer, moved, to_sink)
        to_trainer = _from_trainers(net, made, ways, to_trainer, to_apprentice, to_sink)
        to_sink = min(to_sink, _from_sink(net, ways, to_trainer, to_apprentice))
        moved = to_trainer < before[0]
        if to_sink == before[1] and not moved.any():
            return Lengths(to_trainer, to_apprentice)


def _ways(net: Network, made: Flags) -> _Ways:
    load = np.bincount(net.trainer[made], minlength=len(net.room))
    met = np.bincount(net.apprentice[made], minlength=len(net.need))
    everybody = np.arange(len(net.room))
    enter = np.where(load < net.room, net.marginal(everybody, load + 1), FAR)
    return _Ways(enter, net.marginal(everybody, load), load > 0, met < net.need, met > 0)


def _from_apprentices(
    net: Network,
    made: Flags,
    ways: _Ways,
    mine: Whole,
    to_trainer: Whole,
    moved: Flags,
    to_sink: np.int64,
) -> Whole:
    """By a pair that is not made, with a trainer from whom the way became shorter, or by giving one up."""
    mine = mine.copy()
    if to_sink < FAR:
        mine[ways.met] = np.minimum(mine[ways.met], to_sink + net.penalty)
    rows = np.flatnonzero(moved[net.trainer] & ~made)
    np.minimum.at(mine, net.apprentice[rows], to_trainer[net.trainer[rows]] - net.gain[rows])
    return mine


def _from_trainers(
    net: Network, made: Flags, ways: _Ways, mine: Whole, to_apprentice: Whole, to_sink: np.int64
) -> Whole:
    """By a free place, or by losing an apprentice."""
    mine = mine.copy()
    if to_sink < FAR:
        free = ways.enter < FAR
        mine[free] = np.minimum(mine[free], ways.enter[free] + to_sink)
    there = to_apprentice[net.apprentice[made]]
    by_pair = np.where(there >= FAR, FAR, there + net.gain[made])
    np.minimum.at(mine, net.trainer[made], by_pair)
    return mine


def _from_sink(net: Network, ways: _Ways, to_trainer: Whole, to_apprentice: Whole) -> np.int64:
    """By one apprentice less at a trainer, or by a need that is met after all."""
    trainers = ways.may_leave & (to_trainer < FAR)
    apprentices = ways.unmet & (to_apprentice < FAR)
    ends = [FAR]
    if trainers.any():
        ends.append((to_trainer - ways.leave)[trainers].min())
    if apprentices.any():
        ends.append(to_apprentice[apprentices].min() - net.penalty)
    return min(ends)


def prices(net: Network, made: Flags) -> tuple[Whole, Whole]:
    """(price of a place at each trainer, worth of one need of each apprentice), in the network's places.

    Of all dual values those with the highest prices, exactly what one place less would cost, and beside them the
    highest worths: what the least of an apprentice's pairs brings beyond the price, minus the penalty where a need is
    not met.
    """
    far = lengths(net, made).trainer
    price = np.where(far < FAR, far, 0)
    met = np.bincount(net.apprentice[made], minlength=len(net.need))
    worth = np.full(len(net.need), FAR)
    np.minimum.at(worth, net.apprentice[made], (net.gain - price[net.trainer])[made])
    return price, np.where((met == net.need) & (met > 0), worth, -net.penalty)


def bound(net: Network, price: Whole, worth: Whole) -> int:
    """What no way of deciding the open pairs exceeds, whatever the prices: by weak duality of the flow.

    Sum of places at their price, of needs at their worth, and of what pairs bring beyond both.
    """
    beyond = net.gain - price[net.trainer] - worth[net.apprentice]
    return _dearest_places(net, price) + _at_worth(net.need, worth) + summed(beyond[beyond > 0])


def _at_worth(need: Whole, worth: Whole) -> int:
    """The sum of needs at their worth, exactly: a need of many with a great penalty leaves 64 bits."""
    small = int(need.max(initial=0)) * int(np.abs(worth).max(initial=0)) < 2**62
    return summed(need * worth) if small else sum(map(operator.mul, need.tolist(), worth.tolist()))


def _dearest_places(net: Network, price: Whole) -> int:
    """What the places of all trainers bring at these prices, less the price of load, if as many are taken as pay."""
    degree = np.bincount(net.trainer, minlength=len(net.room))
    room = np.minimum(net.room, degree)
    if not net.load_price:
        return summed(np.maximum(price, 0) * room)
    each = np.repeat(np.arange(len(room)), room)
    number = np.arange(len(each)) - np.repeat(np.cumsum(room) - room, room) + 1
    return summed(np.maximum(price[each] - net.marginal(each, number), 0))


def summed(column: Whole) -> int:
    """The exact sum, also where it leaves 64 bits."""
    if np.abs(column.astype(np.float64)).sum() < 2.0**62:
        return int(column.sum())
    return sum(column.tolist())
