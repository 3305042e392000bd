"""In which county an organisation lies."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import Scope, Scoped, below


class County(Scoped):
    """The code (GB/T 2260) and the name of the county of an organisation, which hold for those below it as well."""

    organisation = models.OneToOneField(Organisation, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=6)
    name = models.JSONField(default=dict)
    kept_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    kept_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "counties"
        constraints = [
            models.CheckConstraint(condition=Q(code__regex=r"^[0-9]{6}$"), name="county_six_digits")
        ]

    def __str__(self) -> str:
        return self.code

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Those of one's organisations."""
        return below(scope, "organisation")
