"""Where somebody is among the pages of bulletins: the bulletin or voice that an address names, tabs, crumbs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.trail import Crumb, step
from craftpath.domain.bulletins import queries, rules
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import require

if TYPE_CHECKING:
    from craftpath.domain.bulletins.models import Bulletin, Voice

TONES = {
    "draft": "plain",
    "review": "attention",
    "published": "good",
    "withdrawn": "plain",
    "discarded": "plain",
}
VOICE_TONES = {"draft": "plain", "asked": "attention", "agreed": "good", "declined": "wrong"}


def own(request: Request, public_id: str) -> Bulletin:
    """A bulletin that the reader's office makes; 404 for every other one."""
    row = get_object_or_404(queries.bulletins(), public_id=plain_id(public_id))
    require(rules.may_make(request.actor, row.organisation))
    return row


def own_voice(request: Request, public_id: str) -> Voice:
    """A voice of a bulletin that the reader's office makes."""
    row = get_object_or_404(queries.voices(), public_id=plain_id(public_id))
    require(rules.may_make(request.actor, row.bulletin.organisation))
    return row


def title(row: Bulletin) -> str:
    """What it is called among others."""
    return pgettext("a bulletin", "No. %(number)s") % {"number": row.number}


def tabs(request: Request, current: str) -> list[dict[str, Any]]:
    """The pages beside one another."""
    makes = Permission.MAKE_BULLETINS in request.actor.permissions
    places = [
        ("list", pgettext("in the rail", "Bulletins"), makes),
        ("mine", _("Where I am quoted"), True),
    ]
    key = request.organisation.key
    return [
        {"label": label, "url": reverse(f"bulletins:{name}", args=[key]), "current": name == current}
        for name, label, there in places
        if there
    ]


def parts(request: Request, row: Bulletin, current: str) -> list[dict[str, Any]]:
    """The pages of one bulletin."""
    key = request.organisation.key
    return [
        {
            "label": label,
            "url": reverse(f"bulletins:{name}", args=[key, row.public_id]),
            "current": name == current,
        }
        for name, label in (("edit", _("The sheets")), ("voices", pgettext("of a bulletin", "Voices")))
    ]


def to_list(request: Request, *further: Crumb) -> list[Crumb]:
    """Crumbs from the list."""
    return [step(request, pgettext("in the rail", "Bulletins"), "bulletins:list"), *further]


def public_path(row: Bulletin) -> str:
    """Where everybody reads it."""
    return reverse("bulletin:page", args=[row.organisation.key, row.number])


def address_of(row: Bulletin) -> str:
    """The same with the site before it: what the code on the paper says."""
    return f"{settings.ADDRESS}{public_path(row)}"
