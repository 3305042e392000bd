"""A sheet of questions, one a row, as the text that somebody would paste: so one pair of eyes checks both."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from craftpath.delivery.exchange.book import Book, Cell
from craftpath.delivery.exchange.exams.signs import LETTERS
from craftpath.delivery.exchange.exams.tabbed import tabbed
from craftpath.delivery.exchange.plain_text import has_chinese
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
APART = "、表中的题（每题1分）", "Table (1 point each)"
"""The head of questions of a table, behind a number in Chinese or behind `Part B.`"""
MOST_ROWS = 500
"""Rows that become questions at once: numbers of questions have three digits, and a page shows them all."""


IGNORE = "ignore"
OPTION = "option:"
TARGETS = (
    "stem", "options", *(f"{OPTION}{letter}" for letter in LETTERS), "key", "points", "difficulty", "kind",
    "explanation", "number", IGNORE,
)  # fmt: skip
"""What a column may hold: `options` is all of them in one cell, `option:A` one of them."""


def guess(row: Sequence[Cell]) -> list[str]:
    """What each column holds by the words of a header; of two that say the same the first has it."""
    found: list[str] = []
    for cell in row:
        target = _meant(cell) if isinstance(cell, str) else IGNORE
        found.append(IGNORE if target in found else target)
    return found


def _meant(cell: str) -> str:
    word = re.sub(r"[\s（(].*", "", cell.strip()).casefold().strip("*：:")
    letter = re.fullmatch(
        r"(?:选项|option|备选答案|答案)?\s*([a-j])(?:\s*选项)?",
        re.sub(r"\s+", "", cell.strip()).casefold(),
    )
    return f"{OPTION}{letter[1].upper()}" if letter else _KNOWN.get(word, IGNORE)


def enough(targets: Iterable[str]) -> bool:
    """Whether questions can be made of it: there is the stem, and something beside it."""
    named = {one for one in targets if one != IGNORE}
    options = any(one.startswith(OPTION) for one in named)
    return "stem" in named and ("key" in named or options or len(named) > 2)


def header_of(rows: Sequence[Sequence[Cell]]) -> int | None:
    """The place of the first row whose words are enough."""
    for place, row in enumerate(rows[:HEADER_ROWS]):
        if enough(guess(row)):
            return place
    return None


def unknown(rows: Sequence[Sequence[Cell]], header: int, targets: Sequence[str]) -> bool:
    """Whether a column below the header holds something that nobody has said the meaning of."""
    gone = [place for place, target in enumerate(targets) if target == IGNORE]
    return any(row[place] not in (None, "") for row in rows[header + 1 :] for place in gone)


def text_of(book: Book) -> str:
    """Every sheet with a header as text; one whose columns are not all known as a table between tabs.

    Where no sheet has a header that is enough, all that are tables; refused if none is.
    """
    found = [(sheet, header_of(sheet.rows)) for sheet in book.sheets]
    told = [(sheet, place) for sheet, place in found if place is not None]
    texts = [text_under(sheet.rows, place) for sheet, place in told]
    if not told:
        texts = [table for sheet, _place in found if (table := tabbed(sheet.rows))]
    if not texts:
        raise Refused(not_now("exam.no_header"))
    return "\n\n".join(texts)


def text_under(rows: Sequence[Sequence[Cell]], header: int) -> str:
    """What stands under a header as questions; as a table between tabs if a column is not known, or if it is long."""
    targets = guess(rows[header])
    long = len(rows) - header - 1 > MOST_ROWS
    if (long or unknown(rows, header, targets)) and (table := tabbed(rows[header:])):
        return table
    return "\n".join(lines_of(rows[header + 1 :], targets)).strip("\n")


def _said(cell: Cell) -> str:
    if isinstance(cell, bool):
        return "对" if cell else "错"
    return "" if cell is None else str(cell).strip()


def lines_of(rows: Sequence[Sequence[Cell]], targets: Sequence[str], after: int | None = None) -> list[str]:
    """A question of every row that says something, as somebody would type it.

    Behind other questions, in so many sections (`after`), they begin a section of their own: numbers begin anew, and
    what the head of the section before says of kind and points is not said of them.
    """
    kind, sections, number = "", after or 0, 0
    lines: list[str] = []
    if after is not None:
        lines += ["", _apart(rows, sections)]
        sections += 1
    for row in rows:
        told = {target: _said(cell) for target, cell in zip(targets, row, strict=False) if target != IGNORE}
        if not any(told.values()):
            continue
        options = {one.removeprefix(OPTION): words for one, words in told.items() if one.startswith(OPTION)}
        cells = {one: words for one, words in told.items() if not one.startswith(OPTION)}
        if cells.get("kind", "") and cells["kind"] != kind:
            kind = cells["kind"]
            lines += ["", f"{_ordinal(sections)}、{_one_line(kind)}"]
            sections += 1
        number += 1
        lines += ["", *_question(number, cells, options)]
    return lines


def _apart(rows: Sequence[Sequence[Cell]], place: int) -> str:
    """A head that says nothing of the kind, in the language of the table."""
    chinese = any(has_chinese(_said(cell)) for row in rows[:HEADER_ROWS] for cell in row)
    return f"{_ordinal(place)}{APART[0]}" if chinese else f"Part {chr(65 + place % 26)}. {APART[1]}"


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
