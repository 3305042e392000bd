"""Which rows of a cohort's table somebody wants, and in which order: all of it stands in the address."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from operator import itemgetter
from typing import Any

from django.utils.translation import gettext_lazy as _

from craftpath.domain.evaluation.cohort_tables import Brief
from craftpath.domain.evaluation.queries import figures_of
from craftpath.domain.programmes.definition import components, fingerprint
from craftpath.domain.programmes.definition import items as items_of
from craftpath.domain.programmes.details import level_names
from craftpath.values.text import Text

STATES: dict[str, Callable[[Brief], bool]] = {
    "complete": lambda row: row.values["complete"],
    "open": lambda row: not row.values["complete"],
    "passed": lambda row: row.values["passed"] is True,
    "failed": lambda row: row.values["passed"] is False,
    "decided": lambda row: row.values["decided"] is not None,
    "undecided": lambda row: row.values["complete"] and row.values["decided"] is None,
}
STATE_NAMES = {
    "complete": _("all marks in"),
    "open": _("still open"),
    "passed": _("pass rules met"),
    "failed": _("pass rules not met"),
    "decided": _("decided"),
    "undecided": _("to be decided"),
}
LONGEST = 80  # characters of a search that are looked at


@dataclass(frozen=True, slots=True)
class Filter:
    """What the reader asked for; whatever is not known is left out, so no address can break the page."""

    q: str = ""
    state: str = ""
    enterprise: str = ""
    missing: str = ""
    sort: str = "number"

    @classmethod
    def of(cls, given: Mapping[str, Any], definition: Mapping[str, Any]) -> Filter:
        """Read the address."""
        sort = str(given.get("sort", ""))
        missing = str(given.get("missing", ""))
        state = str(given.get("state", ""))
        return cls(
            q=str(given.get("q", "")).strip()[:LONGEST],
            state=state if state in STATES else "",
            enterprise=str(given.get("enterprise", ""))[:LONGEST],
            missing=missing if missing in {item.key for item in items_of(definition)} else "",
            sort=sort if sort.removeprefix("-") in sort_keys(definition) else "number",
        )

    @property
    def active(self) -> bool:
        """Whether any row can be hidden."""
        return bool(self.q or self.state or self.enterprise or self.missing)

    @property
    def needs(self) -> frozenset[str]:
        """What has to be read of everybody to answer; the number is always there."""
        column = self.sort.removeprefix("-")
        return frozenset(
            [
                *(["name", "name_latin"] if self.q else []),
                *(["complete", "passed", "decided"] if self.state else []),
                *(["enterprise"] if self.enterprise else []),
                *(["missing"] if self.missing else []),
                *NEEDS.get(column, ["figures", "fingerprint"]),
            ]
        )

    def keeps(self, row: Brief) -> bool:
        """Whether a row is wanted."""
        return self.keeps_without_missing(row) and (
            not self.missing or self.missing in (*row.missing, *row.zeroed)
        )

    def keeps_without_missing(self, row: Brief) -> bool:
        """The same without the question what is missing: for counting what is."""
        found, told = self.q.casefold(), row.values
        return (
            (
                not found
                or any(found in name.casefold() for name in (told["name"], told["name_latin"], row.number))
            )
            and (not self.state or STATES[self.state](row))
            and (not self.enterprise or told["enterprise"] == self.enterprise)
        )

    def of_rows(self, rows: Sequence[Brief], definition: Mapping[str, Any]) -> list[Brief]:
        """The wanted rows in the wanted order; rows without a figure stand last either way."""
        key = sort_keys(definition)[self.sort.removeprefix("-")]
        wanted = [row for row in rows if self.keeps(row)] if self.active else rows
        found = [(key(row), row) for row in wanted]
        with_figure = [(figure, row.number, row) for figure, row in found if figure is not None]
        with_figure.sort(key=itemgetter(0, 1), reverse=self.sort.startswith("-"))
        return [row for *_, row in with_figure] + [row for figure, row in found if figure is None]


# Sort column → what it takes; the columns of the components take the figures.
NEEDS: dict[str, list[str]] = {
    "number": [],
    "name": ["name", "name_latin"],
    "enterprise": ["enterprise_name"],
    **{name: [name] for name in ("to_date", "open", "total", "grade", "passed")},
}


def sort_keys(definition: Mapping[str, Any]) -> dict[str, Callable[[Brief], Any]]:
    """Column key → what a row is ordered by; None stands last."""
    levels = {level: place for place, level in enumerate(level_names(definition))}
    keys: dict[str, Callable[[Brief], Any]] = {
        # 9 comes before 10, as people count.
        "number": lambda row: (len(row.number), row.number),
        "name": lambda row: (row.values["name_latin"] or row.values["name"]).casefold(),
        "enterprise": lambda row: (
            Text.of(row.values["enterprise_name"]).both() if row.values["enterprise_name"] else None
        ),
        "to_date": lambda row: row.values["to_date"],
        "open": lambda row: row.values["open"],
        "total": lambda row: row.values["total"],
        "grade": lambda row: levels.get(row.values["grade"]),
        "passed": lambda row: row.values["passed"],
    }
    own = fingerprint(definition)  # a result that was decided by another version has other components
    for place, part in enumerate(components(definition)):
        ranked = [*part.grades]
        keys[f"{part.key}.value"] = _grade(place, ranked, own) if ranked else _figure(place, 0, own)
        keys[f"{part.key}.points"] = _figure(place, 1, own)
    return keys


def _figure(place: int, which: int, own: str) -> Callable[[Brief], Decimal | None]:
    def figure(row: Brief) -> Decimal | None:
        value = row.values["figures"][place][which] if row.values["fingerprint"] == own else None
        return None if value is None else Decimal(value)

    return figure


def _grade(place: int, grades: list[str], own: str) -> Callable[[Brief], int | None]:
    def rank(row: Brief) -> int | None:
        grade = figures_of(row.values["figures"][place]).grade if row.values["fingerprint"] == own else ""
        return grades.index(grade) if grade in grades else None

    return rank
