"""Printing in a real browser: one press for a paper, and a paper for everybody that is fetched when it is there."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, expect

from craftpath.delivery.jobs import bodies
from craftpath.kernel.printruns import PrintRun
from craftpath.kernel.tenancy import everywhere
from tests.cast import Cast
from tests.exchange.printed import pages
from tests.house.furnishing import furnish
from tests.journeys.conftest import faults_of

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True), pytest.mark.timeout(180)]
Visit = Callable[..., BrowserContext]


@pytest.mark.parametrize(("width", "theme", "scripts"), [(1280, "light", True), (360, "dark", False)])
def test_from_the_cohort_to_everybodys_papers(
    visit: Visit, cast: Cast, monkeypatch: pytest.MonkeyPatch, width: int, theme: str, scripts: bool
) -> None:
    furnish(cast)
    queued: list[int] = []
    monkeypatch.setattr("craftpath.kernel.printruns.enqueue", lambda _name, pk: queued.append(pk))
    page = visit(cast.people["coordinator"], width=width, theme=theme, scripts=scripts).new_page()
    page.goto(f"/o/lanchuan/cohorts/{cast.cohort.public_id}/")
    page.get_by_role("link", name="Print", exact=True).click()
    if scripts:
        assert faults_of(page) == []
    with page.expect_download() as saved:
        page.get_by_role("button", name="PDF").first.click()
    assert "Cohort file" in saved.value.suggested_filename
    assert "Cohortfile" in pages(Path(saved.value.path()).read_bytes())[0]

    page.locator("form", has=page.locator("[value=training_record]")).get_by_role(
        "button", name="PDF"
    ).click()
    expect(page.get_by_role("heading", name="Being printed")).to_be_visible()
    if scripts:
        assert faults_of(page) == []
    with everywhere("a test is the worker"):
        bodies.print_papers.func(PrintRun.objects.get().pk)
    if not scripts:
        page.get_by_role("link", name="Look again").click()
    expect(page.get_by_text("5 papers are ready.")).to_be_visible()
    with page.expect_download() as saved:
        page.get_by_role("link", name="All in one PDF, to print").click()
    text = "".join(pages(BytesIO(Path(saved.value.path()).read_bytes()).read()))
    for row in cast.enrolments.values():
        assert row.person.name in text
    assert len(queued) == 1


def test_an_apprentice_prints_the_own_record_on_a_phone(visit: Visit, cast: Cast) -> None:
    furnish(cast)
    page: Any = visit(cast.people["apprentice"], width=360).new_page()
    page.goto(f"/o/lanchuan/cohorts/apprentices/{cast.enrolments['26001'].public_id}/")
    page.get_by_role("link", name="Print", exact=True).click()
    assert faults_of(page) == []
    with page.expect_download() as saved:
        page.get_by_role("button", name="PDF").first.click()
    assert saved.value.suggested_filename.startswith("26001_")
