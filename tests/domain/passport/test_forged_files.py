"""What somebody signs with a key of one's own may say anything: nothing of it passes for what another signed."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from openpyxl import load_workbook

from craftpath.delivery.exchange.printouts.learner_record import record_csv, record_xlsx
from craftpath.domain.passport.brought import Brought, read_record
from craftpath.domain.passport.record import Entry, Line, Record, section
from craftpath.engines.credentials import SigningKey, documents, sign, token
from craftpath.values.text import Text
from tests.cast import AT, TODAY
from tests.domain.passport.world import refused

KEY, OTHER = SigningKey.of(b"k" * 32), SigningKey.of(b"j" * 32)
HOLDER = documents.Holder(identifiers=(documents.Identifier("陈雨桐", "name"),))


def certificate(
    title: str = "电工证", *, issuer: str = "", key: SigningKey = KEY, **more: Any
) -> dict[str, Any]:
    document = documents.achievement(
        id="urn:uuid:1",
        issuer=documents.Issuer(issuer or key.did_key, "人社部", "https://x.example"),
        holder=HOLDER,
        what=documents.Achievement(id="urn:a:1", name=title, description="d", criteria="c"),
        valid_from=AT - timedelta(days=3),
    )
    return sign(document | more, key, method=key.did_key_method, created=AT)


def changed() -> dict[str, Any]:
    document = certificate()
    document["credentialSubject"]["achievement"]["name"] = "一级建造师"
    return document


def read(*inside: Any, change: Callable[[dict[str, Any]], None] = lambda _: None, **more: Any) -> Brought:
    document = documents.record(
        id="urn:uuid:r", issuer=documents.Issuer(KEY.did_key, "X", "https://x.example"), holder=HOLDER,
        credentials=list(inside), name="n", valid_from=AT - timedelta(days=1),
    )  # fmt: skip
    document |= more
    change(document)
    content = json.dumps(sign(document, KEY, method=KEY.did_key_method, created=AT)).encode()
    return read_record(content, at=AT, trusted=lambda _: None)


def test_a_certificate_inside_is_signed_by_whoever_it_names_as_its_issuer() -> None:
    (kept,) = read(certificate()).content
    assert (kept["title"], kept["where"]) == ("电工证", "人社部")
    for wrong in (
        certificate(issuer="did:web:gov.example"),
        certificate(issuer=KEY.did_key, key=OTHER),
        changed(),
    ):
        with refused("passport.file_changed"):
            read(wrong)


def test_a_file_with_words_beside_a_token_in_its_envelope_is_refused() -> None:
    bare = {name: value for name, value in certificate().items() if name != "proof"}
    envelope = changed() | {
        "type": ["EnvelopedVerifiableCredential", "VerifiableCredential"],
        "id": "data:application/vc+jwt," + token(bare, KEY, method=KEY.did_key_method),
    }
    envelope.pop("proof")
    with refused("passport.file_changed"):
        read(envelope)


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("\u202e三级\u202c 钳工", "三级 钳工"),
        ("焊工\n来自 本站\u2028\x07", "焊工 来自 本站"),
        ("\u00ad\u2066Weld\u200ber\u2069", "Welder"),
        ("👩\u200d🏭 㛃𬭩\U0002ebf0", "👩\u200d🏭 㛃𬭩\U0002ebf0"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
    ],
)
def test_signs_that_nobody_sees_turn_nothing_round(said: str, kept: str) -> None:
    assert [one["title"] for one in read(certificate(said)).content] == [kept]


def test_what_has_only_such_signs_and_days_of_long_ago_say_nothing() -> None:
    assert not read(certificate("\u200b\u202e")).content
    (old,) = read(certificate(validFrom="0001-01-01T00:00:00Z")).content
    assert old["first"] == ""
    for first in ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00+14:00"):
        with refused("passport.no_record"):
            read(certificate(), validFrom=first)


@pytest.mark.parametrize("evil", ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "＝1+1", "＋1", "＠a", "－1+1", "\t=1"])
def test_no_text_of_a_file_is_a_formula_in_a_table(evil: str) -> None:
    entry = Entry(Text.of(evil), TODAY, None, (Text.of(evil),), (Line(Text.of(evil), evil),))
    found = Record(evil, "", TODAY, (section("works", [entry]),))
    rows = list(csv.reader(io.StringIO(record_csv(found).decode("utf-8-sig"))))
    assert [cell for cell in rows[1] if cell.startswith(evil[0])] == []
    assert rows[1].count(f"'{evil}") == 4


def test_a_name_with_signs_that_no_workbook_holds_makes_one_without_them() -> None:
    found = Record("陈\x07雨\x1f桐", "", TODAY, (section("works", [Entry(Text.of("a\x0bb"), TODAY)]),))
    book = load_workbook(io.BytesIO(record_xlsx(found)))
    assert str(book.properties.title).endswith("陈雨桐")
    assert book.active["B2"].value == "ab"
