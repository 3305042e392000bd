"""Words of a text, cut the same way for both databases: every Chinese character is one, and so is every Latin word.

A Chinese word is then a phrase of its characters, so that words of one and two characters are found, and no
dictionary decides where one ends.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

LONGEST = 60  # letters of one word that count
BORDER = "zqz"  # between two texts in one column: no phrase reaches across
_ASKED = 200  # characters of a question that are read
_PHRASES = 10
# Characters that stand for themselves: Chinese, with its rare ones, kana and Hangul syllables.
_SINGLE = "\u3005\u3007\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
_RUN = re.compile(f"[{_SINGLE}]+|[^\\W_{_SINGLE}]+")
_ONE = re.compile(f"[{_SINGLE}]")


def folded(text: str) -> str:
    """Without case, width and accents: `Ｃafé` is `cafe`."""
    parted = unicodedata.normalize("NFKD", text).casefold()
    bare = "".join(sign for sign in parted if unicodedata.category(sign) != "Mn")
    return unicodedata.normalize("NFKC", bare)


def runs_of(text: str) -> list[str]:
    """Stretches of Chinese characters, and of other letters and digits, as they follow one another."""
    return _RUN.findall(text.lower() if text.isascii() else folded(text))


def words_of(text: str) -> list[str]:
    """Single characters and whole words, in lower case."""
    found: list[str] = []
    for run in runs_of(text):
        if _ONE.match(run):
            found.extend(run)
        else:
            found.append(run[:LONGEST])
    return found


def split(texts: Iterable[str], most: int = 400) -> str:
    """The words of these texts with a space between any two, and a border between texts."""
    parts = (" ".join(words_of(text)[:most]) for text in texts)
    return f" {BORDER} ".join(dict.fromkeys(part for part in parts if part))


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for: phrases that all must stand there. The last is `begun` where it may be half a word."""

    phrases: tuple[tuple[str, ...], ...]
    begun: bool = False

    @property
    def whole(self) -> str:
        """All of it as one text, as it would be split."""
        return " ".join(word for phrase in self.phrases for word in phrase)

    @property
    def loose(self) -> Wanted:
        """The same with every Chinese character by itself, for where nothing has them side by side."""
        parts = dict.fromkeys((word,) for phrase in self.phrases for word in phrase)
        return Wanted(tuple(parts)[: _PHRASES * 2], self.begun)


def wanted(text: str) -> Wanted:
    """Read a question. Signs mean nothing in it; where no word is left, nothing is asked."""
    asked = text[:_ASKED]
    runs = [run for run in runs_of(asked) if run != BORDER][:_PHRASES]
    last = runs[-1] if runs else ""
    begun = bool(last) and not _ONE.match(last) and len(last) > 1 and not asked[-1].isspace()
    return Wanted(tuple(tuple(words_of(run)) for run in runs), begun)
