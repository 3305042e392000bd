"""Writing sessions and attendance; each side in a room of its own."""

from __future__ import annotations

from craftpath.domain.learning.answering import confirm_own_attendance, dispute_attendance
from craftpath.domain.learning.changing import change_session
from craftpath.domain.learning.closing import Closed, close_session, settle_attendance
from craftpath.domain.learning.planning import Plan, cancel_session, plan_session, ref
from craftpath.domain.learning.rolling import Said, Taken, take_roll

__all__ = [
    "Closed",
    "Plan",
    "Said",
    "Taken",
    "cancel_session",
    "change_session",
    "close_session",
    "confirm_own_attendance",
    "dispute_attendance",
    "plan_session",
    "ref",
    "settle_attendance",
    "take_roll",
]
