"""Pages of outside certificates: claimed on a phone, verified beside the picture, and the ladders of levels."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from craftpath.domain.claims import actions
from craftpath.domain.claims.models import Claim, TrustedIssuer
from craftpath.engines.credentials import SigningKey
from tests.cast import AT, Cast
from tests.domain.certificates.world import kind
from tests.domain.claims.test_signed import file
from tests.domain.claims.world import PDF, TOLD, claimed, office, verified
from tests.photos import picture

pytestmark = pytest.mark.usefixtures("all_rows")
FORM = {
    "title": "职业技能等级证书", "level": "cn5:3", "occupation": "", "issuer": "澜川市技能鉴定中心",
    "number": "Y0012 0350 0042", "issued_on": "1998-06-01", "valid_until": "",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _today() -> Any:
    with time_machine.travel(AT, tick=False):
        yield


def client(cast: Cast, who: str = "apprentice", language: str = "en") -> Client:
    made = Client(HTTP_ACCEPT_LANGUAGE=language)
    made.force_login(cast.people[who])
    return made


def url(page: str, *ids: Any, place: str = "lanchuan") -> str:
    return reverse(f"claims:{page}", args=[place, *ids])


def text(response: Any) -> str:
    return str(response.content.decode())


def photo() -> SimpleUploadedFile:
    return SimpleUploadedFile("证书.jpg", picture(), "image/jpeg")


def test_from_a_photo_to_a_certificate_that_counts(cast: Cast) -> None:
    own, desk = client(cast), client(cast, "coordinator")
    assert url("new") in text(own.get(url("mine")))
    sent = {**FORM, "made_id": uuid.uuid4()}
    page = text(own.post(url("new"), {**sent, "evidence": photo()}, follow=True))
    assert "Advanced worker · National skill levels (five)" in page
    own.post(url("new"), {**sent, "evidence": photo()})  # pressed twice
    row = Claim.objects.get()
    assert row.issued_on == date(1998, 6, 1)
    queue = text(desk.get(url("desk")))
    assert row.person.name in queue
    assert "waits for 0 days" in queue
    seen = text(desk.get(url("claim", row.public_id)))
    file = url("evidence", row.evidence.get().public_id)
    assert f'<img src="{file}"' in seen
    assert desk.get(file)["Content-Type"] == "image/jpeg"
    assert desk.post(url("decide", row.public_id, "verify"), {"revision": 1}).status_code == 422
    page = text(
        desk.post(
            url("decide", row.public_id, "verify"), {"revision": 1, "how": "register", "words": "编号一致"},
            follow=True,
        )
    )  # fmt: skip
    assert "It counts from now on." in page
    assert "编号一致" in page
    assert row.person.name not in text(desk.get(url("desk")))
    assert row.person.name in text(desk.get(url("desk"), {"state": "verified"}))
    told = text(own.get(url("claim", row.public_id)))
    assert "I have read it" in told
    assert "I have read it" not in text(own.post(url("own", row.public_id, "read"), follow=True))


def test_what_is_given_back_is_put_right(cast: Cast) -> None:
    row, own, desk = claimed(cast), client(cast), client(cast, "coordinator")
    answer = desk.post(url("decide", row.public_id, "return"), {"revision": 1, "words": ""})
    assert answer.status_code == 409
    assert "Choose a reason or write one" in text(answer)
    desk.post(
        url("decide", row.public_id, "return"), {"revision": 1, "phrase": "unreadable", "words": "第二页"}
    )
    page = text(own.get(url("claim", row.public_id)))
    assert "The picture cannot be read." in page
    assert "第二页" in page
    own.post(url("add_evidence", row.public_id), {"file": photo()})
    first = row.evidence.earliest("pk")
    own.post(url("drop_evidence", first.public_id))
    assert row.evidence.get().media_type == "image/jpeg"
    row.refresh_from_db()
    form = text(own.get(url("change", row.public_id)))
    assert "Hand it in again" in form
    own.post(url("change", row.public_id), {**FORM, "revision": row.revision})
    row.refresh_from_db()
    assert (row.state, row.issued_on.year) == ("claimed", 1998)
    stale = desk.post(url("decide", row.public_id, "verify"), {"revision": 1, "how": "original"})
    assert stale.status_code == 409
    assert "has changed since you opened it" in text(stale)


@pytest.mark.parametrize(
    ("instead", "status", "said"),
    [
        ({"level": "cn5:9"}, 422, "Select a valid choice"),
        ({"issued_on": "2026-13-01"}, 422, "valid date"),
        ({"issued_on": "0001-01-01"}, 422, "Look at the year again."),
        ({"issued_on": "2027-01-01"}, 409, "lies ahead"),
        ({"valid_until": "2026-09-13"}, 409, "ended on"),
        ({"number": "—"}, 409, "its number"),
        ({"title": "x\0y"}, 422, "Null characters"),
        ({"evidence": b"<svg/>"}, 409, "This kind of file is not taken"),
        ({"evidence": b"words only"}, 409, "Photos, PDF and digital credentials"),
        ({"evidence": b'{"@context": "x" '}, 409, "Photos, PDF and digital credentials"),
        ({"evidence": b""}, 422, "empty"),
    ],
)
def test_a_bad_form_says_why_and_keeps_what_was_typed(
    cast: Cast, instead: dict[str, Any], status: int, said: str
) -> None:
    content = instead.get("evidence", picture())
    sent = {**FORM, "made_id": uuid.uuid4(), **instead, "evidence": SimpleUploadedFile("x.jpg", content)}
    answer = client(cast).post(url("new"), sent)
    assert answer.status_code == status
    assert said in text(answer)
    assert "澜川市技能鉴定中心" in text(answer)
    assert not Claim.objects.exists()


def test_many_or_large_files_are_refused_before_they_are_read(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = client(cast)
    many = {**FORM, "made_id": uuid.uuid4(), "evidence": [photo() for _more in range(7)]}
    assert "At most 6 files fit" in text(made.post(url("new"), many))
    monkeypatch.setattr("craftpath.delivery.web.claims.forms.FILE_BYTES", 10)
    large = made.post(url("new"), {**FORM, "made_id": uuid.uuid4(), "evidence": photo()})
    assert (large.status_code, "The file is larger than" in text(large)) == (422, True)
    assert not Claim.objects.exists()


def test_two_who_claim_one_number_are_shown_side_by_side(cast: Cast) -> None:
    first, second = claimed(cast), claimed(cast, "classmate")
    desk = client(cast, "coordinator")
    assert text(desk.get(url("desk"))).count("claimed twice") == 2
    page = text(desk.get(url("claim", first.public_id)))
    assert url("claim", second.public_id) in page
    assert second.person.name in page
    place = url("decide", first.public_id, "verify")
    answer = desk.post(place, {"revision": 1, "how": "original", "doubles": 1})
    assert answer.status_code == 422  # nobody has ticked that both were looked at
    desk.post(place, {"revision": 1, "how": "original", "doubles": 1, "looked": "on"})
    other = desk.post(
        url("decide", second.public_id, "verify"),
        {"revision": 1, "how": "original", "doubles": 1, "looked": "on"},
    )
    assert other.status_code == 409
    assert "One certificate has one holder" in text(other)
    assert second.person.name not in text(client(cast).get(url("claim", first.public_id)))


def test_a_double_elsewhere_is_named_by_its_place_only(cast: Cast) -> None:
    actions.claim_certificate(
        cast.neighbour, TOLD, [PDF], made_id=uuid.uuid4(), by=cast.actor("stranger", cast.neighbour), at=AT
    )
    row = claimed(cast)
    page = text(client(cast, "coordinator").get(url("claim", row.public_id)))
    assert "Somebody of another organisation" in page
    assert "夏冰" not in page


def test_who_sees_what(cast: Cast) -> None:
    row = claimed(cast)
    file = url("evidence", row.evidence.get().public_id)
    for who, page, seen in (
        ("apprentice", 200, 200),
        ("coordinator", 200, 200),
        ("classmate", 404, 404),
        ("trainer", 404, 404),
        ("auditor", 200, 404),  # who reads the history reads what was decided, and no picture
    ):
        made = client(cast, who)
        assert made.get(url("claim", row.public_id)).status_code == page, who
        assert made.get(file).status_code == seen, who
    assert client(cast, "trainer").get(url("desk")).status_code == 403
    mine = claimed(cast, "coordinator", number="9")
    assert "Verify it" not in text(client(cast, "coordinator").get(url("claim", mine.public_id)))
    assert client(cast, "coordinator").post(url("decide", mine.public_id, "verify")).status_code == 403


def test_the_ladders_keep_scales_apart(cast: Cast) -> None:
    page = text(client(cast).get(url("levels")))
    assert "No certificate of yours counts yet." in page
    verified(cast, scheme="onex", level="advanced")
    page = text(client(cast).get(url("levels")))
    assert page.count('class="rung rung-held"') == 1
    assert (
        page.count('class="rung rung-met"') == 2
    )  # the two below it on the same scale, and nothing national
    verified(cast, number="2", level="4")
    page = text(client(cast).get(url("levels")))
    assert page.count('class="rung rung-held"') == 3  # level 4 of five, the same step of eight, and 1+X
    assert "学徒工" in text(client(cast, language="zh-hans").get(url("levels")))


def test_issuers_are_added_and_taken_out(cast: Cast) -> None:
    desk = client(cast, "coordinator")
    bad = desk.post(url("issuers"), {"name": "省鉴定中心", "did": "https://x.cn"})
    assert bad.status_code == 409
    assert "省鉴定中心" in text(bad)
    page = text(desk.post(url("issuers"), {"name": "省鉴定中心", "did": "did:key:z6MkX"}, follow=True))
    assert "did:key:z6MkX" in page
    desk.post(url("drop_issuer", TrustedIssuer.objects.get().public_id))
    assert "did:key:z6MkX" not in text(desk.get(url("issuers")))


@pytest.mark.parametrize("page", ["mine", "desk", "claim"])
def test_a_page_asks_as_often_for_one_as_for_fifty(cast: Cast, page: str) -> None:
    made = client(cast, "apprentice" if page == "mine" else "coordinator")
    row = claimed(cast, number="0")
    ids = [row.public_id] if page == "claim" else []

    def asked() -> int:
        with CaptureQueriesContext(connection) as counted:
            assert made.get(url(page, *ids)).status_code == 200
        return len(counted)

    claimed(cast, "classmate", number="0")
    asked()
    before = asked()
    own = cast.actor("apprentice")
    for _more in range(5):
        actions.add_evidence(row, PDF, by=own, at=AT)
    everybody = ("trainer", "assessor", "administrator")
    for who in everybody:
        claimed(cast, who, number="0")
    rows = [
        Claim(
            made_id=uuid.uuid4(), organisation=cast.college, person=row.person, title="x", issuer="y",
            number=str(n), issuer_key="y", number_key=f"n{n}", issued_on=row.issued_on, made_at=AT, claimed_at=AT,
        )
        for n in range(50)
    ]  # fmt: skip
    Claim.objects.bulk_create(rows)
    assert asked() <= before


def test_a_withdrawn_one_loses_its_files(cast: Cast) -> None:
    row = verified(cast)
    page = text(client(cast).post(url("own", row.public_id, "withdraw"), follow=True))
    assert "Its files are not kept any more" in page
    assert not row.evidence.exists()
    assert client(cast).get(url("change", row.public_id)).status_code == 409
    with pytest.raises(Claim.DoesNotExist):
        Claim.objects.get(state="verified")


def test_a_verification_is_taken_back(cast: Cast) -> None:
    row = verified(cast)
    desk = client(cast, "coordinator")
    place = url("decide", row.public_id, "revoke")
    assert desk.post(place, {"revision": 1}).status_code == 409
    page = text(desk.post(place, {"revision": 1, "phrase": "no_longer_valid"}, follow=True))
    assert "It counts no more." in page
    assert "The issuing body has withdrawn it." in text(client(cast).get(url("claim", row.public_id)))
    assert office(cast).person == row.decisions.latest("pk").by


def test_a_signature_of_a_known_issuer_is_offered_as_the_way_and_decides_nothing(cast: Cast) -> None:
    key = SigningKey.of(b"\x07" * 32)
    actions.trust_issuer(cast.college, did=key.did_key, name="省鉴定中心", by=office(cast), at=AT)
    row, other = claimed(cast, files=[(file(), "badge.json")]), claimed(cast, number="2", files=[PDF])
    theirs = claimed(cast, "classmate", number="3", files=[(file(), "badge.json")])
    desk, ticked = client(cast, "coordinator"), 'value="signature" required id="id_how_3" checked'
    page = text(desk.get(url("claim", row.public_id)))
    assert "Signature valid, issuer known." in page
    assert ticked in page
    assert ticked not in text(desk.get(url("claim", other.public_id)))
    page = text(desk.get(url("claim", theirs.public_id)))
    assert "It names somebody else than the person of this claim." in page
    assert ticked not in page
    row.refresh_from_db()
    assert row.state == "claimed"
    answer = desk.get(url("evidence", row.evidence.get().public_id))
    assert answer["Content-Disposition"].startswith("attachment")


def test_a_claim_says_which_certificates_here_ask_for_it(cast: Cast) -> None:
    asks = kind(
        cast, purpose="qualification", ground={}, scheme="cn5", level="2", title={"en": "Technician of the house"},
        requirements=[{"kind": "certificate", "scheme": "cn5", "level": "4"}],
    )  # fmt: skip
    made = client(cast)
    assert str(asks.title["en"]) in text(made.get(url("claim", claimed(cast).public_id)))
    low = claimed(cast, number="2", level="5")
    assert str(asks.title["en"]) not in text(made.get(url("claim", low.public_id)))
    verified(cast, number="3", level="3")
    page = text(made.get(url("levels")))
    assert "What your next step asks here" in page
    assert "Technician of the house" in page
