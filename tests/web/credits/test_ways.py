"""The page of the shortest way: figures from the plan, reasons, the day, and nobody else's account."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from craftpath.domain.credits import actions
from craftpath.domain.credits.models import Diploma
from tests.cast import AT, TODAY, Cast
from tests.domain.credits.world import SYSTEM, Reached, account, diploma, earning, rate, reached

__all__ = ["reached"]
pytestmark = pytest.mark.usefixtures("all_rows")


@pytest.fixture(autouse=True)
def _today() -> Any:
    with time_machine.travel(AT, tick=False):
        yield


def client(cast: Cast, who: str = "apprentice", language: str = "en") -> Client:
    made = Client(HTTP_ACCEPT_LANGUAGE=language)
    made.force_login(cast.people[who])
    return made


def url(page: str, *ids: Any, at_place: str = "lanchuan") -> str:
    return reverse(f"credits:{page}", args=[at_place, *ids])


def text(response: Any) -> str:
    assert response.status_code == 200
    return str(response.content.decode())


def step(goal: Diploma, name: str, area: str, points: int, weeks: int) -> None:
    actions.add_offer(goal, {"en": name, "zh": name}, area=area, points=points, weeks=weeks, **SYSTEM)


def furnish(cast: Cast, reached: Reached) -> Diploma:
    """Five certificates of four points; sixty of eighty points are missing, which two steps bring in 38 weeks."""
    earning(cast)
    for n in range(5):
        reached.add(cast.people["apprentice"], f"c{n}")
    account(cast)
    goal = diploma(cast, most=1600)
    step(goal, "English at work", "general", 3200, 18)
    step(goal, "Technical writing", "general", 3200, 20)
    step(goal, "Long course", "general", 6400, 60)
    return goal


def other(cast: Cast, title: str, total: int) -> Diploma:
    row = actions.draft_diploma(cast.college, actions.NewDiploma({"en": title}, total, None, {}), **SYSTEM)
    actions.set_area(row, "major", {"en": "Major"}, least=0, **SYSTEM)
    rate(row)
    return actions.open_diploma(row, **SYSTEM)


def test_how_far_which_steps_and_why_not(cast: Cast, reached: Reached) -> None:
    goal, made = furnish(cast, reached), client(cast)
    page = text(made.get(url("way", goal.public_id)))
    assert "64 points away. These 2 steps are quickest: 38 weeks, one after another." in page
    assert page.index("English at work") < page.index("Technical writing")
    assert "Long course" not in page
    assert "General · 32 points · 18 weeks" in page
    assert "16 held, 5 needed" in page  # of the major
    assert "It would exceed the most of its area. Points left: 0; it would give 4." in page
    assert page.count("<td>Major</td>") == 0  # one column says the area with its label
    assert page.count("</span> Major</td>") == 4
    assert "Worked out by the rules in force on" in page
    assert f"?diploma={goal.public_id}" in page


def test_diplomas_side_by_side_in_the_order_that_is_asked(cast: Cast, reached: Reached) -> None:
    furnish(cast, reached)
    near = other(cast, "Near", 3000)
    other(cast, "Held", 2000)
    made = client(cast)
    page = text(made.get(url("ways")))
    assert page.index(">Held</a>") < page.index(">Near</a>") < page.index(">Mechatronics</a>")
    assert "none needed" in page
    assert "none on offer" in page
    assert "10 points stay missing" in page
    page = text(made.get(url("ways") + "?order=soonest"))
    assert page.index(">Held</a>") < page.index(">Mechatronics</a>") < page.index(">Near</a>")
    page = text(made.get(url("ways") + f"?diploma={near.public_id}&diploma=%00&order=x&place="))
    assert ">Near</a>" in page
    assert ">Held</a>" not in page
    page = text(made.get(url("ways") + f"?place={cast.jinheng.public_id}"))
    assert "Nothing that was chosen is open." in page


def test_the_rules_of_the_day_and_no_other(cast: Cast, reached: Reached) -> None:
    goal, made = furnish(cast, reached), client(cast)
    (rule,) = goal.rules.all()
    actions.end_conversion(rule, on=TODAY, today=TODAY, **SYSTEM)
    assert "64 points away" in text(made.get(url("way", goal.public_id)))
    with time_machine.travel(AT + timedelta(days=1), tick=False):
        page = text(made.get(url("way", goal.public_id)))
    assert "80 points away" in page
    assert "Its row held until" in page
    assert "Ask for conversion" not in page  # there is nothing to ask for


def test_nobodys_account_and_nothing_open(cast: Cast) -> None:
    made = client(cast)
    assert "No diploma takes credits yet" in text(made.get(url("ways")))
    goal = diploma(cast)
    page = text(made.get(url("ways")))
    assert "There are no credits yet" in page
    assert "80 points away" in text(made.get(url("way", goal.public_id)))
    assert made.get(url("way", "nothing")).status_code == 404


def test_whoever_advises_sees_the_same_and_nobody_else_does(cast: Cast, reached: Reached) -> None:
    goal = furnish(cast, reached)
    row = account(cast)
    made = client(cast, "coordinator")
    page = text(made.get(url("ways_of", row.public_id)))
    assert url("way_of", row.public_id, goal.public_id) in page
    assert "64 points away" in text(made.get(url("way_of", row.public_id, goal.public_id)))
    assert "Ask for conversion" not in text(made.get(url("way_of", row.public_id, goal.public_id)))
    assert client(cast).get(url("ways_of", row.public_id)).status_code == 403
    assert client(cast).get(url("way_of", row.public_id, goal.public_id)).status_code == 403


def test_in_chinese(cast: Cast, reached: Reached) -> None:
    goal = furnish(cast, reached)
    page = text(client(cast, language="zh-hans").get(url("way", goal.public_id)))
    assert "还差 64 学分。最快的是以下 2 步：依次完成，共 38 周。" in page


def test_questions_are_the_same_for_one_diploma_and_for_many(cast: Cast, reached: Reached) -> None:
    furnish(cast, reached)
    made = client(cast)
    counts = []
    for more in (0, 12):
        for n in range(more):
            other(cast, f"Goal {n}", 3000)
        made.get(url("ways"))
        with CaptureQueriesContext(
            connection,
        ) as told:
            made.get(url("ways"))
        counts.append(len(told))
    assert counts[0] == counts[1]


def test_more_diplomas_than_are_compared(
    cast: Cast, reached: Reached, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("craftpath.delivery.web.credits.ways.COMPARED", 1)
    furnish(cast, reached)
    other(cast, "Near", 3000)
    assert "One more diploma is open." in text(client(cast).get(url("ways")))
