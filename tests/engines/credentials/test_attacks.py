"""Whoever changes, wraps or doubles a signed credential gets a reasoned no, never a stumble and never a yes."""

from __future__ import annotations

import json
import struct
import zlib
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from jwt.algorithms import OKPAlgorithm

from craftpath.engines.credentials import Refusal, SigningKey, check, documents, sign, token
from craftpath.engines.credentials.baked import credential_in
from tests.engines.credentials.making import KEY, NOW, achievement, signed
from tests.engines.credentials.test_baked import SVG, png

OTHER = SigningKey.of(bytes(range(1, 33)))
TOKEN = token(achievement(), KEY, method=KEY.did_key_method)
ENVELOPE = {
    "@context": "https://www.w3.org/ns/credentials/v2",
    "id": f"data:application/vc+jwt,{TOKEN}",
    "type": "EnvelopedVerifiableCredential",
}


def verdict(what: Any) -> tuple[bool, str]:
    """Whether it holds, and the first reason against it."""
    found = check(what, at=NOW)
    assert all(one.why and one.why_in("zh") for one in found.checks)
    return found.valid, next((one.code for one in found.checks if one.ok is False), "")


def places(value: Any, *, way: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every part of a document."""
    if way:
        yield way
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, one in inner:
        yield from places(one, way=(*way, name))


def without(document: dict[str, Any], way: tuple[Any, ...]) -> dict[str, Any]:
    copy = deepcopy(document)
    part: Any = copy
    for step in way[:-1]:
        part = part[step]
    del part[way[-1]]
    return copy


@pytest.mark.parametrize("way", list(places(signed())), ids=lambda way: ".".join(map(str, way)))
def test_nothing_can_be_taken_away(way: tuple[Any, ...]) -> None:
    assert not check(without(signed(), way), at=NOW).valid


@pytest.mark.parametrize("way", [(), ("issuer",), ("credentialSubject", "achievement"), ("proof", 0)])
@pytest.mark.parametrize("value", ["Master", None, [], {}], ids=repr)
def test_nothing_can_be_put_beside(way: tuple[Any, ...], value: Any) -> None:
    document = deepcopy(signed())
    part: Any = document
    for step in way:
        part = part[step]
    part["remark"] = value
    assert verdict(document) == (False, "terms_undefined")


def test_a_number_beyond_all_measure_is_no_stumble() -> None:
    document = deepcopy(signed())
    document["credentialSubject"]["creditsEarned"] = 10**400
    assert verdict(document) == (False, "not_linked_data")


def test_a_proof_is_of_the_named_key_for_this_purpose_and_of_this_document() -> None:
    one = signed()
    proof = one["proof"][0]
    bad = signed(achievement(name="Other"))["proof"][0]
    for changed in (
        one | {"proof": proof | {"verificationMethod": OTHER.did_key_method}},
        one | {"proof": proof | {"proofPurpose": "authentication"}},
        one | {"proof": proof | {"created": "2999-01-01T00:00:00Z"}},
        one | {"proof": [proof, bad]},
        one | {"proof": [bad, proof]},
        one | {"proof": [proof, "x"]},
        one | {"proof": [[proof]]},
        {name: value for name, value in one.items() if name != "proof"}
        | {"credentialSubject": one["credentialSubject"] | {"proof": proof}},
    ):
        assert not check(changed, at=NOW).valid


@pytest.mark.parametrize("part", ["issuer", "credentialSubject"])
def test_a_row_where_one_thing_belongs(part: str) -> None:
    one = signed()
    assert not check(one | {part: [one[part]]}, at=NOW).valid


def listed_elsewhere(document: dict[str, Any]) -> str:
    status = {"id": "https://college.example/revoked", "type": "1EdTechRevocationList"}
    listed = {"id": status["id"], "revokedCredential": [{"id": "urn:c:1"}]}
    return check(document, at=NOW, status=lambda _: listed)["status"].code


@pytest.mark.parametrize("meant", ["@id", "id", {"@id": "@id"}], ids=str)
def test_a_revoked_one_cannot_hide_its_name_from_the_list(meant: Any) -> None:
    page = ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"]
    bare = {
        "@context": page, "id": "urn:c:1", "type": ["VerifiableCredential"], "issuer": KEY.did_key,
        "credentialSubject": {"id": "urn:h"},
        "credentialStatus": {"id": "https://college.example/revoked", "type": "1EdTechRevocationList"},
    }  # fmt: skip
    hidden = sign(bare, KEY, method=KEY.did_key_method, created=NOW)
    assert listed_elsewhere(hidden) == "revoked"
    hidden["@context"] = [*page, {"name_of_it": meant}]
    hidden["name_of_it"] = hidden.pop("id")
    assert verdict(hidden) == (False, "terms_disguised")


def test_an_envelope_says_nothing_of_its_own() -> None:
    assert verdict(ENVELOPE) == (True, "")
    kinds = ["EnvelopedVerifiableCredential", "VerifiableCredential"]
    forged = ENVELOPE | {"type": kinds, "credentialSubject": {"id": "urn:somebody-else"}}
    assert verdict(forged) == (False, "beside_envelope")


def record(inner: dict[str, Any]) -> dict[str, Any]:
    issuer, holder = documents.Issuer(KEY.did_key, "C"), documents.Holder("urn:h")
    return documents.record(
        id="urn:r", issuer=issuer, holder=holder, credentials=[inner], name="Record", valid_from=NOW
    )


def test_a_record_does_not_hold_with_a_credential_that_names_another_issuer() -> None:
    forged = sign(achievement(), OTHER, method=OTHER.did_key_method, created=NOW)
    found = check(signed(record(forged)), at=NOW)
    assert (found.valid, found["proof"].code) == (False, "proof_inside")
    assert OTHER.did_key in found["proof"].why


def test_what_is_inside_is_looked_at_however_it_is_wrapped() -> None:
    inner = signed() | {"name": "Somebody else's"}
    subject = {"id": "urn:h", "type": ["ClrSubject"], "verifiableCredential": inner}
    for wrapped in (subject, [subject], [{"id": "urn:g"}, subject | {"verifiableCredential": [inner]}]):
        plain = record(inner) | {"type": ["VerifiableCredential"], "credentialSubject": wrapped}
        assert verdict(signed(plain)) == (False, "proof_inside")


def made(payload: Any, key: SigningKey = KEY, **header: Any) -> str:
    """A token with whatever header, which no library would write."""
    parts = [{"alg": "EdDSA", "kid": KEY.did_key_method} | header, payload]
    text = ".".join(urlsafe_b64encode(json.dumps(one).encode()).decode().rstrip("=") for one in parts)
    signature = Ed25519PrivateKey.from_private_bytes(key.private).sign(text.encode())
    return f"{text}.{urlsafe_b64encode(signature).decode().rstrip('=')}"


JWK = json.loads(OKPAlgorithm.to_jwk(Ed25519PrivateKey.from_private_bytes(OTHER.private).public_key()))


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ({"typ": ["JWT"]}, "token_malformed"),
        ({"typ": {}}, "token_malformed"),
        ({"crit": []}, "token_malformed"),
        ({"b64": False}, "token_malformed"),
        ({"alg": ["EdDSA"]}, "algorithm_refused"),
        ({"alg": "eddsa"}, "algorithm_refused"),
        ({"alg": "none"}, "algorithm_refused"),
        ({"alg": "RS256", "jwk": JWK}, "token_malformed"),
        ({"jwk": {}}, "token_malformed"),
        ({"jwk": {"kty": "OKP", "crv": "Ed25519", "x": 3}}, "token_malformed"),
        ({"kid": [KEY.did_key_method]}, ""),
        ({"kid": f"{KEY.did_key}#{OTHER.public_multikey}"}, ""),
    ],
)
def test_a_header_that_bends_the_rules(header: dict[str, Any], code: str) -> None:
    assert verdict(made(achievement(), **header)) == (False, code)


@pytest.mark.parametrize("issuer", [KEY.did_key, "did:web:college.example:at:yunqiao"])
@pytest.mark.parametrize(
    "header",
    [{"jwk": JWK}, {"kid": OTHER.did_key_method}, {"kid": f"https://a.example/#{OTHER.public_multikey}"}],
    ids=["a key of its own", "another's name", "a page"],
)
def test_a_token_of_one_key_does_not_speak_for_another_issuer(issuer: str, header: dict[str, Any]) -> None:
    document = achievement(issuer=documents.Issuer(issuer, "College"))
    text = made(document | {"iss": issuer}, OTHER, **header)
    assert jwt.get_unverified_header(text)["alg"] == "EdDSA"
    assert verdict(text) == (False, "issuer_other")


@pytest.mark.parametrize(
    "beside",
    [
        {"credentialSubject": {"id": "urn:somebody-else"}},
        {"validUntil": "2020-01-01T00:00:00Z"},
        {"issuer": "did:web:elsewhere.example"},
        {"vc": [1]},
        {"vc": "x"},
    ],
    ids=lambda beside: next(iter(beside)),
)
def test_a_token_does_not_say_a_credential_twice(beside: dict[str, Any]) -> None:
    first = {"vc": achievement(), "iss": KEY.did_key, "nonce": "a word of its own"}
    assert verdict(made(first)) == (True, "")
    assert verdict(made(first | beside)) == (False, "token_malformed")


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def test_a_picture_with_two_credentials_shows_neither() -> None:
    one = png(json.dumps(signed()))
    end = one.index(b"IEND") - 4
    second = chunk(b"iTXt", b"openbadgecredential\0\0\0\0\0" + json.dumps({"name": "Other"}).encode())
    element = f'<openbadges:credential verify="{TOKEN}"/>'
    for picture in (
        one[:end] + second + one[end:],
        SVG.format(element + element).encode(),
        SVG.format(element.replace("/>", ">{}</openbadges:credential>")).encode(),
    ):
        with pytest.raises(Refusal) as refused:
            credential_in(picture)
        assert refused.value.code == "two_inside"


@pytest.mark.parametrize(
    "data",
    [
        b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><svg>&a;</svg>',
        b'<?xml version="1.0" encoding="utf-16"?><svg/>',
        b"<a>" * 100_000 + b"</a>" * 100_000,
        b"<svg>\0</svg>",
        json.dumps(signed()).encode("utf-16"),
    ],
    ids=["a file of ours", "other letters", "deep", "nothing", "utf-16"],
)
def test_files_that_hold_none(data: bytes) -> None:
    with pytest.raises(Refusal):
        credential_in(data)
