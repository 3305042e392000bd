"""A roll call on a phone: two presses and one for each who is away, with scripts and without."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from craftpath.domain.learning.actions import Plan, plan_session
from craftpath.domain.learning.models import Attendance
from craftpath.kernel.tenancy import everywhere
from tests.cast import AT, Cast

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True), pytest.mark.timeout(120)]


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
@pytest.mark.parametrize("width", [360, 1280])
def test_two_presses_and_the_absent_ones(
    cast: Cast, visit: Callable[..., Any], width: int, scripts: bool
) -> None:
    start = timezone.now() - timedelta(minutes=20)
    with everywhere("a test plans a session"):
        plan_session(
            Plan(
                {"en": "Reading drawings"},
                "lesson",
                "on_site",
                start,
                start + timedelta(hours=2),
                "A-301",
                "taught",
            ),
            organisation=cast.college,
            cohorts=[cast.cohort],
            teachers={cast.people["trainer"]: "trainer"},
            by=cast.actor("coordinator"),
            at=AT,
        )
    page = visit(cast.people["trainer"], width=width, scripts=scripts).new_page()
    page.goto("/o/lanchuan/")
    presses = 0

    def press(what: Any) -> None:
        nonlocal presses
        what.click()
        presses += 1

    press(page.get_by_role("link", name="Call the roll: Reading drawings"))
    page.wait_for_load_state()
    absent, late = (page.locator(".roll-row", has_text=number) for number in ("26002", "26003"))
    if width == 360:
        box = absent.bounding_box()
        assert box is not None
        assert box["height"] >= 44
        page.mouse.click(box["x"] + 30, box["y"] + box["height"] / 2)  # the row itself, not its mark
        presses += 1
        for _ in range(2):
            box = late.bounding_box()
            page.mouse.click(box["x"] + 30, box["y"] + 20)
            presses += 1
    else:
        press(absent.get_by_text("Absent", exact=True))
        press(late.get_by_text("Late", exact=True))
    late.locator("input[type=number]").fill("95")
    press(page.get_by_role("button", name="Save the roll"))
    page.wait_for_url("**/sessions/*/")
    # Said in the same words, whether the form itself went or the outbox brought it.
    expect(page.locator(".toast-good")).to_contain_text("The roll is called: 4 there, 1 away.")
    assert presses == (5 if width == 360 else 4)
    with everywhere("a test looks at the roll"):
        rows = Attendance.objects.values_list("enrolment__number", "status", "minutes").order_by(
            "enrolment__number"
        )
        assert list(rows) == [
            ("26001", "present", 120),
            ("26002", "absent", 0),
            ("26003", "late", 95),
            ("26004", "present", 120),
            ("26005", "present", 120),
        ]
