"""Signed statements: whole ones, and each way in which a signature is none."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from craftpath.engines.xapi import Wrong
from craftpath.engines.xapi.signatures import SIGNATURE, check_signature, is_signature
from tests.engines.xapi.samples import ATTACHMENT, short

KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
ATTACHED = ATTACHMENT | {"usageType": SIGNATURE, "contentType": "application/octet-stream"}


def certificate(key: Any = KEY) -> str:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Signer")])
    now = datetime(2026, 1, 1, tzinfo=UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now)
        .not_valid_after(now + timedelta(days=365))
        .sign(key, SHA256())
    )
    return base64.b64encode(made.public_bytes(Encoding.DER)).decode()


def signed(statement: Any, algorithm: str = "RS256", **header: Any) -> bytes:
    key: Any = KEY if algorithm.startswith("RS") else "secret" * 12
    payload = json.dumps(statement).encode()
    return jwt.PyJWS().encode(payload, key, algorithm=algorithm, headers=header or None).encode()


@pytest.mark.parametrize("algorithm", ["RS256", "RS384", "RS512"])
def test_a_whole_signature_with_and_without_its_certificate(algorithm: str) -> None:
    check_signature(short(), ATTACHED, signed(short(), algorithm), "attachments[0]")
    with_certificate = signed(short(), algorithm, x5c=[certificate()])
    check_signature(short(attachments=[ATTACHED]), ATTACHED, with_certificate, "attachments[0]")


def _swapped(content: bytes, payload: dict[str, Any]) -> bytes:
    head, _, tail = content.split(b".")
    return b".".join([head, base64.urlsafe_b64encode(json.dumps(payload).encode()).rstrip(b"="), tail])


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (None, "signature_missing"),
        (b"", "signature_malformed"),
        (b"a.b", "signature_malformed"),
        (b"%%.%%.%%", "signature_malformed"),
        (b"e30.W10.", "signature_malformed"),
        (json.dumps({"payload": "x", "signatures": []}).encode(), "signature_malformed"),
        (signed(short(), "HS256"), "signature_algorithm"),
        (signed(short(result={"success": True})), "signature_other"),
        (signed(short() | {"timestamp": "2026-01-01T00:00:00Z"}), "signature_other"),
        (signed({"actor": "x"}), "signature_other"),
        (signed([1]), "signature_malformed"),
        (signed(short(), x5c=["%%"]), "signature_malformed"),
        (signed(short(), x5c="none"), "signature_malformed"),
        (signed(short(), x5c=[certificate(rsa.generate_private_key(65537, 2048))]), "signature_broken"),
        (signed(short(), x5c=[certificate(ec.generate_private_key(ec.SECP256R1()))]), "signature_malformed"),
        (_swapped(signed(short(), x5c=[certificate()]), short(version="2.0.0")), "signature_broken"),
    ],
)
def test_what_is_no_signature_of_this_statement(content: bytes | None, code: str) -> None:
    with pytest.raises(Wrong) as refused:
        check_signature(short(timestamp="2026-01-02T00:00:00Z"), ATTACHED, content, "attachments[0]")
    assert refused.value.code == code


def test_a_signature_says_that_it_is_one() -> None:
    assert is_signature(ATTACHED)
    assert not is_signature(ATTACHMENT)
    with pytest.raises(Wrong) as refused:
        check_signature(short(), ATTACHED | {"contentType": "text/plain"}, signed(short()), "")
    assert refused.value.code == "signature_type"
