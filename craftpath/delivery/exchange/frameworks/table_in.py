"""A workbook or a text table as the content of a framework, each fault with its sheet and cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from django.utils.text import slugify

from craftpath.delivery.exchange.book import Book, Cell, Sheet
from craftpath.delivery.exchange.frameworks.case_shape import LONGEST_ADDRESS, UUID, may_be_carried, stamp_of
from craftpath.delivery.exchange.frameworks.columns import (
    ABOUT_ROWS,
    EXCHANGE_COLUMNS,
    KIND_WORDS,
    LEVEL_COLUMNS,
    MATCH_WORDS,
    PAIR_COLUMNS,
    SKILL_COLUMNS,
    column_of,
    level_of,
    meant,
)
from craftpath.delivery.exchange.frameworks.plain_json import parsed
from craftpath.delivery.exchange.frameworks.reading import Read, Unfit
from craftpath.delivery.exchange.headers import address
from craftpath.delivery.exchange.reading import SheetRefused, read_book
from craftpath.domain.standards.checking import MOST_NODES
from craftpath.domain.standards.content import Content, Level, Node, Pair
from craftpath.domain.standards.tree import ordered

_LONGEST = {"publisher": 120, "source": 300, "licence": 120, "address": 300, "uri": LONGEST_ADDRESS}
SEARCHED = 8
"""Rows among which the heads are looked for, below a title perhaps."""


def read_table(content: bytes, filename: str) -> Read:
    """Read a workbook or a text table; whatever it is, this answers with faults and never with an error."""
    read = Read("table")
    try:
        book = read_book(content, filename)
    except SheetRefused as refused:
        read.fault("", filename, refused.code, **refused.facts)
        return read
    _Tables(book, read).read_all()
    return read


class Rows:
    """The rows of a sheet under heads that mean known columns."""

    def __init__(self, sheet: Sheet, columns: dict[str, str]) -> None:
        self.sheet, self.head = sheet, 0
        self.at: dict[str, int] = {}
        for row in range(1, min(SEARCHED, sheet.height) + 1):
            found = {
                column_of(_text(cell), columns): n for n, cell in reversed(list(enumerate(sheet.row(row))))
            }
            found.pop("", None)
            if len(found) > len(self.at):
                self.at, self.head = found, row

    def __iter__(self) -> Iterator[int]:
        for row in range(self.head + 1, self.sheet.height + 1):
            if any(cell is not None for cell in self.sheet.row(row)):
                yield row

    def text(self, row: int, column: str) -> str:
        """A cell as text, without spaces around it."""
        return _text(self.sheet.cell(row, self.at[column])) if column in self.at else ""

    def place(self, row: int, column: str) -> str:
        """A cell as the office names it."""
        return f"{self.sheet.name}!{address(row, self.at.get(column, 0))}"

    def both(self, row: int, name: str) -> dict[str, str]:
        """A text in both languages."""
        found = {language: self.text(row, f"{name}_{language}") for language in ("zh", "en")}
        return {language: said for language, said in found.items() if said}


def _text(cell: Cell) -> str:
    return "" if cell is None else str(cell).replace("\r\n", "\n").strip()


class _Tables:
    """All sheets of one book."""

    def __init__(self, book: Book, read: Read) -> None:
        self.book, self.read = book, read

    def read_all(self) -> None:
        skills = self.sheet("skills", SKILL_COLUMNS, ("key", "name_zh", "name_en"), 2)
        if skills is None:
            given = ", ".join(sheet.name for sheet in self.book.sheets)
            allowed = " · ".join(SKILL_COLUMNS[name] for name in ("key", "name_zh", "name_en"))
            self.read.fault("", given, "framework.no_skills_sheet", allowed=allowed)
            return
        scale = self.sheet("levels", LEVEL_COLUMNS, ("key", "name_zh", "name_en"), 2)
        from_heads = scale is None or scale.sheet is skills.sheet
        content = replace(
            self.about(skills.sheet),
            levels=tuple(_from_heads(skills) if scale is None or from_heads else self.levels(scale)),
            scale_from_heads=from_heads,
        )
        if skills.sheet.height - skills.head > MOST_NODES:
            many = skills.sheet.height - skills.head
            self.read.fault(skills.sheet.name, many, "standards.too_many", most=MOST_NODES, given=many)
            return
        nodes = [self.node(skills, row, n) for n, row in enumerate(skills, start=1)]
        self.read.content = replace(content, nodes=tuple(ordered(nodes)), pairs=tuple(self.pairs()))

    def sheet(self, name: str, columns: dict[str, str], wanted: tuple[str, ...], least: int) -> Rows | None:
        """The sheet that has these columns, one of its own name before others."""
        ranked = sorted(self.book.sheets, key=lambda sheet: name not in sheet.name.lower())
        for sheet in ranked:
            rows = Rows(sheet, columns | EXCHANGE_COLUMNS if name == "skills" else columns)
            if sum(column in rows.at for column in wanted) >= least:
                return rows
        return None

    def about(self, skills: Sheet) -> Content:
        """The sheet of the framework: a head in the first column, what it says in the second."""
        said: dict[str, tuple[str, str]] = {}
        for sheet in self.book.sheets:
            named_so = "framework" in sheet.name.lower() or "框架" in sheet.name
            if sheet is skills or not named_so:
                continue
            for row in range(1, sheet.height + 1):
                name = column_of(_text(sheet.cell(row, 0)), ABOUT_ROWS)
                if name and _text(sheet.cell(row, 1)):
                    said.setdefault(name, (_text(sheet.cell(row, 1)), f"{sheet.name}!{address(row, 1)}"))
        return self.content_of(said)

    def content_of(self, said: Mapping[str, tuple[str, str]]) -> Content:
        text = {name: value for name, (value, _place) in said.items()}
        plain: dict[str, Any] = {
            name: text.get(name, "")
            for name in ("publisher", "source", "licence", "address", "prefix", "key")
        }
        for name, longest in _LONGEST.items():
            self.short(*said.get(name, ("", "")), longest)
        return Content(
            **plain,
            version=self.number(said, "version", 1, 999) or 1,
            name=_both(text, "name"),
            about=_both(text, "about"),
            year=self.number(said, "year", 1900, 2999),
            wording=self.word(said, "wording", ("own", "source"), ""),
            levels_by=self.word(said, "levels_by", ("own", "source"), ""),
            identifier=self.identifier(*said.get("identifier", ("", ""))),
            uri=text.get("uri", ""),
            stamp=self.stamp(*said.get("stamp", ("", ""))),
            carried=self.carried("CFDocument", *said.get("carried", ("", ""))),
        )

    def short(self, value: str, place: str, longest: int) -> str:
        if len(value) > longest:
            self.read.fault(place, value, "standards.too_long", most=longest)
        return value

    def stamp(self, value: str, place: str) -> str:
        found = stamp_of({"lastChangeDateTime": value})
        if value and not found:
            self.read.remark(place, value, "framework.no_stamp")
        return found

    def number(self, said: Mapping[str, tuple[str, str]], name: str, least: int, most: int) -> int | None:
        value, place = said.get(name, ("", ""))
        if not value:
            return None
        if value.isascii() and value.isdigit() and len(value) < 6 and least <= int(value) <= most:
            return int(value)
        self.read.fault(place, value, "framework.no_number", least=least, most=most)
        return None

    def word(
        self, said: Mapping[str, tuple[str, str]], name: str, allowed: tuple[str, ...], else_: str
    ) -> str:
        value, place = said.get(name, ("", ""))
        if value and value not in allowed:
            self.read.fault(place, value, "framework.word_unknown", allowed=", ".join(allowed))
        return value if value in allowed else else_

    def identifier(self, value: str, place: str) -> str:
        low = value.lower()
        if value and not UUID.fullmatch(low):
            self.read.fault(place, value, "framework.no_uuid")
            return ""
        return low

    def carried(self, kind: str, value: str, place: str) -> dict[str, Any]:
        try:
            found = parsed(value) if value else {}
        except Unfit:
            found = None
        if not isinstance(found, dict) or not may_be_carried(kind, found):
            self.read.fault(place, value, "framework.no_carried")
            return {}
        return found

    def levels(self, rows: Rows) -> Iterator[Level]:
        """The scale from its own sheet."""
        for row in rows:
            yield Level(rows.text(row, "key"), rows.both(row, "name"), rows.both(row, "meaning"))

    def node(self, rows: Rows, row: int, n: int) -> Node:
        name = rows.both(row, "name")
        kind = rows.text(row, "kind")
        found = meant(kind, KIND_WORDS)
        if not found:
            self.read.fault(
                rows.place(row, "kind"),
                kind,
                "standards.kind_unknown",
                allowed="domain 领域, skill 技能",
                given=kind,
            )
        key = rows.text(row, "key") or slugify(name.get("en", ""))[:38].replace("-", "_") or f"s{n}"
        return Node(
            key=key,
            kind=found or "skill",
            parent=rows.text(row, "parent"),
            name=name,
            meaning=rows.both(row, "meaning"),
            indicators=tuple(_indicators(rows, row)),
            levels=self.levels_of(rows, row),
            hints=_hints(rows, row),
            code=self.short(rows.text(row, "code"), rows.place(row, "code"), 60),
            identifier=self.identifier(rows.text(row, "identifier"), rows.place(row, "identifier")),
            uri=self.short(rows.text(row, "uri"), rows.place(row, "uri"), LONGEST_ADDRESS),
            stamp=self.stamp(rows.text(row, "stamp"), rows.place(row, "stamp")),
            carried=self.carried("CFItem", rows.text(row, "carried"), rows.place(row, "carried")),
            place=rows.place(row, "key"),
            mentions=frozenset(rows.at),
        )

    def levels_of(self, rows: Rows, row: int) -> dict[str, dict[str, str]]:
        found: dict[str, dict[str, str]] = {}
        for column in rows.at:
            level = level_of(column)
            if level and (said := rows.text(row, column)):
                found.setdefault(level[0], {})[level[1]] = said
        return {
            key: {one: words[one] for one in ("zh", "en") if one in words} for key, words in found.items()
        }

    def pairs(self) -> Iterator[Pair]:
        rows = self.sheet("crosswalk", PAIR_COLUMNS, ("one", "match", "other"), 3)
        if rows is None:
            return
        for row in rows:
            given, strength = rows.text(row, "match"), rows.text(row, "strength") or "3"
            kind = meant(given, MATCH_WORDS)
            if not kind:
                allowed = ", ".join(words[0] for words in MATCH_WORDS.values())
                self.read.fault(
                    rows.place(row, "match"), given, "standards.match_unknown", allowed=allowed, given=given
                )
            if strength not in ("1", "2", "3"):
                place = rows.place(row, "strength")
                self.read.fault(
                    place, strength, "standards.strength_unknown", allowed="1, 2, 3", given=strength
                )
                strength = "3"
            yield Pair(
                rows.text(row, "one"), rows.text(row, "other"), kind or "related", int(strength),
                identifier=self.identifier(rows.text(row, "identifier"), rows.place(row, "identifier")),
                stamp=self.stamp(rows.text(row, "stamp"), rows.place(row, "stamp")),
                carried=self.carried("CFAssociation", rows.text(row, "carried"), rows.place(row, "carried")),
                place=rows.place(row, "other"),
            )  # fmt: skip


def _both(text: Mapping[str, str], name: str) -> dict[str, str]:
    return {one: text[f"{name}_{one}"] for one in ("zh", "en") if text.get(f"{name}_{one}")}


def _from_heads(skills: Rows) -> Iterator[Level]:
    """The levels that columns of the skills speak of, each with the words of its heads."""
    named: dict[str, dict[str, str]] = {}
    for column in sorted(skills.at, key=skills.at.__getitem__):
        level = level_of(column)
        if level:
            head = _text(skills.sheet.cell(skills.head, skills.at[column]))
            words = head.removesuffix(column).strip().removesuffix("（中文）").removesuffix("（英文）")
            named.setdefault(level[0], {})[level[1]] = words
    for key, heads in named.items():
        words_of = {one: heads[one] for one in ("zh", "en") if heads.get(one)}
        yield Level(key, words_of or dict.fromkeys(heads, key))


def _indicators(rows: Rows, row: int) -> Iterator[dict[str, str]]:
    zh, en = _cell_lines(rows, row, "indicators_zh"), _cell_lines(rows, row, "indicators_en")
    for n in range(max(len(zh), len(en))):
        both = {"zh": zh[n] if n < len(zh) else "", "en": en[n] if n < len(en) else ""}
        words = {language: said for language, said in both.items() if said}
        if words:
            yield words


def _cell_lines(rows: Rows, row: int, column: str) -> list[str]:
    """The lines of a cell; empty ones at its beginning count, since they belong to a line of the other language."""
    if column not in rows.at:
        return []
    cell = rows.sheet.cell(row, rows.at[column])
    text = "" if cell is None else str(cell).replace("\r\n", "\n").rstrip()
    return [line.strip() for line in text.split("\n")] if text else []


def _hints(rows: Rows, row: int) -> dict[str, list[str]]:
    found = {}
    for language in ("zh", "en"):
        text = rows.text(row, f"hints_{language}").replace("，", ",").replace("、", ",")
        words = [word.strip() for word in text.split(",") if word.strip()]
        if words:
            found[language] = words
    return found
