"""The life of a bulletin: handed in with its figures, looked at by somebody else, published, withdrawn."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from craftpath.domain.bulletins import rules
from craftpath.domain.bulletins.facts import BulletinMoved
from craftpath.domain.bulletins.models import Bulletin, BulletinVersion
from craftpath.domain.bulletins.queries import (
    agreeing,
    blocks_of,
    content_from,
    digest,
    figures_now,
    last_version,
    voices_of,
)
from craftpath.domain.bulletins.states import BULLETIN
from craftpath.domain.bulletins.writing import held
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.values.verdict import Refused, not_now, require


def _moved(row: Bulletin, move: str, by: Actor, at: datetime, *, because: str = "") -> Bulletin:
    row.state, row.because = BULLETIN.after(row.state, move), because.strip()
    row.save(
        update_fields=[
            "state", "because", "handed_by", "handed_at", "published_by", "published_at", "withdrawn_at",
        ]
    )  # fmt: skip
    told = BulletinMoved(row.number, row.state, row.because)
    tell(told, by=by, at=at, organisation=row.organisation, subject=row.ref)
    return row


@action
def hand_in_bulletin(bulletin: Bulletin, *, proof: str, by: Actor, at: datetime) -> Bulletin:
    """Let somebody else look at it, and keep it with its figures as a version. Once more changes nothing.

    `proof` is the digest of the content that was laid out and found to be two sheets: what was proved is what is kept.
    """
    row = held(bulletin)
    require(rules.may_make(by, row.organisation))
    if row.state == "review":
        return row
    BULLETIN.after(row.state, "hand")
    blocks, spoken = blocks_of(row), voices_of(row)
    contents = {key: block.content for key, block in blocks.items()}
    pictures = {key: block.picture_id is not None for key, block in blocks.items()}
    placed = [voice for voice in spoken if voice.placed]
    require(rules.can_hand_in(row.language, contents, pictures, placed))
    content = content_from(row, blocks, spoken, figures_now(row), timezone.localdate(at))
    sha = digest(content)
    if sha != proof:
        raise Refused(not_now("bulletins.not_proved"))
    last = last_version(row)
    if last is None or last.sha256 != sha:
        BulletinVersion.objects.create(
            bulletin=row, number=last.number + 1 if last else 1, content=content, sha256=sha,
            kept_by=by.person, kept_at=at,
        )  # fmt: skip
    row.handed_by, row.handed_at = by.person, at
    return _moved(row, "hand", by, at)


@action
def take_back_bulletin(bulletin: Bulletin, *, by: Actor, at: datetime) -> Bulletin:
    """Back to the draft before anybody has decided. Once more changes nothing."""
    row = held(bulletin)
    require(rules.may_make(by, row.organisation))
    return row if row.state == "draft" else _moved(row, "take", by, at)


@action
def discard_bulletin(bulletin: Bulletin, *, by: Actor, at: datetime) -> Bulletin:
    """Give a draft up: its number is free again, and nobody is asked about words in it any more."""
    row = held(bulletin)
    require(rules.may_make(by, row.organisation))
    return row if row.state == "discarded" else _moved(row, "discard", by, at)


@action
def return_bulletin(bulletin: Bulletin, *, because: str, by: Actor, at: datetime) -> Bulletin:
    """Give it back with what is to be changed."""
    row = held(bulletin)
    require(rules.may_publish(by, row))
    require(rules.can_reason(because))
    return _moved(row, "return", by, at, because=because)


@action
def publish_bulletin(bulletin: Bulletin, *, by: Actor, at: datetime) -> Bulletin:
    """Publish it as it was handed in: somebody else's press. Once more changes nothing."""
    row = held(bulletin)
    if row.state == "published":
        require(rules.may_make(by, row.organisation))
        return row
    require(rules.may_publish(by, row))
    BULLETIN.after(row.state, "publish")
    placed = [voice for voice in voices_of(row) if voice.placed]
    require(rules.can_publish(placed, agreeing(placed)))
    row.published_by, row.published_at = by.person, at
    return _moved(row, "publish", by, at)


@action
def withdraw_bulletin(bulletin: Bulletin, *, because: str, by: Actor, at: datetime) -> Bulletin:
    """Take it away for a reason, which its address says from now on. Once more changes nothing."""
    row = held(bulletin)
    require(rules.may_make(by, row.organisation))
    if row.state == "withdrawn":
        return row
    require(rules.can_reason(because))
    row.withdrawn_at = at
    return _moved(row, "withdraw", by, at, because=because)
