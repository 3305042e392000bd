"""Giving a complaint to somebody, and taking it from whoever may not have it any more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import Count, Q

from craftpath.domain.care.facts import HandlersChanged
from craftpath.domain.care.models import Complaint, Handler, Named
from craftpath.domain.care.routing import HANDLING, Seat, eligible
from craftpath.domain.care.states import OPEN
from craftpath.kernel.access import Actor, memberships_on
from craftpath.kernel.facts import tell
from craftpath.kernel.organisations import Kind, Organisation
from craftpath.kernel.roles import Role
from craftpath.kernel.tenancy import STEP


def local_day(complaint: Complaint, at: datetime) -> date:
    """The day of a moment where the complaint began."""
    return at.astimezone(ZoneInfo(complaint.organisation.time_zone)).date()


def who_may(complaint: Complaint, day: date) -> list[Seat]:
    """The seats that may handle it on this day, nearest first; three queries at most."""
    named = set(Named.objects.filter(complaint=complaint).values_list("named_id", flat=True))
    path = complaint.organisation.path
    here = Q(
        organisation__path__in=[path[:end] for end in range(STEP, len(path) + 1, STEP)],
        role__in=[role.value for role in HANDLING],
        person__is_active=True,
    )
    rows = memberships_on(day).filter(here | Q(person__in=named))
    seats = [Seat(row.person_id, row.organisation.path, Role(row.role)) for row in rows]
    return eligible(
        seats,
        path=path,
        complainant=complaint.person_id,
        named=named,
        insiders=_insiders(complaint.about_organisation, {seat.person_id for seat in seats}, day),
    )


def _insiders(about: Organisation | None, people: Collection[int], day: date) -> set[int]:
    """Those of these people who belong to the organisation that the complaint is about.

    A college has its campuses and an enterprise its sites; a city is not every organisation in it.
    """
    if about is None:
        return set()
    rows = memberships_on(day).filter(person__in=people)
    if about.kind in (Kind.CITY, Kind.MINISTRY):
        rows = rows.filter(organisation=about)
    else:
        rows = rows.filter(organisation__path__startswith=about.path)
    return set(rows.values_list("person_id", flat=True))


def settle_handlers(complaint: Complaint, *, because: str, by: Actor, at: datetime) -> list[Handler]:
    """Take it from whoever may not handle it, and find somebody if nobody is left; returns who handles it now.

    The caller holds the complaint. With nobody at the organisation or above the list is empty, and the complainant
    is told so.
    """
    seats = who_may(complaint, local_day(complaint, at))
    allowed = {seat.person_id for seat in seats}
    held = list(Handler.objects.filter(complaint=complaint, ended_at__isnull=True))
    out = [row for row in held if row.handler_id not in allowed]
    Handler.objects.filter(pk__in=[row.pk for row in out]).update(ended_at=at, ended_because=because)
    left = [row for row in held if row.handler_id in allowed]
    if not left and seats:
        left = [_assign(complaint, _freest(seats), at)]
    if out or len(left) != len(held):
        tell(HandlersChanged(complaint.public_id, because), by=by, at=at, subject=complaint.ref)
    return left


def pass_on(complaint: Complaint, handler: Handler, *, by: Actor, at: datetime) -> Handler | None:
    """End one handler and give it to somebody else who may; None, and nothing changed, if there is nobody."""
    seats = [
        seat for seat in who_may(complaint, local_day(complaint, at)) if seat.person_id != handler.handler_id
    ]
    if not seats:
        return None
    Handler.objects.filter(pk=handler.pk).update(ended_at=at, ended_because="handed_over")
    others = set(
        Handler.objects.filter(complaint=complaint, ended_at__isnull=True).values_list(
            "handler_id", flat=True
        )
    )
    fresh = [seat for seat in seats if seat.person_id not in others]
    made = _assign(complaint, _freest(fresh), at) if fresh else None
    tell(HandlersChanged(complaint.public_id, "handed_over"), by=by, at=at, subject=complaint.ref)
    return made or Handler.objects.filter(complaint=complaint, ended_at__isnull=True).first()


def _assign(complaint: Complaint, seat: Seat, at: datetime) -> Handler:
    made = Handler(
        complaint=complaint,
        handler_id=seat.person_id,
        organisation=Organisation.objects.get(path=seat.path),
        assigned_at=at,
    )
    made.save()
    return made


def _freest(seats: list[Seat]) -> Seat:
    """Of the nearest organisation and the first role asked there, whoever handles fewest open complaints."""
    first = seats[0]
    peers = [seat for seat in seats if (seat.path, seat.role) == (first.path, first.role)]
    rows = Handler.objects.filter(
        handler__in=[seat.person_id for seat in peers], ended_at__isnull=True, complaint__state__in=OPEN
    )
    load = Counter(dict(rows.values_list("handler_id").annotate(Count("pk")).order_by()))
    return min(peers, key=lambda seat: (load[seat.person_id], seat.person_id))
