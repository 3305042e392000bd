"""Gates of an organisation's own, papers seen, waivers, and passages."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from craftpath.domain.apprenticeships.rules import enrolment_seen_by
from craftpath.domain.progression.conditions import GATES
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import Scope, Scoped, above, below
from craftpath.values.ref import Ref

OUTCOMES = ("passed", "admitted", "repeat")
LONGEST = 300  # characters of a reason or a note
THROUGH = ("passed", "admitted")


def _known(values: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(value, value) for value in values]


class Gate(Scoped):
    """What an organisation asks at one gate of a programme, in its own words; the newest version holds."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    stage = models.ForeignKey("programmes.Stage", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=_known(GATES))
    version = models.PositiveSmallIntegerField()
    conditions = models.JSONField()
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "stage", "kind", "version"], name="gate_version_once"
            ),
            models.CheckConstraint(condition=Q(kind__in=GATES), name="gate_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.stage_id} v{self.version}"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Those of one's organisations and of those above them."""
        return below(scope, "organisation") | above(scope, "organisation")

    @property
    def ref(self) -> Ref:
        """The pointer that the history keeps."""
        return Ref("progression", "gate", self.public_id)


class _AtGate(Scoped):
    """Something noted for one apprentice at one gate."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    enrolment = models.ForeignKey("apprenticeships.Enrolment", on_delete=models.PROTECT, related_name="+")
    stage = models.ForeignKey("programmes.Stage", on_delete=models.PROTECT, related_name="+")
    gate = models.CharField(max_length=8, choices=_known(GATES))

    class Meta:
        abstract = True

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Whoever sees the apprentice."""
        return enrolment_seen_by(scope, "enrolment__")


class Evidence(_AtGate):
    """That somebody has seen a paper which a condition asks for; taken back, never deleted."""

    condition = models.SlugField(max_length=40)
    note = models.CharField(max_length=LONGEST, blank=True)
    given_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "stage", "gate", "condition"],
                condition=Q(withdrawn_at__isnull=True),
                name="evidence_once",
            ),
            models.CheckConstraint(condition=Q(gate__in=GATES), name="evidence_gate_known"),
        ]

    def __str__(self) -> str:
        return f"{self.condition} of {self.enrolment_id}"


class Waiver(_AtGate):
    """A condition that somebody takes upon oneself, with the reason; taken back, never deleted."""

    condition = models.SlugField(max_length=40)
    because = models.CharField(max_length=LONGEST)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "stage", "gate", "condition"],
                condition=Q(withdrawn_at__isnull=True),
                name="gate_waiver_once",
            ),
            models.CheckConstraint(condition=Q(gate__in=GATES), name="gate_waiver_gate_known"),
        ]

    def __str__(self) -> str:
        return f"{self.condition} of {self.enrolment_id}"


class Passage(_AtGate):
    """A decision at a gate: who, when, and how each condition stood then. Never altered."""

    outcome = models.CharField(max_length=10, choices=_known(OUTCOMES))
    findings = models.JSONField(help_text="as they stood when it was decided")
    because = models.CharField(max_length=LONGEST, blank=True)
    until = models.DateField(null=True, help_text="of a repeated stage: the day by which it is judged again")
    decided_on = models.DateField()
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "stage", "gate"],
                condition=Q(outcome__in=THROUGH),
                name="passage_through_once",
            ),
            models.CheckConstraint(condition=Q(outcome__in=OUTCOMES), name="passage_outcome_known"),
            models.CheckConstraint(
                condition=Q(outcome="passed", gate="stage")
                | Q(outcome="admitted", gate="exam")
                | (Q(outcome="repeat", gate="stage") & ~Q(because="")),
                name="passage_outcome_fits",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.outcome} {self.enrolment_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert; a second save is refused."""
        if self.pk is not None:
            raise TypeError("a passage is never altered")
        super().save(*args, **kwargs)

    @property
    def ref(self) -> Ref:
        """The pointer that other rows keep."""
        return Ref("progression", "passage", self.public_id)
