"""Years that money was claimed for, here or elsewhere, and by what people are recognised."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from craftpath.domain.subsidies.models.filing import LEVELS, SubsidyFile, known
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import Scope, Scoped, below


class IdentityKey(Scoped):
    """A keyed hash of somebody's identity number, to recognise claims made elsewhere; the number is not kept."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=64, unique=True)

    def __str__(self) -> str:
        return str(self.person_id)

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """One's own, and those that one's organisations wrote down."""
        return Q(person=scope.person_id) | below(scope, "organisation")


class ClaimedYear(Scoped):
    """A year of training that money was claimed for: by a file of this site, or elsewhere (`source`, no file).

    `year` is the calendar year in which the training year begins; `freed_at`: the claim was withdrawn.
    `level_key` is filled once a claim where a level is paid once.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    file = models.ForeignKey(SubsidyFile, on_delete=models.PROTECT, null=True, related_name="years")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    key = models.CharField(max_length=64, blank=True, help_text="an IdentityKey, known or not")
    name = models.CharField(max_length=120, blank=True, help_text="as the sheet had it")
    subsidy = models.CharField(max_length=40)
    occupation = models.CharField(max_length=120)
    level = models.CharField(max_length=4, choices=known(LEVELS))
    year = models.PositiveSmallIntegerField()
    starts_on = models.DateField()
    ends_on = models.DateField(help_text="the first day after it")
    level_key = models.CharField(max_length=130, blank=True)
    source = models.CharField(max_length=120, blank=True)
    claimed_at = models.DateTimeField()
    freed_at = models.DateTimeField(null=True)

    whose: ClassVar = ("person",)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "subsidy", "year"],
                condition=Q(freed_at__isnull=True, person__isnull=False),
                name="subsidy_person_year_once",
            ),
            models.UniqueConstraint(
                fields=["key", "subsidy", "year"],
                condition=Q(freed_at__isnull=True) & ~Q(key=""),
                name="subsidy_key_year_once",
            ),
            models.UniqueConstraint(
                fields=["person", "subsidy", "level_key"],
                condition=Q(freed_at__isnull=True) & ~Q(level_key=""),
                name="subsidy_level_once",
            ),
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="subsidy_year_some_days"),
            models.CheckConstraint(
                condition=Q(file__isnull=False, person__isnull=False) | ~Q(key=""),
                name="subsidy_year_of_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.year}"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """One's own, and what one's organisations claimed or wrote down."""
        return Q(person=scope.person_id) | below(scope, "organisation")
