"""The table that a rule shows on a day: the same for the giver who previews and the receiver who looks.

Who has not consented is left out and counted. Aggregates name nobody and rest on enough people.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from craftpath.delivery.exchange.sharing.data_class import Asked, Cell, Column, DataClass, Subject
from craftpath.delivery.exchange.sharing.registry import CLASSES
from craftpath.engines.disclosure.one_column import hidden_of
from craftpath.kernel.consents import of_whom
from craftpath.kernel.purposes import PURPOSES
from craftpath.kernel.tenancy import Scope, looking_for
from craftpath.values.age import age_on
from craftpath.values.text import Text

if TYPE_CHECKING:
    from craftpath.domain.sharing.models import SharingRule

_AT_ONCE = 500  # lines whose cells are read together
PARTNER = "training_partner"
"""The purpose for which a consent is asked where the rule's own purpose asks none."""
GROUP = Column("group", Text("分组", "Group"), sensitivity="plain")
PEOPLE = Column("people", Text("人数", "People"), "number", "plain")


@dataclass(frozen=True, slots=True)
class Shown:
    """Some lines of a table. `whole` is how many there are, `left_out` how many people have not consented.

    `people` are the ids of those whom the lines are about: for the list of looks, and never for a page.
    """

    columns: tuple[Column, ...]
    rows: list[list[Cell]]
    whole: int
    left_out: int
    people: frozenset[int]
    floor: int = 0
    hidden: int = 0
    """Of an aggregate: how many groups have no figures since they are too small, or would give one away."""


def shown(rule: SharingRule, on: date, *, start: int = 0, most: int | None = None) -> Shown:
    """What a rule shows on a day, some of its lines; whether it shows anything at all, its standing says.

    Read as the giver sees it and by nobody in particular, so it does not depend on who asks.
    """
    kind = CLASSES.get(rule.data_class)
    if kind is None:
        return Shown((), [], 0, 0, frozenset())
    asked = Asked(rule.giver, rule.receiver, rule.whom, rule.cohort, on)
    with looking_for(Scope(path=rule.giver.path)):
        subjects = kind.subjects(asked)
        if kind.personal and rule.whom == "figures":
            return _cut(_aggregate(kind, rule, asked, subjects), start, most)
        allowed = consenting(kind, rule, subjects, on)
        columns = kind.chosen(rule.columns)
        some = allowed[slice(start, None if most is None else start + most)]
        rows = [line for part in _batches(some) for line in _lines(kind, asked, part, columns)]
        people = frozenset(one.person for one in some if one.person is not None)
    return Shown(columns, rows, len(allowed), len(subjects) - len(allowed), people)


def line_about(rule: SharingRule, person: int, on: date) -> tuple[bool, bool] | None:
    """(whether a line about a person (id) stands there by name, whether a consent is asked); None if none could."""
    kind = CLASSES.get(rule.data_class)
    if kind is None or not kind.personal or rule.whom == "figures":
        return None
    asked = Asked(rule.giver, rule.receiver, rule.whom, rule.cohort, on, person)
    with looking_for(Scope(path=rule.giver.path)):
        subjects = kind.subjects(asked)
        if not subjects:
            return None
        asks = any(asks_consent_of(kind, rule, one, on) for one in subjects)
        return bool(consenting(kind, rule, subjects, on)), asks


def consenting(
    kind: DataClass, rule: SharingRule, subjects: Sequence[Subject], on: date
) -> Sequence[Subject]:
    """Those about whom a line may stand by name: without a consent where one is asked, nobody; one query at most."""
    asking = {
        one.person for one in subjects if one.person is not None and asks_consent_of(kind, rule, one, on)
    }
    if not asking:
        return subjects
    given = of_whom((one for one in asking if one is not None), consent_for(rule))
    return [one for one in subjects if one.person not in asking or one.person in given]


def consent_for(rule: SharingRule) -> str:
    """The purpose to which people say yes or no for a rule."""
    return rule.purpose if PURPOSES[rule.purpose].asks else PARTNER


def asks_consent_of(kind: DataClass, rule: SharingRule, one: Subject, on: date) -> bool:
    """Whether a line about this subject stands there only with a consent."""
    if PURPOSES[rule.purpose].asks:
        return True
    if one.born is not None and age_on(one.born, on) < kind.asks_below:
        return True
    return rule.basis != "law" and (kind.asks_consent or not one.of_both)


def _lines(
    kind: DataClass, asked: Asked, some: Sequence[Subject], columns: Sequence[Column]
) -> list[list[Cell]]:
    cells = kind.cells(asked, [one.pk for one in some])
    return [[cells.get(one.pk, {}).get(column.key) for column in columns] for one in some]


def _batches(some: Sequence[Subject]) -> Iterator[Sequence[Subject]]:
    return (some[at : at + _AT_ONCE] for at in range(0, len(some), _AT_ONCE))


def _aggregate(kind: DataClass, rule: SharingRule, asked: Asked, subjects: Sequence[Subject]) -> Shown:
    """A line a group: how many, and the means of columns with figures; nothing of groups that are too small."""
    columns = tuple(one for one in kind.chosen(rule.columns) if one.averaged)
    groups: dict[int, list[Subject]] = defaultdict(list)
    for one in subjects:
        groups[one.group[0]].append(one)
    sizes = {str(pk): len({one.person for one in some}) for pk, some in groups.items()}
    hidden = hidden_of(sizes, kind.floor)
    open_ones = [one for one in subjects if str(one.group[0]) not in hidden]
    cells: dict[int, Mapping[str, Cell]] = {}
    for part in _batches(open_ones):
        cells |= kind.cells(asked, [one.pk for one in part])
    rows: list[list[Cell]] = []
    for pk, some in groups.items():
        away = str(pk) in hidden
        means = [
            None if away else _mean([cells[o.pk].get(c.key) for o in some], c, kind.floor) for c in columns
        ]
        rows.append([some[0].group[1], None if away else sizes[str(pk)], *means])
    return Shown((GROUP, PEOPLE, *columns), rows, len(rows), 0, frozenset(), kind.floor, len(hidden))


def _cut(table: Shown, start: int, most: int | None) -> Shown:
    return replace(table, rows=table.rows[slice(start, None if most is None else start + most)])


def _mean(values: Sequence[Cell], column: Column, floor: int) -> Decimal | int | None:
    """To one place, of minutes to none; nothing of fewer figures than people are shown."""
    figures = [Decimal(value) for value in values if isinstance(value, int | Decimal)]
    if len(figures) < floor:
        return None
    mean = sum(figures, Decimal()) / len(figures)
    if column.kind == "hours":
        return int(mean.to_integral_value(ROUND_HALF_UP))
    return mean.quantize(Decimal("0.1"), ROUND_HALF_UP)
