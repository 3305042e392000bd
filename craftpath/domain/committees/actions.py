"""Writing about committees: seats, meetings, motions and votes, decisions."""

from craftpath.domain.committees.deciding import drop_decision, note_decision, tick_decision
from craftpath.domain.committees.meeting import (
    add_item,
    cancel_meeting,
    plan_meeting,
    recall_minutes,
    send_minutes,
    sign_minutes,
    write_minutes,
)
from craftpath.domain.committees.sitting import (
    end_committee,
    end_seat,
    found_committee,
    name_deputy,
    seat_person,
)
from craftpath.domain.committees.voting import (
    cast_vote,
    close_motion,
    open_motion,
    prepare_motion,
    withdraw_motion,
)

__all__ = [
    "add_item",
    "cancel_meeting",
    "cast_vote",
    "close_motion",
    "drop_decision",
    "end_committee",
    "end_seat",
    "found_committee",
    "name_deputy",
    "note_decision",
    "open_motion",
    "plan_meeting",
    "prepare_motion",
    "recall_minutes",
    "seat_person",
    "send_minutes",
    "sign_minutes",
    "tick_decision",
    "withdraw_motion",
    "write_minutes",
]
