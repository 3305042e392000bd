"""Web hooks of the organisation, what they sent and what became of it; one message once more."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

from django.http import HttpRequest
from ninja import Query
from pydantic import Field

from craftpath.delivery.api.finding import actor, at, needs, one, place
from craftpath.delivery.api.kinds import Asked, Shape
from craftpath.delivery.api.paging import Page, Turn, given, page_of
from craftpath.delivery.api.room import Room
from craftpath.kernel.client_scopes import Area
from craftpath.kernel.hook_signing import replay_delivery
from craftpath.kernel.hooks import deliveries_of, hooks
from craftpath.kernel.roles import Permission

if TYPE_CHECKING:
    from craftpath.kernel.hooks import Hook as HookRow
    from craftpath.kernel.hooks import HookDelivery

room = Room("hooks", Area.HOOKS)
Outcome = Literal["waiting", "delivered", "failed"]


class Hook(Shape):
    """A web hook. Its address is a secret and is not told; `host` is the part that is none."""

    id: str
    name: str
    shape: str
    host: str
    topics: list[str]
    on: bool
    signed: bool
    failures: int = Field(description="messages in a row that did not arrive")


class Delivery(Shape):
    """One message and what became of it."""

    id: str
    webhook_id: str = Field(description="the `webhook-id` under which it is sent, however often")
    key: str
    content: dict[str, Any]
    state: Outcome
    tries: int
    replays: int
    made_at: datetime
    ended_at: datetime | None
    answer: str = Field(description="a code that says why it did not arrive; empty where it did")


class DeliveriesAsked(Turn, Asked):
    """Which messages."""

    state: Outcome | None = None


@room.read("/hooks", Page[Hook])
def list_hooks(request: HttpRequest, asked: Query[Turn]) -> Any:
    """Web hooks of the organisation and below, the newest first."""
    found = page_of(_own(request), ("-pk",), asked, request)
    return {"items": [_hook(row) for row in found.rows], "next": found.next}


@room.read("/hooks/{hook}/deliveries", Page[Delivery], one=True)
def list_deliveries(request: HttpRequest, hook: str, asked: Query[DeliveriesAsked]) -> Any:
    """What a web hook sent, the newest first."""
    rows = given(deliveries_of(one(_own(request), hook)), state=asked.state)
    found = page_of(rows, ("-made_at", "-pk"), asked, request)
    return {"items": [_delivery(row) for row in found.rows], "next": found.next}


@room.write("/hooks/{hook}/deliveries/{delivery}/replay", Delivery, name="replay_delivery")
def replay(request: HttpRequest, hook: str, delivery: str) -> Delivery:
    """Send one message once more, under its own id; one that is on its way is left to it."""
    row = one(deliveries_of(one(_own(request), hook)), delivery)
    return _delivery(replay_delivery(row, by=actor(request), at=at(request)))


def _own(request: HttpRequest) -> Any:
    needs(request, Permission.RUN_ORGANISATION)
    return hooks().filter(organisation__path__startswith=place(request).path)


def _hook(row: HookRow) -> Hook:
    return Hook(
        id=row.public_id,
        name=row.name,
        shape=row.shape,
        host=row.host,
        topics=row.topics,
        on=row.off_at is None,
        signed=bool(row.secret_sealed),
        failures=row.failures,
    )


def _delivery(row: HookDelivery) -> Delivery:
    return Delivery(
        id=row.public_id,
        webhook_id=f"msg_{row.public_id}",
        key=row.key,
        content=row.content,
        state=row.state,  # type: ignore[arg-type]
        tries=row.tries,
        replays=row.replays,
        made_at=row.made_at,
        ended_at=row.ended_at,
        answer=row.answer,
    )
