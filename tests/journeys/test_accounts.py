"""Accounts in a real browser: an invitation from the form to the desk, and a passkey from a virtual authenticator."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from playwright.sync_api import expect

from tests.cast import Cast
from tests.journeys.conftest import faults_of

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True), pytest.mark.timeout(180)]


def _listen(page: Any) -> list[str]:
    said: list[str] = []
    page.on("console", lambda message: said.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda fault: said.append(f"page error: {fault}"))
    return said


def _authenticator(page: Any) -> None:
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )


def test_a_passkey_is_added_and_signs_in_without_a_password(cast: Cast, visit: Callable[..., Any]) -> None:
    cache.clear()
    page = visit(cast.people["coordinator"]).new_page()
    said = _listen(page)
    _authenticator(page)
    page.goto("/account/safer/")
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("Password").fill("let-me-in")
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("Name").fill("Office laptop")
    assert faults_of(page) == []
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your recovery codes")
    assert page.locator(".codes li").count() == 10
    assert faults_of(page) == []
    page.get_by_role("link", name="Done").click()
    expect(page.get_by_role("row", name=re.compile("Office laptop"))).to_be_visible()
    assert faults_of(page) == []

    page.goto("/account/logout/")
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url("**/o/lanchuan/")

    # After the password, the same passkey answers instead of a code.
    page.goto("/account/logout/")
    page.get_by_role("button", name="Sign out").click()
    page.get_by_label("Number or e-mail").fill("c01")
    page.get_by_label("Password", exact=True).fill("let-me-in")
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("One more step")
    assert faults_of(page) == []
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url("**/o/lanchuan/")

    page.goto("/account/safer/")
    page.get_by_role("link", name="Rename").click()
    page.get_by_role("link", name="With a passkey instead").click()
    page.get_by_role("button", name="Use a passkey").click()
    page.get_by_label("Name").fill("Home")
    page.get_by_role("button", name="Keep").click()
    page.get_by_role("row", name=re.compile("Home")).get_by_role("link", name="Remove").click()
    page.get_by_role("button", name="Remove").click()
    expect(page.get_by_text("None yet.")).to_be_visible()
    assert said == []


def test_a_passkey_that_is_not_there_leaves_the_other_ways(cast: Cast, visit: Callable[..., Any]) -> None:
    cache.clear()
    page = visit().new_page()
    said = _listen(page)
    _authenticator(page)
    page.goto("/account/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_text("That did not work, or was stopped.")).to_be_visible()
    assert faults_of(page) == []
    assert said == []


def test_an_invitation_goes_from_the_form_to_the_guest_s_desk(cast: Cast, visit: Callable[..., Any]) -> None:
    cache.clear()
    page = visit(cast.people["coordinator"]).new_page()
    page.goto("/o/lanchuan/people/")
    page.get_by_role("link", name="Invite people").click()
    page.get_by_label("Whom you invite").fill("高明, T77, 教师\nWang, t78, pope")
    page.get_by_role("button", name="Make the links").click()
    expect(page.get_by_role("alert")).to_be_focused()
    page.get_by_label("Whom you invite").fill("高明, T77, 教师")
    page.get_by_role("button", name="Make the links").click()
    link = page.locator(".slip-address").inner_text()
    assert faults_of(page) == []

    guest = visit(width=360, language="zh-hans").new_page()
    guest.goto(link)
    expect(guest.get_by_role("heading", level=1)).to_have_text("您收到邀请")
    assert faults_of(guest) == []
    guest.get_by_role("button", name="English").click()
    expect(guest.get_by_role("heading", level=1)).to_have_text("You are invited")
    for label in ("Password", "Password, once more"):
        guest.get_by_label(label, exact=True).fill("kiln-sparrow-19")
    guest.get_by_role("button", name="Accept with a new account").click()
    guest.wait_for_url("**/o/lanchuan/")
    expect(guest.get_by_text("Your sign-in name is T77.")).to_be_visible()
