"""Where somebody is among the pages of early help, and the rows that addresses name; 404 for whom they are not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.trail import Crumb, here, step
from craftpath.domain.apprenticeships.queries import enrolments
from craftpath.domain.support import queries, rules
from craftpath.kernel.roles import Permission

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from craftpath.domain.apprenticeships.models import Enrolment
    from craftpath.domain.support.models import Look


def tabs(request: Request, current: str) -> list[dict[str, Any]]:
    """The pages beside one another."""
    runs = Permission.RUN_SUPPORT in request.actor.permissions
    places = [
        ("list", pgettext("early help", "Needs a word"), True),
        ("helped", pgettext("early help", "To look at again"), True),
        ("corrections", pgettext("early help", "To put right"), runs),
        ("model", pgettext("early help", "How right this is"), True),
    ]
    key = request.organisation.key
    return [
        {"label": label, "url": reverse(f"support:{name}", args=[key]), "current": name == current}
        for name, label, there in places
        if there
    ]


def whose(request: Request) -> QuerySet[Look]:
    """Those for whom the reader is responsible: everybody of the college for its office, else the own apprentices."""
    if rules.sees_all_at(request.actor, request.organisation):
        return queries.of_college(request.organisation).exclude(enrolment__person=request.user)
    return queries.of_people_worked_with(request.user)


def found(request: Request, public_id: str) -> Enrolment:
    """An apprentice for whom the reader is responsible, else 404."""
    row = get_object_or_404(enrolments(), public_id=plain_id(public_id))
    seen(request, row)
    return row


def seen(request: Request, enrolment: Enrolment) -> None:
    """404 for everybody else."""
    if not rules.may_see(request.actor, enrolment):
        raise Http404


def to_one(request: Request, row: Enrolment) -> list[Crumb]:
    """From the list to one."""
    return [step(request, _("Early help"), "support:list"), here(row.person.name)]
