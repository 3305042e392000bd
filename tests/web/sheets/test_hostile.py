"""Files that are no sheets: a clear sentence in the reader's language, and nothing lost."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client, override_settings
from django.utils.translation import override

from craftpath.domain.evaluation.models import Mark
from craftpath.domain.evaluation.queries import current_marks
from craftpath.kernel.files import KeptFile
from craftpath.kernel.sheets import SheetImport
from tests.cast import Cast
from tests.web.sheets import offices
from tests.web.sheets.conftest import newest

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_rows")]

WIDE = offices.xlsx([[f"栏{n}" for n in range(300)], list(range(300))], merged="")
BAD = {
    "truncated": (offices.xlsx(offices.MARKS)[:3000], "The workbook is damaged or only half uploaded."),
    "junk": (bytes(range(1, 256)) * 40, "The characters of this file cannot be read."),
    "wide": (WIDE, "The sheet “Sheet1” has 300 columns; at most 200 can be read."),
    "old": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "This is an old Excel file (.xls)."),
    "page": (b"<html><table><tr><td>1</td></tr></table></html>", "This is a web page"),
    "blank": (offices.xlsx([(None, None)], merged=""), "The workbook opens, but all its sheets are blank."),
    "picture": (b"\x89PNG\r\n\x1a\n" + bytes(100), "This is a PNG file, not a table."),
}


def refusal(page: Any, language: str = "en") -> str:
    """The error beside the field; Django says its own ones only when they are printed."""
    with override(language):
        return str(page.context["form"].errors["file"][0])


@pytest.mark.parametrize("name", list(BAD))
@pytest.mark.parametrize("kind", ["roster", "marks"])
def test_a_bad_file_is_refused_and_what_was_there_stands(
    upload: Any, coordinator: Client, at: Any, cast: Cast, name: str, kind: str
) -> None:
    upload("marks", offices.xlsx(offices.MARKS))
    coordinator.post(at("commit", newest().public_id))
    before = current_marks(cast.evaluation), SheetImport.objects.count(), KeptFile.objects.count()
    content, sentence = BAD[name]
    page = upload(kind, content, f"{name}.xlsx")
    assert page.status_code == 422
    assert refusal(page)[: len(sentence)] == sentence
    assert (current_marks(cast.evaluation), SheetImport.objects.count(), KeptFile.objects.count()) == before
    assert newest().state == "committed"


@pytest.mark.parametrize("name", list(BAD))
def test_the_same_is_said_in_chinese(upload: Any, cast: Cast, name: str) -> None:
    reader = Client(HTTP_ACCEPT_LANGUAGE="zh-hans")
    reader.force_login(cast.people["coordinator"])
    page = upload("marks", BAD[name][0], f"{name}.xlsx", client=reader)
    assert page.status_code == 422
    said = refusal(page, "zh-hans")
    assert (re.search("[一-鿿]{4}", said) is not None, said[-1]) == (True, "。")
    assert said in unescape(page.content.decode())


def test_an_empty_file_and_no_file_are_said_to_be_so(
    upload: Any, coordinator: Client, at: Any, cast: Cast
) -> None:
    assert refusal(upload("marks", b"")) == "The file is empty."
    page = coordinator.post(at("upload", "marks", cast.evaluation.public_id), {})
    assert refusal(page) == "This field is required."


@override_settings(UPLOAD_LIMIT=1024 * 1024)
def test_a_file_beyond_the_limit_is_refused_before_it_is_read(upload: Any) -> None:
    page = upload("marks", b"x" * (3 * 1024 * 1024), "big.csv")
    assert page.status_code == 413
    assert page.context["refused"][:25] == "The file has 4 MB; at mos"[:25]
    page = upload("marks", b"1,2\n" * (300 * 1024), "big.csv")
    assert (page.status_code, "2 MB" in refusal(page)) == (422, True)
    assert SheetImport.objects.count() == 0


def test_an_upload_without_a_token_is_refused(cast: Cast, at: Any) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.people["coordinator"])
    page = client.post(
        at("upload", "marks", cast.evaluation.public_id), offices.posted(offices.xlsx(offices.MARKS))
    )
    assert (page.status_code, SheetImport.objects.count()) == (403, 0)


def test_words_of_a_sheet_are_never_markup(upload: Any, coordinator: Client, at: Any) -> None:
    evil = "<script>alert(1)</script>"
    rows = [("学号", evil, "出勤"), ("26001", evil, evil), (evil, "x", "=1+1")]
    page = upload("marks", offices.xlsx(rows, merged="", title="'><b>"), f"{evil}.xlsx")
    assert page.status_code == 200
    assert evil not in page.content.decode()
    listed = coordinator.get(at("errors", newest().public_id)).content.decode("utf-8-sig")
    assert [line for line in listed.split("\r\n") if line.startswith(("=", "+", "@"))] == []


@pytest.mark.parametrize("rows", [[("学号", "出勤")], [("学号", "出勤"), ("合计", 9)], [(1, 2), (3, 4)]])
def test_a_sheet_without_people_cannot_be_committed(
    upload: Any, coordinator: Client, at: Any, rows: Any
) -> None:
    page = upload("marks", offices.xlsx(rows, merged=""))
    assert page.status_code == 200
    before = Mark.objects.count()
    coordinator.post(at("commit", newest().public_id))
    assert (newest().state, Mark.objects.count()) == ("uploaded", before)
