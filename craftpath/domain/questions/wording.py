"""What is made of a text: its beginning, its print, and the words by which it is found."""

from __future__ import annotations

import hashlib
import re
import unicodedata

from craftpath.domain.questions.models.asking import LONGEST_TITLE, LONGEST_WORD

MOST_WORDS = 80  # of one text
_RUNS = re.compile(r"[a-z0-9]+|[\u3400-\u9fff]+")
_COMMON = frozenset(
    [
        "a",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "can",
        "do",
        "does",
        "for",
        "from",
        "how",
        "i",
        "if",
        "in",
        "is",
        "it",
        "my",
        "of",
        "on",
        "or",
        "the",
        "this",
        "to",
        "what",
        "when",
        "why",
        "with",
        "you",
    ]
)


def clean(text: str) -> str:
    """The text as it may be kept: without what no database takes, lines ended alike, no space around."""
    return text.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n").strip()


def title_of(text: str) -> str:
    """How a text begins, in one line."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_TITLE else f"{line[: LONGEST_TITLE - 1]}…"


def print_of(text: str) -> str:
    """The same for texts that differ by space, width or capitals only."""
    plain = "".join(unicodedata.normalize("NFKC", text).lower().split())
    return hashlib.sha256(plain.encode()).hexdigest()


def words_of(text: str) -> list[str]:
    """The words of a text, each once: Latin ones whole, Chinese by each two letters that stand beside each other."""
    found: dict[str, None] = {}
    for run in _RUNS.findall(unicodedata.normalize("NFKC", text).lower()):
        if run.isascii():
            if len(run) > 1 and run not in _COMMON:
                found[run[:LONGEST_WORD]] = None
        elif len(run) == 1:
            found[run] = None
        else:
            found.update(dict.fromkeys(run[n : n + 2] for n in range(len(run) - 1)))
        if len(found) >= MOST_WORDS:
            break
    return list(found)[:MOST_WORDS]
