"""Incidents with their notifications and measures; complaints with whom they name, who handles them, what is said."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from craftpath.domain.apprenticeships.rules import enrolment_seen_by
from craftpath.domain.care.states import COMPLAINT, INCIDENT
from craftpath.domain.care.wording import LONGEST, SHORT
from craftpath.kernel.files import KeptFile
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import Scope, Scoped
from craftpath.values.ref import Ref
from craftpath.values.text import Text

SEVERITIES = ("near_miss", "first_aid", "lost_time", "serious", "fatal")
HURT = ("apprentice", "another", "nobody")
ABOUT = ("person", "organisation", "situation")
MATTERS = ("treatment", "safety", "pay_and_hours", "training", "other")
PARTS = ("complainant", "named", "handlers")
OUTCOMES = ("upheld", "partly", "not_upheld", "settled")


def _known(values: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(value, value) for value in values]


class Incident(Scoped):
    """Something that hurt somebody, or could have. `country` decides which notifications are due.

    Anybody who sees the apprentice finds it by the scope; pages ask `rules.may_read_incident` besides.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    made_id = models.UUIDField(unique=True, help_text="named by the form, so that a report is taken once")
    enrolment = models.ForeignKey("apprenticeships.Enrolment", on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    host = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    country = models.CharField(max_length=2, blank=True, help_text="ISO 3166 code")
    severity = models.CharField(max_length=12, choices=_known(SEVERITIES))
    hurt = models.CharField(max_length=12, choices=_known(HURT))
    what = models.TextField(max_length=LONGEST)
    occurred_at = models.DateTimeField()
    known_at = models.DateTimeField(help_text="when it became known to whoever must notify")
    place = models.CharField(max_length=120, blank=True)
    first_measures = models.TextField(max_length=SHORT, blank=True)
    absence_days = models.PositiveSmallIntegerField(null=True, help_text="days away from work; null: unknown")
    photo = models.ForeignKey(KeptFile, on_delete=models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=20, default=INCIDENT.start, choices=INCIDENT.choices)
    reported_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    reported_at = models.DateTimeField()
    findings = models.TextField(max_length=LONGEST, blank=True, help_text="for those who look into it")
    outcome = models.TextField(max_length=LONGEST, blank=True, help_text="for apprentice and reporter")
    closed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)
    apprentice_read_at = models.DateTimeField(null=True, help_text="the end")
    reporter_read_at = models.DateTimeField(null=True, help_text="the end")

    class Meta:
        indexes = [
            models.Index(fields=["enrolment", "-occurred_at"], name="incident_by_apprentice"),
            models.Index(fields=["organisation", "-occurred_at"], name="incident_by_organisation"),
            models.Index(fields=["host", "-occurred_at"], name="incident_by_host"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=INCIDENT.states), name="incident_state_known"),
            models.CheckConstraint(condition=Q(severity__in=SEVERITIES), name="incident_severity_known"),
            models.CheckConstraint(condition=Q(hurt__in=HURT), name="incident_hurt_known"),
            models.CheckConstraint(
                condition=Q(occurred_at__lte=F("known_at")), name="incident_known_after_it_occurred"
            ),
            models.CheckConstraint(
                condition=(Q(state="closed", closed_at__isnull=False) & ~Q(outcome=""))
                | (~Q(state="closed") & Q(closed_at__isnull=True)),
                name="incident_closed_with_outcome",
            ),
        ]

    def __str__(self) -> str:
        return self.public_id

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Those of the apprentices whom one sees, and those that one reported."""
        return enrolment_seen_by(scope, "enrolment__") | Q(reported_by_id=scope.person_id)

    @property
    def ref(self) -> Ref:
        """The pointer that the history keeps."""
        return Ref("care", "incident", self.public_id)


class Notification(models.Model):
    """What a law wants told to an authority about one incident: copied from its row, so that the row may change."""

    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="notifications")
    key = models.SlugField(max_length=60)
    name = models.JSONField(default=dict)
    to = models.JSONField(default=dict)
    source = models.JSONField(default=dict)
    conf = models.CharField(max_length=2)
    due_at = models.DateTimeField()
    assumed = models.BooleanField(default=False, help_text="holidays of that time are not announced yet")
    done_on = models.DateField(null=True)
    number = models.CharField(max_length=80, blank=True)
    done_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    done_at = models.DateTimeField(null=True)
    waived_because = models.CharField(max_length=400, blank=True)
    waived_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    waived_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager[Notification]] = models.Manager()

    class Meta:
        ordering = ["due_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["incident", "key"], name="notification_once"),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True, number="", done_on__isnull=True)
                | (Q(done_at__isnull=False, done_on__isnull=False) & ~Q(number="")),
                name="notification_done_whole",
            ),
            models.CheckConstraint(
                condition=Q(waived_at__isnull=True, waived_because="")
                | (Q(waived_at__isnull=False, done_at__isnull=True) & ~Q(waived_because="")),
                name="notification_waived_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} of {self.incident_id}"

    @property
    def title(self) -> Text:
        """What is told."""
        return Text.of(self.name)

    @property
    def open(self) -> bool:
        """Whether it is still to be made."""
        return self.done_at is None and self.waived_at is None

    def overdue(self, at: datetime) -> bool:
        """Whether its time has passed without it."""
        return self.open and self.due_at < at


class Measure(models.Model):
    """What somebody does about an incident, by a day."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    incident = models.ForeignKey(Incident, on_delete=models.PROTECT, related_name="measures")
    what = models.CharField(max_length=400)
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    done_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    done_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager[Measure]] = models.Manager()

    class Meta:
        ordering = ["due_on", "pk"]
        indexes = [
            models.Index(fields=["owner", "due_on"], condition=Q(done_at__isnull=True), name="measure_open")
        ]

    def __str__(self) -> str:
        return f"{self.public_id} of {self.incident_id}"


class Complaint(Scoped):
    """Somebody's own words. `answered_at` is when the complainant was last told something, `read_at` when it was read.

    `organisation` is where the way to a handler began; nobody sees the row because of it.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    made_id = models.UUIDField(unique=True, help_text="named by the form, so that a complaint is taken once")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    about = models.CharField(max_length=12, choices=_known(ABOUT))
    about_organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="+"
    )
    matter = models.CharField(max_length=16, choices=_known(MATTERS))
    words = models.TextField(max_length=LONGEST)
    wish = models.TextField(max_length=SHORT, blank=True)
    state = models.CharField(max_length=20, default=COMPLAINT.start, choices=COMPLAINT.choices)
    made_at = models.DateTimeField()
    due_on = models.DateField(null=True, help_text="of the present step")
    due_assumed = models.BooleanField(default=False)
    answered_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=12, blank=True, choices=_known(OUTCOMES))
    decision = models.TextField(max_length=LONGEST, blank=True, help_text="as the complainant reads it")
    decision_for_named = models.TextField(
        max_length=LONGEST, blank=True, help_text="as who is named reads it"
    )
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    external = models.CharField(max_length=200, blank=True, help_text="where it was taken outside")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["person", "-made_at"], name="complaint_by_person")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=COMPLAINT.states), name="complaint_state_known"),
            models.CheckConstraint(condition=Q(about__in=ABOUT), name="complaint_about_known"),
            models.CheckConstraint(condition=Q(matter__in=MATTERS), name="complaint_matter_known"),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, outcome="", decision="")
                | (Q(decided_at__isnull=False) & ~Q(outcome="") & ~Q(decision="")),
                name="complaint_decided_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.public_id

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """The complainant, who handles it, and who is named once told; no role and no organisation sees it."""
        handled = Handler.objects.filter(handler=scope.person_id, ended_at__isnull=True)
        named = Named.objects.filter(named=scope.person_id)
        told = named.filter(told_at__isnull=False)
        # Whoever is named is never a handler, whatever the rows say.
        as_handler = Q(pk__in=handled.values("complaint_id")) & ~Q(pk__in=named.values("complaint_id"))
        return Q(person_id=scope.person_id) | as_handler | Q(pk__in=told.values("complaint_id"))

    @property
    def ref(self) -> Ref:
        """The pointer that its own lines of history keep."""
        return Ref("care", "complaint", self.public_id)


class Named(models.Model):
    """A person whom a complaint is about; knows of it from `told_at` on, and reads `told` and no more."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="named")
    named = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    named_at = models.DateTimeField()
    told = models.TextField(max_length=LONGEST, blank=True)
    told_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True, help_text="when this person was last told something")
    read_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager[Named]] = models.Manager()

    class Meta:
        indexes = [models.Index(fields=["named"], name="named_by_person")]
        constraints = [
            models.UniqueConstraint(fields=["complaint", "named"], name="named_once"),
            models.CheckConstraint(
                condition=Q(told_at__isnull=True, told="") | (Q(told_at__isnull=False) & ~Q(told="")),
                name="named_told_with_words",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.named_id} in {self.complaint_id}"


class Handler(models.Model):
    """Who looks after a complaint, between two moments; ended, never deleted. `ended_because` is a code."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="handlers")
    handler = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    assigned_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_because = models.CharField(max_length=20, blank=True)

    objects: ClassVar[models.Manager[Handler]] = models.Manager()

    class Meta:
        indexes = [models.Index(fields=["handler"], condition=Q(ended_at__isnull=True), name="handler_open")]
        constraints = [
            models.UniqueConstraint(
                fields=["complaint", "handler"], condition=Q(ended_at__isnull=True), name="handler_open_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.handler_id} handles {self.complaint_id}"


class Statement(models.Model):
    """What somebody says in one part of a complaint: with the complainant, with one named person, among handlers."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="statements")
    part = models.CharField(max_length=12, choices=_known(PARTS))
    named = models.ForeignKey(Named, on_delete=models.PROTECT, null=True, related_name="statements")
    said_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    words = models.TextField(max_length=LONGEST)
    said_at = models.DateTimeField()

    objects: ClassVar[models.Manager[Statement]] = models.Manager()

    class Meta:
        ordering = ["said_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(part__in=PARTS), name="statement_part_known"),
            models.CheckConstraint(
                condition=Q(part="named", named__isnull=False) | (~Q(part="named") & Q(named__isnull=True)),
                name="statement_to_one_named",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.part} in {self.complaint_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert; a second save is refused, since what was said is not rewritten."""
        if self.pk is not None:
            raise TypeError("a statement is never altered")
        super().save(*args, **kwargs)
