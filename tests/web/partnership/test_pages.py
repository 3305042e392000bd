"""Partnerships on the web: an agreement of three sides, what they give, decide and settle."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from craftpath.domain.committees.models import AgendaItem, Committee, Decision, Meeting, Motion, Seat
from craftpath.domain.partnership.models import (
    BalanceLetter,
    Contribution,
    Cooperation,
    CostStatement,
    Pledge,
    RuleBook,
    SideDuty,
)
from craftpath.kernel.tenancy import everywhere
from tests.cast import Cast
from tests.domain.committees.world import found, put
from tests.domain.partnership.world import agree_rules, binds, give

pytestmark = pytest.mark.django_db
Browse = Callable[[str], Client]
HR, OFFICE = "/o/jinheng/cooperation/", "/o/lanchuan/cooperation/"


def words(answer: Any) -> str:
    text = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return re.sub(r"\s+", " ", unescape(text))


def rows(model: Any) -> Any:
    return model._base_manager


def fields(form: Any) -> dict[str, Any]:
    found = {bound.html_name: bound.value() for bound in form}
    return {name: "" if value is None else value for name, value in found.items()}


@pytest.fixture
def row(cast: Cast) -> Cooperation:
    with everywhere("a test looks at everything"):
        made = binds(cast.jinheng, cast.college)
        agree_rules(made, cast)
    return made


def test_three_sides_are_chosen_and_a_duty_is_ticked_off(cast: Cast, browse: Browse) -> None:
    hr = browse("hr")
    form = fields(hr.get(f"{HR}new/").context["form"]) | {
        "enterprise": "jinheng", "college": "lanchuan", "further": ["lanchuan-bureau"], "name_zh": "产教联合体",
        "starts_on": "2026-01-01", "ends_on": "2028-12-31",
    }  # fmt: skip
    one_side = hr.post(f"{HR}new/", form | {"college": "", "further": []})
    assert (one_side.status_code, rows(Cooperation).count()) == (422, 0)
    assert "A partnership has two to eight sides." in words(one_side)
    hr.post(f"{HR}new/", form)
    made = rows(Cooperation).get()
    assert [side.role for side in made.sides.all()] == ["enterprise", "college", "public"]
    here = f"{HR}{made.public_id}/"
    wrong = hr.post(
        f"{here}duties/", {"duty-side": "jinheng", "duty-due_on": "2026-10-01", "duty-repeats": "once"}
    )
    assert wrong.status_code == 422
    assert "Say it in Chinese or in English." in words(wrong)
    duty = {
        "duty-side": "jinheng",
        "duty-words_zh": "提供岗位",
        "duty-due_on": "2026-10-01",
        "duty-repeats": "year",
    }
    hr.post(f"{here}duties/", duty)
    hr.post(f"{here}do/send/")
    rows(Cooperation).update(state="in_force")
    assert "提供岗位" in words(browse("officer").get(f"/o/lanchuan-bureau/cooperation/{made.public_id}/"))
    taken = rows(SideDuty).get()
    for _pressed in range(2):  # the second press is for the same day, and ticks off no other
        hr.post(f"{HR}duties/{taken.public_id}/do/", {"note": "已发", "due": "2026-10-01"})
    assert rows(SideDuty).get().due_on.isoformat() == "2027-10-01"
    assert 'name="due" value="2027-10-01"' in hr.get(here).content.decode()
    page = words(hr.get(here))
    assert "已发" in page
    assert "2027年10月1日" not in page.split("约定事项与期限")[-1]  # the text stays as it was signed
    assert "Co-invest" in page
    assert "Co-share" in page
    listed = words(hr.get(HR))
    assert "产教联合体" in listed


def test_a_contribution_is_entered_questioned_explained_and_confirmed(
    cast: Cast, browse: Browse, row: Cooperation
) -> None:
    hr, office = browse("hr"), browse("coordinator")
    form = hr.get(f"{HR}{row.public_id}/give/?kind=room").context["form"]
    sent = fields(form) | {"words": "周末车间", "given_on": "2026-09-01", "rate": "hall", "evidence": ""}
    wrong = hr.post(f"{HR}{row.public_id}/give/?kind=room", sent)
    assert (wrong.status_code, "This rate needs it." in words(wrong)) == (422, True)
    assert "周末车间" in wrong.content.decode()
    proof = io.BytesIO(b"%PDF-1.4 x")
    proof.name = "a.pdf"
    hr.post(f"{HR}{row.public_id}/give/?kind=room", sent | {"hours": "40", "evidence": proof})
    made = rows(Contribution).get()
    assert (made.minor, made.unit, made.media_type) == (100000, "hour", "application/pdf")
    page = words(hr.get(f"{HR}given/{made.public_id}/"))
    assert "Confirm it" not in page
    assert "CNY 1,000" in page
    assert hr.get(f"{HR}given/{made.public_id}/evidence").content == b"%PDF-1.4 x"
    assert hr.post(f"{HR}given/{made.public_id}/confirm/").status_code == 403
    there = f"{OFFICE}given/{made.public_id}/"
    assert office.post(f"{there}question/", {"question-words": ""}).status_code == 422
    long = "哪几天？" * 100
    office.post(f"{there}question/", {"question-words": long})
    assert rows(Contribution).get().question == long
    hr.post(f"{HR}given/{made.public_id}/answer/", {"answer-words": "四个周六。"})
    assert "四个周六。" in words(office.get(there))
    office.post(f"{there}confirm/")
    assert hr.post(f"{HR}given/{made.public_id}/counter/", {"counter-words": long}).status_code == 422
    hr.post(f"{HR}given/{made.public_id}/counter/", {"counter-words": "重复"})
    assert list(rows(Contribution).order_by("pk").values_list("state", "minor")) == [
        ("confirmed", 100000),
        ("waiting", -100000),
    ]
    hr.post(
        f"{HR}{row.public_id}/pledge/", {"year": "2026", "kind": "money", "words": "耗材", "value": "1200.50"}
    )
    assert rows(Pledge).get().minor == 120050
    assert "CNY 1,200.50" in words(hr.get(f"{HR}{row.public_id}/invest/?year=2026"))
    assert browse("stranger").get(f"/o/dongling/cooperation/given/{made.public_id}/").status_code == 404


def test_the_next_rule_is_proposed_and_agreed(cast: Cast, browse: Browse, row: Cooperation) -> None:
    hr = browse("hr")
    form = fields(hr.get(f"{HR}{row.public_id}/rules/").context["form"])
    bad = hr.post(f"{HR}{row.public_id}/rules/", form | {"zh-2": "仓库"})
    assert (bad.status_code, "More than nothing." in words(bad)) == (422, True)
    hr.post(f"{HR}{row.public_id}/rules/", form | {"zh-2": "仓库", "for-2": "room_metres", "minor-2": "20"})
    newest = rows(RuleBook).latest("version")
    assert [one["minor"] for one in newest.rates] == [8000, 2500, 2000]
    assert newest.rates[0]["key"] == "mentor"  # a rate that was there is the same rate
    browse("coordinator").post(f"{OFFICE}rules/{newest.public_id}/agree/")
    assert rows(RuleBook).get(pk=newest.pk).agreed_at is not None


def test_a_committee_meets_votes_and_decides(cast: Cast, browse: Browse, row: Cooperation) -> None:
    office, hr, here = browse("coordinator"), browse("hr"), "/o/lanchuan/committees/"
    office.post(f"{OFFICE}{row.public_id}/found/", {"name_zh": "理事会", "name_en": "", "quorum": "50"})
    board = rows(Committee).get()
    for client, place, who, kind in (
        (office, "lanchuan", "coordinator", "chair"), (hr, "jinheng", "hr", "vote"),
    ):  # fmt: skip
        person = cast.people[who].public_id
        sent = {"person": person, "kind": kind, "deputy": "", "starts_on": "2026-01-01", "ends_on": ""}
        answer = client.post(f"/o/{place}/committees/{board.public_id}/seat/", sent)
        assert answer.status_code == 302
    when = {"on": "2026-10-10", "clock": "14:30", "place": "二楼", "link": ""}
    assert office.post(f"{here}{board.public_id}/meet/", when | {"clock": "late"}).status_code == 422
    office.post(f"{here}{board.public_id}/meet/", when)
    meeting = rows(Meeting).get()
    hr.post(
        f"/o/jinheng/committees/meetings/{meeting.public_id}/agenda/",
        {"title_zh": "设备采购", "title_en": ""},
    )
    item = rows(AgendaItem).get()
    motion = {
        "text_zh": "同意采购",
        "text_en": "",
        "rule": "each_side",
        "quorum": "50",
        "item": item.public_id,
    }
    office.post(f"{here}{board.public_id}/motion/", motion)
    put = rows(Motion).get()
    office.post(f"{here}motions/{put.public_id}/do/open/")
    for client, place in ((office, "lanchuan"), (hr, "jinheng")):
        there = f"/o/{place}/committees/motions/{put.public_id}/"
        assert "Not voted yet." in words(client.get(there))
        client.post(f"{there}vote/", {"voice": "yes"})
    assert browse("trainer").post(f"{here}motions/{put.public_id}/vote/", {"voice": "yes"}).status_code == 403
    office.post(f"{here}motions/{put.public_id}/do/close/")
    assert "Carried" in words(hr.get(f"/o/jinheng/committees/motions/{put.public_id}/"))
    owner = rows(Seat).get(person=cast.people["hr"]).public_id
    decided = {"text_zh": "询价", "text_en": "", "owner": owner, "due_on": "2026-11-01"}
    office.post(f"{here}{board.public_id}/decide/?meeting={meeting.public_id}", decided)
    minuted = {"words_zh": "会议讨论了采购。", "words_en": "", "present": [owner]}
    office.post(f"{here}meetings/{meeting.public_id}/minutes/", minuted)
    office.post(f"{here}meetings/{meeting.public_id}/do/send/")
    document = rows(Meeting).get().document
    for client, place in ((office, "lanchuan"), (hr, "jinheng")):
        client.post(f"/o/{place}/papers/{document.public_id}/", {"seen": document.sha256, "read": "1"})
    assert rows(Meeting).get().state == "signed"
    hr.post(f"/o/jinheng/committees/decisions/{rows(Decision).get().public_id}/tick/", {"note": "已发函"})
    page = words(office.get(f"{OFFICE}{row.public_id}/manage/"))
    assert "已发函" in page
    assert browse("stranger").get(f"/o/dongling/committees/{board.public_id}/").status_code == 404


def test_page_workbook_and_letter_say_the_same(cast: Cast, browse: Browse, row: Cooperation) -> None:
    with everywhere("a test looks at everything"):
        give(row, cast)
        found(cast, row.ref)
    office = browse("coordinator")
    here = f"{OFFICE}{row.public_id}/"
    page = words(office.get(f"{here}statement/?year=2026"))
    assert "CNY 50,000" in page
    book = load_workbook(io.BytesIO(office.get(f"{here}statement.xlsx?year=2026").content))
    assert [cell.value for cell in list(book.worksheets[0].rows)[1]][3:] == [0, 50000, 0]
    office.post(f"{here}letters/?year=2026")
    browse("hr").post(f"{HR}{row.public_id}/letters/?year=2026")
    letter = rows(BalanceLetter).get()  # nothing has changed in between
    paper = f"{OFFICE}letters/{letter.public_id}/paper"
    printed = load_workbook(io.BytesIO(office.get(f"{paper}?form=xlsx&language=en").content))
    cells = {str(cell.value) for sheet in printed for line in sheet.rows for cell in line}
    assert letter.number in cells
    assert {"50000", "50000.00"} & cells
    first, again = (office.get(f"{paper}?language=zh").content for _ in range(2))
    assert first.startswith(b"%PDF")
    assert first == again


def test_costs_are_reckoned_anew_saved_and_seen_by_nobody_else(
    cast: Cast, browse: Browse, row: Cooperation
) -> None:
    hr, here = browse("hr"), f"{HR}{row.public_id}/costs/"
    page = hr.get(here)
    assert "from the record" in words(page)  # how many apprentices there are
    form = fields(page.context["form"])
    form |= {name: str(value) for name, value in form.items() if name not in ("note", "on_letter")}
    form.pop("on_letter")
    other = hr.post(here, form | {"wage_month-0": "9000", "do": "show"})
    assert other.status_code == 200
    assert other.context["result"].net > page.context["result"].net
    assert rows(CostStatement).count() == 0
    wrong = hr.post(here, form | {"skilled_share-0": "90", "unskilled_share-0": "20", "do": "save"})
    assert (wrong.status_code, rows(CostStatement).count()) == (409, 0)
    hr.post(here, form | {"note": "预算", "on_letter": "on", "do": "save"})
    assert rows(CostStatement).get().on_letter
    for who, place in (("coordinator", "lanchuan"), ("officer", "lanchuan-bureau")):
        assert browse(who).get(f"/o/{place}/cooperation/{row.public_id}/costs/").status_code == 404
    browse("coordinator").post(f"{OFFICE}{row.public_id}/letters/?year=2026")
    assert rows(BalanceLetter).get().content["costs"][0]["version"] == 1


def test_the_list_asks_no_more_questions_for_many(
    cast: Cast, browse: Browse, row: Cooperation, django_assert_max_num_queries: Any
) -> None:
    office = browse("coordinator")
    office.get(OFFICE)
    with django_assert_max_num_queries(40) as one:
        office.get(OFFICE)
    with everywhere("a test looks at everything"):
        for _n in range(25):
            binds(cast.jinheng, cast.college)
    with django_assert_max_num_queries(len(one)):
        office.get(OFFICE)


def test_the_pages_of_one_ask_no_more_questions_for_many(
    cast: Cast, browse: Browse, row: Cooperation, django_assert_max_num_queries: Any
) -> None:
    office = browse("coordinator")
    with everywhere("a test looks at everything"):
        give(row, cast)
        board = found(cast, row.ref)
        put(board, cast)
    pages = [f"{OFFICE}{row.public_id}/{page}/?year=2026" for page in ("invest", "manage", "statement")]
    asked = []
    for page in pages:
        office.get(page)
        with django_assert_max_num_queries(60) as one:
            office.get(page)
        asked.append(len(one))
    with everywhere("a test looks at everything"):
        for _n in range(12):
            give(row, cast)
            put(board, cast)
    for page, most in zip(pages, asked, strict=True):
        with django_assert_max_num_queries(most):
            assert office.get(page).status_code == 200
