"""Reviews with what each side said, goals, and who was excused from signing."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import F, Q

from craftpath.domain.apprenticeships.rules import enrolment_seen_by
from craftpath.domain.reviews.states import GOAL, REVIEW
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import Scope, Scoped
from craftpath.values.ref import Ref

ROLES = ("apprentice", "mentor", "college")
COLOURS = ("green", "amber", "red")
MODES = ("on_site", "online", "phone")
LONGEST = 2000  # characters of a part
LONGEST_GOAL = 200
LONGEST_REASON = 300


def _known(values: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(value, value) for value in values]


class Review(Scoped):
    """One review of one apprentice. `due_on` is the last day on which it is in time; `organisation` is the college.

    `revision` counts what was written into it, so that two people who write at once are told.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    enrolment = models.ForeignKey("apprenticeships.Enrolment", on_delete=models.PROTECT, related_name="+")
    round = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=20, default=REVIEW.start, choices=REVIEW.choices)
    due_on = models.DateField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    mode = models.CharField(max_length=10, choices=_known(MODES))
    place = models.CharField(max_length=120, blank=True)
    mentor = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    trainer = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", help_text="for the college"
    )
    colour = models.CharField(max_length=8, blank=True, choices=_known(COLOURS))
    colour_because = models.CharField(max_length=LONGEST_REASON, blank=True)
    because = models.CharField(
        max_length=LONGEST_REASON, blank=True, help_text="why moved, missed or cancelled"
    )
    held_on = models.DateField(null=True)
    held_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    document = models.ForeignKey("kernel.Document", on_delete=models.PROTECT, null=True, related_name="+")
    signed_at = models.DateTimeField(null=True)
    revision = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "starts_at"], name="review_by_day"),
            models.Index(
                fields=["organisation", "due_on"],
                condition=Q(state__in=["scheduled", "missed"]),
                name="review_still_due",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "round"], name="review_round_once"),
            models.CheckConstraint(condition=Q(state__in=REVIEW.states), name="review_state_known"),
            models.CheckConstraint(condition=Q(colour__in=["", *COLOURS]), name="review_colour_known"),
            models.CheckConstraint(condition=Q(mode__in=MODES), name="review_mode_known"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="review_ends_after_start"),
            models.CheckConstraint(
                condition=(
                    Q(state__in=["held", "written", "signed"]) & Q(held_on__isnull=False) & ~Q(colour="")
                )
                | (~Q(state__in=["held", "written", "signed"]) & Q(held_on__isnull=True)),
                name="review_held_with_day",
            ),
            models.CheckConstraint(
                condition=Q(state="signed", signed_at__isnull=False)
                | (~Q(state="signed") & Q(signed_at__isnull=True)),
                name="review_signed_with_time",
            ),
            models.CheckConstraint(
                condition=Q(colour__in=["", "green"]) | ~Q(colour_because=""),
                name="review_colour_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.round}"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Whoever sees the apprentice, and whoever takes part."""
        own = Q(mentor_id=scope.person_id) | Q(trainer_id=scope.person_id)
        return enrolment_seen_by(scope, "enrolment__") | own

    @property
    def ref(self) -> Ref:
        """The pointer that other rows keep."""
        return Ref("reviews", "review", self.public_id)

    @property
    def on(self) -> date:
        """The day on which it is planned, at the college."""
        return self.starts_at.astimezone(ZoneInfo(self.organisation.time_zone)).date()


class Part(models.Model):
    """What one side says in a review; each side has one part and writes it by itself."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="parts")
    role = models.CharField(max_length=12, choices=_known(ROLES))
    words = models.TextField(max_length=LONGEST)
    said_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    said_at = models.DateTimeField()

    objects: ClassVar[models.Manager[Part]] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "role"], name="part_once_a_side"),
            models.CheckConstraint(condition=Q(role__in=ROLES), name="part_role_known"),
        ]

    def __str__(self) -> str:
        return f"{self.role} of {self.review_id}"


class Goal(Scoped):
    """Something agreed in a review, by whom it is to be done, and until when; open until it is met or dropped."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    enrolment = models.ForeignKey("apprenticeships.Enrolment", on_delete=models.PROTECT, related_name="+")
    set_in = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="goals")
    text = models.CharField(max_length=LONGEST_GOAL)
    owner = models.CharField(max_length=12, choices=_known(ROLES))
    due_on = models.DateField(null=True)
    state = models.CharField(max_length=20, default=GOAL.start, choices=GOAL.choices)
    set_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    settled_in = models.ForeignKey(Review, on_delete=models.PROTECT, null=True, related_name="settled")
    settled_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=GOAL.states), name="goal_state_known"),
            models.CheckConstraint(condition=Q(owner__in=ROLES), name="goal_owner_known"),
            models.CheckConstraint(
                condition=Q(state="open", settled_at__isnull=True)
                | (~Q(state="open") & Q(settled_at__isnull=False)),
                name="goal_settled_with_time",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Whoever sees the review in which it was set."""
        seen = Review._base_manager.filter(Review.seen_by(scope))
        return Q(set_in__in=seen.order_by().values("pk"))

    @property
    def ref(self) -> Ref:
        """The pointer that other rows keep."""
        return Ref("reviews", "goal", self.public_id)


class Excuse(models.Model):
    """Why one side does not sign a review any more: somebody left, say. Never taken back."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="excuses")
    role = models.CharField(max_length=12, choices=_known(ROLES))
    because = models.CharField(max_length=LONGEST_REASON)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects: ClassVar[models.Manager[Excuse]] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "role"], name="excuse_once_a_side"),
            models.CheckConstraint(condition=Q(role__in=ROLES), name="excuse_role_known"),
        ]

    def __str__(self) -> str:
        return f"{self.role} of {self.review_id}"
