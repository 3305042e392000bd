"""The dry run of a roster: who would be added, who changed, and which cells stand in the way."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from craftpath.delivery.exchange.book import Remark, Sheet
from craftpath.delivery.exchange.cells import (
    CellFault,
    day,
    email,
    latin_name,
    number_text,
    person_name,
    phone,
    plain_text,
    shown,
)
from craftpath.delivery.exchange.columns import ColumnMapping
from craftpath.delivery.exchange.headers import address
from craftpath.delivery.exchange.plans import (
    Change,
    Effect,
    KnownPerson,
    Link,
    Named,
    RosterKnowledge,
    RosterPlan,
    RosterRow,
    Value,
)
from craftpath.delivery.exchange.spelling import Near, plain, tidy
from craftpath.delivery.exchange.table import Register, Table

_READERS: dict[str, Callable[..., str | date]] = {
    "name": person_name,
    "name_en": latin_name,
    "starts_on": day,
    "email": email,
    "phone": phone,
}
_LINKS = ("enterprise", "cohort", "stage")
_OFFERED = 12
"""How many known names an error offers at most."""


def check_roster(sheet: Sheet, header_row: int, mapping: ColumnMapping, known: RosterKnowledge) -> RosterPlan:
    """Judge every row below the header against what the register knows; nothing is written anywhere."""
    reader = _Roster(Table(sheet, header_row, mapping), known)
    reader.table.require_columns()
    rows = () if reader.table.errors else reader.rows()
    untouched = len(known.people) - sum(1 for row in rows if row.public_id)
    remarks = list(reader.table.remarks)
    if untouched and rows:
        remarks.append(Remark("remark.people_untouched", {"count": untouched}, sheet.name))
    return RosterPlan(sheet.name, rows, tuple(reader.table.errors), tuple(remarks))


class _Roster:
    def __init__(self, table: Table, known: RosterKnowledge) -> None:
        self.table = table
        self.known = known
        self.register = Register(known.people)
        self.columns = {
            found.target: found.column for found in table.mapping.columns if found.target != "ignore"
        }
        self.named: Mapping[str, Sequence[Named]] = {
            "enterprise": known.enterprises,
            "cohort": known.cohorts,
            "stage": known.stages,
        }
        self.by_name = {field: _by_name(named) for field, named in self.named.items()}
        self.mentors = _by_name(known.mentors)
        self.mentor_numbers = {mentor.number.casefold(): mentor for mentor in known.mentors if mentor.number}
        self.new: set[tuple[str, str]] = set()
        self.alike = Near()
        self.labels: dict[str, dict[str, str]] = {}

    def rows(self) -> tuple[RosterRow, ...]:
        """The rows without an error of their own."""
        seen: dict[str, str] = {}
        rows = []
        for row in self.table.rows():
            before = len(self.table.errors)
            number = self.table.number(row)
            person = self.register.find(self.table, row, number) if number else None
            if number:
                column = self.columns["number"]
                key = (person.number if person else number).casefold()
                if key in seen:
                    self.table.fail(row, column, "cell.number_twice", first=seen[key])
                seen.setdefault(key, address(row, column))
            values, cells = self.values(row)
            if number and person is None and not (values.get("name") or values.get("name_en")):
                column = self.columns.get("name", self.columns.get("name_en", self.columns["number"]))
                self.table.fail(row, column, "cell.name_missing")
            if number and len(self.table.errors) == before:
                rows.append(self.row(row, person.number if person else number, person, values, cells))
        return tuple(rows)

    def row(
        self,
        row: int,
        number: str,
        person: KnownPerson | None,
        values: dict[str, Value],
        cells: dict[str, str],
    ) -> RosterRow:
        values = {"number": number, **values}
        cells = {"number": address(row, self.columns["number"]), **cells}
        if person is None:
            return RosterRow(self.table.sheet.name, row, Effect.ADD, number, "", values, cells)
        changes = tuple(
            Change(field, cells[field], self.label(field, person.values.get(field)), _label(value))
            for field, value in values.items()
            if field != "number" and not _same(_as_read(field, person.values.get(field)), value)
        )
        for change in changes:
            if change.field == "name" and change.before:
                facts = {"number": number, "given": change.after, "known": change.before}
                self.table.remark(row, self.columns["name"], "remark.name_differs", **facts)
        effect = Effect.CHANGE if changes else Effect.SAME
        return RosterRow(self.table.sheet.name, row, effect, number, person.public_id, values, cells, changes)

    def values(self, row: int) -> tuple[dict[str, Value], dict[str, str]]:
        """What the row says, and in which cells; blank cells say nothing."""
        values: dict[str, Value] = {}
        cells: dict[str, str] = {}
        for field, column in self.columns.items():
            if self.table.sheet.cell(row, column) is None:
                continue
            value: Value = None
            if field in _READERS:
                value = self.table.read(row, column, _READERS[field])
            elif field in _LINKS:
                value = self.link(row, column, field)
            if value:
                values[field], cells[field] = value, address(row, column)
        mentor = self.mentor(row)
        if mentor:
            values["mentor"], cells["mentor"] = mentor
        return values, cells

    def link(self, row: int, column: int, field: str) -> Link | None:
        name = self.table.read(row, column, plain_text)
        if name is None:
            return None
        known = self.by_name[field].get(plain(name), [])
        if len(known) == 1:
            return Link(known[0].key, known[0].names[0] if known[0].names else name, known[0].number)
        return self.unknown(row, column, field, name, known, self.named[field])

    def unknown(
        self, row: int, column: int, field: str, name: str, known: list[Named], offered: Sequence[Named]
    ) -> Link | None:
        """A name that several bear is an error; one that nobody bears is added where that is allowed."""
        names = [one.names[0] for one in offered if one.names]
        if known:
            self.table.fail(row, column, "cell.several_have_this_name", count=len(known))
        elif field in self.known.may_add:
            if (field, plain(name)) not in self.new:
                self.new.add((field, plain(name)))
                facts = {"field": field, "name": name, "near": self.alike(name, names)}
                self.table.remark(row, column, "remark.will_be_added", **facts)
            return Link("", name)
        else:
            facts = {"field": field, "choices": names[:_OFFERED], "near": self.alike(name, names)}
            code = "cell.unknown_enterprise" if field == "enterprise" else "cell.unknown_name"
            self.table.fail(row, column, code, **facts)
        return None

    def mentor(self, row: int) -> tuple[Link, str] | None:
        """The mentor by number, else by name; a number that is new needs a name beside it."""
        number_column, name_column = self.columns.get("mentor_number"), self.columns.get("mentor")
        cell = self.table.sheet.cell
        number = name = ""
        if name_column is not None and cell(row, name_column) is not None:
            name = self.table.read(row, name_column, person_name) or ""
        if number_column is not None and cell(row, number_column) is not None:
            number = self.table.read(row, number_column, number_text) or ""
            if not number:
                return None
        if number and number_column is not None:
            return self.mentor_by_number(row, number_column, number, name)
        if name and name_column is not None:
            known = self.mentors.get(plain(name), [])
            if len(known) == 1:
                link: Link | None = Link(known[0].key, known[0].names[0], known[0].number)
            else:
                link = self.unknown(row, name_column, "mentor", name, known, self.known.mentors)
            return (link, address(row, name_column)) if link else None
        return None

    def mentor_by_number(self, row: int, column: int, number: str, name: str) -> tuple[Link, str] | None:
        known = self.mentor_numbers.get(number.casefold())
        if known is not None:
            own = known.names[0] if known.names else ""
            if name and plain(name) not in {plain(one) for one in known.names}:
                self.table.remark(row, column, "remark.name_differs", number=number, given=name, known=own)
            return Link(known.key, own or name, known.number), address(row, column)
        if "mentor" in self.known.may_add and name:
            if ("mentor", number) not in self.new:
                self.new.add(("mentor", number))
                self.table.remark(row, column, "remark.will_be_added", field="mentor", name=name, near=[])
            return Link("", name, number), address(row, column)
        missing = "cell.mentor_name_missing" if "mentor" in self.known.may_add else "cell.unknown_mentor"
        self.table.fail(row, column, missing, near=self.alike(number, self.mentor_numbers))
        return None

    def label(self, field: str, value: str | date | None) -> str:
        """What the register holds, as a person reads it: the name behind a key."""
        if field not in self.labels:
            named = self.known.mentors if field == "mentor" else self.named.get(field, ())
            self.labels[field] = {one.key: one.names[0] for one in reversed(named) if one.names}
        return self.labels[field].get(str(value), shown(value))


def _by_name(named: Sequence[Named]) -> dict[str, list[Named]]:
    found: dict[str, list[Named]] = {}
    for one in named:
        for spelling in {plain(name) for name in (one.key, one.number, *one.names)} - {""}:
            found.setdefault(spelling, []).append(one)
    return found


def _as_read(field: str, value: str | date | None) -> str | date | None:
    """What the register holds as a sheet would give it: a spacing that no sheet can bring is no difference."""
    if field not in _READERS or not isinstance(value, str) or not value:
        return value
    try:
        return _READERS[field](value)
    except CellFault:
        return value


def _same(before: str | date | None, after: Value) -> bool:
    if isinstance(after, Link):
        return bool(after.key) and before == after.key
    if isinstance(before, str) and isinstance(after, str):
        return tidy(before) == tidy(after)
    return before == after


def _label(value: Value) -> str:
    return value.name if isinstance(value, Link) else shown(value)
