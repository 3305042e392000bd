"""The record as PDF, workbook and text table: the same entries, and none of them lost."""

from __future__ import annotations

import csv
import io

import pytest
from openpyxl import load_workbook

from craftpath.delivery.exchange.printouts.learner_record import learner_record, record_csv, record_xlsx, rows
from craftpath.domain.passport.gathering import record_of
from tests.cast import AT, TODAY, Cast
from tests.domain.passport.world import trained

pytestmark = pytest.mark.usefixtures("all_rows")


def test_every_form_says_the_same(cast: Cast) -> None:
    found = record_of(trained(cast), TODAY)
    known = [["" if cell is None else str(cell) for cell in row] for row in rows(found)]
    assert len(known) >= 10
    text = list(csv.reader(io.StringIO(record_csv(found).decode("utf-8-sig"))))
    assert text[1:] == known
    sheet = load_workbook(io.BytesIO(record_xlsx(found))).active
    read = [
        [
            "" if cell is None else cell.date().isoformat() if hasattr(cell, "date") else str(cell)
            for cell in row
        ]
        for row in sheet.iter_rows(min_row=2, values_only=True)
    ]
    assert read == known
    printed = learner_record(found, at=AT).words("both")
    for _section, title, first, _last, place, state, label, value, _source in known:
        assert all(part in printed for part in (title, first, place, state, label, value))


def test_a_name_that_looks_like_a_formula_stays_a_text(cast: Cast) -> None:
    person = trained(cast)
    cast.people["mentor"].name = "=cmd|' /C calc'!A0"
    cast.people["mentor"].save()
    found = record_of(person, TODAY)
    sheet = load_workbook(io.BytesIO(record_xlsx(found))).active
    cells = [cell for row in sheet.iter_rows() for cell in row if str(cell.value).startswith("=cmd")]
    assert cells
    assert {cell.data_type for cell in cells} == {"s"}
    assert b"'=cmd" in record_csv(found)
