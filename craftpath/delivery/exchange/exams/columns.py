"""What the columns of a table of questions hold: guessed by their heads, as the office last said, or as somebody says.

What was said is kept as the heads of rosters and marks are (`kernel.sheets`), as sheets of the kind `exam`.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from craftpath.delivery.exchange.exams.pasting import understand
from craftpath.delivery.exchange.exams.tabbed import NAMELESS, Block, lines_in, replaced, written
from craftpath.delivery.exchange.exams.table import IGNORE, MOST_ROWS, TARGETS, guess, lines_of
from craftpath.delivery.exchange.spelling import plain
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.sheets import remembered

KIND = "exam"
_LONGEST = 120
_SAMPLES, _SAMPLE = 3, 40


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its place from 0, its head, some of its cells, what it holds; `known` if nobody need be asked."""

    place: int
    name: str
    samples: tuple[str, ...]
    target: str
    known: bool
    as_last: bool = False


def heads_of(found: Iterable[Block]) -> set[str]:
    """The heads of tables in the spelling in which they are remembered."""
    return {plain(name) for block in found for name in block.rows[0]} - {""}


def memory_of(organisation: Organisation, found: Sequence[Block]) -> dict[str, str]:
    """head → what it held when the office last said it; one query, none without a table."""
    names = heads_of(found)
    if not names:
        return {}
    return {one.name: one.means for one in remembered(organisation, KIND, names) if one.means in TARGETS}


def columns_of(block: Block, memory: Mapping[str, str]) -> list[Column]:
    """Each column with the best guess; a guess gives way to what somebody has said of another column."""
    head, rows = block.rows[0], block.rows[1:]
    times = Counter(plain(name) for name in head)
    last = {
        place: memory[name]
        for place, one in enumerate(head)
        if not one.startswith(NAMELESS) and times[name := plain(one)] == 1 and name in memory
    }
    taken = set(last.values()) - {IGNORE}
    guessed = [IGNORE if target in taken else target for target in guess(head)]
    columns = []
    for place, name in enumerate(head):
        target = last.get(place, guessed[place])
        filled = list(dict.fromkeys(row[place] for row in rows if row[place]))
        samples = tuple(one[:_SAMPLE] for one in filled[:_SAMPLES])
        known = place in last or target != IGNORE or not filled
        columns.append(Column(place, name, samples, target, known, place in last))
    return columns


def twice(targets: Sequence[str]) -> str:
    """What two columns hold both; "" if there is no such thing."""
    counts = Counter(one for one in targets if one != IGNORE)
    return next((one for one, count in counts.items() if count > 1), "")


def mark_of(block: Block) -> str:
    """Which table it is, by its heads."""
    return hashlib.sha256(repr(block.rows[0]).encode()).hexdigest()[:16]


def as_questions(text: str, block: Block, targets: Sequence[str], *, first_too: bool = False) -> str:
    """The text with the rows of a table as questions; `first_too` says that its head is a question as well.

    Beyond `MOST_ROWS` rows stay a table behind them, under the same head.
    """
    head, *rows = block.rows
    if first_too:
        rows = [head, *rows]
    before = understand("\n".join(lines_in(text)[: block.first]))
    after = len(before.sections) if before.questions else None
    lines = "\n".join(lines_of(rows[:MOST_ROWS], targets, after)).strip("\n")
    rest = written([head, *rows[MOST_ROWS:]]) if len(rows) > MOST_ROWS else ""
    return replaced(text, block, "\n\n".join(part for part in (lines, rest) if part))


def meanings_of(block: Block, targets: Sequence[str]) -> dict[tuple[str, str], str]:
    """What a table teaches: its heads as they were taken, apart from those that it has twice or had none."""
    times = Counter(plain(name) for name in block.rows[0])
    return {
        ("column", name): target
        for one, target in zip(block.rows[0], targets, strict=True)
        if not one.startswith(NAMELESS)
        and (name := plain(one))
        and times[name] == 1
        and len(name) <= _LONGEST
    }
