"""Meetings: who is invited and was there, topics suggested for them, and what people took away."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from craftpath.domain.forums.models.forums import LONGEST_LINK, LONGEST_PLACE, Forum, of_forums
from craftpath.domain.forums.states import MEETING, TOPIC
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import Scope, Scoped

LONGEST_LINE = 200
LONGEST_REASON = 200
MOST_ITEMS = 20
COMING = ("yes", "no")


class Meeting(Scoped):
    """People meet at a moment, on site, on line or both. `sequence` counts what changed, as calendars ask."""

    whose: ClassVar[tuple[str, ...]] = ("host",)

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    made_id = models.UUIDField(unique=True, help_text="named by the form, so that it is planned once")
    forum = models.ForeignKey(Forum, on_delete=models.PROTECT, related_name="meetings")
    host = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField()
    place = models.CharField(max_length=LONGEST_PLACE, blank=True)
    link = models.CharField(max_length=LONGEST_LINK, blank=True)
    agenda = models.JSONField(default=list, help_text="lines, in their order")
    state = models.CharField(max_length=10, default=MEETING.start, choices=MEETING.choices)
    because = models.CharField(max_length=LONGEST_REASON, blank=True, help_text="why it was cancelled")
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField(help_text="when it was planned, changed or cancelled")
    sequence = models.PositiveIntegerField(default=0)
    held_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    held_at = models.DateTimeField(null=True, help_text="when the host said who was there")

    class Meta:
        indexes = [
            models.Index(fields=["forum", "-starts_at"], name="forum_meeting_of_forum"),
            models.Index(fields=["starts_at"], condition=Q(state="planned"), name="forum_meeting_planned"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=MEETING.states), name="forum_meeting_state_known"),
            models.CheckConstraint(condition=Q(minutes__gt=0), name="forum_meeting_some_minutes"),
            models.CheckConstraint(
                condition=~Q(state="held") | Q(held_at__isnull=False), name="forum_meeting_held_when"
            ),
            models.CheckConstraint(
                condition=~Q(state="cancelled") | ~Q(because=""), name="forum_meeting_cancelled_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.forum_id} {self.starts_at:%Y-%m-%d %H:%M}"

    @property
    def ends_at(self) -> datetime:
        """When it is over."""
        return self.starts_at + timedelta(minutes=self.minutes)

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Those of the forums that one sees."""
        return of_forums(scope, "forum")


class Attendance(models.Model):
    """Somebody is invited to a meeting, says whether to come, and was there or not as its host confirms."""

    whose: ClassVar[tuple[str, ...]] = ("person",)

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="invited")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    coming = models.CharField(max_length=4, blank=True, choices=[(one, one) for one in COMING])
    said_at = models.DateTimeField(null=True)
    was_there = models.BooleanField(null=True)

    objects: ClassVar[models.Manager[Attendance]] = models.Manager()

    class Meta:
        indexes = [models.Index(fields=["person", "meeting"], name="forum_attendance_own")]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "person"], name="forum_attendance_once"),
            models.CheckConstraint(condition=Q(coming__in=("", *COMING)), name="forum_coming_known"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} at {self.meeting_id}"


class Takeaway(models.Model):
    """What came of a meeting, in a sentence; with somebody, it is theirs to do by a day."""

    whose: ClassVar[tuple[str, ...]] = ("person",)

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    made_id = models.UUIDField(unique=True)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="takeaways")
    words = models.CharField(max_length=LONGEST_LINE)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    by_on = models.DateField(null=True)
    made_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager[Takeaway]] = models.Manager()

    class Meta:
        ordering = ["made_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False) | Q(by_on__isnull=True, done_at__isnull=True),
                name="forum_takeaway_by_somebody",
            )
        ]

    def __str__(self) -> str:
        return self.words


class Topic(models.Model):
    """What somebody would like to talk about; with a meeting, it stands on that agenda."""

    whose: ClassVar[tuple[str, ...]] = ("person",)

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    made_id = models.UUIDField(unique=True)
    forum = models.ForeignKey(Forum, on_delete=models.CASCADE, related_name="topics")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, null=True, related_name="topics")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    words = models.CharField(max_length=LONGEST_LINE)
    state = models.CharField(max_length=10, default=TOPIC.start, choices=TOPIC.choices)
    made_at = models.DateTimeField()

    objects: ClassVar[models.Manager[Topic]] = models.Manager()

    class Meta:
        ordering = ["made_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=TOPIC.states), name="forum_topic_state_known"),
            models.CheckConstraint(
                condition=~Q(state="taken") | Q(meeting__isnull=False), name="forum_topic_taken_where"
            ),
        ]

    def __str__(self) -> str:
        return self.words


class Support(models.Model):
    """Somebody would like to talk about it, too. Pages give a number and never names."""

    whose: ClassVar[tuple[str, ...]] = ("person",)

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="supports")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[models.Manager[Support]] = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["topic", "person"], name="forum_topic_support_once")]

    def __str__(self) -> str:
        return f"{self.person_id} for {self.topic_id}"
