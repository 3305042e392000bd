"""Credentials as signed tokens: VC-JWT as Open Badges 3.0 and VC-JOSE-COSE write it."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode
from binascii import Error
from datetime import UTC, datetime
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from jwt.algorithms import ECAlgorithm, OKPAlgorithm, RSAAlgorithm

from craftpath.engines.credentials.dates import moment, stamp
from craftpath.engines.credentials.multikey import ed25519_bytes
from craftpath.engines.credentials.proofs import Signer, key_of
from craftpath.engines.credentials.reading import LARGEST, parsed
from craftpath.engines.credentials.types import Check, Document, Keys, Refusal, SigningKey

FAMILIES: dict[str, Any] = {"EdDSA": OKPAlgorithm, "RS256": RSAAlgorithm, "ES256": ECAlgorithm}
KINDS = {"jwt", "vc+jwt", "vc+ld+jwt", "vc+ld+json+jwt"}
BENT = {"crit", "b64"}  # words of a header that change what is signed
SAME = {"iss": "issuer", "sub": "credentialSubject", "jti": "id"}  # each is said twice, and must agree
MOMENTS = {"nbf": ("validFrom", "issuanceDate"), "exp": ("validUntil", "expirationDate")}
WORDS = frozenset(
    {"@context", "id", "type", "issuer", "credentialSubject", "credentialStatus"}
    | {field for fields in MOMENTS.values() for field in fields}
)  # of a credential; beside the claim `vc` they would say it a second time
OWN = frozenset({"iss", "sub", "jti", "nbf", "exp", "iat", "aud", "vc", "cnf"})  # the token's words only


def token(document: Document, key: SigningKey, *, method: str) -> str:
    """The document as a token signed by the key that `method` names."""
    payload = {name: value for name, value in document.items() if name != "proof"}
    payload["iss"] = identifier(payload["issuer"])
    payload["nbf"] = _seconds(payload["validFrom"])
    for name, value in (("jti", payload.get("id")), ("sub", payload["credentialSubject"].get("id"))):
        if value:
            payload[name] = value
    if payload.get("validUntil"):
        payload["exp"] = _seconds(payload["validUntil"])
    private = Ed25519PrivateKey.from_private_bytes(key.private)
    return jwt.encode(payload, private, algorithm="EdDSA", headers={"typ": "JWT", "kid": method})


def read_token(text: str, keys: Keys) -> tuple[Document, Check, tuple[Signer, ...]]:
    """The credential in a token, the answer to the question `proof`, and who signed it; refused when unreadable."""
    if len(text) > LARGEST:
        raise Refusal("too_large")
    parts = text.strip().split(".")
    if len(parts) != 3 or "~" in text:
        raise Refusal("token_malformed", what="it has three parts")
    header, payload = _part(parts[0]), _part(parts[1])
    document = _credential(payload)
    try:
        algorithm = header.get("alg")
        if not isinstance(algorithm, str) or algorithm not in FAMILIES:
            raise Refusal("algorithm_refused", algorithm=str(algorithm)[:40])
        kind = header.get("typ")
        if not (kind is None or (isinstance(kind, str) and kind.lower() in KINDS)) or BENT & set(header):
            raise Refusal("token_malformed", what="typ")
        key, signer = _key(header, algorithm, keys)
        try:
            jwt.PyJWS(algorithms=[algorithm]).decode_complete(text.strip(), key, algorithms=[algorithm])
        except (jwt.PyJWTError, ValueError, TypeError):
            raise Refusal("proof_broken") from None
        _agreed(payload, document)
    except Refusal as refused:
        ok = None if refused.code == "key_unknown" else False
        return document, Check("proof", ok, refused.code, refused.facts), ()
    return document, Check("proof", True, "token_holds"), (signer,)


def identifier(value: Any) -> str:
    """What names a thing that is written as its address, or as an object with one."""
    found = value.get("id") if isinstance(value, dict) else value
    return found if isinstance(found, str) else ""


def _key(header: Document, algorithm: str, keys: Keys) -> tuple[Any, Signer]:
    """The key that a header names or carries. One that it carries is anybody's."""
    carried = header.get("jwk")
    if isinstance(carried, dict):
        return _carried(carried, algorithm), Signer("", vouched=False)
    named = header.get("kid")
    if algorithm != "EdDSA" or not isinstance(named, str) or ":" not in named:
        raise Refusal("key_unknown", method=str(named)[:200])
    multikey, signer = key_of(named, keys)
    public = ed25519_bytes(multikey)
    if public is None:
        raise Refusal("key_unknown", method=named[:200])
    return Ed25519PublicKey.from_public_bytes(public), signer


def _carried(carried: Document, algorithm: str) -> Any:
    try:
        key = FAMILIES[algorithm].from_jwk(json.dumps(carried))
    except (jwt.PyJWTError, ValueError, TypeError, KeyError):
        raise Refusal("token_malformed", what="jwk") from None
    if not hasattr(key, "verify") or getattr(key, "key_size", 2048) < (2048 if algorithm == "RS256" else 256):
        raise Refusal("token_malformed", what="jwk")
    return key


def _part(text: str) -> Document:
    if "=" in text:
        raise Refusal("token_malformed", what="its letters")
    try:
        return parsed(urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode())
    except (Error, ValueError):
        raise Refusal("token_malformed", what="its letters") from None


def _credential(payload: Document) -> Document:
    """The credential itself: the claim `vc` of the first version, or the whole of it without the token's words."""
    if "vc" in payload:
        inner = payload["vc"]
        if not isinstance(inner, dict):
            raise Refusal("token_malformed", what="vc")
        beside = payload.keys() & (WORDS | inner.keys()) - OWN
        if any(payload[name] != inner.get(name) for name in beside):  # others would read these
            raise Refusal("token_malformed", what="vc")
        return _told_by_the_token(payload) | inner
    return {name: value for name, value in payload.items() if name not in OWN}


def _told_by_the_token(payload: Document) -> Document:
    """What the first version left out of the credential, because the token says it."""
    told = {field: payload[name] for name, field in (("iss", "issuer"), ("jti", "id")) if name in payload}
    if not {"validFrom", "issuanceDate"} & set(payload["vc"]):
        told |= {"issuanceDate": _moment_of(payload["nbf"])} if "nbf" in payload else {}
    if not {"validUntil", "expirationDate"} & set(payload["vc"]):
        told |= {"expirationDate": _moment_of(payload["exp"])} if "exp" in payload else {}
    return told


def _moment_of(count: Any) -> str:
    try:
        return stamp(datetime.fromtimestamp(count, UTC))
    except (TypeError, ValueError, OverflowError, OSError):
        raise Refusal("token_malformed", what="its moments") from None


def _agreed(payload: Document, document: Document) -> None:
    """Refuse a token that says one thing in its own words and another in the credential's."""
    for name, field in SAME.items():
        said = identifier(document.get(field))
        if name in payload and payload[name] != said and said:
            raise Refusal("token_malformed", what=name)
    for name, fields in MOMENTS.items():
        if name not in payload:
            continue
        count = payload[name]
        told = next((moment(document[field]) for field in fields if field in document), None)
        whole = isinstance(count, (int, float)) and not isinstance(count, bool)
        if not whole or told is None or int(told.timestamp()) != int(count):
            raise Refusal("token_malformed", what=name)


def _seconds(text: Any) -> int:
    when = moment(text)
    if when is None:
        raise Refusal("date_malformed", field=str(text)[:60])
    return int(when.timestamp())
