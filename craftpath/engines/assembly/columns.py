"""A bank as columns in an order of its own, so that the order of what came in changes nothing but places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
import numpy.typing as npt
from scipy import special

from craftpath.engines.assembly.types import Bank, Blueprint, Cell, Item, Measure, Stimulus

Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """The bank sorted by key. `origin` is where each item stood; `left` how many forms may still have it."""

    items: tuple[Item, ...]
    origin: Whole
    p: Floats
    slope: Floats
    difficulty: Floats
    seconds: Floats
    points: Floats
    left: Whole
    forbidden: Flags
    mandatory: Whole
    somewhere: Whole
    enemies: tuple[tuple[int, Whole], ...]  # where the group stands in the bank, and its items
    stimuli: tuple[tuple[Stimulus, Whole], ...]

    @property
    def count(self) -> int:
        """How many items there are."""
        return len(self.items)

    @property
    def usable(self) -> Flags:
        """Items that are neither forbidden nor used up."""
        return ~self.forbidden & (self.left > 0)

    def within(self, cell: Cell) -> Flags:
        """Which items are meant by a cell."""
        return np.array([matches(item, cell) for item in self.items], dtype=np.bool_)

    def weights(self, measure: Measure) -> Floats:
        """What an item adds to a measure; where shares are asked for, only a forbidden item may lack one."""
        shares = np.nan_to_num(self.p, nan=0.0)
        one = {Measure.POINTS: self.points, Measure.SECONDS: self.seconds, Measure.MEAN_P: shares}
        return one.get(measure, np.ones(self.count))

    def information(self, thetas: Sequence[float]) -> Floats:
        """a^2 P (1 - P), abilities x items; an item without parameters adds nothing."""
        right = special.expit(self.slope * (np.array(thetas, dtype=np.float64)[:, None] - self.difficulty))
        return np.asarray(np.nan_to_num(self.slope**2 * right * (1 - right), nan=0.0), dtype=np.float64)


def matches(item: Item, cell: Cell) -> bool:
    """Whether an item has every word of the cell."""
    return (
        (not cell.outcome or cell.outcome in item.outcomes)
        and (not cell.difficulty or cell.difficulty == item.difficulty)
        and (not cell.kind or cell.kind == item.kind)
        and (not cell.tag or cell.tag in item.tags)
    )


def columns(bank: Bank, blueprint: Blueprint) -> Columns:
    """The bank as columns, with what the blueprint says of single items."""
    origin = np.array(sorted(range(len(bank.items)), key=lambda at: bank.items[at].key), dtype=np.int64)
    items = tuple(bank.items[at] for at in origin)
    place = {item.key: at for at, item in enumerate(items)}
    forbidden = np.zeros(len(items), dtype=np.bool_)
    forbidden[[place[key] for key in blueprint.forbidden]] = True
    groups = [(at, _places(place, group)) for at, group in enumerate(bank.enemies)]
    return Columns(
        items=items,
        origin=origin,
        p=_known([item.p for item in items]),
        slope=_known([None if item.place is None else item.slope for item in items]),
        difficulty=_known([item.place for item in items]),
        seconds=np.array([item.seconds for item in items], dtype=np.float64),
        points=np.array([item.points for item in items], dtype=np.float64),
        left=np.array([_left(item, blueprint.forms) for item in items], dtype=np.int64),
        forbidden=forbidden,
        mandatory=_places(place, blueprint.mandatory),
        somewhere=_places(place, blueprint.somewhere),
        enemies=tuple(sorted(groups, key=lambda one: (one[1].tolist(), one[0]))),
        stimuli=_stimuli(bank, items),
    )


def left_of(stimulus: Stimulus, forms: int) -> int:
    """In how many of these forms a stimulus may still be."""
    return _left(stimulus, forms)


def jitter(items: Sequence[Item], seed: int) -> Floats:
    """A number from 0 to 1 for each item, from its key and the seed: settles ties in the same way each time."""
    told = [blake2b(f"{seed}:{item.key}".encode(), digest_size=6).digest() for item in items]
    return np.array([int.from_bytes(one, "big") / 2**48 for one in told], dtype=np.float64)


def _left(one: Item | Stimulus, forms: int) -> int:
    return forms if one.limit is None else max(0, min(forms, one.limit - one.used))


def _known(values: Sequence[float | None]) -> Floats:
    return np.array([np.nan if value is None else value for value in values], dtype=np.float64)


def _places(place: dict[str, int], keys: Sequence[str]) -> Whole:
    return np.array(sorted({place[key] for key in keys}), dtype=np.int64)


def _stimuli(bank: Bank, items: Sequence[Item]) -> tuple[tuple[Stimulus, Whole], ...]:
    """Stimuli that have items, by key, each with its items."""
    rules = {one.key: one for one in bank.stimuli}
    found: dict[str, list[int]] = {}
    for at, item in enumerate(items):
        if item.stimulus:
            found.setdefault(item.stimulus, []).append(at)
    return tuple((rules.get(key, Stimulus(key)), np.array(found[key])) for key in sorted(found))
