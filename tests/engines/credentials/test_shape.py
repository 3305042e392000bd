"""The shape of documents: what the data model, Open Badges and the learner record ask, and what they leave free."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from craftpath.engines.credentials import documents
from craftpath.engines.credentials.shape import schema_check
from tests.engines.credentials.making import KEY, NOW, achievement

GONE: Any = object()
V2 = "https://www.w3.org/ns/credentials/v2"
V1 = "https://www.w3.org/2018/credentials/v1"
DIGEST = "uEiAjCHMnK5-ayOIZLWo_TBoKYVvSAprlkYEjRlm19Cj0uw"


def plain(**other: Any) -> dict[str, Any]:
    """A credential that is nothing but one."""
    bare = {
        "@context": [V2],
        "type": ["VerifiableCredential"],
        "issuer": "did:example:issuer",
        "credentialSubject": {"id": "did:example:subject"},
    } | other
    return {name: value for name, value in bare.items() if value is not GONE}


@pytest.mark.parametrize(
    "part",
    [
        {},
        {"name": {"@value": "Dog", "@language": "en", "@direction": "ltr"}},
        {"name": [{"@value": "Dog", "@language": "en"}, {"@value": "狗", "@language": "zh-Hans"}]},
        {"issuer": {"id": "https://college.example/", "name": "College"}},
        {"credentialSubject": [{"id": "urn:a"}, {"id": "urn:b"}]},
        {"validFrom": "2023-02-25T19:10:39.447-06:00", "validUntil": "2023-02-26T01:10:39.447Z"},
        {"validUntil": "2023-12-31T24:00:00Z"},
        {"credentialStatus": {"type": "SomeList"}},
        {"refreshService": [{"type": "A"}, {"type": "B", "id": "urn:b"}]},
        {"relatedResource": {"id": V2, "digestMultibase": DIGEST, "mediaType": "application/json"}},
        {"@context": [V1], "issuanceDate": "2010-01-01T00:00:00Z"},
    ],
)
def test_what_the_data_model_allows(part: dict[str, Any]) -> None:
    assert schema_check(plain(**part)).ok is True


@pytest.mark.parametrize(
    "part",
    [
        {"@context": GONE},
        {"@context": V2},
        {"@context": ["https://www.w3.org/ns/credentials/examples/v2", V2]},
        {"@context": [V2, 123]},
        {"@context": [V2, "https ://not-a-url"]},
        {"@context": [V1]},
        {"id": None},
        {"id": ["urn:a", "urn:b"]},
        {"id": "no address"},
        {"type": GONE},
        {"type": ["RelationshipCredential"]},
        {"type": []},
        {"name": {"@value": "Dog", "@language": "en", "url": "urn:a"}},
        {"name": {"@language": "en"}},
        {"description": {"@value": "Dog", "@direction": "up"}},
        {"issuer": GONE},
        {"issuer": "//not-a-url"},
        {"issuer": {"id": None}},
        {"issuer": {"name": "College"}},
        {"credentialSubject": GONE},
        {"credentialSubject": {}},
        {"credentialSubject": [{"id": "urn:a"}, {}]},
        {"credentialSubject": {"id": ["urn:a", "urn:b"]}},
        {"validFrom": "Sat 25 Feb 2023 07:16:31 PM CST"},
        {"validFrom": "2023-02-26T01:21:51"},
        {"validFrom": "2023-02-30T01:21:51Z"},
        {"validFrom": "2028-02-26T01:21:51Z", "validUntil": "2024-02-26T01:21:51Z"},
        {"credentialStatus": {"id": "urn:a"}},
        {"credentialStatus": {"type": 2}},
        {"credentialStatus": {"type": "A", "id": "https ://not-a-url"}},
        {"credentialSchema": {"type": "A"}},
        {"credentialSchema": {"id": "urn:a"}},
        {"refreshService": {"id": "urn:a"}},
        {"termsOfUse": {"id": "urn:a"}},
        {"evidence": {"id": "urn:a"}},
        {"proof": {"created": "2023-07-28T22:25:05Z"}},
        {"relatedResource": [V2]},
        {"relatedResource": [{"id": V2}]},
        {"relatedResource": [{"digestMultibase": DIGEST}]},
        {"relatedResource": [{"id": V2, "digestMultibase": "uZTQ0MjM1NiAgcmVwb3J0cy9yZWxhdGVkLXJlc291cmNl"}]},
        {"relatedResource": [{"id": V2, "digestSRI": "sha256-" + "ca3d163b" * 8}]},
        {"relatedResource": [{"id": V2, "digestMultibase": DIGEST}] * 2},
    ],
)
def test_what_the_data_model_forbids(part: dict[str, Any]) -> None:
    found = schema_check(plain(**part))
    assert (found.ok, found.code) == (False, "malformed")


def changed(path: str, value: Any) -> dict[str, Any]:
    document = deepcopy(achievement())
    inner: Any = document
    *steps, last = path.split(".")
    for step in steps:
        inner = inner[int(step)] if step.isdigit() else inner[step]
    if value is GONE:
        del inner[last]
    else:
        inner[last] = value
    return document


ACHIEVEMENT = "credentialSubject.achievement"


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("id", GONE),
        ("validFrom", GONE),
        ("@context", [V2]),
        ("@context", [V2, "https://purl.imsglobal.org/spec/ob/v2p0/context.json"]),
        ("issuer", "did:example:issuer"),
        ("issuer.type", ["Organisation"]),
        ("issuer.image", {"id": "urn:a"}),
        ("issuer.otherIdentifier", [{"type": "Other", "identifier": "1", "identifierType": "name"}]),
        ("credentialSubject.type", ["Other"]),
        ("credentialSubject.identifier.0.type", "Other"),
        ("credentialSubject.identifier.0.hashed", "false"),
        ("credentialSubject.identifier.0.identityType", "passport"),
        ("credentialSubject.result.0.type", ["Other"]),
        ("credentialSubject.result.0.status", "Passed"),
        ("credentialSubject.achievement", GONE),
        (f"{ACHIEVEMENT}.criteria", GONE),
        (f"{ACHIEVEMENT}.criteria", {}),
        (f"{ACHIEVEMENT}.description", GONE),
        (f"{ACHIEVEMENT}.achievementType", "Apprenticeship"),
        (f"{ACHIEVEMENT}.alignment.0.targetUrl", GONE),
        (f"{ACHIEVEMENT}.alignment.0.targetType", "Skill"),
        (f"{ACHIEVEMENT}.resultDescription.0.resultType", "Level"),
        (f"{ACHIEVEMENT}.resultDescription.0.rubricCriterionLevel.0.name", GONE),
        ("awardedDate", "2026-11-30"),
        ("evidence", [{"type": ["Photo"]}]),
    ],
)
def test_what_open_badges_forbid(path: str, value: Any) -> None:
    found = schema_check(changed(path, value))
    assert (found.ok, found.code) == (False, "malformed")
    assert found.why.count(": ") == 1
    assert found.facts["where"].split(".")[0] in {path.split(".")[0], "The document"}


def test_a_subject_without_any_name_is_refused() -> None:
    nobody = achievement(holder=documents.Holder())
    assert schema_check(nobody).ok is False
    assert schema_check(achievement(holder=documents.Holder("urn:a"))).ok is True


def test_words_of_ones_own_are_allowed_where_the_standard_says_so() -> None:
    assert schema_check(changed(f"{ACHIEVEMENT}.achievementType", "ext:SkillLevel")).ok is True


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("verifiableCredential", []),
        ("verifiableCredential", ["urn:a"]),
        ("type", ["Other"]),
        ("association", [{}]),
    ],
)
def test_what_the_learner_record_forbids(part: str, value: Any) -> None:
    record = documents.record(
        id="urn:r", issuer=documents.Issuer(KEY.did_key, "C"), holder=documents.Holder("urn:h"),
        credentials=[achievement()], name="Record", valid_from=NOW,
    )  # fmt: skip
    assert schema_check(record).ok is True
    record["credentialSubject"][part] = value
    assert schema_check(record).ok is False
