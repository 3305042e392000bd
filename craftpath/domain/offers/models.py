"""Requests, what is said about them, and what a city promises."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from craftpath.domain.offers.kinds import KINDS, LONGEST_REASON, LONGEST_TITLE, PARTS
from craftpath.domain.offers.states import GOING, REQUEST, SEEKING
from craftpath.kernel.files import KeptFile
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import Scope, Scoped, above, below
from craftpath.values.ref import Ref


def of_parties(scope: Scope, prefix: str = "") -> Q:
    """Requests of the reader's organisations, of those with whom they agreed, and of the reader's city."""
    return (
        below(scope, f"{prefix}organisation")
        | below(scope, f"{prefix}partner")
        | below(scope, f"{prefix}authority")
    )


class DeskRequest(Scoped):
    """One thing that an organisation asks for or offers; `partner` is with whom it agreed.

    `promised_on` is the day by which somebody is to have answered; `in_time` and `answer_days` (workdays) say how it
    went. `outcome` points to what came of it. `ask_on` is the day on which the asker is asked whether it was good.
    """

    whose: ClassVar[tuple[str, ...]] = ("made_by",)

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    made_id = models.UUIDField(default=uuid.uuid4)
    authority = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    partner = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=10, choices=[(one, one) for one in KINDS])
    title = models.CharField(max_length=LONGEST_TITLE)
    words = models.TextField()
    gives = models.TextField(blank=True, help_text="what whoever asks can give")
    occupation = models.JSONField(default=dict, help_text="its name, as classes carry it")
    skills = models.JSONField(default=list, help_text="keys of skills")
    people = models.PositiveIntegerField(null=True)
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True, help_text="the last day")
    where = models.CharField(max_length=120, blank=True)
    languages = models.JSONField(default=list)
    contact_name = models.CharField(max_length=80, blank=True)
    contact_way = models.CharField(max_length=120, blank=True, help_text="a telephone number or mail address")
    state = models.CharField(max_length=20, default=REQUEST.start, choices=REQUEST.choices)
    because = models.CharField(max_length=LONGEST_REASON, blank=True)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    state_at = models.DateTimeField()
    promised_on = models.DateField()
    answered_at = models.DateTimeField(null=True)
    answer_days = models.PositiveSmallIntegerField(null=True, help_text="workdays until the first answer")
    in_time = models.BooleanField(null=True)
    outcome = models.CharField(max_length=120, blank=True, help_text="a Ref as text: noun/kind/public id")
    outcome_words = models.TextField(blank=True)
    trained = models.PositiveIntegerField(null=True, help_text="people")
    ask_on = models.DateField(null=True)
    stars = models.PositiveSmallIntegerField(null=True, help_text="1 to 5, of whoever asked")
    stars_words = models.TextField(blank=True)
    stars_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["promised_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "made_id"], name="request_made_once"),
            models.CheckConstraint(
                condition=Q(state__in=REQUEST.states, kind__in=KINDS), name="request_words_known"
            ),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True)
                | Q(ends_on__isnull=True)
                | Q(ends_on__gte=F("starts_on")),
                name="request_ends_after_start",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["agreed", "running", "done"]) | Q(partner__isnull=False),
                name="request_agreed_with_somebody",
            ),
            models.CheckConstraint(
                condition=Q(stars__isnull=True) | Q(stars__range=(1, 5), state="done"),
                name="request_stars_known",
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, in_time__isnull=True, answer_days__isnull=True)
                | Q(answered_at__isnull=False, in_time__isnull=False, answer_days__isnull=False),
                name="request_answered_on_the_clock",
            ),
        ]
        indexes = [models.Index(fields=["authority", "state", "promised_on"], name="request_by_desk")]

    def __str__(self) -> str:
        return self.title

    @property
    def ref(self) -> Ref:
        """The pointer that links and history keep."""
        return Ref("offers", "request", self.public_id)

    @property
    def is_going(self) -> bool:
        """Whether it has not ended."""
        return self.state in GOING

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Both sides and the city; while somebody may still come along, all below the city; whoever has spoken."""
        spoken = Message._base_manager.filter(below(scope, "counterpart")).order_by()
        return (
            of_parties(scope)
            | (above(scope, "authority") & Q(state__in=SEEKING))
            | Q(pk__in=spoken.values("request_id"))
        )


class Message(Scoped):
    """What one side says; `counterpart` is the organisation that talks with the asker, none where it is the desk."""

    whose: ClassVar[tuple[str, ...]] = ("author",)

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    made_id = models.UUIDField(default=uuid.uuid4)
    request = models.ForeignKey(DeskRequest, on_delete=models.PROTECT, related_name="messages")
    counterpart = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    part = models.CharField(max_length=5, choices=[(one, one) for one in PARTS])
    author = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=120, help_text="of whoever wrote, as it was then")
    words = models.TextField()
    kept = models.ForeignKey(KeptFile, on_delete=models.PROTECT, null=True, related_name="+")
    media_type = models.CharField(max_length=100, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["request", "made_id"], name="message_made_once"),
            models.CheckConstraint(condition=Q(part__in=PARTS), name="message_part_known"),
        ]

    def __str__(self) -> str:
        return f"{self.part} {self.public_id}"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """The asker and the city read all of it, another organisation what it said and was told."""
        asked = below(scope, "request__organisation") | below(scope, "request__authority")
        return asked | below(scope, "counterpart")


class OfferRule(Scoped):
    """What a city promises: workdays until somebody answers; days after the end when the asker is asked."""

    organisation = models.OneToOneField(Organisation, on_delete=models.PROTECT, related_name="+")
    promise_days = models.PositiveSmallIntegerField(default=5)
    ask_after_days = models.PositiveSmallIntegerField(default=14)
    set_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    set_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(promise_days__range=(1, 60), ask_after_days__range=(0, 365)),
                name="offer_rule_sound",
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id}: {self.promise_days}"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """The city, and everybody below it."""
        return below(scope, "organisation") | above(scope, "organisation")
