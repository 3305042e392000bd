"""Rosters that would take what is another's, or more than a column holds: each ends in a clear answer."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from craftpath.delivery.exchange.reading import read_book
from craftpath.domain.apprenticeships.models import Enrolment, EnrolmentParty
from craftpath.kernel.access import Membership, join
from craftpath.kernel.people import Person
from craftpath.kernel.roles import Role
from tests.cast import Cast
from tests.web.sheets import offices
from tests.web.sheets.conftest import newest

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_rows")]

RARE = "欧阳𠮷㛃𬭩"
WORKER = "Sam 👩🏽‍🔧"


@pytest.fixture
def take(upload: Any, coordinator: Client, at: Any) -> Any:
    """Upload and commit a roster; gives the check page, with the errors' cells and reasons."""

    def taken(*rows: tuple[Any, ...]) -> list[tuple[str, str]]:
        page = upload("roster", offices.xlsx(rows, merged=""))
        coordinator.post(at("commit", newest().public_id))
        return [(line.cell, line.why) for line in page.context["errors"]]

    return taken


def mentors(number: str) -> list[str]:
    rows = EnrolmentParty.objects.filter(enrolment__number=number, role="mentor").order_by("pk")
    return [row.person.username for row in rows.select_related("person")]


@pytest.mark.parametrize("taken", [["AB1"], ["ab1", "lanchuan-AB1"]])
def test_a_sign_in_name_that_somebody_has_in_another_case_is_not_taken_away(
    taken: list[str], take: Any, cast: Cast
) -> None:
    for username in taken:
        Person.objects.create_user(username, name="别人")
    assert take(("学号", "姓名"), ("Ab1", "新人")) == []
    person = Enrolment.objects.get(number="Ab1").person
    assert (person.name, person.username.startswith("lanchuan-Ab1")) == ("新人", True)
    assert newest().state == "committed"


@pytest.mark.parametrize("username", ["n01", "adm", "26002"])
def test_a_mentor_s_name_is_never_a_way_to_somebody_s_sign_in_name(
    username: str, take: Any, cast: Cast
) -> None:
    before = list(Membership.objects.filter(person__username=username).values_list("role", "organisation"))
    take(("学号", "姓名", "企业", "师傅"), ("26005", "孙佳怡", "金恒机械", username))
    assert mentors("26005") == [f"jinheng-{username}"]
    after = list(Membership.objects.filter(person__username=username).values_list("role", "organisation"))
    assert after == before


def test_a_new_mentor_s_name_at_two_enterprises_is_two_people(take: Any) -> None:
    take(
        ("学号", "姓名", "企业", "师傅"),
        ("26011", "甲", "金恒机械", "新师傅"),
        ("26012", "乙", "清河电气", "新师傅"),
    )
    assert (mentors("26011"), mentors("26012")) == (["jinheng-新师傅"], ["qinghe-新师傅"])


def test_a_new_mentor_s_number_does_not_lead_to_somebody_who_is_no_mentor(take: Any, cast: Cast) -> None:
    clerk = Person.objects.create_user("jinheng-017", name="文员")
    join([clerk], cast.jinheng, Role.HR, on=date(2026, 1, 1))
    take(("学号", "姓名", "企业", "师傅工号", "师傅"), ("26005", "孙佳怡", "金恒机械", "017", "新师傅"))
    found = Person.objects.get(name="新师傅")
    assert mentors("26005") == [found.username]
    assert found.username != clerk.username


@pytest.mark.parametrize(
    ("head", "value", "limit"),
    [
        ("姓名", "甲" * 121, 120),
        ("英文名", "a" * 121, 120),
        ("手机", "1" * 31, 30),
        ("师傅", "师" * 121, 120),
    ],
)
def test_what_is_longer_than_the_register_keeps_is_an_error_at_its_cell(
    head: str, value: str, limit: int, take: Any
) -> None:
    rows = (("学号", "姓名"), ("26013", value)) if head == "姓名" else (
        ("学号", "姓名", head), ("26013", "丙", value)
    )  # fmt: skip
    cell = "B2" if head == "姓名" else "C2"
    assert (cell, f"This text is too long; at most {limit} characters are kept.") in take(*rows)
    assert newest().state == "uploaded"


def test_control_characters_of_a_workbook_do_not_reach_the_register(take: Any) -> None:
    assert take(("学号", "姓名"), ("26014", "丁_x0000__x0001_一")) == []
    assert Enrolment.objects.get(number="26014").person.name == "丁一"


def test_rare_characters_go_round_unchanged(
    take: Any, upload: Any, coordinator: Client, at: Any, cast: Cast
) -> None:
    assert take(("学号", "姓名", "英文名"), ("26015", RARE, WORKER)) == []
    person = Enrolment.objects.get(number="26015").person
    assert (person.name, person.name_latin) == (RARE, WORKER)
    assert RARE in coordinator.get(f"/o/lanchuan/cohorts/{cast.cohort.public_id}/?q=𠮷").content.decode()
    template = coordinator.get(at("template", "marks", cast.evaluation.public_id)).content
    assert RARE in {cell for row in read_book(template, "t.xlsx").sheets[0].rows for cell in row}
    page = upload("marks", template)
    assert (page.context["errors"], page.context["changes"]) == ([], [])
    for form in ("csv", "xlsx"):
        way = f"/o/lanchuan/results/{cast.evaluation.public_id}/export.{form}"
        names = [row[0] for row in read_book(coordinator.get(way).content, f"r.{form}").sheets[0].rows]
        assert RARE in names
