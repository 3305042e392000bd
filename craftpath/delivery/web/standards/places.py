"""Where somebody is among studies of cut scores, and the row that an address names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.trail import Crumb, step
from craftpath.domain.exams import studies
from craftpath.kernel.roles import Permission

if TYPE_CHECKING:
    from craftpath.domain.exams.models import Judge, Study

TONES = {
    "planned": "plain",
    "open": "attention",
    "between": "info",
    "proposed": "info",
    "adopted": "good",
    "withdrawn": "plain",
}


def looks_after(request: Request) -> bool:
    """Whether somebody holds examinations, and does not only judge."""
    return Permission.IMPORT_MARKS in request.actor.permissions


def tabs(request: Request, current: str) -> list[dict[str, Any]]:
    """Sittings and standard setting; nothing for whoever only judges."""
    if not looks_after(request):
        return []
    places = (("sittings:list", _("Sittings and papers")), ("standards:list", _("Standard setting")))
    return [
        {"label": label, "url": reverse(name, args=[request.organisation.key]), "current": name == current}
        for name, label in places
    ]


def to_list(request: Request, *further: Crumb) -> list[Crumb]:
    """Crumbs from the list of studies on."""
    return [step(request, _("Standard setting"), "standards:list"), *further]


def found(public_id: str) -> Study:
    """A study that the reader sees."""
    return get_object_or_404(studies.studies(), public_id=plain_id(public_id))


def found_judge(public_id: str) -> Judge:
    """A judge whom the reader sees."""
    return get_object_or_404(studies.judges(), public_id=plain_id(public_id))
