"""The way back to the list, and the tabs beside it."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.trail import Crumb, step
from craftpath.domain.care import rules


def to_care(request: Request, *further: Crumb) -> list[Crumb]:
    """Crumbs from the list on."""
    return [step(request, _("Incidents and complaints"), "care:home"), *further]


def tabs(request: Request, current: str) -> list[dict[str, Any]]:
    """The list; rates for those who look after incidents."""
    places = [
        ("care:home", _("Incidents and complaints"), True),
        ("care:rates", _("Rates"), bool(rules.may_handle_incidents(request.actor))),
    ]
    return [
        {"label": label, "url": reverse(name, args=[request.organisation.key]), "current": name == current}
        for name, label, shown in places
        if shown
    ]
