"""Pages of columns that programs keep: look what a column becomes, take it over, and only those who may."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from craftpath.domain.evaluation.models import Mark
from craftpath.domain.evaluation.taking import foreseen, take_column, takes
from craftpath.domain.outside import columns
from craftpath.domain.outside.models import OutsideColumn
from craftpath.kernel.tenancy import everywhere, looking_for
from craftpath.values.verdict import Refused
from tests.cast import AT, Cast
from tests.domain.outside.world import column_of
from tests.web.outside.test_pages import words

pytestmark = pytest.mark.django_db
HERE = "/o/lanchuan/outside/columns/"
SCORES: dict[str, Any] = {
    "n26001": {"score": 40},
    "n26002": {"score": 60},  # more than the column's most: extra credit there, no mark here
    "n26003": {"scoreStatus": "exempt"},
    "n26004": {"scoreStatus": "partially graded", "score": 10},
    "n26005": {"textScore": "good"},
}


def into(cast: Cast, row: OutsideColumn) -> Any:
    with looking_for(cast.actor("coordinator").scope):
        return next(one for one in takes(cast.evaluation) if not one.open_ended)


def current(cast: Cast, item: str) -> dict[str, tuple[str, Decimal | None]]:
    with everywhere("a test looks"):
        rows = Mark.objects.filter(evaluation=cast.evaluation, item=item, is_current=True)
        return {row.enrolment.number: (row.status, row.score) for row in rows}


def test_scores_become_points_of_the_item_and_the_rest_is_left(cast: Cast) -> None:
    row, by = column_of(cast, **SCORES), cast.actor("coordinator")
    item = into(cast, row)
    before = current(cast, item.key)
    with looking_for(by.scope):
        told = foreseen(row, item)
        assert [one.reason for one in told] == ["", "out_of_range", "", "not_graded_yet", "no_number"]
        assert current(cast, item.key) == before
        made = take_column(row, cast.evaluation, item.key, by=by, at=AT)
        assert made.added + made.changed <= 2
        again = take_column(row, cast.evaluation, item.key, by=by, at=AT)
        assert (again.added, again.changed, again.unchanged) == (0, 0, 2)
    after = current(cast, item.key)
    assert after["26001"] == ("scored", item.max * 4 / 5)
    assert after["26003"] == ("exempt", None)
    assert {who: after.get(who) for who in ("26002", "26004", "26005")} == {
        who: before.get(who) for who in ("26002", "26004", "26005")
    }
    with everywhere("a test looks"):
        held = OutsideColumn.objects.get(pk=row.pk)
        assert (held.item, held.taken_by) == (item.key, by.person)


def test_what_cannot_be_taken(cast: Cast) -> None:
    by = cast.actor("coordinator")
    row = column_of(cast, n26001={"scoreStatus": "submitted"})
    item = into(cast, row)
    with looking_for(by.scope):
        for key, code in ((item.key, "outside.nothing_to_take"), ("nothing", "evaluation.item_unknown")):
            with pytest.raises(Refused) as refused:
                take_column(row, cast.evaluation, key, by=by, at=AT)
            assert refused.value.verdict.reason == code
        with pytest.raises(Refused):
            take_column(row, cast.evaluation, item.key, by=cast.actor("apprentice"), at=AT)
        columns.drop_column(row, by=by, at=AT)
        student = {"sourcedId": cast.enrolments["26001"].person.public_id}
        said = columns.mark_said(row, {"student": student, "score": 1, "scoreDate": "2026-09-02"})
        with pytest.raises(Refused) as refused:
            columns.keep_mark(row, "late", said, by=by, at=AT)
        assert refused.value.verdict.reason == "outside.column_gone"


def test_one_looks_first_and_then_takes_it_over(cast: Cast, browse: Any) -> None:
    coordinator = browse("coordinator")
    assert "No program keeps a column here" in words(coordinator.get(HERE))
    row = column_of(cast, **SCORES)
    listed = words(coordinator.get(HERE))
    for said in ("Blueprint quiz", "Learning platform", "not taken over"):
        assert said in listed
    page, item = f"{HERE}{row.public_id}/", into(cast, row)
    plain = words(coordinator.get(page))
    for said in ("0–50", "fully graded", "partially graded", cast.enrolments["26001"].person.name):
        assert said in plain
    key = f"{cast.evaluation.public_id}.{item.key}"
    before = current(cast, item.key)
    looked = words(coordinator.get(page, {"item": key}))
    for said in (
        "2 lines become marks",
        "more or less than the item takes",
        "not graded yet",
        "no number",
        "Take it over",
    ):
        assert said in looked
    assert coordinator.post(page, {"item": key, "do": "look"}).status_code == 200
    assert current(cast, item.key) == before
    taken = coordinator.post(page, {"item": key, "do": "take"})
    assert (taken.status_code, taken.url) == (302, page)
    assert current(cast, item.key)["26001"] == ("scored", item.max * 4 / 5)
    assert "taken over" in words(coordinator.get(page))
    history = words(coordinator.get("/o/lanchuan/history/"))
    assert "took the column" in history
    assert "keeps the column" in history
    for wrong in ("", "x.y", f"{key}x"):
        assert coordinator.post(page, {"item": wrong, "do": "take"}).status_code == 422
    empty = column_of(cast, "column-2", n26001={"scoreStatus": "submitted"})
    assert coordinator.post(f"{HERE}{empty.public_id}/", {"item": key, "do": "take"}).status_code == 409


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("trainer", 200),
        ("administrator", 200),
        ("apprentice", 403),
        ("mentor", 403),
        ("auditor", 403),
        ("officer", 403),
    ],
)
def test_whoever_records_marks(cast: Cast, browse: Any, who: str, status: int) -> None:
    row = column_of(cast)
    seat = "jinheng" if who == "mentor" else "lanchuan-bureau" if who == "officer" else "lanchuan"
    client = browse(who)
    assert client.get(f"/o/{seat}/outside/columns/").status_code == status
    page = client.get(f"/o/{seat}/outside/columns/{row.public_id}/").status_code
    assert page == status or page in (403, 404) != status


def test_a_stranger_finds_nothing(cast: Cast, browse: Any) -> None:
    row = column_of(cast)
    stranger = browse("stranger")
    assert stranger.get(HERE).status_code == 404
    assert stranger.get(f"/o/dongling/outside/columns/{row.public_id}/").status_code == 404
    assert "Blueprint quiz" not in words(stranger.get("/o/dongling/outside/columns/"))


def test_many_cost_as_many_questions_as_one(cast: Cast, browse: Any) -> None:
    coordinator, counts = browse("coordinator"), []
    row = column_of(cast)
    key = f"{cast.evaluation.public_id}.{into(cast, row).key}"
    for number in (1, 6):
        for one in range(number):
            row = column_of(cast, f"more-{number}-{one}", **(SCORES if number > 1 else {}))
        pages = (HERE, f"{HERE}{row.public_id}/", f"{HERE}{row.public_id}/?item={key}")
        for page in pages:
            coordinator.get(page)
        with CaptureQueriesContext(connection) as queries:
            for page in pages:
                assert coordinator.get(page).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
