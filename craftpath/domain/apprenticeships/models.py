"""Cohorts, enrolments, parties, stage progress."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import F, Q

from craftpath.domain.apprenticeships.states import COHORT, ENROLMENT, STAGE
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import Scope, Scoped, below
from craftpath.values.text import Text


class PartyRole(models.TextChoices):
    """What somebody is to one apprentice."""

    MENTOR = "mentor"
    TRAINER = "trainer"
    ASSESSOR = "assessor"


class Cohort(Scoped):
    """A class that follows one programme version at one college."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    programme = models.ForeignKey("programmes.Programme", on_delete=models.PROTECT, related_name="+")
    name = models.JSONField(default=dict)
    occupation = models.JSONField(default=dict, help_text="the name of the occupation aimed at")
    state = models.CharField(max_length=20, default=COHORT.start, choices=COHORT.choices)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, help_text="the planned last day")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=COHORT.states), name="cohort_state_known"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="cohort_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return self.title.both()

    @property
    def title(self) -> Text:
        """The name in the languages that it has."""
        return Text.of(self.name)

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Cohorts of one's college or below, and those in which one sees at least one apprentice."""
        seen = Enrolment._base_manager.filter(enrolment_seen_by(scope, "", own_cohorts=False))
        return below(scope, "organisation") | Q(pk__in=seen.values("cohort_id"))

    @classmethod
    def seen_in(cls, scope: Scope) -> models.QuerySet[Cohort]:
        """The cohorts of a scope, whichever is open: for conditions of other tables."""
        rows = cls._base_manager.order_by()
        return rows if scope.everything else rows.filter(cls.seen_by(scope))


class Enrolment(Scoped):
    """One person in one cohort; `number` is the student number that the college's own sheets use."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="enrolments")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="enrolments")
    number = models.CharField(max_length=40)
    enterprise = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    starts_on = models.DateField()
    state = models.CharField(max_length=20, default=ENROLMENT.start, choices=ENROLMENT.choices)
    ended_on = models.DateField(null=True)  # the first day after it
    ended_because = models.CharField(max_length=40, blank=True, help_text="a reason code")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cohort", "number"], name="enrolment_number_once"),
            models.UniqueConstraint(fields=["cohort", "person"], name="enrolment_person_once"),
            models.CheckConstraint(condition=Q(state__in=ENROLMENT.states), name="enrolment_state_known"),
            models.CheckConstraint(
                condition=Q(state="ended", ended_on__isnull=False)
                | (~Q(state="ended") & Q(ended_on__isnull=True)),
                name="enrolment_ended_with_date",
            ),
        ]
        indexes = [
            models.Index(
                fields=["enterprise", "number", "id"],
                condition=Q(state="active"),
                name="enrolment_at_enterprise",
            )
        ]

    def __str__(self) -> str:
        return self.number

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """One's own, those of one's organisations, and those to whom one is party."""
        return enrolment_seen_by(scope, "")


class EnrolmentParty(models.Model):
    """Somebody who works with one apprentice, between two dates; ended, never deleted."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="parties")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=20, choices=PartyRole.choices)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, help_text="the first day without the role")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "person", "role"],
                condition=Q(ends_on__isnull=True),
                name="party_open_once",
            ),
            models.CheckConstraint(condition=Q(role__in=PartyRole.values), name="party_role_known"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.role} of {self.enrolment_id}"


class StageProgress(models.Model):
    """A stage that one apprentice has begun; passing it names who decided, when, and why."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="progress")
    stage = models.ForeignKey("programmes.Stage", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=20, default=STAGE.start, choices=STAGE.choices)
    opened_on = models.DateField()
    passed_on = models.DateField(null=True)
    passed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    basis = models.CharField(max_length=40, blank=True, help_text="a reason code: decision, taken_over")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "stage"], name="stage_once_an_enrolment"),
            models.CheckConstraint(condition=Q(state__in=STAGE.states), name="stage_state_known"),
            models.CheckConstraint(
                condition=Q(state="open", passed_on__isnull=True)
                | Q(state="passed", passed_on__isnull=False),
                name="stage_passed_with_date",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.stage_id} {self.state}"


def enrolment_seen_by(scope: Scope, prefix: str, *, own_cohorts: bool = True) -> Q:
    """The condition that an enrolment reached through `prefix` (such as `"enrolment__"`) is seen.

    Without `own_cohorts` those of one's own cohorts are left out, which who asks for cohorts has already.
    """
    key = prefix.removesuffix("__") or "pk"
    own = Q(**{f"{prefix}person_id": scope.person_id})
    if scope.path:
        seen = own | below(scope, f"{prefix}enterprise")
        if not own_cohorts:
            return seen
        # Named by id: so each of the three is looked up by an index of the enrolment's own table.
        ours = Cohort._base_manager.filter(below(scope, "organisation")).order_by().values("pk")
        return seen | Q(**{f"{prefix}cohort__in": ours})
    mine = EnrolmentParty.objects.filter(person=scope.person_id, ends_on__isnull=True)
    if scope.within:
        mine = mine.filter(_at_or_below(scope.within))
    return own | Q(**{f"{key}__in": mine.values("enrolment_id")})


def _at_or_below(paths: Iterable[str]) -> Q:
    """Enrolments at one of these organisations or below, be it their college or their enterprise."""
    found = Q(pk__in=[])
    for path in paths:
        found |= Q(enrolment__cohort__organisation__path__startswith=path)
        found |= Q(enrolment__enterprise__path__startswith=path)
    return found
