"""A mentor records a job that was seen; once, and only of own apprentices."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from craftpath.domain.logbook.models import Observation
from craftpath.kernel.tenancy import everywhere
from tests.cast import Cast
from tests.web.sync.test_door import send

PAGE = "/o/jinheng/log/team/observe/"


def form(cast: Cast, **values: Any) -> dict[str, Any]:
    """What the form sends."""
    sent = {"made_id": str(uuid.uuid4()), "enrolment": cast.enrolments["26001"].public_id, "job": "装夹长轴"}
    return sent | {"on": timezone.localdate().isoformat(), "seen_as": "helped"} | values


def kept() -> list[tuple[str, str]]:
    """Jobs, and how they went."""
    with everywhere("a test looks at everything"):
        return list(Observation.objects.values_list("job", "seen_as"))


def test_three_taps_keep_it_and_a_double_press_keeps_it_once(
    browse: Callable[[str], Client], cast: Cast
) -> None:
    mentor, sent = browse("mentor"), form(cast)
    for _ in range(2):
        assert mentor.post(PAGE, sent).status_code == 302
    assert kept() == [("装夹长轴", "helped")]
    assert "装夹长轴" in mentor.get(PAGE).content.decode()


def test_it_may_come_through_the_outbox(browse: Callable[[str], Client], cast: Cast) -> None:
    given = form(cast)
    data = {**given, "observation": given.pop("made_id")}
    write = {"key": str(uuid.uuid4()), "kind": "log.observe", "data": data}
    answers = [send(browse("mentor"), write, door="/o/jinheng/sync/")[0] for _ in range(2)]
    assert [answer["status"] for answer in answers] == ["done", "again"]
    assert kept() == [("装夹长轴", "helped")]


@pytest.mark.parametrize(
    "values", [{"job": " "}, {"seen_as": "perfect"}, {"on": "2099-01-01"}, {"enrolment": "x"}]
)
def test_what_cannot_be_says_why(browse: Callable[[str], Client], cast: Cast, values: dict[str, str]) -> None:
    answer = browse("mentor").post(PAGE, form(cast) | values)
    assert answer.status_code == 422
    assert kept() == []


def test_of_other_people_s_apprentices_nothing_is_recorded(
    browse: Callable[[str], Client], cast: Cast
) -> None:
    sent = form(cast, enrolment=cast.enrolments["26003"].public_id)
    assert browse("mentor").post(PAGE, sent).status_code == 422
    assert browse("apprentice").post("/o/lanchuan/log/team/observe/", form(cast)).status_code == 403
    assert kept() == []
