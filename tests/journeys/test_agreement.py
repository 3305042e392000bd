"""An agreement in a real browser: written beside its checklist, signed by a guardian on a telephone."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.cache import cache
from playwright.sync_api import expect

from craftpath.domain.agreements.models import Agreement
from craftpath.kernel.tenancy import everywhere
from tests.cast import Cast
from tests.domain.agreements import agreed
from tests.journeys.conftest import faults_of

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True), pytest.mark.timeout(180)]


def _fits(page: Any) -> bool:
    return not page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")


def test_a_guardian_signs_on_a_telephone(cast: Cast, visit: Callable[..., Any]) -> None:
    cache.clear()
    with everywhere("a journey begins with a draft"):
        agreed.floor(cast)
        row = agreed.draft(cast)
    office = visit(cast.people["hr"]).new_page()
    office.goto(f"/o/jinheng/agreements/{row.public_id}/edit/")
    checklist = office.locator("#checklist")
    expect(checklist).to_contain_text("Ready for signatures.")
    office.get_by_label("Birth date of the apprentice").fill(date(2009, 6, 1).isoformat())
    office.get_by_label("Birth date of the apprentice").blur()
    expect(checklist).to_contain_text("A minor: name the guardian who signs.")  # without a press
    office.get_by_label("Guardian", exact=False).first.fill("陈建国")
    office.get_by_label("Guardian", exact=False).first.blur()
    expect(checklist).to_contain_text("A guardian signs too.")
    expect(checklist).to_contain_text("Ready for signatures.")
    assert faults_of(office) == []
    office.get_by_role("button", name="Save and send for signatures").click()
    expect(office.get_by_role("heading", level=1)).to_have_text("陈雨桐")
    assert faults_of(office) == []
    office.get_by_role("button", name="Link and code for 陈建国").click()
    address, code = (
        office.locator(".handed-address").inner_text(),
        office.locator(".handed-code").inner_text(),
    )
    assert faults_of(office) == []

    phone = visit(None, width=360, language="zh-hans").new_page()
    phone.goto(address)
    expect(phone.get_by_role("heading", level=1)).to_have_text("有一份文本等待您签署")
    assert "陈雨桐" not in phone.content()
    assert (faults_of(phone), _fits(phone)) == ([], True)
    phone.get_by_label("您的验证码").fill("000000" if code != "000 000" else "111111")
    phone.get_by_role("button", name="打开文本").click()
    expect(phone.get_by_role("alert")).to_contain_text("验证码不对")
    phone.get_by_label("您的验证码").fill(code)
    phone.get_by_role("button", name="打开文本").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("学徒培养协议")
    assert "陈雨桐" in phone.content()
    assert (faults_of(phone), _fits(phone)) == ([], True)
    phone.get_by_label("我已阅读并同意本文本。").check()
    phone.get_by_role("button", name="签署", exact=True).click()
    expect(phone.locator(".notice")).to_contain_text("此链接已使用")
    assert (faults_of(phone), _fits(phone)) == ([], True)
    with phone.expect_download() as download:
        phone.get_by_role("link", name=re.compile("PDF")).click()
    assert download.value.suggested_filename.startswith("学徒培养协议")

    other = visit(None, width=360, language="en").new_page()
    other.goto(address)
    expect(other.get_by_role("heading", level=1)).to_have_text("This link does not serve")
    with everywhere("a test looks at what was signed"):
        guardian = Agreement.objects.get().document.parties.get(role="guardian")
        assert guardian.signature.name == "陈建国"
