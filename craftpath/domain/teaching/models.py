"""Teams with their members and planned weeks, what was taught; peaks; when people can teach."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from craftpath.domain.apprenticeships.rules import cohorts_seen_by, hosts_seen_by
from craftpath.domain.teaching.states import PEAK, TAUGHT, TEAM
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import Scope, Scoped, below
from craftpath.values.period import Period
from craftpath.values.ref import Ref

KINDS = ("trainer", "skilled_master", "enterprise_mentor", "entrepreneur")
ROLES = ("lead", "member")
LEVELS = ("light", "hard", "nobody")
SOURCES = ("session", "entered")
OPEN = ("proposed", "active")
WHOLE = 1000
"""Shares are in thousandths of the unit's minutes; what they lack to the whole is open."""
LONGEST_WORDS = 300
LONGEST_TOPICS = 200
A_DAY = 24 * 60
A_WEEK = 7 * A_DAY


def _known(values: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(value, value) for value in values]


class Team(Scoped):
    """The people who teach one unit of one class between two days; of a unit there is one team at a time.

    `notes` are what the last planning has to say, as [code, facts]; sentences are chosen from them at the door.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    unit = models.ForeignKey("training.PlanUnit", on_delete=models.PROTECT, related_name="+")
    cohort = models.ForeignKey("apprenticeships.Cohort", on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, default=TEAM.start, choices=TEAM.choices)
    starts_on = models.DateField()
    ends_on = models.DateField(help_text="the first day without it")
    because = models.CharField(max_length=LONGEST_WORDS, blank=True, help_text="why declined or ended")
    made_at = models.DateTimeField()
    agreed_at = models.DateTimeField(null=True)
    planned_at = models.DateTimeField(null=True)
    notes = models.JSONField(default=list, help_text="[[code, facts], …] of the last planning")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=TEAM.states), name="team_state_known"),
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="team_some_days"),
            models.UniqueConstraint(fields=["unit"], condition=Q(state__in=OPEN), name="team_once_a_unit"),
        ]

    def __str__(self) -> str:
        return f"team of unit {self.unit_id}"

    @property
    def ref(self) -> Ref:
        """The pointer that other rows keep."""
        return Ref("teaching", "team", self.public_id)

    @property
    def span(self) -> Period:
        """Its days."""
        return Period(self.starts_on, self.ends_on)

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Those of the cohorts that one sees, and those in which one teaches."""
        mine = TeamMember.objects.filter(person=scope.person_id).order_by()
        return cohorts_seen_by(scope, "cohort") | Q(pk__in=mine.values("team_id"))


class TeamMember(models.Model):
    """Somebody in a team: as what, with which share, where from, between which days (none: those of the team).

    A guest has no account: `affiliation` and `contact` are in words, and the office speaks for the person.
    """

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="members")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=_known(KINDS))
    role = models.CharField(max_length=8, choices=_known(ROLES))
    share = models.PositiveSmallIntegerField(help_text="thousandths of the unit's minutes")
    topics = models.CharField(max_length=LONGEST_TOPICS, blank=True)
    place = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    guest = models.BooleanField(default=False)
    affiliation = models.CharField(max_length=120, blank=True, help_text="of a guest: organisation and post")
    contact = models.CharField(max_length=120, blank=True, help_text="of a guest: telephone or mail")
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True, help_text="the first day without")
    accepted_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager[TeamMember]] = models.Manager()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["person"], name="team_member_by_person")]
        constraints = [
            models.UniqueConstraint(fields=["team", "person"], name="team_member_once"),
            models.UniqueConstraint(fields=["team"], condition=Q(role="lead"), name="team_one_lead"),
            models.CheckConstraint(condition=Q(kind__in=KINDS), name="team_member_kind_known"),
            models.CheckConstraint(condition=Q(role__in=ROLES), name="team_member_role_known"),
            models.CheckConstraint(condition=Q(share__range=(1, WHOLE)), name="team_member_share_in_range"),
            models.CheckConstraint(
                condition=Q(guest=True, place__isnull=True) | Q(guest=False, place__isnull=False),
                name="team_member_guest_or_placed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.team_id}"

    def within(self, days: Period) -> Period:
        """The days of the member, within those of the team; none where they do not meet."""
        first = max(self.starts_on or days.start, days.start)
        return Period(first, max(first, min(self.ends_on or days.end, days.end)))


class PlannedHours(models.Model):
    """Minutes of a member in the week of a Monday; a pinned row was set by hand and stays when hours are laid anew."""

    member = models.ForeignKey(TeamMember, on_delete=models.CASCADE, related_name="planned")
    week = models.DateField(help_text="a Monday")
    minutes = models.PositiveIntegerField()
    pinned = models.BooleanField(default=False)

    objects: ClassVar[models.Manager[PlannedHours]] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "week"], name="planned_once_a_week"),
            models.CheckConstraint(condition=Q(minutes__lte=A_WEEK), name="planned_within_a_week"),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} {self.week} {self.minutes}"


class TaughtHours(Scoped):
    """Minutes that a member taught on a day; `key` makes one session, or one press of a button, one row."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="taught")
    member = models.ForeignKey(TeamMember, on_delete=models.PROTECT, related_name="taught")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    minutes = models.PositiveSmallIntegerField()
    topic = models.CharField(max_length=LONGEST_TOPICS, blank=True)
    title = models.JSONField(default=dict, help_text="of a session, in the languages that it has")
    source = models.CharField(max_length=8, choices=_known(SOURCES))
    key = models.CharField(max_length=80, unique=True)
    state = models.CharField(max_length=12, default=TAUGHT.start, choices=TAUGHT.choices)
    because = models.CharField(max_length=LONGEST_WORDS, blank=True, help_text="why sent back")
    entered_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    entered_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["person", "on"], name="taught_by_day"),
            models.Index(fields=["team", "on"], name="taught_by_team"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=TAUGHT.states), name="taught_state_known"),
            models.CheckConstraint(condition=Q(source__in=SOURCES), name="taught_source_known"),
            models.CheckConstraint(condition=Q(minutes__range=(1, A_DAY)), name="taught_minutes_of_a_day"),
            models.CheckConstraint(
                condition=~Q(state="confirmed") | Q(confirmed_at__isnull=False), name="taught_confirmed_when"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.on} {self.minutes}"

    @property
    def ref(self) -> Ref:
        """The pointer that a duty or a line of history keeps."""
        return Ref("teaching", "taught", self.public_id)

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """One's own, those of the organisations below, and those of the teams that one leads."""
        leads = TeamMember.objects.filter(person=scope.person_id, role="lead").order_by()
        own = Q(person=scope.person_id) | Q(team__in=leads.values("team_id"))
        return own | below(scope, "team__organisation") | below(scope, "member__place")


class ProductionPeak(Scoped):
    """Days on which an enterprise spares fewer people or none: everywhere, or in some departments."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    departments = models.ManyToManyField("training.Department", related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField(help_text="the first day after it")
    level = models.CharField(max_length=8, choices=_known(LEVELS))
    words = models.CharField(max_length=LONGEST_WORDS, blank=True)
    state = models.CharField(max_length=12, default=PEAK.start, choices=PEAK.choices)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(level__in=LEVELS), name="peak_level_known"),
            models.CheckConstraint(condition=Q(state__in=PEAK.states), name="peak_state_known"),
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="peak_some_days"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.starts_on} {self.level}"

    @property
    def ref(self) -> Ref:
        """The pointer that lines of history keep."""
        return Ref("teaching", "peak", self.public_id)

    @property
    def span(self) -> Period:
        """Its days."""
        return Period(self.starts_on, self.ends_on)

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Those of one's organisations, and those where apprentices whom one sees are learning."""
        return below(scope, "organisation") | hosts_seen_by(scope, "organisation")


class Availability(models.Model):
    """How much somebody teaches in a week at most, and on which days of the week; without a row the usual holds."""

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="+")
    weekly = models.PositiveSmallIntegerField(help_text="minutes a week at most")
    weekdays = models.JSONField(default=list, help_text="0 is Monday")
    changed_at = models.DateTimeField()

    objects: ClassVar[models.Manager[Availability]] = models.Manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(weekly__lte=A_WEEK), name="availability_within_a_week"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.weekly}"


class Away(models.Model):
    """Days on which somebody cannot teach; why is nobody's business."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField(help_text="the first day back")

    objects: ClassVar[models.Manager[Away]] = models.Manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="away_some_days"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.starts_on}"

    @property
    def span(self) -> Period:
        """Its days."""
        return Period(self.starts_on, self.ends_on)
