"""What a group works on: notes with their versions, tasks, and what members contributed as the trainer confirmed it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from craftpath.domain.groups.models.groups import StudyGroup
from craftpath.domain.groups.states import TASK
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.people import Person

LONGEST_NOTES = 20_000
LONGEST_TASK = 160
CONTRIBUTIONS = ("led", "brought", "attended", "notes", "tasks")


class NotesVersion(models.Model):
    """The notes as somebody left them. Never altered."""

    whose: ClassVar[tuple[str, ...]] = ("person",)

    group = models.ForeignKey(StudyGroup, on_delete=models.CASCADE, related_name="versions")
    revision = models.PositiveIntegerField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(blank=True)
    joined = models.BooleanField(default=False, help_text="written beside somebody else's, and put together")
    at = models.DateTimeField()

    objects: ClassVar[models.Manager[NotesVersion]] = models.Manager()

    class Meta:
        ordering = ["-revision"]
        constraints = [models.UniqueConstraint(fields=["group", "revision"], name="group_notes_once")]

    def __str__(self) -> str:
        return f"{self.group_id} {self.revision}"


class Task(models.Model):
    """Something to do: who, by when, and whether it is done."""

    whose: ClassVar[tuple[str, ...]] = ("person", "made_by")

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    made_id = models.UUIDField(unique=True)
    group = models.ForeignKey(StudyGroup, on_delete=models.CASCADE, related_name="tasks")
    words = models.CharField(max_length=LONGEST_TASK)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    until = models.DateField(null=True)
    state = models.CharField(max_length=8, default=TASK.start, choices=TASK.choices)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    done_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    done_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager[Task]] = models.Manager()

    class Meta:
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=Q(state__in=TASK.states), name="group_task_known")]

    def __str__(self) -> str:
        return self.words


class Contribution(models.Model):
    """A fact about one member that a trainer has confirmed: `count` of something, `out_of` so many if known."""

    whose: ClassVar[tuple[str, ...]] = ("person",)

    group = models.ForeignKey(StudyGroup, on_delete=models.PROTECT, related_name="contributions")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    enrolment = models.ForeignKey("apprenticeships.Enrolment", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=[(one, one) for one in CONTRIBUTIONS])
    count = models.PositiveSmallIntegerField()
    out_of = models.PositiveSmallIntegerField(default=0)
    on = models.DateField(help_text="the day that it counts for: when the group ended")
    confirmed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField()

    objects: ClassVar[models.Manager[Contribution]] = models.Manager()

    class Meta:
        indexes = [models.Index(fields=["enrolment", "on"], name="contribution_by_day")]
        constraints = [
            models.UniqueConstraint(fields=["group", "person", "kind"], name="contribution_once"),
            models.CheckConstraint(condition=Q(kind__in=CONTRIBUTIONS), name="contribution_known"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind} {self.count}"
