"""Who watches over a sitting."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from craftpath.domain.exams.models.sittings import Sitting
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import Scope, Scoped, below


class Invigilator(Scoped):
    """Somebody who is in the room: gives the word, lets people in, and signs the list."""

    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="invigilators")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    named_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sitting", "person"], name="invigilator_once")]

    def __str__(self) -> str:
        return f"{self.person_id} at {self.sitting_id}"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """One's own, and those of the sittings of one's organisations."""
        return below(scope, "sitting__organisation") | Q(person=scope.person_id)
