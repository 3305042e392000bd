"""What units, wishes, a plan and its reasons are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

Number = int | float | Decimal | Fraction


def exact(number: Number) -> Fraction:
    """The number as it is written: 0.1 is a tenth, and not the nearest binary fraction."""
    return number if isinstance(number, Fraction) else Fraction(str(number))


@dataclass(frozen=True, slots=True)
class Unit:
    """Something to teach: `hours` in one `place`, in one of the `stages` where it may stand.

    `skills` says how much of each skill it covers, from 0 to 1; units of `needs_before` are chosen too, stand earlier
    and in no later stage. `trainer` is a kind of trainer who gives `trainer_hours`, `room` a kind of room that is
    taken for the unit's hours; `assessments` counts what is assessed in it.
    """

    id: str
    hours: int
    place: str
    stages: tuple[int, ...]
    area: str
    skills: Mapping[str, Number] = field(default_factory=dict)
    needs_before: tuple[str, ...] = ()
    trainer: str = ""
    trainer_hours: int = 0
    room: str = ""
    assessments: int = 0


@dataclass(frozen=True, slots=True)
class Limits:
    """Hours at most, in all and by key; `area_min` and `assessments_min` are at least. None and no key: no limit."""

    hours: int | None = None
    stage: Mapping[int, int] = field(default_factory=dict)
    place: Mapping[str, int] = field(default_factory=dict)
    stage_place: Mapping[tuple[int, str], int] = field(default_factory=dict)
    area_min: Mapping[str, int] = field(default_factory=dict)
    trainer: Mapping[str, int] = field(default_factory=dict)
    room: Mapping[str, int] = field(default_factory=dict)
    assessments_min: int = 0


@dataclass(frozen=True, slots=True)
class Problem:
    """Units to choose among, needs (skill to weight, not negative) and what has to be kept.

    With `fill`, of all plans that cover as much the one with most hours is wanted, else one without ballast.
    `emphasis` multiplies what a unit covers of a skill when it stands in that stage: {(2, "teamwork"): 1.5}.
    """

    units: tuple[Unit, ...]
    needs: Mapping[str, Number]
    limits: Limits = field(default_factory=Limits)
    pinned: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()
    emphasis: Mapping[tuple[int, str], Number] = field(default_factory=dict)
    fill: bool = False

    @property
    def by_id(self) -> dict[str, Unit]:
        """Units by id."""
        return {unit.id: unit for unit in self.units}

    def strength(self, unit: Unit, stage: int, skill: str) -> Fraction:
        """How much of a skill the unit covers in a stage, emphasis included."""
        given = unit.skills.get(skill)
        if not given:
            return Fraction(0)
        factor = self.emphasis.get((stage, skill))
        return exact(given) if factor is None else exact(given) * exact(factor)


Placed = Mapping[str, int]  # chosen units by id, each with the stage where it stands


@dataclass(frozen=True, slots=True)
class Effort:
    """How long to search: most problems are proved long before, and then seconds change nothing."""

    seconds: float = 30


class Kind(StrEnum):
    """What a wish asks."""

    HOURS = "hours"
    STAGE = "stage"
    PLACE = "place"
    STAGE_PLACE = "stage_place"
    AREA_MIN = "area_min"
    TRAINER = "trainer"
    ROOM = "room"
    ASSESSMENTS_MIN = "assessments_min"
    PINNED = "pinned"
    FORBIDDEN = "forbidden"


AT_LEAST = (Kind.AREA_MIN, Kind.ASSESSMENTS_MIN)


@dataclass(frozen=True, slots=True)
class Wish:
    """One thing that has to be kept: of which stage, place, area, unit …, and how much (None for pins and bans)."""

    kind: Kind
    key: str | int | tuple[int, str] = ""
    value: int | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """The units in teaching order with their stages, what they cover, and what nothing can exceed.

    `objective` is the sum of weight times `covered`, exactly; no plan that keeps all wishes is above `bound`.
    """

    problem: Problem
    order: tuple[str, ...]
    stage: Placed
    covered: Mapping[str, Fraction]
    objective: Fraction
    bound: Fraction

    @property
    def proven_optimal(self) -> bool:
        """Whether nothing is better."""
        return self.objective == self.bound

    @property
    def hours(self) -> int:
        """Of all chosen units."""
        units = self.problem.by_id
        return sum(units[one].hours for one in self.order)

    @property
    def share(self) -> Fraction:
        """The weighted need that is covered, from 0 to 1; 1 where nothing is needed."""
        total = sum((exact(weight) for weight in self.problem.needs.values()), Fraction(0))
        return self.objective / total if total else Fraction(1)


class WhyIn(StrEnum):
    """Why a unit is in a plan; the first that holds."""

    PINNED = "pinned"
    COVERS = "covers"  # without it less need would be covered
    NEEDED = "needed"  # another unit of the plan needs it before
    REQUIRED = "required"  # a least number of hours or assessments would be missed without it
    FILLS = "fills"  # it takes hours that nothing else needs


class WhyOut(StrEnum):
    """Why a unit is not in a plan."""

    FORBIDDEN = "forbidden"
    BEFORE_FORBIDDEN = "before_forbidden"  # something that it needs before it is forbidden
    BEFORE_LATER = "before_later"  # something that it needs before it stands in a later stage only
    CANNOT_FIT = "cannot_fit"  # with it, wishes quarrel
    ADDS_NOTHING = "adds_nothing"  # it may come in, and nothing more would be covered
    TIED = "tied"  # it may come in for another, and as much would be covered
    COSTS = "costs"  # with it in, the best plan covers less
    BETTER = "better"  # with it in, a plan was found that covers more: this one was not the best
    UNKNOWN = "unknown"  # the time was too short


@dataclass(frozen=True, slots=True)
class In:
    """`adds` is what each skill's cover rises by as the unit is taught, so all of a plan sum up to its cover.

    `loses` is what the same plan would lose without this unit, in units of the objective. `needed_by` names chosen
    units that need it before.
    """

    unit: str
    code: WhyIn
    adds: Mapping[str, Fraction]
    loses: Fraction
    needed_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Out:
    """`loss` is what the best plan with the unit has less than this one; negative for `better`, and for some bans.

    It is exact where `proven`; else the true loss lies from `least` to `loss`. `leaves` and `comes` are what would
    change beside the unit; `units` are those to blame for `before_…`, `wishes` those that quarrel for `cannot_fit`.
    """

    unit: str
    code: WhyOut
    loss: Fraction | None = None
    least: Fraction | None = None
    leaves: tuple[str, ...] = ()
    comes: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    wishes: tuple[Wish, ...] = ()

    @property
    def proven(self) -> bool:
        """Whether the loss is exact."""
        return self.loss is not None and self.loss == self.least


@dataclass(frozen=True, slots=True)
class Gain:
    """What `more` of one limit would buy: `gain` of the objective, at most `most`, and the units that would change."""

    wish: Wish
    more: int
    gain: Fraction
    most: Fraction
    comes: tuple[str, ...] = ()
    leaves: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Blame:
    """Wishes that cannot be kept together, as few as there are, and one way that works.

    Each wish of `way` is changed to the value beside it; None: the pin or the ban is given up.
    """

    conflict: tuple[Wish, ...]
    way: tuple[tuple[Wish, int | None], ...]


def without(placed: Placed, gone: Iterable[str]) -> dict[str, int]:
    """The same without some units."""
    away = set(gone)
    return {one: stage for one, stage in placed.items() if one not in away}
