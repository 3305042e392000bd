"""Where somebody is among the pages of teaching teams: tabs, crumbs, and the row that an address names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.trail import Crumb, step
from craftpath.domain.teaching import queries, rules
from craftpath.kernel.access import Actor
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import require

if TYPE_CHECKING:
    from craftpath.domain.teaching.models import ProductionPeak, TaughtHours, Team


def sees_teams(actor: Actor) -> bool:
    """Whether somebody reads about more teams than the own ones, with names."""
    return {Permission.SEE_FIGURES, Permission.SEE_RESULTS} <= actor.permissions


def require_sees_teams(request: Request) -> None:
    """Refuse whoever sees only figures, or only the own."""
    require(request.actor.may(Permission.SEE_FIGURES))
    require(request.actor.may(Permission.SEE_RESULTS))


def tabs(request: Request, current: str) -> list[dict[str, Any]]:
    """All pages for whoever sees many teams; nothing for whoever has only the own ones."""
    if not sees_teams(request.actor):
        return []
    places = [
        ("teaching:teams", pgettext("of teaching", "Teams")),
        ("teaching:taught", _("Who taught what")),
        ("teaching:peaks", _("Production peaks")),
        ("teaching:mine", _("My units")),
    ]
    return [
        {"label": label, "url": reverse(name, args=[request.organisation.key]), "current": name == current}
        for name, label in places
    ]


def to_teams(request: Request, *further: Crumb) -> list[Crumb]:
    """Crumbs from where teams begin for this reader."""
    if sees_teams(request.actor):
        return [step(request, _("Teaching teams"), "teaching:teams"), *further]
    return [step(request, _("My units"), "teaching:mine"), *further]


def found(request: Request, public_id: str) -> Team:
    """A team that the reader may look at: whoever teaches in it, and whoever sees names of many; 404 for others."""
    row: Team = get_object_or_404(queries.teams(), public_id=plain_id(public_id))
    if not sees_teams(request.actor) and rules.member_of(request.actor, row.members.all()) is None:
        raise Http404
    return row


def found_taught(public_id: str) -> TaughtHours:
    """Taught hours that the reader sees."""
    return get_object_or_404(queries.taught(), public_id=plain_id(public_id))


def found_peak(public_id: str) -> ProductionPeak:
    """A peak that the reader sees; one that was taken back too, so that a second press is harmless."""
    return get_object_or_404(queries.all_peaks(), public_id=plain_id(public_id))
