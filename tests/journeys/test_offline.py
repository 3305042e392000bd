"""Without a network, in a real browser: what is written waits, sealed for its writer, and arrives once."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from craftpath.domain.courses.actions import (
    add_file,
    add_small_file,
    keep_activity,
    publish_course,
    start_run,
)
from craftpath.domain.courses.content import Content
from craftpath.domain.courses.models import Activity, Progress
from craftpath.domain.learning.actions import Plan, plan_session
from craftpath.domain.learning.models import Attendance
from craftpath.domain.logbook.models import Entry, OtherVersion
from craftpath.domain.questions.models import Attachment, Question
from craftpath.kernel.tenancy import everywhere
from craftpath.values.text import Text
from tests.cast import AT, TODAY, Cast
from tests.domain.courses.world import page, trainer, written
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


# A recording is loaded and wound on to its third second: how long it is, and where it stands.
HEARD = """async () => {
  const sound = document.querySelector(".course-text audio");
  const told = (name) => new Promise((done, failed) => {
    sound.addEventListener(name, done, { once: true });
    sound.addEventListener("error", () => failed(new Error("not played")), { once: true });
  });
  const loaded = told("loadedmetadata");
  sound.load();
  await loaded;
  const wound = told("seeked");
  sound.currentTime = 3;
  await wound;
  return [Math.round(sound.duration), sound.currentTime];
}"""


def _a_page_with_a_recording(cast: Cast, folder: Path) -> tuple[str, str]:
    """The addresses of a course and of its page, which shows a picture of 40 pixels and plays four seconds."""
    by: dict[str, Any] = {"by": trainer(cast), "at": AT}
    silence = b"\xff\xfb\x90\x64".ljust(417, b"\0")  # a frame of MP3: 26 milliseconds
    (folder / "a.mp3").write_bytes(silence * 154)
    with everywhere("a test writes a course"):
        course = written(cast, page())
        sound = add_file(course, folder / "a.mp3", "a.mp3", **by).public_id
        photo = add_small_file(course, picture(size=(40, 30)), "a.jpg", **by).public_id
        key = Activity.objects.get(unit__version__course=course).key
        words = Content("page", text=Text(f"![图](media:{photo})\n\n![声](media:{sound})"))
        keep_activity(course, key, title=Text("电弧"), content=words, **by)
        run = start_run(
            course=publish_course(course, **by).course, cohort=cast.cohort, organisation=cast.college,
            made_id=uuid4(), starts_on=TODAY, ends_on=None, **by,
        )  # fmt: skip
    ids = ["lanchuan", run.public_id]
    return reverse("courses:run", args=ids), reverse("courses:activity", args=[*ids, key])


def test_a_unit_is_learnt_on_the_way_with_its_pictures_and_recordings(
    cast: Cast, visit: Visit, tmp_path: Path
) -> None:
    """What was kept can be read, seen and heard from any place in it; *done* arrives later."""
    course, unit = _a_page_with_a_recording(cast, tmp_path)
    context = visit(cast.people["apprentice"], width=360)
    phone = context.new_page()
    phone.goto(course)
    phone.get_by_role("button", name="Keep for offline").click()
    expect(phone.get_by_text("Kept on this device.")).to_be_visible()
    context.set_offline(True)
    phone.goto(unit)
    expect(phone.get_by_role("heading", name="电弧")).to_be_visible()
    assert phone.evaluate("document.querySelector('.course-text img').naturalWidth") == 40
    assert phone.evaluate(HEARD) == [4, 3]
    phone.get_by_role("button", name="Done").click()
    expect(phone.locator("[data-outbox-count]")).to_have_text("1")
    context.set_offline(False)
    phone.goto(QUEUE)
    expect(phone.locator("[data-queue-arrived] li")).to_have_count(1)
    with everywhere("a test looks at everything"):
        assert [row.state for row in Progress.objects.all()] == ["done"]
