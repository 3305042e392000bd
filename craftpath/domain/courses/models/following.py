"""Who follows which version of a course, by when."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.timezone import localdate

from craftpath.domain.apprenticeships.rules import cohorts_seen_by
from craftpath.domain.courses.models.writing import LONGEST_LINK, Course, CourseVersion
from craftpath.domain.courses.states import RUN
from craftpath.kernel.access import memberships_on
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import Scope, Scoped, below
from craftpath.values.ref import Ref


class Run(Scoped):
    """A cohort follows a version; or, without a cohort, everybody of the organisation who wants to."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    made_id = models.UUIDField(unique=True)
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="runs")
    version = models.ForeignKey(CourseVersion, on_delete=models.PROTECT, related_name="runs")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    cohort = models.ForeignKey(
        "apprenticeships.Cohort", on_delete=models.PROTECT, null=True, related_name="+"
    )
    below = models.BooleanField(
        default=True, help_text="of all organisations below, too, if it has no cohort"
    )
    state = models.CharField(max_length=8, default=RUN.start, choices=RUN.choices)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, help_text="the planned last day")
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=RUN.states), name="course_run_state_known"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="course_run_ends_after_start",
            ),
            models.UniqueConstraint(
                fields=["course", "cohort", "organisation"], condition=Q(state="running"),
                name="course_run_once_at_a_time", nulls_distinct=False,
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.public_id

    @property
    def ref(self) -> Ref:
        """The pointer that other rows keep."""
        return Ref("courses", "run", self.public_id)

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Those of one's organisations, of cohorts that one sees, and for everybody where one is a member or below."""
        mine = memberships_on(localdate()).filter(person=scope.person_id).order_by()
        here = mine.filter(organisation=OuterRef("organisation"))
        held = mine.filter(organisation__path__startswith=OuterRef("organisation__path"))
        return (
            below(scope, "organisation")
            | cohorts_seen_by(scope, "cohort")
            | (Q(cohort__isnull=True) & (Q(Exists(here)) | Q(below=True) & Q(Exists(held))))
        )


class DueDay(models.Model):
    """By when a unit is to be done in one run; without a row there is no hurry."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="due_days")
    unit_key = models.CharField(max_length=16)
    on = models.DateField()

    objects: ClassVar[models.Manager[DueDay]] = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "unit_key"], name="course_due_once")]

    def __str__(self) -> str:
        return f"{self.run_id} {self.unit_key} {self.on}"


class LiveSession(models.Model):
    """When a run meets for a live activity, and where one joins."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="sessions")
    activity_key = models.CharField(max_length=16)
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField()
    link = models.CharField(max_length=LONGEST_LINK)
    count = models.PositiveSmallIntegerField(default=0, help_text="how often it was changed")
    changed_at = models.DateTimeField()

    objects: ClassVar[models.Manager[LiveSession]] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "activity_key"], name="course_session_once"),
            models.CheckConstraint(condition=Q(minutes__gte=1), name="course_session_takes_time"),
        ]

    def __str__(self) -> str:
        return f"{self.run_id} {self.activity_key} {self.starts_at}"


class Follower(models.Model):
    """Somebody has begun a run; `score` is the mean of what was scored, once everything is done."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="followers")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    enrolment = models.ForeignKey(
        "apprenticeships.Enrolment", on_delete=models.PROTECT, null=True, related_name="+"
    )
    begun_at = models.DateTimeField()
    last_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    finished_version = models.PositiveSmallIntegerField(null=True)
    score = models.DecimalField(max_digits=5, decimal_places=2, null=True, help_text="percent")

    whose: ClassVar[tuple[str, ...]] = ("person",)

    objects: ClassVar[models.Manager[Follower]] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "person"], name="course_follower_once"),
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True) | Q(finished_version__isnull=False),
                name="course_finished_which_version",
            ),
        ]
        indexes = [models.Index(fields=["person", "-last_at"], name="course_follower_lately")]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.run_id}"
