"""The disk has lost a kept file, or takes none: a clear sentence, and nothing half-written."""

from __future__ import annotations

import resource
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from craftpath.domain.evaluation.models import Mark
from craftpath.kernel.files import KeptFile
from craftpath.kernel.sheets import SheetImport
from tests.web.sheets import offices
from tests.web.sheets.conftest import newest

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_rows")]


@pytest.mark.parametrize(
    ("name", "method"),
    [("columns", "get"), ("errors", "get"), ("file", "get"), ("cell", "get"), ("check", "post")],
)
def test_a_lost_file_is_named(name: str, method: str, upload: Any, coordinator: Client, at: Any) -> None:
    upload("marks", offices.xlsx(offices.MARKS), "成绩.xlsx")
    Path(newest().file.content.path).unlink()
    page = getattr(coordinator, method)(at(name, newest().public_id))
    assert page.status_code == 409
    assert "The file “成绩.xlsx” is not where it was kept." in page.content.decode()


def test_a_lost_file_imports_nothing_and_can_be_discarded(upload: Any, coordinator: Client, at: Any) -> None:
    upload("marks", offices.xlsx(offices.MARKS))
    Path(newest().file.content.path).unlink()
    before = Mark.objects.count()
    coordinator.post(at("commit", newest().public_id))
    assert (newest().state, Mark.objects.count()) == ("uploaded", before)
    coordinator.post(at("discard", newest().public_id))
    assert newest().state == "discarded"


def test_a_disk_that_takes_nothing_is_said_and_leaves_no_trace(
    upload: Any, settings: Any, tmp_path: Path
) -> None:
    blocked = tmp_path / "files"
    blocked.write_text("a file where the folder should be")
    settings.MEDIA_ROOT = str(blocked)
    page = upload("marks", offices.xlsx(offices.MARKS))
    assert page.status_code == 409
    assert "The file cannot be stored at the moment, and nothing was changed." in page.content.decode()
    assert (SheetImport.objects.count(), KeptFile.objects.count()) == (0, 0)


def test_a_disk_that_fills_up_keeps_no_half_file(upload: Any, settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = str(tmp_path)
    content = "学号,备注\n".encode() + (b"26001," + b"many words " * 18 + b"\n") * 4000
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(content) // 2, before[1]))
    try:
        page = upload("marks", content, "big.csv")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert page.status_code == 409
    assert ([path for path in tmp_path.rglob("*") if path.is_file()], KeptFile.objects.count()) == ([], 0)
