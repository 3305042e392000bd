"""Reading rounds: those of an office, one with its people and proposals, what is asked of somebody."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Count, Q

from craftpath.domain.matching.models import (
    Mark,
    Preference,
    Profile,
    Proposal,
    ProposedPair,
    Round,
    Seat,
    TravelTime,
)

if TYPE_CHECKING:
    from craftpath.kernel.organisations import Organisation
    from craftpath.kernel.people import Person


def rounds() -> models.QuerySet[Round]:
    """The rounds of the open scope, the newest first, each with how many learn in it as `learning`."""
    learning = Count("seats", filter=~Q(seats__side="teaches"), distinct=True)
    teaching = Count("seats", filter=~Q(seats__side="learns"), distinct=True)
    rows = Round.objects.select_related("organisation", "leaving").annotate(
        learning=learning, teaching=teaching
    )
    return rows.order_by("-opened_at", "-pk")


def proposals(row: Round) -> list[Proposal]:
    """The proposals of a round that are kept, the newest first."""
    return list(row.proposals.order_by("-number"))


def proposed(proposal: Proposal) -> list[ProposedPair]:
    """The arrows of a proposal with everybody in them, by teacher and learner."""
    rows = ProposedPair.objects.filter(proposal=proposal).select_related(
        "teacher__person", "teacher__place", "learner__person", "learner__place", "learner__enrolment__cohort"
    )
    return list(rows.order_by("teacher__person__name", "teacher_id", "-share", "learner__person__name", "pk"))


def marks(row: Round) -> list[Mark]:
    """The pins and bans of a round, by name."""
    rows = row.marks.select_related("teacher__person", "learner__person")
    return list(rows.order_by("learner__person__name", "teacher__person__name", "pk"))


def asked_of(person: Person, today: date) -> models.QuerySet[Seat]:
    """The seats of somebody in rounds that ask whom one would like, those that end first first."""
    rows = Seat.objects.filter(
        person=person, round__in=Round.objects.filter(state="asking", answers_until__gte=today)
    )
    return rows.select_related("round__organisation", "person").order_by("round__answers_until", "pk")


def may_be_wanted(seat: Seat) -> list[Seat]:
    """Whom somebody in a round may name: the other side, in a chain whoever stands above; by name."""
    rows = Seat.objects.filter(round=seat.round).select_related("person", "place", "enrolment__cohort")
    rows = rows.exclude(side=seat.side) if seat.side != "both" else rows.filter(level__gt=seat.level)
    return list(rows.order_by("person__name", "pk"))


def wanted_by(seat: Seat) -> list[int]:
    """The seats that somebody named, the first first."""
    return list(Preference.objects.filter(seat=seat).order_by("rank").values_list("wanted_id", flat=True))


def stated(row: Round) -> int:
    """How many people of a round have said whom they would like; of them nothing else."""
    return int(
        Preference.objects.filter(seat__round=row).aggregate(people=Count("seat", distinct=True))["people"]
    )


def profiles_of(people: Iterable[int]) -> dict[int, Profile]:
    """person id → the profile, whoever asks: callers have looked at who may."""
    return {row.person_id: row for row in Profile._base_manager.filter(person__in=set(people))}


def travel_times(organisation: Organisation) -> models.QuerySet[TravelTime]:
    """The travel times that an office keeps, by place."""
    rows = TravelTime.objects.filter(organisation=organisation).select_related("one", "other")
    return rows.order_by("one__path", "other__path")
