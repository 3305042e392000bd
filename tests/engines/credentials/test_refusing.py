"""What does not hold is refused, each for its own reason; what nobody can know is said as such."""

from __future__ import annotations

import json
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from craftpath.engines.credentials import Report, SigningKey, check, documents, sign
from craftpath.engines.credentials.reading import DEEPEST
from tests.engines.credentials.making import KEY, LIST, NOW, achievement, signed

OTHER = SigningKey.of(bytes(range(1, 33)))
COLLEGE = "did:web:college.example:at:yunqiao"
METHOD = documents.method_of(COLLEGE, KEY.public_multikey)


def of_college(**other: Any) -> dict[str, Any]:
    """A credential whose issuer is named by an address."""
    document = achievement(issuer=documents.Issuer(COLLEGE, "云桥职业技术学院"), **other)
    return sign(document, KEY, method=METHOD, created=NOW)


def test_a_key_of_the_issuer_is_asked_for() -> None:
    asked = []
    unknown = check(of_college(), at=NOW, keys=asked.append)  # type: ignore[arg-type]
    assert asked == [METHOD]
    assert (unknown.valid, unknown["proof"].ok, unknown["proof"].code) == (False, None, "key_unknown")
    known = check(of_college(), at=NOW, keys={METHOD: KEY.public_multikey}.get)
    assert (known.valid, known["issuer"].code) == (True, "issuer_known")
    wrong = check(of_college(), at=NOW, keys={METHOD: OTHER.public_multikey}.get)
    assert (wrong.valid, wrong["proof"].code) == (False, "proof_broken")


@pytest.mark.parametrize(
    "part", [{"type": "Ed25519Signature2020"}, {"cryptosuite": "ecdsa-rdfc-2019"}, {"type": None}]
)
def test_a_proof_of_one_kind_is_not_taken_for_another(part: dict[str, Any]) -> None:
    one = signed()
    found = check(one | {"proof": one["proof"][0] | part}, at=NOW)
    assert (found.valid, found["proof"].code in {"proof_malformed", "proof_unknown"}) == (False, True)


def test_whoever_signs_as_somebody_else_is_named() -> None:
    forged = sign(achievement(), OTHER, method=OTHER.did_key_method, created=NOW)
    found = check(forged, at=NOW)
    assert (found.valid, found["proof"].ok, found["issuer"].code) == (False, True, "issuer_other")
    assert OTHER.did_key in found["issuer"].why


def test_an_issuer_that_is_only_a_page_is_left_open() -> None:
    page = signed(achievement(issuer=documents.Issuer("https://college.example/", "College")))
    found = check(page, at=NOW)
    assert (found.valid, found["issuer"].ok, found["issuer"].code) == (True, None, "issuer_unproven")


@pytest.mark.parametrize(
    ("at", "code"),
    [
        (datetime(2026, 5, 31, 23, 59, 59, tzinfo=UTC), "not_yet"),
        (datetime(2026, 6, 1, tzinfo=UTC), "in_force"),
        (datetime(2031, 6, 1, tzinfo=UTC), "in_force"),
        (datetime(2031, 6, 1, 0, 0, 1, tzinfo=UTC), "expired"),
    ],
)
def test_dates(at: datetime, code: str) -> None:
    found = check(signed(), at=at)
    assert found["dates"].code == code
    assert found.valid is (code == "in_force")


def test_cut_off_anywhere_it_is_refused() -> None:
    whole = json.dumps(signed())
    for end in range(0, len(whole), 97):
        assert not check(whole[:end], at=NOW).valid


def test_a_vocabulary_from_elsewhere_is_never_fetched() -> None:
    foreign = deepcopy(signed())
    foreign["@context"].append("https://evil.example/context.json")
    found = check(foreign, at=NOW)
    assert (found.valid, found["proof"].code) == (False, "context_unknown")


def full_address(document: dict[str, Any]) -> None:
    document["https://www.w3.org/2018/credentials#validUntil"] = {
        "@value": document.pop("validUntil"),
        "@type": "http://www.w3.org/2001/XMLSchema#dateTime",
    }


def another_word(document: dict[str, Any]) -> None:
    document["@context"].append(
        {
            "best": {
                "@id": "https://www.w3.org/2018/credentials#validUntil",
                "@type": "http://www.w3.org/2001/XMLSchema#dateTime",
            }
        }
    )
    document["best"] = document.pop("validUntil")


def half_a_word(document: dict[str, Any]) -> None:
    document["@context"].append({"@vocab": "https://www.w3.org/2018/credentials#valid"})
    until = {"@value": document.pop("validUntil"), "@type": "http://www.w3.org/2001/XMLSchema#dateTime"}
    document["Until"] = until


def said_in_another_place(document: dict[str, Any]) -> None:
    inner = {"id": document["id"], "credentialStatus": document.pop("credentialStatus")}
    document["credentialSubject"]["achievement"]["related"] = [inner]


@pytest.mark.parametrize("disguise", [full_address, another_word, half_a_word, said_in_another_place])
def test_a_date_cannot_be_hidden_under_another_word(disguise: Any) -> None:
    document = deepcopy(signed())
    disguise(document)
    late = check(document, at=datetime(2040, 1, 1, tzinfo=UTC))
    assert (late.valid, late["proof"].code) == (False, "terms_disguised")


def test_nameless_things_that_cannot_be_told_apart_do_not_take_for_ever() -> None:
    crowd = [f"_:b{place}" for place in range(9)]
    plain = signed()
    tangled = {
        "@context": [plain["@context"][0], {"knot": {"@id": "https://knots.example/k", "@type": "@id"}}],
        "issuer": KEY.did_key,
        "type": ["VerifiableCredential"],
        "proof": plain["proof"],
        "credentialSubject": {
            "id": "urn:a",
            "knot": [{"id": a, "knot": [b for b in crowd if b != a]} for a in crowd],
        },
    }
    assert check(tangled, at=NOW)["proof"].code == "too_tangled"


def test_thousands_of_values_do_not_take_for_ever() -> None:
    wide = deepcopy(signed())
    wide["credentialSubject"]["achievement"]["tag"] = [f"tag {place}" for place in range(5000)]
    assert check(wide, at=NOW)["proof"].code == "too_tangled"


def test_two_hundred_certificates_of_the_same_kind_are_one_record() -> None:
    many = [signed(achievement(id=f"urn:c:{place}")) for place in range(200)]
    record = documents.record(
        id="urn:r", issuer=documents.Issuer(KEY.did_key, "C"), holder=documents.Holder("urn:h"),
        credentials=many, name="Record", valid_from=NOW,
    )  # fmt: skip
    assert check(signed(record), at=NOW).valid


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "token_malformed"),
        ("{", "not_json"),
        ("[]", "not_a_credential"),
        ('{"id": "urn:a", "id": "urn:b"}', "said_twice"),
        ('{"credits": NaN}', "not_json"),
        ('{"credits": 1e999}', "not_json"),
        ('{"name": "\\ud800"}', "not_json"),
        ('{"a":' * 5000 + "1" + "}" * 5000, "too_deep"),
        ('{"a":' * (DEEPEST + 1) + "1" + "}" * (DEEPEST + 1), "too_deep"),
        ('{"a": [' + ",".join(["{}"] * 7000) + "]}", "too_large"),
        ('{"@context": [' + ",".join(['"https://www.w3.org/ns/credentials/v2"'] * 21) + "]}", "too_large"),
        ('{"a": [' + ",".join(['{"@context": ["u:a", "u:b"]}'] * 501) + "]}", "too_large"),
        ('{"a": "' + "x" * 2_000_001 + '"}', "too_large"),
    ],
)
def test_what_cannot_be_read(text: str, code: str) -> None:
    found = check(text, at=NOW)
    assert (found.valid, found["proof"].code) == (False, code)
    assert found["dates"].ok is None


def revoked_list(places: list[int], **other: Any) -> dict[str, Any]:
    given: dict[str, Any] = {"id": LIST, "issuer": KEY.did_key, "valid_from": NOW - timedelta(days=1)}
    return signed(documents.status_list(places, **(given | other)))


def with_list(found: Any, at: datetime = NOW, document: dict[str, Any] | None = None) -> Report:
    return check(document or signed(), at=at, status=lambda entry: found)


def test_a_revoked_one_is_refused_and_its_neighbours_are_not() -> None:
    assert with_list(revoked_list([94567]))["status"].code == "revoked"
    assert not with_list(revoked_list([94567])).valid
    assert with_list(revoked_list([94566, 94568]))["status"].code == "not_revoked"
    suspended = signed(achievement(status=documents.status_entry(LIST, 3, "suspension")))
    found = with_list(revoked_list([3], purpose="suspension"), document=suspended)
    assert (found.valid, found["status"].code) == (False, "suspended")


def test_a_list_that_was_not_looked_up_is_said_so() -> None:
    found = check(signed(), at=NOW)
    assert (found.valid, found["status"].ok, found["status"].code) == (True, None, "not_looked_up")
    without = check(signed(achievement(status=None)), at=NOW)
    assert (without["status"].ok, without["status"].code) == (True, "no_status")


def foreign_list() -> dict[str, Any]:
    document = documents.status_list([], id=LIST, issuer=OTHER.did_key, valid_from=NOW)
    return sign(document, OTHER, method=OTHER.did_key_method, created=NOW)


def changed_list() -> dict[str, Any]:
    one = revoked_list([94567])
    other = revoked_list([])
    return one | {"credentialSubject": other["credentialSubject"]}


@pytest.mark.parametrize(
    "found",
    [
        foreign_list(),
        changed_list(),
        revoked_list([], id=LIST + "x"),
        revoked_list([], purpose="suspension"),
        revoked_list([], valid_until=NOW - timedelta(hours=1)),
        signed(),
        "{",
    ],
    ids=[
        "of another issuer",
        "changed",
        "another list",
        "another purpose",
        "expired",
        "no list",
        "no document",
    ],
)
def test_a_list_that_cannot_be_relied_on_frees_nobody(found: Any) -> None:
    report = with_list(found)
    assert (report.valid, report["status"].ok) == (False, False)


@pytest.mark.parametrize("bits", [b"\0" * 100, b"\0" * 5_000_000], ids=["short", "endless"])
def test_a_list_of_a_wrong_size_frees_nobody(bits: bytes) -> None:
    import gzip
    from base64 import urlsafe_b64encode

    document = documents.status_list([], id=LIST, issuer=KEY.did_key, valid_from=NOW)
    document["credentialSubject"]["encodedList"] = "u" + urlsafe_b64encode(gzip.compress(bits)).decode()
    assert with_list(signed(document))["status"].code == "status_broken"


def test_the_form_of_1edtech_names_the_revoked_ones() -> None:
    entry = {"id": "https://college.example/revoked", "type": "1EdTechRevocationList"}
    document = achievement(status=entry)
    document["@context"].append("https://purl.imsglobal.org/spec/ob/v3p0/extensions.json")
    mine = signed(document)
    listed = {
        "id": entry["id"],
        "issuer": KEY.did_key,
        "revokedCredential": [{"id": mine["id"], "revoked": True}],
    }
    assert with_list(listed, document=mine)["status"].code == "revoked"
    assert with_list(listed | {"revokedCredential": []}, document=mine)["status"].code == "not_revoked"


def test_a_record_does_not_hold_with_a_changed_credential_inside() -> None:
    inner = signed(achievement(status=None)) | {"name": "Somebody else's"}
    record = documents.record(
        id="urn:r", issuer=documents.Issuer(KEY.did_key, "C"), holder=documents.Holder("urn:h"),
        credentials=[inner], name="Record", valid_from=NOW,
    )  # fmt: skip
    found = check(signed(record), at=NOW)
    assert (found.valid, found["proof"].code) == (False, "proof_inside")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_whatever_stands_in_a_part_there_is_a_verdict(data: st.DataObject) -> None:
    document = deepcopy(signed())
    part: Any = document
    while True:
        name = data.draw(st.sampled_from(sorted(part) if isinstance(part, dict) else range(len(part))))
        if not isinstance(part[name], (dict, list)) or not part[name] or data.draw(st.booleans()):
            break
        part = part[name]
    before = part[name]
    part[name] = data.draw(JSON)
    report = check(document, at=NOW)
    assert all(one.why and one.why_in("zh") for one in report.checks)
    assert report.valid is (part[name] == before and type(part[name]) is type(before))
