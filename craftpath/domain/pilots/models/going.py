"""Pilots with their members, rounds and steps."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import F, Q

from craftpath.domain.pilots.models.cycles import Cycle
from craftpath.domain.pilots.states import PILOT, ROUND, STEP
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import Scope, Scoped, below
from craftpath.values.ref import Ref
from craftpath.values.text import Text

KINDS = ("organisation", "city", "sector")
LONGEST_WORDS = 2000


def _known(values: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(value, value) for value in values]


class Pilot(Scoped):
    """Who goes round the steps: an office with its members, for goals, between two days.

    `classes` narrows what the site counts to some cohorts; without any it is all those of the members.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    made_id = models.UUIDField(unique=True, help_text="named by the form, so that it is started once")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=14, choices=_known(KINDS))
    name = models.JSONField(default=dict)
    goals = models.TextField(max_length=LONGEST_WORDS, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, help_text="the first day after it")
    state = models.CharField(max_length=12, default=PILOT.start, choices=PILOT.choices)
    because = models.CharField(max_length=LONGEST_WORDS, blank=True, help_text="why it ended")
    classes = models.ManyToManyField("apprenticeships.Cohort", related_name="+")
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=KINDS), name="pilot_kind_known"),
            models.CheckConstraint(condition=Q(state__in=PILOT.states), name="pilot_state_known"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on")), name="pilot_some_days"
            ),
        ]

    def __str__(self) -> str:
        return self.title.both()

    @property
    def title(self) -> Text:
        """The name in the languages that it has."""
        return Text.of(self.name)

    @property
    def ref(self) -> Ref:
        """The pointer that lines of history keep."""
        return Ref("pilots", "pilot", self.public_id)

    def day(self, at: datetime) -> date:
        """The day that it is then at its office."""
        return at.astimezone(ZoneInfo(self.organisation.time_zone)).date()

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Those of one's offices or those in which one's organisation takes part, those of own steps and changes."""
        members = PilotMember.objects.filter(below(scope, "organisation")).order_by()
        steps = RoundStep._base_manager.filter(owner=scope.person_id, owner__isnull=False).order_by()
        rounds = PilotRound.objects.filter(
            changes__owner=scope.person_id, changes__owner__isnull=False
        ).order_by()
        return (
            below(scope, "organisation")
            | Q(pk__in=members.values("pilot_id"))
            | Q(pk__in=steps.values("round__pilot_id"))
            | Q(pk__in=rounds.values("pilot_id"))
        )


def of_pilots(scope: Scope, field: str) -> Q:
    """The condition that the pilot in `field` is seen."""
    seen = Pilot._base_manager.filter(Pilot.seen_by(scope)).order_by()
    return Q(**{f"{field}__in": seen.values("pk")})


class PilotMember(models.Model):
    """An organisation that takes part."""

    pilot = models.ForeignKey(Pilot, on_delete=models.CASCADE, related_name="members")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    since = models.DateField()

    objects: ClassVar[models.Manager[PilotMember]] = models.Manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["pilot", "organisation"], name="pilot_member_once"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} in {self.pilot_id}"


class PilotRound(models.Model):
    """Once round the steps, on the version of the cycle on which it began; of a pilot one is open at a time."""

    pilot = models.ForeignKey(Pilot, on_delete=models.PROTECT, related_name="rounds")
    number = models.PositiveSmallIntegerField()
    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, default=ROUND.start, choices=ROUND.choices)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager[PilotRound]] = models.Manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["pilot", "number"], name="pilot_round_number_once"),
            models.UniqueConstraint(fields=["pilot"], condition=Q(state="open"), name="pilot_round_one_open"),
            models.CheckConstraint(condition=Q(state__in=ROUND.states), name="pilot_round_state_known"),
            models.CheckConstraint(
                condition=Q(state="open", closed_at__isnull=True)
                | Q(state="closed", closed_at__isnull=False),
                name="pilot_round_closed_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pilot_id} round {self.number}"


class RoundStep(Scoped):
    """A step of a round: whose it is, by when, and how it ended.

    `place` is where the owner has a role, so that a duty leads there. `found` is what the record said when it was
    closed, as `[{"key", "met", "facts"}]`; `lacked` what was missing if it was closed without.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    round = models.ForeignKey(PilotRound, on_delete=models.PROTECT, related_name="steps")
    key = models.SlugField(max_length=60)
    order = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=12, default=STEP.start, choices=STEP.choices)
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    place = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    due_on = models.DateField(null=True)
    closed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)
    because = models.CharField(max_length=LONGEST_WORDS, blank=True, help_text="why it was closed without")
    found = models.JSONField(default=list)
    lacked = models.JSONField(default=list)

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["round", "key"], name="round_step_once"),
            models.CheckConstraint(condition=Q(state__in=STEP.states), name="round_step_state_known"),
            models.CheckConstraint(
                condition=Q(state="open", closed_at__isnull=True)
                | Q(state__in=("done", "waived"), closed_at__isnull=False),
                name="round_step_closed_when",
            ),
            models.CheckConstraint(
                condition=~Q(state="waived") | ~Q(because=""), name="round_step_waived_with_reason"
            ),
            models.CheckConstraint(
                condition=Q(owner__isnull=True) | Q(place__isnull=False), name="round_step_owner_placed"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round_id} {self.key}"

    @property
    def ref(self) -> Ref:
        """The pointer that duties and lines of history keep."""
        return Ref("pilots", "step", self.public_id)

    @property
    def words(self) -> dict[str, Any]:
        """What the cycle says of it."""
        return self.round.cycle.step(self.key)

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Those of the pilots that one sees."""
        return of_pilots(scope, "round__pilot")
