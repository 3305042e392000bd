"""Diplomas as goals, and the tables by which their institutions take credits for them."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from craftpath.domain.credits.models.earning import OUTCOMES
from craftpath.domain.credits.states import DIPLOMA
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import Scope, Scoped, below
from craftpath.values.ref import Ref
from craftpath.values.text import Text


class Diploma(Scoped):
    """What an institution awards for credits: how many in all, of which areas, and by which table it takes them.

    A draft is edited; one that is open is not, but its conversion rules and offers come and go with dates. `share` is
    the part of the total, in hundredths of a percent, that conversion may make up. `limits` holds what only some rule
    sets know (hundredths: `year`, `half`; a count: `certificates`).
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    key = models.SlugField(max_length=60)
    state = models.CharField(max_length=8, default=DIPLOMA.start, choices=DIPLOMA.choices)
    title = models.JSONField(default=dict)
    total = models.PositiveIntegerField(help_text="hundredths")
    share = models.PositiveIntegerField(null=True, help_text="hundredths of a percent of the total")
    limits = models.JSONField(default=dict)
    source = models.JSONField(default=dict, help_text="language → where the figures come from, whom to ask")
    example = models.BooleanField(default=False, help_text="real figures are set by each institution")
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["organisation_id", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "key"], name="diploma_once"),
            models.CheckConstraint(condition=Q(state__in=DIPLOMA.states), name="diploma_state_known"),
            models.CheckConstraint(condition=Q(total__gt=0), name="diploma_asks_something"),
            models.CheckConstraint(
                condition=Q(share__isnull=True) | Q(share__lte=10_000), name="diploma_share_is_a_part"
            ),
        ]

    def __str__(self) -> str:
        return Text.of(self.title).both()

    @property
    def ref(self) -> Ref:
        """The pointer that the history keeps."""
        return Ref("credits", "diploma", self.public_id)

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Open ones are everybody's, since what can be reached is no secret; all of one's organisations."""
        return Q(state="open") | below(scope, "organisation")


class DiplomaArea(models.Model):
    """An area of a diploma: at least, and at most, so many points (hundredths)."""

    diploma = models.ForeignKey(Diploma, on_delete=models.CASCADE, related_name="areas")
    key = models.SlugField(max_length=40)
    name = models.JSONField(default=dict)
    least = models.PositiveIntegerField(default=0)
    most = models.PositiveIntegerField(null=True)

    objects: ClassVar[models.Manager[DiplomaArea]] = models.Manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["diploma", "key"], name="diploma_area_once"),
            models.CheckConstraint(
                condition=Q(most__isnull=True) | Q(most__gte=F("least")), name="diploma_area_fits"
            ),
        ]

    def __str__(self) -> str:
        return Text.of(self.name).both() or self.key


class Minimum(models.Model):
    """So many points at least from one institution, by the key that entries and offers carry."""

    diploma = models.ForeignKey(Diploma, on_delete=models.CASCADE, related_name="minima")
    institution = models.SlugField(max_length=60)
    name = models.JSONField(default=dict)
    least = models.PositiveIntegerField()

    objects: ClassVar[models.Manager[Minimum]] = models.Manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["diploma", "institution"], name="diploma_minimum_once")
        ]

    def __str__(self) -> str:
        return Text.of(self.name).both() or self.institution


class Offer(models.Model):
    """A step that leads nearer to a diploma: a course, an examination, with points, weeks, and from when to when."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    diploma = models.ForeignKey(Diploma, on_delete=models.CASCADE, related_name="offers")
    key = models.SlugField(max_length=60)
    name = models.JSONField(default=dict)
    area = models.SlugField(max_length=40, help_text="an area of the diploma")
    points = models.PositiveIntegerField()
    weeks = models.PositiveSmallIntegerField()
    institution = models.SlugField(
        max_length=60, blank=True, help_text="for minima; blank: the diploma's own"
    )
    course = models.CharField(max_length=16, blank=True, help_text="public id of a course of this site")
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True, help_text="the last day")

    objects: ClassVar[models.Manager[Offer]] = models.Manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["diploma", "key"], name="diploma_offer_once"),
            models.CheckConstraint(condition=Q(points__gt=0), name="diploma_offer_gives_something"),
        ]

    def __str__(self) -> str:
        return Text.of(self.name).both() or self.key


class ConversionRule(models.Model):
    """A row of the table: credits of an area (or of one outcome) become points of a diploma's area, at a rate.

    From a day to a day; a row in force is never edited: it ends, and a new one with the same `key` begins. The most
    exact row wins: subject, then level, then scheme, then outcome, then area. `cap` is hundredths for one person.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    diploma = models.ForeignKey(Diploma, on_delete=models.CASCADE, related_name="rules")
    key = models.SlugField(max_length=60, help_text="the same for all rows that replace one another")
    area = models.SlugField(max_length=40, blank=True, help_text="of the credit; blank: any")
    outcome = models.CharField(max_length=12, blank=True, choices=[(one, one) for one in OUTCOMES])
    scheme = models.SlugField(max_length=40, blank=True)
    level = models.CharField(max_length=40, blank=True)
    subject = models.CharField(max_length=80, blank=True)
    to_area = models.SlugField(max_length=40, help_text="of the diploma")
    rate = models.PositiveIntegerField(help_text="ten-thousandths: 10000 is one for one; never more")
    cap = models.PositiveIntegerField(null=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, help_text="the last day")
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()

    objects: ClassVar[models.Manager[ConversionRule]] = models.Manager()

    class Meta:
        ordering = ["diploma_id", "key", "valid_from", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["diploma", "key", "valid_from"], name="conversion_rule_once"),
            models.CheckConstraint(
                condition=Q(rate__gt=0, rate__lte=10_000), name="conversion_gives_no_more_than_earned"
            ),
            models.CheckConstraint(
                condition=~Q(area="") | ~Q(outcome=""), name="conversion_rule_is_about_something"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="conversion_rule_some_days",
            ),
        ]

    def __str__(self) -> str:
        return self.key
