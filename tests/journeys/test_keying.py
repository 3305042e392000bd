"""An answer sheet keyed in a real browser by keys alone: one key a choice, saved by itself, whole with Page Down."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, expect

from craftpath.domain.exams.models import Candidate, Keying
from craftpath.kernel.tenancy import everywhere
from tests.cast import Cast
from tests.domain.exams.sheets import over
from tests.journeys.conftest import faults_of

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True), pytest.mark.timeout(120)]
PATIENT = 20_000


def test_a_sheet_is_keyed_without_a_mouse(cast: Cast, visit: Callable[..., BrowserContext]) -> None:
    with everywhere("a test holds an examination"):
        row = over(cast)
        first = Candidate.objects.get(sitting=row, enrolment__number="26001")
    page = visit(cast.people["trainer"], width=1280, theme="light", language="en").new_page()
    page.goto(f"/o/lanchuan/sittings/{row.public_id}/keying/")
    assert faults_of(page) == []
    page.keyboard.type("26001\n")
    page.wait_for_url(f"**/sheets/{first.public_id}/")
    assert faults_of(page) == []
    keys = page.keyboard
    keys.type("bda\n")  # the choice goes on by itself, several with Enter
    keys.type("f125,7\nG00\n")
    status = page.locator("[data-status]")
    expect(status).to_contain_text("Saved", timeout=PATIENT)
    with everywhere("a test looks"):
        kept = Keying.objects.get()
    assert kept.given == {
        "1": ["b"], "2": ["a", "d"], "3": ["false"], "4": "125,7", "5": {"1": "G00", "2": ""},
    }  # fmt: skip
    keys.type("G01\nx")  # what there is not, is named where it stands
    expect(page.locator('[data-line="6"] [data-fault]')).to_contain_text("has no “x”", timeout=PATIENT)
    page.reload()
    page.locator("#q6").focus()
    keys.type("ab\nbca\n.")
    page.keyboard.press("PageDown")
    page.wait_for_url(lambda url: first.public_id not in url)
    expect(page.get_by_text("is keyed.")).to_be_visible(timeout=PATIENT)
    with everywhere("a test looks"):
        kept = Keying.objects.get()
    assert kept.done_at is not None
    assert (kept.given["6"], kept.given["7"], kept.given["8"]) == (
        {"a": "x", "b": "y"},
        ["b", "c", "a"],
        None,
    )
