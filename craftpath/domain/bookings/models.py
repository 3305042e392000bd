"""Things that can be booked, when they are out of order, bookings, and the quarters of an hour that are taken."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import F, Q

from craftpath.domain.bookings.basis import shared_with
from craftpath.domain.bookings.states import BOOKING
from craftpath.kernel.access import around
from craftpath.kernel.files import KeptFile
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import Scope, Scoped, below
from craftpath.values.ref import Ref
from craftpath.values.text import Text

KINDS = ("equipment", "room", "trainer", "other")
QUARTER = timedelta(minutes=15)
LONGEST_WORDS, LONGEST_WHY = 160, 300
MOST_SEATS = 200
HOLDS = ("asked", "booked", "used", "not_used")
"""The states in which a booking has its time."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def quarter(at: datetime) -> int:
    """The number of a quarter of an hour, counted from 1970."""
    return (at - _EPOCH) // QUARTER


class Thing(Scoped):
    """Equipment, a room, a trainer or something else, with the rules by which it is booked.

    `hours` are its opening hours, Monday first: [minute from, minute until], or nothing for a day on which it is shut.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    site = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=[(kind, kind) for kind in KINDS])
    name = models.JSONField(default=dict)
    place = models.CharField(max_length=120, blank=True, help_text="the room or the floor")
    words = models.CharField(max_length=600, blank=True, help_text="what it can do, what to bring")
    photo = models.ForeignKey(KeptFile, on_delete=models.PROTECT, null=True, related_name="+")
    trainer = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    seats = models.PositiveSmallIntegerField(default=1, help_text="how many may book the same time")
    for_partners = models.BooleanField(default=False)
    hours = models.JSONField(default=list)
    longest = models.PositiveSmallIntegerField(default=480, help_text="minutes of one booking")
    ahead_hours = models.PositiveSmallIntegerField(default=0)
    asks = models.BooleanField(default=False, help_text="the owner approves each booking")
    price = models.PositiveIntegerField(default=0, help_text="minor units an hour and place")
    currency = models.CharField(max_length=3, default="CNY")
    training = models.CharField(max_length=200, blank=True, help_text="what whoever uses it must have learnt")
    retired_at = models.DateTimeField(null=True)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=KINDS), name="thing_kind_known"),
            models.CheckConstraint(condition=Q(seats__range=(1, MOST_SEATS)), name="thing_some_seats"),
            models.CheckConstraint(
                condition=Q(kind="trainer", trainer__isnull=False)
                | (~Q(kind="trainer") & Q(trainer__isnull=True)),
                name="thing_trainer_named",
            ),
            models.UniqueConstraint(
                fields=["trainer"], condition=Q(retired_at__isnull=True), name="thing_trainer_once"
            ),
        ]

    whose: ClassVar[tuple[str, ...]] = ("trainer",)

    def __str__(self) -> str:
        return Text.of(self.name).both()

    @property
    def ref(self) -> Ref:
        """The pointer that the history keeps."""
        return Ref("bookings", "thing", self.public_id)

    @property
    def zone(self) -> ZoneInfo:
        """The clock on its wall."""
        return ZoneInfo(self.site.time_zone)

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """What one's own house has, and what partners share as long as an agreement is in force."""
        return around(scope, "organisation") | (Q(for_partners=True) & shared_with(scope, "organisation"))


class Closure(models.Model):
    """Between these moments it is out of order."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    thing = models.ForeignKey(Thing, on_delete=models.CASCADE, related_name="closures")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    because = models.CharField(max_length=LONGEST_WHY)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()

    objects: ClassVar[models.Manager[Closure]] = models.Manager()
    whose: ClassVar[tuple[str, ...]] = ("made_by",)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="closure_some_time"),
        ]
        indexes = [models.Index(fields=["thing", "starts_at"], name="closure_of_thing")]

    def __str__(self) -> str:
        return f"{self.thing_id} {self.starts_at:%Y-%m-%d}"


class Booking(Scoped):
    """Somebody's time with a thing, for an organisation; `cooperation` is the basis where it is another's thing."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    made_id = models.UUIDField(unique=True, help_text="named by the form, so that it is booked once")
    series = models.CharField(max_length=16, blank=True, help_text="the same for all of one series")
    thing = models.ForeignKey(Thing, on_delete=models.PROTECT, related_name="bookings", db_index=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    cooperation = models.ForeignKey(
        "partnership.Cooperation", on_delete=models.PROTECT, null=True, related_name="+"
    )
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField()
    seats = models.PositiveSmallIntegerField(default=1)
    purpose = models.CharField(max_length=LONGEST_WORDS)
    whom = models.CharField(max_length=120, blank=True, help_text="a Ref as text: who comes")
    state = models.CharField(max_length=12, default=BOOKING.start, choices=BOOKING.choices)
    because = models.CharField(max_length=LONGEST_WHY, blank=True)
    rule = models.CharField(
        max_length=40, blank=True, help_text="the reason code of the rule that cancelled it"
    )
    price = models.PositiveIntegerField(default=0, help_text="minor units an hour and place, as it was then")
    currency = models.CharField(max_length=3, default="CNY")
    asked_at = models.DateTimeField()
    answered_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField()
    sequence = models.PositiveSmallIntegerField(default=0)

    whose: ClassVar[tuple[str, ...]] = ("person",)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=BOOKING.states), name="booking_state_known"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="booking_some_time"),
            models.CheckConstraint(condition=Q(seats__gte=1), name="booking_some_seats"),
        ]
        indexes = [
            models.Index(fields=["thing", "starts_at"], name="booking_of_thing"),
            models.Index(fields=["person", "starts_at"], name="booking_of_person"),
            models.Index(fields=["organisation", "starts_at"], name="booking_of_side"),
            models.Index(fields=["cooperation", "starts_at"], name="booking_of_basis"),
        ]

    def __str__(self) -> str:
        return self.purpose

    @property
    def ref(self) -> Ref:
        """The pointer that the history keeps."""
        return Ref("bookings", "booking", self.public_id)

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """One's own, those of one's organisation, and those of what it owns."""
        own = Q(person=scope.person_id)
        return own | below(scope, "organisation") | below(scope, "thing__organisation")


class Slot(models.Model):
    """A quarter of an hour of one place of a thing. It exists once: whoever writes it second is refused."""

    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="slots")
    thing = models.ForeignKey(Thing, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.IntegerField(help_text="quarters of an hour since 1970")
    seat = models.PositiveSmallIntegerField()

    objects: ClassVar[models.Manager[Slot]] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["thing", "at", "seat"], name="slot_taken_once"),
        ]

    def __str__(self) -> str:
        return f"{self.thing_id} {self.at}/{self.seat}"


def meeting(first: datetime, last: datetime) -> Q:
    """The condition that a booking has some moment between two; none is longer than a day, so that an index helps."""
    return Q(starts_at__lt=last, starts_at__gt=first - timedelta(days=1), ends_at__gt=first)
