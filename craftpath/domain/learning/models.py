"""Sessions with their cohorts and teachers; roll calls, and what stands of them for each apprentice."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import F, Q

from craftpath.domain.apprenticeships.rules import cohorts_seen_by, enrolment_seen_by
from craftpath.domain.learning.states import SESSION
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import Scope, Scoped, below
from craftpath.values.text import Text

KINDS = ("lesson", "workshop", "safety_induction", "exam_preparation", "other")
MODES = ("on_site", "online", "mixed")
TEACHERS = ("trainer", "mentor", "skilled_master", "entrepreneur", "other")
STATUSES = ("present", "absent", "late", "excused", "left_early")
THERE = ("present", "late", "left_early")
SAYS = ("there", "not_there")
LONGEST = 400  # characters of an objection
DISPUTED = ~Q(says="") & Q(
    settled_at__isnull=True
)  # the apprentice says otherwise, and nobody has settled it


def _known(values: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(value, value) for value in values]


class Session(Scoped):
    """Something taught to one or more cohorts between two moments.

    `revision` counts the roll calls that changed something; a device says with its roll call which one it knew.
    `bucket` is the kind of hours that it counts as, "" for none; `online_minutes` of its length are online.
    `sequence` counts the changes of what was planned, as calendars ask; `was` has the time and place of before the
    last change that those who come had to be told of, and `changed_because` its reason.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    title = models.JSONField(default=dict)
    kind = models.CharField(max_length=20, choices=_known(KINDS))
    mode = models.CharField(max_length=10, choices=_known(MODES))
    place = models.CharField(max_length=120, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    bucket = models.SlugField(max_length=40, blank=True)
    online_minutes = models.PositiveSmallIntegerField(default=0)
    recorded = models.BooleanField(default=False, help_text="there is, or will be, a recording")
    state = models.CharField(max_length=20, default=SESSION.start, choices=SESSION.choices)
    revision = models.PositiveIntegerField(default=0)
    cancelled_because = models.CharField(max_length=200, blank=True)
    sequence = models.PositiveIntegerField(default=0)
    was = models.JSONField(
        default=dict, help_text="starts_at, ends_at, place before the last move; or nothing"
    )
    changed_because = models.CharField(max_length=200, blank=True)
    changed_at = models.DateTimeField(help_text="when it was planned, changed or cancelled")

    class Meta:
        indexes = [models.Index(fields=["organisation", "starts_at"], name="session_by_day")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=SESSION.states), name="session_state_known"),
            models.CheckConstraint(condition=Q(kind__in=KINDS), name="session_kind_known"),
            models.CheckConstraint(condition=Q(mode__in=MODES), name="session_mode_known"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="session_ends_after_start"),
            models.CheckConstraint(
                condition=Q(cancelled_because="") | Q(state="cancelled"), name="session_cancelled_with_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{Text.of(self.title).both()} {self.starts_at:%Y-%m-%d %H:%M}"

    @property
    def minutes(self) -> int:
        """How long it is."""
        return int((self.ends_at - self.starts_at).total_seconds()) // 60

    @property
    def on(self) -> date:
        """The day on which it begins, where it is held."""
        return self.starts_at.astimezone(ZoneInfo(self.organisation.time_zone)).date()

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Those of one's organisations, of the cohorts that one sees, and those that one teaches."""
        cohorts = SessionCohort.objects.filter(cohorts_seen_by(scope, "cohort")).values("session_id")
        return below(scope, "organisation") | Q(pk__in=cohorts) | taught_by(scope, "pk")


class SessionCohort(models.Model):
    """A cohort that a session is for."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="cohorts")
    cohort = models.ForeignKey("apprenticeships.Cohort", on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[models.Manager[SessionCohort]] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "cohort"], name="session_cohort_once"),
        ]

    def __str__(self) -> str:
        return f"{self.session_id} for {self.cohort_id}"


class SessionTeacher(models.Model):
    """Somebody who teaches a session, and as what."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="teachers")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=_known(TEACHERS))

    objects: ClassVar[models.Manager[SessionTeacher]] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "person"], name="session_teacher_once"),
            models.CheckConstraint(condition=Q(kind__in=TEACHERS), name="session_teacher_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} teaches {self.session_id}"


class Roll(models.Model):
    """A roll call as it was said: never altered, and taken once by the name (`made_id`) that a device gave it.

    `base` is the session's revision that the device knew, `revision` the one after it. `marks` maps the public ids of
    enrolments to [status, minutes or null].
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="rolls")
    made_id = models.UUIDField()
    base = models.PositiveIntegerField()
    revision = models.PositiveIntegerField()
    marks = models.JSONField()
    taken_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    taken_at = models.DateTimeField(help_text="by the device's clock, never later than it arrived")
    saved_at = models.DateTimeField()

    objects: ClassVar[models.Manager[Roll]] = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "made_id"], name="roll_made_once")]

    def __str__(self) -> str:
        return f"{self.session_id} {self.revision}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert; a second save is refused, since what was said is not rewritten."""
        if self.pk is not None:
            raise TypeError("a roll call is never altered")
        super().save(*args, **kwargs)


class Attendance(Scoped):
    """Whether one apprentice was at one session: what stands of the roll calls, and what the apprentice says to it.

    `since` is the session's revision that brought the present status; `counted` are the minutes that stand in the
    ledger for it. An objection (`says`) that is not settled, or another mark beside this one, keeps the hours out.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="attendances")
    enrolment = models.ForeignKey("apprenticeships.Enrolment", on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=12, choices=_known(STATUSES))
    minutes = models.PositiveSmallIntegerField()
    roll = models.ForeignKey(Roll, on_delete=models.PROTECT, related_name="+")
    marked_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    marked_at = models.DateTimeField()
    since = models.PositiveIntegerField()
    revision = models.PositiveIntegerField(default=1)
    counted = models.PositiveSmallIntegerField(default=0)
    confirmed_at = models.DateTimeField(null=True, help_text="by the apprentice")
    says = models.CharField(max_length=12, blank=True, choices=_known(SAYS))
    words = models.CharField(max_length=LONGEST, blank=True, help_text="the apprentice's own")
    said_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["enrolment", "session"], name="attendance_by_person"),
            models.Index(fields=["session"], condition=DISPUTED, name="attendance_disputed"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["session", "enrolment"], name="attendance_once"),
            models.CheckConstraint(condition=Q(status__in=STATUSES), name="attendance_status_known"),
            models.CheckConstraint(
                condition=Q(status__in=THERE) | Q(minutes=0), name="attendance_away_without_minutes"
            ),
            models.CheckConstraint(
                condition=Q(says="", said_at__isnull=True) | (~Q(says="") & Q(said_at__isnull=False)),
                name="attendance_said_when",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True) | Q(says="") | Q(settled_at__isnull=False),
                name="attendance_confirmed_or_disputed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.status} at {self.session_id}"

    @property
    def disputed(self) -> bool:
        """Whether the apprentice says that it was otherwise, and nobody has settled it."""
        return bool(self.says) and self.settled_at is None

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Those of the apprentices whom one sees, and of the sessions that one teaches."""
        return enrolment_seen_by(scope, "enrolment__") | taught_by(scope, "session")


class OtherMark(models.Model):
    """What another roll call says about an apprentice who was marked differently: kept until somebody settles it."""

    attendance = models.ForeignKey(Attendance, on_delete=models.PROTECT, related_name="others")
    status = models.CharField(max_length=12, choices=_known(STATUSES))
    minutes = models.PositiveSmallIntegerField()
    roll = models.ForeignKey(Roll, on_delete=models.PROTECT, related_name="+")
    marked_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    marked_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager[OtherMark]] = models.Manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["attendance"], condition=Q(settled_at__isnull=True), name="other_mark_waiting"
            )
        ]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=STATUSES), name="other_mark_status_known"),
        ]

    def __str__(self) -> str:
        return f"{self.attendance_id} {self.status}"


def taught_by(scope: Scope, field: str) -> Q:
    """The condition that the reader is named as a teacher of the session in `field`."""
    mine = SessionTeacher.objects.filter(person=scope.person_id)
    return Q(**{f"{field}__in": mine.values("session_id")})
