"""Standings, house rules, pairs and the bonds in them, and changes that somebody asks for."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from craftpath.domain.apprenticeships.rules import enrolment_seen_by
from craftpath.domain.pairing.states import PAIR, WISH
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import Scope, Scoped, above, below
from craftpath.values.ref import Ref

KINDS = ("master_apprentice", "college_tutor", "layered", "mutual", "red_white")
OF_APPRENTICES = frozenset({"master_apprentice", "college_tutor"})
BOTH_WAYS = frozenset({"mutual", "red_white"})
ROLES = ("responsible", "second", "deputy")
WHOLE = 1000
"""Shares are in thousandths, so that thirds of the work lose little and sums are whole numbers."""
MOST = 40
"""The capacity that nobody goes beyond: the largest class of the rules that are known."""
HIGHEST_RESULT = 100
LONGEST_REASON = 300
WISHES = ("another_teacher", "other_times", "talk_first")
LONGEST_WISH = 500
OPEN_WISH = ("asked", "seen")


def _known(values: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(value, value) for value in values]


class HouseRule(Scoped):
    """What one organisation holds to when it pairs; without a row the defaults stand.

    `ratio_learners` apprentices for every `ratio_skilled` of the `skilled_workers` at the place; 0 means no ratio.
    """

    organisation = models.OneToOneField(Organisation, on_delete=models.PROTECT, related_name="+")
    capacity = models.PositiveSmallIntegerField(default=8, help_text="of a teacher without a standing")
    gap_days = models.PositiveSmallIntegerField(
        default=14, help_text="longest time without a responsible teacher"
    )
    objection_days = models.PositiveSmallIntegerField(default=30)
    skilled_workers = models.PositiveIntegerField(default=0)
    ratio_learners = models.PositiveSmallIntegerField(default=0)
    ratio_skilled = models.PositiveSmallIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(capacity__range=(1, MOST)), name="house_capacity_in_range"),
            models.CheckConstraint(condition=Q(ratio_skilled__gte=1), name="house_ratio_of_somebody"),
        ]

    def __str__(self) -> str:
        return f"rules of {self.organisation_id}"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """The organisations below and above one's own."""
        return below(scope, "organisation") | above(scope, "organisation")


class Standing(Scoped):
    """How many learners somebody may have at once at one place, and for which days the qualification holds."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    capacity = models.PositiveSmallIntegerField()
    qualification = models.CharField(
        max_length=120, blank=True, help_text="such as senior technician, welder"
    )
    qualified_from = models.DateField(null=True)
    qualified_until = models.DateField(null=True, help_text="the first day without it")
    result = models.PositiveSmallIntegerField(
        null=True, help_text="of the last published appraisal, 0 to 100, 50 the usual"
    )
    result_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "person"], name="standing_once_a_place"),
            models.CheckConstraint(condition=Q(capacity__range=(0, MOST)), name="standing_capacity_in_range"),
            models.CheckConstraint(
                condition=Q(result__isnull=True, result_on__isnull=True)
                | Q(result__range=(0, HIGHEST_RESULT), result_on__isnull=False),
                name="standing_result_with_day",
            ),
            models.CheckConstraint(
                condition=Q(qualified_from__isnull=True)
                | Q(qualified_until__isnull=True)
                | Q(qualified_until__gt=F("qualified_from")),
                name="standing_qualified_some_days",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} @ {self.organisation_id}: {self.capacity}"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """One's own, and those of one's organisations."""
        return below(scope, "organisation") | Q(person=scope.person_id)


class Pair(Scoped):
    """An agreement of people to teach and learn, run by one office; the arrows in it are its bonds."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=_known(KINDS))
    state = models.CharField(max_length=12, default=PAIR.start, choices=PAIR.choices)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, help_text="the planned or the real first day without it")
    because = models.CharField(
        max_length=LONGEST_REASON, blank=True, help_text="why declined, ended, dissolved"
    )
    project = models.CharField(max_length=200, blank=True, help_text="what the two make together")
    formed_at = models.DateTimeField(null=True)
    made_id = models.CharField(max_length=36, blank=True, help_text="one press of a button")

    whose: ClassVar = (
        "bonds__teacher",
        "bonds__learner",
    )  # the people whom a row is about, for their own record

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=KINDS), name="pair_kind_known"),
            models.CheckConstraint(condition=Q(state__in=PAIR.states), name="pair_state_known"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="pair_ends_after_start",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["ended", "dissolved"]) | Q(ends_on__isnull=False),
                name="pair_ended_with_day",
            ),
            models.UniqueConstraint(
                fields=["organisation", "made_id"], condition=~Q(made_id=""), name="pair_made_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.public_id}"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Who is in it, its office, the places where somebody teaches in it, and whoever sees an apprentice in it."""
        bonds = Bond._base_manager.order_by()
        own = bonds.filter(Q(teacher=scope.person_id) | Q(learner=scope.person_id))
        seen = Q(pk__in=own.values("pair_id")) | below(scope, "organisation")
        if not scope.path:
            return seen
        seen |= Q(pk__in=bonds.filter(below(scope, "place")).values("pair_id"))
        apprentices = bonds.filter(enrolment_seen_by(scope, "enrolment__"), enrolment__isnull=False)
        return seen | Q(pk__in=apprentices.values("pair_id"))

    @property
    def ref(self) -> Ref:
        """The pointer that other rows keep."""
        return Ref("pairing", "pair", self.public_id)


class Bond(models.Model):
    """One arrow: `teacher` teaches `learner`, at the teacher's `place`, from a day until a day.

    `enrolment` is the apprenticeship that it is about, if the learner is one's apprentice. A deputy has no share and
    stands in for `instead_of`. Ended, never deleted.
    """

    pair = models.ForeignKey(Pair, on_delete=models.PROTECT, related_name="bonds")
    teacher = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    learner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    enrolment = models.ForeignKey(
        "apprenticeships.Enrolment", on_delete=models.PROTECT, null=True, related_name="+"
    )
    place = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=12, choices=_known(ROLES))
    share = models.PositiveSmallIntegerField(default=WHOLE, help_text="thousandths of the teaching")
    subject = models.CharField(max_length=120, blank=True, help_text="what is taught, such as TIG welding")
    instead_of = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="deputies")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, help_text="the first day without it")
    accepted_at = models.DateTimeField(null=True, help_text="by the teacher")
    learner_accepted_at = models.DateTimeField(null=True)

    whose: ClassVar = ("teacher", "learner")

    class Meta:
        indexes = [
            models.Index(fields=["teacher", "starts_on"], name="bond_by_teacher"),
            models.Index(fields=["learner", "starts_on"], name="bond_by_learner"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(teacher=F("learner")), name="bond_of_two"),
            models.CheckConstraint(condition=Q(role__in=ROLES), name="bond_role_known"),
            models.CheckConstraint(
                condition=Q(role="deputy", share=0, instead_of__isnull=False)
                | (~Q(role="deputy") & Q(share__range=(1, WHOLE), instead_of__isnull=True)),
                name="bond_share_by_role",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="bond_ends_after_start",
            ),
            models.UniqueConstraint(
                fields=["pair", "teacher", "learner"],
                condition=Q(ends_on__isnull=True),
                name="bond_open_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.teacher_id} → {self.learner_id}"

    def on(self, day: date) -> bool:
        """Whether it holds on a day."""
        return self.starts_on <= day and (self.ends_on is None or day < self.ends_on)


class ChangeWish(Scoped):
    """A change that somebody who learns asks for in private; the pair and its teachers never hear of it from here.

    `organisation` is the college that looks after the apprentice, never the enterprise; without an apprentice it is
    the office that runs the pair.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    pair = models.ForeignKey(Pair, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", help_text="who asks")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    wish = models.CharField(max_length=20, choices=_known(WISHES))
    words = models.TextField(max_length=LONGEST_WISH, blank=True)
    state = models.CharField(max_length=12, default=WISH.start, choices=WISH.choices)
    asked_at = models.DateTimeField()
    answer = models.TextField(max_length=LONGEST_WISH, blank=True)
    answered_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    whose: ClassVar = ("person",)  # and nobody else of the pair

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(wish__in=WISHES), name="wish_kind_known"),
            models.CheckConstraint(condition=Q(state__in=WISH.states), name="wish_state_known"),
            models.CheckConstraint(
                condition=~Q(state="settled") | (Q(answered_at__isnull=False) & ~Q(answer="")),
                name="wish_settled_with_answer",
            ),
            models.UniqueConstraint(
                fields=["pair", "person"], condition=Q(state__in=OPEN_WISH), name="wish_open_once"
            ),
        ]

    def __str__(self) -> str:
        return self.public_id

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Who asks, and the college's own; whoever teaches in the pair never, whatever else they are there."""
        teaches = Bond._base_manager.filter(teacher=scope.person_id).order_by()
        office = below(scope, "organisation") & ~Q(pair__in=teaches.values("pair_id"))
        return Q(person=scope.person_id) | office

    @property
    def ref(self) -> Ref:
        """The pointer that its own lines of history keep."""
        return Ref("pairing", "wish", self.public_id)
