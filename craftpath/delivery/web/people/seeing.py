"""What one person sees here, and why: asked by opening that person's own scope, so no rule stands here twice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from craftpath.delivery.web.people.listing import STATES, state_of
from craftpath.delivery.web.people.places import tabs
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.words import PERMISSION_NAMES
from craftpath.domain.apprenticeships.queries import cohorts, enrolments, enrolments_with
from craftpath.domain.apprenticeships.texts import PARTY_ROLES
from craftpath.domain.evaluation.queries import results
from craftpath.domain.programmes.queries import schemes
from craftpath.kernel.access import Actor, Membership, actor_in
from craftpath.kernel.factors import has_second_factor
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.roles import Permission
from craftpath.kernel.sheets import imports
from craftpath.kernel.signin import memberships_of, people_of
from craftpath.kernel.tenancy import Scope, looking_for

SAMPLE = 8

# What is counted, and which permissions open a page of it; without one of them the rows are there and stay shut.
KINDS: dict[str, tuple[Any, Callable[[], QuerySet[Any]], frozenset[Permission]]] = {
    "cohorts": (_("Cohorts"), cohorts, frozenset({Permission.SEE_FIGURES, Permission.SEE_RESULTS})),
    "apprentices": (_("Apprentices"), enrolments, frozenset({Permission.SEE_RESULTS})),
    "results": (_("Results"), results, frozenset({Permission.SEE_RESULTS})),
    "imports": (_("Imports"), imports, frozenset({Permission.IMPORT_MARKS, Permission.IMPORT_ROSTER})),
    "schemes": (_("Schemes"), schemes, frozenset({Permission.SEE_FIGURES})),
}


@dataclass(frozen=True)
class Count:
    """How many rows of a kind are seen: through the organisation, and as a party or as one's own."""

    label: Any
    total: int
    through: int
    opened: bool

    @property
    def own(self) -> int:
        """Those that are seen for another reason than the organisation."""
        return self.total - self.through


@dataclass(frozen=True)
class Sample:
    """One apprentice and why he or she is seen."""

    enrolment: Any
    reason: Any


@dataclass(frozen=True)
class View:
    """What one organisation shows to the person today."""

    organisation: Organisation
    actor: Actor
    below: int
    counts: dict[str, Count]
    samples: list[Sample]
    hidden: int

    @property
    def permissions(self) -> list[Any]:
        """What the roles allow, in words."""
        return [PERMISSION_NAMES[one] for one in Permission if one in self.actor.permissions]


@require_safe
@needs(Permission.MANAGE_PEOPLE)
def person(request: Request, organisation: str, person: str) -> HttpResponse:
    """The page; people of others are not found, nor is said where else somebody works."""
    here = people_of(request.organisation, request.today)
    found = here.filter(public_id=plain_id(person)).first()
    if found is None:
        gone = Person.objects.filter(public_id=plain_id(person), merged_into__in=here).select_related(
            "merged_into"
        )
        if (row := gone.first()) is not None and row.merged_into is not None:
            return redirect("people:person", organisation, row.merged_into.public_id)
        raise Http404
    held = memberships_of([found], request.today).get(found.pk, [])
    inside = [row for row in held if row.organisation.path.startswith(request.organisation.path)]
    shown = {
        "person": found,
        "memberships": inside,
        "elsewhere": len(inside) < len(held),
        "views": views_of(request, found, inside),
        "state": STATES[state_of(found)],
        "factor": has_second_factor(found),
        "tabs": tabs(request, "people:list"),
    }
    return render(request, "people/person.html", shown)


def views_of(request: Request, found: Person, held: list[Membership]) -> list[View]:
    """What each organisation where the person has a role shows today; a role that begins later shows nothing yet."""
    places = {row.organisation_id: row.organisation for row in held}
    actors = [actor_in(found, place, request.today) for place in places.values()]
    return [_view(request, found, actor) for actor in actors if actor is not None]


def _view(request: Request, found: Person, actor: Actor) -> View:
    place = actor.organisation
    if place is None:
        raise Http404
    scope = actor.scope
    counts = {
        key: Count(label, _count(rows, scope), _through(rows, scope), bool(actor.permissions & opens))
        for key, (label, rows, opens) in KINDS.items()
    }
    with looking_for(scope):
        shown = list(enrolments()[:SAMPLE])
        with_party = _party_of(found, [row.pk for row in shown])
    # What the reader does not see as well is counted and not named.
    known = set(enrolments().filter(pk__in=[row.pk for row in shown]).values_list("pk", flat=True))
    samples = [
        Sample(row, _reason(row, found, scope, with_party.get(row.pk, "")))
        for row in shown
        if row.pk in known
    ]
    below = place.below().count() if scope.path else 1
    return View(place, actor, below, counts, samples, counts["apprentices"].total - len(samples))


def _count(rows: Callable[[], QuerySet[Any]], scope: Scope) -> int:
    with looking_for(scope):
        return rows().count()


def _through(rows: Callable[[], QuerySet[Any]], scope: Scope) -> int:
    """Those that the organisation alone would show: the same question, asked as nobody in particular."""
    return _count(rows, Scope(path=scope.path))


def _party_of(found: Person, ids: list[int]) -> dict[int, str]:
    """enrolment id → as what the person is party to it."""
    return {
        pk: role
        for role in PARTY_ROLES
        for pk in enrolments_with(found, role).filter(pk__in=ids).values_list("pk", flat=True)
    }


def _reason(row: Any, found: Person, scope: Scope, party: str) -> Any:
    if row.person_id == found.pk:
        return _("own record")
    if scope.path:
        inside = row.cohort.organisation.path.startswith(scope.path)
        return _("through the cohort's organisation") if inside else _("through the enterprise")
    return PARTY_ROLES[party] if party else _("as a party")
