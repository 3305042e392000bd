"""Reading incidents and complaints, what waits on a desk, and rates."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, OuterRef, Q

from craftpath.domain.apprenticeships.queries import everybody_in
from craftpath.domain.care.assigning import local_day, who_may
from craftpath.domain.care.models import Complaint, Handler, Incident, Measure, Named, Notification, Statement
from craftpath.domain.care.states import OPEN
from craftpath.kernel.access import Membership, memberships_on
from craftpath.kernel.audit import AuditEntry
from craftpath.kernel.people import Person
from craftpath.kernel.roles import STAFF, Role
from craftpath.kernel.tenancy import STEP
from craftpath.values.ref import Ref

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Enrolment
    from craftpath.kernel.organisations import Organisation

RECORDED = ("lost_time", "serious", "fatal")  # severities that count in rates
OSHA, LTIFR = 200_000, 1_000_000  # hours: of a hundred people in a year; of a million
READ_FOR = 30 * 60  # seconds for which an opened complaint stays open to whoever opened it
MOST_AROUND = 300  # people offered in one choice


def incidents() -> models.QuerySet[Incident]:
    """The incidents of the open scope, the newest first; whoever shows one asks `may_read_incident` besides."""
    return Incident.objects.select_related(
        "enrolment__person", "enrolment__cohort", "organisation", "host", "reported_by", "closed_by", "photo"
    ).order_by("-occurred_at", "-pk")


def own_incidents(person: Person) -> models.QuerySet[Incident]:
    """Those that one reported, or that concern oneself."""
    return incidents().filter(Q(reported_by=person) | Q(enrolment__person=person))


def with_overdue(rows: models.QuerySet[Incident], at: datetime) -> models.QuerySet[Incident]:
    """The same, each with `overdue`: whether a notification's time has passed without it."""
    late = Notification.objects.filter(
        incident=OuterRef("pk"), done_at__isnull=True, waived_at__isnull=True, due_at__lt=at
    )
    return rows.annotate(overdue=Exists(late))


def incidents_on_desk(person: Person, at: datetime, *, handles: bool, most: int) -> models.QuerySet[Incident]:
    """Ends that this person has not read; for who looks after incidents those with something overdue, and new ones."""
    unread = Q(enrolment__person=person, apprentice_read_at__isnull=True)
    unread |= Q(reported_by=person, reporter_read_at__isnull=True)
    wanted = Q(state="closed") & unread
    if handles:
        wanted |= Q(state="reported") | (Q(overdue=True) & ~Q(state="closed"))
    rows = with_overdue(incidents(), at).filter(wanted)
    return rows.order_by("-overdue", "-occurred_at", "-pk")[:most]


def notifications_of(incident: Incident) -> list[Notification]:
    """What is to be notified, the most urgent first."""
    return list(Notification.objects.filter(incident=incident).select_related("done_by", "waived_by"))


def measures_of(incident: Incident) -> list[Measure]:
    """What is done about it, by day."""
    return list(Measure.objects.filter(incident=incident).select_related("owner", "done_by"))


def own_measures(person: Person) -> models.QuerySet[Measure]:
    """What one is to do oneself; the incident's own words are not part of it."""
    return Measure.objects.filter(owner=person, done_at__isnull=True).exclude(incident__state="closed")


def measure_of(person: Person, public_id: str) -> Measure | None:
    """One of them."""
    return own_measures(person).filter(public_id=public_id).first()


def complaints() -> models.QuerySet[Complaint]:
    """The complaints that exist for the reader, the newest first."""
    rows = Complaint.objects.select_related("person", "organisation", "about_organisation", "decided_by")
    return rows.order_by("-made_at", "-pk")


def complaints_with_part(person: Person) -> models.QuerySet[Complaint]:
    """The same with `handled` and `told_unread`, so that a list knows which part the reader has in each."""
    mine = Handler.objects.filter(complaint=OuterRef("pk"), handler=person, ended_at__isnull=True)
    told = Named.objects.filter(complaint=OuterRef("pk"), named=person, told_at__isnull=False)
    fresh = told.filter(Q(read_at__isnull=True) | Q(read_at__lt=models.F("answered_at")))
    return complaints().annotate(handled=Exists(mine), told=Exists(told), told_unread=Exists(fresh))


def complaints_on_desk(person: Person, *, handles: bool, most: int) -> models.QuerySet[Complaint]:
    """Open ones that this person handles, and those in which this person was told something new."""
    unread = Q(read_at__isnull=True) | Q(read_at__lt=models.F("answered_at"))
    wanted = Q(person=person, answered_at__isnull=False) & unread | Q(told_unread=True)
    if handles:
        wanted |= Q(handled=True, state__in=OPEN)
    return complaints_with_part(person).filter(wanted).order_by("due_on", "pk")[:most]


def handlers_of(complaint: Complaint) -> list[Handler]:
    """Who looks after it now."""
    rows = Handler.objects.filter(complaint=complaint, ended_at__isnull=True)
    return list(rows.select_related("handler", "organisation").order_by("assigned_at", "pk"))


def named_in(complaint: Complaint) -> list[Named]:
    """Whom it is about."""
    return list(Named.objects.filter(complaint=complaint).select_related("named").order_by("named_at", "pk"))


def statements_in(complaint: Complaint, part: str, named: Named | None = None) -> list[Statement]:
    """What was said in one part."""
    rows = Statement.objects.filter(complaint=complaint, part=part, named=named)
    return list(rows.select_related("said_by").order_by("said_at", "pk"))


def said_among_handlers(complaint: Complaint) -> list[Statement]:
    """Every part, for those who handle it."""
    rows = Statement.objects.filter(complaint=complaint)
    return list(rows.select_related("said_by", "named").order_by("said_at", "pk"))


def history_of(complaint: Complaint, *, without: Iterable[int] = ()) -> list[AuditEntry]:
    """Its own lines of history, the newest first; no organisation's history has them. `without` leaves people out."""
    rows = AuditEntry._base_manager.filter(subject=str(complaint.ref)).exclude(person__in=list(without))
    return list(rows.select_related("person").order_by("-at", "-pk")[:200])


def states_gone_through(subject: Ref) -> set[str]:
    """The states that an incident or a complaint has been in, besides its first, as its lines of history say."""
    rows = AuditEntry._base_manager.filter(
        subject=str(subject), fact__in=("care.incident_moved", "care.complaint_moved")
    )
    return {payload["state"] for payload in rows.values_list("payload", flat=True)}


def opened_lately(complaint: Complaint, person: Person, at: datetime) -> bool:
    """Whether this person has opened it within the last half hour: the line of history is what shows it."""
    rows = AuditEntry._base_manager.filter(
        subject=str(complaint.ref), person=person, fact="care.complaint_opened"
    )
    last = rows.order_by("-at").values_list("at", flat=True).first()
    return last is not None and 0 <= (at - last).total_seconds() < READ_FOR


def others_who_may(complaint: Complaint, at: datetime) -> list[Person]:
    """Who could be called in: those who may look after it and do not yet."""
    held = {row.handler_id for row in handlers_of(complaint)}
    wanted = [seat.person_id for seat in who_may(complaint, local_day(complaint, at))]
    people = Person.objects.in_bulk([pk for pk in wanted if pk not in held])
    return list(dict.fromkeys(people[pk] for pk in wanted if pk in people))


def people_around(
    organisations: Iterable[Organisation], enrolments: Iterable[Enrolment], day: date, *, mates: bool = False
) -> list[Person]:
    """Whom one meets there: staff and mentors of these organisations and of those above; with `mates`, one's class.

    By name; two queries.
    """
    paths = {place.path[:end] for place in organisations for end in range(STEP, len(place.path) + 1, STEP)}
    roles = [role.value for role in (*STAFF, Role.MENTOR)]
    seats: models.QuerySet[Membership] = memberships_on(day).filter(
        organisation__path__in=paths, role__in=roles, person__is_active=True
    )
    wanted = Q(pk__in=seats.order_by().values("person_id"))
    if mates:
        cohorts = [row.cohort_id for row in enrolments]
        wanted |= Q(pk__in=[row.person_id for row in everybody_in(cohorts, day, day)])
    return list(Person.objects.filter(wanted).order_by("name", "pk")[:MOST_AROUND])


@dataclass(frozen=True, slots=True)
class Rates:
    """Cases with lost time or worse in a period, the hours in the ledger, and both rates; None without hours."""

    cases: int
    minutes: int

    def per(self, hours: int) -> Decimal | None:
        """Cases in so many hours, to two places, rounded once."""
        if self.minutes <= 0:
            return None
        return (Decimal(self.cases * hours * 60) / self.minutes).quantize(Decimal("0.01"), ROUND_HALF_UP)

    @property
    def osha(self) -> Decimal | None:
        """Cases × 200,000 / hours."""
        return self.per(OSHA)

    @property
    def ltifr(self) -> Decimal | None:
        """Cases × 1,000,000 / hours."""
        return self.per(LTIFR)


def cases_at(organisation: Organisation, start: datetime, end: datetime) -> int:
    """Apprentices of a college or an enterprise who were hurt with lost time or worse, from `start` before `end`."""
    here = Q(organisation__path__startswith=organisation.path) | Q(host__path__startswith=organisation.path)
    rows = Incident.objects.filter(
        here, hurt="apprentice", severity__in=RECORDED, occurred_at__gte=start, occurred_at__lt=end
    )
    return rows.count()
