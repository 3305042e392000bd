"""What words among the marks mean: 缺考 is absent, 免修 is exempt, and the coordinator may say otherwise.

Statuses are the words of the evaluation formats: scored, absent, deferred, exempt, missing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Self

from craftpath.delivery.exchange.book import Cell, Sheet
from craftpath.delivery.exchange.cells import score_text
from craftpath.delivery.exchange.columns import ColumnMapping, ItemChoice
from craftpath.delivery.exchange.headers import address
from craftpath.delivery.exchange.spelling import tidy

SCORED, ABSENT, DEFERRED, EXEMPT, MISSING = "scored", "absent", "deferred", "exempt", "missing"
STATUSES = (SCORED, ABSENT, DEFERRED, EXEMPT, MISSING)
MEANINGS = (ABSENT, DEFERRED, EXEMPT, MISSING)
"""What a word may be mapped to."""

_DEFAULT: dict[str, str] = {
    word: meaning
    for meaning, words in {
        ABSENT: "缺考|缺席|缺勤|旷考|未参加|absent|abs",
        DEFERRED: "缓考|延期|缓|deferred|postponed",
        EXEMPT: "免修|免考|免试|免|exempt|exempted|waived",
        MISSING: "-|--|—|——|–|/|\\|?|n/a|na|#n/a|空|无|无成绩|未交|未提交|未录入|缺交|缺|待定|"
        "missing|none|null|tbd",
    }.items()
    for word in words.split("|")
}


def spelt(cell: Cell) -> str:
    """The spelling under which a word is looked up: half-width, lower case, no spaces."""
    return tidy(cell).casefold().replace(" ", "")


_LOOKUP = {spelt(word): meaning for word, meaning in _DEFAULT.items()}


@dataclass(frozen=True, slots=True)
class MarkWords:
    """The coordinator's mapping of words, over the default one.

    `changed` maps a word to a meaning, or to "" for a word that shall be an error. `blank` is what a blank
    cell means: "" leaves the register as it is (the default: nothing is wiped by a gap), `missing` records
    a missing mark where the register holds none yet.
    """

    changed: Mapping[str, str] = field(default_factory=dict)
    blank: str = ""

    def meaning(self, cell: Cell) -> str:
        """The status that the word stands for, or "" if nobody has said."""
        word = spelt(cell)
        return self.changed.get(word, _LOOKUP.get(word, ""))

    def with_meanings(self, meanings: Mapping[str, str]) -> Self:
        """The mapping with meanings for words as the sheet spells them; ValueError for an unknown meaning."""
        unknown = set(meanings.values()) - {"", *MEANINGS}
        if unknown:
            raise ValueError(f"not a meaning: {sorted(unknown)}")
        words = {spelt(word): meaning for word, meaning in meanings.items()}
        return type(self)({**self.changed, **words}, self.blank)

    def as_json(self) -> dict[str, Any]:
        """The form for a session, a hidden field or a JSON column."""
        return {"changed": dict(self.changed), "blank": self.blank}

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Self:
        """Read `as_json` back; ValueError, KeyError or TypeError if it is something else."""
        if value["blank"] not in ("", MISSING):
            raise ValueError(value["blank"])
        return cls(blank=value["blank"]).with_meanings(dict(value["changed"]))


DEFAULT_WORDS = MarkWords()


@dataclass(frozen=True, slots=True)
class WordFound:
    """A word among the marks: what it means now ("" = not mapped), how often it occurs and where first."""

    word: str
    meaning: str
    count: int
    first_cell: str


def grade_spellings(item: ItemChoice) -> dict[str, str]:
    """How a sheet may write the item's grades → their keys: the key itself, and the name in either language."""
    found: dict[str, str] = {}
    for key, name in item.grades:
        for word in (key, name.zh, name.en):
            if word:
                found.setdefault(spelt(word), key)
    return found


def words_in(
    sheet: Sheet,
    header_row: int,
    mapping: ColumnMapping,
    words: MarkWords = DEFAULT_WORDS,
    items: Sequence[ItemChoice] = (),
) -> tuple[WordFound, ...]:
    """The words that stand where marks should, in order of appearance; numbers, faulty ones too, are none.

    Neither are grades where `items` knows them: in the column of their item, or anywhere in a long sheet.
    """
    grades = {item.key: frozenset(grade_spellings(item)) for item in items}
    every = frozenset[str]().union(*grades.values())
    of_column = {
        column: every if mapping.is_long else grades.get(key, every) for column, key in mapping.items()
    }
    columns = [column for column, _ in mapping.items()]
    if mapping.is_long:
        columns = [
            column for target in ("score", "status") if (column := mapping.column_of(target)) is not None
        ]
    found: dict[str, WordFound] = {}
    spellings: dict[str, str | None] = {}  # of each different cell; None for a number
    for row in range(header_row + 1, sheet.height + 1):
        cells = sheet.row(row)
        for column in columns:
            cell = cells[column] if column < len(cells) else None
            if not isinstance(cell, str):
                continue
            if cell not in spellings:
                spellings[cell] = spelt(cell) if score_text(cell) is None else None
            word = spellings[cell]
            if word is None or word in of_column.get(column, every):
                continue
            seen = found.get(word)
            if seen is None:
                seen = WordFound(tidy(cell), words.meaning(cell), 0, address(row, column))
            found[word] = WordFound(seen.word, seen.meaning, seen.count + 1, seen.first_cell)
    return tuple(found.values())
