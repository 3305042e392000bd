"""Writing what people say of skills: views, goals, objections."""

from craftpath.domain.growth.goals import drop_goal, reach_goal, set_goal
from craftpath.domain.growth.objecting import (
    object_to_proof,
    reject_objection,
    uphold_objection,
    withdraw_objection,
)
from craftpath.domain.growth.viewing import view_skills

__all__ = [
    "drop_goal",
    "object_to_proof",
    "reach_goal",
    "reject_objection",
    "set_goal",
    "uphold_objection",
    "view_skills",
    "withdraw_objection",
]
