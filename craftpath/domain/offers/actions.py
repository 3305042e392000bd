"""Writing requests: asking, answering, following up; each in a room of its own."""

from __future__ import annotations

from craftpath.domain.offers.answering import Said, agree_on, decline_request, send_message
from craftpath.domain.offers.asking import (
    Asked,
    change_request,
    expire_request,
    open_request,
    set_promise,
    withdraw_request,
)
from craftpath.domain.offers.following import finish_request, judge_outcome, start_request

__all__ = [
    "Asked",
    "Said",
    "agree_on",
    "change_request",
    "decline_request",
    "expire_request",
    "finish_request",
    "judge_outcome",
    "open_request",
    "send_message",
    "set_promise",
    "start_request",
    "withdraw_request",
]
