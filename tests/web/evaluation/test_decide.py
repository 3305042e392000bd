"""The decide page: who can be decided, the decision with one press, and what it does when marks moved meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from craftpath.domain.apprenticeships.queries import path_of
from craftpath.domain.evaluation.actions import NewMark, basis_of, decide_results, record_marks
from craftpath.domain.evaluation.models import Decision, ResultVersion
from craftpath.kernel.tenancy import everywhere
from tests.cast import AT, Cast
from tests.web.evaluation.reading import cells

pytestmark = pytest.mark.django_db
Browse = Callable[[str], Client]


def address(cast: Cast) -> str:
    return reverse("evaluation:decide", args=["lanchuan", cast.evaluation.public_id])


def press(client: Client, cast: Cast, *numbers: str, **more: str) -> Any:
    page = client.get(address(cast))
    who = [cast.enrolments[number].public_id for number in numbers]
    return client.post(address(cast), {"basis": page.context["basis"], "who": who, **more}, follow=True)


def test_it_shows_who_can_be_decided_and_why_the_others_cannot(cast: Cast, browse: Browse) -> None:
    page = browse("coordinator").get(address(cast))
    assert cells(page) == [
        ["Name", "Number", "Enterprise", "Final", "Pass rules"],
        ["陈雨桐", "26001", "Jinheng Machinery", "80.5", "met"],
    ]
    ready = page.context["ready"]
    assert (len(ready.rows), ready.open, ready.decided, page.context["met"]) == (1, 3, 0, 1)


def test_one_press_decides_and_the_table_says_so(cast: Cast, browse: Browse) -> None:
    client = browse("coordinator")
    page = press(client, cast, "26001")
    assert [str(message) for message in page.context["messages"]] == [
        "Decided: 1 result. It is official from now on."
    ]
    row = next(row for row in cells(page) if row[1] == "26001")
    assert row[4] == "passed"
    assert client.get(address(cast)).context["ready"].rows == []


def test_by_a_decided_result_nobody_passes_the_stage(cast: Cast, browse: Browse) -> None:
    press(browse("coordinator"), cast, "26001")
    with everywhere("a test looks"):
        assert [step.state for step in path_of(cast.enrolments["26001"])] == ["open", "locked", "locked"]


def test_a_second_press_decides_nothing_and_says_so(cast: Cast, browse: Browse) -> None:
    client = browse("coordinator")
    basis = client.get(address(cast)).context["basis"]
    form = {"basis": basis, "who": [cast.enrolments["26001"].public_id]}
    assert client.post(address(cast), form).status_code == 302
    again = client.post(address(cast), form)
    assert again.status_code == 409
    assert [str(message) for message in again.context["messages"]][-1].startswith("Nothing is left to decide")
    with everywhere("a test looks"):
        assert (Decision.objects.count(), ResultVersion.objects.count()) == (1, 1)


def test_marks_that_came_in_meanwhile_stop_it_and_keep_the_ticks(cast: Cast, browse: Browse) -> None:
    client = browse("coordinator")
    basis = client.get(address(cast)).context["basis"]
    with everywhere("a test writes"):
        new = NewMark(cast.enrolments["26001"].pk, "final_exam", "scored", Decimal(20))
        record_marks(cast.evaluation, [new], by=cast.actor("trainer"), at=AT)
    who = cast.enrolments["26001"].public_id
    page = client.post(address(cast), {"basis": basis, "who": [who]})
    assert page.status_code == 409
    assert [str(message) for message in page.context["messages"]][0].startswith("Marks came in while")
    assert page.context["chosen"] == {who}
    assert cells(page)[1][3:] == ["58.5", "not met"]
    with everywhere("a test looks"):
        assert not ResultVersion.objects.exists()


def test_nothing_ticked_decides_nothing(cast: Cast, browse: Browse) -> None:
    page = press(browse("coordinator"), cast)
    assert [str(message) for message in page.context["messages"]] == ["Tick at least one apprentice."]


def test_somebody_of_another_cohort_is_404(cast: Cast, browse: Browse) -> None:
    basis = browse("coordinator").get(address(cast)).context["basis"]
    answer = browse("coordinator").post(address(cast), {"basis": basis, "who": ["abcdefghijkl"]})
    assert answer.status_code == 404


def test_a_large_cohort_is_decided_whole(cast: Cast, browse: Browse, monkeypatch: Any) -> None:
    monkeypatch.setattr("craftpath.delivery.web.evaluation.deciding.MOST_TICKS", 0)
    client = browse("coordinator")
    page = client.get(address(cast))
    assert 'name="everybody" value="1"' in page.content.decode()
    client.post(address(cast), {"basis": page.context["basis"], "everybody": "1"})
    with everywhere("a test looks"):
        assert ResultVersion.objects.get().enrolment == cast.enrolments["26001"]


def test_the_desk_leads_to_it(cast: Cast, browse: Browse) -> None:
    lines = browse("coordinator").get("/o/lanchuan/").context["waiting"]
    assert address(cast) in {line.url for line in lines}
    press(browse("coordinator"), cast, "26001")
    lines = browse("coordinator").get("/o/lanchuan/").context["waiting"]
    assert address(cast) not in {line.url for line in lines}


def test_the_page_asks_as_often_for_many(cast: Cast, browse: Browse) -> None:
    client = browse("coordinator")
    client.get("/account/settings/")  # the first visit of a session is noted, once in five minutes

    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            assert client.get(address(cast)).status_code == 200
        return len(found)

    few = asked()
    with everywhere("a test writes"):
        rest = [
            NewMark(cast.enrolments[number].pk, item, "scored", Decimal(70))
            for number in ("26002", "26003", "26004")
            for item in ("task1", "task2", "final_exam")
        ]
        record_marks(cast.evaluation, rest, by=cast.actor("trainer"), at=AT)
    assert asked() == few


def test_the_officer_gets_no_page_to_decide(cast: Cast, browse: Browse) -> None:
    where = reverse("evaluation:decide", args=["lanchuan-bureau", cast.evaluation.public_id])
    assert browse("officer").get(where).status_code == 403


def test_a_sheet_cannot_move_what_is_decided(cast: Cast, browse: Browse) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    with everywhere("a test writes"):
        decide_results(
            cast.evaluation, None, basis=basis_of(cast.evaluation), by=cast.actor("coordinator"), at=AT
        )
    content = "学号,期末考试\n26001,99\n26002,60\n".encode()
    page = browse("trainer").post(
        reverse("sheets:upload", args=["lanchuan", "marks", cast.evaluation.public_id]),
        {"file": SimpleUploadedFile("exam.csv", content)},
        follow=True,
    )
    text = page.content.decode()
    assert "The result of 26001 is decided, so its marks stay" in text
