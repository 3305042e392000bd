"""Things on a page do not cover one another, and stand where the eye expects them."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.cast import Cast

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True), pytest.mark.timeout(120)]

SIZES = [360, 1280]


def _box(page: Any, selector: str) -> dict[str, float]:
    found = page.locator(selector).first.bounding_box()
    assert found is not None, selector
    return dict(found)


@pytest.mark.parametrize("width", SIZES)
def test_a_toast_covers_no_bar_of_actions(cast: Cast, visit: Callable[..., Any], width: int) -> None:
    page = visit(cast.people["coordinator"], width=width).new_page()
    page.goto("/o/lanchuan/schemes/")
    page.get_by_role("button", name=re.compile("New scheme from")).click()
    page.locator(".toast").wait_for()
    page.evaluate("Promise.all(document.getAnimations().map(one => one.finished))")
    toast, bar = _box(page, ".toast"), _box(page, ".scheme-bar")
    assert toast["y"] + toast["height"] <= bar["y"]
    assert bar["y"] - (toast["y"] + toast["height"]) < 40  # above it, not lost on the page
    page.get_by_role("link", name="Leave the draft as it is").click()
    page.wait_for_url(re.compile(r"/schemes/[^/]+/$"))


@pytest.mark.parametrize("width", SIZES)
def test_lists_begin_where_their_headings_begin(cast: Cast, visit: Callable[..., Any], width: int) -> None:
    page = visit(cast.people["coordinator"], width=width).new_page()
    page.goto("/o/lanchuan/")
    heading, icon = _box(page, "#waiting"), _box(page, "section[aria-labelledby=waiting] .lines .line-icon")
    assert abs(heading["x"] - icon["x"]) < 1
    assert not page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")


def test_cards_side_by_side_begin_and_end_together(cast: Cast, visit: Callable[..., Any]) -> None:
    page = visit(cast.people["mentor"]).new_page()
    page.goto("/o/jinheng/")
    boxes = page.locator(".columns > .card").evaluate_all(
        "cards => cards.map(card => card.getBoundingClientRect()).map(box => [box.top, box.bottom])"
    )
    assert len(boxes) == 2
    assert boxes[0] == boxes[1]


@pytest.mark.parametrize("width", SIZES)
def test_the_final_result_is_in_sight_before_anybody_scrolls(
    cast: Cast, visit: Callable[..., Any], width: int
) -> None:
    page = visit(cast.people["coordinator"], width=width).new_page()
    page.goto(f"/o/lanchuan/results/{cast.evaluation.public_id}/")
    head, region = _box(page, "th:has-text('Final')"), _box(page, ".result-wide .table-region")
    assert head["x"] + head["width"] <= region["x"] + region["width"]
