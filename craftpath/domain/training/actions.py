"""Writing plans, the rotation and hours; each in a room of its own."""

from __future__ import annotations

from craftpath.domain.training.adding import Wanted, add_stays
from craftpath.domain.training.hours import Posting, post_hours, reverse_hours
from craftpath.domain.training.moving import Move, cancel_stay, end_stay, move_stay
from craftpath.domain.training.own_units import NewUnit, add_unit, take_out_unit
from craftpath.domain.training.planning import UnitChange, change_plan, draft_plan, save_department
from craftpath.domain.training.publishing import publish_pattern, undo_pattern

__all__ = [
    "Move",
    "NewUnit",
    "Posting",
    "UnitChange",
    "Wanted",
    "add_stays",
    "add_unit",
    "cancel_stay",
    "change_plan",
    "draft_plan",
    "end_stay",
    "move_stay",
    "post_hours",
    "publish_pattern",
    "reverse_hours",
    "save_department",
    "take_out_unit",
    "undo_pattern",
]
