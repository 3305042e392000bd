"""Views of somebody's skills, goals for a skill, and objections to a proof. Levels are computed, never stored."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from craftpath.domain.apprenticeships.rules import seen_by_helpers
from craftpath.domain.growth.states import GOAL, OBJECTION
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import Scope, Scoped
from craftpath.values.ref import Ref

VIEWS = ("self", "mentor")
LONGEST_GOAL, LONGEST_WORDS = 200, 300


class SkillView(Scoped):
    """What one person thinks of an apprentice's skills in a stage, on the scale of 1 to 4. Superseded, never altered.

    `levels` maps keys of skills to a level; a skill that is not in it was not rated, which is no 0. The view of the
    apprentice (`self`) is kept apart and never in a level; one of a mentor or trainer (`mentor`) is a proof.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    enrolment = models.ForeignKey("apprenticeships.Enrolment", on_delete=models.PROTECT, related_name="+")
    stage = models.ForeignKey("programmes.Stage", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=[(one, one) for one in VIEWS])
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    levels = models.JSONField(default=dict)
    words = models.CharField(max_length=LONGEST_WORDS, blank=True)
    made_id = models.UUIDField(help_text="named by the form, so that it is kept once")
    is_current = models.BooleanField(default=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["by", "made_id"], name="skill_view_made_once"),
            models.UniqueConstraint(
                fields=["enrolment", "stage", "by"],
                condition=Q(is_current=True),
                name="skill_view_current_once",
            ),
            models.CheckConstraint(condition=Q(kind__in=VIEWS), name="skill_view_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.enrolment_id}"

    @property
    def ref(self) -> Ref:
        """The pointer that proofs keep."""
        return Ref("growth", "view", self.public_id)

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """As helpers see it."""
        return seen_by_helpers(scope)


class SkillGoal(Scoped):
    """What an apprentice wants to do next for one skill, in the own words; whoever helps reads it."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    enrolment = models.ForeignKey("apprenticeships.Enrolment", on_delete=models.PROTECT, related_name="+")
    skill = models.SlugField(max_length=60)
    words = models.CharField(max_length=LONGEST_GOAL)
    state = models.CharField(max_length=12, default=GOAL.start, choices=GOAL.choices)
    set_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "skill"], condition=Q(state="open"), name="skill_goal_open_once"
            ),
            models.CheckConstraint(condition=Q(state__in=GOAL.states), name="skill_goal_state_known"),
            models.CheckConstraint(condition=~Q(words=""), name="skill_goal_says_something"),
            models.CheckConstraint(
                condition=Q(state="open", ended_at__isnull=True)
                | (~Q(state="open") & Q(ended_at__isnull=False)),
                name="skill_goal_ended_with_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.skill} {self.state}"

    @property
    def ref(self) -> Ref:
        """The pointer that the history keeps."""
        return Ref("growth", "goal", self.public_id)

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """As helpers see it."""
        return seen_by_helpers(scope)


class SkillObjection(Scoped):
    """An apprentice says that a proof is not about this skill; `proof` is what it is found by. Once for each.

    `skill` is the one that the proof was tagged with, so that the objection holds in every framework.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    enrolment = models.ForeignKey("apprenticeships.Enrolment", on_delete=models.PROTECT, related_name="+")
    proof = models.CharField(max_length=80)
    skill = models.SlugField(max_length=60)
    words = models.CharField(max_length=LONGEST_WORDS)
    raised_at = models.DateTimeField()
    state = models.CharField(max_length=12, default=OBJECTION.start, choices=OBJECTION.choices)
    answer = models.CharField(max_length=LONGEST_WORDS, blank=True)
    ended_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "proof", "skill"],
                condition=~Q(state="withdrawn"),
                name="skill_objection_once",
            ),
            models.CheckConstraint(condition=Q(state__in=OBJECTION.states), name="skill_objection_known"),
            models.CheckConstraint(condition=~Q(words=""), name="skill_objection_says_why"),
            models.CheckConstraint(
                condition=Q(state="open", ended_at__isnull=True)
                | (~Q(state="open") & Q(ended_at__isnull=False)),
                name="skill_objection_ended_with_time",
            ),
            models.CheckConstraint(
                condition=~Q(state="rejected") | ~Q(answer=""), name="skill_objection_answered"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.proof} {self.skill} {self.state}"

    @property
    def ref(self) -> Ref:
        """The pointer that the history keeps."""
        return Ref("growth", "objection", self.public_id)

    @classmethod
    def seen_by(cls, scope: Scope) -> Any:
        """As helpers see it."""
        return seen_by_helpers(scope)
