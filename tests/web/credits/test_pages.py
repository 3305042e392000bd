"""Pages of the credit bank: from what was earned over a request to the ledger, and the desks beside it."""

from __future__ import annotations

import io
import uuid
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from craftpath.domain.credits import actions
from craftpath.domain.credits.models import ConversionRule, Diploma, EarningRule, Entry, Request
from craftpath.kernel.access import system
from tests.cast import AT, TODAY, Cast
from tests.domain.credits.world import (
    Reached,
    account,
    asked,
    credits,
    decided,
    diploma,
    earning,
    posted,
    reached,
)

__all__ = ["reached"]
pytestmark = pytest.mark.usefixtures("all_rows")


@pytest.fixture(autouse=True)
def _today() -> Any:
    with time_machine.travel(AT, tick=False):
        yield


def client(cast: Cast, who: str = "apprentice") -> Client:
    made = Client(HTTP_ACCEPT_LANGUAGE="en")
    made.force_login(cast.people[who])
    return made


def url(page: str, *ids: Any, at_place: str = "lanchuan") -> str:
    return reverse(f"credits:{page}", args=[at_place, *ids])


def text(response: Any) -> str:
    return str(response.content.decode())


def _three(cast: Cast, reached: Reached) -> Diploma:
    earning(cast)
    for n in range(3):
        reached.add(cast.people["apprentice"], f"c{n}")
    return diploma(cast, most=900)


def test_from_what_was_earned_to_the_ledger_and_back(cast: Cast, reached: Reached) -> None:
    goal, made = _three(cast, reached), client(cast)
    assert "No credits yet" in text(made.get(url("account")))
    page = text(made.post(url("look"), follow=True))
    assert "3 credits are new: 24 points." in page
    assert "Nothing new" in text(made.post(url("look"), follow=True))

    some = [str(one.pk) for one in credits(account(cast))]
    page = text(made.get(url("ask") + f"?diploma={goal.public_id}"))
    assert "2 credits give 8 of 80 points." in page  # the third would exceed the most of its area
    assert "It would exceed the most of its area. Points left: 1; it would give 4." in page
    sent: dict[str, Any] = {
        "diploma": goal.public_id,
        "made_id": str(uuid.uuid4()),
        "credits": some,
        "words": "谢谢",
    }
    answer = made.post(url("ask"), sent | {"step": "see", "credits": some[:1]})
    assert "1 credit gives 4 of 80 points." in text(answer)
    assert not Request.objects.exists()
    answer = made.post(url("ask"), sent)
    assert (answer.status_code, Request.objects.count()) == (409, 0)
    assert "谢谢" in text(answer)  # what was typed is there again
    answer = made.post(url("ask"), sent | {"credits": []})
    assert answer.status_code == 422
    for _again in range(2):
        answer = made.post(url("ask"), sent | {"credits": some[:2]}, follow=True)
        assert "Sent. You find here what becomes of it." in text(answer)
    request = Request.objects.get()
    place = request.public_id
    assert "Check against the table" not in text(answer)

    trainer, office = client(cast, "trainer"), client(cast, "coordinator")
    assert "陈雨桐" in text(trainer.get(url("desk")))
    page = text(trainer.get(url("request", place)))
    assert "room before it: 9 of its area" in page
    assert "Checked against the table." in text(trainer.post(url("move", place, "check"), follow=True))
    first, second = request.lines.order_by("pk")
    given = {f"points_{first.pk}": "4", f"points_{second.pk}": "2.5", f"because_{second.pk}": ""}
    answer = office.post(url("decide", place), given)
    assert answer.status_code == 409
    assert "Say why, so that the learner understands it." in text(answer)
    given[f"because_{second.pk}"] = "只认定一部分"
    assert "Decided." in text(office.post(url("decide", place), given, follow=True))
    assert "Posted." in text(office.post(url("move", place, "post"), follow=True))
    page = text(made.get(url("request", place)))
    assert "6.5 points accepted." in page
    assert "只认定一部分" in page
    assert "−8" in text(made.get(url("account")))
    assert office.post(url("move", place, "reverse"), {"because": ""}).status_code == 422
    assert "Reversed." in text(office.post(url("move", place, "reverse"), {"because": "误算"}, follow=True))
    assert "误算" in text(made.get(url("account")))


def test_prior_learning_needs_proof(cast: Cast, reached: Reached) -> None:
    goal, made = _three(cast, reached), client(cast)
    pdf = SimpleUploadedFile("证明.pdf", b"%PDF-1.4 x")
    sent = {
        "made_id": str(uuid.uuid4()), "organisation": cast.college.public_id, "words": "在厂三年",
        "title_0": "装配钳工", "area_0": "technical", "points_0": "6", "area_1": "technical", "points_1": "2",
    }  # fmt: skip
    answer = made.post(url("prior"), sent | {"files": pdf})
    assert answer.status_code == 422
    assert "Fill in the whole row, or none of it." in text(answer)
    answer = made.post(url("prior"), sent | {"points_1": ""})
    assert "Add at least one file that proves it" in text(answer)
    pdf.seek(0)
    sent["points_1"] = ""
    page = text(made.post(url("prior"), sent | {"files": pdf}, follow=True))
    assert "装配钳工" in page
    [request] = Request.objects.all()
    file = request.files.get()
    assert made.get(url("file", file.public_id)).content == b"%PDF-1.4 x"
    assert client(cast, "classmate").get(url("file", file.public_id)).status_code == 404
    assert client(cast, "classmate").get(url("request", request.public_id)).status_code == 404
    assert goal.state == "open"


def test_the_sheet_says_what_the_page_says(cast: Cast, reached: Reached) -> None:
    goal, made = _three(cast, reached), client(cast)
    assert made.get(url("ledger", "csv")).status_code == 302
    row = account(cast)
    posted(cast, decided(cast, asked(cast, goal, credits(row)[:1]), 400))
    page = text(made.get(url("account")))
    book = load_workbook(io.BytesIO(made.get(url("ledger", "xlsx")).content))
    ledger, balance = book.worksheets
    assert [cells[4].value for cells in ledger.iter_rows(min_row=2)] == [-8, 8, 8, 8]
    assert [cell.value for cell in balance[2]][1:] == [24, 8, 0, 16]
    assert "<strong>16</strong>" in page
    assert "−8" in page
    lines = made.get(url("ledger", "csv")).content.decode("utf-8-sig").splitlines()
    assert len(lines) == 1 + ledger.max_row - 1
    assert client(cast, "coordinator").get(url("ledger_of", row.public_id, "csv")).status_code == 200
    assert made.get(url("ledger", "pdf")).content[:4] == b"%PDF"
    assert made.get(url("ledger", "odt")).status_code == 404


def test_an_office_keeps_its_table_with_dates(cast: Cast) -> None:
    made = client(cast, "coordinator")
    assert "Take a preset over" in text(made.get(url("diplomas")))
    for _again in range(2):
        page = text(made.post(url("preset"), {"preset": "cn_example"}, follow=True))
    assert "Mechatronics, open education (associate) (example)" in page
    goal = Diploma.objects.get(key="open-associate")
    assert Diploma.objects.count() == 3
    place = goal.public_id
    page = text(made.get(url("diploma", place)))
    assert "An example: real conversion is laid down by each college" in page
    assert client(cast).get(url("diploma", place)).status_code == 404  # a draft
    made.post(url("add", place, "area"), {"key": "extra", "name_en": "Extra", "least": "2", "most": "1"})
    assert not goal.areas.filter(key="extra").exists()
    made.post(url("add", place, "area"), {"key": "extra", "name_en": "Extra", "least": "0", "most": ""})
    made.post(url("end", place, "area", "extra"))
    assert goal.areas.count() == 3
    assert "It is open" in text(made.post(url("diploma_move", place, "open"), follow=True))
    assert made.get(url("change", place)).status_code == 409
    rule = goal.rules.get(to_area="practice")
    new = {
        "area": "technical",
        "to_area": "practice",
        "level": "cn5/3",
        "rate": "50",
        "valid_from": "2026-09-01",
        "replaces": rule.key,
    }
    answer = made.post(url("add", place, "rule"), new)
    assert answer.status_code == 409
    assert "A row begins today" in text(answer)
    made.post(url("add", place, "rule"), new | {"valid_from": str(TODAY + timedelta(days=1))})
    rule.refresh_from_db()
    assert rule.valid_to == TODAY
    made_row = ConversionRule.objects.get(diploma=goal, key=rule.key, valid_to=None)
    assert (made_row.rate, made_row.scheme, made_row.level) == (5000, "cn5", "3")
    page = text(client(cast).get(url("diploma", place)))
    assert "to come" in page
    assert "National skill levels (five) Advanced worker" in page
    assert "End today" not in page
    worth = EarningRule.objects.get(key="stage")
    made.post(url("end_rule", worth.public_id))
    worth.refresh_from_db()
    assert worth.valid_to == TODAY
    more = {
        "name_en": "Course",
        "outcome": "course",
        "area": "theory",
        "points": "2,5",
        "valid_from": str(TODAY),
    }
    assert made.post(url("rules"), more).status_code == 422
    assert made.post(url("rules"), more | {"points": "2.5"}).status_code == 302


def test_who_looks_on_reads_and_presses_nothing(cast: Cast, reached: Reached) -> None:
    goal = _three(cast, reached)
    row = account(cast)
    request = asked(cast, goal, credits(row)[:1])
    officer = client(cast, "officer")
    city = "lanchuan-bureau"
    page = text(officer.get(url("one", row.public_id, at_place=city)))
    assert "Take it back" not in page
    assert "陈雨桐" in text(officer.get(url("accounts", at_place=city)))
    assert officer.get(url("request", request.public_id, at_place=city)).status_code == 200
    assert officer.post(url("move", request.public_id, "check", at_place=city)).status_code == 403
    assert officer.post(url("back", credits(row)[0].public_id, at_place=city)).status_code == 403
    back = client(cast, "coordinator").post(url("back", credits(row)[0].public_id), {"because": ""})
    assert back.status_code == 422
    office = client(cast, "coordinator")
    office.post(url("back", credits(row)[0].public_id), {"because": "证书已撤销"})
    assert Entry.objects.filter(kind="reversed", because="证书已撤销").count() == 1


def test_pages_ask_the_same_number_of_questions_for_one_and_for_fifty(cast: Cast, reached: Reached) -> None:
    goal = _three(cast, reached)
    Diploma.objects.filter(pk=goal.pk).update(share=None)
    goal = Diploma.objects.get(pk=goal.pk)
    goal.areas.update(most=None)
    row = account(cast)
    first = asked(cast, goal, credits(row)[:1])

    def count(who: str, page: str) -> int:
        made = client(cast, who)
        with CaptureQueriesContext(connection) as queries:
            assert made.get(page).status_code == 200
        return len(queries)

    pages = [
        ("apprentice", url("account")),
        ("apprentice", url("ask") + f"?diploma={goal.public_id}"),
        ("coordinator", url("accounts")),
        ("coordinator", url("one", row.public_id)),
        ("coordinator", url("diploma", goal.public_id)),
    ]
    few = [count(*page) for page in pages]
    one = count("coordinator", url("request", first.public_id))
    for n in range(3, 50):
        reached.add(cast.people["apprentice"], f"c{n}")
    account(cast)
    actions.withdraw_request(first, by=cast.actor("apprentice"), at=AT)
    second = asked(cast, goal, credits(row))
    for n in range(20):
        actions.add_offer(goal, {"en": f"S{n}"}, area="major", points=100, weeks=1, by=system(), at=AT)
    assert [count(*page) for page in pages] == few
    assert count("coordinator", url("request", second.public_id)) == one
