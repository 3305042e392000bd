"""Answers with all that the engine needs, diagnoses, cards and sets of practice, overrides and objections.

What is mastered is worked out of the answers whenever it is read, and stored nowhere.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from craftpath.domain.apprenticeships.rules import seen_by_helpers
from craftpath.domain.study.states import DIAGNOSIS, OBJECTION, OVERRIDE, SET
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import Scope, Scoped
from craftpath.values.ref import Ref

LONGEST_WORDS = 300
FOUND = ("mastered", "not_yet", "unclear")
ENDS = ("certain", "limit", "bank")
KINDS = ("known", "must", "not_now")
SOURCES = ("diagnosis", "practice")
LONGEST_KEY = 60


class OfOne(Scoped):
    """A row about one apprentice, seen by the apprentice, by those who help and by the college."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    enrolment = models.ForeignKey("apprenticeships.Enrolment", on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """As helpers see it."""
        return seen_by_helpers(scope)


class Diagnosis(OfOne):
    """Questions of one skill, one at a time. `posed` is the version that waits for its answer, so that one may leave.

    `found` and `ended_because` say how it ended; what was known then is worked out of the answers up to `ended_at`.
    """

    skill = models.SlugField(max_length=LONGEST_KEY)
    made_id = models.UUIDField(help_text="named by the form, so that it is begun once")
    state = models.CharField(max_length=12, default=DIAGNOSIS.start, choices=DIAGNOSIS.choices)
    posed = models.ForeignKey("exams.ItemVersion", on_delete=models.PROTECT, null=True, related_name="+")
    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    found = models.CharField(max_length=12, blank=True, choices=[(one, one) for one in FOUND])
    ended_because = models.CharField(max_length=12, blank=True, choices=[(one, one) for one in ENDS])

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "made_id"], name="diagnosis_made_once"),
            models.UniqueConstraint(
                fields=["enrolment", "skill"], condition=Q(state="open"), name="diagnosis_open_once"
            ),
            models.CheckConstraint(condition=Q(state__in=DIAGNOSIS.states), name="diagnosis_state_known"),
            models.CheckConstraint(
                condition=Q(state="open", ended_at__isnull=True, posed__isnull=False, found="")
                | (~Q(state="open") & Q(ended_at__isnull=False, posed__isnull=True)),
                name="diagnosis_ended_with_time",
            ),
            models.CheckConstraint(
                condition=~Q(state="finished") | (~Q(found="") & ~Q(ended_because="")),
                name="diagnosis_finished_with_finding",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.skill} {self.state}"

    @property
    def ref(self) -> Ref:
        """The pointer that the history keeps."""
        return Ref("study", "diagnosis", self.public_id)


class PracticeSet(OfOne):
    """Five minutes of practice: `questions` are [version id, skill] in their order. One is open at a time."""

    made_id = models.UUIDField(help_text="named by the form, so that it is begun once")
    state = models.CharField(max_length=12, default=SET.start, choices=SET.choices)
    questions = models.JSONField(default=list)
    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "made_id"], name="practice_set_made_once"),
            models.UniqueConstraint(
                fields=["enrolment"], condition=Q(state="open"), name="practice_set_open_once"
            ),
            models.CheckConstraint(condition=Q(state__in=SET.states), name="practice_set_state_known"),
            models.CheckConstraint(
                condition=Q(state="open", ended_at__isnull=True)
                | (~Q(state="open") & Q(ended_at__isnull=False)),
                name="practice_set_ended_with_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.state}"

    @property
    def ref(self) -> Ref:
        """The pointer that the history keeps."""
        return Ref("study", "set", self.public_id)


class Answered(OfOne):
    """One answer, never altered. `difficulty`, `slope` and `guess` are the question's as it was known then.

    `sure` is the own word before the answer was judged; a diagnosis does not ask for it.
    """

    skill = models.SlugField(max_length=LONGEST_KEY)
    version = models.ForeignKey("exams.ItemVersion", on_delete=models.PROTECT, related_name="+")
    item = models.ForeignKey("exams.Item", on_delete=models.PROTECT, related_name="+")
    made_id = models.UUIDField(
        help_text="named by the page, so that an answer that is sent again counts once"
    )
    source = models.CharField(max_length=12, choices=[(one, one) for one in SOURCES])
    diagnosis = models.ForeignKey(Diagnosis, on_delete=models.PROTECT, null=True, related_name="answers")
    practice = models.ForeignKey(PracticeSet, on_delete=models.PROTECT, null=True, related_name="answers")
    given = models.JSONField(null=True)
    right = models.BooleanField()
    sure = models.BooleanField(null=True)
    difficulty = models.FloatField()
    slope = models.FloatField()
    guess = models.FloatField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "made_id"], name="answered_made_once"),
            models.UniqueConstraint(
                fields=["diagnosis", "item"], condition=Q(diagnosis__isnull=False), name="answered_once_each"
            ),
            models.UniqueConstraint(
                fields=["practice", "version"],
                condition=Q(practice__isnull=False),
                name="answered_once_a_set",
            ),
            models.CheckConstraint(
                condition=Q(source="diagnosis", diagnosis__isnull=False, practice__isnull=True)
                | Q(source="practice", practice__isnull=False, diagnosis__isnull=True),
                name="answered_somewhere",
            ),
            models.CheckConstraint(
                condition=Q(slope__gt=0, guess__gte=0, guess__lt=1), name="answered_question_known"
            ),
        ]
        indexes = [models.Index(fields=["enrolment", "skill", "at"], name="answered_of_one")]

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.skill} {self.right}"


class PracticeCard(OfOne):
    """When a question comes again to one person. `kept` is what FSRS keeps; the reviews in it give the state again."""

    item = models.ForeignKey("exams.Item", on_delete=models.PROTECT, related_name="+")
    skill = models.SlugField(max_length=LONGEST_KEY)
    kept = models.JSONField()
    due_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["enrolment", "item"], name="practice_card_once")]
        indexes = [models.Index(fields=["enrolment", "due_at"], name="practice_card_due")]

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.item_id}"


class Override(OfOne):
    """Somebody's word over what answers say of a skill: known, must, or not now; with a sentence and a last day."""

    skill = models.SlugField(max_length=LONGEST_KEY)
    kind = models.CharField(max_length=8, choices=[(one, one) for one in KINDS])
    words = models.CharField(max_length=LONGEST_WORDS, blank=True)
    until = models.DateField(null=True)
    own = models.BooleanField(default=False, help_text="set by the apprentice")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    state = models.CharField(max_length=12, default=OVERRIDE.start, choices=OVERRIDE.choices)
    lifted_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "skill"], condition=Q(state="open"), name="override_open_once"
            ),
            models.CheckConstraint(condition=Q(state__in=OVERRIDE.states), name="override_state_known"),
            models.CheckConstraint(condition=Q(kind__in=KINDS), name="override_kind_known"),
            models.CheckConstraint(
                condition=Q(own=True) | ~Q(words="") & Q(until__isnull=False), name="override_says_why"
            ),
            models.CheckConstraint(
                condition=Q(state="open", lifted_at__isnull=True)
                | Q(state="lifted", lifted_at__isnull=False),
                name="override_lifted_with_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.skill} {self.kind}"

    @property
    def ref(self) -> Ref:
        """The pointer that the history keeps."""
        return Ref("study", "override", self.public_id)


class StudyObjection(OfOne):
    """An apprentice says that something is wrong: an override, or what the answers say of a skill (none named)."""

    skill = models.SlugField(max_length=LONGEST_KEY)
    override = models.ForeignKey(Override, on_delete=models.PROTECT, null=True, related_name="objections")
    words = models.CharField(max_length=LONGEST_WORDS)
    raised_at = models.DateTimeField()
    state = models.CharField(max_length=12, default=OBJECTION.start, choices=OBJECTION.choices)
    answer = models.CharField(max_length=LONGEST_WORDS, blank=True)
    ended_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["override"], condition=Q(override__isnull=False), name="study_objection_once"
            ),
            models.UniqueConstraint(
                fields=["enrolment", "skill"],
                condition=Q(override__isnull=True, state="open"),
                name="study_objection_open_once",
            ),
            models.CheckConstraint(condition=Q(state__in=OBJECTION.states), name="study_objection_known"),
            models.CheckConstraint(condition=~Q(words=""), name="study_objection_says_why"),
            models.CheckConstraint(
                condition=~Q(state__in=("agreed", "rejected")) | ~Q(answer=""),
                name="study_objection_answered",
            ),
            models.CheckConstraint(
                condition=Q(state="open", ended_at__isnull=True)
                | (~Q(state="open") & Q(ended_at__isnull=False)),
                name="study_objection_ended_with_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.skill} {self.state}"

    @property
    def ref(self) -> Ref:
        """The pointer that the history keeps."""
        return Ref("study", "objection", self.public_id)
