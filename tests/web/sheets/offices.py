"""Sheets as offices send them, with the numbers and names of the cast."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile

ROSTER = (
    ("澜川技师学院焊工班学徒名册", None, None, None, None, None),
    ("学号", "姓名", "企业", "师傅", "入学日期", "手机"),
    ("26001", "陈雨桐", "金恒机械", "周国栋", date(2026, 3, 2), None),
    ("26002", "林浩然", "金恒机械", "周国栋", "2026年3月2日", "13800000002"),
    ("26011", "何静怡", "清河电气", "吴海燕", 46083, "13800000011"),
    ("26012", "马天宇", "清河电气", "郑大成", "2026/3/2", None),
)

MARKS = (
    ("2026 级焊工 1 班成绩", None, None, None, None, None),
    ("学号", "姓名", "出勤", "测验（50分）", "工作任务一", "期末考试"),
    ("26001", "陈雨桐", 90, 40, 88, 75),
    ("26002", "林浩然", "１００", 36, 70, "缺考"),
    ("26004", "赵一鸣", "８５．５", "缓考", "免修", "-"),
)


def xlsx(rows: Iterable[Sequence[Any]], *, merged: str = "A1:F1", title: str = "Sheet1") -> bytes:
    """A workbook, with its first row merged as a title, and blank rows at the end."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    if merged:
        sheet.merge_cells(merged)
    sheet.append([None] * 6)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def gbk(rows: Iterable[Sequence[Any]]) -> bytes:
    """The same as a Chinese spreadsheet program saves csv."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows(["" if cell is None else cell for cell in row] for row in rows)
    return text.getvalue().encode("gb18030")


def posted(content: bytes, name: str = "成绩.xlsx") -> dict[str, Any]:
    """What the upload form sends."""
    return {"file": SimpleUploadedFile(name, content)}


RESIT = (("学号", "期末考试"), ("26002", 61))


def book(sheets: dict[str, Iterable[Sequence[Any]]]) -> bytes:
    """A workbook of several sheets."""
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    for name, rows in sheets.items():
        sheet = workbook.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    content = io.BytesIO()
    workbook.save(content)
    return content.getvalue()
