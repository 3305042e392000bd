"""Who was there, for how long, and what certifies it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from craftpath.domain.workshops.models.events import WAYS, Day, Registration, Workshop
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import Scope, Scoped

HOW = ("code", "list", "online", "import")


class OfRegistration(Scoped):
    """What belongs to a registration is seen by whoever sees it."""

    class Meta:
        abstract = True

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Whoever sees the registration."""
        rows = Registration._base_manager.filter(Registration.seen_by(scope)).order_by()
        return Q(registration__in=rows.values("pk"))


class Presence(OfRegistration):
    """That somebody was there on a day, on site or on line, and for how many minutes."""

    whose: ClassVar[tuple[str, ...]] = ("registration",)

    registration = models.ForeignKey(Registration, on_delete=models.PROTECT, related_name="presences")
    day = models.ForeignKey(Day, on_delete=models.PROTECT, related_name="presences")
    way = models.CharField(max_length=6, choices=[(one, one) for one in WAYS])
    how = models.CharField(max_length=6, choices=[(one, one) for one in HOW])
    minutes = models.PositiveSmallIntegerField(default=0)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    noted_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["registration", "day", "way"], name="workshop_presence_once"),
            models.CheckConstraint(condition=Q(how__in=HOW), name="workshop_presence_how_known"),
        ]

    def __str__(self) -> str:
        return f"{self.registration_id} on {self.day_id}"


class Certificate(OfRegistration):
    """A certificate of attendance; a revoked one stays, with the reason.

    `days` is what counted when it was issued, day by day, and adds up to `minutes`. Whoever has an account here has it
    in the `record` too, signed and with a number like all others; guests are nobody here and have this one only.
    """

    whose: ClassVar[tuple[str, ...]] = ("registration",)

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    workshop = models.ForeignKey(Workshop, on_delete=models.PROTECT, related_name="certificates")
    registration = models.OneToOneField(Registration, on_delete=models.PROTECT, related_name="certificate")
    number = models.CharField(max_length=24, unique=True)
    code = models.CharField(max_length=8)
    minutes = models.PositiveIntegerField()
    days = models.JSONField(default=list, help_text="[{on, way, minutes}], as they were when it was issued")
    record = models.OneToOneField(
        "certificates.Certificate",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text="in the holder's record; guests have none",
    )
    issued_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    issued_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    because = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True, because="")
                | (Q(revoked_at__isnull=False) & ~Q(because="")),
                name="workshop_certificate_revoked_because",
            )
        ]

    def __str__(self) -> str:
        return self.number
