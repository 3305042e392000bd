"""Figures with their unit in the reader's language: 8,000 hours, 12 months, 7,400 of 8,000 hours."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from craftpath.delivery.web.shell.templatetags.say import points

UNITS = {
    "hour": ngettext_lazy("%(figure)s hour", "%(figure)s hours", "count"),
    "percent": _("%(figure)s %%"),
    "confirmation": ngettext_lazy("%(figure)s confirmation", "%(figure)s confirmations", "count"),
    "month": ngettext_lazy("%(figure)s month", "%(figure)s months", "count"),
    "week": ngettext_lazy("%(figure)s week", "%(figure)s weeks", "count"),
    "year": ngettext_lazy("%(figure)s year", "%(figure)s years", "count"),
    "person": ngettext_lazy("%(figure)s person", "%(figure)s people", "count"),
    "item": ngettext_lazy("%(figure)s item", "%(figure)s items", "count"),
    "time": ngettext_lazy("%(figure)s time", "%(figure)s times", "count"),
    "day": ngettext_lazy("%(figure)s day", "%(figure)s days", "count"),
    "EUR": _("%(figure)s euros"),
}
REACHED = {
    "": _("%(figure)s of %(whole)s"),
    "hour": _("%(figure)s of %(whole)s hours"),
    "percent": _("%(figure)s of %(whole)s %%"),
    "confirmation": _("%(figure)s of %(whole)s confirmations"),
}
UNIT_NAMES = {"hour": _("hours"), "percent": _("per cent"), "confirmation": _("confirmations")}


def grouped(value: Any) -> str:
    """A figure without needless zeros, its thousands set apart."""
    whole, _point, rest = points(Decimal(str(value))).partition(".")
    return f"{int(whole):,}{'.' if rest else ''}{rest}"


def amount(value: Any, unit: str) -> str:
    """The figure with its unit; one without a unit that is known here stays a figure."""
    template = UNITS.get(unit)
    if template is None:
        return grouped(value)
    count = 1 if Decimal(str(value)) == 1 else 2
    return str(template % {"figure": grouped(value), "count": count})


def reached(value: Any, whole: Any, unit: str) -> str:
    """How much of a target is there."""
    return str(REACHED[unit] % {"figure": grouped(value), "whole": grouped(whole)})
