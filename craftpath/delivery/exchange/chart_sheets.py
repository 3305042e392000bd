"""A chart of duties and tasks as a sheet, out and in again unchanged; what a sheet does not mention stays.

One row for each duty, task and line of the lists: key, kind, under which duty, Chinese, English, skills. Heads and
kinds are read in either language.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from craftpath.delivery.exchange.book import Cell, Row, Sheet, SheetRefused
from craftpath.delivery.exchange.reading import read_book
from craftpath.delivery.exchange.writing import OutSheet, write_csv, write_xlsx
from craftpath.domain.occupations.queries import DutyRow
from craftpath.domain.occupations.rules import LISTS, LONGEST_WORDS
from craftpath.domain.occupations.taking import Line
from craftpath.kernel.keys import new_public_id
from craftpath.values.text import Text

HEAD = ("编号 key", "类别 kind", "所属职责 under", "中文 zh", "英文 en", "技能 skills")
_COLUMNS = ("key", "kind", "under", "zh", "en", "skills")
KINDS = {
    "duty": "职责", "task": "任务", "knowledge": "知识", "behaviours": "行为", "tools": "工具", "trends": "趋势",
}  # fmt: skip
_KINDS = {word: kind for kind, zh in KINDS.items() for word in (kind, zh, f"{zh} {kind}")}
LONGEST_KEY = 16
MOST_ROWS = 1000


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in a cell; the code chooses the sentence."""

    cell: str
    code: str
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Plan:
    """What a sheet would do: rows for the action, lines for the lists, and what stands in the way."""

    lines: list[Line] = field(default_factory=list)
    lists: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    added: int = 0
    changed: int = 0
    same: int = 0


# ---- Out -------------------------------------------------------------------------------------------


def rows_of(board: Sequence[DutyRow], lists: Mapping[str, Sequence[Mapping[str, str]]]) -> list[Row]:
    """The rows of a chart in its order; what was left out at adoption is not on it."""
    rows: list[Row] = []
    for duty in board:
        rows.append(_row(duty.public_id, "duty", "", duty.name))
        for task in duty.tasks:
            if not task.left_out:
                rows.append(
                    _row(task.public_id, "task", duty.public_id, task.statement, " ".join(task.skills))
                )
    for name in LISTS:
        rows += [_row("", name, "", Text.of(one)) for one in lists.get(name, ())]
    return rows


def _row(key: str, kind: str, under: str, words: Text, skills: str = "") -> Row:
    return (
        key or None,
        f"{KINDS[kind]} {kind}",
        under or None,
        words.zh or None,
        words.en or None,
        skills or None,
    )


def workbook(name: str, rows: Sequence[Row]) -> bytes:
    """The rows as .xlsx."""
    kinds = [f"{zh} {kind}" for kind, zh in KINDS.items()]
    return write_xlsx([OutSheet(name, HEAD, rows, choices={1: kinds}, text_columns=frozenset(range(6)))])


def text_table(rows: Iterable[Row]) -> bytes:
    """The rows as .csv."""
    return write_csv([HEAD, *rows])


# ---- In --------------------------------------------------------------------------------------------


def read_chart(
    content: bytes,
    name: str,
    board: Sequence[DutyRow],
    lists: Mapping[str, Sequence[Mapping[str, str]]],
    skills: Iterable[str],
) -> Plan:
    """What the first sheet of a file would do to a chart; `SheetRefused` for a file that cannot be read."""
    sheet = read_book(content, name).sheets[0]
    places = _places(sheet)
    if places is None:
        return Plan(faults=[Fault("A1", "chart.heads")])
    if sheet.height > MOST_ROWS:
        raise SheetRefused("sheet.too_many_rows", sheet=sheet.name, count=sheet.height, limit=MOST_ROWS)
    return _Reader(sheet, places, board, lists, frozenset(skills)).plan()


def _places(sheet: Sheet) -> dict[str, int] | None:
    """column → where it stands, by its head in either language; None where kind or any language is missing."""
    words = {word: name for name, head in zip(_COLUMNS, HEAD, strict=True) for word in (head, *head.split())}
    heads = [str(cell or "").strip().lower() for cell in sheet.row(1)]
    found = {words[head]: at for at, head in enumerate(heads) if head in words}
    return found if "kind" in found and {"zh", "en"} & set(found) else None


class _Reader:
    def __init__(
        self, sheet: Sheet, places: Mapping[str, int], board: Sequence[DutyRow],
        lists: Mapping[str, Sequence[Mapping[str, str]]], skills: frozenset[str],
    ) -> None:  # fmt: skip
        self.sheet, self.places, self.skills = sheet, places, skills
        self.duties = {duty.public_id: duty for duty in board}
        self.tasks = {task.public_id: task for duty in board for task in duty.tasks}
        self.by_words = {("", duty.name): duty.public_id for duty in board}
        self.by_words |= {(task.duty, task.statement): key for key, task in self.tasks.items()}
        self.lists = {name: [Text.of(one) for one in lists.get(name, ())] for name in LISTS}
        self.found = Plan()
        self.seen: dict[str, int] = {}
        self.named = set(self.duties)
        self.alias: dict[str, str] = {}  # a key of the sheet's own → the row of the board with the same words
        self.last = ""

    def plan(self) -> Plan:
        """Row by row; a row with a fault is passed over, and all faults are told."""
        for number in range(2, self.sheet.height + 1):
            if any(cell is not None for cell in self.sheet.row(number)):
                self._row(number)
        return self.found

    def _cell(self, number: int, column: str) -> str:
        at = self.places.get(column)
        value: Cell = self.sheet.cell(number, at) if at is not None else None
        return "" if value is None else " ".join(str(value).replace("\0", "").split())

    def _fault(self, number: int, column: str, code: str, **facts: Any) -> None:
        at = self.places.get(column, self.places["kind"])
        self.found.faults.append(Fault(f"{chr(ord('A') + at)}{number}", code, facts))

    def _row(self, number: int) -> None:
        kind = _KINDS.get(self._cell(number, "kind").lower())
        words = Text(zh=self._cell(number, "zh"), en=self._cell(number, "en"))
        if kind is None:
            self._fault(number, "kind", "chart.kind", given=self._cell(number, "kind"))
        elif not (words.zh or words.en):
            self._fault(number, "zh" if "zh" in self.places else "en", "chart.empty")
        elif max(len(words.zh), len(words.en)) > LONGEST_WORDS:
            self._fault(
                number, "zh" if len(words.zh) > LONGEST_WORDS else "en", "chart.long", most=LONGEST_WORDS
            )
        elif kind in LISTS:
            self._listed(kind, words)
        else:
            self._drawn(number, kind, words)

    def _listed(self, kind: str, words: Text) -> None:
        if words in self.lists[kind]:
            self.found.same += 1
            return
        self.lists[kind].append(words)
        self.found.lists.setdefault(kind, []).append(words.as_json())
        self.found.added += 1

    def _drawn(self, number: int, kind: str, words: Text) -> None:
        key, under = self._cell(number, "key"), ""
        if not self._key_fits(number, key, kind):
            return
        if kind == "task":
            under = self._cell(number, "under") or self.last
            under = self.alias.get(under, under)
            if under not in self.named:
                self._fault(number, "under", "chart.under", given=under or "–")
                return
        own, key = key, self._row_of(key, under, words)
        skills = tuple(self._cell(number, "skills").replace(",", " ").replace("，", " ").split())
        linked = self.tasks[key].skills if key in self.tasks else ()
        unknown = [one for one in skills if one not in self.skills and one not in linked]
        if unknown:
            self._fault(number, "skills", "chart.skill", given=unknown[0])
            return
        if key in self.seen:
            self._fault(number, "kind", "chart.twice", given=words.both(), row=self.seen[key])
            return
        self.seen[own or key] = self.seen[key] = number
        if own:
            self.alias[own] = key
        self.by_words.setdefault((under, words), key)
        if kind == "duty":
            self.named.add(key)
            self.last = key
        self._count(key, words, under, skills)

    def _row_of(self, key: str, under: str, words: Text) -> str:
        """The key of the row that a line is about: one of the board by its key, else by its words, else a new one."""
        if key in self.duties or key in self.tasks:
            return key
        return self.by_words.get((under, words), "") or key or new_public_id()

    def _key_fits(self, number: int, key: str, kind: str) -> bool:
        other = self.tasks if kind == "duty" else self.duties
        if key and (len(key) > LONGEST_KEY or not (key.isascii() and key.isalnum())):
            self._fault(number, "key", "chart.key", given=key, most=LONGEST_KEY)
        elif key and key in self.seen:
            self._fault(number, "key", "chart.twice", given=key, row=self.seen[key])
        elif key in other:
            self._fault(number, "key", "chart.other_kind", given=key)
        else:
            return True
        return False

    def _count(self, key: str, words: Text, under: str, skills: tuple[str, ...]) -> None:
        task, duty = self.tasks.get(key), self.duties.get(key)
        if "skills" not in self.places and task is not None:
            skills = task.skills
        if task is None and duty is None:
            self.found.added += 1
        elif (
            (task.statement, task.duty, task.skills) == (words, under, skills)
            if task
            else duty and duty.name == words
        ):
            self.found.same += 1
        else:
            self.found.changed += 1
        self.found.lines.append(Line(key, words.as_json(), under, skills))
