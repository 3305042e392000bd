"""What a programme lays down beside its evaluation, topic by topic, each row with how sure it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from craftpath.delivery.web.programmes.amounts import UNITS, amount, grouped
from craftpath.delivery.web.shell.templatetags.say import day, listed, text
from craftpath.domain.programmes.texts import CONFIDENCES, TOPICS

if TYPE_CHECKING:
    from craftpath.domain.programmes.models import Provision


@dataclass(frozen=True, slots=True)
class Line:
    """One provision in words."""

    name: str
    said: str
    until: str
    sure: str
    assumed: bool


def by_topic(provisions: Iterable[Provision]) -> list[tuple[str, list[Line]]]:
    """(topic, its lines) in the order of the rows."""
    found: dict[str, list[Line]] = {}
    for row in provisions:
        found.setdefault(str(TOPICS[row.topic]), []).append(
            Line(
                name=text(row.name),
                said=_said(row.value, row.unit),
                until=validity(row.valid_from, row.valid_to),
                sure=str(CONFIDENCES.get(row.conf, "")),
                assumed=row.conf == "A",
            )
        )
    return list(found.items())


def _said(value: Any, unit: str) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dict):
        return text(value)
    if isinstance(value, list):
        return listed(_said(one, unit) for one in value)
    if isinstance(value, int) or (unit in UNITS and unit != "day"):
        return amount(value, unit) if unit else grouped(value)
    return day(date.fromisoformat(value)) if unit == "day" else str(value)


def validity(first: date | None, last: date | None) -> str:
    """Between which days something holds, in words."""
    if first and last:
        return _("from %(first)s to %(last)s") % {"first": day(first), "last": day(last)}
    if first:
        return _("from %(first)s") % {"first": day(first)}
    return _("until %(last)s") % {"last": day(last)} if last else ""
