"""Writing about study groups: forming and joining, meeting, notes and tasks, the end and what is confirmed."""

from craftpath.domain.groups.ending import (
    Result,
    confirm_result,
    end_group,
    reopen_group,
    sign_result,
)
from craftpath.domain.groups.forming import Plan, change_group, form_group, set_group_rule
from craftpath.domain.groups.joining import (
    accept_invitation,
    answer_request,
    ask_to_join,
    decline_invitation,
    dissolve_group,
    invite_mates,
    leave_group,
    part_with,
)
from craftpath.domain.groups.meeting import (
    agree_swap,
    ask_swap,
    cancel_session,
    hold_session,
    object_presence,
    refuse_swap,
    settle_presence,
)
from craftpath.domain.groups.topics import say_topics
from craftpath.domain.groups.working import add_task, drop_task, finish_task, reopen_task, write_notes

__all__ = [
    "Plan",
    "Result",
    "add_task",
    "accept_invitation",
    "answer_request",
    "agree_swap",
    "ask_swap",
    "ask_to_join",
    "cancel_session",
    "change_group",
    "confirm_result",
    "decline_invitation",
    "dissolve_group",
    "drop_task",
    "end_group",
    "finish_task",
    "form_group",
    "hold_session",
    "invite_mates",
    "leave_group",
    "object_presence",
    "part_with",
    "refuse_swap",
    "reopen_group",
    "reopen_task",
    "say_topics",
    "set_group_rule",
    "settle_presence",
    "sign_result",
    "write_notes",
]
