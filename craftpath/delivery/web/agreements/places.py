"""Tabs, crumbs, and which organisations and cohorts the forms offer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.trail import Crumb, here, step
from craftpath.domain.agreements import queries, rules
from craftpath.domain.apprenticeships.queries import cohorts
from craftpath.kernel.organisations import Kind, Organisation
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import require

if TYPE_CHECKING:
    from craftpath.domain.agreements.models import Agreement
    from craftpath.domain.apprenticeships.models import Cohort

MOST_PLACES = 300


def tabs(request: Request, current: str) -> list[dict[str, Any]]:
    """Agreements, applications, absences, wage floors."""
    named = (
        ("agreements:list", _("With apprentices")),
        ("agreements:applications", _("Applications")),
        ("agreements:absences", _("Leave and absences")),
        ("agreements:floors", _("Wage floors")),
    )
    key = request.organisation.key
    return [
        {"url": reverse(name, args=[key]), "label": label, "current": name == current}
        for name, label in named
    ]


def enterprises(request: Request, *, every: bool = False) -> list[Organisation]:
    """Where somebody may work: a college reaches every enterprise, an enterprise itself and what lies below it."""
    own = request.organisation.below().filter(kind=Kind.ENTERPRISE)
    if not every and own.filter(pk=request.organisation.pk).exists():
        return list(own.order_by("path"))
    return list(Organisation.objects.filter(kind=Kind.ENTERPRISE).order_by("path")[:MOST_PLACES])


def open_cohorts() -> list[Cohort]:
    """Cohorts that still take somebody in."""
    return list(cohorts().exclude(state="completed"))


def readable(request: Request, public_id: str) -> Agreement:
    """An agreement that the actor may read, as it stands today; what lies outside the scope is not found."""
    found = get_object_or_404(queries.agreements(), public_id=public_id)
    require(rules.may_read(request.actor, found))
    [found] = queries.as_of([found], request.today)
    return found


def writable(request: Request, public_id: str) -> Agreement:
    """An agreement that the actor may write."""
    found = readable(request, public_id)
    require(rules.may_write(request.actor, found))
    return found


def trail(request: Request, agreement: Agreement, *more: Crumb) -> list[Crumb]:
    """Agreements, the apprentice's, and what comes after."""
    name = agreement.enrolment.person.name
    first = []
    if request.actor.may(Permission.SEE_AGREEMENTS):
        first = [step(request, _("Agreements"), "agreements:list")]
    if not more:
        return [*first, here(name)]
    return [*first, step(request, name, "agreements:agreement", agreement.public_id), *more]


def home(request: Request, agreement: Agreement) -> tuple[str, str, str]:
    """What `redirect` takes to come back to an agreement."""
    if not agreement.public_id:
        raise Http404
    return "agreements:agreement", request.organisation.key, agreement.public_id
