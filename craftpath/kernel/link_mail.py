"""Sending a link by mail: a job does it, and what became of it stands with the link.

Of a link only hashes are kept, so what the mail has to say waits under the site's key until it is sent, and is wiped
then, or when the link ends. The code never goes the same way. A worker that is killed between sending and noting
sends once more: the mail comes at least once, and the note says when.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import Fact, fact, tell
from craftpath.kernel.jobs import enqueue
from craftpath.kernel.links import SignedLink, can_use, may_make
from craftpath.kernel.tokens import sealed, unsealed
from craftpath.values.ref import Ref
from craftpath.values.verdict import YES, Refused, Verdict, not_now, require

JOB = "link_mail"
SENDINGS = 5  # of one link; whoever needs more makes a new one


@fact
@dataclass(frozen=True)
class LinkMailed(Fact):
    """A link was sent by mail; the address stands with the link and nowhere else."""

    code: ClassVar[str] = "kernel.link_mailed"
    link: str
    name: str


@fact
@dataclass(frozen=True)
class LinkMailFailed(Fact):
    """A mail with a link was not taken by the mail server; whoever made the link can send it again."""

    code: ClassVar[str] = "kernel.link_mail_failed"
    link: str
    name: str


@dataclass(frozen=True)
class ToSend:
    """What a job needs for the mail."""

    link: SignedLink
    address: str  # the link itself, whole


@action
def send_link(link: SignedLink, *, address: str, to: str, language: str, by: Actor, at: datetime) -> None:
    """Send a link, `address`, to a mail address. The same once more while it is on its way or sent changes nothing."""
    row = _locked(link.pk)
    require(may_make(by, row.purpose, row.organisation))
    require(can_use(row, at))
    to = to.strip()
    require(_is_address(to))
    if row.mail_to == to and row.mail in ("waiting", "sent"):
        return
    row.mail_to, row.mail_language, row.mail_sealed = to, language, sealed(address)
    _queue(row)


@action
def send_link_again(link: SignedLink, *, by: Actor, at: datetime) -> None:
    """Try a mail again that failed; pressed twice it goes once."""
    row = _locked(link.pk)
    require(may_make(by, row.purpose, row.organisation))
    require(can_use(row, at))
    if row.mail == "failed":
        require(YES if unsealed(row.mail_sealed) else not_now("kernel.link_mail_gone"))
        _queue(row)


@action
def note_mail(link: SignedLink, number: int, *, sent: bool, by: Actor, at: datetime) -> None:
    """Note what became of a sending; one that does not count any more changes nothing."""
    row = _locked(link.pk)
    if row.mail_try != number or row.mail != "waiting":
        return
    if sent:
        row.mail_sent_at, row.mail_sealed = at, ""
    else:
        row.mail_failed_at = at
    row.save(update_fields=["mail_sent_at", "mail_failed_at", "mail_sealed"])
    told = (LinkMailed if sent else LinkMailFailed)(row.public_id, row.name)
    tell(told, by=by, at=at, organisation=row.organisation, subject=Ref.parse(row.subject))


@action
def forget_sealed(*, by: Actor, at: datetime) -> int:
    """Wipe what waited to be sent for a link that has run out."""
    over = SignedLink._base_manager.exclude(mail_sealed="").filter(expires_at__lte=at)
    return over.update(mail_sealed="")


def to_send(link_id: int, number: int, at: datetime) -> ToSend | None:
    """What this sending has to say; None where it is done, replaced, or the link serves no more."""
    row = SignedLink._base_manager.select_related("organisation", "made_by", "person").get(pk=link_id)
    if row.mail_try != number or row.mail != "waiting" or not can_use(row, at):
        return None
    return ToSend(row, unsealed(row.mail_sealed))


def _queue(row: SignedLink) -> None:
    if row.mail_try >= SENDINGS:
        raise Refused(not_now("kernel.link_mail_too_often", times=SENDINGS))
    row.mail_try, row.mail_sent_at, row.mail_failed_at = row.mail_try + 1, None, None
    row.save(
        update_fields=[
            "mail_to", "mail_language", "mail_sealed", "mail_try", "mail_sent_at", "mail_failed_at"
        ]
    )  # fmt: skip
    enqueue(JOB, row.pk, row.mail_try)


def _locked(link_id: int) -> SignedLink:
    rows = SignedLink._base_manager.select_for_update(of=("self",))
    return rows.select_related("organisation", "person").get(pk=link_id)


def _is_address(text: str) -> Verdict:
    try:
        validate_email(text)
    except ValidationError:
        return not_now("kernel.mail_address_wrong")
    return YES if len(text) <= 254 else not_now("kernel.mail_address_wrong")
