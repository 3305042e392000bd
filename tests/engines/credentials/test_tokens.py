"""Tokens: of the key they name, by an algorithm that proves something, and saying one thing."""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from jwt.algorithms import ECAlgorithm, RSAAlgorithm

from craftpath.engines.credentials import check, documents, token
from tests.engines.credentials.making import KEY, NOW, achievement

COLLEGE = "https://college.example/"
PRIVATE = Ed25519PrivateKey.from_private_bytes(KEY.private)


def badge(**other: Any) -> dict[str, Any]:
    return achievement(status=None, **other)


def made(payload: dict[str, Any], **header: Any) -> str:
    return jwt.encode(payload, PRIVATE, algorithm="EdDSA", headers={"kid": KEY.did_key_method} | header)


def code(text: str) -> str:
    found = check(text, at=NOW)
    assert found.valid is (found["proof"].ok is True and found["schema"].ok is True)
    return found["proof"].code


def test_a_token_says_what_the_document_says() -> None:
    found = check(token(badge(), KEY, method=KEY.did_key_method), at=NOW)
    assert (found.valid, found["proof"].code) == (True, "token_holds")
    assert found["issuer"].ok is True
    assert found.credential == badge()
    header = jwt.get_unverified_header(token(badge(), KEY, method=KEY.did_key_method))
    assert header == {"typ": "JWT", "alg": "EdDSA", "kid": KEY.did_key_method}


def test_the_form_of_the_first_version_is_read() -> None:
    first = badge()
    first["@context"][0] = "https://www.w3.org/2018/credentials/v1"
    first["issuanceDate"] = first.pop("validFrom")
    first["expirationDate"] = first.pop("validUntil")
    assert code(made({"vc": first, "iss": KEY.did_key, "jti": first["id"]})) == "token_holds"


def test_an_envelope_is_opened() -> None:
    envelope = {
        "@context": "https://www.w3.org/ns/credentials/v2",
        "id": f"data:application/vc+jwt,{token(badge(), KEY, method=KEY.did_key_method)}",
        "type": "EnvelopedVerifiableCredential",
    }
    assert check(envelope, at=NOW).valid
    assert not check(envelope | {"id": "data:text/plain,x"}, at=NOW).valid


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("iss", "did:key:z6MkOther"),
        ("jti", "urn:another"),
        ("sub", "urn:uuid:00000000-0000-0000-0000-000000000000"),
        ("nbf", 0),
        ("exp", 9_999_999_999),
        ("exp", "soon"),
        ("exp", True),
    ],
)
def test_a_token_that_says_two_things_is_refused(name: str, value: Any) -> None:
    assert code(made(badge() | {name: value})) == "token_malformed"


def test_an_end_that_the_credential_does_not_know_is_refused() -> None:
    assert code(made(badge(valid_until=None) | {"exp": 1})) == "token_malformed"


def test_changed_or_of_another_key() -> None:
    head, body, tail = token(badge(), KEY, method=KEY.did_key_method).split(".")
    other = token(badge(name="Other"), KEY, method=KEY.did_key_method).split(".")
    assert code(f"{head}.{other[1]}.{tail}") == "proof_broken"
    assert code(f"{head}.{body}.{other[2]}") == "proof_broken"
    assert code(f"{head}.{body}.") == "proof_broken"
    assert code(f"{head}.{body}") == "token_malformed"
    assert code(made(badge(), kid="did:web:college.example#k1")) == "key_unknown"


def unsigned() -> str:
    parts = [json.dumps({"alg": "none", "typ": "JWT"}), json.dumps(badge())]
    return ".".join(urlsafe_b64encode(part.encode()).decode().rstrip("=") for part in parts) + "."


def test_algorithms_that_prove_nothing() -> None:
    shared = jwt.encode(
        badge(), KEY.public_multikey.encode(), algorithm="HS256", headers={"kid": KEY.did_key_method}
    )
    assert code(unsigned()) == "algorithm_refused"
    assert code(shared) == "algorithm_refused"


def test_words_that_must_be_understood() -> None:
    assert code(made(badge(), crit=["b64"], b64=True)) == "token_malformed"
    assert code(made(badge(), typ="dc+sd-jwt")) == "token_malformed"
    assert code(made(badge(), typ="vc+jwt")) == "token_holds"


@pytest.mark.parametrize(("algorithm", "family"), [("RS256", RSAAlgorithm), ("ES256", ECAlgorithm)])
def test_a_key_that_a_token_carries_is_anybodys(algorithm: str, family: Any) -> None:
    key: Any = (
        rsa.generate_private_key(65537, 2048)
        if algorithm == "RS256"
        else ec.generate_private_key(ec.SECP256R1())
    )
    public = json.loads(family.to_jwk(key.public_key()))
    page = badge(issuer=documents.Issuer(COLLEGE, "College"))
    found = check(jwt.encode(page, key, algorithm=algorithm, headers={"jwk": public}), at=NOW)
    assert (found.valid, found["proof"].ok, found["issuer"].ok) == (True, True, None)
    pretended = check(jwt.encode(badge(), key, algorithm=algorithm, headers={"jwk": public}), at=NOW)
    assert (pretended.valid, pretended["issuer"].code) == (False, "issuer_other")


def test_a_weak_or_private_key_in_a_token_is_refused() -> None:
    weak = rsa.generate_private_key(65537, 1024)
    public = json.loads(RSAAlgorithm.to_jwk(weak.public_key()))
    with pytest.warns(jwt.InsecureKeyLengthWarning):
        text = jwt.encode(badge(), weak, algorithm="RS256", headers={"jwk": public})
    assert code(text) == "token_malformed"
    strong = rsa.generate_private_key(65537, 2048)
    private = json.loads(RSAAlgorithm.to_jwk(strong))
    assert code(jwt.encode(badge(), strong, algorithm="RS256", headers={"jwk": private})) == "token_malformed"
