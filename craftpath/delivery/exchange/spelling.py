"""When two spellings mean the same: full-width and half-width, case, spaces and punctuation do not count."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable

from craftpath.delivery.exchange.book import Cell

_NOT_WORD = re.compile(r"[\W_]+")
_BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】")
_DIGITS = re.compile(r"\d+")
_SPACES = re.compile(r"[\s\ufeff\u200b]+")


def tidy(cell: Cell) -> str:
    """A cell as one line of text: half-width, single spaces, none at the ends; a blank cell is ''."""
    if cell is None:
        return ""
    return _SPACES.sub(" ", unicodedata.normalize("NFKC", str(cell))).strip()


def one_line(cell: Cell) -> str:
    """A cell as written, on one line: names keep their own characters, full-width ones too."""
    return "" if cell is None else _SPACES.sub(" ", str(cell)).strip()


def plain(text: str) -> str:
    """The letters and digits alone, in lower case: `Student No.` is `studentno`."""
    return _NOT_WORD.sub("", unicodedata.normalize("NFKC", text).casefold())


def bare(text: str) -> str:
    """`plain`, without what stands in brackets: `平时作业（30%）` is `平时作业`."""
    return plain(_BRACKETED.sub(" ", unicodedata.normalize("NFKC", text)))


def likeness(one: str, other: str) -> int:
    """How alike two plain spellings are, 0 to 100; different digits never are: 测验1 is not 测验2."""
    if _DIGITS.findall(one) != _DIGITS.findall(other):
        return 0
    return int(100 * difflib.SequenceMatcher(None, one, other, autojunk=False).ratio())


class Near:
    """`near`, as long as it is quick: after so many comparisons nothing is offered any more.

    A sheet of fifty thousand unknown numbers would otherwise be held against fifty thousand known ones.
    """

    def __init__(self, comparisons: int = 1_000_000) -> None:
        self.left = comparisons

    def __call__(self, text: str, among: Iterable[str]) -> list[str]:
        """The most similar spellings, best first."""
        known = list(among)
        self.left -= len(known)
        return near(text, known) if self.left >= 0 else []


def near(text: str, among: Iterable[str], count: int = 3) -> list[str]:
    """The most similar spellings, best first, to offer when a word is not known."""
    return difflib.get_close_matches(text, list(among), n=count, cutoff=0.7)
