"""Messages to web hooks: looked at anew before each, signed, sent outside every transaction, tried a few times."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import translation

from craftpath.delivery.exchange.outward import post, target_of
from craftpath.delivery.exchange.waiting import message_said
from craftpath.kernel.access import system
from craftpath.kernel.hook_signing import signed_headers
from craftpath.kernel.hooks import HookDelivery, Shape, end_delivery, take_delivery, waiting
from craftpath.kernel.jobs import enqueue
from craftpath.values.verdict import Refused

_BOTS = {Shape.WECOM: "errcode", Shape.DINGTALK: "errcode", Shape.FEISHU: "code"}  # 0 says that it was taken


def deliver(pk: int, *, at: datetime) -> None:
    """Try one delivery, if it is its time and nobody else does."""
    row = take_delivery(pk, by=system(), at=at)
    if row is None:
        return
    reason, facts = ("kernel.hook_is_off", {}) if row.hook.off_at or row.hook.removed_at else _tried(row, at)
    end_delivery(row, reason, facts=facts, by=system(), at=at)


def queue_due(*, at: datetime) -> int:
    """Queue what waits for its next try; says how many. One that is queued twice is tried once."""
    due = waiting(at)
    for pk in due:
        enqueue("hook", pk)
    return len(due)


def _tried(row: HookDelivery, at: datetime) -> tuple[str, dict[str, Any]]:
    """The reason why it was not taken, with its facts; "" if it was."""
    with translation.override(settings.LANGUAGE_CODE):
        said = message_said(row.content, row.hook.organisation)
    body = payload(row.hook.shape, said)
    try:
        signed = signed_headers(row, body, at)
        target = target_of(row.hook.address)
        status, answer = post(target, body, signed) if signed else post(target, body)
    except Refused as refused:
        return refused.verdict.reason, dict(refused.verdict.facts)
    if 300 <= status < 400:
        return "kernel.hook_redirects", {"status": status}
    if not 200 <= status < 300:
        return "kernel.hook_answered", {"status": status}
    return _of_bot(row.hook.shape, answer)


def _of_bot(shape: str, answer: bytes) -> tuple[str, dict[str, Any]]:
    """Bots answer 200 to everything and say in the body whether they took it."""
    field = _BOTS.get(Shape(shape))
    if field is None:
        return "", {}
    try:
        said = json.loads(answer)
        code = said.get(field, 0)
    except (ValueError, AttributeError):
        return "kernel.hook_answered_otherwise", {}
    return ("", {}) if code == 0 else ("kernel.hook_bot_refused", {"status": str(code)[:20]})


def payload(shape: str, said: str) -> bytes:
    """A text as this kind of bot takes it."""
    if shape in (Shape.WECOM, Shape.DINGTALK):
        content: Any = {"msgtype": "text", "text": {"content": said}}
    elif shape == Shape.FEISHU:
        content = {"msg_type": "text", "content": {"text": said}}
    else:
        content = {"text": said}
    return json.dumps(content, ensure_ascii=False).encode("utf-8")
