"""Entries with their photos, remarks and other versions; talks."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from craftpath.domain.apprenticeships.rules import enrolment_seen_by
from craftpath.domain.logbook.states import ENTRY
from craftpath.kernel.files import KeptFile
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import Scope, Scoped

LONGEST = 4000  # characters of an entry
MINUTES_A_DAY = 24 * 60
KINDS = ("photo", "voice")
OUTCOMES = ("agrees", "partly", "differs")
SEEN_AS = ("alone", "helped", "not_yet")


class Entry(Scoped):
    """What one apprentice did on one day, or in a part of it.

    `made_id` was given by the device that wrote it, so the entry has a name before the server knows of it; `revision`
    counts what was accepted since. `digest` is of the content as it was confirmed. `likeness` (percent) and `like` say
    how much the text resembles an earlier entry of the same apprentice: a hint to the mentor, never a score.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    enrolment = models.ForeignKey("apprenticeships.Enrolment", on_delete=models.PROTECT, related_name="+")
    made_id = models.UUIDField()
    on = models.DateField()
    text = models.TextField(blank=True, max_length=LONGEST)
    minutes = models.PositiveSmallIntegerField(default=0)
    bucket = models.SlugField(max_length=40, blank=True, help_text="which kind of hours")
    place = models.CharField(
        max_length=120, blank=True, help_text="department or workshop, as the rotation has it"
    )
    unit = models.SlugField(max_length=60, blank=True)
    skill = models.SlugField(max_length=60, blank=True)
    state = models.CharField(max_length=20, default=ENTRY.start, choices=ENTRY.choices)
    revision = models.PositiveIntegerField(default=1)
    corrects = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="corrections", db_index=False
    )
    likeness = models.PositiveSmallIntegerField(default=0)
    like = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="+", db_index=False)
    returns = models.PositiveSmallIntegerField(default=0, help_text="how often it was sent back")
    written_at = models.DateTimeField(help_text="by the device's clock, never later than it arrived")
    saved_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    first_submitted_at = models.DateTimeField(
        null=True, help_text="when it was handed in at first, however often it was sent back"
    )
    confirmed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        # Nearly all rows correct nothing and resemble nothing: an index over that would mislead a planner
        # that has no statistics into reading all of them.
        indexes = [
            models.Index(fields=["corrects"], condition=Q(corrects__isnull=False), name="entry_corrections"),
            models.Index(fields=["enrolment", "-on"], name="entry_by_day"),
            models.Index(
                fields=["enrolment", "submitted_at"], condition=Q(state="submitted"), name="entry_waiting"
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "made_id"], name="entry_made_once"),
            models.CheckConstraint(condition=Q(state__in=ENTRY.states), name="entry_state_known"),
            models.CheckConstraint(condition=Q(minutes__lte=MINUTES_A_DAY), name="entry_within_a_day"),
            models.CheckConstraint(
                condition=Q(state="confirmed", confirmed_at__isnull=False, confirmed_by__isnull=False)
                | (~Q(state="confirmed") & Q(confirmed_at__isnull=True, confirmed_by__isnull=True)),
                name="entry_confirmed_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.on}"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Entries of the apprentices whom one sees; a draft is its writer's alone."""
        seen = enrolment_seen_by(scope, "enrolment__")
        return seen & (~Q(state="draft") | Q(enrolment__person=scope.person_id))


class EntryFile(models.Model):
    """A photo or a voice note of an entry; the kept file holds it without its place and device."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="files")
    made_id = models.UUIDField()
    kind = models.CharField(max_length=10, choices=[(kind, kind) for kind in KINDS])
    media_type = models.CharField(max_length=40)
    kept = models.ForeignKey(KeptFile, on_delete=models.PROTECT, related_name="+")
    width = models.PositiveSmallIntegerField(null=True)
    height = models.PositiveSmallIntegerField(null=True)
    added_at = models.DateTimeField()

    objects: ClassVar[models.Manager[EntryFile]] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "made_id"], name="entry_file_made_once"),
            models.CheckConstraint(condition=Q(kind__in=KINDS), name="entry_file_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.entry_id}"


class Remark(models.Model):
    """What a mentor or trainer says to an entry: a phrase of the bank, own words, or both."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="remarks")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    revision = models.PositiveIntegerField(help_text="which revision of the entry it is about")
    phrase = models.SlugField(max_length=40, blank=True)
    words = models.CharField(max_length=400, blank=True)

    objects: ClassVar[models.Manager[Remark]] = models.Manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(phrase="", words=""), name="remark_says_something")
        ]

    def __str__(self) -> str:
        return f"{self.phrase} {self.words}".strip()


class OtherVersion(models.Model):
    """What another device made of an entry that had moved on meanwhile: kept beside it until its writer has chosen."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="others")
    base = models.PositiveIntegerField(help_text="the revision that the device knew")
    content = models.JSONField(help_text="text, minutes, bucket, place, unit, skill, on")
    written_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    taken = models.BooleanField(default=False, help_text="whether its writer chose it")

    objects: ClassVar[models.Manager[OtherVersion]] = models.Manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(taken=False) | Q(settled_at__isnull=False),
                name="other_version_taken_when_settled",
            )
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} from {self.base}"


class Talk(Scoped):
    """A two-minute talk about one entry of a month, drawn at random: whether the apprentice can tell what it says."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    enrolment = models.ForeignKey("apprenticeships.Enrolment", on_delete=models.PROTECT, related_name="+")
    month = models.DateField(help_text="its first day")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="talks")
    outcome = models.CharField(max_length=10, choices=[(outcome, outcome) for outcome in OUTCOMES])
    held_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    held_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "month"], name="talk_once_a_month"),
            models.CheckConstraint(condition=Q(outcome__in=OUTCOMES), name="talk_outcome_known"),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.month:%Y-%m} {self.outcome}"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Talks with the apprentices whom one sees."""
        return enrolment_seen_by(scope, "enrolment__")


class Observation(Scoped):
    """What a mentor or trainer saw an apprentice do: a job in words, how it went, one skill. Never altered.

    It is evidence and no mark: rubrics and moderated marks stand in `evaluation`.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    enrolment = models.ForeignKey("apprenticeships.Enrolment", on_delete=models.PROTECT, related_name="+")
    made_id = models.UUIDField()
    on = models.DateField()
    job = models.CharField(max_length=200)
    seen_as = models.CharField(max_length=10, choices=[(way, way) for way in SEEN_AS])
    words = models.CharField(max_length=400, blank=True)
    skill = models.SlugField(max_length=60, blank=True)
    observed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    saved_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["enrolment", "-on"], name="observation_by_day")]
        constraints = [
            models.UniqueConstraint(fields=["observed_by", "made_id"], name="observation_made_once"),
            models.CheckConstraint(condition=Q(seen_as__in=SEEN_AS), name="observation_seen_as_known"),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.on} {self.job}"

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Observations of the apprentices whom one sees."""
        return enrolment_seen_by(scope, "enrolment__")
