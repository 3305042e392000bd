"""The what-if panel: a slider for each open item, answered by the server, also without JavaScript."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from craftpath.domain.evaluation.models import Mark
from craftpath.kernel.tenancy import everywhere
from tests.cast import Cast

pytestmark = pytest.mark.django_db
Browse = Callable[[str], Client]


def address(cast: Cast, number: str = "26002") -> str:
    return reverse(
        "evaluation:derivation",
        args=["lanchuan", cast.evaluation.public_id, cast.enrolments[number].public_id],
    )


def test_there_is_a_slider_for_each_open_item(cast: Cast, browse: Browse) -> None:
    panel = browse("classmate").get(address(cast)).context["what_if"]
    assert [(one.name, one.label, one.most, one.step) for one in panel.sliders] == [
        ("if-task2", "Workshop task 2", "100", "1"),
        ("if-final_exam", "Final examination", "100", "1"),
    ]
    assert not panel.asked


def test_it_says_what_the_result_would_come_to(cast: Cast, browse: Browse) -> None:
    page = browse("classmate").get(address(cast), {"if-task2": "65.5", "if-final_exam": "80"})
    said = "It would come to 79.3 of 100. The pass rules would be met."
    assert said in page.content.decode()
    assert "37.5 of 45 so far" in page.content.decode()  # the result itself stays as it is


def test_a_part_of_the_page_and_the_whole_say_the_same(cast: Cast, browse: Browse) -> None:
    client, asked = browse("classmate"), {"if-final_exam": "50"}
    part = client.get(address(cast), asked, headers={"hx-request": "true"}).content.decode()
    assert "<h1" not in part
    assert "It would come to 57.5 so far, with 15 points still open." in part
    assert part.strip() in client.get(address(cast), asked).content.decode()


@pytest.mark.parametrize("value", ["", "x", "1e9", "NaN", "Infinity", "-1", "101", "9" * 400, "\0", "½"])
def test_what_is_no_score_plays_no_part(value: str, cast: Cast, browse: Browse) -> None:
    page = browse("classmate").get(address(cast), {"if-final_exam": value, "if-nothing": "1", "if-log": "1"})
    assert page.status_code == 200
    assert not page.context["what_if"].asked


def test_nothing_is_recorded_and_few_queries_are_asked(cast: Cast, browse: Browse) -> None:
    client = browse("classmate")
    client.get("/account/settings/")  # the first visit of a session is noted, once in five minutes
    with everywhere("a test looks"):
        before = Mark.objects.count()
    with CaptureQueriesContext(connection) as asked:
        client.get(address(cast), {"if-final_exam": "50"}, headers={"hx-request": "true"})
    assert len(asked) <= 12
    with everywhere("a test looks"):
        assert Mark.objects.count() == before


def test_a_result_with_all_marks_in_has_no_panel(cast: Cast, browse: Browse) -> None:
    page = browse("apprentice").get(address(cast, "26001"))
    assert page.context["what_if"] is None
    assert "What if?" not in page.content.decode()
