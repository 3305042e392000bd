"""What rosters and mark sheets have in common: mapped columns, rows worth reading, people found by number."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

from craftpath.delivery.exchange.book import Remark, Sheet
from craftpath.delivery.exchange.cells import CellFault, number_text, shown
from craftpath.delivery.exchange.columns import IGNORE, ColumnMapping, targets
from craftpath.delivery.exchange.headers import address
from craftpath.delivery.exchange.plans import CellError, KnownPerson
from craftpath.delivery.exchange.spelling import Near, plain, tidy
from craftpath.kernel.progress import step

T = TypeVar("T")
_COUNTED = 256  # rows between two looks at the clock

_SUMMARY_WORDS = (
    "合计|总计|小计|平均|平均分|平均成绩|最高分|最低分|及格率|优秀率|人数|total|average|mean|maximum|minimum"
)
_SUMMARIES = frozenset(_SUMMARY_WORDS.split("|"))
_NOTES = (
    "制表",
    "填表",
    "备注",
    "说明",
    "审核",
    "注:",
    "注1",
    "审批",
    "签字",
    "note:",
    "notes:",
    "prepared by",
)

_SIGNED = re.compile(r"[^\d:]{2,20}:|[^\d:]{0,20}(?:签字|签名|签章|盖章)", re.IGNORECASE)
"""A line for a signature or a seal, such as `考评员：` or `教务处盖章`: no number of a person looks like that."""


class Table:
    """A sheet under its mapping; gathers cells that cannot be read (`errors`) and `remarks`."""

    def __init__(self, sheet: Sheet, header_row: int, mapping: ColumnMapping) -> None:
        self.sheet = sheet
        self.header_row = header_row
        self.mapping = mapping
        self.number_column = mapping.column_of("number")
        self.errors: list[CellError] = []
        self.remarks: list[Remark] = []

    def fail(self, row: int, column: int, code: str, /, **facts: Any) -> None:
        """Note an error at a cell."""
        given = shown(self.sheet.cell(row, column))
        name = self.mapping.name_of(column)
        self.errors.append(CellError(self.sheet.name, address(row, column), name, given, code, facts))

    def remark(self, row: int, column: int, code: str, /, **facts: Any) -> None:
        """Note something about a cell that stops nothing."""
        self.remarks.append(Remark(code, facts, self.sheet.name, address(row, column)))

    def read(self, row: int, column: int, reader: Callable[[Any], T]) -> T | None:
        """The cell's value, or None after noting why it cannot be read."""
        try:
            return reader(self.sheet.cell(row, column))
        except CellFault as fault:
            self.fail(row, column, fault.code, **fault.facts)
            return None

    def require_columns(self, item_keys: Iterable[str] = ()) -> None:
        """Note columns that are missing, mapped twice, or mapped to something that does not exist."""
        mapping, row = self.mapping, self.header_row
        allowed = {*targets(mapping.kind), *(f"item:{key}" for key in item_keys)}
        first: dict[str, int] = {}
        for found in mapping.columns:
            if found.target not in allowed or found.column >= max(self.sheet.width, 1):
                self.fail(row, found.column, "column.no_such_target", target=found.target)
            elif found.target != IGNORE and found.target in first:
                twice = address(row, first[found.target])
                self.fail(row, found.column, "column.twice", first=twice)
            first.setdefault(found.target, found.column)
        if self.number_column is None:
            self.fail(row, 0, "column.number_missing")

    def rows(self) -> Iterator[int]:
        """Row numbers below the header that speak of a person; blanks, totals and notes are passed over."""
        mapped = [found.column for found in self.mapping.columns if found.target != IGNORE]
        for row in range(self.header_row + 1, self.sheet.height + 1):
            if row % _COUNTED == 0:
                step("checking", row, self.sheet.height)
            cells = self.sheet.row(row)
            filled = [column for column, cell in enumerate(cells) if cell is not None]
            if not filled:
                continue
            number = cells[self.number_column] if self.number_column is not None else None
            lead = tidy(cells[filled[0]]) if number is None else tidy(number)
            outside = number is None and not set(filled) & set(mapped)
            if outside or plain(lead) in _SUMMARIES or lead.lower().startswith(_NOTES) or _SIGNED.match(lead):
                self.remark(row, filled[0], "remark.row_passed_over", text=lead)
            else:
                yield row

    def number(self, row: int) -> str | None:
        """The person's number in this row; None after noting that it is missing or faulty."""
        column = self.number_column or 0
        number = self.read(row, column, number_text)
        if number == "":
            self.fail(row, column, "cell.number_missing")
        return number or None


class Register:
    """The known people by number; case does not count, zeros that a spreadsheet dropped are found again."""

    def __init__(self, people: Iterable[KnownPerson]) -> None:
        self.people = {person.number.casefold(): person for person in people}
        self.alike = Near()
        self.short: dict[str, list[KnownPerson]] = {}
        for key, person in self.people.items():
            if key.isdigit() and key.startswith("0"):
                self.short.setdefault(key.lstrip("0"), []).append(person)

    def find(self, table: Table, row: int, number: str) -> KnownPerson | None:
        """The person of this number, with a remark where leading zeros had to be given back."""
        person = self.people.get(number.casefold())
        if person is None and len(self.short.get(number, ())) == 1:
            person = self.short[number][0]
            column = table.number_column or 0
            table.remark(row, column, "remark.leading_zeros", given=number, known=person.number)
        return person

    def near(self, number: str) -> list[str]:
        """Known numbers that look like this one."""
        return self.alike(number, (person.number for person in self.people.values()))
