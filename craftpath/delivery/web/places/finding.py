"""Where somebody is among these pages: tabs, crumbs, the organisation that an address names."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.trail import Crumb, step
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.roles import Permission
from craftpath.kernel.tenancy import STEP

STAFF = {Permission.MANAGE_PEOPLE, Permission.SEE_FIGURES}


def tabs(request: Request, current: str) -> list[dict[str, Any]]:
    """The pages beside one another."""
    may, key = request.actor.permissions, request.organisation.key
    pages = [
        ("list", pgettext("places", "All places"), True),
        ("nearest", _("Nearest with a free seat"), True),
        ("mine", _("My places"), True),
        ("staff", _("Staff by place"), may >= STAFF),
    ]
    return [
        {"label": label, "url": reverse(f"places:{name}", args=[key]), "current": name == current}
        for name, label, there in pages
        if there
    ]


def points_url(request: Request) -> str:
    """The page of learning points that work by themselves, on sites that have it."""
    try:
        return reverse("points:list", args=[request.organisation.key])
    except NoReverseMatch:
        return ""


def whole_tree(request: Request) -> list[Organisation]:
    """All organisations that hang together with the reader's, in the order of the tree; one query."""
    return list(
        Organisation.objects.filter(path__startswith=request.organisation.path[:STEP]).order_by("path")
    )


def found(request: Request, key: str) -> Organisation:
    """An organisation of the reader's tree; 404 for every other one."""
    row = Organisation.objects.filter(key=key, path__startswith=request.organisation.path[:STEP]).first()
    if row is None:
        raise Http404
    return row


def to_places(request: Request, *further: Crumb) -> list[Crumb]:
    """Crumbs from the list."""
    return [step(request, pgettext("in the rail", "Places"), "places:list"), *further]
