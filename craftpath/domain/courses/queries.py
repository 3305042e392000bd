"""Reading courses, runs and what people have done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Count, Q

from craftpath.domain.apprenticeships.queries import enrolments, enrolments_of, enrolments_worked_with
from craftpath.domain.courses.models import (
    Activity,
    Arrival,
    Course,
    CourseFile,
    CourseVersion,
    DueDay,
    Follower,
    HandIn,
    LiveSession,
    Progress,
    QuizQuestion,
    QuizTry,
    Run,
    Tick,
    Unit,
)
from craftpath.domain.courses.states import SETTLED

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Enrolment
    from craftpath.kernel.organisations import Organisation
    from craftpath.kernel.people import Person


# ---- What is written ------------------------------------------------------------------------------------


def courses() -> models.QuerySet[Course]:
    """The courses of the open scope, the newest first."""
    return Course.objects.select_related("organisation", "occupation", "made_by").order_by("-made_at", "-pk")


def listed(organisation: Organisation) -> models.QuerySet[Course]:
    """Those of an organisation and below, with `number` of the newest version and `running` runs; one query."""
    rows = courses().filter(organisation__path__startswith=organisation.path)
    return rows.annotate(
        number=models.Max("versions__number"),
        running=Count("runs", filter=Q(runs__state="running"), distinct=True),
        drafts=Count("versions", filter=Q(versions__number__isnull=True), distinct=True),
    )


def versions_of(course: Course) -> list[CourseVersion]:
    """What was published, the newest first."""
    rows = course.versions.filter(number__isnull=False).select_related("published_by")
    return list(rows.order_by("-number"))


def version_to_write(course: Course) -> CourseVersion | None:
    """What an author looks at: the draft, else what was published last."""
    return course.versions.order_by(models.F("number").desc(nulls_first=True)).first()


def units_of(version: CourseVersion) -> list[Unit]:
    """The units of a version in order, each with its activities; two queries."""
    return list(version.units.prefetch_related("activities"))


def activities_of(version: CourseVersion) -> list[Activity]:
    """Everything that is done in a version, in order; one query."""
    rows = Activity.objects.filter(unit__version=version).select_related("unit")
    return list(rows.order_by("unit__order", "unit__pk", "order", "pk"))


def files_of(course: Course | int) -> dict[str, CourseFile]:
    """public id → file of a course; one query."""
    rows = CourseFile.objects.filter(course=course).select_related("file", "captions")
    return {row.public_id: row for row in rows}


def file_in(course: Course, public_id: str) -> CourseFile | None:
    """One file of a course."""
    rows = CourseFile.objects.filter(course=course, public_id=public_id)
    return rows.select_related("file", "captions", "course__organisation").first()


def arrivals() -> models.QuerySet[Arrival]:
    """Files that were looked at."""
    return Arrival.objects.select_related("file", "organisation", "course")


# ---- Who follows what -----------------------------------------------------------------------------------


def runs() -> models.QuerySet[Run]:
    """The runs of the open scope."""
    return Run.objects.select_related("course__organisation", "version", "organisation", "cohort")


def runs_of(course: Course) -> models.QuerySet[Run]:
    """The runs of a course, those under way first, each with `people` who have begun."""
    rows = runs().filter(course=course).annotate(people=Count("followers"))
    return rows.order_by("-state", "-starts_on", "-pk")


def followers() -> models.QuerySet[Follower]:
    """Whoever has begun a run, whoever asks: for what is true of somebody whoever looks."""
    return Follower.objects.select_related("person", "run__course").order_by("pk")


def place_in(run: Run, person: Person) -> tuple[bool, Enrolment | None]:
    """(whether somebody learns in this run, with which enrolment)."""
    if run.cohort_id is None:
        return True, None
    row = enrolments_of(person).filter(cohort=run.cohort_id, state="active").first()
    return row is not None, row


def people_in(run: Run) -> list[Person]:
    """Who learns in a run: the apprentices of its cohort, or whoever has begun it; by name, one query."""
    if run.cohort_id is None:
        rows = Follower.objects.filter(run=run).select_related("person").order_by("person__name", "person_id")
        return [row.person for row in rows if row.person.is_active]
    mine = enrolments().filter(cohort=run.cohort_id, state="active").select_related("person")
    return [row.person for row in mine.order_by("person__name", "person_id")]


def run_for(public_id: str) -> Run | None:
    """A run by its id, whoever asks: for what was sealed here, or for a program of the run's organisation."""
    rows = Run._base_manager.filter(public_id=public_id)
    return rows.select_related("course__organisation", "version", "organisation", "cohort").first()


def own_runs(person: Person, today: date) -> list[Run]:
    """Runs that somebody follows today: of the own cohorts, and those for everybody once begun. One query."""
    mine = enrolments_of(person).filter(state="active").order_by()
    begun = Follower.objects.filter(person=person)
    rows = runs().filter(
        Q(cohort__in=mine.values("cohort_id")) | Q(cohort__isnull=True, pk__in=begun.values("run_id")),
        Q(ends_on__isnull=True) | Q(ends_on__gte=today),
        state="running",
        starts_on__lte=today,
    )
    return list(rows)


def open_runs(person: Person, today: date) -> list[Run]:
    """Runs for everybody, of courses that somebody does not follow yet; one query."""
    begun = Follower.objects.filter(person=person)
    mine = Run._base_manager.filter(
        cohort__in=enrolments_of(person).filter(state="active").order_by().values("cohort_id"),
        state="running",
    )
    rows = runs().filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=today),
        cohort__isnull=True,
        state="running",
        starts_on__lte=today,
    )
    return list(rows.exclude(pk__in=begun.values("run_id")).exclude(course__in=mine.values("course_id")))


def due_days(run: Run) -> dict[str, date]:
    """key of a unit → by when; one query."""
    return dict(run.due_days.values_list("unit_key", "on"))


def sessions_of(run: Run) -> dict[str, LiveSession]:
    """key of an activity → when one meets; one query."""
    return {row.activity_key: row for row in run.sessions.all()}


def sessions_between(person: Person, first: date, last: date) -> list[LiveSession]:
    """Live sessions of the courses that somebody follows, between two days; one query."""
    mine = enrolments_of(person).filter(state="active").order_by()
    begun = Follower.objects.filter(person=person)
    rows = LiveSession.objects.filter(
        Q(run__cohort__in=mine.values("cohort_id")) | Q(run__in=begun.values("run_id")),
        run__state="running", starts_at__date__gte=first, starts_at__date__lte=last,
    )  # fmt: skip
    return list(rows.select_related("run__course"))


def states_of(run: Run, person: Person) -> dict[str, Progress]:
    """key of an activity → how far somebody is; one query."""
    rows = Progress._base_manager.filter(run=run, person=person)
    return {row.activity_key: row for row in rows}


@dataclass(frozen=True, slots=True)
class Standing:
    """One run as its learner sees it: what is next, how much is done, and when it was touched last."""

    run: Run
    activities: Sequence[Activity]
    states: Mapping[str, str]
    follower: Follower | None = None
    due: Mapping[str, date] = field(default_factory=dict)

    @property
    def next(self) -> Activity | None:
        """The first one that is neither done nor waiting for somebody else."""
        return next((one for one in self.activities if self.states.get(one.key) not in SETTLED), None)

    @property
    def done(self) -> int:
        """How many are done."""
        return sum(self.states.get(one.key) == "done" for one in self.activities)

    @property
    def finished(self) -> bool:
        """Whether nothing is left."""
        return bool(self.activities) and self.done == len(self.activities)


def standings(person: Person, today: date) -> list[Standing]:
    """What somebody learns today, what was touched last first; five queries however many runs."""
    rows = own_runs(person, today)
    if not rows:
        return []
    by_version: dict[int, list[Activity]] = {}
    found = Activity.objects.filter(unit__version__in={row.version_id for row in rows}).select_related("unit")
    for one in found.order_by("unit__order", "unit__pk", "order", "pk"):
        by_version.setdefault(one.unit.version_id, []).append(one)
    states: dict[int, dict[str, str]] = {}
    told = Progress._base_manager.filter(run__in=rows, person=person)
    for run, key, state in told.values_list("run_id", "activity_key", "state"):
        states.setdefault(run, {})[key] = state
    followers = {one.run_id: one for one in Follower.objects.filter(run__in=rows, person=person)}
    due: dict[int, dict[str, date]] = {}
    for day in DueDay.objects.filter(run__in=rows):
        due.setdefault(day.run_id, {})[day.unit_key] = day.on
    made = [
        Standing(
            row,
            by_version.get(row.version_id, []),
            states.get(row.pk, {}),
            followers.get(row.pk),
            due.get(row.pk, {}),
        )
        for row in rows
    ]
    return sorted(made, key=lambda one: (_lately(one), one.run.starts_on), reverse=True)


def _lately(one: Standing) -> float:
    return one.follower.last_at.timestamp() if one.follower is not None else 0.0


# ---- What was done --------------------------------------------------------------------------------------


def tries_of(run: Run, person: Person, activity_key: str) -> list[QuizTry]:
    """All goes at a quiz, the first one first."""
    return list(QuizTry._base_manager.filter(run=run, person=person, activity_key=activity_key))


def quiz_try(public_id: str, person: Person) -> QuizTry | None:
    """One's own try."""
    rows = QuizTry._base_manager.select_related("run__course", "run__version", "run__organisation")
    return rows.filter(public_id=public_id, person=person).first()


def questions_of(row: QuizTry) -> list[QuizQuestion]:
    """The questions of a try in order, with what they say; one query."""
    return list(row.questions.select_related("item__item", "item__stimulus").order_by("order"))


def hand_ins(run: Run, person: Person, activity_key: str) -> list[HandIn]:
    """What somebody has handed in, with what was said to it."""
    rows = HandIn._base_manager.filter(run=run, person=person, activity_key=activity_key)
    return list(rows.select_related("photo", "settled_by"))


def waiting_hand_ins(organisation: Organisation) -> models.QuerySet[HandIn]:
    """What a trainer has to look at, at an organisation and below, the longest waiting first."""
    return handed_in().filter(state="waiting", run__organisation__path__startswith=organisation.path)


def handed_in() -> models.QuerySet[HandIn]:
    """What was handed in, as the reader sees it."""
    related = ("run__course", "run__version", "run__organisation", "person", "photo")
    return HandIn.objects.select_related(*related)


def ticks_of(run: Run, person: Person, activity_key: str) -> dict[str, Tick]:
    """key of a point → who ticked it when; one query."""
    rows = Tick._base_manager.filter(run=run, person=person, activity_key=activity_key)
    return {row.point: row for row in rows.select_related("confirmed_by")}


def ticks_to_confirm(person: Person) -> models.QuerySet[Tick]:
    """Ticks of the apprentices with whom somebody works that wait for a word."""
    rows = Tick.objects.filter(
        enrolment__in=enrolments_worked_with(person), to_confirm=True, confirmed_at__isnull=True
    )
    return rows.select_related("person", "run__course", "run__version", "enrolment")


def named_in(run_activities: Iterable[tuple[int, str]]) -> dict[tuple[int, str], Activity]:
    """(version, key) → activity; one query."""
    wanted = set(run_activities)
    rows = Activity.objects.filter(
        unit__version__in={version for version, _key in wanted}, key__in={key for _version, key in wanted}
    )
    return {(row.unit.version_id, row.key): row for row in rows.select_related("unit")}


def done_in_cohorts(cohorts: Mapping[int, int]) -> tuple[dict[int, int], dict[int, int]]:
    """Of the courses that run for cohorts: person id → activities done, cohort id → how many there are; two queries.

    `cohorts` says of which cohort each person (ids) is.
    """
    running = Run.objects.filter(cohort__in=set(cohorts.values()), state="running").order_by()
    steps = running.values_list("cohort_id").annotate(count=Count("version__units__activities"))
    done = Progress.objects.filter(person__in=list(cohorts), state="done", run__in=running.values("pk"))
    counted = done.order_by().values_list("person_id").annotate(count=Count("pk"))
    return dict(counted), dict(steps)


@dataclass(frozen=True, slots=True)
class Row:
    """One person of a matrix: key of an activity → state."""

    person: Person
    enrolment: Enrolment | None
    follower: Follower | None
    states: Mapping[str, str]


def finished_by(person: Person) -> list[Follower]:
    """What somebody has done everything of, the first one first; one query, whoever asks."""
    rows = Follower.objects.filter(person=person, finished_at__isnull=False)
    return list(
        rows.select_related("run__course__organisation", "run__organisation").order_by("finished_at", "pk")
    )


def matrix(run: Run) -> list[Row]:
    """Everybody of a run whom the reader sees, by number or name, begun or not; three queries however many."""
    followers = {one.person_id: one for one in run.followers.select_related("person")}
    states: dict[int, dict[str, str]] = {}
    told = Progress.objects.filter(run=run).order_by()
    for person, key, state in told.values_list("person_id", "activity_key", "state"):
        states.setdefault(person, {})[key] = state
    if run.cohort_id is not None:
        rows = enrolments().filter(cohort=run.cohort_id, state="active")
        return [
            Row(one.person, one, followers.get(one.person_id), states.get(one.person_id, {})) for one in rows
        ]
    people = sorted(followers.values(), key=lambda one: one.person.name)
    return [Row(one.person, None, one, states.get(one.person_id, {})) for one in people]
