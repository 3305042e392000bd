"""Our form filled for one and for many: a Word document, a sheet about one person; by the worker, as the asker sees."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from django.test import Client

from craftpath.delivery.jobs import bodies
from craftpath.kernel.access import Membership
from craftpath.kernel.layouts import Layout, remove_layout
from craftpath.kernel.printruns import PrintRun
from tests.cast import AT, Cast
from tests.exchange.documents import document, said, table_of, with_table
from tests.exchange.layouts import workbook
from tests.web.evaluation.reading import cells
from tests.web.layouts.test_layouts import at, filled_at, kept, upload

Browse = Callable[[str], Client]
pytestmark = pytest.mark.usefixtures("all_rows")
LETTER = document(["Dear {na", "me} ({number}), your final is {final}, rank {rank}."])


def many(
    client: Client, cast: Cast, layout: Layout, query: str = "", house: str = "lanchuan", **given: str
) -> Any:
    way = at(cast, "many", cast.evaluation.public_id, layout.public_id, place=house)
    return client.post(f"{way}{query}", {"which": "each", **given})


def packed(client: Client, answer: Any) -> dict[str, bytes]:
    assert answer.status_code == 302, answer.content.decode()[:400]
    got = client.get(f"{answer['Location']}archive")
    assert got.status_code == 200
    archive = zipfile.ZipFile(io.BytesIO(b"".join(got.streaming_content)))
    return {name: archive.read(name) for name in archive.namelist()}


def test_a_letter_for_everybody(cast: Cast, browse: Browse) -> None:
    client, layout = browse("coordinator"), kept(cast, LETTER, "Letter")
    answer = many(client, cast, layout)
    files = packed(client, answer)
    assert list(files) == [
        f"{number}_{name}_Letter.docx"
        for number, name in [
            ("26001", "陈雨桐"),
            ("26002", "林浩然"),
            ("26003", "欧阳思远"),
            ("26004", "赵一鸣"),
        ]
    ]
    assert said(files["26001_陈雨桐_Letter.docx"]) == ["Dear 陈雨桐 (26001), your final is 80.5, rank 1."]
    assert said(files["26003_欧阳思远_Letter.docx"]) == ["Dear 欧阳思远 (26003), your final is –, rank –."]
    page = client.get(answer["Location"]).content.decode()
    assert "4 papers are ready." in page
    assert "Your own form" in page
    assert "Word document (.docx)" in page
    assert client.get(f"{answer['Location']}together").status_code == 404


def test_the_filter_of_the_results_page_goes_along(cast: Cast, browse: Browse) -> None:
    client, layout = browse("coordinator"), kept(cast, LETTER, "Letter")
    assert list(packed(client, many(client, cast, layout, "?q=26002"))) == ["26002_林浩然_Letter.docx"]
    assert many(client, cast, layout, "?q=nobody").status_code == 409


def test_a_sheet_about_one_person(cast: Cast, browse: Browse) -> None:
    client = browse("coordinator")
    layout = kept(cast, workbook({"A1": "{name}", "A2": "{final}", "A3": "=A2*2"}), "Sheet")
    assert client.get(filled_at(cast, layout)).status_code == 409
    one = client.get(f"{filled_at(cast, layout)}?only=26001")
    sheet = openpyxl.load_workbook(io.BytesIO(one.content)).worksheets[0]
    assert [cell.value for cell in sheet["A"]] == ["陈雨桐", 80.5, "=A2*2"]
    assert client.get(f"{filled_at(cast, layout)}?only=99999").status_code == 404
    files = packed(client, many(client, cast, layout))
    assert list(files)[1] == "26002_林浩然_Sheet.xlsx"


def test_a_list_in_a_document_at_once_and_by_the_worker(cast: Cast, browse: Browse) -> None:
    client = browse("coordinator")
    layout = kept(
        cast, document("{cohort}", change=with_table(["No.", "Name"], ["{number}", "{name}"])), "List"
    )
    rows = [
        ["No.", "Name"],
        ["26001", "陈雨桐"],
        ["26002", "林浩然"],
        ["26003", "欧阳思远"],
        ["26004", "赵一鸣"],
    ]
    got = client.get(filled_at(cast, layout))
    assert got["Content-Type"].endswith("wordprocessingml.document")
    assert table_of(got.content) == rows
    [(name, content)] = packed(client, many(client, cast, layout, which="list")).items()
    assert name.endswith(".docx")
    assert table_of(content) == rows


def test_from_upload_to_a_kept_document(cast: Cast, browse: Browse) -> None:
    client = browse("coordinator")
    way = upload(client, cast, document("To {name} {nmae}"), "函.docx")["Location"]
    page = client.get(way)
    text = page.content.decode()
    assert "To 陈雨桐 {nmae}" in text
    assert cells(page, 0)[1] == ["{nmae}", "text", "paragraph 1", "Name"]
    assert "It is filled as one file for each person, not as a list." in text
    assert "To 林浩然 {nmae}" in client.get(f"{way}?person=26002").content.decode()
    assert "To 陈雨桐" in client.get(f"{way}?person=99999").content.decode()
    assert client.post(way, {"name": "Letter"}).status_code == 302
    layout = Layout.objects.get(state="kept")
    original = client.get(at(cast, "original", layout.public_id))
    assert original.content == layout.file.bytes()
    assert "docx" in original["Content-Disposition"]


def test_whoever_asks_gets_nothing_that_they_do_not_see(cast: Cast, browse: Browse) -> None:
    layout = kept(cast, LETTER, "Letter")
    Layout.objects.filter(pk=layout.pk).update(organisation=cast.city)
    client = browse("hr")
    files = packed(client, many(client, cast, layout, house="jinheng"))
    assert list(files) == ["26001_陈雨桐_Letter.docx", "26002_林浩然_Letter.docx"]
    assert "rank –" in said(files["26001_陈雨桐_Letter.docx"])[0]
    for who in ("apprentice", "stranger"):
        assert many(browse(who), cast, layout).status_code == 404
    run = PrintRun.objects.get()
    assert browse("coordinator").get(f"/o/lanchuan/print/runs/{run.public_id}/").status_code == 404


def test_what_changed_while_it_waited_is_said(
    cast: Cast, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("craftpath.kernel.printruns.enqueue", lambda _name, _pk: None)
    client, layout = browse("coordinator"), kept(cast, LETTER, "Letter")
    assert many(client, cast, layout)["Location"] == many(client, cast, layout)["Location"]
    remove_layout(layout, by=cast.actor("coordinator"), at=AT)
    bodies.print_papers.func(PrintRun.objects.get().pk)
    run = PrintRun.objects.get()
    assert (run.state, run.reason) == ("refused", "kernel.layout_not_offered")
    assert (
        "was removed or replaced" in client.get(f"/o/lanchuan/print/runs/{run.public_id}/").content.decode()
    )
    other = kept(cast, LETTER, "Letter 2")
    many(client, cast, other)
    Membership.objects.filter(person=cast.people["coordinator"]).delete()
    again = PrintRun.objects.get(state="asked")
    bodies.print_papers.func(again.pk)
    assert PrintRun.objects.get(pk=again.pk).reason == "kernel.print_without_role"
    assert not PrintRun.objects.exclude(archive=None).exists()


def test_a_document_that_runs_something_is_refused_beside_the_field(cast: Cast, browse: Browse) -> None:
    from tests.exchange.test_layout_documents import REFUSED

    for which in ("macros", "template", "cut field", "bomb"):
        answer = upload(browse("coordinator"), cast, REFUSED[which][0], "x.docx")
        assert answer.status_code == 422, which
    assert not Layout.objects.exists()
