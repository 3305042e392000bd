"""Rule books: a version of one organisation's rules, valid from a day, with its rules and caps as rows."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from craftpath.domain.allowances.states import BOOK
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import Scope, Scoped, below
from craftpath.values.ref import Ref

COMPONENTS = ("teaching", "hours", "results", "tutoring", "other")
"""What an allowance is for; rules of one component never pay a pair for the same day."""
PAYERS = ("enterprise", "college", "subsidy")
BASES = ("pair_month", "apprentice_hour")
SCOPES = ("pair_month", "pair_total", "trainer_month", "run")
WHOLE = 1000
"""Factors are in thousandths: 600 is 60 %."""
MOST_AMOUNT = 10**8
"""Minor units; the engine's bound."""


def _known(values: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(value, value) for value in values]


RESULTS_FROM = ("decided", "appraisal")
"""Decided results of the apprentice, or the published appraisal of whoever teaches."""


class RuleBook(Scoped):
    """A version of the rules by which one organisation pays, valid from a day until the next one is."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField(help_text="the version, counted from 1")
    currency = models.CharField(max_length=3)
    valid_from = models.DateField()
    results_from = models.CharField(
        max_length=10,
        default="decided",
        choices=[(one, one) for one in RESULTS_FROM],
        help_text="what bands of results look at",
    )
    state = models.CharField(max_length=10, default=BOOK.start, choices=BOOK.choices)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    adopted_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    adopted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=BOOK.states), name="book_state_known"),
            models.CheckConstraint(
                condition=Q(results_from__in=RESULTS_FROM), name="book_results_from_known"
            ),
            models.UniqueConstraint(fields=["organisation", "number"], name="book_number_once"),
            models.UniqueConstraint(
                fields=["organisation"], condition=Q(state="draft"), name="book_one_draft"
            ),
            models.UniqueConstraint(
                fields=["organisation"], condition=Q(state="in_force"), name="book_one_in_force"
            ),
            models.UniqueConstraint(
                fields=["organisation", "valid_from"],
                condition=Q(state__in=["in_force", "replaced"]),
                name="book_one_a_day",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "dropped"], adopted_at__isnull=True)
                | Q(state__in=["in_force", "replaced"], adopted_at__isnull=False),
                name="book_adopted_with_time",
            ),
        ]

    def __str__(self) -> str:
        return f"v{self.number}"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """The organisations at and below one's own."""
        return below(scope, "organisation")

    @property
    def ref(self) -> Ref:
        """The pointer that history keeps."""
        return Ref("allowances", "book", self.public_id)


class Rule(models.Model):
    """One rule of a book; `key` stays the same from version to version.

    `amount` is in minor units, for a month or an hour. `ratio` is [[up to so many apprentices or null, factor], …],
    `results` is [[from this result on in hundredths of a percent, factor], …]; factors are in thousandths.
    """

    book = models.ForeignKey(RuleBook, on_delete=models.CASCADE, related_name="rules")
    key = models.SlugField(max_length=40)
    name = models.CharField(max_length=60)
    component = models.CharField(max_length=12, choices=_known(COMPONENTS))
    payer = models.CharField(max_length=12, choices=_known(PAYERS))
    basis = models.CharField(max_length=16, choices=_known(BASES))
    amount = models.BigIntegerField()
    priority = models.SmallIntegerField(default=0)
    kinds = models.JSONField(default=list)
    roles = models.JSONField(default=list)
    occupations = models.JSONField(default=list)
    stages = models.JSONField(default=list)
    ratio = models.JSONField(default=list)
    over_capacity = models.PositiveSmallIntegerField(null=True, help_text="factor beyond the capacity")
    results = models.JSONField(default=list)
    undecided = models.PositiveSmallIntegerField(default=0, help_text="factor without a decided result")
    least_hours = models.PositiveSmallIntegerField(default=0)
    least_weeks = models.PositiveSmallIntegerField(default=0)
    by_day = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["book", "key"], name="rule_key_once"),
            models.CheckConstraint(
                condition=Q(amount__gte=0, amount__lte=MOST_AMOUNT), name="rule_amount_in_range"
            ),
            models.CheckConstraint(condition=Q(component__in=COMPONENTS), name="rule_component_known"),
            models.CheckConstraint(condition=Q(payer__in=PAYERS), name="rule_payer_known"),
            models.CheckConstraint(condition=Q(basis__in=BASES), name="rule_basis_known"),
            models.CheckConstraint(
                condition=Q(over_capacity__isnull=True) | Q(over_capacity__lte=WHOLE),
                name="rule_over_capacity_is_share",
            ),
            models.CheckConstraint(condition=Q(undecided__lte=WHOLE), name="rule_undecided_is_share"),
        ]

    def __str__(self) -> str:
        return self.name


class Cap(models.Model):
    """The most, in minor units, that lines of a component (none: of all) come to together."""

    book = models.ForeignKey(RuleBook, on_delete=models.CASCADE, related_name="caps")
    scope = models.CharField(max_length=16, choices=_known(SCOPES))
    component = models.CharField(max_length=12, blank=True)
    most = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["book", "scope", "component"], name="cap_once"),
            models.CheckConstraint(condition=Q(most__gte=0), name="cap_not_negative"),
            models.CheckConstraint(condition=Q(scope__in=SCOPES), name="cap_scope_known"),
        ]

    def __str__(self) -> str:
        return f"{self.scope} {self.component}".strip()
