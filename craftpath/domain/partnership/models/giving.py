"""What sides pledge and give, and the rule by which it is valued."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from craftpath.domain.partnership.models.agreed import Cooperation, Side, seen_through
from craftpath.domain.partnership.states import CONTRIBUTION
from craftpath.engines.valuation import Kind
from craftpath.kernel.files import KeptFile
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import Scope, Scoped
from craftpath.values.ref import Ref

KINDS = tuple(kind.value for kind in Kind)
_CHOICES = [(one, one) for one in KINDS]


class RuleBook(Scoped):
    """A version of the rates by which contributions are valued; it holds once every side has agreed.

    `rates` are rows of a key, a name in each language, what the rate is for (`hours`, `room_hours`, `room_metres`) and
    minor units: of an hour, or of a square metre a month.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    cooperation = models.ForeignKey(Cooperation, on_delete=models.PROTECT, related_name="books")
    version = models.PositiveIntegerField()
    currency = models.CharField(max_length=3, default="CNY")
    rates = models.JSONField(default=list)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    agreed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cooperation", "version"], name="rule_book_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.cooperation_id} {self.version}"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Whoever sees the cooperation."""
        return seen_through("cooperation", scope)


class RuleAgreement(models.Model):
    """That a side agreed to a version, by whom."""

    book = models.ForeignKey(RuleBook, on_delete=models.PROTECT, related_name="agreements")
    side = models.ForeignKey(Side, on_delete=models.PROTECT, related_name="+")
    agreed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["book", "side"], name="rule_book_agreed_once")]

    def __str__(self) -> str:
        return f"{self.book_id} {self.side_id}"


class Pledge(Scoped):
    """What a side plans to give in a year: one line of the plan."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    side = models.ForeignKey(Side, on_delete=models.PROTECT, related_name="pledges")
    year = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=_CHOICES)
    words = models.CharField(max_length=200)
    minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=KINDS), name="pledge_kind_known"),
            models.CheckConstraint(condition=Q(minor__gt=0), name="pledge_is_something"),
        ]

    def __str__(self) -> str:
        return self.public_id

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Whoever sees the cooperation."""
        return seen_through("side__cooperation", scope)


class Contribution(Scoped):
    """Something that a side gave: the amount in its own unit, and its value by the version of the rule named here.

    Never altered: what was wrong is met by a counter-line of the opposite value, which another side confirms as well.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    side = models.ForeignKey(Side, on_delete=models.PROTECT, related_name="contributions")
    kind = models.CharField(max_length=12, choices=_CHOICES)
    words = models.CharField(max_length=200)
    given_on = models.DateField()
    quantity = models.DecimalField(max_digits=16, decimal_places=2)
    unit = models.CharField(max_length=20)
    minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    book = models.ForeignKey(RuleBook, on_delete=models.PROTECT, related_name="+")
    rate = models.CharField(max_length=40, blank=True)
    steps = models.JSONField(default=list, help_text="the factors of the value, in their order")
    evidence = models.ForeignKey(KeptFile, on_delete=models.PROTECT, null=True, related_name="+")
    media_type = models.CharField(max_length=100, blank=True)
    counters = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        related_name="counter_lines",
        help_text="the line it takes back",
    )
    state = models.CharField(max_length=12, default=CONTRIBUTION.start, choices=CONTRIBUTION.choices)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    looked_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    looked_side = models.ForeignKey(Side, on_delete=models.PROTECT, null=True, related_name="+")
    looked_at = models.DateTimeField(null=True)
    question = models.CharField(max_length=400, blank=True)
    answer = models.CharField(max_length=400, blank=True)

    class Meta:
        indexes = [models.Index(fields=["side", "given_on"], name="partnership_given_by_day")]
        constraints = [
            models.UniqueConstraint(
                fields=["counters"], condition=~Q(state="withdrawn"), name="contribution_countered_once"
            ),
            models.CheckConstraint(condition=Q(kind__in=KINDS), name="contribution_kind_known"),
            models.CheckConstraint(
                condition=Q(state__in=CONTRIBUTION.states), name="contribution_state_known"
            ),
            models.CheckConstraint(
                condition=Q(counters__isnull=True, minor__gte=0) | Q(counters__isnull=False, minor__lte=0),
                name="contribution_counter_is_opposite",
            ),
            models.CheckConstraint(
                condition=~Q(state="confirmed") | Q(looked_at__isnull=False, looked_side__isnull=False),
                name="contribution_confirmed_by_a_side",
            ),
        ]

    def __str__(self) -> str:
        return self.public_id

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Whoever sees the cooperation."""
        return seen_through("side__cooperation", scope)

    @property
    def ref(self) -> Ref:
        """The pointer that the history keeps."""
        return Ref("partnership", "contribution", self.public_id)


class CountedBooking(models.Model):
    """A booking that a contribution counts at its price; no other contribution counts it again."""

    contribution = models.ForeignKey(Contribution, on_delete=models.PROTECT, related_name="counted")
    booking = models.CharField(max_length=16, unique=True, help_text="its public id")

    def __str__(self) -> str:
        return self.booking
