"""Registrations with their lines, visits and files; training places, and who asks for some; what a city holds to."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from craftpath.domain.accreditation.states import APPLICATION, PLACE, REGISTRATION
from craftpath.domain.accreditation.wording import (
    LEVELS,
    LINES,
    LONGEST_PHRASE,
    OUTCOMES,
)
from craftpath.kernel.files import KeptFile
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import Scope, Scoped, above, below
from craftpath.values.ref import Ref
from craftpath.values.text import Text


def of_registrations(scope: Scope, prefix: str = "") -> Q:
    """Those of the reader's city or enterprise."""
    return below(scope, f"{prefix}authority") | below(scope, f"{prefix}organisation")


class Registration(Scoped):
    """What an enterprise says of itself to the city where it registers; `organisation` is set once it is registered.

    `made_id` names the press of the button by which it began. `masters` are [{name, qualification}], `occupations`
    [{name, places}].
    """

    whose: ClassVar[tuple[str, ...]] = ()

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    made_id = models.UUIDField(unique=True, default=uuid.uuid4)
    authority = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=20, default=REGISTRATION.start, choices=REGISTRATION.choices)
    name = models.JSONField(default=dict)
    credit_code = models.CharField(max_length=18, blank=True)
    address = models.CharField(max_length=200, blank=True)
    contact_name = models.CharField(max_length=80)
    contact_phone = models.CharField(max_length=40, blank=True)
    contact_mail = models.EmailField(blank=True)
    workers = models.PositiveIntegerField(null=True, help_text="skilled workers of all occupations")
    occupations = models.JSONField(default=list)
    masters = models.JSONField(default=list)
    equipment = models.TextField(blank=True)
    safety = models.TextField(blank=True)
    rooms = models.TextField(blank=True)
    pays = models.TextField(blank=True)
    made_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    state_at = models.DateTimeField(help_text="since when it is in its state")
    valid_until = models.DateField(null=True, help_text="the last day of the registration")
    because = models.CharField(max_length=LONGEST_PHRASE, blank=True, help_text="why it was moved last")
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=REGISTRATION.states), name="registration_state_known"),
            models.CheckConstraint(
                condition=~Q(state__in=["registered", "suspended"])
                | Q(organisation__isnull=False, valid_until__isnull=False),
                name="registration_has_organisation",
            ),
            models.UniqueConstraint(
                fields=["authority", "credit_code"],
                condition=Q(state__in=["registered", "suspended"]),
                name="registration_code_once",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title.both()

    @property
    def title(self) -> Text:
        """The name in the languages that it has."""
        return Text.of(self.name)

    @property
    def ref(self) -> Ref:
        """The pointer that links and history keep."""
        return Ref("accreditation", "registration", self.public_id)

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """The city, and the enterprise that it became."""
        return of_registrations(scope)


class LineCheck(Scoped):
    """What the city found about a line of a registration; the last word about it counts."""

    registration = models.ForeignKey(Registration, on_delete=models.PROTECT, related_name="checks")
    line = models.CharField(max_length=20, choices=[(one, one) for one in LINES])
    outcome = models.CharField(max_length=10, choices=[(one, one) for one in OUTCOMES])
    phrase = models.CharField(max_length=LONGEST_PHRASE, blank=True)
    checked_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    checked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["registration", "line"], name="line_once"),
            models.CheckConstraint(
                condition=Q(outcome__in=OUTCOMES, line__in=LINES), name="line_words_known"
            ),
            models.CheckConstraint(condition=~Q(outcome="asked", phrase=""), name="line_asked_with_words"),
        ]

    def __str__(self) -> str:
        return f"{self.line} {self.outcome}"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Whoever sees the registration."""
        return of_registrations(scope, "registration__")


class Visit(Scoped):
    """Somebody of the city was at the enterprise."""

    registration = models.ForeignKey(Registration, on_delete=models.PROTECT, related_name="visits")
    on = models.DateField()
    fit = models.BooleanField(help_text="whether apprentices can learn there")
    findings = models.TextField()
    visited_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    noted_at = models.DateTimeField()

    class Meta:
        ordering = ["-on", "-pk"]

    def __str__(self) -> str:
        return f"{self.on}"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Whoever sees the registration."""
        return of_registrations(scope, "registration__")


class Evidence(Scoped):
    """A file beside a line of a registration; taken back, it stays in the record and is shown no more."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    registration = models.ForeignKey(Registration, on_delete=models.PROTECT, related_name="evidence")
    line = models.CharField(max_length=20, choices=[(one, one) for one in LINES])
    kept = models.ForeignKey(KeptFile, on_delete=models.PROTECT, related_name="+")
    media_type = models.CharField(max_length=100)
    given_at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=Q(line__in=LINES), name="evidence_line_known")]

    def __str__(self) -> str:
        return self.public_id

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Whoever sees the registration."""
        return of_registrations(scope, "registration__")


class TrainingPlace(Scoped):
    """So many apprentices of one occupation at an enterprise or one of its sites, from a day to a last day."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    authority = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    registration = models.ForeignKey(
        Registration, on_delete=models.PROTECT, null=True, related_name="training_places"
    )
    occupation = models.JSONField(default=dict, help_text="its name, as classes carry it")
    workers = models.PositiveIntegerField(help_text="skilled workers of this occupation there")
    mentors = models.PositiveIntegerField(help_text="of them those qualified to teach")
    capacity = models.PositiveIntegerField()
    conditions = models.TextField(blank=True)
    valid_from = models.DateField()
    valid_until = models.DateField(help_text="the last day")
    state = models.CharField(max_length=20, default=PLACE.start, choices=PLACE.choices)
    because = models.CharField(max_length=LONGEST_PHRASE, blank=True, help_text="why it was moved last")
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    state_at = models.DateTimeField()

    class Meta:
        ordering = ["valid_until", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=PLACE.states), name="training_place_state_known"),
            models.CheckConstraint(
                condition=Q(valid_until__gte=F("valid_from")), name="training_place_ends_after_start"
            ),
            models.CheckConstraint(condition=Q(capacity__gte=1), name="training_place_has_room"),
        ]

    def __str__(self) -> str:
        return self.title.both()

    @property
    def title(self) -> Text:
        """The name of the occupation."""
        return Text.of(self.occupation)

    @property
    def ref(self) -> Ref:
        """The pointer that history keeps."""
        return Ref("accreditation", "place", self.public_id)

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """The city and the enterprise; everybody below the city, since a class goes only where places are."""
        return of_registrations(scope) | above(scope, "authority")


class PlaceApplication(Scoped):
    """An enterprise asks its city for so many places of an occupation; `place` is what came of it."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    made_id = models.UUIDField()
    authority = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    occupation = models.JSONField(default=dict, help_text="its name, as classes carry it")
    workers = models.PositiveIntegerField(help_text="skilled workers of this occupation there")
    mentors = models.PositiveIntegerField(help_text="of them those qualified to teach")
    capacity = models.PositiveIntegerField(help_text="places that are asked for")
    words = models.TextField(blank=True)
    state = models.CharField(max_length=20, default=APPLICATION.start, choices=APPLICATION.choices)
    because = models.CharField(max_length=LONGEST_PHRASE, blank=True, help_text="why it was declined")
    place = models.ForeignKey(TrainingPlace, on_delete=models.PROTECT, null=True, related_name="applications")
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    state_at = models.DateTimeField()
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "made_id"], name="application_made_once"),
            models.CheckConstraint(
                condition=Q(state__in=APPLICATION.states, capacity__gte=1), name="application_sound"
            ),
            models.CheckConstraint(
                condition=~Q(state="granted") | Q(place__isnull=False), name="application_granted_with_place"
            ),
            models.CheckConstraint(
                condition=~Q(state="declined", because=""), name="application_declined_with_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.title.both()

    @property
    def title(self) -> Text:
        """The name of the occupation."""
        return Text.of(self.occupation)

    @property
    def ref(self) -> Ref:
        """The pointer that history keeps."""
        return Ref("accreditation", "application", self.public_id)

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """The city and the enterprise."""
        return of_registrations(scope)


class DeskRule(Scoped):
    """What a city holds to: skilled workers and mentors for each apprentice, the visit, and how hard agreements ask."""

    organisation = models.OneToOneField(Organisation, on_delete=models.PROTECT, related_name="+")
    level = models.CharField(max_length=5, default="warn", choices=[(one, one) for one in LEVELS])
    workers = models.PositiveSmallIntegerField(default=2, help_text="skilled workers for one apprentice")
    per_mentor = models.PositiveSmallIntegerField(default=4, help_text="apprentices of one mentor at most")
    visit = models.BooleanField(default=True, help_text="nobody is registered without a visit")
    set_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    set_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(level__in=LEVELS, workers__gte=1, per_mentor__gte=1), name="desk_rule_sound"
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.level}"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """The city, and everybody below it, for whom it holds."""
        return below(scope, "organisation") | above(scope, "organisation")
