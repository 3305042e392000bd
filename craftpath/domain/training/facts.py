"""What can have happened to hours, plans and the rotation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from craftpath.kernel.facts import Fact, fact


@fact
@dataclass(frozen=True)
class HoursReversed(Fact):
    """Hours were taken back from the ledger; `because` is a reason code."""

    code: ClassVar[str] = "training.hours_reversed"
    source: str
    minutes: int
    because: str


@fact
@dataclass(frozen=True)
class PlanDrafted(Fact):
    """A cohort got a plan, from the units of its programme."""

    code: ClassVar[str] = "training.plan_drafted"
    plan: str
    units: int


@fact
@dataclass(frozen=True)
class PlanChanged(Fact):
    """Units of a plan were changed; `before` has what they were, by key."""

    code: ClassVar[str] = "training.plan_changed"
    plan: str
    version: int
    before: dict[str, dict[str, object]]


@fact
@dataclass(frozen=True)
class UnitAdded(Fact):
    """A cohort's plan got a unit beyond those of its programme."""

    code: ClassVar[str] = "training.unit_added"
    plan: str
    version: int
    unit: str
    name: dict[str, str]
    minutes: int


@fact
@dataclass(frozen=True)
class UnitTakenOut(Fact):
    """A unit of the cohort's own left the plan before anybody had a stay in it; `was` is what it said."""

    code: ClassVar[str] = "training.unit_taken_out"
    plan: str
    version: int
    unit: str
    name: dict[str, str]
    was: dict[str, object]


@fact
@dataclass(frozen=True)
class DepartmentSaved(Fact):
    """A department was added or changed; no capacity means any number."""

    code: ClassVar[str] = "training.department_saved"
    department: str
    name: dict[str, str]
    capacity: int | None


@fact
@dataclass(frozen=True)
class PatternPublished(Fact):
    """A rotation was published for a cohort, with so many clashes that somebody knew of."""

    code: ClassVar[str] = "training.pattern_published"
    pattern: str
    people: int
    stays: int
    clashes: int


@fact
@dataclass(frozen=True)
class StaysAdded(Fact):
    """Single stays in one unit were added outside of a rotation; `pattern` is what takes them back together."""

    code: ClassVar[str] = "training.stays_added"
    pattern: str
    unit: str
    people: int
    clashes: int


@fact
@dataclass(frozen=True)
class PatternUndone(Fact):
    """A published rotation was taken back before anything was built on it."""

    code: ClassVar[str] = "training.pattern_undone"
    pattern: str
    stays: int


@fact
@dataclass(frozen=True)
class StayMoved(Fact):
    """A stay has other days, another department or another responsible person; `before` is what was planned."""

    code: ClassVar[str] = "training.stay_moved"
    stay: str
    before: dict[str, str]
    starts_on: str
    ends_on: str


@fact
@dataclass(frozen=True)
class StayEnded(Fact):
    """A stay ended before its last day, with a reason."""

    code: ClassVar[str] = "training.stay_ended"
    stay: str
    on: str
    because: str


@fact
@dataclass(frozen=True)
class StayCancelled(Fact):
    """A stay does not take place, with a reason."""

    code: ClassVar[str] = "training.stay_cancelled"
    stay: str
    because: str
