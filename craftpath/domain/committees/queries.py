"""Reading committees: one with its sides and seats, meetings, motions, decisions; what waits."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Count, Q

from craftpath.domain.committees.models import (
    AgendaItem,
    Ballot,
    Committee,
    Decision,
    Meeting,
    Motion,
    Present,
    Seat,
    held_on,
)
from craftpath.engines.voting import Rule, Tally, Voice, Vote, count
from craftpath.values.ref import Ref

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from craftpath.kernel.people import Person


def committees() -> models.QuerySet[Committee]:
    """Those of the open scope with their sides, by name of their keeper, the newest first."""
    rows = Committee.objects.select_related("organisation").prefetch_related("sides__organisation")
    return rows.order_by("-made_at", "-pk")


def of_owner(owner: Ref) -> models.QuerySet[Committee]:
    """The committees of one owner."""
    return committees().filter(owner=str(owner))


def seats_of(committee: Committee) -> list[Seat]:
    """All seats, ended ones too: by side, the chair first."""
    rows = committee.seats.select_related("person", "deputy", "side__organisation")
    kinds = models.Case(models.When(kind="chair", then=0), models.When(kind="vote", then=1), default=2)
    return list(rows.order_by("side__order", kinds, "starts_on", "pk"))


def meetings() -> models.QuerySet[Meeting]:
    """The meetings of the open scope, the latest first."""
    rows = Meeting.objects.select_related("committee__organisation", "document")
    return rows.prefetch_related("committee__sides__organisation").order_by("-starts_at", "-pk")


def items_of(meeting: Meeting) -> list[AgendaItem]:
    """The agenda with the motions to each item."""
    rows = meeting.items.select_related("brought_by", "paper").prefetch_related("motions")
    return list(rows.order_by("order"))


def items() -> models.QuerySet[AgendaItem]:
    """The agenda items of the open scope."""
    return AgendaItem.objects.select_related("meeting__committee", "paper")


def motions() -> models.QuerySet[Motion]:
    """The motions of the open scope, the newest first, each with the number of votes that were cast."""
    rows = Motion.objects.select_related("committee__organisation", "item__meeting", "made_by")
    return rows.annotate(votes=Count("ballots")).order_by("-made_at", "-pk")


def decisions() -> models.QuerySet[Decision]:
    """The decisions of the open scope, open ones first, by the day they are due."""
    rows = Decision.objects.select_related(
        "committee", "meeting", "motion", "owner__person", "owner__deputy", "owner__side__organisation", "ended_by"
    )  # fmt: skip
    first = models.Case(models.When(state="open", then=0), default=1)
    return rows.order_by(first, "due_on", "pk")


def ballots_of(motion: Motion) -> dict[int, Ballot]:
    """seat id → how it voted."""
    return {row.seat_id: row for row in motion.ballots.select_related("cast_by")}


def tally_of(motion: Motion, day: date) -> Tally:
    """The count as it would come out on this day; ended seats count no more."""
    seats = [seat for seat in seats_of(motion.committee) if seat.votes and seat.holds(day)]
    held = {seat.pk: seat for seat in seats}
    whole: dict[str, int] = {}
    for seat in seats:
        side = str(seat.side_id)
        whole[side] = whole.get(side, 0) + 1
    votes = [
        Vote(str(held[seat].side_id), Voice(row.voice))
        for seat, row in ballots_of(motion).items()
        if seat in held and row.voice
    ]
    return count(votes, whole, rule=Rule(motion.rule), quorum=motion.quorum)


def next_meetings(owners: Iterable[Ref], at: datetime) -> dict[str, Meeting]:
    """owner → the next meeting that is planned for one of its committees; one query."""
    rows = meetings().filter(
        committee__owner__in=[str(owner) for owner in owners], state="planned", starts_at__gte=at
    )
    found: dict[str, Meeting] = {}
    for row in rows.order_by("starts_at", "pk"):
        found.setdefault(row.committee.owner, row)
    return found


def decided_in(owner: Ref, first: date, last: date, zone: ZoneInfo) -> models.QuerySet[Decision]:
    """The decisions of an owner's committees that were made between two days of a place, whoever reads it where."""
    begin = datetime.combine(first, time(), tzinfo=zone)
    end = datetime.combine(last + timedelta(days=1), time(), tzinfo=zone)
    return decisions().filter(committee__owner=str(owner), made_at__gte=begin, made_at__lt=end)


def seats() -> models.QuerySet[Seat]:
    """The seats of the open scope."""
    return Seat.objects.select_related("committee", "person", "deputy", "side__organisation")


def chaired_by(person: Person | None, day: date) -> set[int]:
    """Ids of the committees in which somebody holds the chair on a day, or deputises for it; one query."""
    if person is None:
        return set()
    rows = seats().filter(held_on(day), Q(person=person) | Q(deputy=person), kind="chair", starts_on__lte=day)
    return set(rows.order_by().values_list("committee_id", flat=True))


def present_at(meeting: Meeting) -> models.QuerySet[Present]:
    """Who was there, by side."""
    rows = meeting.present.select_related("seat__person", "seat__deputy", "seat__side__organisation")
    return rows.order_by("seat__side__order", "seat__pk")


def who_was_at(meeting: str) -> list[Person]:
    """The people who were at a meeting, whoever sees it: members, and deputies in the place of theirs."""
    rows = Present.objects.filter(meeting__public_id=meeting).select_related("seat__person", "seat__deputy")
    people = [row.seat.deputy if row.by_deputy else row.seat.person for row in rows.order_by("pk")]
    return [person for person in dict.fromkeys(people) if person is not None]
