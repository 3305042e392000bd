"""Pages of requests about data: one's own, the desk, what the office does; and the house after somebody was erased."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from craftpath.domain.protection import actions
from craftpath.domain.protection.models import DataRequest
from craftpath.kernel.people import Person
from craftpath.kernel.tenancy import everywhere
from tests.cast import AT, Cast
from tests.domain.protection.world import asked, ended
from tests.house.furnishing import furnish

pytestmark = pytest.mark.django_db


def client(cast: Cast, who: str) -> Client:
    made = Client(HTTP_ACCEPT_LANGUAGE="en")
    made.force_login(cast.people[who])
    return made


def text(response: Any) -> str:
    return str(response.content.decode())


def test_one_asks_once_and_finds_it_again(cast: Cast) -> None:
    asks = client(cast, "apprentice")
    form = {
        "kind": "explain",
        "place": cast.college.key,
        "words": "为什么是 78？",
        "made_id": str(uuid.uuid4()),
    }
    for _ in range(2):
        there = asks.post(reverse("requests:new"), form)
        assert there.status_code == 302
    row = DataRequest._base_manager.get()
    assert there.url == reverse("requests:one", args=[row.public_id])
    page = text(asks.get(there.url))
    assert "为什么是 78？" in page
    assert "Waiting" in page
    assert "Explain a decision" in text(asks.get(reverse("requests:mine")))
    assert asks.post(reverse("requests:withdraw", args=[row.public_id])).status_code == 302
    assert "Taken back" in text(asks.get(reverse("requests:mine")))


@pytest.mark.parametrize(
    ("given", "status", "said"),
    [
        ({"kind": "correct"}, 409, "Say in a sentence"),
        ({"kind": "forget"}, 422, "Select a valid choice"),
        ({"place": "nowhere"}, 422, "Select a valid choice"),
        ({"made_id": "x"}, 422, ""),
        ({"words": "x" * 1001}, 422, "1000"),
    ],
)
def test_a_refusal_keeps_the_form(cast: Cast, given: dict[str, str], status: int, said: str) -> None:
    form = {"kind": "see", "place": cast.college.key, "words": "", "made_id": str(uuid.uuid4())} | given
    there = client(cast, "apprentice").post(reverse("requests:new"), form)
    assert there.status_code == status
    assert said in text(there)
    assert not DataRequest._base_manager.exists()


def test_strangers_and_colleagues_find_nothing(cast: Cast) -> None:
    row = asked(cast, "see")
    for who in ("mentor", "administrator"):
        assert client(cast, who).get(reverse("requests:one", args=[row.public_id])).status_code == 404
    at = [cast.college.key, row.public_id]
    assert client(cast, "coordinator").get(reverse("protection:request", args=at)).status_code == 403
    assert client(cast, "stranger").get(reverse("protection:request", args=at)).status_code == 404
    assert client(cast, "administrator").get(reverse("protection:request", args=at)).status_code == 200


def test_the_office_answers_in_words(cast: Cast) -> None:
    row = asked(cast, "explain", "为什么？")
    does = client(cast, "administrator")
    address = reverse("protection:decide", args=[cast.college.key, row.public_id, "answer"])
    empty = does.post(address, {"words": ""})
    assert empty.status_code == 422
    assert does.post(address, {"words": "三项相加。"}).status_code == 302
    assert "三项相加。" in text(client(cast, "apprentice").get(reverse("requests:one", args=[row.public_id])))
    assert does.post(address, {"words": "再答一次"}).status_code == 409
    assert does.post(address.replace("answer", "shred"), {}).status_code == 404


def test_the_office_sees_what_stands_against_a_deletion(cast: Cast) -> None:
    row = asked(cast, "delete")
    at = [cast.college.key, row.public_id]
    does = client(cast, "administrator")
    page = text(does.get(reverse("protection:request", args=at)))
    assert "The apprenticeship runs" in page
    assert "do/erase/" not in page
    ended(cast, 100)
    page = text(does.get(reverse("protection:request", args=at)))
    assert "do/lock/" in page
    assert "do/erase/" not in page
    assert does.post(reverse("protection:decide", args=[*at, "erase"])).status_code == 302
    assert Person.objects.get(pk=cast.people["apprentice"].pk).is_active
    ended(cast, 4000)
    assert "do/erase/" in text(does.get(reverse("protection:request", args=at)))
    does.post(reverse("protection:decide", args=[*at, "erase"]))
    assert Person.objects.get(pk=cast.people["apprentice"].pk).name == "—"


def test_the_desk_costs_as_many_questions_for_many_as_for_one(cast: Cast) -> None:
    does, address = client(cast, "administrator"), reverse("protection:desk", args=[cast.college.key])
    asked(cast, "see")
    does.get(address)
    with CaptureQueriesContext(connection) as one:
        does.get(address)
    for kind in ("copy", "delete"):
        asked(cast, kind)
    asked(cast, "see", who="mentor")
    with CaptureQueriesContext(connection) as many:
        page = text(does.get(address))
    assert len(one) == len(many)
    assert page.count("day") > 3


def test_pages_stand_after_an_apprentice_was_erased(cast: Cast) -> None:
    """Whoever reads on finds a sign where a name stood, and no page falls over it."""
    furnish(cast)
    with everywhere("a test ends an apprenticeship"):
        row = DataRequest._base_manager.get()
        DataRequest._base_manager.update(kind="delete")
    ended(cast, 4000)
    actions.erase_for(row, by=cast.actor("administrator"), at=AT)
    looks = client(cast, "administrator")
    looks.raise_request_exception = False
    home, cohort = cast.college.key, cast.cohort.public_id
    person = cast.enrolments["26001"].public_id
    for page, *ids in (
        ("desks:home",), ("apprenticeships:cohorts",), ("apprenticeships:cohort", cohort),
        ("apprenticeships:apprentice", person), ("evaluation:cohort", cast.evaluation.public_id),
        ("evaluation:derivation", cast.evaluation.public_id, person), ("people:list",), ("people:roles",),
        ("people:privacy",), ("protection:desk",), ("growth:one", person), ("growth:cohort", cohort),
        ("reviews:cohort", cohort), ("care:home",), ("claims:desk",), ("questions:list",), ("forums:list",),
        ("stories:wall",), ("history:list",),
    ):  # fmt: skip
        assert looks.get(reverse(page, args=[home, *ids])).status_code == 200, page
