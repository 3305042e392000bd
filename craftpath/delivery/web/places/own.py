"""Somebody's places: every seat with one press to go there, the week across them, and whether the way fits between."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from craftpath.delivery.web.places.finding import tabs
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.words import ROLE_NAMES
from craftpath.domain.learning.queries import sessions_for
from craftpath.domain.places import queries
from craftpath.domain.places.texts import MODES
from craftpath.kernel.access import memberships_on
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.roles import Role
from craftpath.kernel.tenancy import Scope, looking_for

if TYPE_CHECKING:
    from craftpath.domain.learning.models import Session

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Stop:
    """A session in the week; `way` leads there from the one before, `late` is by how many minutes it is too long."""

    session: Session
    url: str
    way: queries.Minutes | None
    late: int


@dataclass(frozen=True, slots=True)
class Seat:
    """A place where somebody has roles."""

    place: Organisation
    roles: str
    since: date
    current: bool


@require_GET
def mine(request: Request, organisation: str) -> HttpResponse:
    """Every place that one has a role at, and the week of all of them in one."""
    mode = request.GET.get("mode", "") if request.GET.get("mode", "") in MODES else "bus"
    monday = _monday(request)
    rows = week_of(request, monday, mode)
    days = [
        (
            monday + timedelta(days=n),
            [one for one in rows if timezone.localdate(one.session.starts_at) == monday + timedelta(days=n)],
        )
        for n in range(7)
    ]
    context = {
        "tabs": tabs(request, "mine"),
        "seats": seats_of(request),
        "days": [(day, stops) for day, stops in days if stops],
        "late": sum(bool(one.late) for one in rows),
        "monday": monday,
        "sunday": monday + WEEK - timedelta(days=1),
        "before": (monday - WEEK).isoformat(),
        "after": (monday + WEEK).isoformat(),
        "mode": mode,
        "modes": [(key, str(words)) for key, words in MODES.items()],
    }
    return render(request, "places/mine.html", context)


def _monday(request: Request) -> date:
    try:
        given = date.fromisoformat(request.GET.get("week", ""))
    except ValueError:
        given = request.today
    given = given if 2000 <= given.year < 2100 else request.today
    return given - timedelta(days=given.weekday())


def seats_of(request: Request) -> list[Seat]:
    """One line a place, in the order of the tree."""
    held = memberships_on(request.today).filter(person=request.user).order_by("organisation__path", "pk")
    by_place: dict[Organisation, list[tuple[str, date]]] = {}
    for row in held:
        by_place.setdefault(row.organisation, []).append((str(ROLE_NAMES[Role(row.role)]), row.starts_on))
    return [
        Seat(
            place,
            " · ".join(role for role, _day in roles),
            min(day for _role, day in roles),
            place == request.organisation,
        )
        for place, roles in by_place.items()
    ]


def week_of(request: Request, monday: date, mode: str) -> list[Stop]:
    """The sessions of a week by their hours, wherever they are, each with the way from the one before on that day."""
    zone = timezone.get_current_timezone()
    start = datetime.combine(monday, time(), tzinfo=zone)
    with looking_for(Scope(person_id=request.user.pk)):
        rows = list(
            sessions_for(request.user, start, start + WEEK).exclude(state="cancelled").order_by("starts_at")
        )
    # An online session is held wherever one is; the way is from the last place to the next.
    ways = queries.ways_among({row.organisation_id for row in rows}, mode)
    return [_stop(request, row, _before(rows, n), ways) for n, row in enumerate(rows)]


def _before(rows: Sequence[Session], n: int) -> Session | None:
    day = timezone.localdate(rows[n].starts_at)
    earlier = [one for one in rows[:n] if one.mode != "online" and timezone.localdate(one.starts_at) == day]
    return earlier[-1] if earlier else None


def _stop(request: Request, row: Session, before: Session | None, ways: queries.Ways) -> Stop:
    url = reverse("learning:session", args=[request.organisation.key, row.public_id])
    if before is None or row.mode == "online" or before.organisation_id == row.organisation_id:
        return Stop(row, url, None, 0)
    way = ways.between(before.organisation_id, row.organisation_id)
    gap = int((row.starts_at - before.ends_at).total_seconds()) // 60
    return Stop(row, url, way, max(0, way.minutes - gap) if way is not None else 0)
