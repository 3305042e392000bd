"""Sheets as offices send them, made on the spot."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import openpyxl

from craftpath.delivery.exchange.book import Cell, Sheet, rectangle
from craftpath.delivery.exchange.columns import ItemChoice

ITEMS = (
    ItemChoice("quiz_1", "测验1", "Quiz 1", Decimal(100), "process"),
    ItemChoice("quiz_2", "测验2", "Quiz 2", Decimal(20), "process"),
    ItemChoice("weld", "焊接实操", "Welding task", Decimal(100), "practical_activity"),
    ItemChoice("exam", "期末考试", "Final exam", Decimal(100), "final_exam"),
)


def xlsx(*tables: Iterable[Iterable[Any]], names: tuple[str, ...] = (), merged: str = "") -> bytes:
    """A workbook as a spreadsheet program saves it."""
    workbook = openpyxl.Workbook()
    for index, rows in enumerate(tables):
        sheet = workbook.active if index == 0 else workbook.create_sheet()
        sheet.title = names[index] if names else f"表{index + 1}"
        for row in rows:
            sheet.append(list(row))
        if merged:
            sheet.merge_cells(merged)
    content = io.BytesIO()
    workbook.save(content)
    return content.getvalue()


def sheet(*rows: Iterable[Cell], name: str = "表1") -> Sheet:
    """A sheet as `read_book` gives it."""
    return Sheet(name, rectangle([list(row) for row in rows]))


def package(cells: str, extra: Mapping[str, bytes] | None = None) -> bytes:
    """A minimal workbook around hand-written rows, for what no spreadsheet program would write."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relations = "http://schemas.openxmlformats.org/package/2006/relationships"
    parts = {
        "[Content_Types].xml": b"<Types/>",
        "_rels/.rels": f'<Relationships xmlns="{relations}"><Relationship Id="rId1" '
        f'Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>'.encode(),
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>'
        f'<sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>'.encode(),
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{relations}"><Relationship Id="rId1" '
        f'Type="{office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'.encode(),
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{cells}</sheetData></worksheet>'.encode(),
    }
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in (parts | dict(extra or {})).items():
            archive.writestr(name, body)
    return content.getvalue()


ROSTER = (
    ("某技师学院 2026 级焊接专业学徒名册", None, None, None, None, None),
    (None, None, None, None, None, None),
    ("学号", "姓名", "企业", "师傅工号", "师傅", "入学日期"),
    (20260001, "张伟", "江南造船", "J01", "李师傅", date(2026, 9, 1)),
    (20260002, "王芳", "江南造船", "J01", "李师傅", "2026年9月1日"),
)

MARKS = (
    ("2026 级过程性评价成绩", None, None, None, None),
    ("学号", "姓名", "测验1", "测验2（20分）", "焊接实操"),
    ("20260001", "张伟", "８５．５", 18, 90),
    ("20260002", "王芳", "缺考", "缓考", "免修"),
    ("20260003", "李娜", "-", "N/A", None),
)
