"""Programmes with stages, learning areas, hours and units; schemes."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from craftpath.domain.programmes.states import SCHEME
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import Scope, Scoped, above, below
from craftpath.values.text import Text

TOPICS = (
    "duration",
    "contract",
    "hours",
    "probation",
    "pay",
    "ratio",
    "documents",
    "assessment",
)
CONFIDENCES = ("V", "S", "M", "A")
PLACES = ("workplace", "college", "online")
PERIODS = ("programme", "year")


class Programme(Scoped):
    """A versioned template; without an organisation it is a preset that everybody may use.

    `origin` is the programme that an organisation's own one was written from; `root` the key of the first of that line,
    by which the presets of other rooms (gates) find it, whatever it is called now; "" where it has no origin.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    key = models.SlugField(max_length=80)
    version = models.PositiveSmallIntegerField(default=1)
    name = models.JSONField(default=dict)
    jurisdiction = models.CharField(max_length=10, blank=True, help_text="ISO 3166 code")
    typical_months = models.PositiveSmallIntegerField(null=True)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    origin = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    root = models.CharField(max_length=80, blank=True, help_text="key of the first programme of the line")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "key", "version"], name="programme_version_once", nulls_distinct=False
            )
        ]

    def __str__(self) -> str:
        return f"{self.key} v{self.version}"

    @property
    def title(self) -> Text:
        """The name in the languages that it has."""
        return Text.of(self.name)

    @property
    def root_key(self) -> str:
        """The key by which presets of other rooms find it: its own, or that of the first of its line."""
        return self.root or self.key

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Presets, and what one's organisation or one above it keeps."""
        return Q(organisation__isnull=True) | below(scope, "organisation") | above(scope, "organisation")


class Stage(models.Model):
    """A step of the path, in order; it is left through a recorded decision."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="stages")
    order = models.PositiveSmallIntegerField()
    key = models.SlugField(max_length=60)
    name = models.JSONField(default=dict)
    emphasis = models.JSONField(default=dict)
    default_months = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "order"], name="stage_order_once"),
            models.UniqueConstraint(fields=["programme", "key"], name="stage_key_once"),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def title(self) -> Text:
        """The name in the languages that it has."""
        return Text.of(self.name)


class LearningArea(models.Model):
    """A field of learning by which a programme plans and reports, beside the core skills."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="areas")
    order = models.PositiveSmallIntegerField()
    key = models.SlugField(max_length=60)
    name = models.JSONField(default=dict)

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["programme", "key"], name="area_key_once")]

    def __str__(self) -> str:
        return self.key

    @property
    def title(self) -> Text:
        """The name in the languages that it has."""
        return Text.of(self.name)


class Provision(models.Model):
    """What a country or a contract lays down beside the evaluation, for one programme: a figure or some words.

    `conf` says how sure it is: read in the text itself, read elsewhere, remembered, assumed, or nothing said.
    A key may stand several times with different days of validity, as a pay floor does that is raised each year.
    """

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="provisions")
    order = models.PositiveSmallIntegerField()
    topic = models.CharField(max_length=20, choices=[(topic, topic) for topic in TOPICS])
    key = models.SlugField(max_length=60)
    name = models.JSONField(default=dict)
    value = models.JSONField()
    unit = models.CharField(max_length=12, blank=True)
    conf = models.CharField(max_length=1, blank=True, choices=[(mark, mark) for mark in CONFIDENCES])
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "order"], name="provision_order_once"),
            models.CheckConstraint(condition=Q(topic__in=TOPICS), name="provision_topic_known"),
            models.CheckConstraint(condition=Q(conf__in=["", *CONFIDENCES]), name="provision_conf_known"),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_to__isnull=True)
                | Q(valid_to__gte=models.F("valid_from")),
                name="provision_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.topic} {self.key}"

    @property
    def title(self) -> Text:
        """The name in the languages that it has."""
        return Text.of(self.name)


class HourBucket(models.Model):
    """A kind of hours that a programme counts by itself, such as hours at the workplace or taught hours.

    `floor_minutes` must be reached and `cap_minutes` may not be passed in each `period`; `target_minutes` is what is
    planned. `within` is the bucket whose hours these are as well: hours online within taught hours.
    """

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="buckets")
    order = models.PositiveSmallIntegerField()
    key = models.SlugField(max_length=40)
    name = models.JSONField(default=dict)
    place = models.CharField(max_length=12, choices=[(place, place) for place in PLACES])
    period = models.CharField(max_length=12, choices=[(period, period) for period in PERIODS])
    target_minutes = models.PositiveIntegerField(null=True)
    floor_minutes = models.PositiveIntegerField(null=True)
    cap_minutes = models.PositiveIntegerField(null=True)
    within = models.SlugField(max_length=40, blank=True)
    conf = models.CharField(max_length=1, blank=True, choices=[(mark, mark) for mark in CONFIDENCES])

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "key"], name="bucket_key_once"),
            models.CheckConstraint(condition=Q(place__in=PLACES), name="bucket_place_known"),
            models.CheckConstraint(condition=Q(period__in=PERIODS), name="bucket_period_known"),
            models.CheckConstraint(
                condition=Q(floor_minutes__isnull=True)
                | Q(cap_minutes__isnull=True)
                | Q(cap_minutes__gte=models.F("floor_minutes")),
                name="bucket_cap_over_floor",
            ),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def title(self) -> Text:
        """The name in the languages that it has."""
        return Text.of(self.name)


class Unit(models.Model):
    """A piece of training with its place, hours and outcomes; `bucket` is the kind of hours that it brings.

    `hazardous` work is not for people under eighteen. `skills` are keys of core skills that it practises.
    """

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="units")
    stage = models.ForeignKey(Stage, on_delete=models.CASCADE, related_name="units")
    order = models.PositiveSmallIntegerField()
    key = models.SlugField(max_length=60)
    name = models.JSONField(default=dict)
    place = models.CharField(max_length=12, choices=[(place, place) for place in PLACES])
    bucket = models.SlugField(max_length=40)
    minutes = models.PositiveIntegerField()
    hazardous = models.BooleanField(default=False)
    skills = models.JSONField(default=list)
    conf = models.CharField(max_length=1, blank=True, choices=[(mark, mark) for mark in CONFIDENCES])

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "key"], name="unit_key_once"),
            models.UniqueConstraint(fields=["programme", "order"], name="unit_order_once"),
            models.CheckConstraint(condition=Q(place__in=PLACES), name="unit_place_known"),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def title(self) -> Text:
        """The name in the languages that it has."""
        return Text.of(self.name)


class Outcome(models.Model):
    """What somebody can do after a unit, with the core skills and the learning area that it belongs to."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="outcomes")
    order = models.PositiveSmallIntegerField()
    key = models.SlugField(max_length=60)
    name = models.JSONField(default=dict)
    skills = models.JSONField(default=list)
    area = models.SlugField(max_length=60, blank=True)

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["unit", "key"], name="outcome_key_once")]

    def __str__(self) -> str:
        return self.key

    @property
    def title(self) -> Text:
        """The name in the languages that it has."""
        return Text.of(self.name)


class EvaluationScheme(Scoped):
    """One version of a scheme, written whole; immutable from the moment it is in use."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="schemes")
    key = models.SlugField(max_length=80)
    version = models.PositiveSmallIntegerField(default=1)
    name = models.JSONField(default=dict)
    definition = models.JSONField()
    fingerprint = models.CharField(max_length=16)
    state = models.CharField(max_length=20, default=SCHEME.start, choices=SCHEME.choices)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "key", "version"], name="scheme_version_once", nulls_distinct=False
            ),
            models.CheckConstraint(condition=Q(state__in=SCHEME.states), name="scheme_state_known"),
        ]

    def __str__(self) -> str:
        return f"{self.key} v{self.version}"

    @property
    def title(self) -> Text:
        """The name in the languages that it has."""
        return Text.of(self.name)

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Presets, and what one's organisation or one above it keeps."""
        return Q(organisation__isnull=True) | below(scope, "organisation") | above(scope, "organisation")
