"""One mark, its origin and its history."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.test import Client

from craftpath.domain.evaluation.actions import NewMark, record_marks, ref
from craftpath.domain.evaluation.models import Mark
from craftpath.kernel.sheets import SheetImport, take_sheet
from tests.cast import AT, Cast
from tests.web.evaluation.reading import cells

Browse = Callable[[str], Client]


@pytest.fixture
def sheet(cast: Cast, all_rows: None) -> SheetImport:
    by = cast.actor("coordinator")
    found = take_sheet(
        content=b"1",
        name="成绩 <b>.csv",
        kind="marks",
        target=ref(cast.evaluation),
        reading={},
        organisation=cast.college,
        by=by,
        at=AT,
    )
    new = NewMark(cast.enrolments["26001"].pk, "log", "scored", Decimal("72.5"), "Sheet & 1", "D2", "７２.5")
    record_marks(cast.evaluation, [new], source=found, by=by, at=AT)
    return found


def mark(number: str = "26001", item: str = "log", **others: object) -> Mark:
    return Mark.objects.get(enrolment__number=number, item=item, **{"is_current": True} | others)


def test_it_shows_where_the_mark_stood_and_what_stood_before(
    cast: Cast, browse: Browse, sheet: SheetImport
) -> None:
    context = browse("coordinator").get(f"/o/lanchuan/results/marks/{mark().public_id}/").context
    entry = context["entry"]
    assert (entry.said, entry.given, entry.file, entry.sheet, entry.cell, entry.who) == (
        "72.5", "７２.5", "成绩 <b>.csv", "Sheet & 1", "D2", "何静",
    )  # fmt: skip
    assert context["cell_url"] == f"/o/lanchuan/imports/{sheet.public_id}/cell/?sheet=Sheet+%26+1&cell=D2"
    assert context["file_url"] == f"/o/lanchuan/imports/{sheet.public_id}/file/"
    assert [(one.said, one.current) for one in context["history"]] == [("72.5", True), ("60", False)]


def test_an_earlier_mark_says_that_it_was_superseded(cast: Cast, browse: Browse, sheet: SheetImport) -> None:
    page = browse("coordinator").get(f"/o/lanchuan/results/marks/{mark(is_current=False).public_id}/")
    assert b"A newer one has taken its place" in page.content
    assert [row[-1] for row in cells(page)] == ["State", "in force", "superseded"]


def test_an_apprentice_reads_the_origin_but_may_not_open_the_sheet(
    cast: Cast, browse: Browse, sheet: SheetImport
) -> None:
    context = browse("apprentice").get(f"/o/lanchuan/results/marks/{mark().public_id}/").context
    assert (context["entry"].file, context["file_url"], context["cell_url"]) == ("成绩 <b>.csv", "", "")


def test_a_mark_without_a_score_says_so(cast: Cast, browse: Browse, all_rows: None) -> None:
    context = (
        browse("coordinator").get(f"/o/lanchuan/results/marks/{mark('26003', 'task2').public_id}/").context
    )
    assert context["entry"].said == "Absent"


@pytest.mark.parametrize(
    ("who", "organisation", "status"),
    [
        ("classmate", "lanchuan", 404),
        ("mentor", "jinheng", 200),
        ("officer", "lanchuan-bureau", 403),
        ("stranger", "dongling", 404),
        ("", "lanchuan", 302),
    ],
)
def test_who_may_look(
    cast: Cast, browse: Browse, all_rows: None, who: str, organisation: str, status: int
) -> None:
    assert browse(who).get(f"/o/{organisation}/results/marks/{mark().public_id}/").status_code == status
