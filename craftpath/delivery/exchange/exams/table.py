"""A sheet of questions, one a row, as the text that somebody would paste: so one pair of eyes checks both."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from craftpath.delivery.exchange.book import Book, Cell, Sheet
from craftpath.delivery.exchange.exams.signs import LETTERS
from craftpath.values.verdict import Refused, not_now

_ORDINALS = "一二三四五六七八九十"
_WORDS = {
    "number": "序号 题号 编号 no no. number #",
    "kind": "题型 类型 试题类型 题目类型 kind type",
    "stem": "题干 题目 试题 试题内容 题目内容 内容 问题 question stem text",
    "options": "选项 备选项 options choices",
    "key": "答案 正确答案 标准答案 参考答案 answer key correct correctanswer",
    "points": "分值 分数 points score marks point",
    "explanation": "解析 试题解析 答案解析 说明 explanation rationale",
    "difficulty": "难度 难易度 difficulty",
}
_KNOWN = {word: name for name, words in _WORDS.items() for word in words.split()}
_NUMBERED = re.compile(r"\s*\d{1,3}\s*(?:[.．](?!\d)|[、)）])\s*")
_LETTERED = re.compile(r"\s*[（(]?[A-Ja-j][)）]?\s*[.．、:：)）]\s*")
HEADER_ROWS = 20


@dataclass(slots=True)
class _Columns:
    """Which column holds what."""

    named: dict[str, int] = field(default_factory=dict)
    options: dict[str, int] = field(default_factory=dict)

    @property
    def enough(self) -> bool:
        return "stem" in self.named and ("key" in self.named or bool(self.options) or len(self.named) > 2)


def text_of(book: Book) -> str:
    """Every sheet with a header as text, one after the other; refused if none has one."""
    found = [lines for sheet in book.sheets if (lines := _of_sheet(sheet))]
    if not found:
        raise Refused(not_now("exam.no_header"))
    return "\n".join(line for lines in found for line in lines).strip("\n")


def _of_sheet(sheet: Sheet) -> list[str]:
    for place, row in enumerate(sheet.rows[:HEADER_ROWS]):
        columns = _columns(row)
        if columns.enough:
            return _lines(sheet.rows[place + 1 :], columns)
    return []


def _columns(row: Sequence[Cell]) -> _Columns:
    found = _Columns()
    for place, cell in enumerate(row):
        if not isinstance(cell, str):
            continue
        word = re.sub(r"[\s（(].*", "", cell.strip()).casefold().strip("*：:")
        letter = re.fullmatch(
            r"(?:选项|option|备选答案|答案)?\s*([a-j])(?:\s*选项)?",
            re.sub(r"\s+", "", cell.strip()).casefold(),
        )
        if letter:
            found.options.setdefault(letter[1].upper(), place)
        elif word in _KNOWN:
            found.named.setdefault(_KNOWN[word], place)
    return found


def _said(cell: Cell) -> str:
    if isinstance(cell, bool):
        return "对" if cell else "错"
    return "" if cell is None else str(cell).strip()


def _lines(rows: Sequence[Sequence[Cell]], columns: _Columns) -> list[str]:
    lines: list[str] = []
    kind, sections, number = "", 0, 0
    for row in rows:
        cells = {name: _said(row[place]) for name, place in columns.named.items() if place < len(row)}
        options = {letter: _said(row[place]) for letter, place in columns.options.items() if place < len(row)}
        if not any(cells.values()) and not any(options.values()):
            continue
        if cells.get("kind", "") and cells["kind"] != kind:
            kind = cells["kind"]
            lines += ["", f"{_ordinal(sections)}、{_one_line(kind)}"]
            sections += 1
        number += 1
        lines += ["", *_question(number, cells, options)]
    return lines


def _ordinal(place: int) -> str:
    tens, ones = divmod(place + 1, 10)
    head = "" if not tens else ("十" if tens == 1 else f"{_ORDINALS[tens - 1]}十")
    return head + (_ORDINALS[ones - 1] if ones else "")


def _one_line(text: str) -> str:
    return "  ".join(part.strip() for part in text.splitlines() if part.strip())


def _question(number: int, cells: Mapping[str, str], options: Mapping[str, str]) -> list[str]:
    stem = _NUMBERED.sub("", cells.get("stem", ""), count=1)
    lines = [f"{number}. {_one_line(stem)}"]
    given = [text for letter in LETTERS if (text := options.get(letter, ""))]
    if not given and cells.get("options"):
        given = [part for part in re.split(r"[\n|]", cells["options"]) if part.strip()]
        if len(given) == 1 and len(re.findall(r"(?<![A-Za-z])[A-J]\s*[.．、]", given[0])) > 1:
            return [*lines, given[0], *_rest(cells)]
    for letter, text in zip(LETTERS, given, strict=False):
        lines.append(f"{letter}. {_one_line(_LETTERED.sub('', text, count=1))}")
    return [*lines, *_rest(cells)]


def _rest(cells: Mapping[str, str]) -> list[str]:
    said = (("key", "答案"), ("points", "分值"), ("difficulty", "难度"), ("explanation", "解析"))
    return [f"{word}：{_one_line(cells[name])}" for name, word in said if cells.get(name)]
