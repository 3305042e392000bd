"""Mark list and cohort file: page, PDF and workbook say the same figures; reviews and gates on paper."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from craftpath.delivery.exchange.printouts.cohort_file import cohort_file
from craftpath.delivery.exchange.printouts.gate_form import gate_forms
from craftpath.delivery.exchange.printouts.mark_list import mark_list
from craftpath.delivery.exchange.printouts.review_form import review_forms
from craftpath.domain.apprenticeships.actions import RosterEntry, take_roster
from craftpath.domain.apprenticeships.queries import cohorts, enrolments
from craftpath.domain.evaluation.actions import basis_of, decide_results
from craftpath.domain.evaluation.queries import evaluations
from craftpath.domain.programmes.queries import stages_of
from craftpath.domain.progression.models import Passage
from craftpath.domain.reviews.models import Part, Review
from craftpath.domain.reviews.queries import reviews, whole
from craftpath.kernel.access import system
from craftpath.kernel.tenancy import everywhere, looking_for
from craftpath.values.printout import Facts, Table, Words, said
from tests.cast import AT, TODAY, Cast
from tests.exchange.printed import letters, pages
from tests.house.furnishing import furnish, stand_at_a_gate, talk_together

pytestmark = pytest.mark.django_db
Browse = Callable[[str], Client]


def shown(browse: Browse, cast: Cast, who: str = "coordinator", house: str = "lanchuan") -> Any:
    """The table of the results page."""
    return browse(who).get(f"/o/{house}/results/{cast.evaluation.public_id}/").context["table"]


def sheet_of(browse: Browse, address: str, name: str, who: str = "coordinator") -> list[tuple[Any, ...]]:
    answer = browse(who).get(f"{address}{'&' if '?' in address else '?'}form=xlsx&language=en")
    assert answer.status_code == 200
    return list(openpyxl.load_workbook(BytesIO(answer.content))[name].iter_rows(values_only=True))


def marks_address(cast: Cast, house: str = "lanchuan") -> str:
    return f"/o/{house}/print/cohorts/{cast.cohort.public_id}/mark-list"


@pytest.fixture
def decided(cast: Cast) -> Cast:
    """Whoever has everything in is decided."""
    with everywhere("a test"):
        by = cast.actor("coordinator")
        decide_results(cast.evaluation, None, basis=basis_of(cast.evaluation), by=by, at=AT)
    return cast


KEYS = {
    "number": "Number", "name": "Name", "enterprise": "Enterprise", "rank": "Rank", "total": "Final",
    "to_date": "To date", "open": "Still open", "passed": "Pass rules", "missing": "What is missing",
    "process.value": "Process evaluation (0–100)", "process.points": "Process evaluation (points of 30)",
    "practical_activity.value": "Practical activity evaluation (0–100)",
    "final_exam.points": "Final examination (points of 40)",
}  # fmt: skip


def test_page_workbook_and_pdf_of_the_mark_list_are_equal(decided: Cast, browse: Browse) -> None:
    table = shown(browse, decided)
    keys = [column.key for column in table.columns]
    head, *rows = sheet_of(browse, marks_address(decided), "Results")
    text = "".join(pages(browse("coordinator").get(f"{marks_address(decided)}?language=en").content))
    assert len(table.lines) >= 4
    for line, row in zip(table.lines, rows, strict=False):
        for key, label in KEYS.items():
            place = keys.index(key)
            page, book = line.cells[place], row[head.index(label)]
            if isinstance(page, Decimal):
                assert Decimal(str(book)) == Decimal(line.said(place).split(" / ")[0]), (key, line.cells)
                assert line.said(place).split(" / ")[0] in text
            else:
                assert (book or None) == (page or None), (key, line.cells)
                assert letters(str(page or "–")) in text
    assert "80.5" in text
    assert [row[head.index("Decided")] for row in rows[: len(table.lines)]].count("yes") == 1


def test_every_mark_is_as_in_the_grid(cast: Cast, browse: Browse) -> None:
    head, *rows = sheet_of(browse, marks_address(cast), "Marks")
    third = next(row for row in rows if row[0] == "26003")
    by_head = dict(zip(head, third, strict=True))
    assert by_head["Attendance (of 100)"] == 95
    assert by_head["Quiz (of 50)"] == "Exempt"
    assert by_head["Workshop task 2 (of 100)"] == "Absent"
    assert by_head["Final examination (of 100)"] == "Deferred"
    fourth = dict(zip(head, next(row for row in rows if row[0] == "26004"), strict=True))
    assert fourth["Attendance (of 100)"] is None


def test_ranks_are_for_who_sees_everybody(cast: Cast, browse: Browse) -> None:
    head, *_rows = sheet_of(browse, marks_address(cast), "Results")
    assert "Rank" in head
    house = marks_address(cast, "jinheng")
    head, *rows = sheet_of(browse, house, "Results", who="hr")
    assert "Rank" not in head
    assert [row[0] for row in rows if row[0]] == ["26001", "26002"]


def test_the_cohort_file_counts_what_the_pages_count(decided: Cast, browse: Browse) -> None:
    furnish(decided)
    address = f"/o/lanchuan/print/cohorts/{decided.cohort.public_id}/file"
    roster = sheet_of(browse, address, "Roster")
    assert [row[0] for row in roster[1:]] == ["26001", "26002", "26003", "26004", "26005"]
    results = {row[0]: row for row in sheet_of(browse, address, "Results")[1:]}
    assert (results["26001"][2], results["26001"][3]) == (80.5, "passed")
    assert results["26002"][3] == "to date"
    page = browse("coordinator").get(f"/o/lanchuan/results/{decided.evaluation.public_id}/").context["table"]
    keys = [column.key for column in page.columns]
    for line in page.lines:
        number, to_date = line.cells[keys.index("number")], line.cells[keys.index("to_date")]
        assert Decimal(str(results[number][2])) == to_date
    text = "".join(pages(browse("coordinator").get(f"{address}?language=zh").content))
    for word in ("班级档案", "焊工2026级1班", "澜川技师学院", "欧阳思远", "盖章处", "名册"):
        assert word in text


@pytest.mark.parametrize(
    ("who", "house", "status"),
    [
        ("", "lanchuan", 302), ("stranger", "lanchuan", 404), ("stranger", "dongling", 404),
        ("officer", "lanchuan-bureau", 403), ("apprentice", "lanchuan", 404), ("hr", "jinheng", 200),
        ("auditor", "lanchuan-bureau", 200), ("trainer", "lanchuan", 200),
    ],
)  # fmt: skip
def test_papers_of_a_cohort_are_for_those_who_see_its_people(
    cast: Cast, browse: Browse, who: str, house: str, status: int
) -> None:
    base = f"/o/{house}/print/cohorts/{cast.cohort.public_id}/"
    for where in ("", "file?form=xlsx", "mark-list?form=xlsx"):
        assert browse(who).get(f"{base}{where}").status_code == status, where


def test_the_agreements_are_counted_for_those_who_see_agreements(cast: Cast, browse: Browse) -> None:
    address = f"/o/lanchuan/print/cohorts/{cast.cohort.public_id}/file"
    for who, told in (("coordinator", True), ("trainer", False)):
        rows = sheet_of(browse, address, "Papers that belong to this file", who=who)
        assert any(row[0] == "Agreements in force" for row in rows) is told


# ---- reviews


def review_form(cast: Cast, **changes: Any) -> Any:
    with everywhere("a test"):
        row = talk_together(cast)
        if changes:
            Review.objects.filter(pk=row.pk).update(**changes)
        return review_forms(list(whole(reviews()).filter(pk=row.pk)), today=TODAY, at=AT)[0]


def test_a_review_on_paper_says_what_was_said_and_by_whom(cast: Cast, browse: Browse) -> None:
    found = review_form(cast)
    with everywhere("a test"):
        part = Part.objects.select_related("said_by", "review").first()
    assert part is not None
    text = found.words("zh")
    assert part.words in text
    assert part.said_by.name in text
    answer = browse("coordinator").get(f"/o/lanchuan/print/reviews/{part.review.public_id}/form?language=zh")
    printed = "".join(pages(answer.content))
    assert letters(part.words) in printed
    assert "签字" in printed


def test_a_review_to_come_has_lines_for_everybody(cast: Cast) -> None:
    with everywhere("a test"):
        row = talk_together(cast)
        Part.objects.all().delete()
        Review.objects.filter(pk=row.pk).update(
            state="scheduled",
            colour="",
            colour_because="",
            held_on=None,
            held_by=None,
            document=None,
            signed_at=None,
        )
        found = review_forms(list(whole(reviews()).filter(pk=row.pk)), today=TODAY, at=AT)[0]
    lines = [block.lines for block in found.blocks if isinstance(block, Words)]
    assert len([count for count in lines if count]) == 5  # three sides, new goals, how it stands
    assert all(not said(one.signed, "zh") for one in found.signatures)
    assert not any(isinstance(block, Facts) for block in found.blocks)


def test_a_review_of_somebody_else_does_not_exist(cast: Cast, browse: Browse) -> None:
    with everywhere("a test"):
        row = talk_together(cast)
    for who, house, status in (("stranger", "dongling", 404), ("classmate", "lanchuan", 404), ("", "lanchuan", 302),
                               ("apprentice", "lanchuan", 200)):  # fmt: skip
        for where in ("", "form?form=xlsx"):
            address = f"/o/{house}/print/reviews/{row.public_id}/{where}"
            assert browse(who).get(address).status_code == status, (who, where)


# ---- gates


def gates(cast: Cast, *numbers: str) -> dict[str, Any]:
    with everywhere("a test"):
        stage = stages_of(cast.cohort.programme_id)[0]
        rows = list(enrolments().filter(number__in=numbers))
        found = gate_forms(cast.cohort, stage, "stage", rows, today=TODAY, at=AT)
        return {row.number: found[row.pk] for row in rows if row.pk in found}


def test_a_gate_form_says_what_the_page_says(cast: Cast, browse: Browse) -> None:
    with everywhere("a test"):
        stand_at_a_gate(cast)
    found = gates(cast, "26001", "26005")
    assert set(found) == {"26001"}  # the other one is in a later stage, by the roster
    table = next(block for block in found["26001"].blocks if isinstance(block, Table))
    page = browse("coordinator").get(f"/o/lanchuan/gates/of/{cast.enrolments['26001'].public_id}/")
    lines = page.context["parts"][0].lines
    assert [said(row[0], "en") for row in table.rows] == [line.label for line in lines]
    with override("en"):
        answers = {"met": "met", "missing": "missing", "waived": "waived"}
        assert [said(row[4], "en") for row in table.rows] == [answers[line.badge] for line in lines]
    for row, line in zip(table.rows, lines, strict=True):
        missing = said(row[4], "en") == "missing"
        assert said(row[6], "en") == (line.supplier if missing else "–")
    assert any(isinstance(block, Words) for block in found["26001"].blocks)  # to be decided still
    decisions = [block for block in found["26001"].blocks if isinstance(block, Table)][1]
    with everywhere("a test"):
        passage = Passage.objects.select_related("decided_by").get()
    assert (decisions.rows[0][2], decisions.rows[0][4]) == (passage.decided_by.name, passage.because)


def test_a_gate_form_is_for_those_who_see_the_gate(cast: Cast, browse: Browse) -> None:
    for who, number, house, status in (
        ("apprentice", "26001", "lanchuan", 200), ("apprentice", "26002", "lanchuan", 404),
        ("mentor", "26001", "jinheng", 200), ("stranger", "26001", "dongling", 404), ("", "26001", "lanchuan", 302),
    ):  # fmt: skip
        address = f"/o/{house}/print/of/{cast.enrolments[number].public_id}/gate-form?form=xlsx"
        assert browse(who).get(address).status_code == status, (who, number)


@pytest.mark.parametrize("asked", ["gate=x", "gate=master_craftsman.stage", "gate=junior_craftsman.x"])
def test_a_gate_that_is_not_there_is_404(cast: Cast, browse: Browse, asked: str) -> None:
    address = f"/o/lanchuan/print/of/{cast.enrolments['26001'].public_id}/gate-form?{asked}"
    assert browse("coordinator").get(address).status_code == 404


# ---- how many questions


def test_few_and_many_take_the_same_queries(cast: Cast) -> None:
    furnish(cast)

    def asked() -> list[int]:
        counts = []
        with looking_for(cast.actor("coordinator").scope):
            evaluation = evaluations().get(pk=cast.evaluation.pk)
            cohort = cohorts().get(pk=cast.cohort.pk)
            people = list(enrolments().filter(cohort=cohort))
            stage = stages_of(cohort.programme_id)[0]
            makers: list[Callable[[], Any]] = [
                lambda: mark_list(evaluation, today=TODAY, at=AT),
                lambda: cohort_file(cohort, agreements=True, today=TODAY, at=AT),
                lambda: gate_forms(cohort, stage, "stage", people, today=TODAY, at=AT),
                lambda: review_forms(list(whole(reviews())), today=TODAY, at=AT),
            ]
            for make in makers:
                with CaptureQueriesContext(connection) as found:
                    make()
                counts.append(len(found))
        return counts

    few = asked()
    with everywhere("a test"):
        take_roster(
            cast.cohort,
            [RosterEntry(f"27{n:03}", f"新人{n}", enterprise=cast.jinheng, mentor="周国栋") for n in range(20)],
            by=system(), at=AT,
        )  # fmt: skip
    assert asked() == few
