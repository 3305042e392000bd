"""Asking more workers and supervisors about the tasks of a chart, and what they answer."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from craftpath.domain.occupations.models.charts import LONGEST_NAME, Chart
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.roles import Role
from craftpath.kernel.tenancy import Scope, Scoped, below

GROUPS = ("worker", "supervisor")


class Verification(models.Model):
    """Until when a chart is asked about, and whether names are kept; said to everybody before the first question.

    Its seats are asked by their account; whoever has the link answers without one.
    """

    chart = models.OneToOneField(Chart, on_delete=models.CASCADE, related_name="verification")
    named = models.BooleanField(default=False)
    closes_on = models.DateField(help_text="the last day on which answers are taken")
    ended_at = models.DateTimeField(
        null=True, help_text="when the office took no more, before that day was over"
    )
    secret_hash = models.CharField(max_length=64, unique=True)
    sealed = models.TextField(help_text="the link under the site's key, so that it can be shown again")
    opened_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField()

    objects: ClassVar[models.Manager[Verification]] = models.Manager()

    def __str__(self) -> str:
        return f"verification of {self.chart_id}"


class Asked(models.Model):
    """Whoever has this role at this place is asked."""

    verification = models.ForeignKey(Verification, on_delete=models.CASCADE, related_name="seats")
    place = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=20, choices=[(role.value, role.value) for role in Role])

    objects: ClassVar[models.Manager[Asked]] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["verification", "place", "role"], name="chart_asked_once"),
            models.CheckConstraint(
                condition=Q(role__in=[role.value for role in Role]), name="chart_asked_role_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} @ {self.place_id}"


class Answer(Scoped):
    """What one person said of the tasks, task → [does it, importance, frequency, difficulty, on the first day].

    `mark` lets somebody come back to the own answer and answer once only: it is made with the site's key and is read
    by nobody. Where names are not kept it is thrown away with the end of the verification.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    chart = models.ForeignKey(Chart, on_delete=models.CASCADE, related_name="answers")
    mark = models.CharField(max_length=64)
    group = models.CharField(max_length=12, choices=[(one, one) for one in GROUPS], default=GROUPS[0])
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=LONGEST_NAME, blank=True)
    ratings = models.JSONField(default=dict)
    done = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["chart", "mark"], name="task_answer_once"),
            models.CheckConstraint(condition=Q(group__in=GROUPS), name="task_answer_group_known"),
        ]

    def __str__(self) -> str:
        return f"answer {self.public_id}"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Whoever sees the charts of an organisation from its seat, and one's own where names are kept."""
        return below(scope, "chart__organisation") | Q(person=scope.person_id, person__isnull=False)
