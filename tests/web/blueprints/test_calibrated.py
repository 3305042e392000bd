"""Blueprints that go by what candidates did: observed difficulty, an aim at information, and questions by name."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from html import unescape
from typing import Any

import pytest
from django.test import Client

from craftpath.domain.exams.assembling import forms_of
from craftpath.domain.exams.models import Blueprint, Item
from craftpath.domain.exams.wishes import Named, Wish
from craftpath.kernel.tenancy import everywhere
from tests.cast import Cast
from tests.domain.exams.blueprints import WISH, asked, bank, blueprint
from tests.domain.exams.test_calibration import INFORMED, kept, sat

pytestmark = pytest.mark.django_db
Browse = Callable[[str], Client]
FORM = {
    "rows": "0", "questions_least": "4", "minutes": "60", "forms": "2", "goal": "information", "shared": "0",
    "overlap": "0", "title": "车工期末", "theta_1": "−0,5", "theta_2": "1", "named": "0",
}  # fmt: skip


def at(page: str = "") -> str:
    return f"/o/lanchuan/blueprints/{page}"


def words(answer: Any) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())))


@pytest.fixture
def filled(cast: Cast) -> list[Item]:
    """24 questions with an expected share, of which 12 have figures of 60 candidates."""
    with everywhere("a test fills the bank"):
        rows = list(bank(cast))
        _paper, row = sat(cast, rows[:12], 60)
        kept(cast, row)
        return rows


def test_the_page_says_of_how_many_the_difficulty_was_observed(
    browse: Browse, cast: Cast, filled: list[Item]
) -> None:
    with everywhere("a test plans"):
        plan, done = blueprint(cast), asked(cast, blueprint(cast))
    page = words(browse("trainer").get(at(f"{plan.public_id}/")))
    assert "observed for 12 of 24 questions · expected by writers for 12" in page
    assert "Difficulty: observed for" in words(browse("trainer").get(at(f"forms/{done.public_id}/")))


def test_an_aim_at_information_is_typed_kept_and_shown(
    browse: Browse, cast: Cast, filled: list[Item]
) -> None:
    client = browse("trainer")
    page = words(client.get(at("new/")))
    assert "12 of 24 released questions have a and b on one scale; 12 cannot take part." in page
    answer = client.post(at("new/"), FORM | {"do": "save"}, follow=True)
    assert "as much information as the bank can give every form, at ability −0.5, 1" in words(answer)
    with everywhere("a test looks"):
        plan = Blueprint.objects.get()
        assert Wish.of(plan.wanted).thetas == (Decimal("-0.5"), Decimal(1))
    again = client.get(at(f"{plan.public_id}/edit/")).content.decode()
    assert 'name="theta_1" maxlength="6" aria-label="First ability" value="-0.5"' in again
    with everywhere("a test looks"):
        done = asked(cast, plan)
    page = client.get(at(f"forms/{done.public_id}/"))
    said = words(page)
    assert "How sharp they are" in said
    assert "The forms lie" in said or "There the forms lie" in said
    assert page.content.decode().count('class="plot-line plot-line-one') == 1
    assert page.content.decode().count("plot-dot-wrong") == 3  # two aims and the legend


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"theta_1": "", "theta_2": ""}, "One to three abilities from −3 to 3"),
        ({"theta_1": "3.5"}, "One to three abilities from −3 to 3"),
        ({"theta_1": "NaN"}, "One to three abilities from −3 to 3"),
        ({"information": "0"}, "A number above 0 and at most 100"),
        ({"information": "1e9"}, "A number above 0 and at most 100"),
        ({"named": "1", "named-0-item": "nowhere", "named-0-where": "every"}, "not among the choices"),
        ({"named": "1", "named-0-item": "<script>", "named-0-where": "every"}, "not among the choices"),
        ({"named": "1", "named-0-item": "a", "named-0-where": "often"}, "not among the choices"),
    ],
)
def test_what_makes_no_sense_is_said_and_nothing_is_lost(
    browse: Browse, cast: Cast, typed: dict[str, str], sentence: str
) -> None:
    answer = browse("trainer").post(at("new/"), FORM | typed | {"do": "save"})
    assert answer.status_code == 422
    assert sentence in words(answer)
    assert 'value="车工期末"' in answer.content.decode()
    assert "<script>" not in answer.content.decode().replace("<script>document", "")


def test_questions_are_found_named_and_taken_out_without_losing_what_was_typed(
    browse: Browse, cast: Cast, filled: list[Item]
) -> None:
    client = browse("trainer")
    form = FORM | {"goal": "even", "find": "Question 17", "do": "enter"}
    page = client.post(at("new/"), form)  # Enter in the search field
    [key] = re.findall(r'value="name:([^"]+)"', page.content.decode())
    assert key == filled[17].public_id
    page = client.post(at("new/"), form | {"do": f"name:{key}", "found": "Question 17"})
    assert f'name="named-0-item" value="{key}"' in page.content.decode()
    assert 'value="车工期末"' in page.content.decode()
    assert 'value="name:' not in page.content.decode()  # it is named already
    named = form | {"named": "1", "named-0-item": key, "named-0-where": "some", "found": "Question 17"}
    gone = client.post(at("new/"), named | {"do": "unname:0"}).content.decode()
    assert "named-0-item" not in gone
    saved = client.post(at("new/"), named | {"do": "enter"}, follow=True)  # nothing new to search for
    assert "Question 17 – in one form at least" in words(saved)
    with everywhere("a test looks"):
        plan = Blueprint.objects.get()
        assert Wish.of(plan.wanted).named == (Named(key, "some"),)
        assert sum(key in one for one in forms_of(asked(cast, plan))) == 1


def test_without_figures_the_aim_says_its_reason(browse: Browse, cast: Cast) -> None:
    with everywhere("a test plans"):
        bank(cast)
        plan = blueprint(cast, INFORMED)
        done = asked(cast, plan)
    client = browse("trainer")
    assert "No released question has a and b yet" in words(client.get(at(f"{plan.public_id}/")))
    assert "no information can be aimed at" in words(client.get(at(f"forms/{done.public_id}/")))


def test_contradictions_are_blamed_by_name(browse: Browse, cast: Cast, filled: list[Item]) -> None:
    named = tuple(Named(one.public_id, "every") for one in filled[:2])
    with everywhere("a test wants too much"):
        done = asked(cast, blueprint(cast, replace(WISH, rows=(), shared=1, named=named)))
    page = words(browse("trainer").get(at(f"forms/{done.public_id}/")))
    assert "This question has to stand in every form: “Question 0”." in page
    assert "All forms may share at most 1 questions; the other wishes need 2." in page
