"""Writing incidents and complaints; each side in a room of its own."""

from __future__ import annotations

from craftpath.domain.care.complaining import (
    escalate_complaint,
    find_handler,
    make_complaint,
    name_person,
    read_answer,
    withdraw_complaint,
)
from craftpath.domain.care.handling import (
    acknowledge_complaint,
    call_in,
    close_complaint,
    decide_complaint,
    formalise_complaint,
    hand_over,
    mediate_complaint,
    open_complaint,
    say,
    talk_informally,
    tell_named,
)
from craftpath.domain.care.incidents import (
    act_on_incident,
    agree_measure,
    close_incident,
    finish_measure,
    investigate_incident,
    notify_authority,
    read_end,
    triage_incident,
    waive_notification,
)
from craftpath.domain.care.reporting import report_incident

__all__ = [
    "acknowledge_complaint",
    "act_on_incident",
    "agree_measure",
    "call_in",
    "close_complaint",
    "close_incident",
    "decide_complaint",
    "escalate_complaint",
    "find_handler",
    "finish_measure",
    "formalise_complaint",
    "hand_over",
    "investigate_incident",
    "make_complaint",
    "mediate_complaint",
    "name_person",
    "notify_authority",
    "open_complaint",
    "read_answer",
    "read_end",
    "report_incident",
    "say",
    "talk_informally",
    "tell_named",
    "triage_incident",
    "waive_notification",
    "withdraw_complaint",
]
