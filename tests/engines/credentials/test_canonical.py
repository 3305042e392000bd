"""Canonical statements are those of the library as it comes, however often and in however many threads."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from pyld import jsonld

from craftpath.engines.credentials import Refusal, documents
from craftpath.engines.credentials.canonical import canonical
from craftpath.engines.credentials.loader import load
from tests.engines.credentials.making import KEY, LIST, NOW, achievement, signed

PLAIN = {"algorithm": "URDNA2015", "format": "application/n-quads", "documentLoader": load}


def record() -> dict[str, Any]:
    return documents.record(
        id="urn:r", issuer=documents.Issuer(KEY.did_key, "C"), holder=documents.Holder("urn:h"), name="Record",
        credentials=[signed(achievement(id=f"urn:c:{place}")) for place in range(3)], valid_from=NOW,
    )  # fmt: skip


DOCUMENTS = {
    "badge": achievement(),
    "signed badge": signed(),
    "record": record(),
    "list": documents.status_list([7], id=LIST, issuer=KEY.did_key, valid_from=NOW),
    "keys": documents.did_document("did:web:college.example", [KEY.public_multikey]),
    "words of its own": achievement()
    | {"@context": [*achievement()["@context"], {"@vocab": "https://x.example/#"}]},
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_same_as_the_library_without_what_is_kept(name: str) -> None:
    document = DOCUMENTS[name]
    whole = jsonld.normalize(document, PLAIN)
    assert [canonical(document) for _ in range(3)] == [whole] * 3


def test_the_same_in_many_threads() -> None:
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(canonical, list(DOCUMENTS.values()) * 8))
    assert found == [jsonld.normalize(one, PLAIN) for one in DOCUMENTS.values()] * 8


@pytest.mark.parametrize(
    "part",
    [
        {"salary": 1},
        {"type": ["VerifiableCredential", "Unheard"]},
        {"id": "no/address"},
        {"credentialSubject": {"id": "urn:a b"}},
        {"credentialSubject": {"id": "urn:a", "type": "AchievementSubject", "unheard": {"id": "urn:b"}}},
    ],
)
def test_nothing_is_left_out_in_silence(part: dict[str, Any]) -> None:
    with pytest.raises(Refusal):
        canonical(achievement() | part)
