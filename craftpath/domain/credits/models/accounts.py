"""The account of a person, and its ledger."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.db import models
from django.db.models import F, Q

from craftpath.domain.apprenticeships.rules import apprentices_seen_by
from craftpath.domain.credits.models.asking import RequestLine
from craftpath.domain.credits.models.earning import OUTCOMES, Area, EarningRule
from craftpath.kernel.access import Membership
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person, selves
from craftpath.kernel.tenancy import Scope, Scoped, below
from craftpath.values.ref import Ref
from craftpath.values.text import Text

ENTRY_KINDS = ("earned", "converted", "reversed")


class Account(Scoped):
    """One for each person; its row is locked while the ledger is written.

    Where two records of one person were merged, each keeps its account, and both are read as one (`joined`): so an
    undone merge parts them again without a line that has to be moved.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="credit_account")
    opened_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.public_id

    @property
    def ref(self) -> Ref:
        """The pointer that the history keeps."""
        return Ref("credits", "account", self.public_id)

    @property
    def owner_id(self) -> int:
        """The record of its person that goes on."""
        return self.person.merged_into_id or self.person_id

    @cached_property
    def joined(self) -> list[int]:
        """The ids of all accounts of its person, this one among them; one query."""
        rows = Account._base_manager.filter(person__in=selves(self.owner_id))
        return list(rows.order_by("pk").values_list("pk", flat=True))

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """See `account_seen_by`."""
        return account_seen_by(scope, "")


class Entry(Scoped):
    """A line of the ledger, never altered and never deleted; points are hundredths, and their sum is the balance.

    `earned` gives points for one outcome, once: `credit` is blank, `again` counts earlier ones of the same outcome that
    were reversed. `converted` takes the whole of the earned line `credit`; `given` is what the diploma got for it.
    `reversed` takes back the line `reversal_of` with the sign turned; `credit` is the earned line that it is about.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=9, choices=[(one, one) for one in ENTRY_KINDS])
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    points = models.IntegerField(help_text="hundredths; below nothing where points leave")
    title = models.JSONField(default=dict, help_text="what it is for, as it was called then")
    source = models.CharField(max_length=120, help_text="the fact that it stands on: noun/kind/public id")
    outcome = models.CharField(max_length=12, choices=[(one, one) for one in OUTCOMES])
    scheme = models.SlugField(max_length=40, blank=True)
    level = models.CharField(max_length=40, blank=True)
    subject = models.CharField(max_length=80, blank=True, help_text="which stage, which course")
    reached = models.CharField(max_length=180, help_text="names the outcome: earned once for each")
    again = models.PositiveSmallIntegerField(default=0)
    on = models.DateField(help_text="the day on which it was reached, converted or reversed")
    expires_on = models.DateField(null=True, help_text="the last day")
    institution = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    rule = models.ForeignKey(EarningRule, on_delete=models.PROTECT, null=True, related_name="+")
    credit = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="touched_by")
    line = models.ForeignKey(RequestLine, on_delete=models.PROTECT, null=True, related_name="entries")
    to_area = models.SlugField(max_length=40, blank=True)
    given = models.PositiveIntegerField(default=0, help_text="points of the diploma; of converted lines only")
    reversal_of = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="reversed_by"
    )
    because = models.CharField(max_length=200, blank=True, help_text="of reversals")
    posted_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    posted_at = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["account", "area", "to_area", "points"], name="credit_balance"),
            models.Index(fields=["account", "expires_on"], name="credit_expiry"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["account", "source", "reached"],
                condition=Q(kind="earned"),
                name="credit_earned_once_of_source",
            ),
            models.UniqueConstraint(
                fields=["account", "reached", "again"],
                condition=Q(kind="earned"),
                name="credit_earned_once",
            ),
            models.UniqueConstraint(
                fields=["credit", "again"], condition=Q(kind="converted"), name="credit_converted_once"
            ),
            models.CheckConstraint(
                condition=Q(
                    kind="earned", points__gt=0, credit__isnull=True, reversal_of__isnull=True, because=""
                )
                | Q(
                    kind="converted", points__lt=0, credit__isnull=False, line__isnull=False, given__gt=0,
                    reversal_of__isnull=True, because="",
                )
                | (Q(kind="reversed", credit__isnull=False, reversal_of__isnull=False) & ~Q(because="")),
                name="credit_entry_whole",
            ),
            models.CheckConstraint(condition=Q(outcome__in=OUTCOMES), name="credit_outcome_known"),
            models.CheckConstraint(
                condition=Q(kind="converted", given__lte=-F("points")) | (~Q(kind="converted") & Q(given=0)),
                name="credit_given_at_most_earned",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.kind} {self.points} {Text.of(self.title).both()}"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Those of the accounts that one sees, and those that a request to one's organisations names."""
        return account_seen_by(scope, "account__") | Q(
            pk__in=RequestLine.objects.filter(below(scope, "request__organisation"), credit__isnull=False)
            .order_by()
            .values("credit_id")
        )

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert; a second save is refused, since a ledger is not rewritten."""
        if self.pk is not None:
            raise TypeError("a line of the ledger is never altered")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """Refused: what was wrong is reversed by a line of its own."""
        raise TypeError("a line of the ledger is never deleted")


def account_seen_by(scope: Scope, prefix: str) -> Any:
    """The own one, those of apprentices whom one sees, and those of the people of one's organisations.

    Of these also the accounts of records that were merged into theirs.
    """
    people = Membership.objects.filter(below(scope, "organisation")).order_by()
    found = Q()
    for person in (f"{prefix}person", f"{prefix}person__merged_into"):
        found |= Q(**{person: scope.person_id}) | apprentices_seen_by(scope, person)
        found |= Q(**{f"{person}__in": people.values("person_id")})
    return found
