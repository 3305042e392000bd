"""The shape of a kind of data: columns, whom it is about, what a consent is asked for, how its lines are read."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from craftpath.domain.sharing.rules import Offered
from craftpath.engines.disclosure.one_column import LEAST_SHOWN
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.purposes import CHILD
from craftpath.values.text import Text

Cell = Text | str | int | Decimal | date | bool | None
KINDS = ("text", "number", "percent", "hours", "day", "yes", "money")
SENSITIVITIES = ("plain", "personal", "sensitive")


@dataclass(frozen=True, slots=True)
class Column:
    """One column; of a kind with figures the mean is what an aggregate shows."""

    key: str
    title: Text
    kind: str = "text"
    sensitivity: str = "personal"

    @property
    def averaged(self) -> bool:
        """Whether an aggregate has a mean of it."""
        return self.kind in ("number", "percent", "hours")


@dataclass(frozen=True, slots=True)
class Asked:
    """For whom a table is made: what the giver has on a day, as far as the rule goes; `person` is one of them only."""

    giver: Organisation
    receiver: Organisation
    whom: str
    cohort: str
    on: date
    person: int | None = None


@dataclass(frozen=True, slots=True)
class Subject:
    """What one line is about: an apprentice or a teacher (`person`), or nobody; `group` is what figures are told by.

    `of_both` is somebody whom the receiver deals with anyway: an apprentice who learns at both sides, a teacher.
    """

    pk: int
    person: int | None = None
    born: date | None = None
    group: tuple[int, Text] = (0, Text())
    of_both: bool = False


Subjects = Callable[[Asked], list[Subject]]
Cells = Callable[[Asked, Sequence[int]], Mapping[int, Mapping[str, Cell]]]
"""Lines of some subjects (their keys): key → column → cell; a constant number of queries however many."""


@dataclass(frozen=True, slots=True)
class DataClass:
    """One kind of data.

    `asks_consent` shows nobody without one, whatever the basis but law; below `asks_below` years one is asked anyway.
    Of an apprentice who does not learn at the receiver it is asked too, since that hands data on to a third party.
    Aggregates rest on `floor` people at least.
    """

    key: str
    title: Text
    note: Text
    columns: tuple[Column, ...]
    whom: tuple[str, ...]
    subjects: Subjects
    cells: Cells
    asks_consent: bool = False
    asks_below: int = CHILD
    floor: int = LEAST_SHOWN

    @property
    def personal(self) -> bool:
        """Whether a line can be about a person."""
        return self.whom != ("figures",)

    @property
    def offered(self) -> Offered:
        """What a rule can choose of it."""
        columns = tuple((one.key, one.title) for one in self.columns)
        return Offered(self.key, self.title, columns, self.whom)

    def chosen(self, keys: Collection[str]) -> tuple[Column, ...]:
        """The columns with these keys, in the order of the class."""
        return tuple(one for one in self.columns if one.key in keys)
