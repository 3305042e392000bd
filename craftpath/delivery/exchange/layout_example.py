"""A layout to begin with, in the reader's language: a title, a table, sums, a line for signatures."""

from __future__ import annotations

import io
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from craftpath.delivery.exchange.layout_names import Asked, Names
from craftpath.values.text import Text

HEAD, ROW = 4, 5
_THIN = Side("thin", color="FF7A8699")
_FRAME = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_CENTRE = Alignment(horizontal="center", vertical="center", wrap_text=True)
_FILL = PatternFill("solid", fgColor="FFE8EDF2")
_WIDTHS = {"line": 6, "number": 14, "name": 12, "enterprise": 18, "passed": 12}
_SHEET = Text(zh="成绩汇总表", en="Results")
_TITLE = Text(zh="{学院} {班级} 成绩汇总表", en="{College} · {Cohort}: results")
_LINE = Text(
    zh="职业：{职业}    阶段：{阶段}    评价方案：{评价方案}（第 {方案版本} 版）    日期：{今天}",
    en="Occupation: {Occupation}    Stage: {Stage}    Scheme: {Scheme}, version {Version}    Date: {Today}",
)
_AVERAGE = Text(zh="平均分", en="Average")
_COUNTED = Text(
    zh="共 {人数} 人，合格 {合格人数} 人，成绩未齐 {未齐人数} 人",
    en="{Number of people} people, {Number passed} passed, {Number open} still open",
)
_SIGNED = Text(zh="填表人：{填表人}", en="Filled by: {Filled by}")
_CHECKED = Text(zh="审核人：＿＿＿＿＿＿＿＿", en="Checked by: ________________")


def example(names: Names, language: str, decimals: int = 1) -> bytes:
    """A workbook that the check finds nothing wrong with; figures have as many places as the scheme gives."""
    known = {one.key: one for one in names.each}
    values = [one for one in names.parts if one.key.endswith(".value")]
    columns = [known[key] for key in ("line", "number", "name", "enterprise")]
    columns += [*values, known["total"], known["passed"], known["rank"]]
    book = Workbook()
    sheet = book.active
    sheet.title = _SHEET.say(language)
    last = len(columns)
    places = f"0.{'0' * decimals}" if decimals else "0"
    _wide(sheet, 1, last, _TITLE.say(language), Font(bold=True, size=16), 32)
    _wide(sheet, 2, last, _LINE.say(language), Font(size=10), 20)
    for number, one in enumerate(columns, start=1):
        _column(sheet, number, one, names, language, places)
    _sums(sheet, len(values) + 1, last, language, places)
    sheet.cell(ROW + 2, 1, _COUNTED.say(language))
    sheet.cell(ROW + 4, 1, _SIGNED.say(language))
    sheet.cell(ROW + 4, max(last - 2, 5), _CHECKED.say(language))
    sheet.freeze_panes = f"A{ROW}"
    sheet.print_title_rows = f"{HEAD}:{HEAD}"
    sheet.print_area = f"A1:{get_column_letter(last)}{ROW + 4}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _wide(sheet: Any, row: int, last: int, text: str, font: Font, height: int) -> None:
    cell = sheet.cell(row, 1, text)
    cell.font, cell.alignment = font, _CENTRE
    sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=last)
    sheet.row_dimensions[row].height = height


def _column(sheet: Any, number: int, one: Asked, names: Names, language: str, places: str) -> None:
    head = sheet.cell(HEAD, number, one.label.say(language))
    head.font, head.fill, head.border, head.alignment = Font(bold=True), _FILL, _FRAME, _CENTRE
    cell = sheet.cell(ROW, number, f"{{{names.call(one, language)}}}")
    cell.border, cell.alignment = _FRAME, _CENTRE
    if one.key == "total" or one.key.endswith(".value"):
        cell.number_format = places
    if one.key == "number":
        cell.number_format = "@"
    sheet.column_dimensions[get_column_letter(number)].width = _WIDTHS.get(one.key, 13)
    sheet.row_dimensions[HEAD].height, sheet.row_dimensions[ROW].height = 34, 22


def _sums(sheet: Any, count: int, last: int, language: str, places: str) -> None:
    """The row of averages below the table: formulas of the office's own program."""
    row = ROW + 1
    for number in range(1, last + 1):
        sheet.cell(row, number).border = _FRAME
    sheet.cell(row, 1, _AVERAGE.say(language)).alignment = _CENTRE
    sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=4)
    for number in range(5, 5 + count):
        letter = get_column_letter(number)
        cell = sheet.cell(
            row, number, f'=IF(COUNT({letter}{ROW}:{letter}{ROW}),AVERAGE({letter}{ROW}:{letter}{ROW}),"")'
        )
        cell.number_format, cell.alignment, cell.font = places, _CENTRE, Font(bold=True)
