"""Frameworks and their skills."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from craftpath.values.text import Text


class Framework(models.Model):
    """A published list of skills, in one version; it serves everybody."""

    key = models.SlugField(max_length=60)
    version = models.PositiveSmallIntegerField(default=1)
    name = models.JSONField(default=dict)
    publisher = models.CharField(max_length=120, blank=True)
    year = models.PositiveSmallIntegerField(null=True)

    objects: ClassVar[models.Manager[Framework]] = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "version"], name="framework_version_once")]

    def __str__(self) -> str:
        return f"{self.key} v{self.version}"


class Skill(models.Model):
    """One skill of a framework; `key` is what other rows keep, and is the same in every version."""

    framework = models.ForeignKey(Framework, on_delete=models.CASCADE, related_name="skills")
    order = models.PositiveSmallIntegerField()
    key = models.SlugField(max_length=60)
    domain = models.SlugField(max_length=60)
    domain_name = models.JSONField(default=dict)
    name = models.JSONField(default=dict)
    meaning = models.JSONField(default=dict)
    hints = models.JSONField(default=dict, help_text="language → words that speak of it")

    objects: ClassVar[models.Manager[Skill]] = models.Manager()

    class Meta:
        ordering = ["framework", "order"]
        constraints = [models.UniqueConstraint(fields=["framework", "key"], name="skill_key_once")]

    def __str__(self) -> str:
        return self.key

    @property
    def title(self) -> Text:
        """The name in the languages that it has."""
        return Text.of(self.name)
