"""Reading teams, what they plan, what was taught, and peaks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q, Sum

from craftpath.domain.apprenticeships.queries import hosts_below
from craftpath.domain.teaching.models import (
    OPEN,
    Availability,
    Away,
    PlannedHours,
    ProductionPeak,
    TaughtHours,
    Team,
    TeamMember,
)
from craftpath.domain.teaching.sharing import minutes_of
from craftpath.domain.training.unit_days import stays_in_units
from craftpath.kernel.access import memberships_on
from craftpath.kernel.organisations import Kind, Organisation
from craftpath.kernel.roles import Role
from craftpath.values.period import Period, month_of

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Cohort
    from craftpath.kernel.people import Person

DAY = timedelta(days=1)
TEACHING_ROLES = (Role.MENTOR, Role.TRAINER, Role.COORDINATOR)


def teams() -> models.QuerySet[Team]:
    """The teams of the open scope with members, people and places; three queries."""
    members = TeamMember.objects.select_related("person", "place").order_by("role", "pk")  # the lead first
    rows = Team.objects.select_related("unit", "cohort__organisation", "organisation")
    return rows.prefetch_related(models.Prefetch("members", members)).order_by("starts_on", "pk")


def teams_of(person: Person) -> models.QuerySet[Team]:
    """Those in which somebody teaches, or is asked to."""
    mine = TeamMember.objects.filter(person=person).order_by()
    return teams().filter(pk__in=mine.values("team_id"))


def open_teams(cohort_ids: Iterable[int]) -> dict[int, Team]:
    """unit id → the team that is proposed or teaches; three queries."""
    return {row.unit_id: row for row in teams().filter(cohort__in=set(cohort_ids), state__in=OPEN)}


def teaching_skill(cohort_id: int, skill: str, today: date) -> list[Person]:
    """Who teaches a class a unit that practises a skill today, guests left out; one query."""
    rows = TeamMember.objects.filter(
        team__cohort=cohort_id,
        team__state="active",
        team__starts_on__lte=today,
        team__ends_on__gt=today,
        guest=False,
    )
    found = rows.select_related("person", "team__unit").order_by("role", "pk")
    return list({row.person_id: row.person for row in found if skill in row.team.unit.skills}.values())


@dataclass(frozen=True, slots=True)
class Part:
    """What a member is to teach and has taught, in minutes; `entered` waits for a yes."""

    member: TeamMember
    planned: int
    laid: int
    confirmed: int
    entered: int

    @property
    def taught(self) -> int:
        """Confirmed and still to be confirmed."""
        return self.confirmed + self.entered


def parts_of(some: Iterable[Team]) -> dict[int, list[Part]]:
    """team id → its members with their minutes, the lead first; two queries however many."""
    rows = list(some)
    laid: dict[int, int] = dict(
        PlannedHours.objects.filter(member__team__in=rows)
        .order_by()
        .values_list("member_id")
        .annotate(minutes=Sum("minutes"))
    )
    told = (
        TaughtHours._base_manager.filter(team__in=rows, state__in=("entered", "confirmed"))
        .order_by()
        .values_list("member_id", "state")
        .annotate(minutes=Sum("minutes"))
    )
    done: dict[tuple[int, str], int] = {(pk, state): minutes for pk, state, minutes in told}
    found: dict[int, list[Part]] = {}
    for team in rows:
        members = list(team.members.all())
        whole = minutes_of(team.unit.minutes, [one.share for one in members])
        found[team.pk] = [
            Part(one, given, laid.get(one.pk, 0), done.get((one.pk, "confirmed"), 0), done.get((one.pk, "entered"), 0))
            for one, given in zip(members, whole, strict=True)
        ]  # fmt: skip
    return found


def planned_cells(team: Team) -> dict[tuple[int, date], PlannedHours]:
    """(member id, Monday) → what is planned there; one query."""
    rows = PlannedHours.objects.filter(member__team=team)
    return {(row.member_id, row.week): row for row in rows}


def planned_between(person: Person, first: date, last: date) -> list[PlannedHours]:
    """Somebody's own weeks from one day to another, of teams that teach, with the team; one query."""
    rows = PlannedHours.objects.filter(
        member__person=person,
        member__team__state="active",
        week__gte=first - 6 * DAY,
        week__lte=last,
        minutes__gt=0,
    )
    rows = rows.select_related("member__team__unit", "member__team__cohort", "member__team__organisation")
    return list(rows.order_by("week", "pk"))


def taught() -> models.QuerySet[TaughtHours]:
    """Taught hours of the open scope, the newest day first."""
    rows = TaughtHours.objects.select_related(
        "person", "member", "team__unit", "team__cohort", "team__organisation", "confirmed_by"
    )
    return rows.order_by("-on", "-pk")


def to_confirm() -> models.QuerySet[TaughtHours]:
    """Those that somebody entered and nobody has confirmed."""
    return taught().filter(state="entered")


def taught_minutes(person_ids: Iterable[int], month: date) -> dict[int, int]:
    """person id → confirmed minutes taught in the calendar month of a day, whoever sees them; one query.

    Who taught nothing is left out. Allowances read this.
    """
    days = month_of(month)
    rows = TaughtHours._base_manager.filter(
        person__in=set(person_ids), state="confirmed", on__gte=days.start, on__lt=days.end
    ).order_by()
    return dict(rows.values_list("person_id").annotate(minutes=Sum("minutes")))


def taught_by_kind(cohort_ids: Iterable[int]) -> dict[int, dict[str, int]]:
    """cohort id → kind → confirmed minutes, of the open scope; one query."""
    rows = TaughtHours.objects.filter(team__cohort__in=set(cohort_ids), state="confirmed").order_by()
    told = rows.values_list("team__cohort_id", "member__kind").annotate(minutes=Sum("minutes"))
    found: dict[int, dict[str, int]] = defaultdict(dict)
    for cohort, kind, minutes in told:
        found[cohort][kind] = minutes
    return found


def all_peaks() -> models.QuerySet[ProductionPeak]:
    """The peaks of the open scope, by day, with departments and who noted them; those that were taken back too."""
    rows = ProductionPeak.objects.select_related("organisation", "made_by")
    return rows.prefetch_related("departments").order_by("starts_on", "pk")


def peaks() -> models.QuerySet[ProductionPeak]:
    """Those that stand."""
    return all_peaks().filter(state="standing")


def enterprises_of(organisation: Organisation) -> list[Organisation]:
    """The enterprises whose peaks matter to an organisation: itself, those below it, and hosts of its apprentices."""
    hosts = hosts_below(organisation)
    rows = Organisation.objects.filter(Q(path__startswith=organisation.path) | Q(pk__in=hosts))
    return list(rows.filter(kind=Kind.ENTERPRISE).order_by("path"))


def availability_of(person: Person) -> Availability | None:
    """What somebody said; None where the usual holds."""
    return Availability.objects.filter(person=person).first()


def own_away(person: Person) -> models.QuerySet[Away]:
    """Somebody's days away, by day."""
    return Away.objects.filter(person=person).select_related("person").order_by("starts_on")


def away_of(person: Person, today: date) -> list[Away]:
    """Those that are not over."""
    return list(own_away(person).filter(ends_on__gt=today))


def unit_span(unit_id: int, cohort: Cohort) -> Period:
    """The days on which a class is in a unit by its rotation; else those of the class, two years without an end."""
    stays = stays_in_units([unit_id]).get(unit_id, [])
    if stays:
        return Period(min(one.starts_on for one in stays), max(one.ends_on for one in stays) + DAY)
    ends = cohort.ends_on + DAY if cohort.ends_on else cohort.starts_on + 730 * DAY
    return Period(cohort.starts_on, max(ends, cohort.starts_on + DAY))


def who_may_teach(organisation: Organisation, today: date) -> list[tuple[Organisation, Person]]:
    """(place, person) of mentors, trainers and coordinators here, below, and where apprentices learn; two queries."""
    hosts = hosts_below(organisation)
    rows = memberships_on(today).filter(
        Q(organisation__path__startswith=organisation.path) | Q(organisation__in=hosts),
        role__in=[role.value for role in TEACHING_ROLES],
        person__is_active=True,
    )
    rows = rows.select_related("person", "organisation").order_by("organisation__path", "person__name", "pk")
    found: dict[int, tuple[Organisation, Person]] = {}
    for row in rows:
        found.setdefault(row.person_id, (row.organisation, row.person))
    return list(found.values())


def guests_of(organisation: Organisation) -> list[TeamMember]:
    """The guests of teams here and below, each once, with what was last said of them; one query."""
    rows = TeamMember.objects.filter(guest=True, team__organisation__path__startswith=organisation.path)
    found: dict[int, TeamMember] = {}
    for row in rows.select_related("person").order_by("-pk"):
        found.setdefault(row.person_id, row)
    return sorted(found.values(), key=lambda row: row.person.name)


def taught_by_place(colleges: Iterable[Organisation], first: date, last: date) -> dict[str, int]:
    """Path of the place where members belong → confirmed minutes in teams of these colleges, whoever sees them.

    Both days count; guests belong nowhere. One query. Yearly statements of partnerships read this.
    """
    ours = Q()
    for college in colleges:
        ours |= Q(team__organisation__path__startswith=college.path)
    if not ours:
        return {}
    rows = TaughtHours._base_manager.filter(ours, state="confirmed", on__gte=first, on__lte=last).order_by()
    told = (
        rows.exclude(member__place=None).values_list("member__place__path").annotate(minutes=Sum("minutes"))
    )
    return dict(told)
