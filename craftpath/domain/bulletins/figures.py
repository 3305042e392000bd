"""Figures for bulletins: what one is, and who can count some.

A provider answers for an organisation with all below it and for a period, both days included. Nouns below are asked in
`counted.py`; a noun above registers its own with `provides`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from craftpath.kernel.organisations import Organisation
from craftpath.values.text import Text

FLOOR = 5
"""Of fewer people nothing is told."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a chart."""

    label: Text
    value: int


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with all that a reader needs to trust it; without a value it is not available.

    `value` is written as it is shown, without separators; `n` is what it was counted over. `before` is the same of the
    period before, where it is known. `people` says that it counts persons, of whom fewer than `FLOOR` are not told.
    """

    key: str
    name: Text
    unit: Text
    definition: Text
    value: str | None
    n: int | None
    before: str | None = None
    people: bool = False
    bars: tuple[Bar, ...] = ()

    def told(self, as_of: date) -> dict[str, Any]:
        """As a version keeps it."""
        few = self.people and self.n is not None and self.n < FLOOR
        return {
            "key": self.key,
            "name": self.name.as_json(),
            "unit": self.unit.as_json(),
            "definition": self.definition.as_json(),
            "value": None if few else self.value,
            "n": self.n,
            "before": None if few else self.before,
            "few": few,
            "as_of": as_of.isoformat(),
            "bars": [] if few else [{"label": one.label.as_json(), "value": one.value} for one in self.bars],
        }


Provider = Callable[[Organisation, date, date], Iterable[Figure]]
PROVIDERS: list[Provider] = []


def provides(provider: Provider) -> Provider:
    """Register whoever can count some."""
    PROVIDERS.append(provider)
    return provider


def figures(organisation: Organisation, since: date, until: date) -> dict[str, Figure]:
    """key → figure, of all providers, in the order in which they stand."""
    found = [one for provider in PROVIDERS for one in provider(organisation, since, until)]
    return {one.key: one for one in found}
