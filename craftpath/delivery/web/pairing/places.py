"""Where somebody is among the pages of pairs: tabs, crumbs, and the row that an address names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.trail import Crumb, step
from craftpath.domain.pairing import queries
from craftpath.kernel.access import Actor
from craftpath.kernel.roles import Permission

if TYPE_CHECKING:
    from craftpath.domain.pairing.models import ChangeWish, Pair


def looks_after(actor: Actor) -> bool:
    """Whether somebody forms pairs, and does not only read."""
    return Permission.FORM_PAIRS in actor.permissions


def sees_many(actor: Actor) -> bool:
    """Whether somebody reads about more pairs than the own ones."""
    return Permission.SEE_FIGURES in actor.permissions


def sees_names(actor: Actor) -> bool:
    """Whether somebody reads who they are, and not only how many."""
    return {Permission.SEE_FIGURES, Permission.SEE_RESULTS} <= actor.permissions


def tabs(request: Request, current: str) -> list[dict[str, Any]]:
    """All pages of pairs for whoever looks after them; nothing for whoever has only the own ones."""
    actor = request.actor
    if not sees_many(actor):
        return []
    places = [("pairing:board", _("Overview"))]
    if sees_names(actor):
        places += [
            ("pairing:picture", pgettext("of pairs", "Picture")),
            ("pairing:teachers", pgettext("of pairs", "Teachers")),
        ]
    if looks_after(actor):
        places += [
            ("matching:rounds", pgettext("of pairs", "Rounds")),
            ("mentoring:board", _("Pairs at work")),
            ("pairing:rules", pgettext("of pairs", "Rules")),
            ("pairing:wishes", _("Changes asked for")),
        ]
    places.append(("pairing:mine", _("My pairs")))
    return [
        {"label": label, "url": reverse(name, args=[request.organisation.key]), "current": name == current}
        for name, label in places
    ]


def to_pairs(request: Request, *further: Crumb) -> list[Crumb]:
    """Crumbs from where pairs begin for this reader."""
    if sees_many(request.actor):
        return [step(request, _("Masters and apprentices"), "pairing:board"), *further]
    return [step(request, _("My pairs"), "pairing:mine"), *further]


def found(public_id: str) -> Pair:
    """A pair that the reader sees."""
    return get_object_or_404(queries.pairs(), public_id=plain_id(public_id))


def found_wish(public_id: str) -> ChangeWish:
    """A change asked for of which the reader may know."""
    return get_object_or_404(queries.wishes(), public_id=plain_id(public_id))
