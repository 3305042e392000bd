"""The grid of marks: what stands in it, who sees it, what it costs, and that its export changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from craftpath.domain.evaluation.models import Mark
from craftpath.kernel.sheets import SheetImport
from tests.cast import Cast
from tests.web.evaluation.reading import cells, links, sheet
from tests.web.evaluation.test_cohort import enrol

Browse = Callable[[str], Client]


def address(cast: Cast, organisation: str = "lanchuan") -> str:
    return f"/o/{organisation}/results/{cast.evaluation.public_id}/grid/"


def test_it_shows_every_mark_with_words_for_what_is_no_score(cast: Cast, browse: Browse) -> None:
    shown = cells(browse("coordinator").get(address(cast)))
    assert shown[0] == ["Name", "Process evaluation", "Practical activity evaluation", "Final examination"]
    assert shown[1][:4] == ["Attendance", "0–100", "Training log", "0–100"]
    assert shown[2:] == [
        ["陈雨桐26001", "90", "60", "40", "88", "82", "75"],
        ["林浩然26002", "100", "80", "35", "70", "–", "–"],
        ["欧阳思远26003", "95", "85", "Exempt", "91", "Absent", "Deferred"],
        ["赵一鸣26004", "–", "–", "–", "–", "–", "–"],
    ]


def test_each_mark_leads_to_its_page(cast: Cast, browse: Browse, all_rows: None) -> None:
    coordinator = browse("coordinator")
    found = links(coordinator.get(address(cast)))
    known = {f"/o/lanchuan/results/marks/{mark.public_id}/" for mark in Mark.objects.filter(is_current=True)}
    assert {link for link in found if "/marks/" in link} == known
    assert all(coordinator.get(link).status_code == 200 for link in found)


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_its_export_imported_again_changes_nothing(
    cast: Cast, browse: Browse, all_rows: None, form: str
) -> None:
    coordinator = browse("coordinator")
    answer = coordinator.get(f"{address(cast).removesuffix('/')}.{form}")
    assert [row[0] for row in sheet(answer, f"marks.{form}")[1:]] == ["26001", "26002", "26003", "26004"]
    before = Mark.objects.count()
    sent = coordinator.post(
        f"/o/lanchuan/imports/new/marks/{cast.evaluation.public_id}/",
        {"file": SimpleUploadedFile(f"marks.{form}", answer.content)},
    )
    coordinator.post(sent["Location"] + "commit/")
    done = SheetImport.objects.get(public_id=sent["Location"].rstrip("/").split("/")[-1])
    assert (done.state, done.outcome["added"], done.outcome["changed"]) == ("committed", 0, 0)
    assert Mark.objects.count() == before


@pytest.mark.parametrize(
    ("who", "organisation", "expected"),
    [("hr", "jinheng", ["26001", "26002"]), ("mentor", "jinheng", ["26001", "26002"])],
)
def test_everybody_sees_the_marks_of_their_scope(
    cast: Cast, browse: Browse, who: str, organisation: str, expected: list[str]
) -> None:
    shown = cells(browse(who).get(address(cast, organisation)))[2:]
    assert [row[0][-5:] for row in shown] == expected
    export = browse(who).get(f"{address(cast, organisation).removesuffix('/')}.csv")
    assert [row[0] for row in sheet(export, "marks.csv")[1:]] == expected


def test_who_sees_figures_only_and_an_unknown_form_find_nothing(cast: Cast, browse: Browse) -> None:
    assert browse("officer").get(address(cast, "lanchuan-bureau")).status_code == 403
    assert browse("coordinator").get(f"{address(cast).removesuffix('/')}.exe").status_code == 404


def test_an_apprentice_sees_the_own_row_only(cast: Cast, browse: Browse) -> None:
    assert [row[0] for row in cells(browse("apprentice").get(address(cast)))[2:]] == ["陈雨桐26001"]


def test_names_and_pages(cast: Cast, browse: Browse, all_rows: None) -> None:
    person = cast.enrolments["26001"].person
    person.name = "<b>&\"'"
    person.save()
    enrol(cast, 40)
    coordinator = browse("coordinator")
    first = coordinator.get(address(cast))
    assert b"<b>&" not in first.content
    assert [len(cells(coordinator.get(f"{address(cast)}?page={n}"))) - 2 for n in (1, 2, 3)] == [20, 20, 4]


def test_queries_are_few_and_do_not_grow(
    cast: Cast, browse: Browse, all_rows: None, django_assert_num_queries: Any
) -> None:
    client = browse("coordinator")
    client.get("/account/settings/")  # the first visit of a session is noted, once in five minutes
    with CaptureQueriesContext(connection) as few:
        client.get(address(cast))
    assert len(few) <= 9  # one of them asks for the people of the demo, which a real site has none of
    enrol(cast, 60)
    with django_assert_num_queries(len(few)):
        client.get(address(cast))
