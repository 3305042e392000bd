"""Requests of people about their own data, assessments of risky uses, breaches."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from craftpath.domain.protection.states import ASSESSMENT, BREACH, KINDS, OCCASIONS, OUTCOMES, REQUEST
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import Scope, Scoped, below
from craftpath.values.ref import Ref

LONGEST_WORDS, LONGEST_TITLE, LONGEST_TEXT = 1000, 120, 4000


class DataRequest(Scoped):
    """What somebody asks of the own data; `organisation` answers.

    `due_on` is the last day for the answer, counted when it was asked. `hold` is the reason code for which a deletion
    waits, `locked_until` the first day on which nothing has to be kept any more.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    made_id = models.UUIDField(unique=True, help_text="named by the form, so that it is asked once")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=[(one, one) for one in KINDS])
    words = models.TextField(blank=True)
    state = models.CharField(max_length=9, default=REQUEST.start, choices=REQUEST.choices)
    asked_at = models.DateTimeField()
    due_on = models.DateField()
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    hold = models.CharField(max_length=40, blank=True)
    locked_until = models.DateField(null=True)

    class Meta:
        ordering = ["-asked_at", "-pk"]
        indexes = [
            models.Index(fields=["person"], name="request_of_person"),
            models.Index(fields=["organisation", "state", "due_on"], name="request_waits"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=REQUEST.states), name="request_state_known"),
            models.CheckConstraint(condition=Q(kind__in=KINDS), name="request_kind_known"),
            models.CheckConstraint(
                condition=~Q(state="locked")
                | (Q(kind="delete") & ~Q(hold="") & Q(locked_until__isnull=False)),
                name="request_locked_for_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state="erased") | Q(kind="delete"), name="request_erased_if_asked"
            ),
            models.UniqueConstraint(
                fields=["person", "kind"],
                condition=Q(state__in=("asked", "locked")),
                name="request_open_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.person_id} {self.state}"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Whoever asks, and the organisation that answers, with those above it."""
        return below(scope, "organisation") | Q(person=scope.person_id)

    @property
    def ref(self) -> Ref:
        """How the history names it."""
        return Ref("protection", "request", self.public_id)


class Assessment(Scoped):
    """What the office thought about a risky use of personal data before it began, and what was decided.

    Kept for three years from the decision at least: there is no way to delete one.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    made_id = models.UUIDField(unique=True, help_text="named by the form, so that it is written once")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=LONGEST_TITLE)
    occasion = models.CharField(max_length=12, choices=[(one, one) for one in OCCASIONS])
    use = models.TextField(help_text="which data, of whom, for what, by what means")
    need = models.TextField(help_text="why it is lawful, and why less would not do")
    risks = models.TextField(help_text="to the people")
    measures = models.TextField(help_text="what keeps them small")
    state = models.CharField(max_length=9, default=ASSESSMENT.start, choices=ASSESSMENT.choices)
    outcome = models.CharField(max_length=10, blank=True, choices=[(one, one) for one in OUTCOMES])
    words = models.TextField(blank=True, help_text="conditions, or why not")
    review_on = models.DateField(null=True, help_text="when to look at it again")
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField()
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-written_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ASSESSMENT.states), name="assessment_state_known"),
            models.CheckConstraint(condition=Q(occasion__in=OCCASIONS), name="assessment_occasion_known"),
            models.CheckConstraint(
                condition=Q(state="draft", outcome="", decided_at__isnull=True)
                | (Q(outcome__in=OUTCOMES, decided_at__isnull=False) & ~Q(state="draft")),
                name="assessment_decided_with_outcome",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """The organisation's and those above it."""
        return below(scope, "organisation")

    @property
    def ref(self) -> Ref:
        """How the history names it."""
        return Ref("protection", "assessment", self.public_id)


class Breach(Scoped):
    """Personal data that were lost, changed or seen by somebody whom they do not concern.

    An authority is told, or why it need not be; so are the people. `people` is how many, as far as it is known.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    made_id = models.UUIDField(unique=True, help_text="named by the form, so that it is reported once")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    found_at = models.DateTimeField()
    what = models.TextField(help_text="what happened, as far as it is known")
    kinds = models.CharField(max_length=LONGEST_TITLE, help_text="which data")
    people = models.PositiveIntegerField(null=True)
    state = models.CharField(max_length=9, default=BREACH.start, choices=BREACH.choices)
    cause = models.TextField(blank=True)
    harm = models.TextField(blank=True, help_text="what can come of it for the people")
    measures = models.TextField(blank=True, help_text="what was done, and what they can do themselves")
    authority_at = models.DateTimeField(null=True)
    authority_words = models.TextField(blank=True, help_text="whom, under which number; or why not")
    people_at = models.DateTimeField(null=True)
    people_words = models.TextField(blank=True, help_text="how; or why not")
    reported_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    reported_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-found_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=BREACH.states), name="breach_state_known"),
            models.CheckConstraint(
                condition=~Q(state="closed")
                | (~Q(authority_words="") & ~Q(people_words="") & Q(closed_at__isnull=False)),
                name="breach_closed_once_told",
            ),
        ]

    def __str__(self) -> str:
        return f"breach {self.public_id}"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """The organisation's and those above it."""
        return below(scope, "organisation")

    @property
    def ref(self) -> Ref:
        """How the history names it."""
        return Ref("protection", "breach", self.public_id)
