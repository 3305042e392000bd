"""The figures of the W3C's recommendation for eddsa-rdfc-2022 come out to the last byte."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from craftpath.engines.credentials import SigningKey, check, sign
from craftpath.engines.credentials.multikey import base58btc_bytes
from craftpath.engines.credentials.proofs import digest

NOW = datetime(2026, 1, 1, tzinfo=UTC)
SECRET = base58btc_bytes("z3u2en7t5LR2WtQH5PfFqMqwVHBeXouLzo6haApm8XHqvjxq") or b""
KEY = SigningKey.of(SECRET[2:])
METHOD = f"https://vc.example/issuers/5678#{KEY.public_multikey}"
DOCUMENT: dict[str, Any] = {
    # the examples' own context says nothing but this; here it stands in the document
    "@context": [
        "https://www.w3.org/ns/credentials/v2",
        {"@vocab": "https://www.w3.org/ns/credentials/examples#"},
    ],
    "id": "urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33",
    "type": ["VerifiableCredential", "AlumniCredential"],
    "name": "Alumni Credential",
    "description": "A minimum viable example of an Alumni Credential.",
    "issuer": "https://vc.example/issuers/5678",
    "validFrom": "2023-01-01T00:00:00Z",
    "credentialSubject": {"id": "did:example:abcdefgh", "alumniOf": "The School of Examples"},
}


def proof(method: str, value: str, created: str = "2023-02-24T23:36:38Z", **other: Any) -> dict[str, Any]:
    return {
        "type": "DataIntegrityProof",
        "cryptosuite": "eddsa-rdfc-2022",
        "created": created,
        "verificationMethod": f"https://vc.example/issuers/{method}",
        "proofPurpose": "assertionMethod",
        "proofValue": value,
    } | other


FIRST = proof(
    "56781#z6MktgKTsu1QhX6QPbyqG6geXdw6FQCZBPq7uQpieWbiQiG7",
    "z5KTX5yikM4eUukZW9qh66LGT3KZEUCACGpWcT2t4Yd54NMoFRchGmH4778omyNFAD3weSt6sNk5fuaMQmhhzNmEC",
    id="urn:uuid:26329423-bec9-4b2e-88cb-a7c7d9dc4544",
)
SECOND = proof(
    "56782#z6MkhWqdDBPojHA7cprTGTt5yHv5yUi1B8cnXn8ReLumkw6E",
    "z5KXNyXDcm822dHS37tmS6Xc7FFNo8c73AfeqmfHoywPxnXWNjWKYK3VQzt3CMUoK9uAqsboVHKJXxuYwbdnfxZeA",
    id="urn:uuid:8cc9022b-6b14-4cf3-8571-74972c5feb54",
)
OVER_BOTH = proof(
    "56783#z6MkmEq87wkHCYnWnNZkigeDMGTN7oUw1upkhzd77KuXERS1",
    "z2hcFbMaj3BJufikuLZQ36gAXVT9J3ZiwB9rqN3j7VdqyT1GaQPbMTaF1Q2gn7h75ZcJ6JpV9pvNoDumvcjtmSRAV",
    "2023-02-26T22:06:38Z",
    id="urn:uuid:d94f792a-c546-4d06-b38a-da070ab56c23",
    previousProof=[FIRST["id"], SECOND["id"]],
)
OVER_IT = proof(
    "56784#z6MkmEq87wkHCYnWnNZkigeDMGTN7oUw1upkhzd77KuXERS1",
    "z6f4Lx4xiwWq8sucv6pg2vVvD5R4bxr58q2TagpwDXCxPVVS28S1iFwhor4ikhG6u4RKrNx7uSkYrCHdiiw5Js3d",
    "2023-02-26T22:16:38Z",
    previousProof=OVER_BOTH["id"],
)


def test_hashes_and_signature() -> None:
    signed = sign(DOCUMENT, KEY, method=METHOD, created=datetime(2023, 2, 24, 23, 36, 38, tzinfo=UTC))
    made = signed["proof"][0]
    assert digest(DOCUMENT, made).hex() == (
        "4c4d3890a157f8d611b13c265c2c22f39aa0a567c7c7dd9ba3e45cd579784eeb"
        "517744132ae165a5349155bef0bb0cf2258fff99dfe1dbd914b938d775a36017"
    )
    assert made["proofValue"] == (
        "z21EVs3eXERqTn4acNHT9viboqgzUaQ3kTmhPT3eA8qrVPE7CrQq78WkzctnMX5W4CrzcKnHw8V6dvy5pgWYCU5e9"
    )


@pytest.mark.parametrize(
    "proofs", [[FIRST], [FIRST, SECOND], [FIRST, SECOND, OVER_BOTH], [FIRST, SECOND, OVER_BOTH, OVER_IT]]
)
def test_sets_and_chains_hold(proofs: list[dict[str, Any]]) -> None:
    assert check(DOCUMENT | {"proof": proofs}, at=NOW)["proof"].ok is True


@pytest.mark.parametrize(
    ("proofs", "code"),
    [
        ([SECOND, OVER_BOTH], "proof_malformed"),  # one that it stands on is gone
        ([FIRST, SECOND, OVER_BOTH | {"previousProof": [FIRST["id"]]}], "proof_broken"),
        ([FIRST, SECOND | {"proofValue": FIRST["proofValue"]}], "proof_broken"),
        ([FIRST, FIRST | {"proofPurpose": "authentication"}], "proof_malformed"),
    ],
)
def test_sets_and_chains_that_do_not_hold(proofs: list[dict[str, Any]], code: str) -> None:
    assert check(DOCUMENT | {"proof": proofs}, at=NOW)["proof"].code == code
