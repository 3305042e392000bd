"""Where somebody is among the pages of appraisals: tabs, crumbs, and the row that an address names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.trail import Crumb, step
from craftpath.domain.appraisals import queries
from craftpath.kernel.access import Actor
from craftpath.kernel.roles import Permission

if TYPE_CHECKING:
    from craftpath.domain.appraisals.models import Appraisal, AppraisalContest, AppraisalRound


def looks_after(actor: Actor) -> bool:
    """Whether somebody looks after appraisals."""
    return Permission.APPRAISE_TRAINERS in actor.permissions


def tabs(request: Request, current: str) -> list[dict[str, Any]]:
    """All pages for whoever looks after appraisals; nothing for whoever has only the own ones."""
    if not looks_after(request.actor):
        return []
    places = [
        ("appraisals:rounds", pgettext("of appraisals", "Rounds")),
        ("appraisals:contests", pgettext("of appraisals", "Contests")),
        ("appraisals:scheme", pgettext("of appraisals", "What counts")),
    ]
    return [
        {"label": label, "url": reverse(name, args=[request.organisation.key]), "current": name == current}
        for name, label in places
    ]


def to_rounds(request: Request, *further: Crumb) -> list[Crumb]:
    """Crumbs from where appraisals begin for this reader."""
    if looks_after(request.actor):
        return [step(request, _("Appraisals"), "appraisals:rounds"), *further]
    return [step(request, _("My appraisal"), "appraisals:mine"), *further]


def found_round(public_id: str) -> AppraisalRound:
    """A round that the reader sees."""
    return get_object_or_404(queries.rounds(), public_id=plain_id(public_id))


def found(public_id: str) -> Appraisal:
    """An appraisal that the reader sees."""
    return get_object_or_404(queries.appraisals(), public_id=plain_id(public_id))


def found_contest(public_id: str) -> AppraisalContest:
    """A contest that the reader sees."""
    return get_object_or_404(queries.contests(), public_id=plain_id(public_id))
