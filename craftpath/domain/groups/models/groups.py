"""Groups, who is in them, and how many an organisation holds to be right."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from craftpath.domain.apprenticeships.rules import classes_of
from craftpath.domain.groups.states import GROUP, MEMBER
from craftpath.kernel.files import KeptFile
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import Scope, Scoped, below
from craftpath.values.ref import Ref

LONGEST_GOAL = 80  # as long as the title of a forum
LONGEST = 400
REACHED = ("yes", "partly", "no")


class StudyGroup(Scoped):
    """Some of a class who learn together: what for, until when, how often and where; at the end what came out.

    `why` keeps how a proposal came about, as rows of {teacher, learner, topic} with public ids of people. `stuck_on` is
    the day from which it counts as stuck: three of its rhythms after it last met. `notes` is the text as it stands,
    `notes_revision` how often it was written. Those who signed what came out have `signed_at` in their own row.
    """

    whose: ClassVar[tuple[str, ...]] = ("formed_by",)

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    made_id = models.UUIDField(unique=True, help_text="named by the form, so that it is formed once")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", db_index=False)
    cohort = models.ForeignKey("apprenticeships.Cohort", on_delete=models.PROTECT, related_name="+")
    formed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    formed_at = models.DateTimeField()
    goal = models.CharField(max_length=LONGEST_GOAL)
    skill = models.SlugField(max_length=60, blank=True)
    starts_on = models.DateField()
    until = models.DateField()
    open_to_join = models.BooleanField(default=False)
    weekday = models.PositiveSmallIntegerField(help_text="0 is Monday")
    time = models.TimeField()
    minutes = models.PositiveSmallIntegerField(default=60)
    every_weeks = models.PositiveSmallIntegerField(default=1)
    place = models.CharField(max_length=120, blank=True)
    link = models.URLField(max_length=400, blank=True)
    why = models.JSONField(default=list)
    state = models.CharField(max_length=10, default=GROUP.start, choices=GROUP.choices)
    stuck_on = models.DateField()
    notes = models.TextField(blank=True)
    notes_revision = models.PositiveIntegerField(default=0)
    result = models.CharField(max_length=LONGEST, blank=True)
    reached = models.CharField(max_length=6, blank=True, choices=[(one, one) for one in REACHED])
    again = models.CharField(max_length=LONGEST, blank=True, help_text="what they would do again")
    result_link = models.URLField(max_length=400, blank=True)
    result_file = models.ForeignKey(KeptFile, on_delete=models.PROTECT, null=True, related_name="+")
    result_type = models.CharField(max_length=80, blank=True, help_text="the media type of the file")
    ended_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "-formed_at"], name="study_group_at"),
            models.Index(fields=["stuck_on"], condition=Q(state="alive"), name="study_group_stuck"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=GROUP.states), name="study_group_state_known"),
            models.CheckConstraint(condition=Q(weekday__lte=6), name="study_group_weekday_known"),
            models.CheckConstraint(condition=Q(every_weeks__range=(1, 4)), name="study_group_rhythm_known"),
            models.CheckConstraint(
                condition=Q(until__gte=F("starts_on")), name="study_group_ends_after_start"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("ended", "confirmed")) | ~Q(result=""),
                name="study_group_ended_with_result",
            ),
        ]

    def __str__(self) -> str:
        return self.goal

    @property
    def ref(self) -> Ref:
        """The pointer that duties and lines of history keep."""
        return Ref("groups", "group", self.public_id)

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """Those in which one is, was, is asked or asks; of one's organisation all; open ones of one's classes."""
        mine = Member.objects.filter(person=scope.person_id).order_by()
        joinable = Q(open_to_join=True, state="alive", cohort__in=classes_of(scope).values("pk"))
        own = Q(formed_by=scope.person_id) | Q(pk__in=mine.values("group_id"))
        return own | below(scope, "organisation") | joinable

    @classmethod
    def read_by(cls, scope: Scope) -> Q:
        """Those whose notes, tasks and talk are for one: members, former ones too, and the organisation."""
        mine = Member.objects.filter(person=scope.person_id, joined_at__isnull=False).order_by()
        return Q(pk__in=mine.values("group_id")) | below(scope, "organisation")


def of_groups(scope: Scope, field: str) -> Q:
    """The condition that the group in `field` is seen."""
    seen = StudyGroup._base_manager.filter(StudyGroup.seen_by(scope)).order_by()
    return Q(**{f"{field}__in": seen.values("pk")})


class Member(models.Model):
    """What somebody is to a group; the row stays when somebody leaves, so that what was done keeps its name."""

    whose: ClassVar[tuple[str, ...]] = ("person",)

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    group = models.ForeignKey(StudyGroup, on_delete=models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    enrolment = models.ForeignKey("apprenticeships.Enrolment", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, default=MEMBER.start, choices=MEMBER.choices)
    since = models.DateTimeField(help_text="when the state began")
    joined_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)
    signed_at = models.DateTimeField(null=True, help_text="when the result was signed off")

    objects: ClassVar[models.Manager[Member]] = models.Manager()

    class Meta:
        ordering = ["joined_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["group", "person"], name="study_group_member_once"),
            models.CheckConstraint(condition=Q(state__in=MEMBER.states), name="study_group_member_known"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.state} {self.group_id}"


class GroupRule(models.Model):
    """How many make a group in an organisation and all below it; the nearest one counts."""

    organisation = models.OneToOneField(Organisation, on_delete=models.PROTECT, related_name="+")
    fewest = models.PositiveSmallIntegerField()
    most = models.PositiveSmallIntegerField()
    set_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    set_at = models.DateTimeField()

    objects: ClassVar[models.Manager[GroupRule]] = models.Manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(fewest__gte=2) & Q(fewest__lte=F("most")) & Q(most__lte=20),
                name="group_rule_makes_sense",
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id}: {self.fewest}–{self.most}"
