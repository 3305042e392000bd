"""The key pairs with which an organisation signs its messages: made at first use, followed by a new one, or revoked.

The private half is made here and sealed at once; no page, fact, export or log has it.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from craftpath.domain.lti import rules
from craftpath.domain.lti.facts import KeyMade, KeyRevoked
from craftpath.domain.lti.jwts import ALGORITHM, LEAST_BITS
from craftpath.domain.lti.models import Key
from craftpath.domain.lti.states import KEY
from craftpath.kernel.access import Actor, system
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.kernel.keys import new_public_id
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.tokens import sealed
from craftpath.values.verdict import require

E = 65537


def signing_key(organisation: Organisation, at: datetime) -> Key:
    """The key with which an organisation signs now; the first one is made where there is none."""
    return _active(organisation) or make_key(organisation, by=system(organisation), at=at)


def published(organisation: Organisation) -> dict[str, Any]:
    """The public halves that still hold, as others read them."""
    rows = Key._base_manager.filter(organisation=organisation, state__in=("active", "retired"))
    return {"keys": [row.public for row in rows.order_by("-pk")]}


@action
def make_key(organisation: Organisation, *, by: Actor, at: datetime) -> Key:
    """Make the first key; where there is one already, it stays."""
    _hold(organisation)
    return _active(organisation) or _made(organisation, "", by, at)


@action
def retire_key(organisation: Organisation, *, seen: str, by: Actor, at: datetime) -> Key:
    """Sign with a new key from now on; `seen` is the id of the one that it follows. Pressed twice, one new key."""
    require(rules.may_keep(by, organisation))
    _hold(organisation)
    now = _active(organisation)
    if now is not None and now.public_id != seen:
        return now
    if now is not None:
        _ended(now, "retire", at)
    return _made(organisation, now.public_id if now is not None else "", by, at)


@action
def revoke_key(key: Key, *, by: Actor, at: datetime) -> Key:
    """Take a key out of the published set at once: what it signed is believed nowhere any more."""
    require(rules.may_keep(by, key.organisation))
    _hold(key.organisation)
    row = Key._base_manager.select_related("organisation").get(pk=key.pk)
    if row.state != "revoked":
        signs = row.state == "active"
        _ended(row, "revoke", at)
        tell(KeyRevoked(row.public_id), by=by, at=at, organisation=row.organisation, subject=row.ref)
        if signs:
            _made(row.organisation, row.public_id, by, at)
    return row


def _hold(organisation: Organisation) -> None:
    Organisation.objects.select_for_update(of=("self",), no_key=True).get(pk=organisation.pk)


def _active(organisation: Organisation) -> Key | None:
    rows = Key._base_manager.filter(organisation=organisation, state="active")
    return rows.select_related("organisation").first()


def _ended(row: Key, move: str, at: datetime) -> None:
    row.state, row.ended_at, row.private = KEY.after(row.state, move), at, ""  # it signs nothing any more
    row.save(update_fields=["state", "ended_at", "private"])


def _made(organisation: Organisation, before: str, by: Actor, at: datetime) -> Key:
    private = rsa.generate_private_key(public_exponent=E, key_size=LEAST_BITS)
    written = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    name = new_public_id()
    public = jwt.algorithms.RSAAlgorithm.to_jwk(private.public_key(), as_dict=True)
    told = {part: public[part] for part in ("kty", "n", "e")} | {"kid": name, "alg": ALGORITHM, "use": "sig"}
    row = Key(
        public_id=name,
        organisation=organisation,
        public=told,
        private=sealed(written),
        made_by=by.person,
        made_at=at,
    )
    row.save()
    tell(KeyMade(name, before), by=by, at=at, organisation=organisation, subject=row.ref)
    return row
