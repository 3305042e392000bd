"""Areas of credits, and what an outcome is worth where and when."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from craftpath.kernel.keys import new_public_id
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.values.ref import Ref
from craftpath.values.text import Text

OUTCOMES = ("certificate", "outside", "stage", "course", "workshop", "activity", "prior")
"""What can be worth credits: a certificate of this site or an outside one, a stage passed, a course done, a workshop,
a confirmed activity, prior learning that an institution recognised."""


class Area(models.Model):
    """A kind of credits, by a key that every institution of the site reads alike."""

    key = models.SlugField(max_length=40, unique=True)
    name = models.JSONField(default=dict)

    objects: ClassVar[models.Manager[Area]] = models.Manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return Text.of(self.name).both() or self.key


class EarningRule(models.Model):
    """What one kind of outcome is worth, from a day to a day; a changed row is a new one with the same key.

    Without an organisation it holds for the whole site, else for outcomes of that organisation and below. `scheme` and
    `level` name a certificate's, `subject` is narrower still (the key of a stage, the public id of a course); what is
    blank holds for all. Caps are hundredths of points of one person under one key. Said to everybody.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    key = models.SlugField(max_length=60, help_text="the same for all rows that replace one another")
    outcome = models.CharField(max_length=12, choices=[(one, one) for one in OUTCOMES])
    scheme = models.SlugField(max_length=40, blank=True)
    level = models.CharField(max_length=40, blank=True)
    subject = models.CharField(max_length=80, blank=True)
    name = models.JSONField(default=dict, help_text="as people say it")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    points = models.PositiveIntegerField(help_text="hundredths")
    cap_year = models.PositiveIntegerField(null=True)
    cap_half = models.PositiveIntegerField(null=True)
    cap_total = models.PositiveIntegerField(null=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, help_text="the last day")
    expires_months = models.PositiveSmallIntegerField(null=True, help_text="none: the credit does not expire")
    example = models.BooleanField(default=False, help_text="real figures are set by each institution")
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()

    objects: ClassVar[models.Manager[EarningRule]] = models.Manager()

    class Meta:
        ordering = ["organisation_id", "outcome", "key", "valid_from", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "key", "valid_from"], name="earning_rule_once"),
            models.UniqueConstraint(
                fields=["key", "valid_from"],
                condition=Q(organisation__isnull=True),
                name="earning_rule_of_site_once",
            ),
            models.CheckConstraint(condition=Q(outcome__in=OUTCOMES), name="earning_rule_outcome_known"),
            models.CheckConstraint(condition=Q(points__gt=0), name="earning_rule_gives_something"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="earning_rule_some_days",
            ),
        ]

    def __str__(self) -> str:
        return Text.of(self.name).both() or self.key

    @property
    def ref(self) -> Ref:
        """The pointer that the history keeps."""
        return Ref("credits", "earning", self.public_id)
