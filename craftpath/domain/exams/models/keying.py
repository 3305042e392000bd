"""Answer sheets of paper: what two people keyed from each, and how it was settled where they differ."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from craftpath.domain.apprenticeships.rules import enrolment_seen_by
from craftpath.domain.exams.models.sittings import Candidate
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import Scope, Scoped

ROUNDS = (1, 2)


class Keying(Scoped):
    """What one person read from one answer sheet, without seeing what another read.

    `given` is order of the question → answer, null where nothing stands on the sheet; a question that is not
    there was not keyed yet. `count` is the device's own: a later one never gives way. `done_at` says that it is
    whole.
    """

    candidate = models.ForeignKey(Candidate, on_delete=models.PROTECT, related_name="keyings")
    round = models.PositiveSmallIntegerField()
    keyer = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    given = models.JSONField(default=dict)
    absent = models.BooleanField(default=False, help_text="the list says that the candidate did not come")
    count = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["candidate", "round"], name="keying_once_a_round"),
            models.CheckConstraint(condition=Q(round__in=ROUNDS), name="keying_round_known"),
        ]

    def __str__(self) -> str:
        return f"{self.candidate_id} round {self.round}"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Those of the apprentices whom one sees."""
        return enrolment_seen_by(scope, "candidate__enrolment__")


class Settlement(Scoped):
    """From here on the answers of a sheet stand. `settled_by` is empty where both keyings said the same.

    `given` holds what was decided, order of the question → answer, where they did not.
    """

    candidate = models.OneToOneField(Candidate, on_delete=models.PROTECT, related_name="settlement")
    given = models.JSONField(default=dict)
    absent = models.BooleanField(default=False)
    settled_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.candidate_id} settled"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Those of the apprentices whom one sees."""
        return enrolment_seen_by(scope, "candidate__enrolment__")
