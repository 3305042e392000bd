"""Questions, who is asked to answer them, their words for finding, and what is promised."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, Q

from craftpath.domain.apprenticeships.rules import classes_of
from craftpath.domain.questions.states import POST
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import Scope, Scoped, below
from craftpath.values.ref import Ref

LONGEST = 4000  # characters of a question or an answer
LONGEST_TITLE = 80
LONGEST_WORD = 24
AUDIENCES = ("college", "cohort")
NAMES = ("everybody", "staff", "nobody")
MOST_WORKDAYS = 10


def places_seen(scope: Scope) -> models.QuerySet[Any]:
    """The organisations whose questions for everybody somebody sees: one's own and below, those of one's classes."""
    rows: models.QuerySet[Any] = Organisation.objects.order_by()
    if scope.everything:
        return rows
    mine = classes_of(scope).filter(organisation__path__startswith=OuterRef("path"))
    own = Q(path__startswith=scope.path) if scope.path else Q(pk__in=[])
    found: models.QuerySet[Any] = rows.filter(own | Exists(mine))
    return found


class Question(Scoped):
    """What somebody asks; `name_to` says who sees the name: everybody, those who teach and the office, or nobody.

    `asker` is read by rules of this noun only. `cohort` is left out where it would tell who asks. `accepted` is the
    answer that helped; `standing` counts what the best answer has: 1 it is there, 2 endorsed, 3 accepted. `news_at` is
    since when something waits to be read by whoever asked.
    """

    whose: ClassVar[tuple[str, ...]] = ("asker",)

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    made_id = models.UUIDField(
        unique=True, help_text="named by the form or the device, so that it is asked once"
    )
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", db_index=False)
    cohort = models.ForeignKey(
        "apprenticeships.Cohort", on_delete=models.PROTECT, null=True, related_name="+"
    )
    audience = models.CharField(max_length=8, choices=[(one, one) for one in AUDIENCES])
    asker = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    name_to = models.CharField(max_length=10, choices=[(one, one) for one in NAMES])
    title = models.CharField(max_length=LONGEST_TITLE, blank=True, help_text="how the text begins, for lists")
    text = models.TextField(max_length=LONGEST, blank=True)
    print = models.CharField(max_length=64, help_text="of the words, so that the same is asked once a day")
    skill = models.SlugField(max_length=60, blank=True)
    state = models.CharField(max_length=10, default=POST.start, choices=POST.choices)
    revision = models.PositiveSmallIntegerField(default=1)
    asked_at = models.DateTimeField()
    changed_at = models.DateTimeField(null=True)
    due_on = models.DateField(help_text="by when it is answered, as was promised when it was asked")
    answered_at = models.DateTimeField(null=True, help_text="when somebody else first answered")
    answers = models.PositiveIntegerField(default=0)
    standing = models.PositiveSmallIntegerField(default=0)
    accepted = models.ForeignKey(
        "questions.Answer", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    accepted_at = models.DateTimeField(null=True)
    news_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["-asked_at", "-id"], name="question_newest"),
            models.Index(fields=["organisation", "-asked_at"], name="question_at"),
            models.Index(fields=["asker", "-asked_at"], name="question_own"),
            models.Index(
                fields=["asked_at"],
                condition=Q(answered_at__isnull=True, state="open"),
                name="question_waits",
            ),
            models.Index(fields=["asker"], condition=Q(news_at__isnull=False), name="question_news"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=POST.states), name="asked_state_known"),
            models.CheckConstraint(condition=Q(audience__in=AUDIENCES), name="asked_audience_known"),
            models.CheckConstraint(condition=Q(name_to__in=NAMES), name="asked_name_known"),
            models.CheckConstraint(
                condition=~Q(audience="cohort") | Q(cohort__isnull=False), name="asked_for_some_cohort"
            ),
            models.CheckConstraint(
                condition=Q(accepted__isnull=True, accepted_at__isnull=True)
                | Q(accepted__isnull=False, accepted_at__isnull=False),
                name="asked_accepted_when",
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.public_id

    @property
    def ref(self) -> Ref:
        """The pointer that duties and lines of history keep."""
        return Ref("questions", "question", self.public_id)

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """One's own; of one's organisations all; else what is for everybody of the college of a class, or for it.

        What the office has hidden is there for its writer and for the organisation's own people.
        """
        seen = Q(audience="college", organisation__in=places_seen(scope).values("pk"))
        seen |= Q(audience="cohort", cohort__in=classes_of(scope).values("pk"))
        return Q(asker=scope.person_id) | below(scope, "organisation") | (seen & ~Q(state="hidden"))


def of_questions(scope: Scope, field: str) -> Q:
    """The condition that the question in `field` is seen."""
    seen = Question._base_manager.filter(Question.seen_by(scope)).order_by()
    return Q(**{f"{field}__in": seen.values("pk")})


class Call(models.Model):
    """Somebody who is asked to answer, since when."""

    whose: ClassVar[tuple[str, ...]] = ("person",)

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="calls")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects: ClassVar[models.Manager[Call]] = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["question", "person"], name="call_once")]

    def __str__(self) -> str:
        return f"{self.question_id} to {self.person_id}"


class QuestionWord(models.Model):
    """A word of a question that may be found, or two letters of Chinese that stand beside each other."""

    whose: ClassVar[tuple[str, ...]] = ("question__asker",)

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", db_index=False)
    word = models.CharField(max_length=LONGEST_WORD)
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="words")

    objects: ClassVar[models.Manager[QuestionWord]] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "word", "question"], name="question_word_once")
        ]

    def __str__(self) -> str:
        return self.word


class Promise(models.Model):
    """Within how many workdays an organisation and all below it answer; the nearest one counts."""

    organisation = models.OneToOneField(Organisation, on_delete=models.PROTECT, related_name="+")
    workdays = models.PositiveSmallIntegerField()
    set_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    set_at = models.DateTimeField()

    objects: ClassVar[models.Manager[Promise]] = models.Manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(workdays__range=(1, MOST_WORKDAYS)), name="promise_some_workdays"
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id}: {self.workdays}"
