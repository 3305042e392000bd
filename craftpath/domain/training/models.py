"""The ledger of hours; plans with their units, departments, and the rotation through them."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q

from craftpath.domain.apprenticeships.rules import cohorts_seen_by, enrolment_seen_by, hosts_seen_by
from craftpath.domain.training.states import PATTERN, STAY
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import Scope, Scoped, below
from craftpath.values.text import Text

PLACES = ("workplace", "college", "online")
KINDS = ("workplace", "college")


class HourLine(Scoped):
    """Minutes of one apprentice on one day in one bucket; `key` makes posting the same twice one line.

    A reversal has the minutes of the line that it takes back with the sign turned, so a bucket's sum needs no
    condition. `source` is a Ref as text: the log entry or the attendance that is the evidence.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    enrolment = models.ForeignKey("apprenticeships.Enrolment", on_delete=models.PROTECT, related_name="+")
    bucket = models.SlugField(max_length=40)
    on = models.DateField()
    minutes = models.IntegerField()
    source = models.CharField(max_length=120)
    key = models.CharField(max_length=160, unique=True)
    reversal_of = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="reversed_by"
    )
    because = models.CharField(max_length=60, blank=True, help_text="a reason code; of reversals only")
    posted_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    posted_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["enrolment", "on"], name="hours_by_day"),
            models.Index(fields=["source"], name="hours_by_source"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(reversal_of__isnull=True, minutes__gt=0, because="")
                | (Q(reversal_of__isnull=False, minutes__lt=0) & ~Q(because="")),
                name="hours_reversed_with_reason",
            )
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.on} {self.bucket} {self.minutes}"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Hours of the apprentices whom one sees."""
        return enrolment_seen_by(scope, "enrolment__")

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert; a second save is refused, since a ledger is not rewritten."""
        if self.pk is not None:
            raise TypeError("an hour line is never altered")
        super().save(*args, **kwargs)


class Department(Scoped):
    """A part of an enterprise or college where apprentices learn; without a capacity it takes any number."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    host = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    name = models.JSONField(default=dict)
    capacity = models.PositiveSmallIntegerField(
        null=True, help_text="apprentices at one time, of all cohorts"
    )
    responsible = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(capacity__isnull=True) | Q(capacity__gt=0), name="department_takes_somebody"
            )
        ]

    def __str__(self) -> str:
        return self.title.both()

    @property
    def title(self) -> Text:
        """The name in the languages that it has."""
        return Text.of(self.name)

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Those of one's organisations, and those where apprentices whom one sees are learning."""
        return below(scope, "host") | hosts_seen_by(scope, "host")


class TrainingPlan(Scoped):
    """One class, one plan; `version` counts the changes since it was drafted from the programme."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    cohort = models.OneToOneField("apprenticeships.Cohort", on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)
    changed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"plan of {self.cohort_id} v{self.version}"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Plans of the cohorts that one sees."""
        return cohorts_seen_by(scope, "cohort")


class PlanUnit(models.Model):
    """A unit as one class does it: copied from the programme by its key, then named, timed and placed anew.

    With no minutes it is left out. `departments` has at most one of each host. An `own` unit is not of the programme:
    the class has it besides, and `serves` says for what: outcomes as `unit/outcome`, learning areas by their key.
    """

    plan = models.ForeignKey(TrainingPlan, on_delete=models.PROTECT, related_name="units")
    order = models.PositiveSmallIntegerField()
    key = models.SlugField(max_length=60)
    stage = models.SlugField(max_length=60)
    name = models.JSONField(default=dict)
    place = models.CharField(max_length=12, choices=[(place, place) for place in PLACES])
    bucket = models.SlugField(max_length=40)
    minutes = models.PositiveIntegerField()
    hazardous = models.BooleanField(default=False)
    skills = models.JSONField(default=list)
    departments = models.ManyToManyField(Department, related_name="units")
    own = models.BooleanField(default=False, help_text="added by the class, not copied from the programme")
    serves = models.JSONField(default=list, help_text="of own units: unit/outcome, or the key of an area")

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "key"], name="plan_unit_once"),
            models.CheckConstraint(condition=Q(place__in=PLACES), name="plan_unit_place_known"),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def title(self) -> Text:
        """The name in the languages that it has."""
        return Text.of(self.name)


class RotationPattern(Scoped):
    """A pattern as it was published for a cohort: its steps, and all the stays that came of it.

    Stays that were added singly hang on one without steps, so that they are taken back together too.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    cohort = models.ForeignKey("apprenticeships.Cohort", on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    steps = models.JSONField(help_text="[unit key, weeks, together] for each")
    fingerprint = models.CharField(max_length=16, help_text="of the preview that was published")
    state = models.CharField(max_length=20, default=PATTERN.start, choices=PATTERN.choices)
    published_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=PATTERN.states), name="pattern_state_known"),
            models.CheckConstraint(
                condition=Q(state="undone", undone_at__isnull=False)
                | Q(state="published", undone_at__isnull=True),
                name="pattern_undone_with_time",
            ),
        ]

    def __str__(self) -> str:
        return f"pattern of {self.cohort_id} from {self.starts_on}"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Patterns of the cohorts that one sees."""
        return cohorts_seen_by(scope, "cohort")


class Stay(Scoped):
    """One stay of one apprentice: a unit, in a department or a block at the college, both days included."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    enrolment = models.ForeignKey("apprenticeships.Enrolment", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(PlanUnit, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=[(kind, kind) for kind in KINDS])
    host = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    department = models.ForeignKey(Department, on_delete=models.PROTECT, null=True, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField(help_text="the last day")
    responsible = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    pattern = models.ForeignKey(RotationPattern, on_delete=models.PROTECT, null=True, related_name="stays")
    state = models.CharField(max_length=20, default=STAY.start, choices=STAY.choices)
    because = models.CharField(max_length=200, blank=True)
    moved = models.BooleanField(default=False, help_text="differs from what was published")
    changed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["enrolment", "starts_on"], name="stay_by_day"),
            models.Index(fields=["department", "starts_on"], name="stay_by_department"),
            models.Index(fields=["responsible", "starts_on"], name="stay_by_responsible"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="stay_ends_after_start"),
            models.CheckConstraint(condition=Q(kind__in=KINDS), name="stay_kind_known"),
            models.CheckConstraint(condition=Q(state__in=STAY.states), name="stay_state_known"),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.starts_on} – {self.ends_on}"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Stays of the apprentices whom one sees."""
        return enrolment_seen_by(scope, "enrolment__")
