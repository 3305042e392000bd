"""How many somebody may teach at a place, and for which days somebody is qualified: one row a person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from craftpath.delivery.web.pairing.places import tabs
from craftpath.delivery.web.pairing.saying import last_day
from craftpath.delivery.web.shell.days import EARLIEST, LATEST
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request
from craftpath.domain.apprenticeships.queries import hosts_below
from craftpath.domain.pairing import queries, rules
from craftpath.domain.pairing.actions import set_standing
from craftpath.domain.pairing.loads import Load, loads, places_of, teachers_at
from craftpath.domain.pairing.rules import MOST
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import Refused, not_now, require

if TYPE_CHECKING:
    from craftpath.domain.pairing.models import Standing

PARTS = ("capacity", "qualification", "from", "until")
LONGEST = 120
A_PAGE = 50  # places
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class StandingRow:
    """One teacher as it is typed."""

    key: str
    load: Load
    given: Mapping[str, str]
    kept: Standing | None

    @property
    def last(self) -> str:
        """The last day of the qualification, in words."""
        until = self.kept.qualified_until if self.kept else None
        return last_day(until) if until else "–"


@dataclass(frozen=True, slots=True)
class PlaceRows:
    """A place with its teachers."""

    place: Organisation
    rows: list[StandingRow]
    may: bool
    said: str = ""


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.SEE_FIGURES, Permission.FORM_PAIRS)
def teachers(request: Request, organisation: str) -> HttpResponse:
    """A form for each place; who forms pairs there writes, the others read."""
    require(request.actor.may(Permission.SEE_RESULTS))
    places, hosts = list(places_of(request.organisation)), hosts_below(request.organisation)
    said: dict[int, str] = {}
    status = 200
    if request.method == "POST":
        place = next((one for one in places if one.key == request.POST.get("place", "")), None)
        if place is None:
            require(request.actor.may(Permission.FORM_PAIRS))
            raise Http404
        require(rules.may_stand(request.actor, place, hosts))
        try:
            changed = _keep(request, place)
        except Refused as refused:
            if refused.verdict.who:
                raise
            said, status = {place.pk: sentence(refused.verdict)}, 422
        else:
            messages.success(request, _("Kept; changed: %(count)s.") % {"count": changed})
            return redirect("pairing:teachers", organisation)
    shown = _places(request, places, hosts, said)
    page = Paginator(shown, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "places": page.object_list,
        "page": page,
        "most": MOST,
        "tabs": tabs(request, "pairing:teachers"),
    }
    return render(request, "pairing/teachers.html", context, status=status)


def _places(
    request: Request, places: list[Organisation], hosts: set[int], said: dict[int, str]
) -> list[PlaceRows]:
    kept = queries.standings_at(places)
    by_place: dict[int, list[StandingRow]] = {}
    for load in loads(teachers_at(places, request.today), request.today):
        row = kept.get((load.place.pk, load.person.pk))
        key = load.person.public_id
        posted = request.POST if load.place.pk in said else {}
        given = {part: posted.get(f"{part}-{key}", value) for part, value in _as_typed(load, row).items()}
        by_place.setdefault(load.place.pk, []).append(StandingRow(key, load, given, row))
    return [
        PlaceRows(
            place,
            by_place[place.pk],
            bool(rules.may_stand(request.actor, place, hosts)),
            said.get(place.pk, ""),
        )
        for place in places
        if place.pk in by_place
    ]


def _as_typed(load: Load, row: Standing | None) -> dict[str, str]:
    """What is kept, as the fields show it: the last day as people say it, the usual capacity where nobody said one."""
    return {
        "capacity": str(load.capacity),
        "qualification": row.qualification if row else "",
        "from": row.qualified_from.isoformat() if row and row.qualified_from else "",
        "until": (row.qualified_until - DAY).isoformat() if row and row.qualified_until else "",
    }


def _keep(request: Request, place: Organisation) -> int:
    """Save what differs, all or nothing; returns how many."""
    changed = 0
    kept = queries.standings_at([place])
    with transaction.atomic():
        for load in loads(teachers_at([place], request.today), request.today):
            key = load.person.public_id
            if f"capacity-{key}" not in request.POST:
                continue
            before = _as_typed(load, kept.get((place.pk, load.person.pk)))
            given = {part: request.POST.get(f"{part}-{key}", "").replace("\0", "").strip() for part in PARTS}
            if given == before:
                continue
            set_standing(
                load.person, organisation=place, capacity=_number(given["capacity"]),
                qualification=given["qualification"][:LONGEST], qualified_from=_day(given["from"]),
                qualified_until=_after(_day(given["until"])), by=request.actor, at=request.at,
            )  # fmt: skip
            changed += 1
    return changed


def _number(given: str) -> int:
    if not (given.isascii() and given.isdecimal() and len(given) < 4):  # noqa: PLR2004 - beyond any capacity
        raise Refused(not_now("pairing.capacity_out_of_range", most=MOST))
    return int(given)


def _day(given: str) -> date | None:
    if not given:
        return None
    try:
        found = parse_date(given)
    except ValueError:
        found = None
    if found is None or not EARLIEST <= found <= LATEST:
        raise Refused(not_now("pairing.no_day", given=given[:20]))
    return found


def _after(last: date | None) -> date | None:
    return last + DAY if last is not None else None
