"""Where somebody is among the pages of groups: tabs, crumbs, the row that an address names, the own class."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from craftpath.delivery.web.questions.places import own_class
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.trail import Crumb, here, step
from craftpath.domain.apprenticeships.queries import cohorts
from craftpath.domain.groups import queries
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import Refused, not_now

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from craftpath.domain.apprenticeships.models import Cohort
    from craftpath.domain.groups.models import GroupSession, StudyGroup


def tabs(request: Request, current: str) -> list[dict[str, Any]]:
    """The pages beside one another, as far as they are somebody's."""
    learns = request.actor.sees_only_own
    places = [
        ("groups:list", pgettext("of study groups", "My groups"), learns),
        ("groups:topics", _("What I offer and want"), learns),
        ("groups:tended", pgettext("of study groups", "All"), tends(request)),
        ("groups:matches", _("Who could learn with whom"), True),
    ]
    return [
        {"label": label, "url": reverse(name, args=[request.organisation.key]), "current": name == current}
        for name, label, shown in places
        if shown
    ]


def tends(request: Request) -> bool:
    """Whether somebody looks after the classes here."""
    return Permission.HOLD_SESSIONS in request.actor.permissions


def to_group(request: Request, row: StudyGroup, *further: str) -> list[Crumb]:
    """Crumbs from the list over a group."""
    page = "groups:tended" if tends(request) else "groups:list"
    way = [step(request, pgettext("in the rail", "Study groups"), page)]
    if further:
        way.append(step(request, row.goal, "groups:group", row.public_id))
    return [*way, *(here(one) for one in further)]


def found(public_id: str) -> StudyGroup:
    """A group that the reader sees."""
    return get_object_or_404(queries.groups(), public_id=plain_id(public_id))


def found_session(public_id: str) -> GroupSession:
    """A session of a group that the reader sees."""
    return get_object_or_404(queries.sessions(), public_id=plain_id(public_id))


def classes(request: Request) -> QuerySet[Cohort]:
    """The classes for which somebody who looks after some forms groups here."""
    rows = cohorts().filter(organisation__path__startswith=request.organisation.path)
    return rows.exclude(state="completed")


def class_of(request: Request, public_id: str = "") -> Cohort | None:
    """One's own class; for those who look after some the one that is named, else the first."""
    own = own_class(request)
    if own is not None:
        return own.cohort
    if not tends(request):
        return None
    rows = classes(request)
    named = rows.filter(public_id=plain_id(public_id)).first() if public_id else None
    return named or rows.first()


def required(cohort: Cohort | None) -> Cohort:
    """A class, or the refusal that there is none."""
    if cohort is None:
        raise Refused(not_now("groups.learns_nowhere"))
    return cohort
