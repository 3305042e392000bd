"""Messages to web hooks: what they say, tries and backing off, the end of a hook that never answers."""

from __future__ import annotations

import base64
import hmac
import json
from datetime import timedelta
from typing import Any

import pytest

from craftpath.delivery.jobs import hooking
from craftpath.kernel import hooks as kept
from craftpath.kernel.access import system
from craftpath.kernel.audit import AuditEntry
from craftpath.kernel.hook_signing import make_hook_secret, replay_delivery
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
        self.headers: list[dict[str, str]] = []
        self.bodies: list[bytes] = []
        self.answers: list[Any] = []
        monkeypatch.setattr(hooking, "target_of", lambda address: address)
        monkeypatch.setattr(hooking, "post", self.post)

    def post(self, target: Any, content: bytes, more: dict[str, str] | None = None) -> tuple[int, bytes]:
        self.sent.append(json.loads(content))
        self.headers.append(more or {})
        self.bodies.append(content)
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


# ---- Signed, and once more ----------------------------------------------------------------------------


def _plain(cast: Cast) -> Hook:
    return add_hook(
        cast.college, name="Own", shape="plain", address="https://own.invalid/in", topics=["log"],
        by=cast.actor("administrator"), at=AT,
    )  # fmt: skip


def _checked(secret: str, headers: dict[str, str], body: bytes, at: Any, seen: set[str]) -> str:
    """What whoever receives a message does, written from the specification: "" if it is to be believed."""
    moment = int(headers["webhook-timestamp"])
    if abs(at.timestamp() - moment) > 300:
        return "old"
    key = base64.b64decode(secret.split("_", 1)[1])
    signed = f"{headers['webhook-id']}.{moment}.".encode() + body
    wanted = base64.b64encode(hmac.new(key, signed, "sha256").digest()).decode()
    if not any(hmac.compare_digest(one, f"v1,{wanted}") for one in headers["webhook-signature"].split(" ")):
        return "forged"
    if headers["webhook-id"] in seen:
        return "seen"
    seen.add(headers["webhook-id"])
    return ""


def test_a_message_is_signed_and_whoever_sends_it_again_is_found_out(cast: Cast, bot: Bot) -> None:
    hook, by = _plain(cast), cast.actor("administrator")
    secret = make_hook_secret(hook, by=by, at=AT)
    test_hook(hook, by=by, at=AT)
    hooking.deliver(HookDelivery.objects.get().pk, at=AT)
    (headers,), (body,) = bot.headers, bot.bodies
    seen: set[str] = set()
    assert _checked(secret, headers, body, AT, seen) == ""
    assert _checked(secret, headers, body, AT, seen) == "seen"
    assert _checked(secret, headers, body, AT + timedelta(minutes=6), set()) == "old"
    assert _checked(secret, headers, body + b" ", AT, set()) == "forged"
    assert _checked(secret, headers | {"webhook-id": "msg_x"}, body, AT, set()) == "forged"
    assert secret not in str(Hook.objects.values().get())


def test_the_secret_before_signs_nothing_any_more_and_without_one_nothing_is_signed(
    cast: Cast, bot: Bot
) -> None:
    hook, by = _plain(cast), cast.actor("administrator")
    test_hook(hook, by=by, at=AT)
    hooking.deliver(HookDelivery.objects.get().pk, at=AT)
    assert bot.headers == [{}]
    old = make_hook_secret(hook, by=by, at=AT)
    new = make_hook_secret(hook, by=by, at=AT)
    later = AT + timedelta(minutes=1)
    test_hook(hook, by=by, at=later)
    hooking.deliver(HookDelivery.objects.latest("pk").pk, at=later)
    assert _checked(old, bot.headers[1], bot.bodies[1], later, set()) == "forged"
    assert _checked(new, bot.headers[1], bot.bodies[1], later, set()) == ""


def test_one_goes_once_more_under_its_own_id(cast: Cast, bot: Bot) -> None:
    hook, by = _plain(cast), cast.actor("administrator")
    make_hook_secret(hook, by=by, at=AT)
    row = test_hook(hook, by=by, at=AT)
    assert row is not None
    assert replay_delivery(row, by=by, at=AT).replays == 0  # it is on its way
    hooking.deliver(row.pk, at=AT)
    later = AT + timedelta(hours=1)
    again = replay_delivery(row, by=by, at=later)
    assert (again.state, again.replays, waiting(later)) == ("waiting", 1, [row.pk])
    hooking.deliver(row.pk, at=later)
    assert len({headers["webhook-id"] for headers in bot.headers}) == 1
    assert len({headers["webhook-timestamp"] for headers in bot.headers}) == 2
    assert AuditEntry.objects.filter(fact="kernel.hook_replayed").count() == 1


def test_who_may_sign_and_send_again(cast: Cast, bot: Bot) -> None:
    hook, by = _plain(cast), cast.actor("administrator")
    row = test_hook(hook, by=by, at=AT)
    assert row is not None
    hooking.deliver(row.pk, at=AT)
    for do in (
        lambda: make_hook_secret(hook, by=cast.actor("coordinator"), at=AT),
        lambda: replay_delivery(row, by=cast.actor("coordinator"), at=AT),
    ):
        with pytest.raises(Refused):
            do()
    switch_hook(hook, "off", by=by, at=AT)
    with pytest.raises(Refused) as refused:
        replay_delivery(row, by=by, at=AT)
    assert refused.value.verdict.reason == "kernel.hook_is_off"


def test_where_the_secret_cannot_be_opened_nothing_goes_unsigned(cast: Cast, bot: Bot) -> None:
    hook, by = _plain(cast), cast.actor("administrator")
    make_hook_secret(hook, by=by, at=AT)
    Hook.objects.update(secret_sealed="sealed by another key")
    row = test_hook(Hook.objects.get(), by=by, at=AT)
    assert row is not None
    hooking.deliver(row.pk, at=AT)
    assert bot.sent == []
    assert HookDelivery.objects.get().answer == "kernel.hook_secret_lost"
