"""What rooms are called where rows of many of them are counted. What only a few may know of has no name here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from craftpath.kernel.twins.columns import Column, handling

OTHER = _("Other records")
NOUNS = {
    "kernel": _("Roles, papers and notices"),
    "activity": _("Learning statements"),
    "agreements": _("Agreements"),
    "allowances": _("Allowances"),
    "apprenticeships": _("Cohorts"),
    "bookings": pgettext_lazy("in the rail", "Bookings"),
    "certificates": pgettext_lazy("what a record holds", "Certificates"),
    "courses": _("Online courses"),
    "curricula": pgettext_lazy("a place in the rail", "Curricula"),
    "evaluation": _("Results"),
    "exams": _("Examinations"),
    "forums": pgettext_lazy("what a record holds", "Forums"),
    "groups": pgettext_lazy("what a record holds", "Study groups"),
    "growth": _("Core skills"),
    "judging": _("Practical work"),
    "learning": _("Sessions"),
    "logbook": _("Logs"),
    "matching": _("Masters and apprentices"),
    "mentoring": _("Masters and apprentices"),
    "occupations": _("Occupations"),
    "packages": _("Online courses"),
    "pairing": _("Masters and apprentices"),
    "partnership": pgettext_lazy("in the rail", "Partnerships"),
    "pilots": _("Pilots"),
    "programmes": _("Schemes"),
    "progression": _("Gates"),
    "questions": pgettext_lazy("in the rail", "Questions"),
    "resources": _("Resource library"),
    "reviews": _("Reviews"),
    "stories": _("Masters' stories"),
    "study": pgettext_lazy("a place", "Study"),
    "subsidies": _("Subsidies"),
    "teaching": _("Teaching teams"),
    "training": _("Plan"),
    "workshops": pgettext_lazy("what a record holds", "Workshops"),
}


def noun_of(label: str) -> Any:
    """What the room of a table is called: `exams.Rater` is of the examinations."""
    noun = label.partition(".")[0]
    return OTHER if noun in handling()["quiet"]["nouns"] else NOUNS.get(noun, OTHER)


def by_noun(rows: Mapping[str, int]) -> list[tuple[Any, int]]:
    """(room, rows) of counts by table, the largest first and what has no name last."""
    found: dict[str, tuple[Any, int]] = {}
    for label, number in rows.items():
        name = noun_of(label)
        found[str(name)] = name, found.get(str(name), (name, 0))[1] + number
    return sorted(found.values(), key=lambda one: (one[0] is OTHER, -one[1], str(one[0])))


def by_label(rows: Mapping[Column, int]) -> dict[str, int]:
    """The same counts by table."""
    found: dict[str, int] = {}
    for column, number in rows.items():
        found[column.label] = found.get(column.label, 0) + number
    return found
