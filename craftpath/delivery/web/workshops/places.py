"""Where somebody is among the pages of workshops: crumbs, tabs, and the row that an address names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.trail import Crumb, here, step
from craftpath.domain.workshops import queries, rules

if TYPE_CHECKING:
    from craftpath.domain.workshops.models import Registration, Workshop


def found(public_id: str) -> Workshop:
    """A workshop that the reader sees."""
    row: Workshop = get_object_or_404(queries.workshops(), public_id=plain_id(public_id))
    return row


def run_by(request: Request, public_id: str) -> Workshop:
    """A workshop that the reader runs; for others these pages are not there."""
    row = found(public_id)
    if not rules.may_run(request.actor, row):
        raise Http404
    return row


def found_in(workshop: Workshop, public_id: str) -> Registration:
    """One of its registrations."""
    rows = queries.registrations(workshop)
    row: Registration = get_object_or_404(rows, public_id=plain_id(public_id))
    return row


def to_workshop(request: Request, row: Workshop, *further: str) -> list[Crumb]:
    """Crumbs from the list."""
    way = [step(request, pgettext("in the rail", "Workshops"), "workshops:list")]
    if further:
        way.append(step(request, text(row.title), "workshops:workshop", row.public_id))
    return [*way, *(here(one) for one in further or (text(row.title),))]


def tabs(request: Request, row: Workshop, current: str) -> list[dict[str, Any]]:
    """The pages of one workshop, for whoever runs it."""
    names = [
        ("workshop", pgettext("of a workshop", "Overview")),
        ("agenda", pgettext("of a workshop", "Agenda")),
        ("people", pgettext("of a workshop", "Registrations")),
        ("desk", pgettext("of a workshop", "Check-in")),
        ("live", pgettext("of a workshop", "Questions and polls")),
        ("cases", pgettext("of a workshop", "Cases")),
        ("certificates", pgettext("of a workshop", "Certificates")),
        ("report", pgettext("of a workshop", "Report")),
    ]
    key = request.organisation.key
    return [
        {
            "label": label,
            "url": reverse(f"workshops:{name}", args=[key, row.public_id]),
            "current": name == current,
        }
        for name, label in names
    ]


def page_of(request: Request, row: Workshop, name: str, title: str) -> dict[str, Any]:
    """What every page of a workshop shows of it."""
    return {
        "workshop": row,
        "title": text(row.title),
        "tabs": tabs(request, row, name),
        "crumbs": to_workshop(request, row),
        "page_title": title,
    }


def list_tabs(request: Request, current: str) -> list[dict[str, Any]]:
    """Workshops, and the shelf beside them."""
    names = [
        ("list", pgettext("in the rail", "Workshops")),
        ("shelf", _("Toolkits, cases and good practice")),
    ]
    return [
        {
            "label": label,
            "url": reverse(f"workshops:{name}", args=[request.organisation.key]),
            "current": name == current,
        }
        for name, label in names
    ]
