"""What happens in the hall: questions from the floor, and polls of which only the counts are kept."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from craftpath.domain.workshops.models.events import OfWorkshop, Registration, Workshop
from craftpath.domain.workshops.states import POLL, QUESTION
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.people import Person
from craftpath.values.text import Text

POLL_KINDS = ("single", "multiple", "scale", "words")


class LiveQuestion(OfWorkshop):
    """A question from the floor; `named` shows the asker's name to the hall, otherwise to nobody."""

    whose: ClassVar[tuple[str, ...]] = ("registration",)

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="questions")
    registration = models.ForeignKey(Registration, on_delete=models.PROTECT, related_name="questions")
    words = models.CharField(max_length=300)
    named = models.BooleanField(default=False)
    at = models.DateTimeField()
    place = models.SmallIntegerField(
        default=0, help_text="put first by whoever moderates: the higher, the earlier"
    )
    supports = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=10, default=QUESTION.start, choices=QUESTION.choices)
    because = models.CharField(max_length=200, blank=True)
    moderated_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["workshop", "state"], name="workshop_question_state")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=QUESTION.states), name="workshop_question_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(state="hidden") | ~Q(because=""), name="workshop_question_hidden_because"
            ),
        ]

    def __str__(self) -> str:
        return self.words


class Support(models.Model):
    """That somebody wants a question answered too."""

    question = models.ForeignKey(LiveQuestion, on_delete=models.CASCADE, related_name="supporters")
    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="+")

    objects: ClassVar[models.Manager[Support]] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["question", "registration"], name="workshop_support_once")
        ]

    def __str__(self) -> str:
        return f"{self.registration_id} for {self.question_id}"


class Poll(OfWorkshop):
    """A question to the hall. Results of a `sensitive` one are shown from five answers on."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="polls")
    kind = models.CharField(max_length=8, choices=[(one, one) for one in POLL_KINDS])
    title = models.JSONField(default=dict)
    options = models.JSONField(default=list, help_text="[{zh, en}], by their place; none of a scale or words")
    sensitive = models.BooleanField(default=False)
    votes = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=8, default=POLL.start, choices=POLL.choices)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=POLL.states), name="workshop_poll_state_known"),
            models.CheckConstraint(condition=Q(kind__in=POLL_KINDS), name="workshop_poll_kind_known"),
        ]

    def __str__(self) -> str:
        return self.name.both()

    @property
    def name(self) -> Text:
        """The question in the languages that it has."""
        return Text.of(self.title)


class Voter(models.Model):
    """That somebody has voted, and nothing of what."""

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="voters")
    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="+")

    objects: ClassVar[models.Manager[Voter]] = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["poll", "registration"], name="workshop_vote_once")]

    def __str__(self) -> str:
        return f"{self.registration_id} at {self.poll_id}"


class Tally(models.Model):
    """How often an answer was given: a place among the options, a point of the scale, or a word."""

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="tallies")
    answer = models.CharField(max_length=24)
    count = models.PositiveIntegerField(default=0)
    hidden = models.BooleanField(default=False, help_text="a word that whoever moderates took off the screen")

    objects: ClassVar[models.Manager[Tally]] = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["poll", "answer"], name="workshop_tally_once")]

    def __str__(self) -> str:
        return f"{self.answer}: {self.count}"
