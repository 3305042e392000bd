"""Places of organisations, seats, travel times, outlines."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Substr
from django.utils.timezone import localdate

from craftpath.engines.geography.types import Position
from craftpath.kernel.access import memberships_on
from craftpath.kernel.files import KeptFile
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import STEP, Scope, Scoped, below
from craftpath.values.ref import Ref
from craftpath.values.text import Text

LONGEST = 200
LONGEST_ABOUT = 2000
MOST_LINES = 40
OFFERS = ("occupations", "courses", "workshops", "equipment")
NETWORKS = ("", "good", "poor", "none")
MODES = ("walk", "bike", "bus", "car")


def _same_tree(scope: Scope) -> Any:
    """Rows of the trees in which one is a member: where one may train is no secret among those who train together."""
    mine = memberships_on(localdate()).filter(person=scope.person_id).order_by()
    root = Substr(OuterRef("organisation__path"), 1, STEP)
    return below(scope, "organisation") | Exists(mine.filter(organisation__path__startswith=root))


class Place(Scoped):
    """What is said about the place of an organisation; `offers` holds lines of text by what they are about."""

    organisation = models.OneToOneField(Organisation, on_delete=models.PROTECT, related_name="+")
    address = models.CharField(max_length=LONGEST, blank=True)
    lat = models.FloatField(null=True, help_text="degrees north, WGS-84")
    lon = models.FloatField(null=True, help_text="degrees east, WGS-84")
    hours = models.CharField(max_length=LONGEST, blank=True, help_text="when it is open")
    contact = models.CharField(max_length=LONGEST, blank=True, help_text="of the office, never of a person")
    about = models.JSONField(default=dict)
    offers = models.JSONField(default=dict)
    languages = models.CharField(max_length=LONGEST, blank=True)
    access = models.CharField(max_length=LONGEST, blank=True, help_text="for people with disabilities")
    network = models.CharField(max_length=10, blank=True, choices=[(one, one) for one in NETWORKS])
    photo = models.ForeignKey(KeptFile, on_delete=models.PROTECT, null=True, related_name="+")
    photo_words = models.CharField(max_length=LONGEST, blank=True, help_text="what the photo shows")
    is_public = models.BooleanField(default=False, help_text="everybody reads its page, without signing in")
    is_indexed = models.BooleanField(default=True, help_text="search engines may list its page")
    kept_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    kept_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(network__in=NETWORKS), name="place_network_known"),
            models.CheckConstraint(
                condition=Q(lat__isnull=True, lon__isnull=True)
                | Q(lat__gte=-90, lat__lte=90, lon__gte=-180, lon__lte=180),
                name="place_on_earth",
            ),
        ]

    def __str__(self) -> str:
        return self.organisation.title.both()

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Everybody of the same tree."""
        return _same_tree(scope)

    @property
    def position(self) -> Position | None:
        """Where it lies, if that is known."""
        return None if self.lat is None or self.lon is None else Position(self.lat, self.lon)

    @property
    def ref(self) -> Ref:
        """The pointer that the history keeps."""
        return Ref("kernel", "organisation", self.organisation.public_id)


class Seats(Scoped):
    """How many of an occupation begin at a place in a term; both days belong to it."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    occupation = models.JSONField(default=dict)
    starts_on = models.DateField()
    ends_on = models.DateField(help_text="the last day")
    count = models.PositiveIntegerField()

    class Meta:
        verbose_name_plural = "seats"
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="seats_end_after_start")
        ]

    def __str__(self) -> str:
        return f"{Text.of(self.occupation).both()} {self.count}"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Everybody of the same tree."""
        return _same_tree(scope)


class Travel(Scoped):
    """Minutes from a place to another by a mode, as an office states them; without a row the way back is the same."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", help_text="from here"
    )
    target = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    mode = models.CharField(max_length=10, choices=[(one, one) for one in MODES])
    minutes = models.PositiveSmallIntegerField()
    kept_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    kept_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "target", "mode"], name="place_travel_once"),
            models.CheckConstraint(condition=Q(mode__in=MODES), name="place_travel_mode_known"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id}-{self.target_id} {self.mode} {self.minutes}"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Everybody of the same tree."""
        return _same_tree(scope)


class Outline(Scoped):
    """The border of the area of an organisation, as rings of (longitude, latitude)."""

    organisation = models.OneToOneField(Organisation, on_delete=models.PROTECT, related_name="+")
    rings = models.JSONField(default=list)
    kept_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    kept_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.organisation_id)

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Everybody of the same tree."""
        return _same_tree(scope)
