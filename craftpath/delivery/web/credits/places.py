"""Where somebody is among the pages of credits, and the rows that addresses name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.trail import Crumb, here, step
from craftpath.domain.credits import queries
from craftpath.kernel.roles import Permission

if TYPE_CHECKING:
    from craftpath.domain.credits.models import Account, Diploma
    from craftpath.domain.credits.models import Request as CreditRequest


def tabs(request: Request, current: str) -> list[dict[str, Any]]:
    """The places of this room that the reader may go to; diplomas are for everybody."""
    sees = Permission.SEE_CREDITS in request.actor.permissions
    places = (
        ("credits:account", _("My credits"), True),
        ("credits:ways", pgettext("to a diploma", "The shortest way"), True),
        ("credits:diplomas", _("Diplomas"), True),
        ("credits:desk", pgettext("for credits", "Requests"), sees),
        ("credits:accounts", pgettext("of credits", "Accounts"), sees),
        ("credits:rules", _("What is worth credits"), sees),
    )
    return [
        {"label": label, "url": reverse(name, args=[request.organisation.key]), "current": name == current}
        for name, label, shown in places
        if shown
    ]


def below(request: Request, page: str, label: str, title: str) -> list[Crumb]:
    """From a place of this room to a page behind it."""
    return [step(request, label, page), here(title)]


def the_diploma(public_id: str) -> Diploma:
    """A diploma that the reader sees, or 404."""
    return get_object_or_404(queries.whole(queries.diplomas()), public_id=plain_id(public_id))


def the_account(public_id: str) -> Account:
    """An account that the reader sees, or 404."""
    return get_object_or_404(queries.accounts(), public_id=plain_id(public_id))


def the_request(public_id: str) -> CreditRequest:
    """A request that the reader sees, or 404."""
    return get_object_or_404(queries.with_lines(queries.requests()), public_id=plain_id(public_id))
