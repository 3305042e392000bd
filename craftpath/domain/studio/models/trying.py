"""A class that tries a version, what that came to by a day, and the training project that a version became."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from craftpath.domain.studio.models.drafts import LONGEST_WORDS, DraftVersion
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import Scope, Scoped, below
from craftpath.values.ref import Ref
from craftpath.values.text import Text


class Trial(models.Model):
    """A class that follows a programme tries a version; in figures from `starts_on` until `ends_on`, the day after."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    version = models.ForeignKey(DraftVersion, on_delete=models.CASCADE, related_name="trials")
    cohort = models.ForeignKey("apprenticeships.Cohort", on_delete=models.PROTECT, related_name="+")
    question = models.CharField(max_length=LONGEST_WORDS, blank=True, help_text="what the trial is to show")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()

    objects: ClassVar[models.Manager[Trial]] = models.Manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["version", "cohort"], name="trial_once_a_class"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="trial_days_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cohort_id} tries {self.version_id}"


class EvidenceSheet(models.Model):
    """What a trial had come to on a day: figures with how many people they are of; never changed."""

    trial = models.ForeignKey(Trial, on_delete=models.CASCADE, related_name="sheets")
    number = models.PositiveSmallIntegerField()
    on = models.DateField()
    rows = models.JSONField(default=list)
    sha256 = models.CharField(max_length=64)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()

    objects: ClassVar[models.Manager[EvidenceSheet]] = models.Manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["trial", "number"], name="evidence_sheet_number_once"),
            models.UniqueConstraint(fields=["trial", "on"], name="evidence_sheet_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.trial_id} {self.on}"


class Project(Scoped):
    """A training project: an adopted version with what became of it. Whoever it is shown to may take it over."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    version = models.OneToOneField(DraftVersion, on_delete=models.PROTECT, related_name="project")
    name = models.JSONField(default=dict)
    audience = models.JSONField(default=dict, help_text="for whom")
    licence = models.CharField(max_length=120)
    makers = models.JSONField(default=list, help_text="names of those who developed it, as they were")
    stages = models.JSONField(default=list, help_text="names of the path of the programme, as they were")
    occupation = models.ForeignKey("occupations.Occupation", on_delete=models.PROTECT, related_name="+")
    framework = models.ForeignKey(
        "standards.Framework", on_delete=models.PROTECT, null=True, related_name="+"
    )
    curriculum = models.ForeignKey(
        "curricula.Curriculum", on_delete=models.PROTECT, null=True, related_name="+"
    )
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return self.title.both()

    @property
    def title(self) -> Text:
        """The name in the languages that it has."""
        return Text.of(self.name)

    @property
    def ref(self) -> Ref:
        """The pointer that other rows keep."""
        return Ref("studio", "project", self.public_id)

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Everybody sees what is shown; what was taken down only the office and those above it."""
        return Q(withdrawn_at__isnull=True) | below(scope, "organisation")
