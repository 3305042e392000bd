"""A roster from an office's file to people, through the pages."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from craftpath.domain.apprenticeships.actions import plan_cohort, take_roster
from craftpath.domain.apprenticeships.models import Enrolment
from craftpath.domain.apprenticeships.roster import RosterEntry
from craftpath.domain.evaluation.models import Result
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from tests.cast import AT, Cast
from tests.web.sheets import offices
from tests.web.sheets.conftest import newest

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_rows")]


def messages_of(page: Any) -> list[str]:
    return [str(message) for message in page.context["messages"]]


@pytest.mark.parametrize("written", [offices.xlsx, offices.gbk], ids=["xlsx", "gbk csv"])
def test_a_roster_is_checked_and_taken_in(
    upload: Any, coordinator: Any, at: Any, cast: Cast, written: Any
) -> None:
    page = upload("roster", written(offices.ROSTER), "名册")
    assert page.context["summary"] == "4 ok, no errors"
    assert page.context["new_people"] == ["26011 何静怡", "26012 马天宇"]
    assert [(line.cell, line.what, line.before, line.after) for line in page.context["changes"]] == [
        ("F4", "Phone", "", "13800000002")
    ]
    assert page.context["remarks"] == [
        "D6: New in the register: Mentor 郑大成.",
        "People in the register whom this sheet does not mention stay as they are: 3.",
    ]
    done = coordinator.post(at("commit", newest().public_id), follow=True)
    assert messages_of(done) == ["2 added, 1 changed, 1 already there"]
    rows = (
        Enrolment.objects.filter(cohort=cast.cohort).order_by("number").select_related("person", "enterprise")
    )
    assert [(row.number, row.person.name, row.enterprise.key, row.starts_on) for row in rows][-2:] == [
        ("26011", "何静怡", "qinghe", date(2026, 3, 2)),
        ("26012", "马天宇", "qinghe", date(2026, 3, 2)),
    ]
    assert len(rows) == 7
    new = Result.objects.filter(evaluation=cast.evaluation, enrolment__number__in=["26011", "26012"])
    assert new.count() == 2


def test_the_same_roster_twice_changes_nothing(upload: Any, coordinator: Any, at: Any) -> None:
    upload("roster", offices.xlsx(offices.ROSTER))
    coordinator.post(at("commit", newest().public_id))
    people = Person.objects.count()
    page = upload("roster", offices.xlsx(offices.ROSTER))
    assert (page.context["changes"], page.context["new_people"]) == ([], [])
    done = coordinator.post(at("commit", newest().public_id), follow=True)
    assert messages_of(done) == ["0 added, 0 changed, 4 already there"]
    assert Person.objects.count() == people


def test_a_new_mentor_with_a_number_is_known_the_next_time(upload: Any, coordinator: Any, at: Any) -> None:
    rows = [("学号", "姓名", "企业", "师傅工号", "师傅"), ("26001", "陈雨桐", "金恒机械", "J07", "高远")]
    upload("roster", offices.xlsx(rows, merged=""))
    coordinator.post(at("commit", newest().public_id))
    assert Person.objects.filter(name="高远").values_list("username", flat=True)[0] == "jinheng-J07"
    page = upload("roster", offices.xlsx(rows, merged=""))
    assert [row.effect for row in page.context["trial"].plan.rows] == ["same"]


def test_an_unknown_enterprise_is_an_error_until_it_may_be_added(
    upload: Any, coordinator: Any, at: Any, cast: Cast
) -> None:
    rows = [
        ("学号", "姓名", "企业"),
        ("26001", "陈雨桐", "金恒机械厂"),
        ("26011", "何静怡", "Delta Tools"),
        ("26012", "马天宇", "delta tools"),
        ("26013", "许强", "江南造船"),
    ]
    page = upload("roster", offices.xlsx(rows, merged=""))
    faults = [(one.cell, one.given) for one in page.context["errors"]]
    assert faults == [("C2", "金恒机械厂"), ("C3", "Delta Tools"), ("C4", "delta tools"), ("C5", "江南造船")]
    assert "金恒机械" in page.context["errors"][0].allowed
    assert page.context["enterprise_parent"] == cast.city
    rows[1] = ("26001", "陈雨桐", "金恒机械")
    upload("roster", offices.xlsx(rows, merged=""))
    page = coordinator.post(at("check", newest().public_id), {"add_enterprises": "on"}, follow=True)
    assert page.context["summary"] == "4 ok, no errors"
    coordinator.post(at("commit", newest().public_id))
    assert newest().outcome == {"added": 3, "changed": 0, "unchanged": 1, "enterprises": 2}
    hosts = Organisation.objects.filter(path__startswith=cast.city.path, kind="enterprise").order_by("pk")
    new = list(hosts)[-2:]
    assert [host.name for host in new] == [{"en": "Delta Tools"}, {"zh": "江南造船"}]
    assert new[0].key == "delta-tools"
    assert new[1].key.startswith("e-")
    assert Enrolment.objects.get(number="26012").enterprise == new[0]


def test_a_stage_in_the_sheet_does_not_pass_one(upload: Any) -> None:
    rows = [("学号", "姓名", "阶段"), ("26001", "陈雨桐", "工匠")]
    page = upload("roster", offices.xlsx(rows, merged=""))
    assert [row.effect for row in page.context["trial"].plan.rows] == ["same"]
    assert page.context["remarks"][0] == (
        "C2: 26001 stays in the stage 小工匠: a stage is passed by a recorded decision, not by a sheet."
    )


def test_an_address_that_belongs_to_another_is_an_error(upload: Any) -> None:
    Person.objects.filter(username="t01").update(email="ma@example.org")
    rows = [
        ("学号", "姓名", "邮箱"),
        ("26011", "何静怡", "ma@example.org"),
        ("26012", "马天宇", "tian@example.org"),
        ("26013", "许强", "tian@example.org"),
    ]
    page = upload("roster", offices.xlsx(rows, merged=""))
    assert [(one.cell, one.why) for one in page.context["errors"]] == [
        ("C2", "This e-mail address belongs to somebody else already."),
        ("C4", "This e-mail address stands in the sheet twice; the first is in C3."),
    ]


def test_a_number_known_from_another_cohort_is_the_same_person(
    upload: Any, coordinator: Any, at: Any, cast: Cast
) -> None:
    by = cast.actor("coordinator")
    other = plan_cohort(
        organisation=cast.college,
        programme=cast.programme,
        name={"en": "Earlier"},
        occupation={"en": "Fitter"},
        starts_on=date(2025, 3, 1),
        by=by,
        at=AT,
    )
    take_roster(other, [RosterEntry("25007", "钱敏")], by=by, at=AT)
    page = upload("roster", offices.xlsx([("学号", "姓名"), ("25007", "钱敏")], merged=""))
    assert page.context["remarks"][0] == (
        "A2: 25007 is known from another cohort as 钱敏; the same person is enrolled here too."
    )
    coordinator.post(at("commit", newest().public_id))
    assert Enrolment.objects.filter(number="25007").values("person").distinct().count() == 1


def test_one_cause_is_one_line_of_errors(upload: Any) -> None:
    rows = [("学号", "姓名", "班级"), *((f"2602{n}", f"新人{n}", "电工 1 班") for n in range(5))]
    page = upload("roster", offices.xlsx(rows, merged=""))
    assert [(one.cell, one.others) for one in page.context["errors"]] == [("C2", 4)]
    assert page.context["summary"] == "0 ok, 5 errors"


def test_the_check_asks_as_many_questions_for_forty_as_for_three(
    upload: Any, coordinator: Any, at: Any
) -> None:
    counts = []
    for rows in (3, 40):
        people = [(f"27{n:03}", f"学徒{n}", "金恒机械", f"师傅{n}") for n in range(rows)]
        upload("roster", offices.xlsx([("学号", "姓名", "企业", "师傅"), *people], merged=""))
        with CaptureQueriesContext(connection) as queries:
            page = coordinator.get(at("columns", newest().public_id))
        assert page.context["summary"] == f"{rows} ok, no errors"
        counts.append(len(queries))
    assert counts[0] == counts[1]
