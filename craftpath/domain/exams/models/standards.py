"""Studies that set a cut score: judges, rounds, what each judge estimated, and what a body adopted."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q

from craftpath.domain.exams.models.papers import LONGEST_TITLE, Paper, PaperLine
from craftpath.domain.exams.models.sittings import LONGEST_REASON, Sitting
from craftpath.domain.exams.scoping import bank_seen_by
from craftpath.domain.exams.states import STUDY
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import NOBODY, Scope, Scoped
from craftpath.values.ref import Ref

METHODS = ("percent", "yes_no")
MOST_ROUNDS = 5
LONGEST_BORDERLINE = 2000


def judged_by(scope: Scope, prefix: str = "") -> Q:
    """The condition that the reader is the judge reached through `prefix`; a link opens no study."""
    if scope.within or scope.person_id == NOBODY:
        return Q(pk__in=[])
    return Q(**{f"{prefix}person": scope.person_id})


class Study(Scoped):
    """A panel of judges says, question by question, what a just-competent candidate does with a ready paper.

    `rounds` is how many are planned; `borderline` describes that candidate, in one language or both.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    made_id = models.UUIDField(unique=True, help_text="named by the form, so that it is planned once")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="studies")
    title = models.CharField(max_length=LONGEST_TITLE)
    method = models.CharField(max_length=10, choices=[(one, one) for one in METHODS])
    borderline = models.JSONField(default=dict)
    rounds = models.PositiveSmallIntegerField(default=2)
    state = models.CharField(max_length=12, default=STUDY.start, choices=STUDY.choices)
    because = models.CharField(max_length=LONGEST_REASON, blank=True, help_text="why it was withdrawn")
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=STUDY.states), name="study_state_known"),
            models.CheckConstraint(condition=Q(method__in=METHODS), name="study_method_known"),
            models.CheckConstraint(condition=Q(rounds__gte=1, rounds__lte=MOST_ROUNDS), name="study_rounds"),
            models.CheckConstraint(
                condition=(Q(state="withdrawn") & ~Q(because="")) | (~Q(state="withdrawn") & Q(because="")),
                name="study_withdrawn_with_reason",
            ),
        ]
        indexes = [models.Index(fields=["paper", "state"], name="study_of_paper")]

    def __str__(self) -> str:
        return self.title

    @property
    def ref(self) -> Ref:
        """The pointer that other rows keep."""
        return Ref("exams", "study", self.public_id)

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """As the bank is seen; and those at which one judges."""
        mine = Judge._base_manager.filter(judged_by(scope), excused_at__isnull=True).order_by()
        return Q(bank_seen_by(scope)) | Q(pk__in=mine.values("study_id"))


class Judge(Scoped):
    """Somebody who is asked to estimate; `letter` stands for the person where values are shown without names."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    study = models.ForeignKey(Study, on_delete=models.PROTECT, related_name="judges")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    letter = models.CharField(max_length=1)
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField()
    excused_because = models.CharField(max_length=LONGEST_REASON, blank=True)
    excused_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["study", "person"], name="judge_once"),
            models.UniqueConstraint(fields=["study", "letter"], name="judge_letter_once"),
            models.CheckConstraint(
                condition=Q(excused_at__isnull=True, excused_because="")
                | (Q(excused_at__isnull=False) & ~Q(excused_because="")),
                name="judge_excused_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.letter} of {self.study_id}"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Those of the bank's studies, and one's own."""
        return Q(bank_seen_by(scope, "study__")) | judged_by(scope)


class Round(Scoped):
    """One pass over all questions. From its end on no value of it changes.

    `observed` is what judges were shown of a closed sitting: order of the question → mean share of its points and
    how many candidates; frozen when the round opens, so that what they knew stays known.
    """

    study = models.ForeignKey(Study, on_delete=models.PROTECT, related_name="passes")
    number = models.PositiveSmallIntegerField()
    due_on = models.DateField(help_text="by when judges are asked to be done; nothing closes by itself")
    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, null=True, related_name="+")
    observed = models.JSONField(default=dict)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["study", "number"], name="round_number_once"),
            models.UniqueConstraint(
                fields=["study"], condition=Q(closed_at__isnull=True), name="round_one_open"
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1, number__lte=MOST_ROUNDS), name="round_number_known"
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(closed_at__gte=F("opened_at")),
                name="round_closed_after_opened",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.study_id} round {self.number}"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """As their studies are seen."""
        mine = Judge._base_manager.filter(judged_by(scope)).order_by()
        return Q(bank_seen_by(scope, "study__")) | Q(study__in=mine.values("study_id"))


class Estimate(Scoped):
    """Of 100 just-competent candidates, how many answer this question right: one judge's value in one round."""

    judge = models.ForeignKey(Judge, on_delete=models.PROTECT, related_name="estimates")
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="estimates")
    line = models.ForeignKey(PaperLine, on_delete=models.PROTECT, related_name="+")
    value = models.PositiveSmallIntegerField(help_text="0–100; with the yes/no method 0 or 100")
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["judge", "round", "line"], name="estimate_once"),
            models.CheckConstraint(condition=Q(value__gte=0, value__lte=100), name="estimate_of_a_hundred"),
        ]

    def __str__(self) -> str:
        return f"{self.judge_id} {self.line_id} {self.value}"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Those of the bank's studies, and one's own; pages hide an open round from whoever judges in it."""
        return Q(bank_seen_by(scope, "judge__study__")) | judged_by(scope, "judge__")


class Adoption(Scoped):
    """The decision: a named body adopted a cut score on a day. Written once for a study and never altered."""

    study = models.OneToOneField(Study, on_delete=models.PROTECT, related_name="adoption")
    body = models.CharField(max_length=LONGEST_TITLE)
    adopted_on = models.DateField()
    cut = models.DecimalField(max_digits=7, decimal_places=2, help_text="in points of the paper")
    computed = models.DecimalField(max_digits=7, decimal_places=2, help_text="what the last round came to")
    full = models.DecimalField(max_digits=7, decimal_places=2, help_text="all points of the paper")
    because = models.CharField(max_length=LONGEST_REASON, blank=True, help_text="why it is another figure")
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(body=""), name="adoption_by_a_body"),
            models.CheckConstraint(condition=Q(cut__gt=0, cut__lte=F("full")), name="adoption_cut_on_paper"),
            models.CheckConstraint(
                condition=Q(cut=F("computed")) | ~Q(because=""), name="adoption_differs_with_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cut} of {self.full}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert; a second save is refused, since a decision never changes."""
        if self.pk is not None:
            raise TypeError("an adoption is never altered; another study replaces it")
        super().save(*args, **kwargs)

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """As the bank is seen."""
        return Q(bank_seen_by(scope, "study__"))
