"""Which statements of a program count for which skill, and those that did; columns of marks that programs keep."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from craftpath.kernel.clients import Client
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import Scope, Scoped, below
from craftpath.values.ref import Ref

LONGEST_NAME = 80
WHOLE = 10_000  # parts of a whole score
LONGEST_ID = 200
LONGEST_TITLE = 500
STATUSES = ("fully graded", "partially graded", "submitted", "not submitted", "exempt")
"""What a program says of a score, in OneRoster's words."""


class Mapping(Scoped):
    """Statements of `client` with this verb, about this activity (or any that begins so), speak of `skill`.

    `least` is the score that is enough, in ten-thousandths of the whole. `read_at` and `read_row` say up to which
    statement it has been applied.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=LONGEST_NAME)
    verb = models.TextField(help_text="IRI")
    activity = models.TextField(blank=True, help_text="IRI, or what it begins with; empty for all")
    begins = models.BooleanField(default=False, help_text="whether `activity` is only what it begins with")
    least = models.PositiveIntegerField(null=True)
    needs_success = models.BooleanField(default=False)
    skill = models.CharField(max_length=200, help_text="key of a skill")
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    stopped_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    stopped_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)
    read_row = models.UUIDField(null=True)

    class Meta:
        indexes = [models.Index(fields=["organisation", "-made_at"], name="mapping_newest")]
        constraints = [
            models.CheckConstraint(
                condition=Q(least__isnull=True) | Q(least__lte=WHOLE), name="mapping_least_of_a_whole"
            ),
            models.CheckConstraint(
                condition=Q(stopped_at__isnull=True, stopped_by__isnull=True)
                | Q(stopped_at__isnull=False, stopped_by__isnull=False),
                name="mapping_stopped_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Whoever looks after the organisation."""
        return below(scope, "organisation")

    @property
    def ref(self) -> Ref:
        """The pointer that the history keeps."""
        return Ref("outside", "mapping", self.public_id)


class OutsideEvidence(Scoped):
    """A statement that counts: for whom, when it happened and with which score; once for each mapping."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    mapping = models.ForeignKey(Mapping, on_delete=models.PROTECT, related_name="evidence")
    enrolment = models.ForeignKey("apprenticeships.Enrolment", on_delete=models.PROTECT, related_name="+")
    statement = models.UUIDField(help_text="the row of the statement in the store")
    on = models.DateField()
    score = models.PositiveIntegerField(null=True, help_text="in ten-thousandths of the whole")
    about = models.JSONField(default=dict, help_text="what the activity is called")
    taken_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mapping", "statement"], name="outside_evidence_once"),
            models.CheckConstraint(
                condition=Q(score__isnull=True) | Q(score__lte=WHOLE), name="outside_score_of_a_whole"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.on}"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """One's own, and whoever looks after the organisation."""
        return Q(enrolment__person=scope.person_id) | below(scope, "organisation")


class OutsideColumn(Scoped):
    """A line item of a program's own, for one cohort: what stands in it is nobody's mark until it is taken over.

    It belongs to the organisation of the token, so that next year's token finds it; `sourced_id` is the program's name
    for it. `item` is the item of the scheme into which it was taken over last.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="+")
    cohort = models.ForeignKey("apprenticeships.Cohort", on_delete=models.PROTECT, related_name="+")
    sourced_id = models.CharField(max_length=LONGEST_ID)
    title = models.CharField(max_length=LONGEST_TITLE)
    description = models.TextField(blank=True)
    category = models.CharField(max_length=LONGEST_ID)
    period = models.CharField(max_length=LONGEST_ID, blank=True)
    assigned_at = models.DateTimeField()
    due_at = models.DateTimeField()
    least = models.DecimalField(max_digits=12, decimal_places=4)
    most = models.DecimalField(max_digits=12, decimal_places=4)
    changed_at = models.DateTimeField()
    dropped_at = models.DateTimeField(null=True)
    item = models.CharField(max_length=80, blank=True)
    taken_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    taken_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-changed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "sourced_id"], name="outside_column_once"),
            models.CheckConstraint(
                condition=Q(most__gt=models.F("least")), name="outside_column_has_a_range"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Whoever looks after the organisation."""
        return below(scope, "organisation")

    @property
    def ref(self) -> Ref:
        """The pointer that the history keeps."""
        return Ref("outside", "column", self.public_id)


class OutsideMark(Scoped):
    """What a program's column says of one apprentice, as the program said it."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    column = models.ForeignKey(OutsideColumn, on_delete=models.PROTECT, related_name="marks")
    enrolment = models.ForeignKey("apprenticeships.Enrolment", on_delete=models.PROTECT, related_name="+")
    sourced_id = models.CharField(max_length=LONGEST_ID)
    status = models.CharField(max_length=20, choices=[(one, one) for one in STATUSES])
    score = models.DecimalField(max_digits=12, decimal_places=4, null=True)
    text = models.CharField(max_length=LONGEST_TITLE, blank=True)
    comment = models.TextField(blank=True)
    on = models.DateField()
    changed_at = models.DateTimeField()
    dropped_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "sourced_id"], name="outside_mark_once"),
            models.CheckConstraint(condition=Q(status__in=STATUSES), name="outside_mark_status_known"),
        ]
        indexes = [models.Index(fields=["column", "enrolment"], name="outside_mark_of_column")]

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.status} {self.score}"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """One's own, and whoever looks after the organisation."""
        return Q(enrolment__person=scope.person_id) | below(scope, "organisation")
