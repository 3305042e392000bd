"""An office's own form in a real browser: from the results page to the filled workbook and back to one click."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.cast import Cast

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True), pytest.mark.timeout(120)]


def test_from_the_example_to_one_click(cast: Cast, visit: Callable[..., Any], tmp_path: Path) -> None:
    page = visit(cast.people["coordinator"], language="en").new_page()
    results = f"/o/lanchuan/results/{cast.evaluation.public_id}/"
    page.goto(results)
    page.locator("summary", has_text="Export").click()
    page.get_by_role("link", name="Your own layout").click()
    with page.expect_download() as example:
        page.get_by_role("link", name="Example to begin with").click()
    form = tmp_path / "Our form.xlsx"
    example.value.save_as(form)

    page.set_input_files("input[type=file]", form)
    page.get_by_role("button", name="Upload and check").click()
    page.get_by_text("Nothing is left unknown.").wait_for()
    assert page.get_by_label("Name of the layout").input_value() == "Our form"
    page.get_by_role("button", name="Keep the layout").click()
    page.get_by_text("“Our form” is kept").wait_for()

    page.goto(f"{results}?sort=-to_date")
    page.locator("summary", has_text="Export").click()
    with page.expect_download() as filled:
        page.get_by_role("link", name="Our form").click()
    done = tmp_path / "filled.xlsx"
    filled.value.save_as(done)
    sheet = openpyxl.load_workbook(done).active
    assert [sheet.cell(row, 3).value for row in range(5, 9)] == ["陈雨桐", "欧阳思远", "林浩然", "赵一鸣"]
    assert (sheet["H5"].value, sheet["H9"].value) == (80.5, '=IF(COUNT(H5:H8),AVERAGE(H5:H8),"")')
