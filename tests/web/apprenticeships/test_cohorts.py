"""The list of cohorts, the form of a new one, and one cohort with its stages and people."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from craftpath.domain.apprenticeships.actions import RosterEntry, take_roster
from craftpath.domain.apprenticeships.models import Cohort
from craftpath.domain.evaluation.models import Evaluation
from tests.cast import AT, Cast
from tests.web.evaluation.reading import cells

Browse = Callable[[str], Client]
LIST = "/o/lanchuan/cohorts/"
PLAN = {
    "name_zh": "数控 2026 级",
    "name_en": "",
    "occupation_zh": "",
    "occupation_en": "CNC operator",
    "starts_on": "2026-09-01",
    "ends_on": "",
}


def address(cast: Cast) -> str:
    return f"{LIST}{cast.cohort.public_id}/"


def enrol(cast: Cast, people: int) -> None:
    entries = [
        RosterEntry(f"27{n:03}", f"学徒{n}", enterprise=cast.jinheng, mentor="周国栋") for n in range(people)
    ]
    take_roster(cast.cohort, entries, by=cast.actor("coordinator"), at=AT)


def test_the_list_says_who_is_where_and_how_far_the_results_are(cast: Cast, browse: Browse) -> None:
    assert cells(browse("coordinator").get(LIST)) == [
        ["Cohort", "Occupation", "People", "In which stage", "Results", "First day"],
        ["Welders 2026/1", "Welder", "5", "4 1", "Junior craftsman1 of 4 complete", "2 Mar 2026"],
    ]


def test_an_enterprise_counts_its_own_people_only(cast: Cast, browse: Browse) -> None:
    assert cells(browse("hr").get("/o/jinheng/cohorts/"))[1][2:5] == [
        "3",
        "2 1",
        "Junior craftsman1 of 2 complete",
    ]


def test_an_empty_list_says_what_to_do_first(cast: Cast, browse: Browse) -> None:
    page = browse("stranger").get("/o/dongling/cohorts/").content
    assert b"No cohort yet" in page
    assert b'href="/o/dongling/cohorts/new/"' in page


def test_a_planned_cohort_runs_and_leads_to_its_page(cast: Cast, browse: Browse, all_rows: None) -> None:
    answer = browse("coordinator").post(f"{LIST}new/", PLAN | {"programme": cast.programme.public_id})
    made = Cohort.objects.get(name__zh="数控 2026 级")
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{LIST}{made.public_id}/")
    assert (made.state, made.organisation, made.name, made.occupation, made.ends_on) == (
        "running", cast.college, {"zh": "数控 2026 级"}, {"en": "CNC operator"}, None,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name_zh": ""}, "name_zh"),
        ({"occupation_en": ""}, "occupation_zh"),
        ({"starts_on": ""}, "starts_on"),
        ({"starts_on": "31/12/2026"}, "starts_on"),
        ({"ends_on": "2026-08-31"}, "ends_on"),
        ({"programme": "nothing"}, "programme"),
        ({"name_zh": "长" * 81}, "name_zh"),
    ],
)
def test_a_faulty_form_keeps_what_was_typed_and_stores_nothing(
    cast: Cast, browse: Browse, all_rows: None, change: dict[str, str], field: str
) -> None:
    before = Cohort.objects.count()
    answer = browse("coordinator").post(
        f"{LIST}new/", PLAN | {"programme": cast.programme.public_id} | change
    )
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert Cohort.objects.count() == before


def test_the_people_stand_with_mentor_stage_and_result(cast: Cast, browse: Browse) -> None:
    assert cells(browse("coordinator").get(address(cast))) == [
        ["Name", "Number", "Enterprise", "Mentor", "Stage", "Result to date"],
        ["陈雨桐", "26001", "Jinheng Machinery", "周国栋", "Junior craftsman",
         "80.5 of 100; all marks are in. The pass rules are met."],
        ["林浩然", "26002", "Jinheng Machinery", "周国栋", "Junior craftsman",
         "37.5 of 45 so far; two marks left, 55 points still open."],
        ["欧阳思远", "26003", "Qinghe Electric", "吴海燕", "Junior craftsman",
         "42.2 of 60 so far; one mark left, 40 points still open."],
        ["赵一鸣", "26004", "Qinghe Electric", "吴海燕", "Junior craftsman",
         "0 of 30 so far; three marks left, 70 points still open."],
        ["孙佳怡", "26005", "Jinheng Machinery", "–", "Craftsman", "–"],
    ]  # fmt: skip


def test_people_are_found_by_name_or_number(cast: Cast, browse: Browse) -> None:
    coordinator = browse("coordinator")
    for asked, number in (("浩", "26002"), ("yutong", "26001"), ("26004", "26004")):
        assert [row[1] for row in cells(coordinator.get(f"{address(cast)}?q={asked}"))[1:]] == [number]
    assert b"Nobody matches this filter" in coordinator.get(f"{address(cast)}?q=%25").content


def test_actions_lead_to_import_and_slips(cast: Cast, browse: Browse) -> None:
    page = browse("coordinator").get(address(cast)).content.decode()
    for way in (
        f"/o/lanchuan/imports/new/roster/{cast.cohort.public_id}/",
        f"/o/lanchuan/imports/new/marks/{cast.evaluation.public_id}/",
        f"/o/lanchuan/people/?cohort={cast.cohort.public_id}",
    ):
        assert f'href="{way}"' in page


def test_a_trainer_imports_marks_but_neither_plans_nor_passes(cast: Cast, browse: Browse) -> None:
    page = browse("trainer").get(address(cast)).content.decode()
    assert f"/imports/new/marks/{cast.evaluation.public_id}/" in page
    assert "/imports/new/roster/" not in page
    assert 'name="who"' not in page
    assert browse("trainer").get(f"{LIST}new/").status_code == 403


def test_an_officer_sees_stages_and_no_person(cast: Cast, browse: Browse) -> None:
    page = browse("officer").get(f"/o/lanchuan-bureau/cohorts/{cast.cohort.public_id}/").content.decode()
    assert f"/results/{cast.evaluation.public_id}/" in page
    assert "陈雨桐" not in page
    assert "apprentices in it" not in page  # four and one: too few to tell


def test_a_stage_gets_its_scheme_once(cast: Cast, browse: Browse, all_rows: None) -> None:
    given = {"stage": "craftsman", "scheme": cast.scheme.public_id}
    coordinator = browse("coordinator")
    answer = coordinator.post(f"{address(cast)}evaluate/", given)
    opened = Evaluation.objects.get(stage__key="craftsman")
    assert answer.headers["Location"] == f"/o/lanchuan/results/{opened.public_id}/"
    other = {"stage": "craftsman", "scheme": cast.preset.public_id}
    assert coordinator.post(f"{address(cast)}evaluate/", other).status_code == 409
    assert Evaluation.objects.get(stage__key="craftsman").scheme == cast.scheme


@pytest.mark.parametrize("given", [{}, {"stage": "craftsman"}, {"stage": "craftsman", "scheme": "no-such"}])
def test_a_scheme_that_does_not_exist_opens_nothing(
    cast: Cast, browse: Browse, all_rows: None, given: dict[str, str]
) -> None:
    assert browse("coordinator").post(f"{address(cast)}evaluate/", given).status_code == 404
    assert Evaluation.objects.count() == 1


def test_a_stage_that_does_not_exist_opens_nothing(cast: Cast, browse: Browse, all_rows: None) -> None:
    given = {"stage": "emperor", "scheme": cast.scheme.public_id}
    assert browse("coordinator").post(f"{address(cast)}evaluate/", given).status_code == 302
    assert Evaluation.objects.count() == 1


@pytest.mark.parametrize("way", ["", "new/", "{cohort}/"])
def test_strangers_and_apprentices_stay_outside(cast: Cast, browse: Browse, way: str) -> None:
    there = LIST + way.format(cohort=cast.cohort.public_id)
    assert [browse(who).get(there).status_code for who in ("stranger", "apprentice", "")] == [404, 403, 302]


@pytest.mark.parametrize("move", ["evaluate/"])
def test_moves_are_made_by_those_who_run_cohorts(cast: Cast, browse: Browse, move: str) -> None:
    there = f"{address(cast)}{move}"
    assert [browse(who).post(there).status_code for who in ("stranger", "trainer", "apprentice")] == [
        404,
        403,
        403,
    ]
    assert browse("coordinator").get(there).status_code == 405


@pytest.mark.parametrize("page", ["", "{cohort}/"])
def test_queries_do_not_grow_with_the_people(
    cast: Cast, browse: Browse, all_rows: None, django_assert_num_queries: Any, page: str
) -> None:
    client, there = browse("coordinator"), LIST + page.format(cohort=cast.cohort.public_id)
    enrol(cast, 3)
    client.get(there)
    with CaptureQueriesContext(connection) as few:
        client.get(there)
    enrol(cast, 40)
    with django_assert_num_queries(len(few)):
        client.get(there)
    assert len(few) <= 11  # with the people of a demo's bar


def test_names_and_occupations_say_that_one_language_is_enough(browse) -> None:
    page = browse("coordinator").get(reverse("apprenticeships:plan", args=["lanchuan"]))
    said = "One of the two is enough; the other language then shows the same."
    assert page.content.decode().count(said) == 2
