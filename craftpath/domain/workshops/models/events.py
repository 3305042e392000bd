"""A workshop: who holds it, its days and sites, and who wants to come."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import F, Q

from craftpath.domain.workshops.states import REGISTRATION, WORKSHOP
from craftpath.kernel.access import around
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import Scope, Scoped, above, below
from craftpath.values.ref import Ref
from craftpath.values.text import Text

KINDS = ("enterprise", "college", "centre", "public", "employers", "workers", "international", "other")
WAYS = ("site", "online")
GENDERS = ("women", "men", "other")


class Workshop(Scoped):
    """One event. `share` is the part of its time that somebody must have been there for a certificate, in percent."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    title = models.JSONField(default=dict)
    aims = models.JSONField(default=dict)
    spoken = models.JSONField(default=dict, help_text="languages and interpretation, in words")
    time_zone = models.CharField(max_length=40, default="Asia/Shanghai")
    link = models.URLField(max_length=400, blank=True, help_text="of the meeting on line")
    public = models.BooleanField(default=True, help_text="on the public list, open to whoever registers")
    asks_gender = models.BooleanField(default=False)
    closes_on = models.DateField(null=True, help_text="the last day to register")
    share = models.PositiveSmallIntegerField(default=80)
    call = models.JSONField(default=dict, help_text="what cases are asked for; empty: none are")
    call_until = models.DateField(null=True)
    survey = models.ForeignKey("surveys.Survey", on_delete=models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=12, default=WORKSHOP.start, choices=WORKSHOP.choices)
    because = models.CharField(max_length=200, blank=True, help_text="why it was cancelled")
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    sequence = models.PositiveIntegerField(default=0, help_text="changes that calendars must hear of")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=WORKSHOP.states), name="workshop_state_known"),
            models.CheckConstraint(condition=Q(share__range=(1, 100)), name="workshop_share_in_range"),
            models.CheckConstraint(
                condition=Q(because="") | Q(state="cancelled"), name="workshop_reason_with_end"
            ),
        ]

    def __str__(self) -> str:
        return self.name.both()

    @property
    def name(self) -> Text:
        """The title in the languages that it has."""
        return Text.of(self.title)

    @property
    def ref(self) -> Ref:
        """The pointer that lines of history keep."""
        return Ref("workshops", "workshop", self.public_id)

    @property
    def zone(self) -> ZoneInfo:
        """The clock of the place."""
        return ZoneInfo(self.time_zone)

    @classmethod
    def held_by(cls, scope: Scope) -> Q:
        """Those that one's organisations hold, alone or with others."""
        others = Organiser._base_manager.filter(below(scope, "organisation")).order_by()
        return below(scope, "organisation") | Q(pk__in=others.values("workshop_id"))

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Those held around one's organisations, once published those to which one's own are invited."""
        with_us = Organiser._base_manager.filter(around(scope, "organisation")).order_by()
        asked = Invited._base_manager.filter(
            around(scope, "organisation") | above(scope, "organisation")
        ).order_by()
        near = around(scope, "organisation") | Q(pk__in=with_us.values("workshop_id"))
        near |= Q(pk__in=asked.values("workshop_id")) | _registered(scope)
        return cls.held_by(scope) | (near & ~Q(state="draft"))


class OfWorkshop(Scoped):
    """What belongs to a workshop is seen by whoever sees it."""

    class Meta:
        abstract = True

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Whoever sees the workshop."""
        rows = Workshop._base_manager.filter(Workshop.seen_by(scope)).order_by()
        return Q(workshop__in=rows.values("pk"))


class Organiser(OfWorkshop):
    """An organisation that holds a workshop together with the first one."""

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="organisers")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workshop", "organisation"], name="workshop_organiser_once")
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} at {self.workshop_id}"


class Invited(OfWorkshop):
    """An organisation that is asked to come, with all below it."""

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="invited")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workshop", "organisation"], name="workshop_invited_once")
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} to {self.workshop_id}"


class Day(OfWorkshop):
    """One day, from and until by the clock of the place."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="days")
    on = models.DateField()
    starts = models.TimeField()
    ends = models.TimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workshop", "on"], name="workshop_day_once"),
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="workshop_day_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"{self.on}"

    def starts_at(self) -> datetime:
        """When it begins."""
        return datetime.combine(self.on, self.starts, self.workshop.zone)

    def ends_at(self) -> datetime:
        """When it ends."""
        return datetime.combine(self.on, self.ends, self.workshop.zone)

    @property
    def minutes(self) -> int:
        """How long it lasts."""
        return int((self.ends_at() - self.starts_at()).total_seconds()) // 60


class Site(OfWorkshop):
    """Where people sit. `taken` never passes `seats`: two who want the last one at once do not both get it."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="sites")
    name = models.JSONField(default=dict)
    address = models.CharField(max_length=200, blank=True)
    room = models.CharField(max_length=80, blank=True)
    seats = models.PositiveIntegerField()
    taken = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(taken__lte=F("seats")), name="workshop_site_seats_hold")
        ]

    def __str__(self) -> str:
        return self.title.both()

    @property
    def title(self) -> Text:
        """The name in the languages that it has."""
        return Text.of(self.name)

    @property
    def free(self) -> int:
        """Seats that nobody has yet."""
        return self.seats - self.taken


class Registration(Scoped):
    """Somebody who wants to come: a person of this site, or a guest who is nobody here.

    `badge` is read at the desk and opens the own page beside the link; `tries` counts wrong ones. `confirmed_at` is
    when a guest opened the link that was sent; until then a seat is held for two days only.
    """

    whose: ClassVar[tuple[str, ...]] = ("person",)

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    workshop = models.ForeignKey(Workshop, on_delete=models.PROTECT, related_name="registrations")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=80)
    organisation_name = models.CharField(max_length=120)
    kind = models.CharField(max_length=14, choices=[(one, one) for one in KINDS])
    city = models.CharField(max_length=60)
    way = models.CharField(max_length=6, choices=[(one, one) for one in WAYS])
    site = models.ForeignKey(Site, on_delete=models.PROTECT, null=True, related_name="+")
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=30, blank=True)
    needs = models.CharField(max_length=400, blank=True, help_text="access, diet, language")
    gender = models.CharField(max_length=6, blank=True, choices=[(one, one) for one in GENDERS])
    pictures = models.BooleanField(default=False, help_text="may be seen in pictures of the event")
    notice_version = models.PositiveSmallIntegerField(help_text="of the privacy notice that was read")
    badge = models.CharField(max_length=6)
    tries = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=10, default=REGISTRATION.start, choices=REGISTRATION.choices)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    thanked_at = models.DateTimeField(null=True, help_text="when the letter after the event was written")

    class Meta:
        indexes = [models.Index(fields=["workshop", "state"], name="workshop_registration_state")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=REGISTRATION.states), name="workshop_registration_state_known"
            ),
            models.CheckConstraint(condition=Q(kind__in=KINDS), name="registration_kind_known"),
            models.CheckConstraint(
                condition=Q(way="site", site__isnull=False) | Q(way="online", site__isnull=True),
                name="registration_way_with_site",
            ),
            models.UniqueConstraint(fields=["workshop", "badge"], name="registration_badge_once"),
            models.UniqueConstraint(
                fields=["workshop", "email"],
                condition=~Q(email="") & ~Q(state="withdrawn"),
                name="registration_email_once",
            ),
            models.UniqueConstraint(
                fields=["workshop", "phone"],
                condition=~Q(phone="") & ~Q(state="withdrawn"),
                name="registration_phone_once",
            ),
            models.UniqueConstraint(
                fields=["workshop", "person"],
                condition=Q(person__isnull=False) & ~Q(state="withdrawn"),
                name="registration_person_once",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """One's own; all of them for those whose organisations hold the workshop."""
        rows = Workshop._base_manager.filter(Workshop.held_by(scope)).order_by()
        return Q(person=scope.person_id) | Q(workshop__in=rows.values("pk"))


def _registered(scope: Scope) -> Q:
    """Workshops to which one is registered oneself."""
    rows = Registration._base_manager.filter(person=scope.person_id).order_by()
    return Q(pk__in=rows.values("workshop_id"))
