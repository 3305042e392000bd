"""Which rows of a cohort's table somebody wants, and in which order: all of it stands in the address."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from craftpath.domain.evaluation.queries import Row
from craftpath.domain.programmes.definition import components
from craftpath.domain.programmes.definition import items as items_of

STATES: dict[str, Callable[[Row], bool]] = {
    "complete": lambda row: row.complete,
    "open": lambda row: not row.complete,
    "passed": lambda row: row.passed is True,
    "failed": lambda row: row.passed is False,
    "decided": lambda row: row.decided,
    "undecided": lambda row: row.complete and not row.decided,
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

    def keeps(self, row: Row) -> bool:
        """Whether a row is wanted."""
        found = self.q.casefold()
        person = row.enrolment.person
        names = (person.name, person.name_latin, row.enrolment.number)
        enterprise = row.enrolment.enterprise
        return (
            (not found or any(found in name.casefold() for name in names))
            and (not self.state or STATES[self.state](row))
            and (not self.enterprise or (enterprise is not None and enterprise.key == self.enterprise))
            and (not self.missing or self.missing in row.missing)
        )

    def of_rows(self, rows: Sequence[Row], definition: Mapping[str, Any]) -> list[Row]:
        """The wanted rows in the wanted order; rows without a figure stand last either way."""
        key = sort_keys(definition)[self.sort.removeprefix("-")]
        wanted = [row for row in rows if self.keeps(row)]
        with_figure = [row for row in wanted if key(row) is not None]
        with_figure.sort(key=lambda row: (key(row), row.enrolment.number), reverse=self.sort.startswith("-"))
        return with_figure + [row for row in wanted if key(row) is None]

    def without_missing(self) -> Filter:
        """The same without the question what is missing: for counting what is."""
        return replace(self, missing="")


def sort_keys(definition: Mapping[str, Any]) -> dict[str, Callable[[Row], Any]]:
    """Column key → what a row is ordered by; None stands last."""
    keys: dict[str, Callable[[Row], Any]] = {
        # 9 comes before 10, as people count.
        "number": lambda row: (len(row.enrolment.number), row.enrolment.number),
        "name": lambda row: (row.enrolment.person.name_latin or row.enrolment.person.name).casefold(),
        "enterprise": lambda row: row.enrolment.enterprise and row.enrolment.enterprise.title.both(),
        "to_date": lambda row: row.to_date,
        "open": lambda row: row.open,
        "total": lambda row: row.total,
        "grade": lambda row: row.grade or None,
        "passed": lambda row: row.passed,
    }
    for place, part in enumerate(components(definition)):
        keys[f"{part.key}.value"] = _value(place)
        keys[f"{part.key}.points"] = _points(place)
    return keys


def _value(place: int) -> Callable[[Row], Decimal | None]:
    return lambda row: row.components[place].value


def _points(place: int) -> Callable[[Row], Decimal | None]:
    return lambda row: row.components[place].to_date
