"""The halfway talk: each side answers alone, then both answers lie side by side."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from craftpath.domain.mentoring.models.working import LONGEST_REASON
from craftpath.domain.mentoring.states import TALK
from craftpath.domain.pairing.seeing import pair_seen_by
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import Scope, Scoped
from craftpath.values.ref import Ref


class HalfwayTalk(Scoped):
    """One talk of a pair: that it took place and what was agreed. What each said stands with the sides.

    `questions` are those that were asked, as a list of {key, zh, en}; `revision` counts changes of the next steps.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    pair = models.ForeignKey("pairing.Pair", on_delete=models.PROTECT, related_name="+")
    round = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    state = models.CharField(max_length=12, default=TALK.start, choices=TALK.choices)
    questions = models.JSONField()
    opened_at = models.DateTimeField()
    first_answer_at = models.DateTimeField(null=True)
    next_steps = models.TextField(max_length=1000, blank=True)
    revision = models.PositiveIntegerField(default=0)
    because = models.CharField(max_length=LONGEST_REASON, blank=True, help_text="why it was waived")
    settled_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True, help_text="when the last side closed it, or it was waived")

    whose: ClassVar = ("sides__person",)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=TALK.states), name="talk_state_known"),
            models.CheckConstraint(
                condition=Q(state="open", settled_at__isnull=True)
                | (~Q(state="open") & Q(settled_at__isnull=False)),
                name="talk_settled_with_time",
            ),
            models.CheckConstraint(condition=~Q(state="waived") | ~Q(because=""), name="talk_waived_why"),
            models.UniqueConstraint(fields=["pair", "round"], name="talk_round_once"),
        ]

    def __str__(self) -> str:
        return f"{self.pair_id} talk {self.round}"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Whoever sees the pair; what was answered stands in another table."""
        return pair_seen_by(scope, "pair")

    @property
    def ref(self) -> Ref:
        """The pointer that its lines of history keep."""
        return Ref("mentoring", "talk", self.public_id)


class TalkSide(models.Model):
    """What one person answered, for nobody but those who are sides of the same talk, and for them not too early.

    `answers` is {question key: {"mark": 1–5, "words": …}}.
    """

    talk = models.ForeignKey(HalfwayTalk, on_delete=models.PROTECT, related_name="sides")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    answers = models.JSONField(null=True)
    answered_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager[TalkSide]] = models.Manager()
    whose: ClassVar = ("person",)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["talk", "person"], name="talk_side_once"),
            models.CheckConstraint(
                condition=Q(answers__isnull=True, answered_at__isnull=True)
                | Q(answers__isnull=False, answered_at__isnull=False),
                name="talk_side_answered_with_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.talk_id}"
