"""Signatures of messages to web hooks, as Standard Webhooks lays them down, and sending one once more.

Three headers go with a signed message: `webhook-id` (the same however often it is sent), `webhook-timestamp` (seconds)
and `webhook-signature` (`v1,` and a base64 HMAC-SHA256 of `id.timestamp.body`). Whoever receives it refuses one that is
older than five minutes, and one whose id it has seen: so nobody who overheard a message can send it again.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from base64 import b64decode, b64encode
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar

from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import Fact, fact, tell
from craftpath.kernel.hooks import Hook, HookDelivery, Outcome, send_again
from craftpath.kernel.roles import Permission
from craftpath.kernel.tokens import sealed, unsealed
from craftpath.values.verdict import Refused, not_now, require

PREFIX = "whsec_"
LETTERS = 24  # bytes of a secret
OLDEST = timedelta(minutes=5)


@fact
@dataclass(frozen=True)
class HookSecretMade(Fact):
    """A web hook's messages are signed with a new secret from now on."""

    code: ClassVar[str] = "kernel.hook_secret_made"
    name: str


@fact
@dataclass(frozen=True)
class HookReplayed(Fact):
    """Somebody let a message to a web hook be sent once more."""

    code: ClassVar[str] = "kernel.hook_replayed"
    name: str
    key: str


@action
def make_hook_secret(hook: Hook, *, by: Actor, at: datetime) -> str:
    """Make a secret, which is shown now and never again; the one before signs nothing any more."""
    require(by.may_at(Permission.RUN_ORGANISATION, hook.organisation))
    row = Hook._base_manager.select_for_update(of=("self",)).get(pk=hook.pk)
    if row.removed_at is not None:
        raise Refused(not_now("kernel.hook_is_off"))
    secret = PREFIX + b64encode(secrets.token_bytes(LETTERS)).decode()
    row.secret_sealed, row.secret_made_at = sealed(secret), at
    row.save(update_fields=["secret_sealed", "secret_made_at"])
    tell(HookSecretMade(row.name), by=by, at=at, organisation=hook.organisation, subject=row.ref)
    return secret


@action
def replay_delivery(delivery: HookDelivery, *, by: Actor, at: datetime) -> HookDelivery:
    """Send a message once more, under its own id; one that is on its way is left to it."""
    row = (
        HookDelivery._base_manager.select_for_update(of=("self",))
        .select_related("hook__organisation")
        .get(pk=delivery.pk)
    )
    hook = row.hook
    require(by.may_at(Permission.RUN_ORGANISATION, hook.organisation))
    if hook.off_at is not None or hook.removed_at is not None:
        raise Refused(not_now("kernel.hook_is_off"))
    if row.state == Outcome.WAITING:
        return row
    send_again(row, at)
    tell(HookReplayed(hook.name, row.key), by=by, at=at, organisation=hook.organisation, subject=hook.ref)
    return HookDelivery._base_manager.get(pk=row.pk)


def signed_headers(delivery: HookDelivery, body: bytes, at: datetime) -> dict[str, str]:
    """What goes with a message of a hook that has a secret; nothing where it has none."""
    if not delivery.hook.secret_sealed:
        return {}
    secret = unsealed(delivery.hook.secret_sealed)
    if (
        not secret
    ):  # the site's key is another one by now: whoever waits for a signature gets no message without
        raise Refused(not_now("kernel.hook_secret_lost"))
    name, moment = f"msg_{delivery.public_id}", str(int(at.timestamp()))
    return {
        "webhook-id": name,
        "webhook-timestamp": moment,
        "webhook-signature": f"v1,{signature(secret, name, moment, body)}",
    }


def signature(secret: str, name: str, moment: str, body: bytes) -> str:
    """The signature of one message, in base64."""
    key = b64decode(secret.removeprefix(PREFIX))
    return b64encode(hmac.new(key, f"{name}.{moment}.".encode() + body, hashlib.sha256).digest()).decode()
