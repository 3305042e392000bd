"""Without a network, in a real browser: what is written waits, sealed for its writer, and arrives once."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from craftpath.domain.learning.actions import Plan, plan_session
from craftpath.domain.learning.models import Attendance
from craftpath.domain.logbook.models import Entry, OtherVersion
from craftpath.domain.questions.models import Attachment, Question
from craftpath.kernel.tenancy import everywhere
from tests.cast import Cast
from tests.domain.logbook.conftest import Writer
from tests.photos import picture

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True), pytest.mark.timeout(240)]

ASK = "/o/lanchuan/questions/"
LOG, QUEUE, TEAM = "/o/lanchuan/log/", "/o/lanchuan/sync/queue/", "/o/jinheng/log/team/"
Visit = Callable[..., BrowserContext]


def texts() -> list[tuple[str, str]]:
    """Text and state of every entry."""
    with everywhere("a test looks at everything"):
        return list(Entry.objects.order_by("pk").values_list("text", "state"))


KEPT = """async (path) => {
  for (const name of await caches.keys()) {
    const requests = name.startsWith("craftpath-pages") ? await (await caches.open(name)).keys() : [];
    if (requests.some((request) => new URL(request.url).pathname === path)) return true;
  }
  return false;
}"""


def kept(page: Page, address: str) -> None:
    """Open a page and wait until the device has it for the time without a network."""
    page.goto(address)
    wait_for(page, address)


def wait_for(page: Page, address: str) -> None:
    """Until the device has this page."""
    deadline = time.monotonic() + 30
    while not page.evaluate(KEPT, address):
        assert time.monotonic() < deadline, "the page is not kept"
        page.wait_for_timeout(100)


def write(page: Page, words: str) -> None:
    """Hand in an entry by the form."""
    page.fill("#entry_text", words)
    page.click("button[value=submit]")


def test_an_entry_written_without_a_network_arrives_once(cast: Cast, visit: Visit) -> None:
    context = visit(cast.people["apprentice"], width=360)
    page = context.new_page()
    kept(page, LOG)
    context.set_offline(True)
    page.goto(LOG)
    write(page, "没有网络时写的。")
    expect(page.locator("[data-outbox-count]")).to_have_text("1")
    expect(page.locator("[data-queued]")).to_contain_text("没有网络时写的。")
    page.close()  # a closed tab loses nothing
    page = context.new_page()
    page.goto(LOG)
    expect(page.locator("[data-queued]")).to_contain_text("没有网络时写的。")
    assert texts() == []
    context.set_offline(False)
    page.goto(QUEUE)
    expect(page.locator("[data-queue-arrived]")).to_contain_text("没有网络时写的。")
    expect(page.locator("[data-outbox-badge]")).to_be_hidden()
    page.reload()
    assert texts() == [("没有网络时写的。", "submitted")]


def test_a_question_asked_without_a_network_arrives_once_with_its_photos(cast: Cast, visit: Visit) -> None:
    context = visit(cast.people["apprentice"], width=360)
    page = context.new_page()
    kept(page, ASK)
    context.set_offline(True)
    page.goto(ASK)
    page.fill("#ask_text", "没有网络时想问的？")
    photos = [
        {"name": f"{n}.jpg", "mimeType": "image/jpeg", "buffer": picture(size=(60, 40 + n))} for n in (0, 1)
    ]
    page.set_input_files("#ask_photos", photos)
    page.click("[data-ask] button.button-primary")
    expect(page.locator("[data-outbox-count]")).to_have_text("2")
    context.set_offline(False)
    page.goto(QUEUE)
    expect(page.locator("[data-queue-arrived] li")).to_have_count(2)
    page.reload()
    with everywhere("a test looks at everything"):
        assert [row.text for row in Question.objects.all()] == ["没有网络时想问的？"]
        assert Attachment.objects.count() == 2


def test_two_entries_of_one_kept_page_are_two(cast: Cast, visit: Visit) -> None:
    context = visit(cast.people["apprentice"], width=360)
    page = context.new_page()
    kept(page, LOG)
    context.set_offline(True)
    for number, words in enumerate(("上午写的。", "下午写的。"), start=1):
        page.goto(LOG)
        write(page, words)
        expect(page.locator("[data-outbox-count]")).to_have_text(str(number))
    context.set_offline(False)
    page.goto(QUEUE)
    expect(page.locator("[data-queue-arrived] li")).to_have_count(2)
    assert texts() == [("上午写的。", "submitted"), ("下午写的。", "submitted")]


HOLD_THE_FIRST_ANSWER = """() => {
  const real = window.fetch;
  const released = new Promise((resolve) => { window.release = resolve; });
  window.fetch = async (address, options = {}) => {
    const answer = await real(address, options);
    if (options.method === "POST" && !window.held) { window.held = true; await released; }
    return answer;
  };
}"""


def test_a_change_made_while_the_one_before_is_on_its_way_is_not_lost(cast: Cast, visit: Visit) -> None:
    # The answer is held in the page itself: a worker that has taken over hides requests from the browser's driver.
    page = visit(cast.people["apprentice"], width=360).new_page()
    page.goto(LOG)
    page.wait_for_function("() => window.craftpath?.outbox")
    page.evaluate("craftpath.outbox.ready")
    page.evaluate(HOLD_THE_FIRST_ANSWER)
    data = {"entry": "6f1f6c52-2b0a-4c55-9d4e-3f6b1f0f9a22", "enrolment": cast.enrolments["26001"].public_id}
    data |= {"base": 0, "on": "2026-09-14", "minutes": 60, "bucket": "workplace", "submit": True}
    put = (
        "([data, text]) => craftpath.outbox.put("
        "{kind: 'log.save', data: {...data, text}, label: text, replaces: 'x'})"
    )
    page.evaluate(put, [data, "先写的。"])
    page.evaluate("() => { window.first = craftpath.outbox.flush(); }")
    page.wait_for_function("() => window.held")
    page.evaluate(put, [data, "后改的。"])
    page.evaluate("() => { window.release(); return window.first.then(() => true); }")
    page.goto(QUEUE)
    expect(page.locator("[data-queue-arrived] li")).to_have_count(2)
    with everywhere("a test looks at everything"):
        kept_texts = {*Entry.objects.values_list("text", flat=True)}
        kept_texts |= {other.content["text"] for other in OtherVersion.objects.all()}
    assert kept_texts == {"先写的。", "后改的。"}


def test_a_roll_is_called_without_a_network(cast: Cast, visit: Visit) -> None:
    with everywhere("a test plans a session of today"):
        now = timezone.now()
        plan = Plan(
            title={"zh": "识图", "en": "Reading drawings"},
            kind="lesson",
            mode="on_site",
            starts_at=now - timedelta(minutes=30),
            ends_at=now + timedelta(minutes=30),
            bucket="taught",
        )
        [session] = plan_session(
            plan,
            organisation=cast.college,
            cohorts=[cast.cohort],
            teachers={cast.people["trainer"]: "trainer"},
            by=cast.actor("coordinator"),
            at=now - timedelta(days=1),
        )
    roll = f"/o/lanchuan/sessions/{session.public_id}/roll/"
    context = visit(cast.people["trainer"], width=360)
    page = context.new_page()
    kept(page, "/o/lanchuan/sessions/")
    wait_for(page, roll)
    context.set_offline(True)
    page.goto(roll)
    page.click(f"label[for='{cast.enrolments['26002'].public_id}-absent']")
    page.click(".roll-bar button")
    expect(page.locator("[data-outbox-count]")).to_have_text("1")
    context.set_offline(False)
    page.goto(QUEUE)
    expect(page.locator("[data-queue-arrived] li")).to_have_count(1)
    with everywhere("a test looks at everything"):
        marks = dict(Attendance.objects.values_list("enrolment__number", "status"))
    assert marks["26002"] == "absent"
    assert {status for number, status in marks.items() if number != "26002"} == {"present"}


def test_what_is_begun_survives_a_closed_tab(cast: Cast, visit: Visit) -> None:
    context = visit(cast.people["apprentice"], width=360)
    page = context.new_page()
    page.goto(LOG)
    page.fill("#entry_text", "写到一半")
    expect(page.locator("[data-kept]")).to_contain_text("Kept on this device")
    page.close()
    page = context.new_page()
    page.goto(LOG)
    expect(page.locator("#entry_text")).to_have_value("写到一半")


def test_on_a_shared_phone_what_waits_is_its_writer_s_alone(cast: Cast, visit: Visit) -> None:
    context = visit(cast.people["apprentice"], width=360)
    page = context.new_page()
    kept(page, LOG)
    context.set_offline(True)
    page.goto(LOG)
    write(page, "只给师傅看的话。")
    expect(page.locator("[data-outbox-count]")).to_have_text("1")
    # The server is away for the door only, so that signing out finds a full outbox.
    context.route("**/sync/", lambda route: route.abort())
    context.set_offline(False)
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.accept()))
    page.click(".person-menu summary")
    page.click("[data-sign-out] button")
    page.wait_for_url("**/account/**")
    assert "Not sent yet: 1" in asked[0]
    context.unroute("**/sync/")
    sign_in(context, cast.people["classmate"])
    page.goto(LOG)
    expect(page.locator("[data-outbox-badge]")).to_be_hidden()
    raw = page.evaluate(
        """() => new Promise((resolve) => {
          const asked = indexedDB.open("craftpath", 1);
          asked.onsuccess = () => {
            const rows = asked.result.transaction("writes").objectStore("writes").getAll();
            rows.onsuccess = () => resolve(rows.result.map((row) => [...new Uint8Array(row.sealed)]));
          };
        })"""
    )
    assert len(raw) == 1
    assert "只给师傅看的话。".encode() not in bytes(raw[0])
    assert texts() == []
    sign_in(context, cast.people["apprentice"])
    page.goto(QUEUE)
    expect(page.locator("[data-queue-arrived]")).to_contain_text("只给师傅看的话。")
    assert texts() == [("只给师傅看的话。", "submitted")]


def sign_in(context: BrowserContext, person: Any) -> None:
    """Another session in the same browser."""
    client = Client()
    client.force_login(person)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    [page] = context.pages
    url = page.evaluate("location.origin")
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": url}])


def test_a_mentor_confirms_the_week_without_a_network(cast: Cast, visit: Visit) -> None:
    with everywhere("a test looks at everything"):
        today, now = timezone.localdate(), timezone.now()
        Writer(cast).handed_in(on=today, at=now, text="装夹并试切外圆，尺寸合格。")
    context = visit(cast.people["mentor"], width=360)
    page = context.new_page()
    kept(page, TEAM)
    context.set_offline(True)
    page.goto(TEAM)
    page.click(".log-all button")
    expect(page.locator("[data-outbox-count]")).to_have_text("1")
    assert texts()[0][1] == "submitted"
    context.set_offline(False)
    page.goto("/o/jinheng/sync/queue/")
    expect(page.locator("[data-queue-arrived] li")).to_have_count(1)
    assert texts()[0][1] == "confirmed"
