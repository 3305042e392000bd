"""Definitions of indicators in words: what is counted, from where, what becomes of what is missing, the floor."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_GET

from craftpath.delivery.web.components.tabled import Table, listing_of, table
from craftpath.delivery.web.indicators import saying
from craftpath.delivery.web.indicators.places import READERS, tabs
from craftpath.delivery.web.shell.lists import exported, require_form, sent, ways_out
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.engines.indicators import CATALOGUE
from craftpath.engines.indicators.types import GROUP_TEXTS, MISSING_TEXTS

if TYPE_CHECKING:
    from craftpath.engines.indicators import Indicator

SOURCES = {
    "apprenticeship": gettext_lazy("apprenticeships with their beginning and end"),
    "risk": gettext_lazy("quarters that apprenticeships have seen"),
    "gate": gettext_lazy("attempts at gates between stages"),
    "exam": gettext_lazy("results of the evaluations of stages"),
    "hours": gettext_lazy("confirmed hours and those of the plan"),
    "entry": gettext_lazy("entries of logs and their confirmation"),
    "mentor": gettext_lazy("pairs of masters and apprentices"),
    "answer": gettext_lazy("questions, requests and complaints with their answers"),
    "satisfaction": gettext_lazy("answers to surveys, without names"),
    "wage": gettext_lazy("wage steps of agreements"),
    "money": gettext_lazy("costs, subsidies and contributions"),
    "credit": gettext_lazy("postings of the credit bank"),
    "skill": gettext_lazy("measures of core skills"),
    "village": gettext_lazy("days and visits of village points"),
    "workshop": gettext_lazy("workshops with those who came"),
    "mark": gettext_lazy("marks by the scheme"),
}
BETTER = {
    "up": gettext_lazy("more is better"),
    "down": gettext_lazy("less is better"),
    "none": gettext_lazy("neither is better by itself"),
}


@dataclass(frozen=True, slots=True)
class Definition:
    """One definition in the reader's language."""

    key: str
    name: str
    words: str
    source: str
    unit: str
    missing: str
    floor: int
    better: str


def definition(indicator: Indicator) -> Definition:
    """What an indicator means."""
    unit = saying.unit(indicator)
    return Definition(
        indicator.key, text(indicator.name), text(indicator.text),
        str(SOURCES.get(indicator.table, indicator.table)),
        pgettext("unit", "per cent") if unit.head == "%" else unit.head,
        text(MISSING_TEXTS[indicator.missing]), indicator.floor, str(BETTER[indicator.better.value]),
    )  # fmt: skip


def grouped() -> list[tuple[str, list[Definition]]]:
    """All of them by their groups."""
    found: dict[str, list[Definition]] = {}
    for one in CATALOGUE:
        found.setdefault(text(GROUP_TEXTS[one.group]), []).append(definition(one))
    return list(found.items())


def listed() -> Table:
    """All of them as one table."""
    head = [
        _("Group"), _("Key"), _("Indicator"), _("Definition"), pgettext("of a figure", "Unit"),
        pgettext("of a figure", "Source"), pgettext("of a figure", "What is missing"),
        _("Shown from (people)"),
    ]  # fmt: skip
    rows = [
        (group, one.key, one.name, one.words, one.unit, one.source, one.missing, one.floor)
        for group, lot in grouped()
        for one in lot
    ]
    return table(head, rows)


@require_GET
@needs(READERS)
def definitions(request: Request, organisation: str) -> HttpResponse:
    """The list, to read and to print."""
    context = {
        "tabs": tabs(request, "definitions"),
        "groups": grouped(),
        "ways": ways_out(request, "definitions"),
    }
    return render(request, "indicators/definitions.html", context)


@require_GET
@needs(READERS)
def definitions_file(request: Request, organisation: str, form: str) -> HttpResponse:
    """The list as a file."""
    require_form(form)
    title = pgettext("of figures", "Definitions")
    made = listing_of(listed(), title, text(request.organisation.name))
    beyond = [replace(head, beyond=n < 2) for n, head in enumerate(made.heads)]  # noqa: PLR2004 - group and key
    return sent(request, replace(made, heads=beyond), form)


exported("definitions", screen="indicators:definitions", file="indicators:definitions_file", caption="")
