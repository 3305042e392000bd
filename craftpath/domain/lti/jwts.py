"""Signed messages: made with an organisation's key, and read with somebody else's. No cryptography of its own.

Times are held against the request's moment, with a minute's grace for clocks that differ.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from craftpath.domain.lti.models import Key
from craftpath.domain.lti.plain import finite
from craftpath.kernel.tokens import unsealed
from craftpath.values.verdict import Refused, not_now

ALGORITHM = "RS256"
LEAST_BITS, MOST_BITS = 2048, 8192
GRACE = timedelta(minutes=1)
LONGEST = 60_000  # characters of a message
LONGEST_LIFE = timedelta(hours=24)
_BY_HAND = {f"verify_{one}": False for one in ("exp", "nbf", "iat", "aud", "iss", "sub", "jti")}


def signed(key: Key, claims: Mapping[str, Any]) -> str:
    """A message under an organisation's key."""
    private = unsealed(key.private)
    if not private:
        raise Refused(not_now("lti.key_not_opened"))
    return jwt.encode(dict(claims), private, algorithm=ALGORITHM, headers={"kid": key.public_id})


def stamped(at: datetime, life: timedelta) -> dict[str, int]:
    """When a message was made, and when it ends."""
    return {"iat": int(at.timestamp()), "exp": int((at + life).timestamp())}


def unverified(token: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """(head, claims) of a message, to find out who says that it comes from them; nothing of it is believed yet."""
    if not token or len(token) > LONGEST:
        raise Refused(not_now("lti.unreadable"))
    try:
        head = jwt.get_unverified_header(token)
        unsure: Any = {"verify_signature": False, **_BY_HAND}
        claims = jwt.decode(token, options=unsure)
    except (jwt.PyJWTError, ValueError, TypeError, RecursionError):
        raise Refused(not_now("lti.unreadable")) from None
    if "crit" in head or head.get("b64", True) is not True:  # of none of which anything is known here
        raise Refused(not_now("lti.unreadable"))
    return head, claims


def verified(
    token: str, keys: Mapping[str, Any], *, issuer: str, audience: str | tuple[str, ...], at: datetime
) -> dict[str, Any]:
    """The claims of a message whose signature, issuer, audience and times hold; Refused says which does not."""
    head, _ = unverified(token)
    if head.get("alg") != ALGORITHM:
        raise Refused(not_now("lti.wrong_algorithm"))
    by_hand: Any = {"verify_aud": False, **_BY_HAND}
    try:
        key = _key(head.get("kid"), keys)
        claims = jwt.decode(token, key, algorithms=[ALGORITHM], options=by_hand)
    except jwt.InvalidSignatureError:
        raise Refused(not_now("lti.wrong_signature")) from None
    except (jwt.PyJWTError, ValueError, TypeError, RecursionError):
        raise Refused(not_now("lti.unreadable")) from None
    _hold(claims, issuer, (audience,) if isinstance(audience, str) else audience)
    _in_time(claims, at)
    return claims


def knows(token: str, keys: Mapping[str, Any]) -> bool:
    """Whether a set of keys has the one that a message names; if not, the set may be an old one."""
    kid = unverified(token)[0].get("kid")
    return any(isinstance(one, Mapping) and one.get("kid") == kid for one in _rows(keys))


def _rows(keys: Mapping[str, Any]) -> list[Any]:
    rows = keys.get("keys") if isinstance(keys, Mapping) else None
    return rows if isinstance(rows, list) else []


def _key(kid: object, keys: Mapping[str, Any]) -> RSAPublicKey:
    found = [one for one in _rows(keys) if isinstance(one, Mapping) and one.get("kid") == kid]
    if not found or not kid or not isinstance(kid, str):
        raise Refused(not_now("lti.key_unknown"))
    fit = [one for one in found if _for_signing(one)]
    if not fit:
        raise Refused(not_now("lti.key_unfit"))
    row = fit[0]
    try:
        key = jwt.PyJWK(
            {name: row[name] for name in ("kty", "n", "e") if name in row}, algorithm=ALGORITHM
        ).key
    except (jwt.PyJWTError, ValueError, TypeError, KeyError):
        raise Refused(not_now("lti.key_unfit")) from None
    if not isinstance(key, RSAPublicKey) or not LEAST_BITS <= key.key_size <= MOST_BITS:
        raise Refused(not_now("lti.key_unfit"))
    return key


def _for_signing(row: Mapping[str, Any]) -> bool:
    """Whether a key says of itself that it may sign so; what it does not say is no hindrance."""
    return (
        row.get("kty") == "RSA" and row.get("use", "sig") == "sig" and row.get("alg", ALGORITHM) == ALGORITHM
    )


def public_halves(keys: Mapping[str, Any]) -> dict[str, Any]:
    """A set as it is kept: of each key that can sign here what is needed, and nothing else that came along."""
    named = ("kty", "n", "e", "kid", "alg", "use")
    rows = [one for one in _rows(keys) if isinstance(one, Mapping) and _for_signing(one)]
    return {"keys": [{name: str(one[name]) for name in named if name in one} for one in rows]} if rows else {}


def usable(keys: object) -> bool:
    """Whether a set holds at least one public key that could sign here, and no private one."""
    if not isinstance(keys, Mapping) or not _rows(keys):
        return False
    for one in _rows(keys):
        if not isinstance(one, Mapping) or not isinstance(one.get("kid"), str) or "d" in one or "k" in one:
            return False
        if not one["kid"] or not one["kid"].isprintable():
            return False
        if _for_signing(one):
            try:
                _key(one["kid"], keys)
            except Refused:
                return False
    return any(_for_signing(one) for one in _rows(keys))


def _hold(claims: Mapping[str, Any], issuer: str, audiences: tuple[str, ...]) -> None:
    if claims.get("iss") != issuer:
        raise Refused(not_now("lti.wrong_issuer"))
    said = claims.get("aud")
    several = said if isinstance(said, list) else [said]
    if not any(one in several for one in audiences):
        raise Refused(not_now("lti.wrong_audience"))
    party = claims.get("azp")
    if (len(several) > 1 and party is None) or (party is not None and party not in audiences):
        raise Refused(not_now("lti.wrong_audience"))


def _in_time(claims: Mapping[str, Any], at: datetime) -> None:
    now, grace = at.timestamp(), GRACE.total_seconds()
    made, ends, begins = _number(claims, "iat"), _number(claims, "exp"), _number(claims, "nbf")
    if made is None or ends is None:
        raise Refused(not_now("lti.without_times"))
    if ends <= now - grace:
        raise Refused(not_now("lti.expired"))
    if made > now + grace or (begins is not None and begins > now + grace):
        raise Refused(not_now("lti.not_yet"))
    if made < now - LONGEST_LIFE.total_seconds():
        raise Refused(not_now("lti.expired"))


def _number(claims: Mapping[str, Any], name: str) -> float | None:
    value = claims.get(name)
    if value is None:
        return None
    if not finite(value):
        raise Refused(not_now("lti.without_times"))
    return float(value) if abs(value) < 1e15 else math.copysign(1e15, value)
