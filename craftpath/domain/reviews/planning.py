"""Reviews of a cohort from one pattern: looked at first, published in one act; and moving, missing, cancelling one."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.db.models import Max, QuerySet
from django.utils import timezone

from craftpath.domain.apprenticeships.actions import ref as cohort_ref
from craftpath.domain.apprenticeships.queries import enrolments, hold, mentors_of
from craftpath.domain.learning.queries import teachers_for
from craftpath.domain.reviews import rules
from craftpath.domain.reviews.busy import busy_of
from craftpath.domain.reviews.facts import ReviewCancelled, ReviewMissed, ReviewMoved, ReviewsPlanned
from craftpath.domain.reviews.locking import locked
from craftpath.domain.reviews.models import Review
from craftpath.domain.reviews.patterns import ONE_DAY, Busy, Pattern, Place, Placed, Seat, place
from craftpath.domain.reviews.states import REVIEW
from craftpath.engines.deadlines import Roll, Term, WorkCalendar, due
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.kernel.workdays import calendar_for
from craftpath.values.verdict import Refused, not_now, require

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Cohort, Enrolment
    from craftpath.kernel.organisations import Organisation
    from craftpath.kernel.people import Person

IN_TIME = Term(0, roll=Roll.BEFORE)  # a due day that nobody works on is the last workday before it


@dataclass(frozen=True, slots=True)
class Manner:
    """How they are held: `trainer` speaks for the college."""

    trainer: Person
    mode: str = "on_site"
    place: str = ""


@dataclass(frozen=True)
class Offer:
    """What publishing would do; nothing is written. `assumed` are days whose holidays are not announced yet.

    `standing` are those of them for whom reviews are planned in this time already.
    """

    reviews: list[Review]
    placed: Placed
    people: dict[int, Enrolment]
    mentors: dict[int, Person]
    assumed: list[date]
    fingerprint: str
    standing: list[Enrolment] = field(default_factory=list)

    @property
    def without_mentor(self) -> list[Enrolment]:
        """Those whose enterprise is missing from the talk."""
        return [row for row in self.people.values() if row.pk not in self.mentors]


def offer(
    cohort: Cohort, pattern: Pattern, manner: Manner, *, only: Iterable[str] | None = None, today: date
) -> Offer:
    """Place reviews for the active apprentices of a cohort (`only` these public ids); constant queries."""
    require(rules.can_plan(pattern.fits))
    rows = enrolments().filter(cohort=cohort, state="active")
    if only is not None:
        rows = rows.filter(public_id__in=set(only))
    people = {row.pk: row for row in rows}
    if not people:
        raise Refused(not_now("reviews.nobody_to_plan"))
    mentors = {pk: some[0] for pk, some in mentors_of(people.values()).items()}
    zone = ZoneInfo(cohort.organisation.time_zone)
    over = calendar_for(cohort.organisation, today)
    seats = _seated(people, mentors)
    placed = place(
        pattern,
        seats,
        trainer_id=manner.trainer.pk,
        busy=_busy(pattern, people, mentors, manner, zone),
        works=over.works_on,
        zone=zone,
    )
    reviews = _drafted(cohort, pattern, manner, placed, people, mentors, over)
    assumed = sorted({one.start.date() for one in placed.places} & _unannounced(placed.places, over))
    taken = _standing(people, pattern)
    standing = [row for row in people.values() if row.pk in taken]
    found = _fingerprint(pattern, manner, placed.places)
    return Offer(reviews, placed, people, mentors, assumed, found, standing)


def speakers(organisation: Organisation, on: date) -> QuerySet[Person]:
    """Who can speak for the college: its staff, here and below."""
    return teachers_for(organisation, (), on)


@action
def plan_reviews(
    cohort: Cohort,
    pattern: Pattern,
    manner: Manner,
    *,
    seen: str,
    only: Sequence[str] | None = None,
    by: Actor,
    at: datetime,
) -> list[Review]:
    """Write exactly the offer that was seen (its fingerprint); refused when anything has changed. Twice is once."""
    require(rules.may_plan(by, cohort.organisation))
    if (
        not speakers(by.organisation or cohort.organisation, timezone.localtime(at).date())
        .filter(pk=manner.trainer.pk)
        .exists()
    ):
        raise Refused(not_now("reviews.trainer_unknown"))
    hold(enrolments().filter(cohort=cohort, state="active").values_list("pk", flat=True))
    found = offer(cohort, pattern, manner, only=only, today=timezone.localtime(at).date())
    if found.fingerprint != seen:
        if found.standing:
            raise Refused(not_now("reviews.planned_already"))
        raise Refused(not_now("reviews.changed_meanwhile"))
    if not found.reviews:
        raise Refused(not_now("reviews.nobody_to_plan"))
    for row in found.reviews:
        row.changed_at = at
    Review.objects.bulk_create(found.reviews, batch_size=500)
    told = ReviewsPlanned([row.public_id for row in found.reviews])
    tell(told, by=by, at=at, organisation=cohort.organisation, subject=cohort_ref(cohort))
    return found.reviews


@action
def move_review(
    review: Review,
    *,
    starts_at: datetime,
    ends_at: datetime,
    place: str | None = None,
    because: str,
    by: Actor,
    at: datetime,
) -> Review:
    """Give it another moment; refused while somebody who takes part cannot then."""
    row = locked(review)
    require(rules.may_lead(by, row))
    require(rules.can_last(starts_at, ends_at))
    require(rules.can_meet(row, timezone.localtime(starts_at).date()))
    require(rules.can_give_reason(because))
    state = REVIEW.after(row.state, "move")
    zone = ZoneInfo(row.organisation.time_zone)
    others = {row.mentor_id, row.trainer_id} - {None}
    found = busy_of([row.enrolment], others, starts_at, ends_at, zone)  # type: ignore[arg-type]
    own = (row.starts_at, row.ends_at)
    clash = next((one for some in found.values() for one in some if (one.start, one.end) != own), None)
    if clash is not None:
        raise Refused(not_now("reviews.somebody_busy", start=clash.start.astimezone(zone).strftime("%H:%M")))
    row.state, row.starts_at, row.ends_at, row.because = state, starts_at, ends_at, because.strip()
    row.place = row.place if place is None else place.strip()[:120]
    row.changed_at = at
    row.save(update_fields=["state", "starts_at", "ends_at", "place", "because", "changed_at"])
    told = ReviewMoved(starts_at.isoformat(), row.because)
    tell(told, by=by, at=at, organisation=row.organisation, subject=row.ref)
    return row


@action
def miss_review(review: Review, *, because: str, by: Actor, at: datetime) -> Review:
    """Say that it did not take place; it can be given another moment."""
    row = locked(review)
    require(rules.may_lead(by, row))
    require(rules.can_miss(row, at))
    return _end(row, "miss", ReviewMissed, because, by=by, at=at)


@action
def cancel_review(review: Review, *, because: str, by: Actor, at: datetime) -> Review:
    """It does not take place at all."""
    row = locked(review)
    require(rules.may_plan(by, row.organisation))
    return _end(row, "cancel", ReviewCancelled, because, by=by, at=at)


def _end(
    row: Review,
    move: str,
    fact: type[ReviewMissed] | type[ReviewCancelled],
    because: str,
    *,
    by: Actor,
    at: datetime,
) -> Review:
    require(rules.can_give_reason(because))
    row.state, row.because, row.changed_at = REVIEW.after(row.state, move), because.strip(), at
    row.save(update_fields=["state", "because", "changed_at"])
    tell(fact(row.because), by=by, at=at, organisation=row.organisation, subject=row.ref)
    return row


def _seated(people: dict[int, Enrolment], mentors: dict[int, Person]) -> list[Seat]:
    """Whoever shares a mentor sits together, in the order of numbers."""
    first: dict[int, int] = {}
    for place_, pk in enumerate(people):
        first.setdefault(mentors[pk].pk if pk in mentors else -pk, place_)
    order = sorted(people, key=lambda pk: first[mentors[pk].pk if pk in mentors else -pk])
    return [
        Seat(
            pk,
            people[pk].person_id,
            mentors[pk].pk if pk in mentors else None,
            (ended - ONE_DAY) if (ended := people[pk].ended_on) else None,
        )
        for pk in order
    ]


def _busy(
    pattern: Pattern, people: dict[int, Enrolment], mentors: dict[int, Person], manner: Manner, zone: ZoneInfo
) -> dict[int, list[Busy]]:
    start = datetime.combine(pattern.window(0)[0], time(), zone)
    end = datetime.combine(pattern.window(pattern.rounds - 1)[1] + ONE_DAY, time(), zone)
    others = {one.pk for one in mentors.values()} | {manner.trainer.pk}
    return busy_of(people.values(), others, start, end, zone)


def _drafted(
    cohort: Cohort,
    pattern: Pattern,
    manner: Manner,
    placed: Placed,
    people: dict[int, Enrolment],
    mentors: dict[int, Person],
    over: WorkCalendar,
) -> list[Review]:
    last = dict(
        Review._base_manager.filter(enrolment__in=list(people))
        .order_by()
        .values_list("enrolment_id")
        .annotate(last=Max("round"))
    )
    ends = due([pattern.window(n)[1] for n in range(pattern.rounds)], IN_TIME, over).days.tolist()
    return [
        Review(
            organisation=cohort.organisation,
            enrolment=people[one.seat.enrolment_id],
            round=last.get(one.seat.enrolment_id, 0) + one.round + 1,
            due_on=ends[one.round],
            starts_at=one.start,
            ends_at=one.end,
            mode=manner.mode,
            place=manner.place,
            mentor=mentors.get(one.seat.enrolment_id),
            trainer=manner.trainer,
        )
        for one in placed.places
    ]


def _unannounced(places: Sequence[Place], over: WorkCalendar) -> set[date]:
    last = date.fromisoformat(str(over.announced_until))
    return {one.start.date() for one in places if one.start.date() > last}


def _standing(people: dict[int, Enrolment], pattern: Pattern) -> set[int]:
    """Those for whom something is planned in this time already, as after a second press."""
    first, last = pattern.window(0)[0], pattern.window(pattern.rounds - 1)[1] + ONE_DAY
    rows = Review._base_manager.filter(
        enrolment__in=list(people), state="scheduled", starts_at__date__gte=first, starts_at__date__lt=last
    )
    return set(rows.values_list("enrolment_id", flat=True))


def _fingerprint(pattern: Pattern, manner: Manner, places: Sequence[Place]) -> str:
    """What was seen, so that only that is published."""
    seen = [
        repr(pattern),
        manner.trainer.pk,
        manner.mode,
        manner.place,
        [(one.round, one.seat.enrolment_id, one.seat.mentor_id, one.start.isoformat()) for one in places],
    ]
    return hashlib.sha256(json.dumps(seen).encode()).hexdigest()[:16]
