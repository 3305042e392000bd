"""Digital credentials as evidence: what they prove, of whom, and that the officer decides all the same."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from craftpath.domain.claims import actions, queries
from craftpath.domain.claims.checking import Signed, look
from craftpath.domain.claims.models import Claim, TrustedIssuer
from craftpath.engines.credentials import SigningKey, documents, sign, token
from tests.cast import AT, TODAY, Cast
from tests.domain.claims.world import claimed, office

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_rows")]
KEY, OTHER = SigningKey.of(b"\x07" * 32), SigningKey.of(b"\x08" * 32)
WEB = "did:web:cert.example.cn"


def document(holder: str = "陈雨桐", issuer: str = "", salt: str = "", **more: Any) -> dict[str, Any]:
    made: dict[str, Any] = {
        "id": "https://cert.example.cn/7",
        "issuer": documents.Issuer(issuer or KEY.did_key, "省技能鉴定中心"),
        "holder": documents.Holder(identifiers=(documents.Identifier(holder, "name", salt),)),
        "what": documents.Achievement("https://cert.example.cn/a/3", "Advanced worker", "Level 3", "An examination"),
        "valid_from": datetime(2025, 6, 1, tzinfo=UTC),
    }  # fmt: skip
    return documents.achievement(**made | more)


def file(**more: Any) -> bytes:
    return json.dumps(sign(document(**more), KEY, method=KEY.did_key_method, created=AT)).encode()


def seen(cast: Cast, content: bytes, *, trust: bool = True, public: str = "") -> Signed:
    """What an officer is shown of a file, by an office that knows the issuer or not."""
    did = WEB if public else KEY.did_key
    if trust:
        actions.trust_issuer(cast.college, did=did, name="省鉴定中心", public=public, by=office(cast), at=AT)
    row = claimed(cast, files=[(content, "credential.json")])
    return look(row.evidence.get(), list(queries.issuers(cast.college, TODAY)), AT)


def test_a_signature_of_a_known_issuer_is_sure_and_verifies_nothing_by_itself(cast: Cast) -> None:
    found = seen(cast, file())
    assert found.sure
    assert found.known is not None
    assert (found.title, found.holder, found.own) == ("Advanced worker", "陈雨桐", True)
    assert Claim.objects.get().state == "claimed"


def test_an_unknown_issuer_is_never_sure(cast: Cast) -> None:
    found = seen(cast, file(), trust=False)
    assert found.report.valid
    assert not found.sure


def test_an_issuer_that_is_only_named_is_not_known(cast: Cast) -> None:
    """Signed by somebody else in the name of the trusted issuer."""
    forged = sign(document(issuer=KEY.did_key), OTHER, method=OTHER.did_key_method, created=AT)
    found = seen(cast, json.dumps(forged).encode())
    assert found.known is None
    assert not found.sure


def test_an_issuer_that_is_trusted_no_longer_is_not_known(cast: Cast) -> None:
    seen(cast, file())
    (issuer,) = queries.issuers(cast.college, TODAY)
    actions.drop_issuer(issuer, by=office(cast), at=AT)
    again = look(Claim.objects.get().evidence.get(), list(queries.issuers(cast.college, TODAY)), AT)
    assert not again.sure


@pytest.mark.parametrize("spoil", ["name", "proof", "cut"])
def test_what_was_changed_or_never_signed_is_not_sure(cast: Cast, spoil: str) -> None:
    said = json.loads(file())
    if spoil == "name":
        said["name"] = "Senior technician"
    elif spoil == "proof":
        del said["proof"]
    else:
        said["proof"][0]["proofValue"] = said["proof"][0]["proofValue"][:-3]
    found = seen(cast, json.dumps(said).encode())
    assert found.report["proof"].ok is False
    assert not found.sure


def test_what_has_expired_is_not_sure(cast: Cast) -> None:
    found = seen(cast, file(valid_until=AT - timedelta(days=1)))
    assert found.report["dates"].ok is False
    assert not found.sure


def test_a_web_issuer_is_known_by_the_key_that_the_office_keeps(cast: Cast) -> None:
    signed = sign(document(issuer=WEB), KEY, method=f"{WEB}#key-1", created=AT)
    assert seen(cast, json.dumps(signed).encode(), public=KEY.public_multikey).sure
    Claim.objects.update(state="withdrawn")
    other = sign(document(issuer=WEB), OTHER, method=f"{WEB}#key-1", created=AT)
    assert not seen(cast, json.dumps(other).encode(), trust=False).sure


def test_a_key_that_followed_another_is_unknown_and_not_a_forgery(cast: Cast) -> None:
    """The issuer has rotated its key: the office above knows the new one, or nobody does yet."""
    method = f"{WEB}#{OTHER.public_multikey}"
    content = json.dumps(sign(document(issuer=WEB), OTHER, method=method, created=AT)).encode()
    found = seen(cast, content, public=KEY.public_multikey)
    assert found.report["proof"].code == "key_unknown"
    above = TrustedIssuer.objects.create(
        organisation=cast.city, did=WEB, name="A", public=OTHER.public_multikey, starts_on=TODAY, made_at=AT
    )
    row = Claim.objects.get().evidence.get()
    for name in ("A", "省鉴定中心（总）"):  # before and after the other in the list
        TrustedIssuer.objects.filter(pk=above.pk).update(name=name)
        assert look(row, list(queries.issuers(cast.college, TODAY)), AT).sure


@pytest.mark.parametrize(
    ("holder", "salt", "own"),
    [("陈 雨桐", "", True), ("林浩然", "", False), ("陈雨桐", "salt", True), ("林浩然", "salt", False)],
)
def test_whose_it_is_is_compared_also_where_the_name_is_hashed(
    cast: Cast, holder: str, salt: str, own: bool
) -> None:
    assert seen(cast, file(holder=holder, salt=salt)).own is own


def test_a_credential_that_names_nobody_says_so(cast: Cast) -> None:
    nobody = documents.Holder(identifiers=(documents.Identifier("x@example.cn", "emailAddress", "s"),))
    content = json.dumps(
        sign(document() | {"credentialSubject": document(holder="陈雨桐")["credentialSubject"]
             | {"identifier": nobody.document("AchievementSubject")["identifier"]}},
             KEY, method=KEY.did_key_method, created=AT)
    ).encode()  # fmt: skip
    assert seen(cast, content).own is None


def test_a_token_and_a_badge_are_credentials_too(cast: Cast) -> None:
    words = token(document(), KEY, method=KEY.did_key_method)
    assert seen(cast, words.encode()).sure
    row = Claim.objects.get()
    assert row.evidence.get().media_type == "application/jwt"
    out, inside = io.BytesIO(), PngInfo()
    inside.add_itxt("openbadgecredential", file().decode())
    Image.new("RGB", (9, 9)).save(out, "PNG", pnginfo=inside)
    badge = actions.add_evidence(row, (out.getvalue(), "badge.png"), by=cast.actor("apprentice"), at=AT)
    assert badge.media_type == "application/json"
    assert badge.kept.bytes() == file()
    assert look(badge, list(queries.issuers(cast.college, TODAY)), AT).sure


def test_a_picture_without_a_credential_stays_a_photo(cast: Cast) -> None:
    out = io.BytesIO()
    Image.new("RGB", (9, 9)).save(out, "PNG")
    row = claimed(cast, files=[(out.getvalue(), "x.png")])
    assert row.evidence.get().media_type == "image/jpeg"
