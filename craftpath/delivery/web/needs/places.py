"""Where somebody is among analyses: the row that an address names, its tabs and crumbs, and what they may do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.trail import Crumb, step
from craftpath.domain.needs import queries, rules
from craftpath.kernel.access import Actor
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import require

if TYPE_CHECKING:
    from craftpath.domain.needs.models import Analysis

TONES = {
    "computing": "info",
    "failed": "wrong",
    "computed": "attention",
    "published": "good",
    "superseded": "plain",
}


def reads_figures(actor: Actor) -> bool:
    """Whether somebody comes by an office; others read what they were asked about."""
    return bool(actor.permissions & {Permission.RUN_SURVEYS, Permission.SEE_FIGURES})


def reads_groups(actor: Actor, row: Analysis) -> bool:
    """Whether somebody reads an analysis by an office at or above its organisation; those asked read a shorter page."""
    return bool(rules.may_analyse(actor, row.organisation)) or bool(rules.may_see(actor, row.organisation))


def found(request: Request, public_id: str) -> Analysis:
    """An analysis that the reader may read; 404 for what lies outside."""
    row = get_object_or_404(queries.analyses(), public_id=plain_id(public_id))
    require(rules.may_read(request.actor, row, asked=queries.was_asked(row, request.user)))
    return row


def for_office(request: Request, public_id: str) -> Analysis:
    """One that has figures, for whoever comes by an office: groups are no matter of those who were asked."""
    row = found(request, public_id)
    if not row.figures or not reads_groups(request.actor, row):
        raise Http404
    return row


def to_list(request: Request, *further: Crumb) -> list[Crumb]:
    """Crumbs from the list of analyses on."""
    return [step(request, _("Needs"), "needs:list"), *further]


def tabs(request: Request, row: Analysis, current: str) -> list[dict[str, Any]]:
    """The parts of an analysis that there is something in."""
    figures = row.figures
    places = [("analysis", pgettext("part of an analysis", "What is needed"), True)]
    if reads_groups(request.actor, row):
        places += [
            ("groups", pgettext("part of an analysis", "By group"), bool(figures["groups"])),
            (
                "changes",
                pgettext("part of an analysis", "Compared"),
                bool(figures["waves"] or figures["across"] or figures["constructs"] or figures["mentors"]),
            ),
        ]
    key = request.organisation.key
    found = [
        {
            "label": label,
            "url": reverse(f"needs:{name}", args=[key, row.public_id]),
            "current": name == current,
        }
        for name, label, there in places
        if there
    ]
    return found if len(found) > 1 else []
