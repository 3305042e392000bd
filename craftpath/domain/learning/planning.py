"""Planning sessions, one or a row of weeks, and cancelling them; changing one: `changing.py`."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.utils import timezone

from craftpath.domain.learning import rules
from craftpath.domain.learning.facts import SessionsCancelled, SessionsPlanned
from craftpath.domain.learning.models import Session, SessionCohort, SessionTeacher
from craftpath.domain.learning.queries import teachers_for
from craftpath.domain.learning.states import SESSION
from craftpath.domain.programmes.queries import buckets_by_programme
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.kernel.organisations import Organisation
from craftpath.values.ref import Ref
from craftpath.values.verdict import Refused, not_now, require

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Cohort
    from craftpath.kernel.people import Person


@dataclass(frozen=True, slots=True)
class Plan:
    """What is taught, how, where and when; `online_minutes` matter only where it is both on site and online."""

    title: Mapping[str, str]
    kind: str
    mode: str
    starts_at: datetime
    ends_at: datetime
    place: str = ""
    bucket: str = ""
    online_minutes: int = 0
    recorded: bool = False


def ref(session: Session) -> Ref:
    """The pointer that other rows keep."""
    return Ref("learning", "session", session.public_id)


@action
def plan_session(
    plan: Plan,
    *,
    organisation: Organisation,
    cohorts: Sequence[Cohort],
    teachers: Mapping[Person, str],
    weeks: int = 1,
    by: Actor,
    at: datetime,
) -> list[Session]:
    """Plan a session, or one in each of so many weeks at the same hour of the clock; `teachers` maps to their kind."""
    require(rules.may_plan(by, organisation))
    require(rules.can_last(plan.starts_at, plan.ends_at))
    if not 1 <= weeks <= rules.MOST_WEEKS:
        raise Refused(not_now("learning.too_many_weeks", most=rules.MOST_WEEKS))
    require_fit(plan, organisation, cohorts, teachers, by=by, at=at)
    # Two presses of one button stand in line here, so that the second one finds the first one's session.
    Organisation.objects.select_for_update(of=("self",), no_key=True).get(pk=organisation.pk)
    zone = ZoneInfo(organisation.time_zone)
    starts = [_weeks_on(plan.starts_at, n, zone) for n in range(weeks)]
    standing = Session._base_manager.filter(organisation=organisation, starts_at__in=starts)
    if any(row.title == dict(plan.title) for row in standing.exclude(state="cancelled")):
        raise Refused(not_now("learning.session_exists"))
    length = plan.ends_at - plan.starts_at
    rows = [
        Session(
            organisation=organisation,
            title=dict(plan.title),
            kind=plan.kind,
            mode=plan.mode,
            place=plan.place,
            starts_at=start,
            ends_at=start + length,
            bucket=plan.bucket,
            online_minutes=online_minutes(plan),
            recorded=plan.recorded,
            changed_at=at,
        )
        for start in starts
    ]
    Session.objects.bulk_create(rows)
    SessionCohort.objects.bulk_create(
        SessionCohort(session=row, cohort=cohort) for row in rows for cohort in cohorts
    )
    SessionTeacher.objects.bulk_create(
        SessionTeacher(session=row, person=person, kind=kind)
        for row in rows
        for person, kind in teachers.items()
    )
    told = SessionsPlanned([row.public_id for row in rows])
    tell(told, by=by, at=at, organisation=organisation, subject=ref(rows[0]))
    return rows


def _weeks_on(start: datetime, weeks: int, zone: ZoneInfo) -> datetime:
    """The same hour of the clock, weeks later, whatever summer time does."""
    there = start.astimezone(zone)
    return (there.replace(tzinfo=None) + timedelta(weeks=weeks)).replace(tzinfo=zone)


def online_minutes(plan: Plan) -> int:
    """How many of its minutes are online: all, none, or as many as it says and no more than it has."""
    minutes = int((plan.ends_at - plan.starts_at).total_seconds()) // 60
    return {"on_site": 0, "online": minutes}.get(plan.mode, min(plan.online_minutes, minutes))


def require_fit(
    plan: Plan,
    organisation: Organisation,
    cohorts: Sequence[Cohort],
    teachers: Mapping[Person, str],
    *,
    known: Collection[int] = (),
    by: Actor,
    at: datetime,
) -> None:
    """The cohorts are the actor's to teach, the teachers work with them, and they count hours of this kind.

    `known` are the ids of people who were named before and may have left since.
    """
    if not cohorts:
        raise Refused(not_now("learning.no_cohort"))
    for cohort in cohorts:
        require(rules.may_plan(by, cohort.organisation))
    if plan.bucket:
        buckets = buckets_by_programme(cohort.programme_id for cohort in cohorts)
        keys = [{one.key for one in buckets.get(cohort.programme_id, [])} for cohort in cohorts]
        if not all(plan.bucket in some for some in keys):
            raise Refused(not_now("learning.bucket_unknown"))
    ids = {person.pk for person in teachers} - set(known)
    offered = teachers_for(
        by.organisation or organisation, [cohort.pk for cohort in cohorts], timezone.localtime(at).date()
    )
    if ids and offered.filter(pk__in=ids).count() != len(ids):
        raise Refused(not_now("learning.teacher_unknown"))


@action
def cancel_session(sessions: Sequence[Session], *, because: str, by: Actor, at: datetime) -> int:
    """Cancel planned sessions; those who were to come read why."""
    because = because.strip()[:200]
    rows = list(
        Session.objects.select_for_update(of=("self",))
        .select_related("organisation")
        .filter(pk__in=[row.pk for row in sessions])
        .order_by("pk")
    )
    for row in rows:
        require(rules.may_plan(by, row.organisation))
    if not because:
        raise Refused(not_now("learning.no_reason"))
    for row in rows:
        row.state = SESSION.after(row.state, "cancel")
        row.cancelled_because, row.changed_at = because, at
        row.sequence += 1
    Session.objects.bulk_update(rows, ["state", "cancelled_because", "changed_at", "sequence"])
    for college in {row.organisation for row in rows}:
        here = [row for row in rows if row.organisation == college]
        told = SessionsCancelled([row.public_id for row in here], because=because)
        tell(told, by=by, at=at, organisation=college, subject=ref(here[0]))
    return len(rows)
