"""What an office committed with is the first guess the next time, visibly, and can still be changed."""

from __future__ import annotations

from html import unescape
from typing import Any

import pytest
from django.test import Client

from craftpath.delivery.exchange.reading import read_book
from craftpath.delivery.exchange.trial import first_reading, target_of
from craftpath.kernel.sheets import SheetMemory, remembered
from craftpath.kernel.tenancy import looking_for
from tests.cast import Cast
from tests.web.sheets import offices
from tests.web.sheets.conftest import newest

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_rows")]

OWN_WORDS = (("档案码", "姓名", "日常表现", "期末考试", "教室"), ("26001", "陈雨桐", 71, "病假", "A1"))


def words(page: Any) -> str:
    return " ".join(unescape(page.content.decode()).split())


def targets(page: Any) -> dict[str, str]:
    return {column.name: column.target for column in page.context["trial"].reading.mapping.columns}


def teach(upload: Any, coordinator: Client, at: Any) -> None:
    """Upload the office's sheet, say what its own words mean, and commit."""
    upload("marks", offices.xlsx(OWN_WORDS, merged=""))
    sheet = newest().public_id
    coordinator.post(
        at("check", sheet),
        {
            "column-0": "number",
            "column-2": "item:attendance",
            "word": "病假",
            "meaning": "deferred",
            "blank": "",
        },
    )
    coordinator.post(at("commit", sheet))
    assert newest().state == "committed"


def test_the_next_sheet_is_read_as_the_last_one(upload: Any, coordinator: Client, at: Any) -> None:
    page = upload("marks", offices.xlsx(OWN_WORDS, merged=""))
    assert (targets(page)["档案码"], targets(page)["日常表现"], page.context["as_last"]) == (
        "ignore",
        "ignore",
        None,
    )
    teach(upload, coordinator, at)
    page = upload("marks", offices.xlsx([*OWN_WORDS, ("26002", "林浩然", 72, "病假", "A1")], merged=""))
    assert targets(page) == {
        "档案码": "number", "姓名": "name", "日常表现": "item:attendance", "期末考试": "item:final_exam",
        "教室": "ignore",
    }  # fmt: skip
    assert page.context["trial"].plan.errors == ()
    assert page.context["doubtful"] == []
    assert [line.name for line in page.context["sure"] if line.as_last] == ["档案码", "日常表现", "教室"]
    assert "Columns and words as in your last mark sheet," in words(page)
    assert [(row.item, row.status) for row in page.context["trial"].plan.added] == [
        ("final_exam", "deferred")
    ]


def test_what_is_remembered_can_be_changed_and_the_change_is_remembered(
    upload: Any, coordinator: Client, at: Any
) -> None:
    teach(upload, coordinator, at)
    upload("marks", offices.xlsx(OWN_WORDS, merged=""))
    page = coordinator.post(at("check", newest().public_id), {"column-2": "item:log"}, follow=True)
    assert targets(page)["日常表现"] == "item:log"
    assert [line.name for line in page.context["sure"] if line.as_last] == ["档案码", "教室"]
    coordinator.post(at("commit", newest().public_id))
    page = upload("marks", offices.xlsx(OWN_WORDS, merged=""))
    assert targets(page)["日常表现"] == "item:log"


def test_a_choice_that_does_not_fit_the_scheme_any_more_is_dropped(
    upload: Any, coordinator: Client, at: Any
) -> None:
    teach(upload, coordinator, at)
    SheetMemory.objects.filter(name="日常表现").update(means="item:gone")
    page = upload("marks", offices.xlsx(OWN_WORDS, merged=""))
    assert targets(page)["日常表现"] == "ignore"
    assert [line.name for line in page.context["doubtful"]] == ["日常表现"]


def test_a_remembered_column_is_not_chosen_twice(upload: Any, coordinator: Client, at: Any) -> None:
    teach(upload, coordinator, at)
    page = upload("marks", offices.xlsx([("学号", "档案码", "日常表现"), ("1", "26001", 60)], merged=""))
    assert targets(page) == {"学号": "ignore", "档案码": "number", "日常表现": "item:attendance"}
    assert page.context["trial"].plan.errors == ()


def test_a_roster_does_not_remember_marks_and_a_neighbour_remembers_nothing(
    upload: Any, coordinator: Client, at: Any, cast: Cast
) -> None:
    teach(upload, coordinator, at)
    page = upload("roster", offices.xlsx([("档案码", "姓名"), ("26001", "陈雨桐")], merged=""))
    assert targets(page)["档案码"] == "ignore"
    with looking_for(cast.actor("stranger", cast.neighbour).scope):
        assert remembered(cast.college, "marks", ["档案码"]) == []
    assert remembered(cast.neighbour, "marks", ["档案码"]) == []


def test_an_import_that_was_not_committed_teaches_nothing(upload: Any, coordinator: Client, at: Any) -> None:
    upload("marks", offices.xlsx(OWN_WORDS, merged=""))
    coordinator.post(at("check", newest().public_id), {"column-0": "number"})
    coordinator.post(at("discard", newest().public_id))
    assert SheetMemory.objects.count() == 0


def test_one_question_however_many_sheets_and_columns(
    upload: Any, coordinator: Client, at: Any, django_assert_num_queries: Any
) -> None:
    teach(upload, coordinator, at)
    target = target_of(newest())
    many = read_book(offices.book({f"表{n}": OWN_WORDS for n in range(9)}), "many.xlsx")
    with django_assert_num_queries(1):
        reading = first_reading(many, target)
    assert reading.recalled == (0, 2, 4)


def test_the_same_heads_twice_are_not_guessed_from_memory(upload: Any, coordinator: Client, at: Any) -> None:
    teach(upload, coordinator, at)
    page = upload("marks", offices.xlsx([("学号", "日常表现", "日 常 表现"), ("26001", 1, 2)], merged=""))
    assert list(targets(page).values()) == ["number", "ignore", "ignore"]
