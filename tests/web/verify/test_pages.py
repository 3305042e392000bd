"""Certificates for whoever doubts them: what the page says, to whom, at what cost, and what programs get."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from defusedxml.ElementTree import fromstring
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from craftpath.delivery.commands.headless import main
from craftpath.domain.apprenticeships.models import StageProgress
from craftpath.domain.certificates.actions import (
    replace_certificate,
    revoke_certificate,
    revoke_key,
    rotate_key,
)
from craftpath.domain.certificates.models import Certificate, IssuerKey
from craftpath.engines.credentials import check
from craftpath.engines.credentials.baked import credential_in
from craftpath.kernel.people import Person
from tests.cast import AT, TODAY, Cast
from tests.domain.certificates.world import STAGE, TITLE, issued, kind, passed

pytestmark = pytest.mark.usefixtures("all_rows")
ADDRESS = "https://learn.example"


@pytest.fixture(autouse=True)
def _today(settings: Any) -> Iterator[None]:
    settings.ADDRESS = ADDRESS
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def one(cast: Cast) -> Certificate:
    passed(cast, "26001")
    return issued(cast, kind(cast, valid_months=36))[0]


def learner(cast: Cast, number: str = "26001") -> Person:
    return cast.enrolments[number].person


def office(cast: Cast) -> dict[str, Any]:
    return {"by": cast.actor("coordinator"), "at": AT}


def read(row: Certificate, language: str = "en", **headers: Any) -> Any:
    return Client().get(f"/c/{row.public_id}/?in={language}", **headers)


def said(answer: Any) -> str:
    assert answer.status_code == 200
    return str(answer.content.decode())


def heading(page: str) -> str:
    found = re.search(r"<h1[^>]*>(.*?)</h1>", page)
    assert found is not None
    return found[1]


def test_it_says_at_one_glance_that_it_holds_in_both_languages(cast: Cast, one: Certificate) -> None:
    english, chinese = said(read(one)), said(read(one, "zh"))
    assert heading(english) == "This certificate is valid"
    assert heading(chinese) == "该证书有效"
    criteria, house = one.content["criteria"], str(cast.college.name["zh"])
    for words in (one.number, one.person.name, TITLE["en"], criteria["en"], house):
        assert words in english or words in chinese
    assert criteria["zh"] in chinese
    assert '<html lang="zh-hans">' in chinese


def test_it_expires_the_day_after_its_last_one_where_it_was_issued(one: Certificate) -> None:
    assert one.valid_until is not None
    last = AT + (one.valid_until - TODAY)
    with time_machine.travel(
        last.replace(hour=15, minute=59), tick=False
    ):  # one minute to midnight in Shanghai
        assert heading(said(read(one))) == "This certificate is valid"
    with time_machine.travel(last.replace(hour=16), tick=False):
        assert heading(said(read(one))) == "This certificate has expired"


def test_a_revoked_one_says_why_and_since_when(cast: Cast, one: Certificate) -> None:
    revoke_certificate(one, because="issued to the <wrong> person", **office(cast))
    page = said(read(one))
    assert heading(page) == "This certificate was revoked"
    assert "issued to the &lt;wrong&gt; person" in page
    assert "Since 14 Sep 2026 it does not hold any more." in page


def test_a_replaced_one_leads_to_the_newer_and_back(cast: Cast, one: Certificate) -> None:
    newer = replace_certificate(one, because="the name was misspelt", on=TODAY, **office(cast))
    page = said(read(one))
    assert heading(page) == "This certificate was replaced"
    assert f'href="/c/{newer.public_id}/?in=en"' in page
    assert heading(said(read(newer))) == "This certificate is valid"
    assert f'href="/c/{one.public_id}/?in=en"' in said(read(newer))


def test_what_a_revoked_key_signed_is_revoked_with_the_keys_reason(cast: Cast, one: Certificate) -> None:
    key = IssuerKey.objects.get()
    revoke_key(key, because="the server was stolen", by=cast.actor("administrator"), at=AT)
    page = said(read(one))
    assert heading(page) == "This certificate was revoked"
    assert "the server was stolen" in page


def test_nobody_is_asked_to_sign_in_whatever_their_cookies_say(cast: Cast, one: Certificate) -> None:
    client = Client()
    client.cookies["sessionid"] = "expired" * 4
    assert client.get(f"/c/{one.public_id}/").status_code == 200
    slip = learner(cast, "26002")
    slip.must_change_password = True
    slip.save()
    client.force_login(slip)
    answer = client.get(f"/c/{one.public_id}/")
    assert answer.status_code == 200
    assert not answer.cookies


def test_one_query_and_no_session_for_it_and_copies_may_be_kept(cast: Cast, one: Certificate) -> None:
    client = Client()
    client.force_login(learner(cast))
    with CaptureQueriesContext(
        connection,
    ) as asked:
        answer = client.get(f"/c/{one.public_id}/")
    assert len(asked) == 1
    assert answer.headers["Cache-Control"] == "public, max-age=300"
    assert answer.headers["Vary"] == "Accept-Language"
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert 'name="robots" content="noindex"' in said(answer)
    again = client.get(f"/c/{one.public_id}/", HTTP_IF_NONE_MATCH=answer.headers["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    assert len(answer.content) < 10_000


KINDS = {
    "": "text/html; charset=utf-8",
    "credential.json": "application/vc+ld+json",
    "credential.jwt": "application/vc+jwt",
    "badge.svg": "image/svg+xml",
}


@pytest.mark.parametrize("file", KINDS)
def test_whoever_asks_only_for_the_head_gets_the_same_one(one: Certificate, file: str) -> None:
    head, whole = (getattr(Client(), verb)(f"/c/{one.public_id}/{file}") for verb in ("head", "get"))
    assert (head.status_code, head.content, head.headers["Content-Type"]) == (200, b"", KINDS[file])
    for name in ("ETag", "Cache-Control", "Vary", "X-Robots-Tag", "Content-Type"):
        assert head.headers[name] == whole.headers[name]


def test_a_kept_page_is_not_taken_for_the_same_after_the_certificate_has_ended(
    cast: Cast, one: Certificate
) -> None:
    kept = read(one).headers["ETag"]
    assert read(one, HTTP_IF_NONE_MATCH=kept).status_code == 304
    assert read(one, "zh-hans", HTTP_IF_NONE_MATCH=kept).status_code == 200
    revoke_certificate(one, because="误发", **office(cast))
    again = read(one, HTTP_IF_NONE_MATCH=kept)
    assert (again.status_code, heading(said(again))) == (200, "This certificate was revoked")


def test_a_badge_of_a_hostile_name_is_a_picture_and_nothing_else(one: Certificate) -> None:
    hostile = '"><script>alert(1)</script>&x;<![CDATA[' + "]]>\u202e"
    one.content["holder"] = {"name": hostile, "latin": hostile}
    one.content["title"] = {"zh": hostile, "en": hostile}
    one.save(update_fields=["content"])
    picture = fromstring(Client().get(f"/c/{one.public_id}/badge.svg").content)
    names = {element.tag.rpartition("}")[2] for element in picture.iter()}
    assert not names & {"script", "a", "image", "foreignObject", "style"}
    assert not [name for element in picture.iter() for name in element.attrib if name.startswith("on")]
    assert "<script" not in said(read(one))


def test_it_loads_nothing_but_two_sheets_of_its_own(one: Certificate) -> None:
    page = said(read(one))
    assert re.findall(r"<script|<img|@import|<iframe|style=", page) == []
    links = re.findall(r'<link rel="([a-z]+)" href="(/static/css/|data:,)', page)  # an icon that is nothing
    assert links == [("icon", "data:,"), *[("stylesheet", "/static/css/")] * 2]
    assert page.count("<link") == len(links)


def test_an_unknown_id_is_404(one: Certificate) -> None:
    for public_id in ("7k3m9xq2hd5w", one.number, "x" * 300, "%00", "张"):
        for file in ("", "credential.json", "credential.jwt", "badge.svg"):
            assert Client().get(f"/c/{public_id}/{file}").status_code == 404
    assert Client().get("/c/status/lanchuan/2.json").status_code == 404
    assert Client().get("/c/status/nowhere/1.json").status_code == 404
    assert Client().get("/at/jinheng/did.json").status_code == 404


def looked_up(number: str, name: str) -> Any:
    return Client().post("/c/?in=en", {"number": number, "name": name})


def test_number_and_name_lead_to_it_however_they_are_typed(one: Certificate) -> None:
    for name in (
        one.person.name,
        f" {one.person.name[0]} {one.person.name[1:]}",
        "chen YUTONG",
        "ＣＨＥＮ Yutong",
    ):
        answer = looked_up(f" {one.number.lower()} ", name)
        assert (answer.status_code, answer.url) == (302, f"/c/{one.public_id}/?in=en")


def test_a_wrong_name_and_an_unknown_number_are_one_answer(cast: Cast, one: Certificate) -> None:
    wrong, unknown = looked_up(one.number, "林浩然"), looked_up(one.number[:-1] + "9", one.person.name)
    pages = [
        re.sub(r'value="[^"]*"', "", said(answer))
        for answer in (wrong, unknown, looked_up(one.number, "\0 "))
    ]
    assert pages[0] == pages[1] == pages[2]
    assert "No certificate has this number and this name" in pages[0]
    assert 'value="林浩然"' in said(wrong)


def test_trying_is_limited(one: Certificate, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "certificate": "2/m/ip"}
    assert [looked_up("X", "y").status_code for _ in range(3)] == [200, 200, 429]
    assert read(one).status_code == 200


def test_credential_token_list_and_keys_check_one_another(cast: Cast, one: Certificate) -> None:
    """Everything that a program needs is fetched from here and nowhere else, after a second key was begun."""
    before = said(Client().get(f"/c/{one.public_id}/credential.json"))
    rotate_key(cast.college, seen=IssuerKey.objects.get().public_id, **office(cast))
    document = json.loads(said(Client().get("/at/lanchuan/did.json")))
    assert document["id"] == "did:web:learn.example:at:lanchuan"
    methods = {method["id"]: method["publicKeyMultibase"] for method in document["verificationMethod"]}
    assert len(methods) == 2

    def lists(entry: Any) -> Any:
        path = entry["statusListCredential"].removeprefix(ADDRESS)
        return json.loads(said(Client().get(path)))

    token = said(Client().get(f"/c/{one.public_id}/credential.jwt"))
    badge = credential_in(Client().get(f"/c/{one.public_id}/badge.svg").content)
    for form in (json.loads(before), token, json.loads(badge)):
        report = check(form, at=AT + timedelta(hours=1), keys=methods.get, status=lists)
        assert report.valid, report.checks
    revoke_certificate(one, because="wrong", **office(cast))
    report = check(json.loads(before), at=AT + timedelta(hours=1), keys=methods.get, status=lists)
    assert (report.valid, report["status"].ok, report["proof"].ok) == (False, False, True)


def test_the_command_on_the_page_checks_the_files_of_the_page(
    cast: Cast, one: Certificate, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    monkeypatch.chdir(tmp_path)

    def checked() -> tuple[int, list[bool | None]]:
        page = said(read(one))
        for url, name in re.findall(r'<a href="([^"]+)" download="([^"]+)"', page):
            Path(name).write_bytes(Client().get(url).content)
        command = re.findall(r"<pre><code>craftpath (.*?)</code></pre>", page)[0]
        code = main([*shlex.split(command), "--at", "2026-09-15"])
        return code, [one["ok"] for one in json.loads(capsys.readouterr().out)["checks"]]

    assert checked() == (0, [True] * 5)
    revoke_certificate(one, because="误发", **office(cast))
    assert checked() == (1, [True, True, False, True, True])


def test_a_list_is_the_same_bytes_until_something_changes(cast: Cast, one: Certificate) -> None:
    there = "/c/status/lanchuan/1.json"
    first = Client().get(there)
    assert Client().get(there, HTTP_IF_NONE_MATCH=first.headers["ETag"]).status_code == 304
    revoke_certificate(one, because="wrong", by=cast.actor("coordinator"), at=AT + timedelta(minutes=1))
    assert Client().get(there).content != first.content


def test_without_an_address_each_key_has_a_list_of_its_own(cast: Cast, settings: Any) -> None:
    settings.ADDRESS = "http://learn.invalid"
    row = kind(cast)
    passed(cast, "26001")
    [old, *_] = issued(cast, row)
    rotate_key(cast.college, seen=IssuerKey.objects.get().public_id, **office(cast))
    here = StageProgress.objects.filter(stage__key=STAGE, state="open", enrolment__cohort=cast.cohort)
    passed(cast, here.latest("enrolment__number").enrolment.number)
    [new] = issued(cast, row)
    assert old.credential["issuer"]["id"] != new.credential["issuer"]["id"]

    def lists(entry: Any) -> Any:
        return json.loads(said(Client().get(entry["statusListCredential"].removeprefix(settings.ADDRESS))))

    def status(one: Certificate) -> tuple[bool, bool | None]:
        report = check(one.credential, at=AT + timedelta(hours=1), status=lists)
        return report.valid, report["status"].ok

    assert [status(old), status(new)] == [(True, True), (True, True)]
    revoke_certificate(old, because="wrong", **office(cast))
    assert [status(old), status(new)] == [(False, False), (True, True)]


def test_a_revoked_key_is_in_no_document_and_the_site_has_those_of_the_top(
    cast: Cast, one: Certificate
) -> None:
    revoke_key(IssuerKey.objects.get(), because="stolen", by=cast.actor("administrator"), at=AT)
    assert Client().get("/at/lanchuan/did.json").status_code == 404
    assert Client().get("/.well-known/did.json").status_code == 404
    rotate_key(cast.college, seen="", **office(cast))
    assert Client().get("/at/lanchuan/did.json").status_code == 200
    assert Client().get("/.well-known/did.json").status_code == (200 if cast.college.is_root() else 404)


def test_the_workshops_page_leads_here_and_back(one: Certificate) -> None:
    assert reverse("workshop:check") in said(Client().get("/c/"))
    assert reverse("verify:find") in said(Client().get(reverse("workshop:check")))
