"""Reading sessions, roll calls and attendance."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Count, Prefetch, Q, Sum

from craftpath.domain.apprenticeships.queries import (
    each_since,
    each_within,
    enrolments_of,
    everybody_in,
    parties_in,
)
from craftpath.domain.learning.models import (
    DISPUTED,
    THERE,
    Attendance,
    OtherMark,
    Session,
    SessionCohort,
    SessionTeacher,
)
from craftpath.domain.programmes.queries import buckets_by_programme
from craftpath.kernel.organisations import Kind, Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.roles import Role
from craftpath.kernel.signin import open_memberships
from craftpath.kernel.tenancy import current_scope

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Cohort, Enrolment

AT_WORK = (Kind.ENTERPRISE, Kind.SITE)


def sessions() -> models.QuerySet[Session]:
    """The sessions of the open scope with their cohorts and teachers, in order of time."""
    return (
        Session.objects.select_related("organisation")
        .prefetch_related(
            Prefetch("cohorts", SessionCohort.objects.select_related("cohort").order_by("pk")),
            Prefetch("teachers", SessionTeacher.objects.select_related("person").order_by("pk")),
        )
        .order_by("starts_at", "pk")
    )


def session_called(public_id: str) -> Session | None:
    """A session that the reader sees, or None; asked for so often that one's own organisation is looked at first."""
    if not (public_id.isascii() and public_id.isalnum()):
        return None
    row = Session._base_manager.select_related("organisation").filter(public_id=public_id).first()
    scope = current_scope()
    if row and scope and scope.path and row.organisation.path.startswith(scope.path):
        return row
    return Session.objects.filter(pk=row.pk).first() if row else None


def sessions_between(start: datetime, end: datetime) -> models.QuerySet[Session]:
    """Those that begin from `start` on and before `end`."""
    return sessions().filter(starts_at__gte=start, starts_at__lt=end)


def sessions_for(person: Person, start: datetime, end: datetime) -> models.QuerySet[Session]:
    """Those of one's own cohorts, and those that one teaches, that begin from `start` on and before `end`."""
    own = enrolments_of(person).filter(state="active").order_by()
    cohorts = SessionCohort.objects.filter(cohort__in=own.values("cohort_id")).values("session_id")
    return sessions_between(start, end).filter(Q(pk__in=cohorts) | taught_by(person))


def taught_by(person: Person) -> Q:
    """The condition that somebody is named as a teacher of a session."""
    return Q(pk__in=SessionTeacher.objects.filter(person=person).values("session_id"))


def minutes_taught(people: Collection[int], start: datetime, end: datetime) -> dict[int, dict[int, int]]:
    """person id → organisation id → minutes of sessions in the open scope that somebody is named for; one query."""
    rows = SessionTeacher.objects.filter(
        person__in=people,
        session__in=sessions_between(start, end).exclude(state="cancelled").order_by().values("pk"),
    )
    found: dict[int, dict[int, int]] = {}
    for row in rows.select_related("session"):
        places = found.setdefault(row.person_id, {})
        place = row.session.organisation_id
        places[place] = places.get(place, 0) + row.session.minutes
    return found


def waiting_for_roll(at: datetime) -> models.QuerySet[Session]:
    """Sessions that have ended, and whose roll nobody has called."""
    return sessions().filter(state="planned", ends_at__lte=at)


def waiting_to_close(at: datetime) -> models.QuerySet[Session]:
    """Sessions that have ended, and whose roll was called but not closed."""
    return sessions().filter(state="held", ends_at__lte=at)


def teachers_for(organisation: Organisation, cohort_ids: Iterable[int], on: date) -> models.QuerySet[Person]:
    """Who can be named as a teacher: staff here and below, and those who work with an apprentice of the cohorts."""
    staff = open_memberships(on).filter(organisation__in=organisation.below()).exclude(role=Role.APPRENTICE)
    known = Q(pk__in=staff.order_by().values("person_id")) | Q(pk__in=parties_in(cohort_ids))
    return Person.objects.filter(known, is_active=True).order_by("name", "pk")


def expected(session: Session, *reads: str) -> list[Enrolment]:
    """Who should be there, by number: the cohorts' apprentices of that day; at an enterprise, those who work there.

    `reads` are relations to read with them, such as "person".
    """
    cohorts = set(SessionCohort.objects.filter(session=session).values_list("cohort_id", flat=True))
    reads = (*reads, "enterprise") if session.organisation.kind in AT_WORK else reads
    people = everybody_in(cohorts, session.on, session.on, *reads)
    return [row for row in people if _should_be_at(row, session, cohorts)]


def unmarked(rows: Sequence[Session]) -> dict[int, int]:
    """session id → how many who should be there are not marked; three queries however many."""
    if not rows:
        return {}
    marked: dict[int, set[int]] = defaultdict(set)
    pairs = Attendance._base_manager.filter(session__in=rows).values_list("session_id", "enrolment_id")
    for session, enrolment in pairs:
        marked[session].add(enrolment)
    cohorts: dict[int, set[int]] = defaultdict(set)
    links = SessionCohort.objects.filter(session__in=rows).values_list("session_id", "cohort_id")
    for session, cohort in links:
        cohorts[session].add(cohort)
    days = [row.on for row in rows]
    people = everybody_in(set().union(*cohorts.values()), min(days), max(days), "enterprise")
    return {
        row.pk: sum(
            one.pk not in marked[row.pk] and _should_be_at(one, row, cohorts[row.pk]) for one in people
        )
        for row in rows
    }


def _should_be_at(person: Enrolment, session: Session, cohorts: Collection[int]) -> bool:
    on = session.on
    here = person.cohort_id in cohorts and person.starts_on <= on
    if not here or (person.ended_on is not None and person.ended_on <= on):
        return False
    if session.organisation.kind not in AT_WORK:
        return True
    return person.enterprise is not None and person.enterprise.path.startswith(session.organisation.path)


@dataclass(frozen=True, slots=True)
class RollLine:
    """One apprentice in a roll call: what stands, and what others say differently."""

    enrolment: Enrolment
    attendance: Attendance | None = None
    others: Sequence[OtherMark] = ()

    @property
    def open(self) -> bool:
        """Whether people say different things of it, and nobody has settled it."""
        return bool(self.others) or bool(self.attendance and self.attendance.disputed)


def roll_of(session: Session) -> list[RollLine]:
    """Everybody who should be there or is marked, by number; four queries. The caller may hold the session."""
    rows = (
        Attendance._base_manager.filter(session=session)
        .select_related("enrolment__person", "marked_by", "settled_by")
        .prefetch_related(
            Prefetch("others", OtherMark.objects.filter(settled_at=None).select_related("marked_by"))
        )
    )
    standing = {row.enrolment_id: row for row in rows}
    people = {row.pk: row for row in expected(session, "person")}
    people |= {pk: row.enrolment for pk, row in standing.items() if pk not in people}
    return [
        RollLine(person, row, list(row.others.all()) if row else ())
        for person in sorted(people.values(), key=lambda one: (one.number, one.pk))
        for row in [standing.get(person.pk)]
    ]


def roll_counts(session_ids: Iterable[int]) -> dict[int, dict[str, int]]:
    """session id → status → how many; of the lines that the reader sees, in one query."""
    rows = (
        Attendance.objects.filter(session__in=list(session_ids))
        .order_by()
        .values_list("session_id", "status")
        .annotate(people=Count("pk"))
    )
    found: dict[int, dict[str, int]] = defaultdict(dict)
    for session, status, people in rows:
        found[session][status] = people
    return found


def differences() -> models.QuerySet[Attendance]:
    """Lines of the open scope of which people say different things, the oldest first."""
    waiting = OtherMark.objects.filter(settled_at=None).values("attendance_id")
    disputed = Attendance._base_manager.filter(DISPUTED).values("pk")
    return (
        Attendance.objects.filter(Q(pk__in=disputed) | Q(pk__in=waiting))
        .select_related("session__organisation", "enrolment__person", "marked_by")
        .order_by("session__starts_at", "pk")
    )


def attendances() -> models.QuerySet[Attendance]:
    """The lines of the open scope with session and apprentice, the newest session first."""
    return Attendance.objects.select_related(
        "session__organisation", "enrolment__person", "enrolment__cohort", "marked_by", "settled_by"
    ).order_by("-session__starts_at", "enrolment__number", "pk")


def own_attendance(person: Person) -> models.QuerySet[Attendance]:
    """One person's own lines, the newest first."""
    return attendances().filter(enrolment__person=person)


def to_confirm(person: Person) -> models.QuerySet[Attendance]:
    """Own lines that the apprentice has not answered yet, and of which nobody says different things."""
    waiting = OtherMark.objects.filter(settled_at=None).values("attendance_id")
    return (
        own_attendance(person)
        .filter(confirmed_at__isnull=True)
        .filter(Q(says="") | Q(settled_at__isnull=False))
        .exclude(pk__in=waiting)
    )


@dataclass(frozen=True, slots=True)
class Tally:
    """One apprentice's attendance to date: in how many sessions as what, minutes there, and minutes in the ledger."""

    statuses: dict[str, int]
    there: int
    counted: int

    @property
    def marked(self) -> int:
        """In how many sessions."""
        return sum(self.statuses.values())

    @property
    def rate(self) -> int | None:
        """Percent of the sessions at which the apprentice was there; excused ones are left out of both."""
        of = self.marked - self.statuses.get("excused", 0)
        return 100 * sum(self.statuses.get(name, 0) for name in THERE) // of if of else None


def tallies(
    enrolment_ids: Iterable[int],
    *,
    since: Mapping[int, date] | None = None,
    within: Mapping[int, tuple[date, date]] | None = None,
) -> dict[int, Tally]:
    """enrolment id → attendance to date, or from a day of its own on, or to one as well; one query however many."""
    marked = Attendance.objects.filter(enrolment__in=list(enrolment_ids))
    if since is not None:
        marked = marked.filter(each_since(since, "session__starts_at__date"))
    if within is not None:
        marked = marked.filter(each_within(within, "session__starts_at__date"))
    rows = (
        marked.order_by()
        .values_list("enrolment_id", "status")
        .annotate(
            people=Count("pk"),
            there=Sum("minutes"),
            counts=Sum("counted"),
        )
    )
    found: dict[int, list[tuple[str, int, int, int]]] = defaultdict(list)
    for who, status, times, there, counted in rows:
        found[who].append((status, times, there, counted))
    return {
        who: Tally(
            {status: times for status, times, _, _ in some},
            sum(there for _, _, there, _ in some),
            sum(counted for _, _, _, counted in some),
        )
        for who, some in found.items()
    }


def online_bucket(programme_ids: Iterable[int]) -> dict[tuple[int, str], str]:
    """(programme id, kind of hours) → the kind of hours online inside it; one query."""
    return {
        (programme, bucket.within): bucket.key
        for programme, buckets in buckets_by_programme(programme_ids).items()
        for bucket in buckets
        if bucket.place == "online" and bucket.within
    }


@dataclass(frozen=True, slots=True)
class OnlineShare:
    """Of a cohort: minutes taught so far and with what is planned, how many of them online, how many recorded.

    `cap` is the highest share that its programme allows, None where it allows any.
    """

    taught: int
    online: int
    recorded: int
    planned: int
    planned_online: int
    cap: Fraction | None

    @property
    def percent(self) -> Fraction | None:
        """Online, of what was taught so far."""
        return Fraction(100 * self.online, self.taught) if self.taught else None

    @property
    def planned_percent(self) -> Fraction | None:
        """Online, when everything that is planned has been held."""
        return Fraction(100 * self.planned_online, self.planned) if self.planned else None

    @property
    def cap_percent(self) -> Fraction | None:
        """The highest share that is allowed."""
        return None if self.cap is None else 100 * self.cap

    @property
    def recorded_percent(self) -> Fraction | None:
        """Recorded, of what was taught so far."""
        return Fraction(100 * self.recorded, self.taught) if self.taught else None

    @property
    def over(self) -> bool:
        """Whether the cap is passed, already or by what is planned."""
        shares = [share for share in (self.percent, self.planned_percent) if share is not None]
        return self.cap is not None and any(share > 100 * self.cap for share in shares)

    @property
    def near(self) -> bool:
        """Whether nine tenths of the cap are reached."""
        shares = [share for share in (self.percent, self.planned_percent) if share is not None]
        return self.cap is not None and any(share >= 90 * self.cap for share in shares)


def online_shares(cohorts: Sequence[Cohort]) -> dict[int, OnlineShare]:
    """cohort id → its share online; two queries. Only hours of a kind that has hours online inside it count."""
    families: dict[int, set[str]] = {}
    caps: dict[int, Fraction | None] = {}
    for programme, buckets in buckets_by_programme(row.programme_id for row in cohorts).items():
        by_key = {bucket.key: bucket for bucket in buckets}
        for bucket in buckets:
            whole = by_key.get(bucket.within)
            if bucket.place != "online" or whole is None:
                continue
            families.setdefault(programme, set()).update((bucket.key, whole.key))
            if bucket.cap_minutes is not None and whole.target_minutes:
                caps[programme] = Fraction(bucket.cap_minutes, whole.target_minutes)
    rows = SessionCohort.objects.filter(cohort__in=[row.pk for row in cohorts]).exclude(
        session__state="cancelled"
    )
    by_cohort: dict[int, list[Session]] = defaultdict(list)
    for row in rows.select_related("session"):
        by_cohort[row.cohort_id].append(row.session)
    return {
        cohort.pk: _share(
            [one for one in by_cohort[cohort.pk] if one.bucket in families.get(cohort.programme_id, ())],
            caps.get(cohort.programme_id),
        )
        for cohort in cohorts
        if cohort.programme_id in families
    }


def _share(found: Sequence[Session], cap: Fraction | None) -> OnlineShare:
    held = [one for one in found if one.state in ("held", "closed")]
    return OnlineShare(
        taught=sum(one.minutes for one in held),
        online=sum(one.online_minutes for one in held),
        recorded=sum(one.minutes for one in held if one.recorded),
        planned=sum(one.minutes for one in found),
        planned_online=sum(one.online_minutes for one in found),
        cap=cap,
    )


def busy_between(
    cohort_ids: Iterable[int],
    people: Iterable[Enrolment],
    others: Collection[int],
    start: datetime,
    end: datetime,
) -> list[tuple[int, datetime, datetime]]:
    """(person id, from, until) of the sessions that these apprentices attend and the others teach; two queries."""
    by_cohort: dict[int, list[int]] = defaultdict(list)
    for row in people:
        by_cohort[row.cohort_id].append(row.person_id)
    standing = {"session__starts_at__lt": end, "session__ends_at__gt": start}
    when = ("session__starts_at", "session__ends_at")
    attended = SessionCohort.objects.filter(cohort__in=set(cohort_ids), **standing)
    attended = attended.exclude(session__state="cancelled")
    found = [
        (person, first, last)
        for cohort, first, last in attended.values_list("cohort_id", *when)
        for person in by_cohort[cohort]
    ]
    taught = SessionTeacher.objects.filter(person__in=others, **standing).exclude(session__state="cancelled")
    return found + list(taught.values_list("person_id", *when))
