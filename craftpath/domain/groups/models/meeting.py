"""Sessions with host and exercise, who was there, and swaps of a turn."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from craftpath.domain.groups.models.groups import LONGEST, StudyGroup, of_groups
from craftpath.domain.groups.states import SESSION, SWAP
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import Scope, Scoped

ROLES = ("host", "brings")
SAYS = ("there", "not_there")
LONGEST_LINE = 200


class GroupSession(Scoped):
    """One time that a group meets: who hosts, who brings the exercise, and in a line what was done.

    `agreed` says that its turns were swapped by those concerned, so that the rota leaves them alone. `sequence` counts
    changes, as calendars ask.
    """

    whose: ClassVar[tuple[str, ...]] = ("host", "brings")

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    group = models.ForeignKey(StudyGroup, on_delete=models.CASCADE, related_name="sessions")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place = models.CharField(max_length=120, blank=True)
    link = models.URLField(max_length=400, blank=True)
    host = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    brings = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    agreed = models.BooleanField(default=False)
    state = models.CharField(max_length=10, default=SESSION.start, choices=SESSION.choices)
    done = models.CharField(max_length=LONGEST_LINE, blank=True)
    held_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    held_at = models.DateTimeField(null=True)
    because = models.CharField(max_length=LONGEST_LINE, blank=True, help_text="why it was cancelled")
    sequence = models.PositiveSmallIntegerField(default=0)
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["starts_at", "pk"]
        indexes = [models.Index(fields=["group", "starts_at"], name="group_session_when")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=SESSION.states), name="group_session_known"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="group_session_has_length"),
        ]

    def __str__(self) -> str:
        return f"{self.group_id} {self.starts_at:%Y-%m-%d}"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Those of the groups that one sees; what an outsider may read of them is a rule."""
        return of_groups(scope, "group")


class Presence(models.Model):
    """Whether somebody was there, as the host says; whoever it is about may object once."""

    whose: ClassVar[tuple[str, ...]] = ("person",)

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    session = models.ForeignKey(GroupSession, on_delete=models.CASCADE, related_name="presences")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    there = models.BooleanField()
    says = models.CharField(max_length=10, blank=True, choices=[(one, one) for one in SAYS])
    words = models.CharField(max_length=LONGEST, blank=True)
    said_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager[Presence]] = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "person"], name="group_presence_once")]

    def __str__(self) -> str:
        return f"{self.person_id} at {self.session_id}"

    @property
    def disputed(self) -> bool:
        """Whether somebody objects and nobody has settled it."""
        return bool(self.says) and self.settled_at is None


class Swap(models.Model):
    """One member asks another to change turns: `asker` has `mine`, `other` has `theirs`, both as `role`."""

    whose: ClassVar[tuple[str, ...]] = ("asker",)

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    mine = models.ForeignKey(GroupSession, on_delete=models.CASCADE, related_name="swaps")
    theirs = models.ForeignKey(GroupSession, on_delete=models.CASCADE, related_name="+")
    role = models.CharField(max_length=8, choices=[(one, one) for one in ROLES])
    asker = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, default=SWAP.start, choices=SWAP.choices)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager[Swap]] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["mine", "role"], condition=Q(state="asked"), name="group_swap_asked_once"
            ),
            models.CheckConstraint(condition=Q(state__in=SWAP.states), name="group_swap_known"),
        ]

    def __str__(self) -> str:
        return f"{self.mine_id} for {self.theirs_id}"
