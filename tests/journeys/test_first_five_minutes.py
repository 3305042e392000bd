"""From an empty site to an explained result, as somebody does who has only read the README."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from craftpath.delivery.exchange.writing import OutSheet, write_xlsx
from tests.journeys.conftest import faults_of

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True), pytest.mark.timeout(300)]

ROSTER = OutSheet(
    name="花名册",
    header=["学号", "姓名", "企业", "师傅"],
    rows=[
        ("26001", "陈雨桐", "金恒机械", "周国栋"),
        ("26002", "欧阳思远", "金恒机械", "周国栋"),
        ("26003", "㛃𠮷", "金恒机械", "周国栋"),
    ],
)
MARKS = """焊工 2026 级第一阶段成绩,,,,
学号,姓名,过程性评价,实践活动评价,期末考试
26001,陈雨桐,82,９０,75
26002,欧阳思远,70,缺考,缓考
26003,㛃𠮷,88,91,
"""


def _file(folder: Path, name: str, content: bytes) -> str:
    path = folder / name
    path.write_bytes(content)
    return str(path)


def _press(page: Page, name: str | re.Pattern[str]) -> None:
    page.get_by_role("button", name=name).or_(page.get_by_role("link", name=name)).first.click()


def _open_the_site(page: Page) -> None:
    page.goto("/")
    page.get_by_label("Name in Chinese").fill("澜川技师学院")
    page.get_by_label("Name in English").fill("Lanchuan Technician College")
    page.get_by_label("Your name").fill("何静")
    page.get_by_label("Sign-in name").fill("hejing")
    page.get_by_label("Password", exact=True).fill("a-long-enough-one")
    page.get_by_label("Password, once more").fill("a-long-enough-one")
    page.locator("main form button[type=submit]").last.click()
    expect(page.locator("main")).to_contain_text("Plan your first cohort")


def _plan_a_cohort(page: Page) -> None:
    page.get_by_role("link", name=re.compile("Plan your first cohort")).click()
    page.get_by_label("Name in Chinese").fill("焊工 2026 级 1 班")
    page.get_by_label("Name in English").fill("Welders 2026/1")
    page.get_by_label("Occupation in Chinese").fill("焊工")
    page.get_by_label("Occupation in English").fill("Welder")
    page.locator("[name=starts_on]").fill("2026-09-01")
    page.locator("main form button[type=submit]").last.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Welders 2026/1")


def test_a_newcomer_reaches_an_explained_result(visit: Callable[..., Any], tmp_path: Path) -> None:
    page: Page = visit(width=1280).new_page()
    _open_the_site(page)
    _plan_a_cohort(page)

    page.get_by_role("button", name=re.compile("Open the evaluation")).first.click()
    _press(page, "Cohorts")
    page.get_by_role("link", name="Welders 2026/1").click()

    _press(page, "Import a roster")
    page.set_input_files("input[type=file]", _file(tmp_path, "roster.xlsx", write_xlsx([ROSTER])))
    page.get_by_role("button", name="Upload and check").click()
    expect(page.locator("main")).to_contain_text("金恒机械")
    page.get_by_label(re.compile("Add unknown enterprises")).check()
    page.get_by_role("button", name="Import 3 people").click()
    _press(page, "To the cohort")
    expect(page.locator("main")).to_contain_text("㛃𠮷")

    page.get_by_role("link", name=re.compile("Import marks")).first.click()
    page.set_input_files("input[type=file]", _file(tmp_path, "marks.csv", MARKS.encode("gb18030")))
    page.get_by_role("button", name="Upload and check").click()
    page.get_by_role("button", name=re.compile("^Import 8 marks")).click()

    _press(page, re.compile("results", re.IGNORECASE))
    expect(page.get_by_role("row", name=re.compile("陈雨桐"))).to_contain_text("81.6")
    page.get_by_role("link", name="陈雨桐").click()
    expect(page.locator("main")).to_contain_text("81.6 of 100")
    assert faults_of(page) == []

    page.get_by_role("link", name=re.compile("D3")).first.click()
    expect(page.locator("main")).to_contain_text("９０")
    _press(page, re.compile("cell", re.IGNORECASE))
    expect(page.locator("main")).to_contain_text("欧阳思远")
    assert faults_of(page) == []
