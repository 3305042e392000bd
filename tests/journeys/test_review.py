"""Reviews in a real browser: planned in four presses, held on a phone, signed by three in any order; taps counted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from craftpath.domain.reviews.models import Goal, Part, Review
from craftpath.kernel.tenancy import everywhere
from tests.cast import Cast
from tests.journeys.conftest import faults_of

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True), pytest.mark.timeout(180)]
Visit = Callable[..., BrowserContext]


def _plan(page: Page) -> int:
    """From home to published; returns how many presses it took."""
    page.goto("/o/lanchuan/")
    presses = [
        page.get_by_role("navigation", name="Main", exact=True).get_by_role("link", name="Reviews"),
        page.get_by_role("link", name="Plan reviews of Welders 2026/1"),
        page.get_by_role("button", name="Preview"),
        page.get_by_role("button", name="Publish for everybody"),
    ]
    for press in presses:
        press.click()
    expect(page.locator("#toasts")).to_contain_text("5 reviews are planned")
    return len(presses)


def _today() -> Review:
    """Let the planned time of the apprentice's review come."""
    with everywhere("a test lets time pass"):
        start = timezone.now() - timedelta(minutes=40)
        rows = Review.objects.filter(enrolment__number="26001")
        rows.update(starts_at=start, ends_at=start + timedelta(minutes=30))
        return rows.get()


def _sign(visit: Visit, cast: Cast, who: str, house: str, scripts: bool) -> int:
    """From home to signed, on a phone; returns the taps on the page of the review itself."""
    page = visit(cast.people[who], width=360, scripts=scripts).new_page()
    page.goto(f"/o/{house}/")
    page.get_by_role("link", name="Sign: Record of review 1").click()
    taps = 0
    for tap in (
        page.get_by_label("I have read the text and agree to it."),
        page.get_by_role("button", name="Sign"),
    ):
        tap.click()
        taps += 1
    expect(page.locator("#toasts")).to_contain_text("Signed.")
    return taps


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_from_a_pattern_to_three_signatures(cast: Cast, visit: Visit, scripts: bool) -> None:
    assert _plan(visit(cast.people["coordinator"], scripts=scripts).new_page()) == 4
    row = _today()

    page = visit(cast.people["apprentice"], width=360, scripts=scripts).new_page()
    page.goto("/o/lanchuan/")
    page.get_by_role("link", name="write your part").click()
    page.locator("#words").fill("对刀快了，想学编程。")
    page.wait_for_load_state("networkidle")  # the page looks at its outbox first
    page.get_by_role("button", name="Keep", exact=True).click()
    expect(page.locator("#toasts")).to_contain_text("Kept.")

    page = visit(cast.people["mentor"], width=360, scripts=scripts).new_page()
    page.goto("/o/jinheng/")
    page.get_by_role("link", name="Review with 陈雨桐").click()
    expect(page.locator("main")).to_contain_text("对刀快了，想学编程。")
    page.locator("#words").fill("手稳，肯问。")
    page.get_by_label("New goal (optional)").first.fill("独立完成一根阶梯轴")
    page.get_by_text("Needs attention").click()
    page.get_by_label("Reason").fill("日志没写")
    if scripts:
        assert faults_of(page) == []
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth") if scripts else True
    page.get_by_role("button", name="Finish: fix the text for signing").click()
    expect(page.locator("main")).to_contain_text("Amber: needs attention. 日志没写")

    for who, house in (("trainer", "lanchuan"), ("apprentice", "lanchuan"), ("mentor", "jinheng")):
        assert _sign(visit, cast, who, house, scripts) == 2
    with everywhere("a test looks"):
        row.refresh_from_db()
        assert (row.state, row.colour) == ("signed", "amber")
        assert set(Part.objects.values_list("role", flat=True)) == {"apprentice", "mentor"}
        assert Goal.objects.get().text == "独立完成一根阶梯轴"


def test_the_own_part_is_kept_while_it_is_written(cast: Cast, visit: Visit) -> None:
    _plan(visit(cast.people["coordinator"]).new_page())
    row = _today()
    page = visit(cast.people["mentor"], width=360).new_page()
    page.goto(f"/o/jinheng/reviews/{row.public_id}/")
    page.locator("#words").fill("手稳。")
    page.get_by_label("New goal (optional)").first.focus()
    expect(page.locator("[data-kept]")).to_have_text("Kept.")
    page.get_by_text("On track").click()
    page.get_by_role("button", name="Finish: fix the text for signing").click()
    expect(page.locator("main")).to_contain_text("Green: on track.")
    with everywhere("a test looks"):
        assert Part.objects.get().words == "手稳。"


def test_a_preview_that_finds_clashes_is_fit_for_everybody(cast: Cast, visit: Visit) -> None:
    page: Any = visit(cast.people["coordinator"], width=360).new_page()
    page.goto(f"/o/lanchuan/reviews/of/{cast.cohort.public_id}/plan/")
    page.get_by_label("Until what time").fill("14:00")
    for name in ("Tue", "Wed", "Thu", "Fri"):
        page.get_by_label(name, exact=True).uncheck()
    page.get_by_role("button", name="Preview").click()
    expect(page.locator("main")).to_contain_text("Not everybody finds room")
    assert faults_of(page) == []
