"""What can have happened; what people said of skills belongs to no organisation's history."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from craftpath.kernel.facts import Fact, fact


@fact
@dataclass(frozen=True)
class SkillsViewed(Fact):
    """Somebody rated the skills of an apprentice: the own ones, or as a mentor."""

    code: ClassVar[str] = "growth.skills_viewed"
    confidential: ClassVar[bool] = True
    kind: str
    skills: int


@fact
@dataclass(frozen=True)
class SkillGoalSet(Fact):
    """An apprentice set a goal for a skill, or said it in other words."""

    code: ClassVar[str] = "growth.goal_set"
    confidential: ClassVar[bool] = True
    skill: str


@fact
@dataclass(frozen=True)
class SkillGoalEnded(Fact):
    """A goal for a skill was reached or dropped."""

    code: ClassVar[str] = "growth.goal_ended"
    confidential: ClassVar[bool] = True
    skill: str
    state: str


@fact
@dataclass(frozen=True)
class SkillObjected(Fact):
    """An apprentice says that a proof is not about this skill."""

    code: ClassVar[str] = "growth.objected"
    confidential: ClassVar[bool] = True
    skill: str
    proof: str


@fact
@dataclass(frozen=True)
class SkillObjectionEnded(Fact):
    """An objection to a proof was answered or taken back."""

    code: ClassVar[str] = "growth.objection_ended"
    confidential: ClassVar[bool] = True
    skill: str
    state: str
