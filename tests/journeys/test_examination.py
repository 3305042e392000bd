"""An examination in a real browser: saved while one answers, kept on the device without a network, handed in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import BrowserContext, expect

from craftpath.domain.exams.models import Answer, AnswerFile, Candidate
from craftpath.kernel.tenancy import everywhere
from tests.cast import Cast
from tests.domain.exams.hall import opened
from tests.journeys.conftest import faults_of

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True), pytest.mark.timeout(120)]
PATIENT = 20_000


def given(order: int) -> Any:
    with everywhere("a test looks"):
        found = Answer.objects.filter(candidate__enrolment__number="26001", line__order=order).first()
    return found.given if found else None


def test_answers_outlive_a_lost_network_and_a_fresh_page(
    cast: Cast, visit: Callable[..., BrowserContext]
) -> None:
    with everywhere("a test holds an examination"):
        _row, codes = opened(cast, starts_at=timezone.now() - timedelta(minutes=1))
    context = visit(None, width=360, theme="light", language="en")
    page = context.new_page()
    page.goto("/exam/")
    assert faults_of(page) == []
    page.get_by_label("Code").fill(codes["26001"])
    page.get_by_role("button", name="Open my paper").click()
    assert faults_of(page) == []
    page.get_by_role("link", name="1 not answered").click()
    assert faults_of(page) == []
    status = page.locator("[data-status]")
    page.locator(".item-choice").nth(0).click()
    expect(status).to_contain_text("Saved", timeout=PATIENT)
    assert given(1) == ["a"]

    # Without a network one goes on answering; what was touched last is on the device.
    context.set_offline(True)
    page.locator(".item-choice").nth(1).click()
    expect(status).to_contain_text("Not saved yet", timeout=PATIENT)
    page.get_by_role("button", name="Next").click()
    expect(page).to_have_url(whole(page, "/exam/paper/1/"))
    context.set_offline(False)
    page.reload()
    expect(page.locator(".item-choice input").nth(1)).to_be_checked()
    expect(status).to_contain_text("Saved", timeout=PATIENT)
    assert given(1) == ["b"]

    page.get_by_role("button", name="All questions").click()
    expect(page.get_by_role("link", name="1 answered", exact=True)).to_be_visible(timeout=PATIENT)
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Hand in").click()
    expect(page.get_by_text("Your paper was taken at")).to_be_visible(timeout=PATIENT)
    assert faults_of(page) == []
    with everywhere("a test looks"):
        assert Candidate.objects.get(enrolment__number="26001").handed_in_by == "candidate"


def test_the_bell_hands_in_what_was_touched_last(cast: Cast, visit: Callable[..., BrowserContext]) -> None:
    with everywhere("a test holds an examination"):
        _row, codes = opened(cast, starts_at=timezone.now() - timedelta(minutes=1))
    page = visit(None, width=360, theme="light", language="en").new_page()
    page.goto("/exam/")
    page.get_by_label("Code").fill(codes["26001"])
    page.get_by_role("button", name="Open my paper").click()
    page.wait_for_url("**/exam/paper/")
    with everywhere("a test lets the time pass"):
        Candidate.objects.filter(enrolment__number="26001").update(
            ends_at=timezone.now() + timedelta(seconds=4)
        )
    page.goto("/exam/paper/1/")
    page.locator(".item-choice").nth(2).click()
    expect(page.get_by_text("Your paper was taken at")).to_be_visible(timeout=PATIENT)
    assert given(1) == ["c"]


def whole(page: Any, path: str) -> str:
    """The whole address of a page of the same site."""
    return page.evaluate("(path) => location.origin + path", path)


def chosen(name: str, content: bytes = b"G00 X100\nM30\n") -> Any:
    return {"name": name, "mimeType": "text/plain", "buffer": content}


def test_a_chosen_file_is_added_at_once_and_one_that_is_late_at_the_bell_is_named(
    cast: Cast, visit: Callable[..., BrowserContext]
) -> None:
    with everywhere("a test holds an examination"):
        _row, codes = opened(cast, starts_at=timezone.now() - timedelta(minutes=1))
    context = visit(None, width=360, theme="light", language="en")
    page = context.new_page()
    page.goto("/exam/")
    page.get_by_label("Code").fill(codes["26001"])
    page.get_by_role("button", name="Open my paper").click()
    page.wait_for_url("**/exam/paper/")
    page.goto("/exam/paper/8/")
    field, said = page.locator("input[type=file]"), page.locator("[data-file-status]")
    expect(page.get_by_role("button", name="Add the file")).to_be_hidden()
    field.set_input_files(chosen("O0001.nc"))
    expect(said).to_have_text("Added: O0001.nc", timeout=PATIENT)
    expect(page.get_by_role("link", name="File 1")).to_be_visible()
    assert faults_of(page) == []
    field.set_input_files(chosen("page.html", b"<script>1</script>"))
    expect(said).to_contain_text("page.html was not added: This kind of file is not taken", timeout=PATIENT)
    assert faults_of(page) == []

    # Without a network it waits on the page, and is added once there is one.
    context.set_offline(True)
    field.set_input_files(chosen("O0002.nc"))
    expect(said).to_contain_text("O0002.nc is not added yet", timeout=PATIENT)
    page.get_by_role("button", name="To the end").click()
    expect(said).to_contain_text("O0002.nc is not added yet", timeout=PATIENT)
    context.set_offline(False)
    expect(page.get_by_role("link", name="File 2")).to_be_visible(timeout=PATIENT)

    page.route("**/paper/8/files/", lambda _route: None)  # it never comes to an end
    with everywhere("a test lets the time pass"):
        Candidate.objects.filter(enrolment__number="26001").update(
            ends_at=timezone.now() + timedelta(seconds=4)
        )
    page.goto("/exam/paper/8/")
    field.set_input_files(chosen("O0003.nc"))
    expect(page.get_by_text("came too late")).to_be_visible(timeout=PATIENT)
    expect(page.get_by_text("Your paper was taken at")).to_be_visible()
    with everywhere("a test looks"):
        assert AnswerFile.objects.count() == 2
