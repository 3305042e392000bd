"""Both sides in one thread: the first word of somebody else stops the clock; agreeing, declining."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from craftpath.domain.offers import rules
from craftpath.domain.offers.asking import advance, held
from craftpath.domain.offers.clock import local_day, taken
from craftpath.domain.offers.facts import MessageSent
from craftpath.domain.offers.models import DeskRequest, Message
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.exhibits import look_at
from craftpath.kernel.facts import tell
from craftpath.kernel.files import keep
from craftpath.values.verdict import Refused, may_not, not_now, require

if TYPE_CHECKING:
    from craftpath.kernel.links import SignedLink
    from craftpath.kernel.organisations import Organisation


@dataclass(frozen=True, slots=True)
class Said:
    """Words, with a file where there is one; the asker says to whom: `to` nobody is the desk."""

    words: str
    content: bytes = b""
    file_name: str = ""
    to: Organisation | None = None


@action
def send_message(
    request: DeskRequest,
    said: Said,
    *,
    made_id: uuid.UUID,
    link: SignedLink | None = None,
    by: Actor,
    at: datetime,
) -> Message:
    """Say something; of the first one who is not the asker it is the answer. The same `made_id` is said once.

    Behind a link somebody without an account speaks for whoever asked; the caller has seen the code.
    """
    row = held(request)
    known: Message | None = Message._base_manager.filter(made_id=made_id, request=row).first()
    if known is not None:
        return known
    part = "asker" if link is not None else rules.part_of(by, row)
    if not part:
        raise Refused(may_not("offers.not_yours"))
    require(rules.can_talk(row, Message._base_manager.filter(request=row).count()))
    require(rules.can_say(said.words))
    made = Message(
        made_id=made_id, request=row, counterpart=_counterpart(row, part, said.to, by), part=part, author=by.person,
        name=link.name if link is not None else by.person.name if by.person else "",
        words=said.words.strip(), at=at, **_file(row, said, by, at),
    )  # fmt: skip
    made.save()
    tell(MessageSent(made.public_id, part), by=by, at=at, organisation=row.organisation, subject=row.ref)
    if part != "asker" and row.state == "open":
        _answered(row, by, at)
    return made


@action
def agree_on(request: DeskRequest, partner: Organisation, *, by: Actor, at: datetime) -> DeskRequest:
    """Settle with one of those who answered."""
    row = held(request)
    require(rules.may_lead(by, row))
    if not Message._base_manager.filter(request=row, counterpart=partner, part="other").exists():
        raise Refused(not_now("offers.has_not_answered"))
    row.partner = partner
    return advance(row, "agree", by=by, at=at)


@action
def decline_request(request: DeskRequest, *, because: str, by: Actor, at: datetime) -> DeskRequest:
    """Say, as the desk, that nothing can be done, and why; an open one is answered by that."""
    row = held(request)
    if not rules.keeps_desk(by, row):
        raise Refused(may_not("offers.not_yours"))
    require(rules.can_give_reason(because))
    if row.answered_at is None:
        _stop(row, at)
    return advance(row, "decline", because=because.strip(), by=by, at=at)


def _answered(row: DeskRequest, by: Actor, at: datetime) -> None:
    _stop(row, at)
    advance(row, "send", by=by, at=at)


def _stop(row: DeskRequest, at: datetime) -> None:
    row.answered_at = at
    row.answer_days = taken(row.authority, row.made_at, at)
    row.in_time = local_day(row.authority, at) <= row.promised_on


def _counterpart(row: DeskRequest, part: str, to: Organisation | None, by: Actor) -> Organisation | None:
    """Who talks with the asker: the speaker's own organisation, or the one that the asker or the desk writes to."""
    if part == "other":
        return by.organisation
    if part == "desk" or to is None:
        return None
    if not Message._base_manager.filter(request=row, counterpart=to).exists():
        raise Refused(not_now("offers.has_not_answered"))
    return to


def _file(row: DeskRequest, said: Said, by: Actor, at: datetime) -> dict[str, Any]:
    if not said.content:
        return {}
    found = look_at(said.content)
    kept = keep(found.content, said.file_name or "file", organisation=row.organisation, by=by, at=at)
    return {"kept": kept, "media_type": found.media_type}
