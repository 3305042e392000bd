"""Messages to web hooks: what they say, tries and backing off, the end of a hook that never answers."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from craftpath.delivery.jobs import hooking
from craftpath.kernel import hooks as kept
from craftpath.kernel.access import system
from craftpath.kernel.audit import AuditEntry
from craftpath.kernel.hooks import (
    MOST_FAILURES,
    TRIES,
    Hook,
    HookDelivery,
    add_hook,
    send_counts,
    switch_hook,
    test_hook,
    waiting,
)
from craftpath.values.verdict import Refused, not_now
from tests.cast import AT, TODAY, Cast

pytestmark = pytest.mark.usefixtures("all_rows")
test_hook.__test__ = False  # type: ignore[attr-defined]  # a verb of the product, no test
COUNTS = [("logbook.week_waits", 6, 2), ("logbook.week_due", 17, 0)]


@pytest.fixture(autouse=True)
def _nothing_runs_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "enqueue", lambda *args: None)


class Bot:
    """The other side: what it was sent, and what it answers next."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.sent: list[Any] = []
        self.answers: list[Any] = []
        monkeypatch.setattr(hooking, "target_of", lambda address: address)
        monkeypatch.setattr(hooking, "post", self.post)

    def post(self, target: Any, content: bytes) -> tuple[int, bytes]:
        self.sent.append(json.loads(content))
        answer = self.answers.pop(0) if self.answers else (200, b'{"errcode": 0, "errmsg": "ok"}')
        if isinstance(answer, str):
            raise Refused(not_now(answer, seconds=5))
        return answer


@pytest.fixture
def bot(monkeypatch: pytest.MonkeyPatch) -> Bot:
    return Bot(monkeypatch)


def added(cast: Cast, shape: str = "wecom", address: str = "https://bot.example/send?key=secret") -> Hook:
    return add_hook(
        cast.college, name="教务群", shape=shape, address=address, topics=["log"],
        by=cast.actor("administrator"), at=AT,
    )  # fmt: skip


def queued(hook: Hook, day: int = 0) -> HookDelivery:
    moment = AT + timedelta(days=day)
    row = send_counts(hook, TODAY + timedelta(days=day), COUNTS, by=system(), at=moment)
    assert row is not None
    return row


@pytest.mark.parametrize(
    ("shape", "said"),
    [
        ("wecom", lambda sent: sent["text"]["content"]),
        ("dingtalk", lambda sent: sent["text"]["content"]),
        ("feishu", lambda sent: sent["content"]["text"]),
        ("plain", lambda sent: sent["text"]),
    ],
)
def test_a_bot_hears_counts_and_no_names(cast: Cast, bot: Bot, shape: str, said: Any) -> None:
    row = queued(added(cast, shape))
    hooking.deliver(row.pk, at=AT)
    words = said(bot.sent[0])
    assert "学习日志待师傅确认：6 项，其中逾期 2 项" in words
    assert not any(person.name in words for person in cast.people.values())
    row.refresh_from_db()
    assert (row.state, row.answer) == ("delivered", "")


def test_a_day_s_message_goes_once_and_no_counts_go_nowhere(cast: Cast) -> None:
    hook = added(cast)
    assert send_counts(hook, TODAY, COUNTS, by=system(), at=AT) is not None
    assert send_counts(hook, TODAY, COUNTS, by=system(), at=AT) is None
    assert send_counts(hook, TODAY + timedelta(days=1), [], by=system(), at=AT) is None


def test_two_workers_do_not_send_one_message_twice(cast: Cast, bot: Bot) -> None:
    row = queued(added(cast))
    bot.answers = ["kernel.hook_slow"]
    hooking.deliver(row.pk, at=AT)
    hooking.deliver(row.pk, at=AT)
    assert len(bot.sent) == 1


def test_it_is_tried_again_ever_later_and_then_given_up(cast: Cast, bot: Bot) -> None:
    row, now = queued(added(cast)), AT
    bot.answers = ["kernel.hook_slow"] * TRIES
    pauses = []
    for _try in range(TRIES):
        hooking.deliver(row.pk, at=now)
        row.refresh_from_db()
        if row.state == "waiting":
            pauses.append(row.next_at - now)
            assert waiting(now) == []
            now = row.next_at
            assert waiting(now) == [row.pk]
    assert pauses == sorted(pauses)
    assert len(pauses) == TRIES - 1
    assert (row.state, row.answer, row.facts) == ("failed", "kernel.hook_slow", {"seconds": 5})
    hooking.deliver(row.pk, at=now + timedelta(days=1))
    assert len(bot.sent) == TRIES


def test_a_hook_that_never_answers_is_switched_off_with_the_reason(cast: Cast, bot: Bot) -> None:
    hook = added(cast)
    bot.answers = ["kernel.hook_slow"] * TRIES * MOST_FAILURES
    for day in range(MOST_FAILURES):
        row = queued(hook, day)
        for _try in range(TRIES):
            hooking.deliver(row.pk, at=row.next_at)
            row.refresh_from_db()
    hook.refresh_from_db()
    assert hook.off_at is not None
    assert hook.off_because == "kernel.hook_slow"
    assert AuditEntry.objects.get(fact="kernel.hook_switched").payload["state"] == "failed"
    by = cast.actor("administrator")
    hook = switch_hook(hook, "on", by=by, at=AT)
    assert (hook.off_at, hook.failures, hook.off_because) == (None, 0, "")


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ((302, b""), "kernel.hook_redirects"),
        ((404, b""), "kernel.hook_answered"),
        ((200, b"<html>"), "kernel.hook_answered_otherwise"),
        ((200, b"[]"), "kernel.hook_answered_otherwise"),
        ((200, b'{"errcode": 93000}'), "kernel.hook_bot_refused"),
    ],
)
def test_what_a_bot_answers_is_understood(cast: Cast, bot: Bot, answer: Any, reason: str) -> None:
    row = queued(added(cast))
    bot.answers = [answer]
    hooking.deliver(row.pk, at=AT)
    row.refresh_from_db()
    assert row.answer == reason


def test_a_hook_that_was_removed_meanwhile_hears_nothing(cast: Cast, bot: Bot) -> None:
    hook = added(cast)
    row = queued(hook)
    switch_hook(hook, "removed", by=cast.actor("administrator"), at=AT)
    hooking.deliver(row.pk, at=AT)
    assert bot.sent == []


def test_one_address_once_and_only_whoever_runs_the_organisation(cast: Cast) -> None:
    added(cast)
    with pytest.raises(Refused) as caught:
        added(cast)
    assert caught.value.verdict.reason == "kernel.hook_twice"
    with pytest.raises(Refused):
        add_hook(
            cast.college, name="x", shape="plain", address="https://b.example/", topics=["log"],
            by=cast.actor("coordinator"), at=AT,
        )  # fmt: skip
    with pytest.raises(Refused):
        add_hook(
            cast.city, name="x", shape="plain", address="https://b.example/", topics=["log"],
            by=cast.actor("administrator"), at=AT,
        )  # fmt: skip


def test_a_test_message_goes_once_a_minute(cast: Cast) -> None:
    hook, by = added(cast), cast.actor("administrator")
    assert test_hook(hook, by=by, at=AT) is not None
    assert test_hook(hook, by=by, at=AT + timedelta(seconds=20)) is None
    assert test_hook(hook, by=by, at=AT + timedelta(minutes=1)) is not None
