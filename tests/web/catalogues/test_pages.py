"""Pages of catalogues: found by code, name and pinyin; a file from its report to its undoing; few queries."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from craftpath.domain.occupations.actions import load_classifications
from craftpath.domain.occupations.models import Catalogue, CatalogueEntry, CatalogueImport, CodePair
from craftpath.kernel.access import system
from tests.cast import AT, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_rows")]


@pytest.fixture(autouse=True)
def _loaded(cast: Cast) -> Any:
    with time_machine.travel(AT, tick=False):
        load_classifications(by=system(), at=AT)
        yield


def client(cast: Cast, who: str = "officer") -> Client:
    made = Client(HTTP_ACCEPT_LANGUAGE="en")
    made.force_login(cast.people[who])
    return made


def url(page: str, *ids: Any, at: str = "lanchuan-bureau") -> str:
    return reverse(f"catalogues:{page}", args=[at, *ids])


def text(response: Any) -> str:
    return str(response.content.decode())


def test_lines_are_found_by_code_name_and_pinyin(cast: Cast) -> None:
    web = client(cast, "mentor")
    chinese = Catalogue.objects.get(key="cn-2022")
    page = url("catalogue", chinese.public_id, at="jinheng")
    for search in ("6-18-02-04", "焊工", "hangong", "welder"):
        shown = text(web.get(page, {"q": search}))
        assert "6-18-02-04" in shown
        assert "6-18-01-01" not in shown
    assert "Nothing of that name" in text(web.get(page, {"q": "\x00zzz"}))
    entry = CatalogueEntry.objects.get(catalogue=chinese, code="6-18-02-04")
    shown = text(web.get(url("entry", chinese.public_id, entry.pk, at="jinheng")))
    assert "7212 Welders and flamecutters" in shown
    assert "example" in shown
    assert web.get(url("entry", chinese.public_id, 10**18, at="jinheng")).status_code == 404


def test_a_file_goes_from_its_report_to_its_undoing(cast: Cast) -> None:
    web = client(cast)
    given = {"made_id": str(uuid.uuid4()), "layout": "list"}

    def sent(content: bytes) -> Any:
        return web.post(url("new"), given | {"file": SimpleUploadedFile("list.csv", content)})

    kept = sent("code,title_zh\nA,甲\nB,乙\n".encode())
    again = sent("code,title_zh\nA,甲\nB,乙\n".encode())
    assert (kept.status_code, again.url) == (302, kept.url)
    assert "can be taken in" in text(web.get(kept.url))
    row = CatalogueImport.objects.get()
    assert "Undo it" in text(web.post(url("move", row.public_id), {"do": "take"}, follow=True))
    assert CatalogueEntry.objects.filter(catalogue__key="own").count() == 2
    web.post(url("move", row.public_id), {"do": "undo"})
    assert not CatalogueEntry.objects.filter(catalogue__key="own").exists()
    assert web.post(url("move", row.public_id), {"do": "take"}).status_code == 409
    given["made_id"] = str(uuid.uuid4())
    wrong = web.get(sent(b"code,title_zh\n,x\n").url)
    assert "This line has no key" in text(wrong)
    assert web.post(url("new"), {"made_id": "x"}).status_code == 422
    assert client(cast, "trainer").get(url("new", at="lanchuan")).status_code == 403


def test_codes_are_held_together_by_an_office(cast: Cast) -> None:
    web = client(cast)
    given = {"code_isco": "7231", "kind": "same", "code_cn": "6-18-02-04"}
    assert web.post(url("pairs"), given).status_code == 302
    unknown = web.post(url("pairs"), given | {"code_cn": "6-99"})
    assert (unknown.status_code, "No classification here has the code 6-99" in text(unknown)) == (409, True)
    pair = CodePair.objects.get(organisation=cast.city)
    web.post(url("unpair", pair.public_id))
    assert not CodePair.objects.filter(organisation=cast.city).exists()
    example = CodePair.objects.filter(organisation=None)[0]
    assert web.post(url("unpair", example.public_id)).status_code == 403


def test_pages_ask_the_same_of_few_and_of_many(cast: Cast) -> None:
    web = client(cast)
    isco = Catalogue.objects.get(key="isco-08")
    pages = [(url("catalogue", isco.public_id), "7212", "7"), (url("list"), "", ""), (url("pairs"), "", "")]
    for page, few, many in pages:
        counts = []
        for search in (few, many):
            web.get(page, {"q": search})
            with CaptureQueriesContext(connection) as queries:
                assert web.get(page, {"q": search}).status_code == 200
            counts.append(len(queries))
        assert counts[0] == counts[1] < 25, page
