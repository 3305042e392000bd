"""What somebody has done in a run: an activity a row, and what stands behind it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from craftpath.domain.apprenticeships.rules import enrolment_seen_by
from craftpath.domain.courses.models.following import Run
from craftpath.domain.courses.states import HAND_INS, PROGRESS
from craftpath.kernel.files import KeptFile
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import Scope, Scoped, below
from craftpath.values.ref import Ref


def done_seen_by(scope: Scope) -> Any:
    """One's own, of the apprentices whom one sees, and what those without an enrolment did in one's organisations."""
    return (
        Q(person=scope.person_id)
        | (Q(enrolment__isnull=False) & enrolment_seen_by(scope, "enrolment__"))
        | (Q(enrolment__isnull=True) & below(scope, "run__organisation"))
    )


class Progress(Scoped):
    """How far somebody is with one activity; `score` is a percentage where there is one."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="progress")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    enrolment = models.ForeignKey(
        "apprenticeships.Enrolment", on_delete=models.PROTECT, null=True, related_name="+"
    )
    activity_key = models.CharField(max_length=16)
    state = models.CharField(max_length=8, choices=[(one, one) for one in PROGRESS])
    score = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    begun_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    whose: ClassVar[tuple[str, ...]] = ("person",)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "person", "activity_key"], name="course_progress_once"),
            models.CheckConstraint(condition=Q(state__in=PROGRESS), name="course_progress_state_known"),
            models.CheckConstraint(
                condition=Q(score__isnull=True) | Q(score__gte=0, score__lte=100),
                name="course_progress_score_is_percent",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.activity_key} {self.state}"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """One's own, and of those whom one looks after."""
        return done_seen_by(scope)


class QuizTry(Scoped):
    """One go at a quiz, with the questions that were drawn for it."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    made_id = models.UUIDField(unique=True)
    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    enrolment = models.ForeignKey(
        "apprenticeships.Enrolment", on_delete=models.PROTECT, null=True, related_name="+"
    )
    activity_key = models.CharField(max_length=16)
    number = models.PositiveSmallIntegerField()
    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    score = models.DecimalField(max_digits=5, decimal_places=2, null=True)

    whose: ClassVar[tuple[str, ...]] = ("person",)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["run", "person", "activity_key", "number"], name="course_try_once"
            )
        ]

    def __str__(self) -> str:
        return self.public_id

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """As progress is."""
        return done_seen_by(scope)


class QuizQuestion(models.Model):
    """A question of a try: a version of an item, what was answered, what it was worth."""

    quiz_try = models.ForeignKey(QuizTry, on_delete=models.CASCADE, related_name="questions")
    order = models.PositiveSmallIntegerField()
    item = models.ForeignKey("exams.ItemVersion", on_delete=models.PROTECT, related_name="+")
    given = models.JSONField(null=True)
    share = models.DecimalField(max_digits=5, decimal_places=4, null=True, help_text="of its points, 0–1")
    answered_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager[QuizQuestion]] = models.Manager()

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["quiz_try", "order"], name="course_question_once")]

    def __str__(self) -> str:
        return f"{self.quiz_try_id} {self.order}"


class HandIn(Scoped):
    """Words and a photo for an assignment, and what a trainer said to them."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    made_id = models.UUIDField(unique=True)
    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    enrolment = models.ForeignKey(
        "apprenticeships.Enrolment", on_delete=models.PROTECT, null=True, related_name="+"
    )
    activity_key = models.CharField(max_length=16)
    words = models.TextField(blank=True)
    photo = models.ForeignKey(KeptFile, on_delete=models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=8, default=HAND_INS[0], choices=[(one, one) for one in HAND_INS])
    at = models.DateTimeField()
    answer = models.CharField(max_length=1000, blank=True)
    settled_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)

    whose: ClassVar[tuple[str, ...]] = ("person",)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=HAND_INS), name="course_hand_in_state_known"),
            models.CheckConstraint(
                condition=Q(state="waiting", settled_at__isnull=True)
                | (~Q(state="waiting") & Q(settled_at__isnull=False)),
                name="course_hand_in_settled_when",
            ),
        ]
        indexes = [models.Index(fields=["state", "at"], name="course_hand_in_waiting")]

    def __str__(self) -> str:
        return self.public_id

    @property
    def ref(self) -> Ref:
        """The pointer that other rows keep."""
        return Ref("courses", "hand_in", self.public_id)

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """As progress is."""
        return done_seen_by(scope)


class Tick(Scoped):
    """A point of a checklist that an apprentice has done; where it needs a mentor's word, `confirmed_at` says when."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    enrolment = models.ForeignKey(
        "apprenticeships.Enrolment", on_delete=models.PROTECT, null=True, related_name="+"
    )
    activity_key = models.CharField(max_length=16)
    point = models.CharField(max_length=16)
    at = models.DateTimeField()
    to_confirm = models.BooleanField(default=False)
    confirmed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)

    whose: ClassVar[tuple[str, ...]] = ("person",)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["run", "person", "activity_key", "point"], name="course_tick_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.activity_key} {self.point}"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """As progress is."""
        return done_seen_by(scope)
