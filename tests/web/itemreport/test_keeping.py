"""Figures go to the questions by one press, after a look at what is kept and what is not."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.test import Client

from craftpath.domain.exams.models import Calibration, Sitting
from craftpath.kernel.tenancy import everywhere
from tests.cast import Cast
from tests.domain.exams.crowd import cohort, form, held, items, options
from tests.engines.psychometrics.simulated import simulated

pytestmark = pytest.mark.django_db
Browse = Callable[[str], Client]


def at(row: Sitting, part: str = "keep/", house: str = "lanchuan") -> str:
    return f"/o/{house}/sittings/{row.public_id}/report/{part}"


def words(answer: Any) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())))


def sat(cast: Cast, people: int, name: str = "A", count: int = 6) -> Sitting:
    with everywhere("a test holds an examination"):
        true = simulated(people, count, 1, common=1.2).responses.scores.tolist()
        paper = form(cast, items(cast, count), name)
        return held(cast, [(paper, one) for one in options(true)], among=cohort(cast, name))


def seen(page: Any) -> str:
    [digest] = re.findall(r'name="seen" value="([0-9a-f]{64})"', page.content.decode())
    return str(digest)


def kept() -> int:
    with everywhere("a test counts"):
        return Calibration.objects.count()


def test_what_is_kept_stands_there_first_and_a_second_press_keeps_nothing_more(
    cast: Cast, browse: Browse
) -> None:
    row, client = sat(cast, 60), browse("trainer")
    assert at(row) in client.get(at(row, "questions/")).content.decode()
    assert at(row) in client.get(at(row, "model/")).content.decode()
    page = client.get(at(row))
    said = words(page)
    assert "What is kept 6 questions of 6" in said
    assert "for 6 questions, all with one slope (Rasch)" in said
    assert "a scale of its own" in said
    assert kept() == 0
    for _press in range(2):
        answer = client.post(at(row), {"seen": seen(page)}, follow=True)
        assert "Figures of 6 questions are kept with them." in words(answer)
    assert kept() == 1
    again = words(client.get(at(row)))
    assert "These figures are kept" in again
    assert "Do not keep them" not in again
    assert "· n = 60 ·" in again  # what each has by now


def test_few_candidates_give_no_model_and_fewer_nothing_and_the_page_says_why(
    cast: Cast, browse: Browse
) -> None:
    client = browse("trainer")
    few = words(client.get(at(sat(cast, 25))))
    assert "Difficulty b and slope a none: a model needs 50 candidates" in few
    assert "Slope a ±" not in few


def test_under_the_least_number_nothing_can_be_kept(cast: Cast, browse: Browse) -> None:
    client, row = browse("trainer"), sat(cast, 19)
    page = client.get(at(row))
    assert "Questions 1, 2, 3, 4, 5, 6 – fewer than 20 candidates" in words(page)
    assert "Keep these figures</button>" not in page.content.decode()
    assert "There is nothing to keep" in words(client.post(at(row), {"seen": seen(page)}, follow=True))
    assert kept() == 0


def test_figures_that_changed_are_shown_again(cast: Cast, browse: Browse) -> None:
    client, row = browse("trainer"), sat(cast, 25)
    answer = client.post(at(row), {"seen": "0" * 64}, follow=True)
    assert "What was counted has changed since you looked at it" in words(answer)
    assert kept() == 0


@pytest.mark.parametrize(
    ("who", "house", "status"),
    [("coordinator", "lanchuan", 200), ("mentor", "jinheng", 403), ("apprentice", "lanchuan", 403),
     ("assessor", "lanchuan", 403), ("officer", "lanchuan-bureau", 403), ("stranger", "dongling", 404),
     ("", "lanchuan", 302)],
)  # fmt: skip
def test_who_records_marks_and_writes_items_keeps(
    cast: Cast, browse: Browse, who: str, house: str, status: int
) -> None:
    row, client = sat(cast, 25), browse(who)
    assert client.get(at(row, house=house)).status_code == status
    if status != 200:
        assert client.post(at(row, house=house), {"seen": "x"}).status_code == status
        assert kept() == 0


def test_the_item_says_what_is_kept_of_it(cast: Cast, browse: Browse) -> None:
    row, client = sat(cast, 60), browse("trainer")
    client.post(at(row), {"seen": seen(client.get(at(row)))})
    with everywhere("a test looks"):
        key = row.paper.lines.first().version.item.public_id
    page = words(client.get(f"/o/lanchuan/items/{key}/"))
    assert re.search(r"Kept figures p 0\.\d\d · r 0\.\d\d · b −?\d\.\d\d · a \d\.\d\d n = 60", page)
