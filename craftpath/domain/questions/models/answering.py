"""Answers with who vouches for them and who says thanks; files and earlier wordings of both."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from craftpath.domain.questions.models.asking import LONGEST, Question, of_questions
from craftpath.domain.questions.states import POST
from craftpath.kernel.files import KeptFile
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import Scope, Scoped

KINDS = ("photo", "voice")
MOST_FILES = 4  # of a question or an answer


class Answer(Scoped):
    """What somebody answers, and as what. Whoever asked may add something, under the name of the question."""

    whose: ClassVar[tuple[str, ...]] = ("person",)

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    made_id = models.UUIDField(unique=True, help_text="named by the form, so that it is sent once")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="given")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=20)
    text = models.TextField(max_length=LONGEST, blank=True)
    state = models.CharField(max_length=10, default=POST.start, choices=POST.choices)
    revision = models.PositiveSmallIntegerField(default=1)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=POST.states), name="answered_state_known")
        ]

    def __str__(self) -> str:
        return f"answer {self.public_id}"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Those to the questions that one sees, and one's own."""
        return Q(person=scope.person_id) | of_questions(scope, "question")


class Endorsement(models.Model):
    """A master or trainer vouches for an answer, as what and when."""

    whose: ClassVar[tuple[str, ...]] = ("person",)

    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="endorsements")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=20)
    at = models.DateTimeField()

    objects: ClassVar[models.Manager[Endorsement]] = models.Manager()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [models.UniqueConstraint(fields=["answer", "person"], name="endorsement_once")]

    def __str__(self) -> str:
        return f"{self.answer_id} by {self.person_id}"


class Thanks(models.Model):
    """Somebody says thanks for an answer. Pages give a number and never names."""

    whose: ClassVar[tuple[str, ...]] = ("person",)

    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="thanks")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects: ClassVar[models.Manager[Thanks]] = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["answer", "person"], name="question_thanks_once")]

    def __str__(self) -> str:
        return f"{self.answer_id} from {self.person_id}"


class Attachment(models.Model):
    """A photo or a recording of a question or, with `answer`, of an answer; kept without place, device and name."""

    whose: ClassVar[tuple[str, ...]] = ("owner",)

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="files")
    answer = models.ForeignKey(Answer, on_delete=models.PROTECT, null=True, related_name="files")
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_id = models.UUIDField(unique=True)
    kind = models.CharField(max_length=10, choices=[(kind, kind) for kind in KINDS])
    media_type = models.CharField(max_length=40)
    kept = models.ForeignKey(KeptFile, on_delete=models.PROTECT, related_name="+")
    width = models.PositiveSmallIntegerField(null=True)
    height = models.PositiveSmallIntegerField(null=True)
    added_at = models.DateTimeField()

    objects: ClassVar[models.Manager[Attachment]] = models.Manager()

    class Meta:
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=Q(kind__in=KINDS), name="attachment_kind_known")]

    def __str__(self) -> str:
        return f"{self.kind} of {self.question_id}"


class Wording(models.Model):
    """How a question or, with `answer`, an answer to it was worded before it was changed."""

    whose: ClassVar[tuple[str, ...]] = ("owner",)

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="wordings")
    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, null=True, related_name="wordings")
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    revision = models.PositiveSmallIntegerField()
    text = models.TextField(max_length=LONGEST)
    until = models.DateTimeField(help_text="when it was changed")

    objects: ClassVar[models.Manager[Wording]] = models.Manager()

    class Meta:
        ordering = ["revision", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["question", "answer", "revision"], name="wording_once", nulls_distinct=False
            )
        ]

    def __str__(self) -> str:
        return f"{self.question_id} {self.revision}"
