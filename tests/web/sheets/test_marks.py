"""Marks from an office's file to rows, through the pages."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from craftpath.domain.apprenticeships.actions import RosterEntry, take_roster
from craftpath.domain.evaluation.actions import NewMark, record_marks
from craftpath.domain.evaluation.models import Mark, Result
from craftpath.domain.evaluation.queries import current_marks
from craftpath.kernel.sheets import SheetImport
from tests.cast import AT, Cast
from tests.web.sheets import offices
from tests.web.sheets.conftest import newest

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_rows")]


def edited(*changes: tuple[int, int, Any], more: tuple[Any, ...] = ()) -> bytes:
    """The office's mark sheet with some cells (row, column, value) written over, and rows added."""
    rows = [list(row) for row in offices.MARKS]
    for row, column, value in changes:
        rows[row - 1][column] = value
    return offices.xlsx([*rows, *more])


def messages_of(page: Any) -> list[str]:
    return [str(message) for message in page.context["messages"]]


@pytest.mark.parametrize("written", [offices.xlsx, offices.gbk], ids=["xlsx", "gbk csv"])
def test_an_upload_is_guessed_checked_and_committed_with_its_cells(
    upload: Any, coordinator: Any, at: Any, written: Any
) -> None:
    page = upload("marks", written(offices.MARKS), "成绩")
    sheet = newest()
    assert page.redirect_chain == [(at("columns", sheet.public_id), 302)]
    assert page.context["summary"] == "12 ok, no errors"
    assert page.context["doubtful"] == []
    assert [(found.word, found.meaning) for found in page.context["words"]] == [
        ("缺考", "absent"),
        ("缓考", "deferred"),
        ("免修", "exempt"),
        ("-", "missing"),
    ]
    counts = [(line.name, line.added, line.changed, line.same) for line in page.context["items"]]
    assert counts == [
        ("Attendance", 1, 0, 2),
        ("Quiz", 1, 1, 1),
        ("Workshop task 1", 1, 0, 2),
        ("Final examination", 2, 0, 1),
    ]
    done = coordinator.post(at("commit", sheet.public_id), follow=True)
    assert done.redirect_chain == [(at("columns", sheet.public_id), 302)]
    assert messages_of(done) == ["5 added, 1 changed, 6 already there"]
    name = sheet.reading["sheet"]
    assert [
        (mark.enrolment.number, mark.item, mark.status, mark.score, mark.sheet_name, mark.cell, mark.given)
        for mark in Mark.objects.filter(source=sheet).order_by("pk")
    ] == [
        ("26002", "quiz", "scored", Decimal("36.0000"), name, "D4", "36"),
        ("26002", "final_exam", "absent", None, name, "F4", "缺考"),
        ("26004", "attendance", "scored", Decimal("85.5000"), name, "C5", "８５．５"),
        ("26004", "quiz", "deferred", None, name, "D5", "缓考"),
        ("26004", "task1", "exempt", None, name, "E5", "免修"),
        ("26004", "final_exam", "missing", None, name, "F5", "-"),
    ]
    assert Result.objects.get(enrolment__number="26002").missing == ["task2"]


def test_the_same_file_twice_changes_nothing(upload: Any, coordinator: Any, at: Any, cast: Cast) -> None:
    upload("marks", offices.xlsx(offices.MARKS))
    coordinator.post(at("commit", newest().public_id))
    before = current_marks(cast.evaluation), Mark.objects.count()
    page = upload("marks", offices.xlsx(offices.MARKS))
    assert (len(page.context["trial"].plan.added), len(page.context["trial"].plan.changed)) == (0, 0)
    done = coordinator.post(at("commit", newest().public_id), follow=True)
    assert messages_of(done) == ["0 added, 0 changed, 12 already there"]
    assert (current_marks(cast.evaluation), Mark.objects.count()) == before


def test_a_sheet_of_one_column_leaves_all_other_marks_alone(
    upload: Any, coordinator: Any, at: Any, cast: Cast
) -> None:
    before = current_marks(cast.evaluation)
    upload("marks", offices.xlsx([("学号", "工作任务二"), ("26005", 77)], merged=""))
    coordinator.post(at("commit", newest().public_id))
    after = current_marks(cast.evaluation)
    assert [mark for mark in after if mark not in before] == [
        ("26005", "task2", "scored", Decimal("77.0000"))
    ]
    assert [mark for mark in before if mark not in after] == []


def test_each_error_names_cell_person_value_and_what_is_allowed(
    upload: Any, coordinator: Any, at: Any
) -> None:
    page = upload("marks", edited((3, 2, 105), (4, 0, "26001"), (5, 5, "病假"), more=(("2699", "无名", 1),)))
    assert page.context["summary"] == "6 ok, 4 errors"
    allowed = "0–100 or absent, deferred, exempt"
    lines = [(one.cell, one.person, one.column, one.given, one.allowed) for one in page.context["errors"]]
    assert lines == [
        ("C3", "26001 陈雨桐", "出勤", "105", allowed),
        ("A4", "26001 林浩然", "学号", "26001", ""),
        ("F5", "26004 赵一鸣", "期末考试", "病假", allowed),
        ("A6", "2699 无名", "学号", "2699", ""),
    ]
    marked = [
        cell.address for line in page.context["preview"].lines for cell in line.cells if cell.mark == "wrong"
    ]
    assert marked == ["C3", "A4", "F5", "A6"]
    listed = coordinator.get(at("errors", newest().public_id))
    rows = listed.content.decode("utf-8-sig").split("\r\n")
    assert rows[0] == "Cell,Person,Column,Given,What is wrong,Allowed"
    assert (
        rows[1] == 'C3,26001 陈雨桐,出勤,105,This score is out of range.,"0–100 or absent, deferred, exempt"'
    )


def test_a_sheet_with_errors_is_not_committed_even_if_somebody_posts(
    upload: Any, coordinator: Any, at: Any, cast: Cast
) -> None:
    before = current_marks(cast.evaluation)
    page = upload("marks", edited((3, 2, 105)))
    assert b'disabled aria-describedby="why-not"' in page.content
    done = coordinator.post(at("commit", newest().public_id), follow=True)
    assert messages_of(done) == [
        "Nothing was imported: the sheet has cells with errors now (1). Look at the check again."
    ]
    assert newest().state == "uploaded"
    assert current_marks(cast.evaluation) == before


def test_errors_that_arise_after_the_check_stop_the_commit(
    upload: Any, coordinator: Any, at: Any, cast: Cast
) -> None:
    page = upload("marks", offices.xlsx(offices.MARKS))
    assert page.context["trial"].plan.ok
    enrolment = cast.enrolments["26004"]
    enrolment.number = "26904"
    enrolment.save()
    before = Mark.objects.count()
    done = coordinator.post(at("commit", newest().public_id), follow=True)
    assert done.context["summary"] == "8 ok, 1 error"
    assert (newest().state, Mark.objects.count()) == ("uploaded", before)


def test_a_word_gets_its_meaning_on_the_page(upload: Any, coordinator: Any, at: Any) -> None:
    upload("marks", edited((5, 5, "病假")))
    url = at("check", newest().public_id)
    page = coordinator.post(url, {"word": ["病假"], "meaning": ["deferred"]}, follow=True)
    assert page.context["summary"] == "12 ok, no errors"
    coordinator.post(at("commit", newest().public_id))
    mark = Mark.objects.get(source=newest(), cell="F5")
    assert (mark.status, mark.given) == ("deferred", "病假")


def test_a_column_is_chosen_by_hand_and_htmx_gets_the_part_alone(
    upload: Any, coordinator: Any, at: Any
) -> None:
    page = upload("marks", edited((2, 4, "车间表现")))
    assert [(line.letter, line.name, line.target) for line in page.context["doubtful"]] == [
        ("E", "车间表现", "ignore")
    ]
    url = at("check", newest().public_id)
    part = coordinator.post(url, {"column-4": "item:task1", "header": "2"}, headers={"hx-request": "true"})
    assert part.status_code == 200
    assert part.content.decode().lstrip().startswith('<div class="stack-large" id="check">')
    assert part.context["doubtful"] == []
    assert part.context["summary"] == "12 ok, no errors"


def test_another_sheet_of_the_book_is_read_with_its_own_columns(
    upload: Any, coordinator: Any, at: Any
) -> None:
    page = upload(
        "marks", offices.book({"说明": [("填写说明",)], "成绩": offices.MARKS, "补考": offices.RESIT})
    )
    assert page.context["trial"].reading.sheet == "成绩"
    assert [name for name, _ in page.context["sheets"]] == ["说明", "成绩", "补考"]
    page = coordinator.post(at("check", newest().public_id), {"sheet": "补考", "header": "2"}, follow=True)
    assert page.context["trial"].reading.sheet == "补考"
    assert page.context["trial"].reading.header_row == 1
    assert page.context["summary"] == "1 ok, no errors"


def test_choices_that_mean_nothing_change_nothing(upload: Any, coordinator: Any, at: Any) -> None:
    upload("marks", offices.xlsx(offices.MARKS))
    before = newest().reading
    nonsense = {
        "sheet": "nowhere",
        "header": "-1",
        "column-2": "item:none",
        "column-99": "number",
        "word": ["缺考", "x"],
        "meaning": ["perfect"],
        "blank": "zero",
    }
    coordinator.post(at("check", newest().public_id), nonsense)
    assert newest().reading == before


def test_a_second_press_does_nothing_twice_and_shows_the_outcome(
    upload: Any, coordinator: Any, at: Any, cast: Cast
) -> None:
    upload("marks", offices.xlsx(offices.MARKS))
    sheet = newest()
    coordinator.post(at("commit", sheet.public_id), follow=True)
    before = Mark.objects.count()
    again = coordinator.post(at("commit", sheet.public_id), follow=True)
    assert messages_of(again) == ["This import has ended already; nothing was done twice."]
    assert [template.name for template in again.templates if template.name][0] == "sheets/outcome.html"
    assert Mark.objects.count() == before
    for name in ("check", "discard"):
        page = coordinator.post(at(name, sheet.public_id), follow=True)
        assert page.redirect_chain == [(at("columns", sheet.public_id), 302)]
    assert newest().state == "committed"


def test_a_discarded_import_wrote_nothing_and_keeps_its_file(
    upload: Any, coordinator: Any, at: Any, cast: Cast
) -> None:
    before = current_marks(cast.evaluation)
    upload("marks", offices.xlsx(offices.MARKS))
    page = coordinator.post(at("discard", newest().public_id), follow=True)
    assert page.redirect_chain == [(at("list"), 302)]
    coordinator.post(at("commit", newest().public_id))
    assert (newest().state, current_marks(cast.evaluation)) == ("discarded", before)
    assert newest().file.bytes().startswith(b"PK")


def test_a_template_with_todays_marks_comes_back_unchanged(
    upload: Any, coordinator: Any, at: Any, cast: Cast
) -> None:
    template = coordinator.get(at("template", "marks", cast.evaluation.public_id))
    page = upload("marks", template.content)
    assert page.context["summary"] == "16 ok, no errors"
    assert len(page.context["trial"].plan.unchanged) == 16


def test_the_check_asks_as_many_questions_for_forty_as_for_three(
    upload: Any, coordinator: Any, at: Any, cast: Cast
) -> None:
    entries = [RosterEntry(f"27{n:03}", f"学徒{n}") for n in range(40)]
    take_roster(cast.cohort, entries, by=cast.actor("coordinator"), at=AT)
    counts = []
    for rows in (3, 40):
        marks = [(f"27{n:03}", 50 + n) for n in range(rows)]
        upload("marks", offices.xlsx([("学号", "出勤"), *marks], merged=""))
        with CaptureQueriesContext(connection) as queries:
            page = coordinator.get(at("columns", newest().public_id))
        assert page.context["summary"] == f"{rows} ok, no errors"
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_list_asks_as_many_questions_for_many_imports(upload: Any, coordinator: Any, at: Any) -> None:
    counts = []
    for more in (1, 6):
        for _ in range(more):
            upload("marks", offices.xlsx(offices.MARKS))
        with CaptureQueriesContext(connection) as queries:
            page = coordinator.get(at("list"))
        assert len(page.context["rows"]) == SheetImport.objects.count()
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_check_in_a_second_tab_of_an_ended_import_leads_to_its_page(upload: Any, coordinator: Any) -> None:
    upload("marks", offices.xlsx(offices.MARKS), "成绩")
    here = f"/o/lanchuan/imports/{newest().public_id}/"
    coordinator.post(f"{here}discard/")
    answer = coordinator.post(f"{here}check/", headers={"hx-request": "true"})
    assert answer.headers["HX-Redirect"] == here
    assert answer.content == b""


def test_what_was_confirmed_is_what_is_done_or_nothing_is(upload: Any, coordinator: Any, cast: Cast) -> None:
    upload("marks", offices.xlsx(offices.MARKS), "成绩")
    here = f"/o/lanchuan/imports/{newest().public_id}/"
    seen = coordinator.get(here).context["trial"].token
    before = Mark.objects.count()
    number, item = next((n, i) for n, i, *_ in current_marks(cast.evaluation))
    other = NewMark(cast.enrolments[number].pk, item, "scored", Decimal("3.5"))
    record_marks(cast.evaluation, [other], by=cast.actor("trainer"), at=AT)
    page = coordinator.post(f"{here}commit/", {"seen": seen}, follow=True)
    assert messages_of(page)[0].startswith("Since you looked")
    assert (newest().state, Mark.objects.count()) == ("uploaded", before + 1)
    page = coordinator.post(f"{here}commit/", {"seen": page.context["trial"].token}, follow=True)
    assert newest().state == "committed"


@pytest.mark.parametrize("line", ["考评员签字：", "考评员：李四", "任课教师签名：", "教务处盖章"])
def test_lines_for_signatures_stop_no_sheet(line: str, upload: Any, coordinator: Any) -> None:
    page = upload("marks", edited(more=((line,),)), "成绩")
    assert page.context["trial"].plan.errors == ()
    assert line.replace("：", ":") in page.content.decode()
