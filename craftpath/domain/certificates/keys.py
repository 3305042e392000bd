"""Keys of issuers: made at first use, followed by a new one, or revoked.

The private half is made here, sealed at once with the site's own key, and opened only to sign: no page, fact, export
or log has it. A retired key signs nothing new and what it signed holds; what a revoked one signed holds no more.
"""

from __future__ import annotations

import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings

from craftpath.domain.certificates import rules
from craftpath.domain.certificates.facts import KeyMade, KeyRevoked
from craftpath.domain.certificates.models import Certificate, IssuerKey
from craftpath.domain.certificates.states import KEY
from craftpath.engines.credentials import SigningKey
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.tokens import sealed, unsealed
from craftpath.values.verdict import Refused, not_now, require

if TYPE_CHECKING:
    from craftpath.domain.certificates.models import StatusList

BYTES = 32


@action
def signing_key(organisation: Organisation, *, by: Actor, at: datetime) -> tuple[IssuerKey, SigningKey]:
    """The key with which an organisation signs now; the first one is made where there is none."""
    require(rules.may_issue(by, organisation))
    hold(organisation)
    row = _active(organisation) or _made(organisation, before="", by=by, at=at)
    return row, _opened(row)


@action
def rotate_key(organisation: Organisation, *, seen: str, by: Actor, at: datetime) -> IssuerKey:
    """Sign with a new key from now on; `seen` is the public id of the one that is to follow ("": there is none).

    Pressed twice, the second press finds another key than it saw and changes nothing.
    """
    require(rules.may_issue(by, organisation))
    hold(organisation)
    now = _active(organisation)
    if now is not None and now.public_id != seen:
        return now
    if now is not None:
        _ended(now, "retire", "", at)
    return _made(organisation, before=now.public if now is not None else "", by=by, at=at)


@action
def revoke_key(key: IssuerKey, *, because: str, by: Actor, at: datetime) -> IssuerKey:
    """What it signed holds no more; the next certificate is signed by a new one."""
    require(rules.may_revoke_key(by, key.organisation))
    require(rules.can_say_why(because))
    hold(key.organisation)
    row = IssuerKey._base_manager.select_related("organisation").get(pk=key.pk)
    if row.state == "revoked":
        return row
    _ended(row, "revoke", because.strip(), at)
    signed = Certificate._base_manager.filter(key=row).count()
    told = KeyRevoked(row.public, row.because, signed)
    tell(told, by=by, at=at, organisation=row.organisation, subject=row.ref)
    return row


def hold(organisation: Organisation) -> None:
    """Keep others from issuing for this organisation until the open transaction ends."""
    Organisation.objects.select_for_update(of=("self",), no_key=True).get(pk=organisation.pk)


def in_use(organisation: Organisation) -> tuple[IssuerKey, SigningKey] | None:
    """The active key, opened, for what is signed without anybody asking: lists of what does not hold any more."""
    row = _active(organisation)
    return (row, _opened(row)) if row is not None else None


def of_list(row: StatusList, issuer: str) -> tuple[IssuerKey, SigningKey] | None:
    """The key with which a list is signed: that of the issuer whose credentials point at it, else the active one.

    A retired or revoked key signs nothing else any more; what it once issued is told apart by nobody else's list.
    """
    for key in IssuerKey._base_manager.filter(organisation=row.organisation).exclude(state="active"):
        if issuer == f"did:key:{key.public}":
            return key, _opened(key)
    return in_use(row.organisation)


def issuer_id(organisation: Organisation, key: SigningKey) -> str:
    """By which name an organisation signs: one at the site's public address, else the key's own."""
    where = urlsplit(settings.ADDRESS)
    if where.scheme != "https" or where.path or (where.hostname or "").endswith(".invalid"):
        return key.did_key
    return f"did:web:{where.netloc.replace(':', '%3A')}:at:{organisation.key}"


def method_of(issuer: str, public: str) -> str:
    """The id of the key with this public half among the issuer's."""
    return f"{issuer}#{public}"


def list_address(row: StatusList) -> str:
    """Where a status list of an organisation is read."""
    return f"{settings.ADDRESS}/c/status/{row.organisation.key}/{row.number}.json"


def _active(organisation: Organisation) -> IssuerKey | None:
    rows = IssuerKey._base_manager.filter(organisation=organisation, state="active")
    return rows.select_related("organisation").first()


def _made(organisation: Organisation, *, before: str, by: Actor, at: datetime) -> IssuerKey:
    private = secrets.token_bytes(BYTES)
    row = IssuerKey(
        organisation=organisation,
        public=SigningKey.of(private).public_multikey,
        private=sealed(urlsafe_b64encode(private).decode()),
        made_at=at,
        made_by=by.person,
    )
    row.save()
    tell(KeyMade(row.public, before), by=by, at=at, organisation=organisation, subject=row.ref)
    return row


def _opened(row: IssuerKey) -> SigningKey:
    private = urlsafe_b64decode(unsealed(row.private))
    if len(private) != BYTES:
        raise Refused(not_now("certificates.key_not_opened"))
    return SigningKey.of(private)


def _ended(row: IssuerKey, move: str, because: str, at: datetime) -> None:
    row.state, row.because, row.ended_at = KEY.after(row.state, move), because, at
    row.save(update_fields=["state", "because", "ended_at"])
