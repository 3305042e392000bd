"""The results of a cohort: table, filter, order, export, figures, and who sees what."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from craftpath.delivery.web.evaluation import charts
from craftpath.domain.apprenticeships.actions import RosterEntry, take_roster
from craftpath.domain.apprenticeships.models import Enrolment
from craftpath.domain.evaluation.actions import NewMark, record_marks, refresh_results
from craftpath.domain.evaluation.queries import results_of_cohort
from craftpath.kernel.access import join
from craftpath.kernel.roles import Role
from tests.cast import AT, Cast
from tests.web.evaluation.reading import cells, links, sheet

Browse = Callable[[str], Client]
HEAD = [
    "Name", "Number", "Final of 100", "Rank", "Pass rules", "Enterprise",
    "Process evaluation 0–100 · points of 30", "Practical activity evaluation 0–100 · points of 30",
    "Final examination 0–100 · points of 40", "To date points", "Still open points", "What is missing",
]  # fmt: skip
ROWS = [
    ["陈雨桐", "26001", "80.5", "1", "met", "Jinheng Machinery", "83.3", "25.0", "85.0", "25.5", "75.0", "30.0",
     "80.5", "0.0", "–"],
    ["林浩然", "26002", "–", "–", "–", "Jinheng Machinery", "90.0", "27.0", "70.0", "10.5", "–", "0.0",
     "37.5", "55.0", "Workshop task 2, Final examination"],
    ["欧阳思远", "26003", "–", "–", "–", "Qinghe Electric", "95.0", "28.5", "45.5", "13.7", "–", "0.0",
     "42.2", "40.0", "Final examination"],
    ["赵一鸣", "26004", "–", "–", "–", "Qinghe Electric", "0.0", "0.0", "–", "0.0", "–", "0.0",
     "0.0", "70.0",
     "Workshop task 1, Workshop task 2, Final examination; counts as zero: Attendance, Training log, Quiz"],
]  # fmt: skip


def address(cast: Cast, organisation: str = "lanchuan") -> str:
    return f"/o/{organisation}/results/{cast.evaluation.public_id}/"


def numbers(response: Any) -> list[str]:
    return [row[1] for row in cells(response)[1:]]


def test_it_shows_every_figure_of_every_apprentice(cast: Cast, browse: Browse) -> None:
    shown = cells(browse("coordinator").get(address(cast)))
    assert shown == [HEAD, *ROWS]


def test_each_row_leads_to_its_derivation(cast: Cast, browse: Browse) -> None:
    found = links(browse("coordinator").get(address(cast)))
    ways = [f"{address(cast)}{cast.enrolments[row[1]].public_id}/" for row in ROWS]
    assert [link for link in found if not link.startswith("?")] == ways


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("q=林", ["26002"]),
        ("q=SIYUAN", ["26003"]),
        ("q=26004", ["26004"]),
        ("state=complete", ["26001"]),
        ("state=open", ["26002", "26003", "26004"]),
        ("state=passed", ["26001"]),
        ("enterprise=qinghe", ["26003", "26004"]),
        ("missing=task2", ["26002", "26004"]),
        ("missing=task2&enterprise=jinheng", ["26002"]),
        ("sort=-to_date", ["26001", "26003", "26002", "26004"]),
        ("sort=practical_activity.value", ["26003", "26002", "26001", "26004"]),
        ("sort=-practical_activity.value", ["26001", "26002", "26003", "26004"]),
        ("sort=-number", ["26004", "26003", "26002", "26001"]),
        ("sort=name", ["26001", "26002", "26003", "26004"]),
    ],
)
def test_screen_workbook_and_text_hold_the_same_rows(
    cast: Cast, browse: Browse, query: str, expected: list[str]
) -> None:
    coordinator = browse("coordinator")
    screen = cells(coordinator.get(f"{address(cast)}?{query}"))
    workbook = sheet(coordinator.get(f"{address(cast)}export.xlsx?{query}"), "results.xlsx")
    text = sheet(coordinator.get(f"{address(cast)}export.csv?{query}"), "results.csv")
    assert numbers(coordinator.get(f"{address(cast)}?{query}")) == expected
    as_exported = [["" if cell == "–" else cell for cell in row] for row in screen[1:]]
    assert text[1:] == as_exported
    assert [[_figure(cell) for cell in row] for row in workbook[1:]] == [
        [_figure(cell) for cell in row] for row in as_exported
    ]
    assert text[0] == workbook[0]
    assert text[0][6:8] == ["Process evaluation (0–100)", "Process evaluation (points, usually of 30)"]


def _figure(cell: str) -> float | str:
    try:
        return float(cell)
    except ValueError:
        return cell


def test_student_numbers_keep_their_zeros_in_both_sheets(cast: Cast, browse: Browse, all_rows: None) -> None:
    take_roster(cast.cohort, [RosterEntry("00012", "=cmd|'x'")], by=cast.actor("coordinator"), at=AT)
    coordinator = browse("coordinator")
    for form in ("xlsx", "csv"):
        rows = sheet(coordinator.get(f"{address(cast)}export.{form}?q=00012"), f"results.{form}")
        assert rows[1][:2] == ["=cmd|'x'", "00012"]


def test_ranks_are_one_two_two_four_among_the_complete_results(
    cast: Cast, browse: Browse, all_rows: None
) -> None:
    """Equal totals share a rank and the next one is left out; who is not complete has none."""
    enrol(cast, 4)
    by = cast.actor("coordinator")
    people = list(Enrolment.objects.filter(number__startswith="27").order_by("number"))
    every = ("attendance", "log", "quiz", "task1", "task2", "final_exam")
    marks = [
        NewMark(one.pk, item, "scored", Decimal(score if item != "quiz" else score / 2))
        for one, score in zip(people, (90, 80.5, 40), strict=False)
        for item in every
    ]
    record_marks(cast.evaluation, marks, by=by, at=AT)
    rows = cells(browse("coordinator").get(f"{address(cast)}?sort=-total"))
    assert rows[0].index("Rank") == 3
    place = 3
    assert [(row[1], row[place]) for row in rows[1:]][:5] == [
        ("27000", "1"), ("27001", "2"), ("26001", "2"), ("27002", "4"), ("26002", "–")
    ]  # fmt: skip
    book = sheet(browse("coordinator").get(f"{address(cast)}export.csv?sort=-total"), "results.csv")
    assert book[0][place] == "Rank"
    assert [row[place] for row in book[1:5]] == ["1", "2", "2", "4"]


def test_who_sees_a_part_of_the_cohort_sees_no_ranks(cast: Cast, browse: Browse) -> None:
    for who in ("hr", "mentor"):
        assert "Rank" not in cells(browse(who).get(address(cast, "jinheng")))[0]
    own = f"{address(cast)}{cast.enrolments['26001'].public_id}/"
    assert "Rank" not in browse("apprentice").get(own).content.decode()


def test_figures_stand_above_with_their_n(cast: Cast, browse: Browse) -> None:
    context = browse("coordinator").get(address(cast)).context
    summary = context["summary"]
    assert (summary.n, summary.complete, summary.open, str(summary.mean), summary.mean_n, summary.met) == (
        4, 1, 3, "80.5", 1, 1
    )  # fmt: skip
    assert [(one.name, one.said, one.url, one.note) for one in context["missed"]] == [
        ("Final examination", "3 of 4", "?missing=final_exam#table", ""),
        ("Workshop task 2", "2 of 4", "?missing=task2#table", ""),
        ("Attendance", "1 of 4", "?missing=attendance#table", "counts as zero"),
        ("Training log", "1 of 4", "?missing=log#table", "counts as zero"),
        ("Quiz", "1 of 4", "?missing=quiz#table", "counts as zero"),
        ("Workshop task 1", "1 of 4", "?missing=task1#table", ""),
    ]


def test_learning_areas_are_means_over_those_with_a_mark(cast: Cast, browse: Browse) -> None:
    areas = browse("coordinator").get(address(cast)).context["areas"]
    # 26001: (90·10 + 60·10)/20 = 75 … each item weighs there what it weighs in the whole
    assert [(area.name, str(area.value), area.n) for area in areas] == [
        ("Professional consciousness", "85.0", 3),
        ("General professional knowledge", "75.0", 2),
        ("General professional skills", "66.8", 3),
    ]


def test_hostile_addresses_change_nothing(cast: Cast, browse: Browse) -> None:
    query = "sort=__class__&state='&missing=<script>&page=99999999999999999999&enterprise=%00"
    assert browse("coordinator").get(f"{address(cast)}?{query}").status_code == 200
    assert b"<script>alert" not in browse("coordinator").get(f"{address(cast)}?q=<script>alert(1)").content
    assert browse("coordinator").get(f"{address(cast)}export.exe").status_code == 404


@pytest.mark.parametrize(
    ("who", "organisation", "expected"),
    [
        ("trainer", "lanchuan", ["26001", "26002", "26003", "26004"]),
        ("auditor", "lanchuan-bureau", ["26001", "26002", "26003", "26004"]),
        ("hr", "jinheng", ["26001", "26002"]),
        ("mentor", "jinheng", ["26001", "26002"]),
    ],
)
def test_everybody_sees_the_apprentices_of_their_scope(
    cast: Cast, browse: Browse, who: str, organisation: str, expected: list[str]
) -> None:
    assert numbers(browse(who).get(address(cast, organisation))) == expected
    form = sheet(browse(who).get(f"{address(cast, organisation)}export.csv"), "results.csv")
    assert [row[1] for row in form[1:]] == expected


def test_an_apprentice_is_led_to_the_own_derivation(cast: Cast, browse: Browse) -> None:
    answer = browse("apprentice").get(address(cast))
    assert (answer.status_code, answer.headers["Location"]) == (
        302,
        f"{address(cast)}{cast.enrolments['26001'].public_id}/",
    )


def test_a_stranger_finds_nothing_and_nobody_is_sent_to_sign_in(cast: Cast, browse: Browse) -> None:
    for way in (address(cast), f"{address(cast)}export.csv", address(cast, "dongling")):
        assert browse("stranger").get(way).status_code == 404
        assert browse("").get(way).status_code == 302


def test_queries_do_not_grow_with_the_cohort(
    cast: Cast, browse: Browse, all_rows: None, django_assert_num_queries: Any
) -> None:
    client = browse("coordinator")
    client.get("/account/settings/")  # the first visit of a session is noted, once in five minutes
    enrol(cast, 3)
    with CaptureQueriesContext(connection) as first:
        assert len(client.get(address(cast)).context["page"].object_list) == 7
    with CaptureQueriesContext(connection) as again:
        client.get(address(cast))
    enrol(cast, 40)
    with django_assert_num_queries(len(first)):
        assert len(client.get(address(cast)).context["page"].object_list) == 44
    with django_assert_num_queries(len(again)):
        client.get(address(cast))
    assert len(again) <= 11  # one asks who has no mark where that counts zero, one for the office's layouts
    assert len(first) <= 16


def test_what_stands_above_the_table_is_never_older_than_the_table(
    cast: Cast, browse: Browse, all_rows: None
) -> None:
    """The overview is kept for a state of the results; a mark, also one that changes no total, is another state."""
    coordinator, by = browse("coordinator"), cast.actor("coordinator")

    def areas() -> dict[str, str]:
        return {area.name: str(area.value) for area in coordinator.get(address(cast)).context["areas"]}

    before = areas()
    assert areas() == before
    # The log of 26001 is dropped as the lowest, so the total stays; the learning area does not.
    log = NewMark(cast.enrolments["26001"].pk, "log", "scored", Decimal(62))
    record_marks(cast.evaluation, [log], by=by, at=AT)
    after = areas()
    assert after["Professional consciousness"] != before["Professional consciousness"]
    exam = NewMark(cast.enrolments["26001"].pk, "final_exam", "scored", Decimal(95))
    record_marks(cast.evaluation, [exam], by=by, at=AT)
    page = coordinator.get(address(cast))
    assert (str(page.context["summary"].mean), cells(page)[1][2]) == ("88.5", "88.5")
    assert "88.5" in page.context["overview"]
    enrol(cast, 1)
    assert coordinator.get(address(cast)).context["summary"].n == 5


def test_one_reader_s_overview_is_not_another_s(cast: Cast, browse: Browse) -> None:
    assert browse("coordinator").get(address(cast)).context["summary"].n == 4
    assert browse("hr").get(address(cast, "jinheng")).context["summary"].n == 2
    assert browse("officer").get(address(cast, "lanchuan-bureau")).context["summary"].n is None
    chinese = browse("trainer")
    chinese.defaults["HTTP_ACCEPT_LANGUAGE"] = "zh-hans"
    assert "Mean of the final results" in browse("trainer").get(address(cast)).content.decode()
    assert "Mean of the final results" not in chinese.get(address(cast)).content.decode()


def enrol(cast: Cast, people: int) -> None:
    entries = [
        RosterEntry(f"27{n:03}", f"学徒{n}", enterprise=cast.jinheng, mentor="周国栋") for n in range(people)
    ]
    take_roster(cast.cohort, entries, by=cast.actor("coordinator"), at=AT)


def test_a_large_cohort_comes_in_pages_of_fifty(cast: Cast, browse: Browse, all_rows: None) -> None:
    entries = [RosterEntry(f"28{n:03}", f"学徒{n}") for n in range(196)]
    take_roster(cast.cohort, entries, by=cast.actor("coordinator"), at=AT)
    coordinator = browse("coordinator")
    assert [len(cells(coordinator.get(f"{address(cast)}?page={n}"))) - 1 for n in (1, 2, 4)] == [50, 50, 50]
    assert len(sheet(coordinator.get(f"{address(cast)}export.csv"), "results.csv")) - 1 == 200


def test_who_may_only_look_is_not_offered_the_import(cast: Cast, browse: Browse) -> None:
    """A trainer of the enterprise sees the cohort of its apprentices; its marks are the college's to bring in."""
    join([cast.people["hr"]], cast.jinheng, Role.TRAINER, on=date(2026, 1, 1))
    page = f"results/{cast.evaluation.public_id}/"
    offered = {
        who: "/imports/new/marks/" in browse(who).get(f"/o/{place}/{page}").content.decode()
        for who, place in (("trainer", "lanchuan"), ("hr", "jinheng"))
    }
    assert offered == {"trainer": True, "hr": False}


def test_where_there_is_no_drawing_a_sentence_says_why(cast: Cast, browse: Browse, all_rows: None) -> None:
    by = cast.actor("coordinator")
    take_roster(cast.cohort, [RosterEntry(f"27{n:03}", f"学徒{n}") for n in range(6)], by=by, at=AT)
    refresh_results(cast.evaluation, by=by, at=AT)
    everybody = browse("coordinator").get(address(cast))
    assert everybody.context["histogram"]["why"] == "One result is final; a drawing needs five."
    assert "One result is final; a drawing needs five." in everybody.content.decode()
    nobody_final = browse("coordinator").get(f"{address(cast)}?state=open")
    assert nobody_final.context["histogram"]["kind"] == "histogram"
    assert "a drawing needs" not in nobody_final.content.decode()
    few = browse("coordinator").get(f"{address(cast)}?q=欧阳")
    assert few.context["histogram"]["why"] == "One person is shown here; a drawing needs five."
    with override("zh-hans"):
        assert charts.histogram(cast.evaluation, results_of_cohort(cast.evaluation), floor=False) == {
            "why": "已有 1 人成绩已齐；满 5 人才画图。"
        }
    assert charts.histogram(cast.evaluation, [], floor=False) is None


def test_who_has_no_mark_where_that_counts_zero_is_found_by_it(
    cast: Cast, browse: Browse, all_rows: None
) -> None:
    client = browse("coordinator")
    assert numbers(client.get(f"{address(cast)}?missing=log")) == ["26004"]
    book = sheet(client.get(f"{address(cast)}export.csv?missing=quiz"), "results.csv")
    assert [row[1] for row in book[1:]] == ["26004"]
    by = cast.actor("coordinator")
    record_marks(cast.evaluation, [NewMark(cast.enrolments["26004"].pk, "log", "absent")], by=by, at=AT)
    shown = client.get(f"{address(cast)}?missing=log").context["page"]
    assert list(shown.object_list) == []  # absent is known, and a zero of its own
    noted = NewMark(cast.enrolments["26001"].pk, "log", "missing")
    record_marks(cast.evaluation, [noted], by=by, at=AT)
    assert numbers(client.get(f"{address(cast)}?missing=log")) == ["26001"]


def test_points_that_went_to_the_other_parts_are_shown_of_their_own_whole(
    cast: Cast, browse: Browse, all_rows: None
) -> None:
    """Exempt of the practical part: its 30 points go to the others, 30 and 40 become 42.9 and 57.1."""
    exempt = [NewMark(cast.enrolments["26001"].pk, item, "exempt") for item in ("task1", "task2")]
    record_marks(cast.evaluation, exempt, by=cast.actor("coordinator"), at=AT)
    client = browse("coordinator")
    rows = cells(client.get(address(cast)))
    assert rows[1][6:12] == ["83.3", "35.7 / 42.9", "–", "0.0", "75.0", "42.9 / 57.1"]
    assert rows[2][6:12] == ROWS[1][6:12]  # nobody else's
    book = sheet(client.get(f"{address(cast)}export.csv"), "results.csv")
    assert book[0][7] == "Process evaluation (points, usually of 30)"
    assert Decimal(book[1][7]) == Decimal("35.7")
