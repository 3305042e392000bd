"""Looks, signs, corrections, acts; models and who uses them."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from craftpath.domain.apprenticeships.rules import enrolment_seen_by
from craftpath.domain.support.states import ACT, CORRECTION, SIGN
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import Scope, Scoped, above, below
from craftpath.values.ref import Ref

LONGEST = 1000
KINDS = ("contact", "talk", "plan", "refer", "nothing")
OUTCOMES = ("better", "same", "worse", "gone")
RULES = ("silent", "absent", "waiting", "review", "marks", "mentorless", "gate", "pattern")


def _known(values: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(value, value) for value in values]


class Fitted(models.Model):
    """A model as it was fitted once on the past apprenticeships of this site; never changed.

    `definition` is all that a share is worked out of, `report` what it was worth on cases that it had not seen. It
    holds sums and coefficients, of nobody in particular.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    version = models.PositiveIntegerField(unique=True)
    cases = models.PositiveIntegerField()
    left = models.PositiveIntegerField()
    fit = models.BooleanField(default=False, help_text="it says more than the base rate alone")
    why = models.SlugField(max_length=40, blank=True, help_text="why there is no model")
    definition = models.JSONField(default=dict)
    report = models.JSONField(default=dict)
    made_at = models.DateTimeField()

    objects: ClassVar[models.Manager[Fitted]] = models.Manager()

    class Meta:
        ordering = ["-version"]
        constraints = [
            models.CheckConstraint(condition=Q(fit=False) | Q(why=""), name="fitted_or_why"),
            models.CheckConstraint(condition=Q(left__lte=F("cases")), name="fitted_some_left"),
        ]

    def __str__(self) -> str:
        return f"{self.version}"

    @property
    def ref(self) -> Ref:
        """The pointer that the history keeps."""
        return Ref("support", "model", self.public_id)


class Use(Scoped):
    """An organisation switches a model on or off, for itself and all below it; added, never changed."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    model = models.ForeignKey(Fitted, on_delete=models.PROTECT, related_name="uses")
    on = models.BooleanField()
    words = models.CharField(max_length=LONGEST, blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["organisation", "-id"], name="model_use_newest")]

    def __str__(self) -> str:
        return f"{self.model_id} {'on' if self.on else 'off'}"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Those of one's organisations, and of those above them."""
        return below(scope, "organisation") | above(scope, "organisation")


class Look(Scoped):
    """How one apprenticeship stands by the facts: kept current, never a verdict.

    `college` is that of the cohort: the list of a college in a large country is asked by it.

    `reasons` are [code, value, points] of the rules that hold, the heaviest first; `figures` what was counted, null
    where nothing is known. `share` (per mille) and `parts` come from `model` where the college uses it.
    """

    enrolment = models.OneToOneField(
        "apprenticeships.Enrolment", on_delete=models.PROTECT, related_name="+", primary_key=True
    )
    college = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", db_index=False)
    weight = models.PositiveSmallIntegerField(default=0)
    reasons = models.JSONField(default=list)
    figures = models.JSONField(default=dict)
    next_act = models.SlugField(max_length=20, blank=True)
    share = models.PositiveSmallIntegerField(null=True)
    parts = models.JSONField(default=list)
    model = models.ForeignKey(Fitted, on_delete=models.PROTECT, null=True, related_name="+")
    looked_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["college", "-weight"], name="look_by_need"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(share__isnull=True) | Q(share__lte=1000, model__isnull=False),
                name="look_share_of_a_model",
            )
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.weight}"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Those of the apprentices whom one sees; pages ask for more than that."""
        return enrolment_seen_by(scope, "enrolment__")


class Sign(Scoped):
    """A rule that began to hold for somebody, with what it rested on then; one for each rule while it holds.

    `rules` is the version of the rules, `model` the one that a pattern came from: what was said can be explained later
    as it was said.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    enrolment = models.ForeignKey("apprenticeships.Enrolment", on_delete=models.PROTECT, related_name="+")
    rule = models.CharField(max_length=12, choices=_known(RULES))
    state = models.CharField(max_length=9, default=SIGN.start, choices=SIGN.choices)
    value = models.IntegerField()
    points = models.PositiveSmallIntegerField()
    figures = models.JSONField(default=dict)
    rules = models.CharField(max_length=16)
    model = models.ForeignKey(Fitted, on_delete=models.PROTECT, null=True, related_name="+")
    given_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, help_text="since when its facts are otherwise")

    class Meta:
        ordering = ["-given_at", "-pk"]
        indexes = [models.Index(fields=["enrolment", "-given_at"], name="sign_of_person")]
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "rule"], condition=Q(ended_at__isnull=True), name="sign_open_once"
            ),
            models.CheckConstraint(condition=Q(rule__in=RULES), name="sign_rule_known"),
            models.CheckConstraint(condition=Q(state__in=SIGN.states), name="sign_state_known"),
            models.CheckConstraint(
                condition=~Q(state="lapsed") | Q(ended_at__isnull=False), name="sign_lapsed_when"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.rule} {self.state}"

    @property
    def ref(self) -> Ref:
        """The pointer that the history keeps."""
        return Ref("support", "sign", self.public_id)

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Those of the apprentices whom one sees; pages ask for more than that."""
        return enrolment_seen_by(scope, "enrolment__")


class Correction(Scoped):
    """The apprentice says that what a sign rests on is not so, until somebody has answered."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    sign = models.ForeignKey(Sign, on_delete=models.CASCADE, related_name="corrections")
    state = models.CharField(max_length=9, default=CORRECTION.start, choices=CORRECTION.choices)
    words = models.CharField(max_length=LONGEST)
    asked_at = models.DateTimeField()
    answer = models.CharField(max_length=LONGEST, blank=True)
    answered_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True, help_text="by the apprentice")

    class Meta:
        ordering = ["-asked_at", "-pk"]
        indexes = [
            models.Index(fields=["asked_at"], condition=Q(state="asked"), name="correction_waits"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["sign"], condition=Q(state="asked"), name="correction_open_once"),
            models.CheckConstraint(condition=Q(state__in=CORRECTION.states), name="correction_state_known"),
            models.CheckConstraint(
                condition=~Q(state__in=("upheld", "rejected"))
                | (Q(answered_by__isnull=False, answered_at__isnull=False) & ~Q(answer="")),
                name="correction_answered_in_words",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sign_id} {self.state}"

    @property
    def ref(self) -> Ref:
        """The pointer that the history keeps."""
        return Ref("support", "correction", self.public_id)

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Those of the apprentices whom one sees; pages ask for more than that."""
        return enrolment_seen_by(scope, "sign__enrolment__")


class Act(Scoped):
    """What a person did about it, and how it was when somebody looked again on the day that was named.

    `reasons` are the codes that stood then. `made_id` is named by the form, so that it is recorded once.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    made_id = models.UUIDField(unique=True)
    enrolment = models.ForeignKey("apprenticeships.Enrolment", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=_known(KINDS))
    words = models.CharField(max_length=LONGEST, blank=True)
    reasons = models.JSONField(default=list)
    state = models.CharField(max_length=10, default=ACT.start, choices=ACT.choices)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    look_on = models.DateField(help_text="when somebody looks at what came of it")
    outcome = models.CharField(max_length=8, blank=True, choices=_known(OUTCOMES))
    looked_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    looked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["enrolment", "-at"], name="help_of_person"),
            models.Index(fields=["look_on"], condition=Q(state="open"), name="help_to_look"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=KINDS), name="help_kind_known"),
            models.CheckConstraint(condition=Q(state__in=ACT.states), name="help_state_known"),
            models.CheckConstraint(
                condition=~Q(kind="nothing") | ~Q(words=""),
                name="help_nothing_with_why",
            ),
            models.CheckConstraint(
                condition=Q(state="looked", outcome__in=OUTCOMES, looked_at__isnull=False)
                | (~Q(state="looked") & Q(outcome="")),
                name="help_looked_with_outcome",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.kind}"

    @property
    def ref(self) -> Ref:
        """The pointer that the history keeps."""
        return Ref("support", "act", self.public_id)

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Those of the apprentices whom one sees; pages ask for more than that."""
        return enrolment_seen_by(scope, "enrolment__")
