"""What questions did at sittings, kept with the questions: figures of a form taken over at once, and those of each."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from craftpath.domain.exams.models.bank import ItemVersion
from craftpath.domain.exams.models.papers import Paper
from craftpath.domain.exams.scoping import bank_seen_by
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import Scope, Scoped
from craftpath.values.ref import Ref

MODELS = ("rasch", "2pl")


class Calibration(Scoped):
    """Figures of one form over some sittings, as they were when somebody kept them. Never altered; the newest counts.

    Difficulties of one `scale` can be compared, those of two cannot. Whoever begins a scale names it by the own
    public id; whoever is laid onto one says by how many common questions and by which line: theta there = A theta + B.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    digest = models.CharField(max_length=64, unique=True, help_text="of what was counted: kept once")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="+")
    sittings = models.JSONField(help_text="public ids of the sittings that were counted")
    n = models.PositiveIntegerField(help_text="candidates who had this form")
    model = models.CharField(max_length=8, blank=True, choices=[(one, one) for one in MODELS])
    scale = models.CharField(
        max_length=16, blank=True, help_text="public id of the calibration that began it"
    )
    linked = models.PositiveSmallIntegerField(default=0, help_text="common questions; 0: it begins the scale")
    link_scale = models.FloatField(null=True, help_text="A of the line")
    link_shift = models.FloatField(null=True, help_text="B of the line")
    kept_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    kept_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(model__in=["", *MODELS]), name="calibration_model_known"),
            models.CheckConstraint(
                condition=Q(model="", scale="") | (~Q(model="") & ~Q(scale="")),
                name="calibration_model_has_scale",
            ),
            models.CheckConstraint(
                condition=Q(linked=0, link_scale__isnull=True, link_shift__isnull=True)
                | Q(linked__gt=0, link_scale__gt=0, link_shift__isnull=False),
                name="calibration_linked_by_a_line",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.paper_id}: n = {self.n}"

    @property
    def ref(self) -> Ref:
        """The pointer that other rows keep."""
        return Ref("exams", "calibration", self.public_id)

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """As the bank is seen."""
        return bank_seen_by(scope)


class ItemCalibration(Scoped):
    """Figures of one version of a question. `a` and `b` stand on the scale of their calibration, or both are missing.

    `p` is the mean share of the points of `n` people, `r` the correlation with the sum of the other questions.
    """

    calibration = models.ForeignKey(Calibration, on_delete=models.PROTECT, related_name="figures")
    version = models.ForeignKey(ItemVersion, on_delete=models.PROTECT, related_name="calibrations")
    n = models.PositiveIntegerField()
    p = models.FloatField()
    r = models.FloatField(null=True)
    a = models.FloatField(null=True)
    b = models.FloatField(null=True)
    a_error = models.FloatField(null=True, help_text="one standard error, without that of the line")
    b_error = models.FloatField(null=True, help_text="one standard error, without that of the line")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["calibration", "version"], name="item_calibrated_once"),
            models.CheckConstraint(condition=Q(p__gte=0, p__lte=1), name="item_calibrated_p_is_a_share"),
            models.CheckConstraint(
                condition=Q(a__isnull=True, b__isnull=True) | Q(a__gt=0, b__isnull=False),
                name="item_calibrated_both_or_none",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version_id}: p = {self.p:.2f}"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Those of the items that one sees."""
        return bank_seen_by(scope, "version__item__")
