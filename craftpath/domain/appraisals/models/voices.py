"""Voices of apprentices as counts, and, apart from them, who is asked."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from craftpath.domain.appraisals.models.rows import AppraisalRound
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import NOTHING, Scope, Scoped

QUESTIONS = ("shows", "helps", "respects")
STEPS = (1, 2, 3, 4, 5)


class Voice(Scoped):
    """How many apprentices gave one step to one question about one trainer: a count, and nobody's answer.

    All counts of a round are made at once, as noughts, before anybody answers. There is no row, number or time of a
    single answer, so none can be joined to who has answered; pages never read this table.
    """

    round = models.ForeignKey(AppraisalRound, on_delete=models.PROTECT, related_name="+")
    trainer = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    question = models.CharField(max_length=10, choices=[(question, question) for question in QUESTIONS])
    step = models.PositiveSmallIntegerField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round", "trainer", "question", "step"], name="voice_counted_once"
            ),
            models.CheckConstraint(condition=Q(question__in=QUESTIONS), name="voice_question_known"),
            models.CheckConstraint(condition=Q(step__in=STEPS), name="voice_step_known"),
        ]

    def __str__(self) -> str:
        return f"{self.question} {self.step}"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Nobody: only the computation reads it, and shows it from five voices on."""
        return NOTHING


class VoiceAsked(Scoped):
    """Who is asked about whom, and whether they have answered; what they answered stands nowhere beside it."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    round = models.ForeignKey(AppraisalRound, on_delete=models.PROTECT, related_name="asked")
    enrolment = models.ForeignKey("apprenticeships.Enrolment", on_delete=models.PROTECT, related_name="+")
    trainer = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    answered = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "enrolment", "trainer"], name="voice_asked_once")
        ]

    def __str__(self) -> str:
        return self.public_id

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Whoever is asked, and nobody else: pages of the office read how many, and not who."""
        return Q(enrolment__person=scope.person_id)
