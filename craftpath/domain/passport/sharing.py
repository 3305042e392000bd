"""Links to a record: made, revoked, and opened by whoever holds one."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import F
from django.utils.timezone import get_current_timezone, localdate

from craftpath.domain.passport import rules
from craftpath.domain.passport.facts import RecordShared, ShareRevoked
from craftpath.domain.passport.models import Look, Share
from craftpath.domain.passport.models.sharing import AGENTS
from craftpath.domain.passport.queries import SALT
from craftpath.domain.passport.record import chosen
from craftpath.domain.passport.states import SHARE
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.consents import give_consent, may_use
from craftpath.kernel.facts import tell
from craftpath.kernel.people import Person
from craftpath.kernel.tokens import new_token
from craftpath.values.verdict import require


@dataclass(frozen=True)
class Made:
    """A new link with its token, which is known only now; "" where the same press made it before."""

    share: Share
    token: str


@action
def share_record(
    person: Person,
    *,
    name: str,
    sections: Collection[str],
    until: date,
    made_id: uuid.UUID,
    by: Actor,
    at: datetime,
) -> Made:
    """Make a link to these sections, until the end of a day. Making it is a yes to the purpose.

    Whoever is too young to say that alone is refused there, unless a guardian has said it. Pressed twice: once.
    """
    require(rules.is_own(by, person))
    Person.objects.select_for_update(of=("self",), no_key=True).get(pk=person.pk)
    known = Share._base_manager.filter(made_id=made_id, person=person).first()
    if known is not None:
        return Made(known, "")
    require(rules.can_be_shared(name, sections, until, localdate(at)))
    open_now = Share._base_manager.filter(person=person, state=SHARE.start, expires_at__gt=at)
    require(rules.can_make(open_now.count()))
    if not may_use(person, rules.PURPOSE):
        give_consent(person, rules.PURPOSE, by=by, at=at)
    token = new_token(SALT)
    row = Share(
        made_id=made_id,
        person=person,
        name=name.strip(),
        sections=list(chosen(sections)),
        secret_hash=token.secret_hash,
        made_at=at,
        expires_at=datetime.combine(until + timedelta(days=1), time(), get_current_timezone()),
    )
    row.save()
    told = RecordShared(row.name, row.sections, until.isoformat())
    tell(told, by=by, at=at, subject=row.ref)
    return Made(row, token.text)


@action
def revoke_share(share: Share, *, by: Actor, at: datetime) -> Share:
    """End a link at once. Once more changes nothing."""
    row = Share._base_manager.select_for_update(of=("self",)).select_related("person").get(pk=share.pk)
    require(rules.is_own(by, row.person))
    if row.state != SHARE.start:
        return row
    row.state, row.ended_at = SHARE.after(row.state, "revoke"), at
    row.save(update_fields=["state", "ended_at"])
    tell(ShareRevoked(row.name), by=by, at=at, subject=row.ref)
    return row


@action
def open_share(share: Share, *, agent: str, by: Actor, at: datetime) -> Share:
    """Open a link: it is counted for its owner, and nothing is kept of who it was. Refused once it serves no more."""
    row = Share._base_manager.select_for_update(of=("self",)).select_related("person").get(pk=share.pk)
    require(rules.serves(row, at))
    look, _new = Look.objects.get_or_create(
        share=row, on=localdate(at), agent=agent if agent in AGENTS else AGENTS[-1], defaults={"last_at": at}
    )
    Look.objects.filter(pk=look.pk).update(count=F("count") + 1, last_at=at)
    return row
