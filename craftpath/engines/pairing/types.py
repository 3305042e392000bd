"""What a problem, a plan and a reason are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import numpy as np
import numpy.typing as npt

Whole = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
UNKNOWN = -1  # the place of somebody who is not there


def no_pairs() -> Whole:
    """A table of pairs without a row."""
    return np.zeros((0, 2), dtype=np.int64)


def places(ids: Sequence[str], wanted: Iterable[str]) -> Whole:
    """Where each wanted id stands among the ids (the first, if it stands twice); UNKNOWN where it does not."""
    known = {one: at for at, one in reversed(list(enumerate(ids)))}
    return np.fromiter((known.get(one, UNKNOWN) for one in wanted), dtype=np.int64)


def among(keys: Whole, wanted: Whole) -> Flags:
    """Which keys are among the wanted ones: `numpy.isin`, but quick where one side is long and the other short."""
    if not len(wanted):
        return np.zeros(len(keys), dtype=np.bool_)
    in_order = np.sort(wanted)
    at = np.minimum(np.searchsorted(in_order, keys), len(in_order) - 1)
    return np.asarray(in_order[at] == keys, dtype=np.bool_)


@dataclass(frozen=True, slots=True, eq=False)
class Problem:
    """Trainers, apprentices and the pairs that are possible, as columns.

    `capacity` is how many apprentices a trainer may have, `need` how many different trainers an apprentice shall
    have. Possible pairs are `trainer`, `apprentice` (places in the two lists) and `score`, each of one length;
    `pinned` and `forbidden` have a row (trainer, apprentice) for each pair. Every need that is not met costs
    `unmatched_penalty`. `load_price` makes loads fair: the k-th apprentice of a trainer with capacity c costs
    load_price * (2k - 1) / c, rounded down, so a full trainer costs about load_price * c. All numbers are whole.
    """

    trainers: tuple[str, ...]
    capacity: Whole
    apprentices: tuple[str, ...]
    need: Whole
    trainer: Whole
    apprentice: Whole
    score: Whole
    pinned: Whole = field(default_factory=no_pairs)
    forbidden: Whole = field(default_factory=no_pairs)
    unmatched_penalty: int = 0
    load_price: int = 0

    @classmethod
    def named(
        cls,
        trainers: Mapping[str, int],
        apprentices: Mapping[str, int],
        edges: Iterable[tuple[str, str, int]],
        pinned: Iterable[tuple[str, str]] = (),
        forbidden: Iterable[tuple[str, str]] = (),
        **more: Any,
    ) -> Problem:
        """The same from ids: capacities, needs, (trainer, apprentice, score) and pairs of ids."""
        edges, sides = list(edges), (tuple(trainers), tuple(apprentices))
        return cls(
            trainers=sides[0],
            capacity=np.array(list(trainers.values()), dtype=np.int64),
            apprentices=sides[1],
            need=np.array(list(apprentices.values()), dtype=np.int64),
            trainer=places(sides[0], (edge[0] for edge in edges)),
            apprentice=places(sides[1], (edge[1] for edge in edges)),
            score=scores_of([edge[2] for edge in edges]),
            pinned=_table(sides, pinned),
            forbidden=_table(sides, forbidden),
            **more,
        )

    def keys(self, trainer: Whole, apprentice: Whole) -> Whole:
        """One number for each pair of places."""
        return apprentice * np.int64(len(self.trainers)) + trainer

    @property
    def pins(self) -> Flags:
        """Which possible pairs are pinned."""
        return self._among(self.pinned)

    @property
    def struck(self) -> Flags:
        """Which possible pairs are forbidden."""
        return self._among(self.forbidden)

    def _among(self, pairs: Whole) -> Flags:
        return among(self.keys(self.trainer, self.apprentice), self.keys(pairs[:, 0], pairs[:, 1]))


def scores_of(scores: list[int]) -> Whole:
    """As they are: what is no whole number is for `check` to say."""
    return np.array(scores) if scores else np.zeros(0, dtype=np.int64)


def _table(sides: tuple[tuple[str, ...], tuple[str, ...]], pairs: Iterable[tuple[str, str]]) -> Whole:
    pairs = list(pairs)
    columns = [places(ids, (pair[side] for pair in pairs)) for side, ids in enumerate(sides)]
    return np.column_stack(columns) if pairs else no_pairs()


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """The pairs, what they are worth, and the certificate that nothing is worth more.

    `chosen` are rows of the problem's possible pairs, rising, pins included; `unmet` counts the needs of each
    apprentice that are not met. `total` is the sum of the scores less penalties, `load_cost` what `load_price` asks;
    no plan has a greater total less load cost than `upper_bound`.

    The bound is computed from `price`, what the plan would lose with one place less at each trainer (where places
    are free, at most the load price of the next; 0 where pins leave none), and `worth`, what the least of each
    apprentice's pairs brings beyond the price of its place (-unmatched_penalty where a need is not met, or pins leave
    nothing to decide). They are dual values of the flow, in units of score.
    """

    problem: Problem
    seed: int
    chosen: Whole
    unmet: Whole
    total: int
    load_cost: int
    upper_bound: int
    price: Whole
    worth: Whole

    @property
    def proven_optimal(self) -> bool:
        """Whether the prices prove that no plan is better."""
        return self.total - self.load_cost == self.upper_bound

    @property
    def load(self) -> Whole:
        """How many apprentices each trainer has."""
        return np.bincount(self.problem.trainer[self.chosen], minlength=len(self.problem.trainers))

    def pairs(self) -> list[tuple[str, str]]:
        """(trainer, apprentice) by id, sorted."""
        trainers, apprentices = self.problem.trainers, self.problem.apprentices
        rows = zip(self.problem.trainer[self.chosen], self.problem.apprentice[self.chosen], strict=True)
        return sorted((trainers[one], apprentices[other]) for one, other in rows)

    def unmatched(self) -> list[str]:
        """Ids of apprentices with an unmet need, once for each unmet need, sorted."""
        return sorted(
            self.problem.apprentices[at] for at in np.repeat(np.arange(len(self.unmet)), self.unmet)
        )


class Because(StrEnum):
    """Why a trainer and an apprentice are a pair, or are not."""

    PINNED = "pinned"
    CHOSEN = "chosen"
    NO_EDGE = "no_edge"  # they are no possible pair
    FORBIDDEN = "forbidden"
    NO_NEED = "no_need"  # the apprentice's needs are met by pins, or there are none
    NO_CAPACITY = "no_capacity"  # the trainer's places are taken by pins, or there are none
    TIED = "tied"  # another plan, worth as much, has the pair
    WORSE_THAN_NONE = "worse_than_none"  # the score is not above what an unmet need costs
    BETTER_SERVED = "better_served"  # the apprentice has better, even if the place cost nothing
    TRAINER_FULL = "trainer_full"  # the place is worth more to whoever has it
    TRAINER_LOADED = "trainer_loaded"  # there is room, but the price of load is above what the pair brings


@dataclass(frozen=True, slots=True)
class Reason:
    """Why, with figures in units of score.

    `loss` is exactly what the plan would lose if the pair were forced, or for a chosen one, if it were forbidden;
    None where it cannot be done beside the pins. For a forbidden pair it may be negative: what the ban costs.
    `price` is that of a place at the trainer: each of a full trainer's apprentices brings at least so much more there
    than they would elsewhere. `worth` is what the apprentice's need brings as it is met now, beyond the price.
    """

    code: Because
    score: int | None = None
    loss: int | None = None
    price: int | None = None
    worth: int | None = None

    @property
    def short(self) -> int | None:
        """By how much the score would have to be higher before the pair could come in, at these prices: a lower bound
        of the loss; negative for pairs that are made, forbidden or pinned and bring more than they cost."""
        if self.score is None or self.price is None or self.worth is None:
            return None
        return self.price + self.worth - self.score
