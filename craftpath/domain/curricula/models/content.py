"""What a version holds: units copied from cards, outcomes, and how these are assessed."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from craftpath.domain.curricula.models.cards import PLACES, TRAINERS, UnitCard
from craftpath.domain.curricula.models.versions import CurriculumVersion
from craftpath.values.text import Text


class ChosenUnit(models.Model):
    """A card as this version has it, with its stage, its place in the order there, and its own hours."""

    version = models.ForeignKey(CurriculumVersion, on_delete=models.CASCADE, related_name="units")
    card = models.ForeignKey(UnitCard, on_delete=models.PROTECT, null=True, related_name="+")
    stage = models.SlugField(max_length=60)
    order = models.PositiveSmallIntegerField(help_text="within its stage, from 1")
    key = models.SlugField(max_length=60)
    name = models.JSONField(default=dict)
    minutes = models.PositiveIntegerField()
    place = models.CharField(max_length=12, choices=[(place, place) for place in PLACES])
    bucket = models.SlugField(max_length=40)
    area = models.SlugField(max_length=60, blank=True)
    skills = models.JSONField(default=dict, help_text="skill key → percent, 1 to 100")
    prerequisites = models.JSONField(default=list, help_text="keys of units")
    trainer = models.CharField(max_length=20, blank=True, choices=[(kind, kind) for kind in TRAINERS])
    room = models.CharField(max_length=120, blank=True)
    hazardous = models.BooleanField(default=False)
    resources = models.JSONField(default=list, help_text='[{"words", "link"}, …]')

    objects: ClassVar[models.Manager[ChosenUnit]] = models.Manager()

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["version", "key"], name="chosen_unit_once"),
            models.CheckConstraint(condition=Q(place__in=PLACES), name="chosen_unit_place_known"),
            models.CheckConstraint(
                condition=Q(trainer__in=("", *TRAINERS)), name="chosen_unit_trainer_known"
            ),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def title(self) -> Text:
        """The name in the languages that it has."""
        return Text.of(self.name)

    @property
    def strengths(self) -> dict[str, float]:
        """skill key → how strongly it is practised, 0 to 1."""
        return {key: percent / 100 for key, percent in self.skills.items()}


class VersionOutcome(models.Model):
    """What somebody can do after the curriculum. An outcome without a unit or an assessment is a gap that is told."""

    version = models.ForeignKey(CurriculumVersion, on_delete=models.CASCADE, related_name="outcomes")
    order = models.PositiveSmallIntegerField()
    key = models.SlugField(max_length=60)
    name = models.JSONField(default=dict)
    skills = models.JSONField(default=list, help_text="keys of skills")
    area = models.SlugField(max_length=60, blank=True)
    tasks = models.JSONField(default=list, help_text='[{"ref", "words"}, …]')
    units = models.ManyToManyField(ChosenUnit, related_name="outcomes")

    objects: ClassVar[models.Manager[VersionOutcome]] = models.Manager()

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["version", "key"], name="version_outcome_once")]

    def __str__(self) -> str:
        return self.key

    @property
    def title(self) -> Text:
        """The name in the languages that it has."""
        return Text.of(self.name)


class VersionAssessment(models.Model):
    """How outcomes are seen: a component of the scheme or an item in it, and by what, as a pointer or in words."""

    version = models.ForeignKey(CurriculumVersion, on_delete=models.CASCADE, related_name="assessments")
    order = models.PositiveSmallIntegerField()
    key = models.SlugField(max_length=60)
    name = models.JSONField(default=dict)
    component = models.SlugField(max_length=60, blank=True)
    item = models.SlugField(max_length=60, blank=True)
    source = models.CharField(
        max_length=120, blank=True, help_text="a rubric or an examination, as a pointer"
    )
    words = models.CharField(max_length=300, blank=True)
    outcomes = models.ManyToManyField(VersionOutcome, related_name="assessments")

    objects: ClassVar[models.Manager[VersionAssessment]] = models.Manager()

    class Meta:
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["version", "key"], name="version_assessment_once")]

    def __str__(self) -> str:
        return self.key

    @property
    def title(self) -> Text:
        """The name in the languages that it has."""
        return Text.of(self.name)
