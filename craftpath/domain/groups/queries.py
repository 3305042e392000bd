"""Reading groups, their people, sessions, notes and tasks; offers and wishes of a class."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, Subquery

from craftpath.domain.apprenticeships.helping import mates_in
from craftpath.domain.forums.queries import forums_of
from craftpath.domain.groups.confirmed import Done, confirmed, contributions
from craftpath.domain.groups.holding import bounds, people_of, today_at
from craftpath.domain.groups.models import (
    GroupSession,
    Member,
    NotesVersion,
    Presence,
    StudyGroup,
    Swap,
    Task,
    Topic,
)
from craftpath.domain.groups.proposing import Arrow, Proposal, proposals
from craftpath.domain.groups.talk import KIND

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Enrolment
    from craftpath.domain.forums.models import Forum
    from craftpath.kernel.organisations import Organisation
    from craftpath.kernel.people import Person

__all__ = [
    "Arrow",
    "Done",
    "Proposal",
    "bounds",
    "confirmed",
    "contributions",
    "mates_in",
    "people_of",
    "proposals",
    "today_at",
]


AHEAD_OF_TURNS = timedelta(days=3)
"""How long before a session its turns wait for those whose they are."""


def groups() -> models.QuerySet[StudyGroup]:
    """The groups of the open scope, the newest first."""
    return StudyGroup.objects.select_related("organisation", "cohort").order_by("-formed_at", "-pk")


def listed(rows: models.QuerySet[StudyGroup]) -> models.QuerySet[StudyGroup]:
    """The same, each with how many are in (`count_in`) and when it meets next (`next_at`)."""
    inside = Member.objects.filter(group=OuterRef("pk"), state="in").order_by().values("group")
    coming = GroupSession._base_manager.filter(group=OuterRef("pk"), state="planned").order_by("starts_at")
    return rows.annotate(
        count_in=Subquery(inside.annotate(count=Count("pk")).values("count")),
        next_at=Subquery(coming.values("starts_at")[:1]),
    )


def mine(person: Person) -> models.QuerySet[StudyGroup]:
    """Those in which somebody is, is invited or asks to be, in the open scope."""
    rows = Member.objects.filter(group=OuterRef("pk"), person=person).exclude(state="outside")
    return groups().filter(Exists(rows))


def to_join(person: Person) -> models.QuerySet[StudyGroup]:
    """Groups that meet and take others, in which somebody is not."""
    rows = Member.objects.filter(group=OuterRef("pk"), person=person).exclude(state="outside")
    return groups().filter(~Exists(rows), open_to_join=True, state="alive")


def stuck(today: date) -> models.QuerySet[StudyGroup]:
    """Groups that meet and have not met for three of their rhythms, the longest first."""
    return groups().filter(state="alive", stuck_on__lte=today).order_by("stuck_on", "pk")


def to_confirm() -> models.QuerySet[StudyGroup]:
    """Groups that ended and whose result a trainer has not confirmed yet, the oldest first."""
    return groups().filter(state="ended").order_by("ended_at", "pk")


def states_of(person: Person, rows: Iterable[StudyGroup]) -> dict[int, str]:
    """Group id → what somebody is to it; one query."""
    found = Member.objects.filter(person=person, group__in=[row.pk for row in rows]).order_by()
    return dict(found.values_list("group_id", "state"))


def sessions() -> models.QuerySet[GroupSession]:
    """Sessions of the groups of the open scope."""
    return GroupSession.objects.select_related(
        "group__organisation", "group__cohort", "host", "brings", "held_by"
    )


def sessions_of(group: StudyGroup) -> list[GroupSession]:
    """All sessions of a group in time; one query."""
    rows = GroupSession._base_manager.filter(group=group).select_related("host", "brings")
    return list(rows.order_by("starts_at", "pk"))


def sessions_for(person: Person, first: datetime, last: datetime) -> models.QuerySet[GroupSession]:
    """Sessions between two moments of the groups that somebody is in: for the own calendar."""
    inside = Member.objects.filter(person=person, state="in").order_by()
    rows = GroupSession._base_manager.filter(
        group__in=inside.values("group_id"), starts_at__gte=first, starts_at__lt=last
    )
    return rows.select_related("group", "host", "brings").order_by("starts_at", "pk")


@dataclass(frozen=True, slots=True)
class There:
    """Who was at the sessions of a group: rows by session, and the open objections."""

    rows: dict[int, list[Presence]]
    disputed: list[Presence]


def there(group: StudyGroup) -> There:
    """Presences of a group; one query."""
    found: dict[int, list[Presence]] = {}
    rows = Presence.objects.filter(session__group=group).select_related("person", "session")
    for row in rows.order_by("session__starts_at", "pk"):
        found.setdefault(row.session_id, []).append(row)
    return There(found, [row for some in found.values() for row in some if row.disputed])


def presence(public_id: str) -> models.QuerySet[Presence]:
    """A row of attendance of a group that the reader sees."""
    rows = Presence.objects.select_related("session__group__organisation", "person")
    return rows.filter(public_id=public_id, session__in=GroupSession.objects.order_by().values("pk"))


def disputed() -> models.QuerySet[Presence]:
    """Objections in groups of the open scope that nobody has settled, the oldest first."""
    rows = Presence.objects.filter(session__in=GroupSession.objects.order_by().values("pk"))
    rows = rows.exclude(says="").filter(settled_at__isnull=True)
    return rows.select_related("session__group", "person").order_by("said_at", "pk")


def swaps_of(group: StudyGroup) -> list[Swap]:
    """Open swaps of a group; one query."""
    rows = Swap.objects.filter(mine__group=group, state="asked")
    return list(rows.select_related("mine", "theirs", "asker", "other").order_by("pk"))


def swap(public_id: str) -> models.QuerySet[Swap]:
    """A swap in a group that the reader sees."""
    rows = Swap.objects.select_related("mine__group", "theirs")
    return rows.filter(public_id=public_id, mine__in=GroupSession.objects.order_by().values("pk"))


def talk_of(group: StudyGroup) -> Forum | None:
    """The forum of a group, if the reader may see it; one query."""
    return forums_of(KIND, group.public_id).first()


def tasks_of(group: StudyGroup) -> list[Task]:
    """Tasks of a group, open ones first, by their day; one query."""
    rows = Task.objects.filter(group=group).exclude(state="dropped").select_related("person", "done_by")
    return sorted(rows, key=lambda row: (row.state != "open", row.until or date.max, row.pk))


def task(public_id: str) -> models.QuerySet[Task]:
    """A task of a group that the reader sees."""
    rows = Task.objects.select_related("group")
    return rows.filter(public_id=public_id, group__in=StudyGroup.objects.order_by().values("pk"))


def versions_of(group: StudyGroup) -> models.QuerySet[NotesVersion]:
    """The notes as they were, the newest first."""
    return NotesVersion.objects.filter(group=group).select_related("person").order_by("-revision")


def topics_in(cohort_id: int) -> models.QuerySet[Topic]:
    """What people of a class offer and want, in the open scope, of those who still learn there."""
    rows = Topic.objects.filter(enrolment__cohort=cohort_id).exclude(enrolment__state="ended")
    return rows.select_related("enrolment", "person").order_by("pk")


def class_with_topics(organisation: Organisation) -> str:
    """The public id of the class at an organisation where somebody said something last; nothing without one."""
    rows = Topic.objects.filter(enrolment__cohort__organisation__path__startswith=organisation.path)
    last = rows.order_by("-said_at", "-pk").values_list("enrolment__cohort__public_id", flat=True).first()
    return last or ""


def topics_of(enrolment: Enrolment) -> list[Topic]:
    """What one apprentice offers and wants; one query."""
    return list(Topic.objects.filter(enrolment=enrolment).order_by("pk"))


@dataclass(frozen=True, slots=True)
class Waiting:
    """What the groups of one person ask next."""

    invited: list[Member]
    to_sign: list[Member]
    turns: list[GroupSession]
    tasks: list[Task]


def waiting_for(person: Person, at: datetime) -> Waiting:
    """Invitations, results to sign, own turns of the next days or not ticked yet, tasks with a day; three queries."""
    asked = Q(state="invited", group__state="alive") | Q(
        state="in", group__state="ended", signed_at__isnull=True
    )
    rows = list(Member.objects.filter(asked, person=person).select_related("group").order_by("since", "pk"))
    tasks = Task.objects.filter(
        person=person, state="open", until__isnull=False, group__state="alive"
    ).select_related("group")
    own = Q(host=person) | Q(brings=person, starts_at__gt=at)
    turns = GroupSession._base_manager.filter(
        own, state="planned", group__state="alive", starts_at__lt=at + AHEAD_OF_TURNS
    )
    return Waiting(
        [row for row in rows if row.state == "invited"],
        [row for row in rows if row.state == "in"],
        list(turns.select_related("group").order_by("starts_at", "pk")),
        list(tasks.order_by("until", "pk")),
    )
