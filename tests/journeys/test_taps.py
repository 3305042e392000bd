"""How many taps the weekly tasks of apprentices, mentors and coordinators take, counted; typing apart."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from craftpath.domain.learning.models import Session
from craftpath.domain.logbook.models import Entry, Observation
from craftpath.domain.reviews.actions import hand_over_review
from craftpath.domain.training.models import RotationPattern, Stay
from craftpath.kernel.signing import parties_of
from craftpath.kernel.tenancy import everywhere
from tests.cast import Cast
from tests.domain.logbook.conftest import Writer
from tests.domain.reviews.world import written
from tests.domain.training.world import planned

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True), pytest.mark.timeout(120)]

Visit = Callable[..., BrowserContext]


class Thumb:
    """Taps and counts."""

    def __init__(self, page: Page) -> None:
        self.page, self.taps = page, 0

    def tap(self, what: Any) -> None:
        """One tap."""
        what.click()
        self.taps += 1


def states() -> list[str]:
    """Of every entry."""
    with everywhere("a test looks at everything"):
        return list(Entry.objects.order_by("on", "pk").values_list("state", flat=True))


@pytest.fixture
def waiting(cast: Cast) -> list[Entry]:
    """Two that look normal and one that does not."""
    with everywhere("a test looks at everything"):
        now, today, writer = timezone.now(), timezone.localdate(), Writer(cast)
        return [
            writer.handed_in(at=now, on=today, text="装夹并试切外圆，尺寸合格。"),
            writer.handed_in(at=now, on=today - timedelta(days=1), text="清理机床，给导轨上油。"),
            writer.handed_in(at=now, on=today - timedelta(days=2), text="加班装配。", minutes=700),
        ]


def test_an_apprentice_writes_the_day_in_two_taps_and_a_line(cast: Cast, visit: Visit) -> None:
    page = visit(cast.people["apprentice"], width=360).new_page()
    page.goto("/o/lanchuan/")
    thumb = Thumb(page)
    thumb.tap(page.get_by_role("link", name="What did you do today?"))
    page.fill("#entry_text", "换刀后重新对刀。")
    thumb.tap(page.get_by_role("button", name="Hand in"))
    page.wait_for_url("**/log/?from=*")
    expect(page.locator(".log-list").last).to_contain_text("换刀后重新对刀。")
    assert states() == ["submitted"]
    assert thumb.taps <= 3


def test_a_mentor_confirms_the_week_in_two_taps_from_home(cast: Cast, visit: Visit, waiting: Any) -> None:
    page = visit(cast.people["mentor"], width=360).new_page()
    page.goto("/o/jinheng/")
    thumb = Thumb(page)
    thumb.tap(page.get_by_role("link", name="3 log entries to confirm"))
    before = thumb.taps
    thumb.tap(page.get_by_role("button", name="Confirm all of these"))
    expect(page.locator(".log-all")).to_have_count(0)
    expect(page.locator(".toast-good")).to_contain_text("Confirmed: 2 entries.")
    assert states() == ["submitted", "confirmed", "confirmed"]
    assert (thumb.taps - before, thumb.taps) == (1, 2)


def test_a_mentor_sends_one_back_in_two_taps(cast: Cast, visit: Visit, waiting: Any) -> None:
    page = visit(cast.people["mentor"], width=360).new_page()
    page.goto("/o/jinheng/log/team/")
    thumb = Thumb(page)
    thumb.tap(page.locator(".log-back summary").first)
    thumb.tap(page.get_by_role("button", name="The time is not right."))
    expect(page.locator(".log-back")).to_have_count(0)
    expect(page.locator(".toast-good")).to_contain_text("Sent back.")
    assert states()[0] == "returned"
    assert thumb.taps == 2


def test_a_mentor_records_a_job_in_two_taps_and_a_word(cast: Cast, visit: Visit) -> None:
    page = visit(cast.people["mentor"], width=360).new_page()
    page.goto("/o/jinheng/log/team/")
    thumb = Thumb(page)
    thumb.tap(page.get_by_role("link", name="Record a job"))
    page.get_by_label("Which job?").fill("装夹长轴")
    thumb.tap(page.get_by_role("button", name="With help"))
    expect(page.locator("main")).to_contain_text("装夹长轴")
    with everywhere("a test looks at everything"):
        assert Observation.objects.get().seen_as == "helped"
    assert thumb.taps <= 3


def test_a_coordinator_sees_who_waits_in_one_press(cast: Cast, visit: Visit, waiting: Any) -> None:
    with everywhere("a test lets time pass"):
        Entry.objects.update(submitted_at=timezone.now() - timedelta(days=9))
    page = visit(cast.people["coordinator"]).new_page()
    page.goto("/o/lanchuan/")
    page.get_by_role("link", name="1 apprentice waits for an answer to the log").click()
    expect(page.locator("main")).to_contain_text("陈雨桐")


def test_a_coordinator_publishes_a_rotation_in_three_presses(cast: Cast, visit: Visit) -> None:
    """From the cohort's rotation: the pattern is suggested, its clashes are looked at, everybody has stays."""
    with everywhere("a test plans"):
        planned(cast, capacity=None)
    page = visit(cast.people["coordinator"]).new_page()
    page.goto(f"/o/lanchuan/plan/{cast.cohort.public_id}/rotation/")
    mouse = Thumb(page)
    mouse.tap(page.get_by_role("link", name="Plan from a pattern").first)
    mouse.tap(page.get_by_role("button", name="Preview"))
    expect(page.locator("main")).to_contain_text("No clash")
    mouse.tap(page.get_by_role("button", name="Publish for everybody"))
    expect(page.locator(".toast-good")).to_contain_text("The rotation is published")
    with everywhere("a test looks"):
        assert RotationPattern.objects.count() == 1
        assert Stay.objects.values("enrolment").distinct().count() == 5
    assert mouse.taps == 3


def test_a_coordinator_adds_a_stay_in_four_presses(cast: Cast, visit: Visit) -> None:
    with everywhere("a test plans"):
        planned(cast)
    page = visit(cast.people["coordinator"]).new_page()
    page.goto(f"/o/lanchuan/plan/{cast.cohort.public_id}/rotation/")
    mouse = Thumb(page)
    mouse.tap(page.get_by_role("link", name="Add a stay"))
    page.get_by_label("Unit").select_option(label="Inspection and care of equipment")
    mouse.tap(page.get_by_label("陈雨桐"))
    mouse.tap(page.get_by_role("button", name="Preview"))
    mouse.tap(page.get_by_role("button", name="Add it"))
    expect(page.locator(".toast-good")).to_contain_text("1 stay is added.")
    with everywhere("a test looks"):
        assert Stay.objects.get().enrolment == cast.enrolments["26001"]
    assert mouse.taps == 4


def test_a_coordinator_plans_a_row_of_sessions_in_three_presses(cast: Cast, visit: Visit) -> None:
    page = visit(cast.people["coordinator"]).new_page()
    page.goto("/o/lanchuan/sessions/")
    mouse = Thumb(page)
    mouse.tap(page.get_by_role("link", name="Plan sessions"))
    page.get_by_label("Title in English").fill("Reading drawings")
    page.get_by_label("Starts at").fill("08:30")
    page.get_by_label("Ends at").fill("10:10")
    page.get_by_label("In how many weeks").fill("12")
    mouse.tap(page.get_by_label("Welders 2026/1"))
    mouse.tap(page.get_by_role("button", name="Plan", exact=True))
    expect(page.locator(".toast-good")).to_contain_text("12 sessions are planned.")
    with everywhere("a test looks"):
        assert Session.objects.count() == 12
    assert mouse.taps == 3


def test_a_mentor_signs_a_review_in_two_taps_on_one_screen(cast: Cast, visit: Visit) -> None:
    with everywhere("a test holds a review"):
        row = written(cast)
    page = visit(cast.people["mentor"], width=360).new_page()
    page.goto(f"/o/jinheng/reviews/{row.public_id}/")
    thumb, before = Thumb(page), page.url
    sign = page.get_by_role("button", name="Sign", exact=True)
    expect(sign).to_be_in_viewport()  # without scrolling
    thumb.tap(page.get_by_label("I have read the text and agree to it."))
    assert page.url == before
    thumb.tap(sign)
    expect(page.locator("#toasts")).to_contain_text("Signed.")
    assert thumb.taps == 2


def test_a_mentor_without_an_account_signs_in_two_taps_from_the_link(cast: Cast, visit: Visit) -> None:
    with everywhere("a test holds a review and hands it over"):
        row = written(cast)
        party = next(one for one in parties_of(row.document) if one.role == "mentor")  # type: ignore[arg-type]
        handed = hand_over_review(
            party, name="周国栋", organisation=cast.college, by=cast.actor("trainer"), at=timezone.now()
        )
    page = visit(width=360).new_page()
    page.goto(f"/sign/{handed.token}/")
    page.locator("input[name=code]").fill(handed.code)
    page.get_by_role("button").last.click()
    thumb = Thumb(page)
    thumb.tap(page.get_by_label("I have read the text and agree to it."))
    thumb.tap(page.get_by_role("button", name="Sign", exact=True))
    expect(page.locator("main")).to_contain_text("This link has served")
    assert thumb.taps == 2


def test_a_coordinator_plans_the_reviews_of_a_cohort_in_four_presses(cast: Cast, visit: Visit) -> None:
    page = visit(cast.people["coordinator"]).new_page()
    page.goto("/o/lanchuan/")
    thumb = Thumb(page)
    thumb.tap(page.get_by_role("navigation", name="Main", exact=True).get_by_role("link", name="Reviews"))
    thumb.tap(page.get_by_role("link", name="Plan reviews of Welders 2026/1"))
    thumb.tap(page.get_by_role("button", name="Preview"))
    thumb.tap(page.get_by_role("button", name="Publish for everybody"))
    expect(page.locator("#toasts")).to_contain_text("5 reviews are planned")
    assert thumb.taps == 4
