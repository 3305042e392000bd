"""All pairs of a house: who has nobody, who carries how much, which mentors of rosters no pair knows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from craftpath.delivery.web.pairing import saying
from craftpath.delivery.web.pairing.places import looks_after, sees_names, tabs
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.apprenticeships.queries import cohorts, enrolments
from craftpath.domain.pairing import queries, rules
from craftpath.domain.pairing.loads import Load, loads, places_of, teachers_at
from craftpath.domain.pairing.texts import KINDS
from craftpath.kernel.roles import Permission

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Cohort
    from craftpath.kernel.organisations import Organisation
from craftpath.values.period import FOREVER

A_PAGE = 50
NAMED = 12  # learners of one teacher before "and more"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the reader filters by: a place, a cohort, one teacher."""

    place: str
    cohort: str
    person: str


@dataclass(frozen=True, slots=True)
class TeacherLine:
    """A teacher at a place as a row."""

    load: Load
    bar: saying.Bar
    until: str
    late: bool
    learners: Sequence[tuple[str, str]]
    more: int
    leaves: bool
    """whether others would have to be found for apprentices"""


@require_GET
@needs(Permission.SEE_FIGURES, Permission.FORM_PAIRS)
def board(request: Request, organisation: str) -> HttpResponse:
    """Figures for everybody who sees figures; names for those who also see persons. The same queries for 5 and 500."""
    wanted = Wanted(*(plain_key(request.GET.get(name, "")) for name in ("place", "cohort", "person")))
    places, running = list(places_of(request.organisation)), list(cohorts().exclude(state="planned"))
    people = enrolments().filter(state="active", starts_on__lte=request.today)
    if wanted.place:
        people = people.filter(enterprise__key=wanted.place)
    if wanted.cohort:
        people = people.filter(cohort__public_id=wanted.cohort)
    gaps = queries.without_teacher(people.filter(queries.nobody_responsible(request.today)), request.today)
    carried = _carried(request, places, wanted)
    total, late = people.count(), sum(gap.late for gap in gaps)
    context: dict[str, Any] = {
        "figures": {
            "with": total - len(gaps),
            "total": total,
            "without": len(gaps),
            "late": late,
            "over": sum(load.standing == "over" for load in carried),
        },
        "names": sees_names(request.actor),
        "may": looks_after(request.actor),
        "tabs": tabs(request, "pairing:board"),
    }
    if context["names"]:
        context |= _named(request, wanted, places, running, gaps, carried)
    return render(request, "pairing/board.html", context)


def plain_key(given: str) -> str:
    """A key or an id of an address, or nothing if it cannot be one."""
    return given if plain_id(given.replace("-", "x")) else ""


def _carried(request: Request, places: Sequence[Organisation], wanted: Wanted) -> list[Load]:
    some = [place for place in places if wanted.place in ("", place.key)]
    found = loads(teachers_at(some, request.today), request.today)
    if wanted.person:
        found = [load for load in found if load.person.public_id == wanted.person]
    if wanted.cohort:
        found = [load for load in found if any(_of_cohort(bond, wanted.cohort) for bond in load.seen)]
    return found


def _of_cohort(bond: Any, cohort: str) -> bool:
    return bond.enrolment is not None and bond.enrolment.cohort.public_id == cohort


def _named(
    request: Request,
    wanted: Wanted,
    places: Sequence[Organisation],
    running: Sequence[Cohort],
    gaps: Sequence[queries.Gap],
    carried: Sequence[Load],
) -> dict[str, Any]:
    may = looks_after(request.actor)
    waiting = queries.from_rosters() if may else {}
    rosters = [
        (row, waiting[row.pk])
        for row in running
        if row.pk in waiting and rules.may_pair(request.actor, row.organisation)
    ]
    order = {"over": 0, "full": 1, "free": 2}
    carried = sorted(carried, key=lambda load: order[load.standing])
    gap_page = Paginator(gaps, A_PAGE).get_page(request.GET.get("gaps"))
    page = Paginator(carried, A_PAGE).get_page(request.GET.get("page"))
    used = {load.place.pk for load in carried}
    chosen = next((load.person.name for load in carried if wanted.person), "")
    return {
        "rosters": rosters,
        "wishes": queries.wishes().filter(state="asked").exclude(person=request.user).count() if may else 0,
        "gap_page": gap_page,
        "page": page,
        "teachers": [_line(request, load) for load in page.object_list],
        "kinds": list(KINDS.items()),
        "place_choices": [(p.key, text(p.name)) for p in places if p.pk in used or p.key == wanted.place],
        "cohort_choices": [(row.public_id, text(row.name)) for row in running],
        "wanted": wanted,
        "only": chosen,
        "filtered": bool(wanted.place or wanted.cohort or wanted.person),
    }


def _line(request: Request, load: Load) -> TeacherLine:
    until = load.qualified.end if load.qualified and load.qualified.end < FOREVER else None
    shown = load.seen[:NAMED]
    return TeacherLine(
        load,
        saying.bar(load),
        saying.last_day(until) if until else "",
        until is not None and (until - request.today).days <= 30,  # noqa: PLR2004 - as the duty says it
        [
            (bond.learner.name, reverse("pairing:pair", args=[request.organisation.key, bond.pair.public_id]))
            for bond in shown
        ],
        load.learners - len(shown),
        any(kind == "master_apprentice" for kind, _ in load.kinds),
    )
