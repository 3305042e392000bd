"""Schemes, rounds with what they were computed from, appraisals with their parts."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from craftpath.domain.appraisals.definition import HUNDRED, PARTS, Definition
from craftpath.domain.appraisals.states import ROUND, SHOWN
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import Scope, Scoped, above, below
from craftpath.values.ref import Ref

LONGEST = 1000
"""Characters of a contest, an answer, a reason; a longer text is refused, never cut."""


class AppraisalScheme(Scoped):
    """One version of what counts how much at one organisation and below it, from a day on. Never altered."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveSmallIntegerField()
    definition = models.JSONField(help_text="as `definition.Definition.as_json` writes it")
    valid_from = models.DateField()
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "version"], name="appraisal_scheme_version_once"),
            models.CheckConstraint(condition=Q(version__gte=1), name="appraisal_scheme_counted_from_one"),
        ]

    def __str__(self) -> str:
        return f"scheme of {self.organisation_id} v{self.version}"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """The organisations below and above one's own."""
        return below(scope, "organisation") | above(scope, "organisation")

    @property
    def value(self) -> Definition:
        """What it says."""
        return Definition.of(self.definition)


class AppraisalRound(Scoped):
    """The appraisals of one organisation and period, by one scheme version; `ends_on` is the first day after.

    What was shown never changes: a later version, with its reason, takes its place. `inputs_digest` is of what it was
    computed from and `results_digest` of what came of it: the same inputs give the same bytes.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    made_id = models.UUIDField(unique=True, help_text="named by the form, so that it is opened once")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    scheme = models.ForeignKey(AppraisalScheme, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField(help_text="the first day after the period")
    version = models.PositiveSmallIntegerField(default=1)
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="later")
    reason = models.TextField(max_length=LONGEST, blank=True, help_text="why there is a later version")
    state = models.CharField(max_length=10, default=ROUND.start, choices=ROUND.choices)
    opened_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField()
    voices_until = models.DateField(null=True, help_text="the last day on which apprentices answer")
    asked_in = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    computed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    computed_at = models.DateTimeField(null=True)
    inputs_digest = models.CharField(max_length=64, blank=True)
    results_digest = models.CharField(max_length=64, blank=True)
    about = models.JSONField(default=dict, help_text="of all: cases, trainers, variances, leanings")
    failed = models.CharField(
        max_length=80, blank=True, help_text="why it could not be computed: a reason code"
    )
    failed_facts = models.JSONField(default=dict, help_text="what the reason's sentence names")
    shown_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    hearing_until = models.DateField(null=True, help_text="the last day of the hearing")
    published_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ROUND.states), name="appraisal_round_state_known"),
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="appraisal_round_some_days"),
            models.UniqueConstraint(
                fields=["organisation", "starts_on", "ends_on", "version"],
                name="appraisal_round_version_once",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["computed", *SHOWN])
                | (Q(computed_at__isnull=False) & ~Q(inputs_digest="") & ~Q(results_digest="")),
                name="appraisal_round_computed_from_something",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=SHOWN) | Q(hearing_until__isnull=False),
                name="appraisal_round_shown_until",
            ),
            models.CheckConstraint(
                condition=~Q(state="published") | Q(published_at__isnull=False),
                name="appraisal_round_published_with_time",
            ),
            models.CheckConstraint(
                condition=Q(published_by__isnull=True)
                | Q(computed_by__isnull=True)
                | ~Q(published_by=F("computed_by")),
                name="appraisal_round_published_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"round {self.public_id} v{self.version}"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """One's organisations', and those in which one is appraised, once they are shown."""
        own = Appraisal._base_manager.filter(person=scope.person_id).order_by().values("round_id")
        return below(scope, "organisation") | Q(pk__in=own, state__in=SHOWN)

    @property
    def ref(self) -> Ref:
        """The pointer that other rows keep."""
        return Ref("appraisals", "round", self.public_id)


class RoundInputs(models.Model):
    """What a round was computed from, as canonical JSON with ids and without names; its hash stands in the round."""

    round = models.OneToOneField(AppraisalRound, on_delete=models.PROTECT, related_name="inputs")
    content = models.TextField()

    objects: ClassVar[models.Manager[RoundInputs]] = models.Manager()

    def __str__(self) -> str:
        return f"inputs of {self.round_id}"


class Appraisal(Scoped):
    """What one round says of one trainer: a score of 0–100 with 50 as expected, or why there is none. Never altered.

    `effect` holds the estimate of progress (value, se, low, high, reliability, raw, effective; None with `why`),
    `lines` how it came about, one apprentice's case each, and `left_out` what did not count, and why.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    round = models.ForeignKey(AppraisalRound, on_delete=models.PROTECT, related_name="appraisals")
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", help_text="who is appraised"
    )
    score = models.DecimalField(max_digits=6, decimal_places=3, null=True)
    low = models.DecimalField(max_digits=6, decimal_places=3, null=True)
    high = models.DecimalField(max_digits=6, decimal_places=3, null=True)
    result = models.PositiveSmallIntegerField(
        null=True, help_text="the score as pairs and allowances read it"
    )
    band = models.PositiveSmallIntegerField(null=True, help_text="place among the bands of the scheme")
    why = models.CharField(max_length=40, blank=True)
    effect = models.JSONField(default=dict)
    lines = models.JSONField(default=list)
    left_out = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "person"], name="appraisal_once_a_round"),
            models.CheckConstraint(
                condition=Q(score__isnull=True, result__isnull=True, band__isnull=True) & ~Q(why="")
                | Q(score__range=(0, HUNDRED), result__range=(0, HUNDRED), band__isnull=False, why=""),
                name="appraisal_score_or_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"appraisal {self.public_id}"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """One's own once it is shown, and one's organisations'; pages ask for a permission besides."""
        return Q(person=scope.person_id, round__state__in=SHOWN) | below(scope, "round__organisation")

    @property
    def ref(self) -> Ref:
        """The pointer that its own lines of history keep."""
        return Ref("appraisals", "appraisal", self.public_id)


class AppraisalPart(models.Model):
    """One part of an appraisal: points = counted × reached / 100; no figure where `why` says why."""

    appraisal = models.ForeignKey(Appraisal, on_delete=models.PROTECT, related_name="parts")
    order = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=12, choices=[(part, part) for part in PARTS])
    weight = models.PositiveSmallIntegerField()
    n = models.PositiveIntegerField()
    figure = models.FloatField(null=True)
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    counted = models.FloatField(help_text="the weight with its share of what was not measured")
    reached = models.FloatField(null=True, help_text="the figure on the scale of 0 to 100")
    points = models.FloatField()
    why = models.CharField(max_length=40, blank=True)

    objects: ClassVar[models.Manager[AppraisalPart]] = models.Manager()

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["appraisal", "key"], name="appraisal_part_once"),
            models.CheckConstraint(condition=Q(key__in=PARTS), name="appraisal_part_known"),
            models.CheckConstraint(
                condition=Q(reached__isnull=True) & ~Q(why="") | Q(reached__isnull=False, why=""),
                name="appraisal_part_figure_or_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} of {self.appraisal_id}"
