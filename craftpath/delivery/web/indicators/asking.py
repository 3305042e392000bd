"""What an address asks for: a quarter, one group, and by what to compare. Junk is passed over, and the page says so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.http import QueryDict
from django.utils.translation import get_language, pgettext

from craftpath.domain.insight.queries import Choice
from craftpath.engines.indicators import NOT_APPLICABLE
from craftpath.values.text import Text

GROUPS = ("place", "stage", "occupation", "enterprise")
"""Dimensions by which people are grouped; the fifth is time."""
TOGETHER = "all"
"""Instead of a quarter: all of them together."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A reader's wish as far as it can be met: at most one group, since finer cells would single people out.

    `now` is the quarter that is not over yet: where no quarter is wished for, one that is over is shown.
    """

    period: str = ""
    only: str = ""
    value: str = ""
    by: str = ""
    too_fine: bool = False
    unclear: bool = False
    now: str = ""

    @property
    def where(self) -> dict[str, str]:
        """The chosen group, for figures over time."""
        return {self.only: self.value} if self.only else {}


@dataclass(frozen=True, slots=True)
class Offered:
    """What may be chosen, in the order in which it is offered, with names in the reader's language."""

    periods: Sequence[str]
    groups: Mapping[str, Sequence[tuple[str, str]]]
    names: Mapping[tuple[str, str], str] = field(default_factory=dict)

    def name(self, dimension: str, value: str) -> str:
        """What a group is called; its value where it has no name."""
        if value == NOT_APPLICABLE:
            return pgettext("a group of figures", "not stated")
        return self.names.get((dimension, value), value)


def offered(choices: Mapping[str, Sequence[Choice]]) -> Offered:
    """The choices of an organisation, said."""
    groups = {one: [(row.value, _name(row)) for row in choices.get(one, ())] for one in GROUPS}
    names = {(one, value): name for one, rows in groups.items() for value, name in rows}
    return Offered([row.value for row in choices.get("period", ())], groups, names)


def asked(given: QueryDict, choices: Offered, today: date, *, whole: bool = False) -> Asked:
    """Read an address; `whole` where all quarters together may be asked for."""
    unclear = False
    period = given.get("period", "")
    if period and period not in choices.periods and not (whole and period == TOGETHER):
        period, unclear = "", True
    chosen = []
    for one in GROUPS:
        value = given.get(one, "")
        if value and (one, value) in choices.names:
            chosen.append((one, value))
        elif value:
            unclear = True
    only, value = chosen[0] if chosen else ("", "")
    by = given.get("by", "")
    if by and by not in GROUPS:
        by, unclear = "", True
    by = by or only or next((one for one in GROUPS if len(choices.groups[one]) > 1), "stage")
    return Asked(period, only, value, by, too_fine=len(chosen) > 1, unclear=unclear, now=quarter_of(today))


def quarter_of(day: date) -> str:
    """The quarter of a day, as cells name it."""
    return f"{day.year}-Q{(day.month + 2) // 3}"


def _name(row: Choice) -> str:
    said = Text.of(row.name).say(get_language() or "zh-hans") if row.name else ""
    return said or row.value
