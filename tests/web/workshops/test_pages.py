"""Pages of workshops: planned, come to with and without an account, held, certified, reported."""

from __future__ import annotations

import json
from datetime import time, timedelta
from io import BytesIO
from typing import Any

import openpyxl
import pytest
import time_machine
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from craftpath.delivery.exchange.printouts.attendance import certificates
from craftpath.delivery.web.calendars.sources import events
from craftpath.domain.workshops import actions, queries
from craftpath.domain.workshops.figures import figures
from craftpath.domain.workshops.models import Case, Certificate, Day, Poll, Registration, Tally, Workshop
from craftpath.kernel.printruns import PrintRun
from craftpath.values.text import Text
from tests.cast import AT, TODAY, Cast
from tests.domain.resources.world import shared
from tests.domain.workshops.world import FIRST, MORNING, NOBODY, came, day_of, opened, planned, site_of

pytestmark = pytest.mark.usefixtures("all_rows")
WORDS = {
    "title_zh": "研讨会",
    "time_zone": "Asia/Shanghai",
    "share": "80",
    "public": "on",
    "link": "https://m.example/1",
}


@pytest.fixture(autouse=True)
def _today() -> Any:
    with time_machine.travel(AT, tick=False):
        yield


def client(cast: Cast, who: str = "coordinator") -> Client:
    made = Client(HTTP_ACCEPT_LANGUAGE="en")
    if who:
        made.force_login(cast.people[who])
    return made


def url(page: str, *ids: Any) -> str:
    return reverse(f"workshops:{page}", args=["lanchuan", *ids])


def own(page: str, row: Registration, *ids: Any) -> str:
    return reverse(f"workshop:{page}", args=[queries.token_of(row), *ids])


def text(response: Any) -> str:
    return str(response.content.decode())


def said(workshop: Workshop, **more: str) -> dict[str, str]:
    """What a guest types."""
    return {
        "name": "周敏", "organisation_name": "渝江机械", "kind": "enterprise", "city": "重庆",
        "place": site_of(workshop).public_id, "email": "zhou@example.com", "notice": "on", **more,
    }  # fmt: skip


def test_planned_from_the_words_to_the_open_registration(cast: Cast) -> None:
    office = client(cast)
    made = office.post(url("new"), WORDS, follow=True)
    row = Workshop.objects.get()
    assert made.redirect_chain[-1][0] == url("agenda", row.public_id)
    assert "Say first on which days" in text(office.get(url("workshop", row.public_id)))
    add = lambda what, **typed: office.post(url("add", row.public_id, what), typed)  # noqa: E731
    assert add("day", on="2026-09-23", starts="17:00", ends="09:00").status_code == 409
    add("day", on="2026-09-23", starts="09:00", ends="17:00")
    add("site", name_zh="报告厅", seats="40")
    add("speaker", name="李明", organisation_name="澜川技师学院")
    [speaker] = queries.speakers_of(row)
    typed = {"day": queries.days_of(row)[0].public_id, "starts": "09:00", "ends": "10:00", "kind": "talk",
             "title_zh": "核心技能", "speakers": speaker.public_id}  # fmt: skip
    add("item", **typed)
    twice = add("item", **typed, room="B")
    assert twice.status_code == 409
    assert "“核心技能” is in the same room" in text(twice)
    assert 'value="核心技能"' in text(twice)  # what was typed is still there
    office.post(url("move", row.public_id, "publish"))
    row.refresh_from_db()
    assert row.state == "open"
    assert "李明 (澜川技师学院)" in text(office.get(url("workshop", row.public_id)))


def test_a_guest_registers_and_comes_back_with_link_and_code(cast: Cast) -> None:
    row = opened(cast)
    there = reverse("workshop:register", args=[row.public_id])
    guest = client(cast, "")
    page = guest.post(there, said(row), follow=True)
    made = Registration.objects.get()
    assert made.badge in text(page)
    other = client(cast, "")
    closed = other.get(own("mine", made))
    assert "周敏" not in text(closed)
    assert made.badge not in text(closed)
    wrong = other.post(own("mine", made), {"code": "ZZZZZZ"})
    assert (wrong.status_code, "9 tries are left" in text(wrong)) == (409, True)
    other.post(own("mine", made), {"code": made.badge.lower()})
    assert "周敏" in text(other.get(own("mine", made)))
    assert other.post(own("change", made), said(row, city="成都")).status_code == 302
    other.post(own("withdraw", made))
    made.refresh_from_db()
    assert (made.city, made.state, made.confirmed_at) == ("成都", "withdrawn", AT)
    assert other.get(reverse("workshop:mine", args=["forged.token"])).status_code == 404


def test_registering_is_throttled_and_the_hall_is_not(cast: Cast, settings: Any) -> None:
    """Two guests a minute from one address, and wrong codes; whoever is inside asks as often as there are questions."""
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {
        "workshop": "2/m/ip",
        "workshop_code": "1/m/ip",
    }
    row, nobody = opened(cast, seats=9), client(cast, "")
    guest = came(row, 1)
    there = reverse("workshop:register", args=[row.public_id])
    sent = [nobody.post(there, said(row, email=f"z{n}@example.com")).status_code for n in range(3)]
    assert sent == [302, 302, 429]
    inside, other = client(cast, ""), client(cast, "")
    inside.post(own("mine", guest), {"code": guest.badge})
    assert [inside.post(own("ask", guest), {"words": f"问题{n}"}).status_code for n in range(3)] == [302] * 3
    assert other.post(own("mine", guest), {"code": guest.badge}).status_code == 429


def test_with_an_account_two_taps_are_enough(cast: Cast) -> None:
    row, mine = opened(cast), client(cast, "apprentice")
    there = reverse("workshop:register", args=[row.public_id])
    form = mine.get(there).context["form"]
    typed = {name: form[name].value() or "" for name in form.fields if name not in ("pictures",)}
    assert (typed["name"], typed["city"], typed["kind"]) == ("陈雨桐", "Lanchuan City Bureau", "college")
    typed["notice"] = "on"
    assert mine.post(there, typed).status_code == 302
    made = Registration.objects.get()
    assert (made.person, made.state) == (cast.people["apprentice"], "placed")
    assert mine.get(there).status_code == 302  # to the own page
    assert made.badge in text(mine.get(own("mine", made)))
    assert "You are registered" in text(mine.get(url("list")))
    found = events(cast.people["apprentice"], TODAY, TODAY + timedelta(days=20))
    assert [one.first for one in found if one.name.startswith("workshop-")] == [
        FIRST,
        FIRST + timedelta(days=1),
    ]
    assert all("meeting.example" not in one.place + one.words for one in found)


def test_the_link_to_join_is_shown_an_hour_before_and_to_nobody_else(cast: Cast) -> None:
    row = opened(cast)
    guest = came(row, 1, "online")
    made = client(cast, "")
    made.post(own("mine", guest), {"code": guest.badge})
    shown = [
        text(made.get(own("mine", guest))),
        text(made.get(reverse("workshop:page", args=[row.public_id]))),
    ]
    assert all("meeting.example" not in page for page in shown)
    with time_machine.travel(MORNING - timedelta(minutes=59), tick=False):
        assert "Join on line" in text(made.get(own("mine", guest)))
        page = made.post(own("join", guest), follow=True)
        assert "https://meeting.example/1" in text(page)
    for minute in (0, 2):
        with time_machine.travel(MORNING + timedelta(minutes=minute), tick=False):
            made.post(own("join", guest), {"beat": "1"})
    with time_machine.travel(MORNING + timedelta(minutes=4), tick=False):
        beat = made.post(own("join", guest), {"beat": "1"}, HTTP_HX_REQUEST="true")
    assert "4 minutes counted today" in text(beat)


def test_the_desk_reads_a_code_and_tells_the_second_time(cast: Cast) -> None:
    row, office = opened(cast), client(cast)
    guest, day = came(row, 1), day_of(row)
    with time_machine.travel(MORNING, tick=False):
        sent = {"day": day.public_id, "code": f"workshop:{guest.badge}"}
        first = office.post(url("desk", row.public_id), sent, follow=True)
        assert "来宾1, 企业1, is checked in." in text(first)
        again = office.post(
            url("tick", row.public_id, guest.public_id, "in"), {"day": day.public_id}, follow=True
        )
        assert "is checked in already. Is this the person?" in text(again)
        office.post(url("tick", row.public_id, guest.public_id, "undo"), {"day": day.public_id})
        assert queries.there_on(day) == {}
        assert (
            office.post(url("desk", row.public_id), {"day": day.public_id, "code": "nobody"}).status_code
            == 409
        )


def test_what_a_desk_read_without_a_network_comes_through_the_outbox_once(cast: Cast) -> None:
    row, office = opened(cast), client(cast)
    guest, day = came(row, 1), day_of(row)
    data = {"workshop": row.public_id, "day": day.public_id, "code": guest.badge}
    write = {"key": "0d0f3c1e-8a3c-4b1e-9d6b-0d8f6a1b2c3d", "kind": "workshops.check_in", "data": data,
             "at": (MORNING + timedelta(minutes=5)).isoformat()}  # fmt: skip
    with time_machine.travel(MORNING + timedelta(hours=3), tick=False):
        door, sent = reverse("sync:door", args=["lanchuan"]), {"writes": json.dumps([write])}
        answers = [office.post(door, sent).json()["answers"] for _twice in range(2)]
    assert answers[0][0]["status"] == "done"
    assert "来宾1, 企业1, is checked in." in json.dumps(answers[0], ensure_ascii=False)
    [presence] = queries.presences_on(day, [guest])[guest.pk]
    assert presence.first_at == MORNING + timedelta(minutes=5)


def test_the_meeting_list_is_matched_and_taken_after_a_look(cast: Cast) -> None:
    row, office = opened(cast, seats=9), client(cast)
    sure, unsure = came(row, 1, "online"), came(row, 2, "online", name="李 明")
    day = day_of(row)
    content = (
        "姓名,入会时间,退会时间\n来宾1,2026-09-23 08:50,2026-09-23 10:00\n来宾1,2026-09-23 09:30,2026-09-23 10:30\n"
        "李明（渝江）,2026-09-23 09:00,2026-09-23 09:20\n路人,09:00,09:10\n"
    ).encode()
    file = SimpleUploadedFile("list.csv", content)
    looked = office.post(url("meeting", row.public_id), {"day": day.public_id, "file": file})
    found = [(one.name, one.minutes, one.who, one.sure) for one in looked.context["found"]]
    assert found == [
        ("路人", 10, "", False),
        ("李明（渝江）", 20, unsure.public_id, False),
        ("来宾1", 90, sure.public_id, True),
    ]
    assert not queries.attended(row)  # nothing is taken before somebody looked
    office.post(url("meeting", row.public_id), {
        "day": day.public_id, "take": "1", "who": ["", unsure.public_id, sure.public_id], "minutes": ["10", "20", "90"],
    })  # fmt: skip
    assert {one.registration: one.minutes for one in queries.attended(row)} == {sure: 90, unsure: 20}
    bad = office.post(
        url("meeting", row.public_id),
        {"day": day.public_id, "file": SimpleUploadedFile("a.csv", b"x,y\n1,2\n")},
    )
    assert (bad.status_code, "names the columns" in text(bad)) == (422, True)


def test_the_hall_asks_supports_and_votes(cast: Cast) -> None:
    row, office = opened(cast), client(cast)
    one, two = came(row, 1), came(row, 2)
    first, second = client(cast, ""), client(cast, "")
    first.post(own("mine", one), {"code": one.badge})
    second.post(own("mine", two), {"code": two.badge})
    first.post(own("ask", one), {"words": "如何<b>评价</b>？"})
    [question] = queries.questions_in(row)
    second.post(own("support", two, question.public_id))
    page = text(second.get(own("hall", two)))
    assert "如何&lt;b&gt;评价&lt;/b&gt;？" in page
    assert "来宾1" not in page  # asked without a name
    office.post(
        url("new_poll", row.public_id), {"kind": "single", "title_zh": "满意吗？", "answers": "是|Yes\n否|No"}
    )
    poll = Poll.objects.get()
    office.post(url("poll", row.public_id, poll.public_id, "open"))
    first.post(own("vote", one, poll.public_id), {"answer": "2"})
    assert first.post(own("vote", one, poll.public_id), {"answer": "1"}).status_code == 409
    assert list(Tally.objects.values_list("answer", "count")) == [("2", 1)]
    assert "100 %" in text(first.get(own("hall", one)))
    part = second.get(own("hall", two), {"part": "questions"}, HTTP_HX_REQUEST="true")
    same = second.get(
        own("hall", two), {"part": "questions", "seen": part.context["sign"]}, HTTP_HX_REQUEST="true"
    )
    assert (part.status_code, same.status_code) == (200, 204)
    assert "如何" in text(office.get(url("screen", row.public_id)))
    office.post(url("question", row.public_id, question.public_id, "hide"), {"because": "重复"})
    assert "重复" in text(first.get(own("hall", one)))
    assert "如何" not in text(second.get(own("hall", two)))


def test_a_page_of_the_hall_asks_as_many_questions_for_fifty_as_for_one(cast: Cast) -> None:
    row = opened(cast, seats=60)
    guest = came(row, 0)
    made = client(cast, "")
    made.post(own("mine", guest), {"code": guest.badge})
    counts = []
    for numbers in (range(1, 2), range(2, 51)):
        for number in numbers:
            actions.ask_live(came(row, number), f"问题{number}", named=True, by=NOBODY, at=AT)
        with CaptureQueriesContext(connection) as caught:
            assert made.get(own("hall", guest)).status_code == 200
        counts.append(len(caught))
    assert counts[0] == counts[1]


def test_lists_of_people_desk_and_certificates_do_not_grow_with_them(cast: Cast) -> None:
    row, office = opened(cast, seats=60), client(cast)
    office.get(url("list"))  # what a process reads once
    counts = []
    for numbers in (range(1, 2), range(2, 51)):
        for number in numbers:
            actions.check_in(came(row, number), day_of(row), by=cast.actor("coordinator"), at=MORNING)
        for page in ("people", "desk", "certificates", "report"):
            with CaptureQueriesContext(connection) as caught:
                assert office.get(url(page, row.public_id)).status_code == 200
            counts.append(len(caught))
    assert counts[:4] == counts[4:]


def test_a_group_is_registered_by_lines(cast: Cast) -> None:
    row, office = opened(cast), client(cast)
    typed = {"organisation_name": "渝江机械", "kind": "enterprise", "place": site_of(row).public_id}
    bad = office.post(url("many", row.public_id), {**typed, "lines": "周敏, zhou@example.com\n"})
    assert (bad.status_code, "Line 1:" in text(bad)) == (422, True)
    good = "周敏, zhou@example.com, 重庆\n吴涛\t13800000000\t重庆\n"
    assert office.post(url("many", row.public_id), {**typed, "lines": good}).status_code == 302
    found = set(Registration.objects.values_list("name", "email", "phone"))
    assert found == {("周敏", "zhou@example.com", ""), ("吴涛", "", "13800000000")}
    sheet = openpyxl.load_workbook(BytesIO(office.get(url("sheet", row.public_id, "xlsx")).content)).active
    assert sheet is not None
    assert sheet.max_row == 3


def test_a_case_goes_from_the_guest_to_the_shelf(cast: Cast) -> None:
    row, office = opened(cast), client(cast)
    guest = came(row, 1)
    made = client(cast, "")
    made.post(own("mine", guest), {"code": guest.badge})
    typed = {"title": "班前五分钟", "situation": "情况", "done": "做法", "result": "成效 12 %", "lessons": "启示",
             "for_whom": "企业", "licence": "CC BY 4.0"}  # fmt: skip
    unasked = made.post(own("case", guest), typed)
    assert (unasked.status_code, "agree" in text(unasked), "班前五分钟" in text(unasked)) == (409, True, True)
    file = SimpleUploadedFile("a.pdf", b"%PDF-1.4 x")
    assert made.post(own("case", guest), {**typed, "consent": "on", "attached": file}).status_code == 302
    case = Case.objects.get()
    office.post(url("case", row.public_id, case.public_id, "return"), {"remark": "请补充数字"})
    assert "请补充数字" in text(made.get(own("mine", guest)))
    assert "班前五分钟" not in text(made.get(reverse("workshop:shelf")))
    made.post(own("case_again", guest, case.public_id), {**typed, "consent": "on"})
    office.post(url("case", row.public_id, case.public_id, "accept"))
    office.post(url("case", row.public_id, case.public_id, "publish"), {"shelf": "toolkit"})
    nobody = client(cast, "")
    assert "班前五分钟" in text(nobody.get(reverse("workshop:shelf"), {"shelf": "toolkit"}))
    assert "班前五分钟" not in text(nobody.get(reverse("workshop:shelf"), {"shelf": "practice"}))
    assert nobody.get(reverse("workshop:shelf_file", args=[case.public_id, 1])).content == b"%PDF-1.4 x"
    assert "班前五分钟" in text(office.get(url("shelf")))


def _finished(cast: Cast) -> tuple[Workshop, Registration]:
    row, by = opened(cast, seats=9), cast.actor("coordinator")
    guest = came(row, 1)
    for day in queries.days_of(row):
        actions.check_in(guest, day, by=by, at=day.starts_at())
    actions.check_in(came(row, 2, kind="college", city="成都"), day_of(row), by=by, at=MORNING)
    actions.finish_workshop(row, by=by, at=MORNING + timedelta(days=2))
    return row, guest


def test_certificates_are_issued_read_and_checked(cast: Cast) -> None:
    row, guest = _finished(cast)
    office = client(cast)
    office.post(url("certificates", row.public_id))
    made = Certificate.objects.get()
    guest_client = client(cast, "")
    guest_client.post(own("mine", guest), {"code": guest.badge})
    paper = guest_client.get(own("certificate", guest), {"language": "zh"})
    words = PdfReader(BytesIO(paper.content)).pages[0].extract_text()
    assert "参会证明" in words
    assert made.number in words
    told = "".join(words.split())
    assert "2026-09-23线下8小时0分钟" in told
    assert "达到全部会议时间80%的人员，全部时间为16小时0分钟" in told
    check = reverse("workshop:check")
    good = client(cast, "").post(check, {"number": made.number, "code": made.code})
    assert "This certificate is genuine" in text(good)
    assert [way for _on, way, _minutes in good.context["days"]] == ["On site", "On site"]
    bad = client(cast, "").post(check, {"number": made.number, "code": "AAAAAAAA"})
    assert "来宾1" not in text(bad)
    office.post(url("revoke", row.public_id, made.public_id), {"because": "登记有误"})
    gone = client(cast, "").post(check, {"number": made.number, "code": made.code})
    assert ("登记有误" in text(gone), "genuine" in text(gone)) == (True, False)


def test_whoever_withdrew_reads_nothing_of_what_is_for_those_who_come(cast: Cast) -> None:
    row, by = opened(cast), cast.actor("coordinator")
    line = actions.Line(Day.objects.get(on=FIRST), time(9), time(10), "talk", Text("核心技能", "Core skills"))
    item = actions.save_item(row, line, by=by, at=AT)
    file = actions.add_material(item, title="讲义", content=b"%PDF-1.4 x", name="a.pdf", by=by, at=AT)
    guest, browser = came(row, 1), client(cast, "")
    browser.post(own("mine", guest), {"code": guest.badge})
    pages = [own("material", guest, file.public_id), own("hall", guest)]
    assert pages[0] in text(browser.get(own("mine", guest)))
    assert [browser.get(page).status_code for page in pages] == [200, 200]
    browser.post(own("withdraw", guest))
    assert [browser.get(page).status_code for page in pages] == [409, 409]
    assert pages[0] not in text(browser.get(own("mine", guest)))


def test_thanks_are_sent_by_a_button_that_is_gone_afterwards(cast: Cast) -> None:
    row, _guest = _finished(cast)
    office = client(cast)
    button = url("thank", row.public_id)
    assert button in text(office.get(url("certificates", row.public_id)))
    mail.outbox.clear()  # those that registered were written to
    sent = office.post(button, follow=True)
    assert "2 letters are on their way." in text(sent)
    assert [one.to for one in mail.outbox] == [["g1@example.com"], ["g2@example.com"]]
    assert button not in text(sent)
    assert (office.post(button).status_code, len(mail.outbox)) == (409, 2)
    assert client(cast, "trainer").post(button).status_code == 404


def test_what_the_library_calls_a_toolkit_stands_on_the_shelf_of_whoever_sees_it(cast: Cast) -> None:
    """By the library's own rules: not for visitors, not for another house while it is the college's own."""
    kit = shared(cast, kind="toolkit", title=Text("五步教学工具包", "Five steps"))
    shared(cast, "另一份讲义", "b.md", title=Text("讲义", "Handout"))
    open_ = shared(cast, "第三份", "c.md", kind="case", reach="site", title=Text("案例汇编", "Cases"))
    inside = text(client(cast, "trainer").get(url("shelf")))
    assert reverse("resources:resource", args=["lanchuan", kit.public_id]) in inside
    assert "Handout" not in inside
    other = text(client(cast, "hr").get(reverse("workshops:shelf", args=["jinheng"])))
    assert (kit.public_id in other, open_.public_id in other) == (False, True)
    only = text(client(cast, "trainer").get(url("shelf"), {"shelf": "toolkit"}))
    assert (kit.public_id in only, open_.public_id in only) == (True, False)
    assert kit.public_id not in text(client(cast, "").get(reverse("workshop:shelf")))


def test_the_shelf_asks_as_often_for_many_as_for_one(cast: Cast) -> None:
    trainer, counts = client(cast, "trainer"), []
    trainer.get(url("shelf"))  # what a process reads once
    for numbers in (range(1), range(1, 9)):
        for number in numbers:
            shared(
                cast, f"工具包 {number}", f"{number}.md", kind="toolkit", title=Text(f"工具包{number}", "")
            )
        with CaptureQueriesContext(connection) as caught:
            assert trainer.get(url("shelf")).status_code == 200
        counts.append(len(caught))
    assert counts[0] == counts[1]


def test_all_certificates_come_in_one_file_for_whoever_runs_the_workshop(cast: Cast) -> None:
    """A revoked one is left out. The city's officer runs it, too, and prints although no results are shown there."""
    row, by = opened(cast, seats=9, share=1), cast.actor("coordinator")
    for number in (1, 2, 3):
        actions.check_in(came(row, number), day_of(row), by=by, at=MORNING)
    actions.finish_workshop(row, by=by, at=MORNING)
    officer = client(cast, "officer")
    there = reverse("workshops:print", args=["lanchuan-bureau", row.public_id])
    nothing = officer.post(there, {"language": "zh"})
    assert (nothing.status_code, PrintRun._base_manager.exists()) == (409, False)
    made = actions.issue_certificates(row, by=by, at=MORNING)
    actions.revoke_certificate(made[1], because="登记有误", by=by, at=MORNING)
    page = officer.post(there, {"language": "zh"}).url
    assert (
        client(cast).get(page.replace("lanchuan-bureau", "lanchuan")).status_code == 404
    )  # somebody else's run
    found = PdfReader(BytesIO(b"".join(officer.get(f"{page}together").streaming_content)))
    words = ["".join(one.extract_text().split()) for one in found.pages]
    assert [("来宾1" in one, "来宾3" in one) for one in words] == [(True, False), (False, True)]
    for shown in (page, reverse("papers:runs", args=["lanchuan-bureau"])):
        assert "Workshop" in text(officer.get(shown))
    assert officer.post(there, {"language": "fr"}).status_code == 404
    assert client(cast, "trainer").post(url("print", row.public_id), {"language": "zh"}).status_code == 404


def test_a_lot_of_certificates_asks_as_often_for_many_as_for_one(cast: Cast) -> None:
    row, by = opened(cast, seats=60, share=1), cast.actor("coordinator")
    for number in range(9):
        actions.check_in(came(row, number), day_of(row), by=by, at=MORNING)
    actions.finish_workshop(row, by=by, at=MORNING)
    first, *others = actions.issue_certificates(row, by=by, at=MORNING)
    counts = []
    for revoked in ({"revoked_at": MORNING, "because": "x"}, {"revoked_at": None, "because": ""}):
        Certificate.objects.exclude(pk=first.pk).update(**revoked)
        with CaptureQueriesContext(connection) as caught:
            [lot] = certificates(row)
        counts.append((len(lot), len(caught)))
    assert counts == [(1, counts[0][1]), (1 + len(others), counts[0][1])]


def test_the_report_says_the_same_on_page_paper_and_sheet(cast: Cast) -> None:
    row, _guest = _finished(cast)
    office, found = client(cast), figures(row)
    page = office.get(url("report", row.public_id))
    shown = {str(label): value for label, value in (*page.context["large"], *page.context["lines"])}
    assert (shown["Participants"], shown["Organisations"]) == (found.came, found.organisations) == (2, 2)
    kinds = next(one for one in page.context["tables"] if one["heading"] == "Kinds of organisations")
    told = [(str(name), *values) for name, values, _percent in kinds["rows"]]
    assert told == [("Enterprise", 1, 1, 1), ("College or school", 1, 1, 1)]
    asked = {"language": "en", "form": "xlsx"}
    book = openpyxl.load_workbook(BytesIO(office.get(url("report_paper", row.public_id), asked).content))
    cells = [tuple(cell for cell in line if cell is not None) for sheet in book for line in sheet.values]
    pdf = PdfReader(BytesIO(office.get(url("report_paper", row.public_id), {"language": "en"}).content))
    printed = "".join("".join(one.extract_text().split()) for one in pdf.pages)
    for label, value in shown.items():
        assert (label, value) in cells, label
        assert f"{label}{value}".replace(" ", "") in printed, label
    for line in told:
        assert line in cells, line
        assert "".join(str(cell) for cell in line).replace(" ", "") in printed, line


def test_cancelled_with_a_reason_that_everybody_reads(cast: Cast) -> None:
    row, office = opened(cast), client(cast)
    office.post(url("move", row.public_id, "cancel"), {"because": "台风"})
    assert "台风" in text(client(cast, "").get(reverse("workshop:page", args=[row.public_id])))
    ics = client(cast, "").get(reverse("workshop:calendar", args=[row.public_id])).content
    assert b"STATUS:CANCELLED" in ics


def test_a_draft_is_nowhere_to_be_seen(cast: Cast) -> None:
    row = planned(cast)
    nobody = client(cast, "")
    assert nobody.get(reverse("workshop:page", args=[row.public_id])).status_code == 404
    assert row.public_id not in text(nobody.get(reverse("workshop:workshops")))
    assert client(cast, "apprentice").get(url("workshop", row.public_id)).status_code == 404
    assert client(cast, "trainer").get(url("agenda", row.public_id)).status_code == 404


def test_organisations_are_invited_with_all_below(cast: Cast) -> None:
    row, office = opened(cast, public=False), client(cast)
    office.post(url("invite", row.public_id), {"place": ["jinheng"]})
    hr = client(cast, "hr")
    assert row.public_id in text(hr.get(reverse("workshops:list", args=["jinheng"])))


def test_an_agenda_is_printed_in_both_languages(cast: Cast) -> None:
    row, by = opened(cast), cast.actor("coordinator")
    line = actions.Line(Day.objects.get(on=FIRST), time(9), time(10), "talk", Text("核心技能", "Core skills"))
    actions.save_item(row, line, by=by, at=AT)
    for language, words in (("zh", "核心技能"), ("en", "Core skills")):
        paper = client(cast).get(url("paper", row.public_id), {"language": language})
        assert words in PdfReader(BytesIO(paper.content)).pages[0].extract_text()
