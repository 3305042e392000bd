"""Pages of outside evidence: look before it counts, see what counts, switch it off; and nobody else's are there."""

from __future__ import annotations

from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from craftpath.delivery.jobs.housekeeping import take_outside_evidence
from craftpath.domain.outside.models import Mapping, OutsideEvidence
from tests.cast import AT, Cast
from tests.domain.growth.world import TALKS, known
from tests.domain.outside.world import PASSED, WELD, agent, mapping, said, send, simulator

pytestmark = pytest.mark.django_db
HERE, NEW = "/o/lanchuan/outside/", "/o/lanchuan/outside/new/"


def words(answer: Any) -> str:
    return " ".join(unescape(answer.content.decode()).split())


def asked(cast: Cast, **other: Any) -> dict[str, Any]:
    known()
    return {
        "name": "Fillet weld", "client": simulator(cast).public_id, "verb": PASSED, "activity": WELD, "least": "80",
        "needs_success": "on", "skill": TALKS, "do": "look",
    } | other  # fmt: skip


def test_without_a_program_the_page_says_who_can_help(cast: Cast, browse: Any) -> None:
    for page in (HERE, NEW):
        assert "No program may send anything yet" in words(browse("coordinator").get(page))


def test_one_looks_first_and_then_lets_it_count(cast: Cast, browse: Any) -> None:
    coordinator = browse("coordinator")
    send(
        cast,
        said(cast, 0.9),
        said(cast, 0.5),
        said(cast, 0.9, actor={"mbox": "mailto:x@y.example", "name": "Somebody"}),
    )
    simulator(cast)
    page = words(coordinator.get(NEW))
    for told in ("VR welder", PASSED, WELD):
        assert told in page
    looked = coordinator.post(NEW, asked(cast))
    assert looked.status_code == 200
    told = words(looked)
    for said_ in ("90 %", "50 %", "not enough", "counts", "Somebody", "no apprentice here", "Let it count"):
        assert said_ in told
    assert cast.enrolments["26001"].person.name in told
    assert not Mapping._base_manager.exists()
    made = coordinator.post(NEW, asked(cast, do="make"))
    row = Mapping._base_manager.get()
    assert (made.status_code, made.url) == (302, f"{HERE}{row.public_id}/")
    assert (row.least, row.needs_success, row.made_by) == (8000, True, cast.people["coordinator"])
    take_outside_evidence(AT)
    told = words(coordinator.get(made.url))
    assert "count for Communication" in told or TALKS in told
    assert OutsideEvidence._base_manager.count() == 1
    assert "Fillet weld" in words(coordinator.get(HERE))
    assert "let statements of “VR welder” count" in words(coordinator.get("/o/lanchuan/history/"))
    person = cast.enrolments["26001"]
    growth = words(coordinator.get(f"/o/lanchuan/growth/of/{person.public_id}/skills/{TALKS}/"))
    assert "Measured by a simulator" in growth


@pytest.mark.parametrize(
    "other",
    [
        {"name": ""}, {"client": "x"}, {"verb": "passed"}, {"activity": "x"}, {"activity": "", "begins": "on"},
        {"least": "101"}, {"least": "many"}, {"skill": "juggling"}, {"skill": ""}, {"verb": "\0"}, {"name": "\0"},
        {"verb": "urn:" + "x" * 2000},
    ],
)  # fmt: skip
def test_what_is_no_mapping_is_shown_again(cast: Cast, browse: Any, other: dict[str, str]) -> None:
    simulator(cast)
    answer = browse("coordinator").post(NEW, asked(cast, do="make") | other)
    assert answer.status_code == 422
    assert not Mapping._base_manager.exists()


def test_it_is_read_again_and_switched_off(cast: Cast, browse: Any) -> None:
    send(cast, said(cast))
    row, coordinator = mapping(cast), browse("coordinator")
    page = f"{HERE}{row.public_id}/"
    take_outside_evidence(AT)
    assert coordinator.post(f"{page}do/again/").status_code == 302
    row.refresh_from_db(from_queryset=Mapping._base_manager.all())
    assert row.read_at is None
    assert coordinator.post(f"{page}do/stop/").status_code == 302
    told = words(coordinator.get(page))
    assert "Switched off" in told
    assert "Switch it off" not in told
    assert coordinator.post(f"{page}do/again/").status_code == 409
    assert coordinator.post(f"{page}do/dance/").status_code == 404
    assert "switched off" in words(coordinator.get(HERE))


@pytest.mark.parametrize("who", ["trainer", "apprentice", "mentor", "auditor", "hr", "officer", "assessor"])
def test_only_whoever_looks_after_cohorts(cast: Cast, browse: Any, who: str) -> None:
    row = mapping(cast)
    client = browse(who)
    seat = "jinheng" if who in ("mentor", "hr") else "lanchuan-bureau" if who == "officer" else "lanchuan"
    here = f"/o/{seat}/outside/"
    for page in (here, f"{here}new/"):
        assert client.get(page).status_code == 403
    assert client.post(f"{here}{row.public_id}/do/stop/").status_code in (403, 404)


def test_a_stranger_finds_nothing(cast: Cast, browse: Any) -> None:
    row = mapping(cast)
    stranger = browse("stranger")
    assert stranger.get(HERE).status_code == 404
    assert stranger.get(f"/o/dongling/outside/{row.public_id}/").status_code == 404
    assert stranger.post(f"/o/dongling/outside/{row.public_id}/do/stop/").status_code == 404
    assert "Fillet weld" not in words(stranger.get("/o/dongling/outside/"))


def test_many_cost_as_many_questions_as_one(cast: Cast, browse: Any) -> None:
    coordinator, counts = browse("coordinator"), []
    for number in (1, 8):
        for _ in range(number):
            row = mapping(cast)
        send(cast, *(said(cast, actor=agent(cast, "26002")) for _ in range(number * 3)))
        pages = (HERE, f"{HERE}{row.public_id}/", NEW)
        for page in pages:
            coordinator.get(page)
        with CaptureQueriesContext(connection) as queries:
            for page in pages:
                assert coordinator.get(page).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
