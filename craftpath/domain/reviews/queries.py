"""Reading reviews: one's own, those of a cohort, what is due, and what a page of one shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Case, Count, F, Min, OuterRef, Prefetch, Q, Subquery, When
from django.utils import timezone

from craftpath.domain.apprenticeships.queries import each_since, enrolments_of, mentor_today
from craftpath.domain.programmes.queries import figure_laid_down
from craftpath.domain.reviews.models import Excuse, Goal, Part, Review
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.signing import Document, SigningParty

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Enrolment

USUAL_WEEKS = 12
HELD = ("held", "written", "signed")
TO_COME = ("scheduled", "missed")
_WAITS = Q(state__in=TO_COME, enrolment__state="active")  # to be held, of somebody who is still here


def reviews() -> models.QuerySet[Review]:
    """The reviews of the open scope with who takes part, in order of time."""
    return Review.objects.select_related(
        "organisation",
        "enrolment__person",
        "enrolment__cohort",
        "enrolment__enterprise",
        "mentor",
        "trainer",
        "document",
        "held_by",
    ).order_by("starts_at", "pk")


def whole(rows: models.QuerySet[Review]) -> models.QuerySet[Review]:
    """The same with parts and excuses."""
    return rows.prefetch_related(
        Prefetch("parts", Part.objects.select_related("said_by").order_by("pk")),
        Prefetch("excuses", Excuse.objects.select_related("by").order_by("pk")),
    )


def taken_part_by(person: Person) -> Q:
    """The condition that somebody is one of the three."""
    own = enrolments_of(person).order_by().values("pk")
    return Q(enrolment__in=own) | Q(mentor=person) | Q(trainer=person)


def reviews_of(person: Person) -> models.QuerySet[Review]:
    """Those in which somebody takes part, in order of time."""
    # Looked up by their three indexes first: with all that is shown joined, a database reads everybody's reviews.
    mine = Review._base_manager.filter(taken_part_by(person))
    return reviews().filter(pk__in=mine.values("pk"))


def reviews_between(person: Person, start: datetime, end: datetime) -> models.QuerySet[Review]:
    """Those of somebody between two moments, cancelled ones too, as a calendar shows them."""
    return reviews_of(person).filter(starts_at__lt=end, ends_at__gte=start)


def to_sign(person: Person) -> models.QuerySet[Review]:
    """Those whose text waits for this person; whoever is excused is not waited for."""
    waiting = SigningParty.objects.filter(person=person, signature__isnull=True)
    return (
        reviews_of(person)
        .filter(state="written", document__in=waiting.order_by().values("document_id"))
        .exclude(mentor=person, excuses__role="mentor")
        .exclude(trainer=person, excuses__role="college")
        .exclude(enrolment__person=person, excuses__role="apprentice")
    )


def excused() -> models.Exists:
    """As a condition of parties that sign: this one is excused from the text of a review, and not waited for."""
    rows = Review._base_manager.filter(document=OuterRef("document"), excuses__role=OuterRef("role"))
    return models.Exists(rows.order_by())


def document_read(public_id: str) -> Document | None:
    """The text of a review that the reader sees; one that was taken back is not read any more."""
    row = reviews().filter(document__public_id=public_id).first()
    return row.document if row is not None else None


def weeks_laid_down(programme_id: int, day: date) -> int:
    """Every how many weeks the programme wants a review; twelve where it says nothing."""
    figure = figure_laid_down(programme_id, ["review_weeks"], day)
    return int(figure) if figure is not None and figure >= Decimal(1) else USUAL_WEEKS


@dataclass(frozen=True, slots=True)
class Goals:
    """The goals of one apprentice as a review shows them."""

    carried: list[Goal] = field(default_factory=list)
    fresh: list[Goal] = field(default_factory=list)
    settled: list[Goal] = field(default_factory=list)


def goals_in(review: Review) -> Goals:
    """What was open before it, what was set in it, what was settled in it; one query."""
    return goals_in_each([review])[review.pk]


def goals_in_each(rows: Sequence[Review]) -> dict[int, Goals]:
    """review id → the same; one query however many."""
    found = {review.pk: Goals() for review in rows}
    own: dict[int, list[Goal]] = {}
    goals = Goal.objects.filter(enrolment__in=[review.enrolment_id for review in rows])
    for goal in goals.select_related("set_in", "set_by").order_by("pk"):
        own.setdefault(goal.enrolment_id, []).append(goal)
    for review in rows:
        for goal in own.get(review.enrolment_id, []):
            if goal.settled_in_id == review.pk:
                found[review.pk].settled.append(goal)
            elif goal.set_in_id == review.pk:
                found[review.pk].fresh.append(goal)
            elif goal.state == "open" and goal.set_in.round < review.round:
                found[review.pk].carried.append(goal)
    return found


def goal_owner() -> Case:
    """As a column of goals: the person who took it on; the mentor of today for what a mentor did."""
    return Case(
        When(owner="apprentice", then=F("enrolment__person_id")),
        When(owner="mentor", then=mentor_today("enrolment")),
        default=F("set_in__trainer_id"),
        output_field=models.BigIntegerField(),
    )


def goals() -> models.QuerySet[Goal]:
    """Goals of the open scope."""
    return Goal.objects.all()


def goals_of(person: Person) -> models.QuerySet[Goal]:
    """Open goals that somebody took on, the nearest day first and those without a day last."""
    rows = Goal.objects.filter(state="open", enrolment__state="active").annotate(asked=goal_owner())
    found = rows.filter(asked=person.pk).select_related("enrolment__person", "set_in")
    return found.order_by(F("due_on").asc(nulls_last=True), "pk")


def open_goals(enrolment_ids: Iterable[int]) -> dict[int, list[Goal]]:
    """enrolment id → its open goals, the oldest first; one query."""
    found: dict[int, list[Goal]] = {}
    for goal in Goal.objects.filter(enrolment__in=list(enrolment_ids), state="open").order_by("pk"):
        found.setdefault(goal.enrolment_id, []).append(goal)
    return found


@dataclass(frozen=True, slots=True)
class Standing:
    """How reviews stand with one apprentice: the last that was held, the next one planned."""

    enrolment: Enrolment
    last: Review | None
    coming: Review | None
    goals: int

    def overdue(self, today: date) -> bool:
        """Whether one that is planned should have been held by now."""
        return self.coming is not None and self.coming.due_on < today


def standings(people: Sequence[Enrolment]) -> list[Standing]:
    """The same apprentices with their last and next review; three queries however many."""
    ids = [row.pk for row in people]
    held: dict[int, Review] = {}
    coming: dict[int, Review] = {}
    rows = Review.objects.filter(enrolment__in=ids).select_related("organisation", "mentor", "trainer")
    for row in rows.order_by("round"):
        if row.state in HELD:
            held[row.enrolment_id] = row
        elif row.state in TO_COME:
            coming.setdefault(row.enrolment_id, row)
    goals = {pk: len(some) for pk, some in open_goals(ids).items()}
    return [Standing(row, held.get(row.pk), coming.get(row.pk), goals.get(row.pk, 0)) for row in people]


def to_come() -> models.QuerySet[Review]:
    """Reviews of the open scope that are planned, or were missed and get another moment."""
    return Review.objects.filter(_WAITS)


def overdue(today: date) -> models.QuerySet[Review]:
    """Reviews of the open scope that were not held by their due day."""
    return reviews().filter(_WAITS, due_on__lt=today)


def of_college(person: Person) -> set[int]:
    """The enrolments whose reviews to come somebody holds for the college; one query."""
    rows = Review._base_manager.filter(trainer=person, state__in=TO_COME).order_by()
    return set(rows.values_list("enrolment_id", flat=True))


def overdue_at(organisation: Organisation, today: date) -> int:
    """How many reviews of a college and those below it were not held by their due day, whoever asks; one query."""
    rows = Review._base_manager.filter(organisation__in=organisation.below(), due_on__lt=today)
    return rows.filter(_WAITS).order_by().count()


def due_since(enrolments: Iterable[int]) -> dict[int, date]:
    """enrolment id → the due day of its first review that is still to be held, whoever asks; one query."""
    rows = Review._base_manager.filter(enrolment__in=list(enrolments), state__in=TO_COME).order_by()
    return dict(rows.values_list("enrolment_id").annotate(first=Min("due_on")))


def held_counts(enrolment_ids: Iterable[int]) -> dict[int, tuple[int, int]]:
    """enrolment id → how many of its reviews were held, and how many of them are signed by all; one query."""
    rows = Review.objects.filter(enrolment__in=list(enrolment_ids), state__in=HELD).order_by()
    told = rows.values_list("enrolment_id").annotate(
        held=Count("pk"), signed=Count("pk", filter=Q(state="signed"))
    )
    return {who: (held, signed) for who, held, signed in told}


def last_before(review: Review) -> Review | None:
    """The review of the same apprentice that was held last before this one."""
    rows = reviews().filter(enrolment=review.enrolment_id, state__in=HELD, round__lt=review.round)
    return rows.order_by("-round").first()


@dataclass(frozen=True, slots=True)
class Ahead:
    """Reviews of one cohort that are to come: how many are overdue, how many are planned, when the next one is."""

    overdue: int = 0
    planned: int = 0
    next_at: datetime | None = None


def ahead(cohort_ids: Iterable[int], today: date, at: datetime) -> dict[int, Ahead]:
    """cohort id → what is to come, of the apprentices whom the reader sees; one query."""
    rows = Review.objects.filter(
        enrolment__cohort__in=list(cohort_ids), enrolment__state="active", state__in=TO_COME
    )
    told = (
        rows.order_by()
        .values_list("enrolment__cohort_id")
        .annotate(
            late=Count("pk", filter=Q(due_on__lt=today)),
            planned=Count("pk"),
            coming=Min("starts_at", filter=Q(starts_at__gte=at)),
        )
    )
    return {cohort: Ahead(late, planned, coming) for cohort, late, planned, coming in told}


def to_hold(person: Person, until: date) -> models.QuerySet[Review]:
    """Those of somebody that are planned up to a day and not held."""
    over = timezone.make_aware(datetime.combine(until + timedelta(days=1), time.min))
    return reviews_of(person).filter(state__in=TO_COME, starts_at__lt=over, enrolment__state="active")


def last_colours(enrolment_ids: Iterable[int]) -> dict[int, str]:
    """enrolment id → the colour of the last review that was held; one query."""
    newest = Review._base_manager.filter(enrolment=OuterRef("enrolment"), state__in=HELD).order_by("-round")
    rows = Review._base_manager.filter(
        enrolment__in=list(enrolment_ids), pk=Subquery(newest.values("pk")[:1])
    )
    return dict(rows.order_by().values_list("enrolment_id", "colour"))


@dataclass(frozen=True, slots=True)
class Kept:
    """Reviews of one apprentice that were due up to a day: held in time, held late, not held when that day began."""

    in_time: int = 0
    late: int = 0
    missing: int = 0


def kept(enrolment_ids: Iterable[int], first: date, last: date) -> dict[int, Kept]:
    """enrolment id → how its reviews due from `first` to `last` were kept; cancelled ones are left out. One query."""
    return kept_since(dict.fromkeys(enrolment_ids, first), last)


def kept_since(since: Mapping[int, date], last: date) -> dict[int, Kept]:
    """The same, each from a day of its own on."""
    counted: dict[int, list[int]] = {}
    rows = Review._base_manager.filter(
        each_since(since, "due_on"), Q(due_on__lt=last) | Q(due_on=last, held_on__isnull=False)
    )
    for who, held_on, due_on in rows.exclude(state="cancelled").values_list(
        "enrolment_id", "held_on", "due_on"
    ):
        line = counted.setdefault(who, [0, 0, 0])
        line[2 if held_on is None else int(held_on > due_on)] += 1
    return {who: Kept(*line) for who, line in counted.items()}


@dataclass(frozen=True, slots=True)
class Settled:
    """A review of which is known how it was kept: signed by all, or noted as missed."""

    review: str
    enrolment: int
    due_on: date
    outcome: str  # on_time, late, missed


def settled(windows: Mapping[int, tuple[date, date]]) -> list[Settled]:
    """The settled reviews that were due between two days of each enrolment, the newest first; one query.

    One that nobody signed or noted yet is in nobody's favour and to nobody's harm: it is not there.
    """
    first = {who: window[0] for who, window in windows.items()}
    rows = Review._base_manager.filter(each_since(first, "due_on"), state__in=["signed", "missed"])
    told = rows.order_by("-due_on", "-pk").values_list("public_id", "enrolment_id", "due_on", "held_on")
    return [
        Settled(key, who, due_on, _outcome(due_on, held_on))
        for key, who, due_on, held_on in told
        if due_on <= windows[who][1]
    ]


def _outcome(due_on: date, held_on: date | None) -> str:
    if held_on is None:
        return "missed"
    return "on_time" if held_on <= due_on else "late"


def enrolments_reviewed(reviews: Iterable[str]) -> list[int]:
    """The enrolments of these reviews (public ids); one query."""
    rows = Review._base_manager.filter(public_id__in=list(reviews))
    return list(rows.values_list("enrolment_id", flat=True))


def last_words(enrolment_id: int, role: str, until: date) -> Part | None:
    """What one side said in the last signed review up to a day; None where there is none."""
    rows = Part.objects.filter(
        review__in=Review.objects.filter(enrolment=enrolment_id, state="signed", held_on__lte=until),
        role=role,
    )
    return rows.select_related("said_by").order_by("-review__round").first()
