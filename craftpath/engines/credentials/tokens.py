"""Credentials as signed tokens: VC-JWT as Open Badges 3.0 and VC-JOSE-COSE write it."""

from __future__ import annotations

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from jwt.algorithms import ECAlgorithm, OKPAlgorithm, RSAAlgorithm

from craftpath.engines.credentials.dates import moment
from craftpath.engines.credentials.types import Document, Refusal, SigningKey

ACCEPTED = {
    "EdDSA": OKPAlgorithm,
    "RS256": RSAAlgorithm,
    "ES256": ECAlgorithm,
}  # never none, never a shared secret
OWN = ("iss", "sub", "jti", "nbf", "exp", "iat", "vc")  # words of the token, not of the credential


def token(document: Document, key: SigningKey, *, method: str) -> str:
    """The document as a token signed by the key that `method` names."""
    payload = {name: value for name, value in document.items() if name != "proof"}
    issuer = payload["issuer"]
    payload["iss"] = issuer["id"] if isinstance(issuer, dict) else issuer
    payload["nbf"] = seconds(payload["validFrom"])
    if payload.get("id"):
        payload["jti"] = payload["id"]
    if payload["credentialSubject"].get("id"):
        payload["sub"] = payload["credentialSubject"]["id"]
    if payload.get("validUntil"):
        payload["exp"] = seconds(payload["validUntil"])
    private = Ed25519PrivateKey.from_private_bytes(key.private)
    return jwt.encode(payload, private, algorithm="EdDSA", headers={"typ": "JWT", "kid": method})


def seconds(text: str) -> int:
    """A moment as tokens count it."""
    when = moment(text)
    if when is None:
        raise Refusal("date_malformed", field=text[:60])
    return int(when.timestamp())
