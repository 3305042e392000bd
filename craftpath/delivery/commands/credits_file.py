"""Reading the three files of `craftpath credits`; faults name their file, line and place."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from craftpath.delivery.commands.complaints import BadInput, Complaint
from craftpath.delivery.commands.credits_sentences import CREDITS
from craftpath.delivery.commands.json_file import Document
from craftpath.delivery.commands.json_parts import Parts, told
from craftpath.delivery.commands.toml_file import Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from craftpath.engines.credits import Fault, Number, Problem

DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
ROW = re.compile(r"\[\d+\]")
ABSENT = object()
SHARE = re.compile(r"(\d{1,9})/(\d{1,9})", re.ASCII)


class Rows(Parts):
    """Rows of one file, a field at a time. What stands where a value should is told, and 0 or blank goes on."""

    def row(self, place: str, row: dict[str, Any]) -> Row:
        return Row(self, place, row)

    def every(self, part: str, needed: bool = False) -> list[Row]:
        return [self.row(f"{part}[{at}]", row) for at, row in enumerate(self.rows(part, needed))]


class Row:
    """One row, asked for its fields."""

    def __init__(self, parts: Rows, place: str, row: dict[str, Any]) -> None:
        self.parts, self.place, self.fields = parts, place, row

    def _at(self, name: str) -> str:
        return f"{self.place}.{name}".lstrip(".")

    def _given(self, name: str, needed: bool) -> Any:
        """The value; null is none, where none is allowed."""
        value = self.fields.get(name, ABSENT)
        if value is ABSENT and needed:
            self.parts.complain(self._at(name), "field_missing")
        return ABSENT if value is None and not needed else value

    def word(self, name: str, needed: bool = True) -> str:
        value = self._given(name, needed)
        if value is ABSENT or (value == "" and not needed):
            return ""
        return value if self.parts.is_word(self._at(name), value) else ""

    def amount(self, name: str) -> Number:
        """A number, exactly as it is written."""
        value = self._given(name, needed=True)
        return 0 if value is ABSENT else self._number(name, value)

    def amount_or_none(self, name: str) -> Number | None:
        value = self._given(name, needed=False)
        return None if value is ABSENT else self._number(name, value)

    def share(self, name: str) -> Number:
        """A number, or a fraction in quotes."""
        value = self.fields.get(name)
        found = SHARE.fullmatch(value) if isinstance(value, str) else None
        if found and int(found[2]):
            return Fraction(int(found[1]), int(found[2]))
        return self.amount(name)

    def _number(self, name: str, value: Any) -> Number:
        if type(value) is int:
            return value
        if type(value) is float:
            value = Decimal(str(value))
        if isinstance(value, Decimal) and value.is_finite():
            return value
        self.parts.complain(self._at(name), "not_a_number", given=told(value))
        return 0

    def day(self, name: str) -> date:
        value = self._given(name, needed=True)
        return (None if value is ABSENT else self._day(name, value)) or date.min

    def day_or_none(self, name: str) -> date | None:
        value = self._given(name, needed=False)
        return None if value is ABSENT else self._day(name, value)

    def _day(self, name: str, value: Any) -> date | None:
        if type(value) is date:
            return value
        if isinstance(value, str) and DAY.fullmatch(value):
            try:
                return date.fromisoformat(value)
            except ValueError:
                pass
        self.parts.complain(self._at(name), "not_a_day", given=told(value))
        return None


def read_problem(account: Path, rules: Path, goal: Path) -> Problem:
    """The problem of three files, checked; raises `BadInput` with every fault of all of them."""
    from craftpath.engines.credits import check  # noqa: PLC0415  (the command line asks for it only here)

    files: dict[str, Rows] = {}
    complaints: list[Complaint] = []
    opening: dict[str, tuple[Path, Callable[[Path], Any]]] = {
        "account": (account, Document),
        "rules": (rules, Table),
        "goal": (goal, Table),
    }
    for name, (path, read) in opening.items():
        try:
            files[name] = Rows(read(path), CREDITS)
        except BadInput as bad:
            complaints += bad.complaints
    if complaints:
        raise BadInput(complaints)
    problem = _problem(files)
    _stop(files)
    _tell(files, check(problem))
    return problem


def _problem(files: dict[str, Rows]) -> Problem:
    from craftpath.engines.credits import Credit, Problem, Rule  # noqa: PLC0415  (as above)

    account = files["account"]
    credits = tuple(
        Credit(
            row.word("id"),
            row.word("source"),
            row.word("area", needed=False),
            row.amount("points"),
            row.day("earned_on"),
            row.day_or_none("expires_on"),
            row.word("outcome", needed=False),
            row.word("institution", needed=False),
        )
        for row in account.every("credits", needed=True)
    )
    rules = tuple(
        Rule(
            row.word("from"),
            row.word("to_area"),
            row.share("rate"),
            row.amount_or_none("cap"),
            row.day_or_none("valid_from"),
            row.day_or_none("valid_to"),
        )
        for row in files["rules"].every("rule")
    )
    on = account.row("", account.document.parts).day("on")
    return Problem(on, credits, rules, _goal(files["goal"]))


def _goal(goal: Rows) -> Any:
    from craftpath.engines.credits import Area, Goal, Minimum, Offer  # noqa: PLC0415  (as above)

    return Goal(
        goal.row("", goal.document.parts).amount("total"),
        tuple(
            Area(row.word("key"), row.amount_or_none("min") or 0, row.amount_or_none("max"))
            for row in goal.every("area")
        ),
        tuple(Minimum(row.word("key"), row.amount("min")) for row in goal.every("institution")),
        tuple(
            Offer(
                row.word("id"),
                row.word("area"),
                row.amount("points"),
                row.amount("weeks"),
                row.word("institution", needed=False),
            )
            for row in goal.every("offer")
        ),
    )


def _tell(files: dict[str, Rows], faults: Iterable[Fault]) -> None:
    """The engine's faults, each in the file where it stands."""
    for fault in faults:
        name, _, place = fault.place.partition(".")
        facts = dict(fault.facts)
        if "before" in facts:
            facts["before"] = files[name].document.line(ROW.sub(f"[{facts['before']}]", place))
        facts = {
            key: str(value) if isinstance(value, date | Fraction) else value for key, value in facts.items()
        }
        files[name].complain(place, fault.code.removeprefix("credits."), **facts)
    _stop(files)


def _stop(files: dict[str, Rows]) -> None:
    found = [
        complaint
        for rows in files.values()
        for complaint in sorted(rows.complaints, key=lambda one: one.line)
    ]
    if found:
        raise BadInput(found)
