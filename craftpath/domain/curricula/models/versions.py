"""Curricula, their versions, the hours that a version is to reach, and what a draft must or may not take."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from craftpath.domain.curricula.models.cards import UnitCard
from craftpath.domain.curricula.states import VERSION
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import NOBODY, Scope, Scoped, above, below
from craftpath.values.ref import Ref
from craftpath.values.text import Text

LONGEST_WORDS = 2000
PINS = ("pin", "forbid")


class Curriculum(Scoped):
    """What an organisation teaches for one occupation. Stages, areas and kinds of hours are its programme's."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    programme = models.ForeignKey("programmes.Programme", on_delete=models.PROTECT, related_name="+")
    key = models.SlugField(max_length=80)
    name = models.JSONField(default=dict)
    occupation = models.JSONField(default=dict, help_text="in words")
    occupation_ref = models.CharField(max_length=80, blank=True, help_text="a chart of its duties and tasks")
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "key"], name="curriculum_key_once")]

    def __str__(self) -> str:
        return self.key

    @property
    def title(self) -> Text:
        """The name in the languages that it has."""
        return Text.of(self.name)

    @property
    def ref(self) -> Ref:
        """The pointer that lines of history keep."""
        return Ref("curricula", "curriculum", self.public_id)

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Those of one's organisations and of those above them, and those of which one reviews a version."""
        own = below(scope, "organisation") | above(scope, "organisation")
        return own | Q(pk__in=_asked(scope).values("curriculum_id"))


class CurriculumVersion(Scoped):
    """One version: units in order, outcomes, assessments. `revision` counts changes, so that no two editors collide.

    `programme` is what the active version was written as; new cohorts choose it. `waived` is what was approved in
    spite of gaps: `{"because", "gaps": how many}`.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    curriculum = models.ForeignKey(Curriculum, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    grown_from = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    why = models.CharField(max_length=LONGEST_WORDS, blank=True)
    state = models.CharField(max_length=12, default=VERSION.start, choices=VERSION.choices)
    revision = models.PositiveIntegerField(default=1)
    scheme = models.ForeignKey(
        "programmes.EvaluationScheme", on_delete=models.PROTECT, null=True, related_name="+"
    )
    programme = models.ForeignKey(
        "programmes.Programme", on_delete=models.PROTECT, null=True, related_name="+"
    )
    waived = models.JSONField(default=dict)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    changed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField()
    approved_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    activated_at = models.DateTimeField(null=True)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["curriculum", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["curriculum", "number"], name="curriculum_version_once"),
            models.UniqueConstraint(
                fields=["curriculum"], condition=Q(state="active"), name="curriculum_one_active"
            ),
            models.CheckConstraint(
                condition=Q(state__in=VERSION.states), name="curriculum_version_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("approved", "active")) | Q(approved_at__isnull=False),
                name="curriculum_version_approved_when",
            ),
            models.CheckConstraint(
                condition=~Q(state="active") | Q(programme__isnull=False),
                name="curriculum_version_active_written",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.curriculum_id} v{self.number}"

    @property
    def ref(self) -> Ref:
        """The pointer that duties and lines of history keep."""
        return Ref("curricula", "version", self.public_id)

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Those of one's organisations and of those above them, and those that one was asked to review."""
        own = below(scope, "curriculum__organisation") | above(scope, "curriculum__organisation")
        return own | Q(pk__in=_asked(scope).values("pk"))


def _asked(scope: Scope) -> models.QuerySet[CurriculumVersion]:
    """Versions that one was asked to review in person: none for a link, nor where nobody is signed in."""
    rows = CurriculumVersion._base_manager.order_by()
    if scope.within or scope.person_id == NOBODY:
        return rows.none()
    return rows.filter(reviews__reviewers__person=scope.person_id)


class StageTarget(models.Model):
    """Minutes of one kind that a stage is to have; over all stages they come to the hours of the programme."""

    version = models.ForeignKey(CurriculumVersion, on_delete=models.CASCADE, related_name="targets")
    stage = models.SlugField(max_length=60)
    bucket = models.SlugField(max_length=40)
    minutes = models.PositiveIntegerField()

    objects: ClassVar[models.Manager[StageTarget]] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "stage", "bucket"], name="stage_target_once")
        ]

    def __str__(self) -> str:
        return f"{self.stage} {self.bucket} {self.minutes}"


class CardPin(models.Model):
    """A card that a draft must take, or may not."""

    version = models.ForeignKey(CurriculumVersion, on_delete=models.CASCADE, related_name="pins")
    card = models.ForeignKey(UnitCard, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=[(kind, kind) for kind in PINS])

    objects: ClassVar[models.Manager[CardPin]] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "card"], name="card_pin_once"),
            models.CheckConstraint(condition=Q(kind__in=PINS), name="card_pin_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.card_id}"
