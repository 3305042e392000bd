"""Who works where: people with the places at which they have roles, and what share of their sessions is where."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from craftpath.delivery.web.places.finding import tabs
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.words import ROLE_NAMES
from craftpath.domain.learning.queries import minutes_taught
from craftpath.kernel.access import memberships_on
from craftpath.kernel.people import Person
from craftpath.kernel.roles import Permission, Role

A_PAGE = 40
SPAN = timedelta(days=28)


@dataclass(frozen=True, slots=True)
class At:
    """A place of somebody: roles there, and the share of the hours taught."""

    place: str
    roles: str
    share: int | None


@dataclass(frozen=True, slots=True)
class Worker:
    """Somebody with all places here and below."""

    person: Person
    places: list[At]


@require_GET
@needs(Permission.MANAGE_PEOPLE)
def staff(request: Request, organisation: str) -> HttpResponse:
    """Those with most places first; the same queries for ten people and for a hundred."""
    held = memberships_on(request.today).filter(
        organisation__path__startswith=request.organisation.path, person__is_active=True
    ).exclude(role=Role.APPRENTICE.value)  # fmt: skip
    people: dict[int, Person] = {}
    where: dict[int, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    names: dict[int, str] = {}
    for row in held.select_related("person", "organisation").order_by(
        "person__name", "person_id", "organisation__path"
    ):
        people[row.person_id] = row.person
        names[row.organisation_id] = text(row.organisation.name)
        where[row.person_id][row.organisation_id].append(str(ROLE_NAMES[Role(row.role)]))
    only = "several" in request.GET
    ordered = [pk for pk in sorted(people, key=lambda pk: -len(where[pk])) if not only or len(where[pk]) > 1]
    page = Paginator(ordered, A_PAGE).get_page(request.GET.get("page"))
    taught = minutes_taught(list(page.object_list), request.at - SPAN, request.at)
    workers = [
        Worker(
            people[pk],
            [
                At(names[place], " · ".join(roles), _share(taught.get(pk, {}), place))
                for place, roles in where[pk].items()
            ],
        )
        for pk in page.object_list
    ]
    context = {
        "workers": workers, "page": page, "only": only, "tabs": tabs(request, "staff"),
        "several": sum(len(places) > 1 for places in where.values()),
    }  # fmt: skip
    return render(request, "places/staff.html", context)


def _share(taught: dict[int, int], place: int) -> int | None:
    total = sum(taught.values())
    return round(100 * taught.get(place, 0) / total) if total else None
