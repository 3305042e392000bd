"""The outbox in a real browser, where something is wrong: two doors, a device that keeps nothing, a second press."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.db.models import F
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from craftpath.domain.logbook.models import Entry, EntryFile, Observation, Remark
from craftpath.kernel.access import Membership, join
from craftpath.kernel.roles import Role
from craftpath.kernel.tenancy import everywhere
from tests.cast import Cast
from tests.domain.logbook.conftest import Writer
from tests.photos import picture

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True), pytest.mark.timeout(120)]

LOG, TEAM, OBSERVE = "/o/lanchuan/log/", "/o/jinheng/log/team/", "/o/jinheng/log/team/observe/"
JINHENG, QINGHE = "/o/jinheng/sync/", "/o/qinghe/sync/"
Visit = Callable[..., BrowserContext]
PATIENT = 40_000  # ms: a database that never answers is given up after fifteen seconds
PUT = """(write) => {
  write.data.observation = crypto.randomUUID();
  return craftpath.outbox.put(write);
}"""
FLUSH = "() => craftpath.outbox.flush().then(() => '', String)"
# Every portion that leaves is noted: through which door, and how many writes. One of them makes the server stumble.
WITNESS = """(() => {
  const real = window.fetch;
  window.fetch = async (address, options = {}) => {
    if (options.method !== "POST" || !options.body.get("writes")) return real(address, options);
    const writes = options.body.get("writes");
    const posts = JSON.parse(localStorage.getItem("posts") ?? "[]");
    localStorage.setItem("posts", JSON.stringify([...posts, [String(address), JSON.parse(writes).length]]));
    if (writes.includes("poison")) return new Response("", { status: 500 });
    return real(address, options);
  };
})()"""
POSTS = "() => JSON.parse(localStorage.getItem('posts') ?? '[]')"
# Two ways in which a device's database is of no use: it says so, or it never says anything. Long waits are cut to a
# tenth, so that nobody sits through the fifteen seconds after which it is given up.
BROKEN = """(() => {
  const later = window.setTimeout.bind(window);
  window.setTimeout = (act, wait, ...rest) => later(act, wait >= 10000 ? wait / 10 : wait, ...rest);
  IDBFactory.prototype.open = () => {
    const asked = { error: new DOMException("no", "UnknownError") };
    if (%s) setTimeout(() => asked.onerror?.());
    return asked;
  };
})()"""
COUNT = """(store) => new Promise((resolve) => {
  const asked = indexedDB.open("craftpath", 1);
  asked.onsuccess = () => {
    const count = asked.result.transaction(store).objectStore(store).count();
    count.onsuccess = () => resolve(count.result);
  };
})"""
HOLD_HELLO = """() => {
  const real = window.fetch;
  const released = new Promise((resolve) => { window.release = resolve; });
  window.fetch = async (address, options = {}) => {
    const answer = await real(address, options);
    if (String(address).endsWith("/sync/")) { window.held = true; await released; }
    return answer;
  };
  window.sending = craftpath.outbox.flush().catch(() => {});
}"""


def ready(page: Page, address: str) -> Page:
    """Open a page and wait for its outbox."""
    page.goto(address)
    page.wait_for_function("() => window.craftpath?.outbox")
    page.evaluate("() => craftpath.outbox.ready")
    return page


def keep(page: Page, cast: Cast, job: str) -> None:
    """Give the outbox an observation, as its page does; nothing is sent yet."""
    with everywhere("a test looks for a name"):
        enrolment = cast.enrolments["26001"].public_id
    data = {"enrolment": enrolment, "on": timezone.localdate().isoformat(), "job": job, "seen_as": "alone"}
    page.evaluate(PUT, {"kind": "log.observe", "data": data, "label": job})


def jobs() -> list[str]:
    """Jobs that stand, in the order in which they came."""
    with everywhere("a test looks at everything"):
        return list(Observation.objects.order_by("pk").values_list("job", flat=True))


@pytest.fixture
def mentor(cast: Cast, visit: Visit) -> BrowserContext:
    """The mentor of Jinheng, who works for Qinghe as well; what leaves the device is noted."""
    with everywhere("a test sends a mentor to a second place"):
        join([cast.people["mentor"]], cast.qinghe, Role.MENTOR, on=date(2026, 1, 1))
    context = visit(cast.people["mentor"], width=360)
    context.add_init_script(WITNESS)
    return context


# ---- Doors --------------------------------------------------------------------------------------------


def test_each_write_goes_through_the_door_where_it_was_written(cast: Cast, mentor: BrowserContext) -> None:
    here, there = ready(mentor.new_page(), TEAM), ready(mentor.new_page(), "/o/qinghe/log/team/")
    for page, job in ((here, "一"), (here, "二"), (there, "三"), (here, "四")):
        keep(page, cast, job)
    assert there.evaluate(FLUSH) == ""
    assert there.evaluate(POSTS) == [[JINHENG, 2], [QINGHE, 1], [JINHENG, 1]]
    assert jobs() == ["一", "二", "三", "四"]


def test_a_door_that_is_closed_for_good_does_not_hold_up_the_others(
    cast: Cast, mentor: BrowserContext
) -> None:
    here, there = ready(mentor.new_page(), TEAM), ready(mentor.new_page(), "/o/qinghe/log/team/")
    keep(here, cast, "一")
    keep(here, cast, "二")
    keep(there, cast, "三")
    with everywhere("a test ends a role"):
        Membership.objects.filter(person=cast.people["mentor"], organisation=cast.jinheng).update(
            ends_on=F("starts_on")
        )
    assert there.evaluate(FLUSH) == ""
    assert jobs() == ["三"]
    ready(there, "/o/qinghe/sync/queue/")
    expect(there.locator("[data-queue-waiting] li")).to_have_count(2)
    expect(there.locator("[data-queue-waiting]")).to_contain_text("The server does not take this.")
    expect(there.locator("[data-queue-arrived] li")).to_have_count(1)


def test_a_write_on_which_the_server_stumbles_does_not_hold_up_the_others(
    cast: Cast, mentor: BrowserContext
) -> None:
    page = ready(mentor.new_page(), TEAM)
    for job in ("一", "poison", "三"):
        keep(page, cast, job)
    assert page.evaluate(FLUSH) == ""
    assert page.evaluate(POSTS) == [[JINHENG, 3], [JINHENG, 1], [JINHENG, 1], [JINHENG, 1]]
    assert jobs() == ["一", "三"]
    states = page.evaluate("async () => (await craftpath.outbox.queue()).map(({ row }) => row.state)")
    assert states == ["waiting"]  # tomorrow's server may take it


# ---- Receipts and keys --------------------------------------------------------------------------------


def test_a_device_keeps_fifty_receipts(cast: Cast, mentor: BrowserContext) -> None:
    page = ready(mentor.new_page(), TEAM)
    for number in range(53):
        keep(page, cast, f"job {number}")
    assert page.evaluate(FLUSH) == ""
    assert len(jobs()) == page.evaluate(COUNT, "receipts") == 53
    shown = page.evaluate("async () => (await craftpath.outbox.receipts()).map(({ label }) => label)")
    assert shown == [f"job {number}" for number in range(52, 2, -1)]
    assert page.evaluate(COUNT, "receipts") == 50


def test_a_key_that_comes_after_signing_out_is_not_kept(mentor: BrowserContext) -> None:
    page, other = ready(mentor.new_page(), TEAM), ready(mentor.new_page(), TEAM)
    assert other.evaluate(COUNT, "keys") == 1
    other.evaluate(HOLD_HELLO)
    other.wait_for_function("() => window.held")
    sign_out(page)
    other.evaluate("() => { window.release(); return window.sending; }")
    assert other.evaluate(COUNT, "keys") == 0


def sign_out(page: Page) -> None:
    """By the menu."""
    page.click(".person-menu summary")
    page.click("[data-sign-out] button")
    page.wait_for_url("**/account/login/**", timeout=PATIENT)


# ---- A device whose database is of no use -------------------------------------------------------------


@pytest.mark.parametrize("says_so", ["true", "false"], ids=["it says so", "it never answers"])
def test_a_device_that_keeps_nothing_sends_its_forms_and_lets_its_person_go(
    cast: Cast, visit: Visit, says_so: str
) -> None:
    context = visit(cast.people["apprentice"], width=360)
    context.add_init_script(BROKEN % says_so)
    page = context.new_page()
    page.goto(LOG)
    page.fill("#entry_text", "这台手机存不下东西。")
    photo = {"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": picture(size=(80, 60))}
    page.set_input_files("input[name=photo]", photo)  # type: ignore[arg-type]
    page.click("button[value=submit]")
    page.wait_for_url("**/log/?from=*", timeout=PATIENT)
    with everywhere("a test looks at everything"):
        assert Entry.objects.values_list("text", "state").get() == ("这台手机存不下东西。", "submitted")
        assert EntryFile.objects.count() == 1
    sign_out(page)


def test_an_answer_from_such_a_device_says_what_was_pressed(cast: Cast, visit: Visit) -> None:
    with everywhere("a test hands something in"):
        odd = Writer(cast).handed_in(on=timezone.localdate(), at=timezone.now(), minutes=0)
    context = visit(cast.people["mentor"], width=360)
    context.add_init_script(BROKEN % "true")
    page = context.new_page()
    page.goto(TEAM)
    page.click(".log-back summary")
    with page.expect_navigation():
        page.click("button[name=phrase] >> nth=0")
    with everywhere("a test looks at everything"):
        assert Remark.objects.get(entry=odd).phrase


# ---- Pressed twice, pressed at once -------------------------------------------------------------------


def test_an_observation_pressed_twice_is_one(cast: Cast, mentor: BrowserContext) -> None:
    page = ready(mentor.new_page(), OBSERVE)
    page.fill("input[name=job]", "试切外圆")
    page.dblclick("button[name=seen_as][value=alone]")
    expect(page.locator("input[name=job]")).to_have_value("")
    assert page.evaluate(FLUSH) == ""
    assert jobs() == ["试切外圆"]


def test_what_was_handed_in_does_not_come_back_as_a_draft(cast: Cast, visit: Visit) -> None:
    page = ready(visit(cast.people["apprentice"], width=360).new_page(), LOG)
    # The answer takes longer than the device's habit of keeping drafts.
    page.evaluate(
        """() => {
          const real = window.fetch;
          window.fetch = async (...asked) => {
            await new Promise((resolve) => setTimeout(resolve, 700));
            return real(...asked);
          };
        }"""
    )
    page.fill("#entry_text", "写完就交。")
    page.click("button[value=submit]")
    page.wait_for_url("**/log/?from=*")
    ready(page, LOG)
    assert page.evaluate(COUNT, "drafts") == 0
    expect(page.locator("#entry_text")).to_have_value("")
