"""Where somebody is at the service desk: tabs, crumbs, the request that an address names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.trail import Crumb, here, step
from craftpath.domain.offers import queries
from craftpath.kernel.roles import Permission

if TYPE_CHECKING:
    from craftpath.domain.offers.models import DeskRequest

READERS = (Permission.USE_DESK,)


def tabs(request: Request, current: str) -> list[dict[str, Any]]:
    """The pages beside one another."""
    places = [
        ("offers:desk", pgettext("at the service desk", "Requests")),
        ("offers:offered", pgettext("at the service desk", "Offers")),
        ("accreditation:registrations", pgettext("at the service desk", "Registrations")),
        ("accreditation:places", pgettext("at the service desk", "Accredited places")),
        ("offers:report", pgettext("at the service desk", "Report")),
    ]
    return [
        {"label": label, "url": reverse(name, args=[request.organisation.key]), "current": name == current}
        for name, label in places
    ]


def to_desk(request: Request, *further: Crumb) -> list[Crumb]:
    """Crumbs from the desk."""
    return [step(request, _("Service desk"), "offers:desk"), *further]


def to_here(request: Request, name: str) -> list[Crumb]:
    """Crumbs to a page right below the desk."""
    return to_desk(request, here(name))


def found(public_id: str) -> DeskRequest:
    """A request that the reader sees."""
    return get_object_or_404(queries.requests(), public_id=plain_id(public_id))
