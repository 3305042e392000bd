"""House rules of meeting, goals, and the log of meetings with its versions."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from craftpath.domain.mentoring.states import GOAL, MEETING
from craftpath.domain.pairing.seeing import pair_seen_by
from craftpath.kernel.files import KeptFile
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import Scope, Scoped, above, below
from craftpath.values.ref import Ref

MODES = ("bench", "office", "online", "phone")
LONGEST_GOAL = 200
LONGEST_WORDS = 500
LONGEST_REASON = 300
MOST_DAYS = 366
MOST_MINUTES = 24 * 60


def _known(values: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(value, value) for value in values]


class MeetingRule(Scoped):
    """How often the two of a pair meet at least, when the halfway talk is due, and whether a pair needs an agreement.

    Without a row that of the nearest organisation above holds, else the defaults.
    """

    organisation = models.OneToOneField(Organisation, on_delete=models.PROTECT, related_name="+")
    every_days = models.PositiveSmallIntegerField(default=14)
    talk_after_percent = models.PositiveSmallIntegerField(default=50, help_text="of the days of the pair")
    needs_agreement = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(every_days__range=(1, MOST_DAYS)), name="meet_days_in_range"),
            models.CheckConstraint(condition=Q(talk_after_percent__range=(10, 90)), name="talk_inside_pair"),
        ]

    def __str__(self) -> str:
        return f"meetings of {self.organisation_id}"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """The organisations below and above one's own."""
        return below(scope, "organisation") | above(scope, "organisation")


class Goal(Scoped):
    """What one side of a pair is to reach, by a day. `objection` is why the learner says that it is not reached yet."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    pair = models.ForeignKey("pairing.Pair", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", help_text="who learns")
    text = models.CharField(max_length=LONGEST_GOAL)
    due_on = models.DateField()
    state = models.CharField(max_length=12, default=GOAL.start, choices=GOAL.choices)
    because = models.CharField(max_length=LONGEST_REASON, blank=True, help_text="why it was dropped")
    objection = models.CharField(max_length=LONGEST_REASON, blank=True)
    set_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    set_at = models.DateTimeField()
    settled_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)
    made_id = models.CharField(max_length=36, blank=True, help_text="one press of a button")

    class Meta:
        indexes = [models.Index(fields=["pair", "state"], name="goal_of_pair")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=GOAL.states), name="pair_goal_state_known"),
            models.CheckConstraint(
                condition=Q(state="open", settled_at__isnull=True)
                | (~Q(state="open") & Q(settled_at__isnull=False)),
                name="pair_goal_settled_with_time",
            ),
            models.CheckConstraint(
                condition=~Q(state="dropped") | ~Q(because=""), name="pair_goal_dropped_why"
            ),
            models.UniqueConstraint(
                fields=["pair", "made_id"], condition=~Q(made_id=""), name="pair_goal_made_once"
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Whoever sees the pair; pages ask further who may read what is done in it."""
        return pair_seen_by(scope, "pair")

    @property
    def ref(self) -> Ref:
        """The pointer that its lines of history keep."""
        return Ref("mentoring", "goal", self.public_id)


class Meeting(Scoped):
    """A meeting of two of a pair as it stands now: `said_by` wrote this version, and the other of the two answers.

    `next_own` is what whoever wrote it down first does until next time, `next_other` what the other does.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    pair = models.ForeignKey("pairing.Pair", on_delete=models.PROTECT, related_name="+")
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, default=MEETING.start, choices=MEETING.choices)
    version = models.PositiveSmallIntegerField(default=1)
    on = models.DateField()
    minutes = models.PositiveSmallIntegerField()
    mode = models.CharField(max_length=10, choices=_known(MODES))
    words = models.TextField(max_length=LONGEST_WORDS)
    next_own = models.CharField(max_length=LONGEST_GOAL, blank=True)
    next_other = models.CharField(max_length=LONGEST_GOAL, blank=True)
    goals = models.JSONField(default=list, help_text="public ids of the goals that were touched")
    photo = models.ForeignKey(KeptFile, on_delete=models.PROTECT, null=True, related_name="+")
    said_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    said_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    made_id = models.CharField(max_length=36)

    whose: ClassVar = ("written_by", "other")

    class Meta:
        indexes = [
            models.Index(fields=["pair", "-on"], name="meeting_by_day"),
            models.Index(fields=["said_at"], condition=Q(state="written"), name="meeting_waiting"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=MEETING.states), name="meeting_state_known"),
            models.CheckConstraint(condition=Q(mode__in=MODES), name="meeting_mode_known"),
            models.CheckConstraint(
                condition=Q(minutes__range=(1, MOST_MINUTES)), name="meeting_within_a_day"
            ),
            models.CheckConstraint(condition=~Q(written_by=models.F("other")), name="meeting_of_two"),
            models.CheckConstraint(
                condition=Q(state="confirmed", confirmed_at__isnull=False)
                | (~Q(state="confirmed") & Q(confirmed_at__isnull=True)),
                name="meeting_confirmed_with_time",
            ),
            models.UniqueConstraint(fields=["written_by", "made_id"], name="meeting_made_once"),
        ]

    def __str__(self) -> str:
        return f"{self.pair_id} {self.on}"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Whoever sees the pair; pages ask further who may read what is done in it."""
        return pair_seen_by(scope, "pair")

    @property
    def ref(self) -> Ref:
        """The pointer that its lines of history keep."""
        return Ref("mentoring", "meeting", self.public_id)

    @property
    def asked(self) -> int:
        """The id of whoever has to answer this version: the one of the two who did not write it."""
        return self.other_id if self.said_by_id == self.written_by_id else self.written_by_id


class MeetingVersion(models.Model):
    """What one of the two wrote about a meeting, and why it was corrected. Never altered."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    content = models.JSONField(help_text="on, minutes, mode, words, next_own, next_other, goals")
    because = models.CharField(max_length=LONGEST_REASON, blank=True)
    said_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    said_at = models.DateTimeField()

    objects: ClassVar[models.Manager[MeetingVersion]] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="meeting_version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id}.{self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert; a second save is refused, since a version is never altered."""
        if self.pk is not None:
            raise TypeError("a version of a meeting is never altered")
        super().save(*args, **kwargs)
