"""What a bank, a blueprint and an assembly are."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


@dataclass(frozen=True, slots=True)
class Item:
    """One item of the bank. Empty words mean "none"; `p`, `slope` and `place` are None where they are not known.

    `p` is the expected share of the points, `slope` and `place` the a and b of the two-parameter model.
    `used` counts the forms that have had the item, `limit` how many may have it in all.
    """

    key: str
    outcomes: tuple[str, ...] = ()
    difficulty: str = ""
    kind: str = ""
    tags: tuple[str, ...] = ()
    stimulus: str = ""
    p: float | None = None
    slope: float | None = None
    place: float | None = None
    seconds: float = 0
    points: float = 1
    used: int = 0
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class Stimulus:
    """A text or a drawing that several items share. A form has none of its items, or `least` to `most` of them.

    `least` equal to the number of its items makes it all or nothing.
    """

    key: str
    least: int = 1
    most: int | None = None
    used: int = 0
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class Bank:
    """Items, the groups of which a form may hold one at most, and the rules of stimuli (without one: 1 to all)."""

    items: tuple[Item, ...]
    enemies: tuple[tuple[str, ...], ...] = ()
    stimuli: tuple[Stimulus, ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """Which items are meant: those that have every word that is given. Without any: the whole form."""

    outcome: str = ""
    difficulty: str = ""
    kind: str = ""
    tag: str = ""


class Measure(StrEnum):
    """What is counted in a cell."""

    ITEMS = "items"
    POINTS = "points"
    SECONDS = "seconds"
    STIMULI = "stimuli"  # of the whole form only
    MEAN_P = "mean_p"  # the mean expected share; nothing is asked of a cell that the form has no item of


@dataclass(frozen=True, slots=True)
class Demand:
    """So much of a measure, at least and at most, in a cell of every form."""

    cell: Cell = Cell()
    measure: Measure = Measure.ITEMS
    least: float = 0
    most: float | None = None


@dataclass(frozen=True, slots=True)
class Information:
    """Information of each form at these abilities.

    Absolute: come as near to `values` as may be. Relative: `values` are a shape, held as high as the bank could
    carry it in all forms if items could be divided. Deviations up to `tolerance` count as none.
    """

    thetas: tuple[float, ...]
    values: tuple[float, ...]
    relative: bool = False
    tolerance: float = 0


@dataclass(frozen=True, slots=True)
class ExpectedScore:
    """The sum of points times p of each form: near to `value`, or without one as equal over forms as may be."""

    value: float | None = None
    tolerance: float = 0


@dataclass(frozen=True, slots=True)
class Anchors:
    """How many items all forms share, those that are mandatory included."""

    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Blueprint:
    """What every form has to be.

    `mandatory` items are in every form, `somewhere` ones in one at least, `forbidden` in none. Two forms share at
    most `overlap` items, not counting those that all forms share where there are `anchors`, nor those that are
    mandatory where there are none; which items these are belongs to the overlap, so they are exempt even where blame
    sets "mandatory" aside.
    """

    forms: int
    demands: tuple[Demand, ...]
    target: Information | ExpectedScore | None = None
    mandatory: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()
    anchors: Anchors | None = None
    overlap: int | None = None
    somewhere: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Effort:
    """How long to search: seconds for each call of the solver, or of the whole search where a clock is given.

    `nodes` bound every call and `rounds` the improvements of a large problem: the same on every machine.
    """

    seconds: float = 60
    nodes: int = 200
    rounds: int = 40
    clock: Callable[[], float] | None = None


class Status(StrEnum):
    """What is known of the forms that are returned."""

    OPTIMAL = "optimal"  # no forms come nearer to the target
    WITHIN = "within_tolerance"  # as near as was asked for; nearer ones may exist
    LIMIT = "limit"  # the best that was found in the time; perhaps none
    INFEASIBLE = "infeasible"  # no forms can be what is asked


@dataclass(frozen=True, slots=True)
class Form:
    """One form: places in the bank, rising, and its figures; `amounts` follow the demands of the blueprint.

    `expected_score` is None where an item's p is not known; an amount is None for the mean of nothing.
    """

    items: tuple[int, ...]
    information: tuple[float, ...]
    expected_score: float | None
    seconds: float
    points: float
    amounts: tuple[float | None, ...]
    deviation: float


@dataclass(frozen=True, slots=True)
class Culprit:
    """A rule that cannot be kept: a stable code, where it stands, what it asks, and what can be had.

    In a conflict `available` is what can be had while the rest of the conflict holds; in a relief, what is left to
    the rule when all others of the blueprint hold. `in_bank` and `usable` (neither forbidden nor used up) count what
    the bank holds of a demand's cell.
    """

    code: str
    place: str
    wanted: float
    available: float | None = None
    cell: Cell | None = None
    measure: Measure | None = None
    in_bank: float | None = None
    usable: float | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Assembly:
    """The forms and how good they are, or what is to blame.

    `deviation` is the greatest of any form, `bound` one under which no forms can be. `target` is what deviations are
    measured from. `settled`: it is proved that no forms as good are less exposed. `conflict` are rules that cannot
    hold together (`minimal`: any of them may go, and the others can); `relief` are rules without which all is well.
    """

    status: Status
    forms: tuple[Form, ...] = ()
    anchors: tuple[int, ...] = ()
    target: tuple[float, ...] = ()
    deviation: float | None = None
    bound: float | None = None
    settled: bool = False
    conflict: tuple[Culprit, ...] = ()
    relief: tuple[Culprit, ...] = ()
    minimal: bool = False

    @property
    def gap(self) -> float | None:
        """How much nearer to the target other forms could be at most."""
        if self.deviation is None or self.bound is None:
            return None
        return max(0.0, self.deviation - self.bound)
