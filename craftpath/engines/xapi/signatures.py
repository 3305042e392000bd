"""Signed statements: does the signature that was sent along belong to this statement?

It is held against the certificate that it names, which finds mistakes; whether to trust that certificate, the
standard leaves to whoever reads the statement.
"""

from __future__ import annotations

import base64
import binascii
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256, SHA384, SHA512
from cryptography.x509 import load_der_x509_certificate

from craftpath.engines.xapi.equality import same
from craftpath.engines.xapi.reading import read
from craftpath.engines.xapi.statements import check
from craftpath.engines.xapi.types import Json, Version, Wrong

SIGNATURE = "http://adlnet.gov/expapi/attachments/signature"
_HASHES = {"RS256": SHA256, "RS384": SHA384, "RS512": SHA512}


def is_signature(attachment: Json) -> bool:
    """Whether an attachment is the signature of its statement."""
    return bool(attachment["usageType"] == SIGNATURE)


def check_signature(statement: Json, attachment: Json, content: bytes | None, where: str) -> None:
    """`Wrong` unless the content is a signature that belongs to the statement."""
    if attachment["contentType"] != "application/octet-stream":
        raise Wrong("signature_type", where)
    if content is None:
        raise Wrong("signature_missing", where)
    parts = content.strip().split(b".")
    if len(parts) != 3:
        raise Wrong("signature_malformed", where, what=f"{len(parts)}")
    head, payload, signature = (_decoded(part, where) for part in parts)
    header, signed = _json(head, where), _json(payload, where)
    algorithm = str(header.get("alg"))
    if algorithm not in _HASHES:
        raise Wrong("signature_algorithm", where, value=algorithm)
    try:
        equal = same(check(signed, Version.V2), statement, moments=True)
    except Wrong as wrong:
        raise Wrong("signature_other", where) from wrong
    if not equal:
        raise Wrong("signature_other", where)
    if "x5c" in header:
        _check_certificate(header["x5c"], b".".join(parts[:2]), signature, algorithm, where)


def _decoded(part: bytes, where: str) -> bytes:
    try:
        return base64.b64decode(part + b"=" * (-len(part) % 4), altchars=b"-_", validate=True)
    except binascii.Error as fault:
        raise Wrong("signature_malformed", where, what="base64url") from fault


def _json(content: bytes, where: str) -> Json:
    try:
        said = read(content)
    except Wrong as wrong:
        raise Wrong("signature_malformed", where, what=wrong.said("en")) from wrong
    if not isinstance(said, dict):
        raise Wrong("signature_malformed", where, what="JSON")
    return said


def _check_certificate(chain: Any, signed: bytes, signature: bytes, algorithm: str, where: str) -> None:
    try:
        certificate = load_der_x509_certificate(base64.b64decode(chain[0], validate=True))
        key = certificate.public_key()
    except (ValueError, TypeError, KeyError, IndexError) as fault:
        raise Wrong("signature_malformed", where, what="x5c") from fault
    if not isinstance(key, RSAPublicKey):
        raise Wrong("signature_malformed", where, what="x5c")
    try:
        key.verify(signature, signed, PKCS1v15(), _HASHES[algorithm]())  # type: ignore[abstract]
    except InvalidSignature as fault:
        raise Wrong("signature_broken", where) from fault
