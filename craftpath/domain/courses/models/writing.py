"""Courses as they are written: versions, units, activities, files."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from craftpath.domain.courses.states import COURSE, KINDS, MEDIA
from craftpath.kernel.files import KeptFile
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import Scope, Scoped, below
from craftpath.values.ref import Ref
from craftpath.values.text import Text

LONGEST_NAME = 160
LONGEST_LINK = 500


class Course(Scoped):
    """What is taught on line, for what, and which skills it trains."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    made_id = models.UUIDField(unique=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    title = models.JSONField(default=dict)
    aim = models.JSONField(default=dict, help_text="what it is for")
    skills = models.JSONField(default=list, help_text="keys of skills")
    occupation = models.ForeignKey(
        "occupations.Occupation", on_delete=models.PROTECT, null=True, related_name="+"
    )
    state = models.CharField(max_length=12, default=COURSE.start, choices=COURSE.choices)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=COURSE.states), name="course_state_known")
        ]

    def __str__(self) -> str:
        return Text.of(self.title).both()

    @property
    def ref(self) -> Ref:
        """The pointer that other rows keep."""
        return Ref("courses", "course", self.public_id)

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Those of one's organisations; whoever learns sees a course through its run."""
        return below(scope, "organisation")


class CourseVersion(models.Model):
    """A course at one time. Without a number it is the draft; with one it never changes again."""

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField(null=True)
    changes = models.CharField(max_length=500, blank=True, help_text="what is new, in words")
    published_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager[CourseVersion]] = models.Manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["course", "number"], name="course_version_once", nulls_distinct=False
            ),
            models.CheckConstraint(
                condition=Q(number__isnull=True, published_at__isnull=True)
                | Q(number__isnull=False, published_at__isnull=False),
                name="course_version_published_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.course_id} v{self.number or 'draft'}"


class Unit(models.Model):
    """Some activities in order, and how long they take; `key` is the same in every version."""

    version = models.ForeignKey(CourseVersion, on_delete=models.CASCADE, related_name="units")
    key = models.CharField(max_length=16, default=new_public_id)
    order = models.PositiveSmallIntegerField()
    title = models.JSONField(default=dict)
    minutes = models.PositiveSmallIntegerField(default=0, help_text="planned")

    objects: ClassVar[models.Manager[Unit]] = models.Manager()

    class Meta:
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["version", "key"], name="course_unit_once")]

    def __str__(self) -> str:
        return Text.of(self.title).both()


class Activity(models.Model):
    """One thing to do. What it holds stands in `content`, by kind (see `content.py`); `key` outlives versions."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="activities")
    key = models.CharField(max_length=16, default=new_public_id)
    order = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=[(one, one) for one in KINDS])
    title = models.JSONField(default=dict)
    content = models.JSONField(default=dict)

    objects: ClassVar[models.Manager[Activity]] = models.Manager()

    class Meta:
        ordering = ["unit__order", "order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "key"], name="course_activity_once"),
            models.CheckConstraint(condition=Q(kind__in=KINDS), name="course_activity_kind_known"),
        ]
        indexes = [models.Index(fields=["key"], name="course_activity_by_key")]

    def __str__(self) -> str:
        return Text.of(self.title).both()


class CourseFile(models.Model):
    """A file that pages and activities of one course show, by its public id; told by its bytes, not by its name."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="files")
    file = models.ForeignKey(KeptFile, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=[(one, one) for one in MEDIA])
    media_type = models.CharField(max_length=80)
    captions = models.ForeignKey(KeptFile, on_delete=models.PROTECT, null=True, related_name="+")
    captions_language = models.CharField(max_length=2, blank=True)

    objects: ClassVar[models.Manager[CourseFile]] = models.Manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=MEDIA), name="course_file_kind_known"),
            models.CheckConstraint(
                condition=Q(captions__isnull=True) | Q(kind__in=("video", "audio")),
                name="course_file_captions_of_a_recording",
            ),
        ]

    def __str__(self) -> str:
        return self.public_id


class Arrival(Scoped):
    """A file of somebody's that was looked at and may become a course."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    file = models.ForeignKey(KeptFile, on_delete=models.PROTECT, related_name="+")
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    course = models.ForeignKey(Course, on_delete=models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return self.public_id

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """As courses are."""
        return below(scope, "organisation")
