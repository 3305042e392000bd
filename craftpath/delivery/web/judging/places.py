"""Where somebody is among the pages of practical work: tabs, crumbs, and the row that an address names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.trail import Crumb, step
from craftpath.domain.judging import queries
from craftpath.kernel.access import Actor
from craftpath.kernel.roles import Permission, Role

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Enrolment
    from craftpath.domain.judging.models import Practical, Rater, Rubric
    from craftpath.domain.judging.settling import Work


def looks_after(actor: Actor) -> bool:
    """Whether somebody plans and publishes, and does not only rate."""
    return Permission.IMPORT_MARKS in actor.permissions


def first_page(actor: Actor) -> str:
    """Where practical work begins: with what one is asked to rate, or with all cohorts."""
    rates = bool(actor.roles & {Role.APPRENTICE, Role.MENTOR, Role.TRAINER, Role.ASSESSOR})
    return "judging:list" if rates or not looks_after(actor) else "judging:board"


def tabs(request: Request, current: str) -> list[dict[str, Any]]:
    """What one rates, all cohorts, rubrics; nothing for whoever only rates."""
    if not looks_after(request.actor):
        return []
    places = (
        ("judging:list", _("To rate")),
        ("judging:board", _("By cohort")),
        ("judging:rubrics", _("Rubrics")),
    )
    return [
        {"label": label, "url": reverse(name, args=[request.organisation.key]), "current": name == current}
        for name, label in places
    ]


def to_list(request: Request, *further: Crumb) -> list[Crumb]:
    """Crumbs from where practical work begins for this reader."""
    return [step(request, _("Practical work"), first_page(request.actor)), *further]


def to_rubrics(request: Request, *further: Crumb) -> list[Crumb]:
    """Crumbs from the list of rubrics on."""
    return [step(request, _("Rubrics"), "judging:rubrics"), *further]


def found(public_id: str) -> Practical:
    """A practical assessment that the reader sees."""
    return get_object_or_404(queries.practicals(), public_id=plain_id(public_id))


def found_rubric(public_id: str) -> Rubric:
    """A rubric that the reader sees."""
    return get_object_or_404(queries.rubrics(), public_id=plain_id(public_id))


def found_rater(public_id: str) -> Rater:
    """A rater whom the reader sees."""
    return get_object_or_404(queries.raters(), public_id=plain_id(public_id))


def found_work(practical: Practical, enrolment: str) -> tuple[Enrolment, Work]:
    """An apprentice who is judged here and whom the reader sees or rates."""
    rater = queries.raters_at(practical).filter(enrolment__public_id=plain_id(enrolment)).first()
    if rater is None:
        raise Http404
    works = queries.works(practical, [rater.enrolment_id])
    return rater.enrolment, works[rater.enrolment_id]
