"""Occupations, the versions of their charts, and what stands on a chart."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.timezone import localdate

from craftpath.domain.occupations.states import CHART, OPEN
from craftpath.kernel.access import around, memberships_on
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import Scope, Scoped, below
from craftpath.values.ref import Ref
from craftpath.values.text import Text

LISTS = ("knowledge", "behaviours", "tools", "trends")
"""What a panel writes down beside duties and tasks, in this order."""
LONGEST_NAME = 120
LONGEST_WORDS = 300


class Occupation(Scoped):
    """What people are called in a trade, of one organisation or shared; its charts hang on it.

    `words` are words of programmes by which it is found, such as the name of a class.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    name = models.JSONField(default=dict)
    code_cn = models.CharField(max_length=20, blank=True, help_text="Chinese classification of occupations")
    code_isco = models.CharField(max_length=8, blank=True, help_text="ISCO-08")
    code_other = models.CharField(max_length=60, blank=True, help_text="any other, with its list")
    words = models.TextField(blank=True, help_text="one a line")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.title.both()

    @property
    def title(self) -> Text:
        """The name in the languages that it has."""
        return Text.of(self.name)

    @property
    def ref(self) -> Ref:
        """The pointer that other rows keep."""
        return Ref("occupations", "occupation", self.public_id)

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Shared ones, those of one's organisations, and those on whose charts one works or answers."""
        charts = Chart._base_manager.filter(asked(scope)).order_by()
        return (
            around(scope, "organisation")
            | Q(organisation__isnull=True)
            | Q(pk__in=charts.values("occupation_id"))
        )


def asked(scope: Scope) -> Q:
    """Charts on whose panel one sits, and charts whose verification asks somewhere where one is a member."""
    panel = Panellist.objects.filter(person=scope.person_id).order_by()
    mine = memberships_on(localdate()).filter(
        person=scope.person_id,
        organisation=OuterRef("verification__seats__place"), role=OuterRef("verification__seats__role"),
    )  # fmt: skip
    asking = Chart._base_manager.filter(Exists(mine), state="verifying").order_by()
    return Q(pk__in=panel.values("chart_id")) | Q(pk__in=asking.values("pk"))


class Chart(Scoped):
    """One version of the chart of an occupation, as an organisation had it made.

    `revision` counts every change of the board, so that a page knows whether it is behind. `lists` hold bilingual
    rows under `LISTS`. What decides after verification is data of the chart: `cut` (mean importance, 1 to 5),
    `performed` (percent of those who do a task), `limits` and `weights` by scale, exact numbers as text.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    occupation = models.ForeignKey(Occupation, on_delete=models.PROTECT, related_name="charts")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=12, default=CHART.start, choices=CHART.choices)
    follows = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    revision = models.PositiveIntegerField(default=0)
    facilitator = models.CharField(max_length=LONGEST_NAME, blank=True, help_text="neutral: not of the trade")
    place = models.CharField(max_length=LONGEST_NAME, blank=True)
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True, help_text="the last day of the workshop")
    lists = models.JSONField(default=dict)
    cut = models.DecimalField(max_digits=3, decimal_places=2, default=Decimal("3.00"))
    performed = models.PositiveSmallIntegerField(default=50, help_text="percent")
    limits = models.JSONField(default=dict)
    weights = models.JSONField(default=dict)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    adopted_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    adopted_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["occupation", "organisation", "version"], name="chart_version_once"
            ),
            models.UniqueConstraint(
                fields=["occupation", "organisation"], condition=Q(state="adopted"), name="chart_adopted_once"
            ),
            models.UniqueConstraint(
                fields=["occupation", "organisation"], condition=Q(state__in=OPEN), name="chart_open_once"
            ),
            models.CheckConstraint(condition=Q(state__in=CHART.states), name="chart_state_known"),
            models.CheckConstraint(condition=Q(cut__range=(1, 5)), name="chart_cut_on_scale"),
            models.CheckConstraint(condition=Q(performed__lte=100), name="chart_performed_percent"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="chart_days_in_order"
            ),
            models.CheckConstraint(
                condition=~Q(state="adopted") | Q(adopted_at__isnull=False), name="chart_adopted_when"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.occupation_id} v{self.version}"

    @property
    def ref(self) -> Ref:
        """The pointer that other rows keep."""
        return Ref("occupations", "chart", self.public_id)

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Those of one's organisations once adopted, all of those below, and those where one is asked."""
        done = around(scope, "organisation") & Q(state__in=("adopted", "retired"), adopted_at__isnull=False)
        return done | below(scope, "organisation") | asked(scope)


class Duty(models.Model):
    """A row of the chart. `place` orders; between two places there is always another one."""

    chart = models.ForeignKey(Chart, on_delete=models.CASCADE, related_name="duties")
    public_id = models.CharField(max_length=16, default=new_public_id)
    place = models.FloatField()
    name = models.JSONField(default=dict)

    objects: ClassVar[models.Manager[Duty]] = models.Manager()

    class Meta:
        ordering = ["place", "pk"]
        constraints = [models.UniqueConstraint(fields=["chart", "public_id"], name="duty_once_a_chart")]

    def __str__(self) -> str:
        return Text.of(self.name).both()


class Task(models.Model):
    """A card of the chart. Its public id is the same in every version, also where it is worded anew or moved."""

    chart = models.ForeignKey(Chart, on_delete=models.CASCADE, related_name="tasks")
    duty = models.ForeignKey(Duty, on_delete=models.CASCADE, related_name="tasks")
    public_id = models.CharField(max_length=16, default=new_public_id)
    place = models.FloatField()
    statement = models.JSONField(default=dict)
    skills = models.JSONField(default=list, help_text="keys of skills")
    left_out = models.BooleanField(default=False, help_text="not kept when the chart was adopted")

    objects: ClassVar[models.Manager[Task]] = models.Manager()

    class Meta:
        ordering = ["place", "pk"]
        constraints = [models.UniqueConstraint(fields=["chart", "public_id"], name="task_once_a_chart")]

    def __str__(self) -> str:
        return Text.of(self.statement).both()


class Panellist(models.Model):
    """An expert worker of the panel, with an account or in words; told before what is kept of them, and why."""

    chart = models.ForeignKey(Chart, on_delete=models.CASCADE, related_name="panel")
    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=LONGEST_NAME)
    employer = models.CharField(max_length=LONGEST_NAME, blank=True)
    years = models.PositiveSmallIntegerField(null=True, help_text="in the trade")
    told_on = models.DateField(help_text="when they agreed, knowing what is kept")

    objects: ClassVar[models.Manager[Panellist]] = models.Manager()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["person"], name="panellist_by_person")]
        constraints = [
            models.UniqueConstraint(
                fields=["chart", "person"], condition=Q(person__isnull=False), name="panellist_once"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="panellist_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Step(models.Model):
    """One change of the board, with how the rows that it touched were before, so that it can be undone."""

    chart = models.ForeignKey(Chart, on_delete=models.CASCADE, related_name="steps")
    revision = models.PositiveIntegerField()
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    verb = models.CharField(max_length=12)
    before = models.JSONField(default=dict, help_text="public id → the row as it was; null where it is new")
    undone = models.BooleanField(default=False)
    made_at = models.DateTimeField()

    objects: ClassVar[models.Manager[Step]] = models.Manager()

    class Meta:
        ordering = ["-revision"]
        constraints = [models.UniqueConstraint(fields=["chart", "revision"], name="step_once_a_revision")]

    def __str__(self) -> str:
        return f"{self.chart_id} {self.revision} {self.verb}"
