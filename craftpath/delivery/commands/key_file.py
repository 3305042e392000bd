"""Reading `key.csv`: the right answer of each item, and what it is worth."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from craftpath.delivery.commands.columns_file import NUMBER, Reading


@dataclass(frozen=True, slots=True)
class Key:
    """One item: the answer that is right, and its full mark."""

    answer: str
    max: Decimal = Decimal(1)


def read_key(path: Path, items: Sequence[str], responses: Path) -> dict[str, Key]:
    """The key of every item; raises `BadInput` where one is missing, unknown or stands twice."""
    reading = Reading(path)
    rows = reading.rows()
    line, header = reading.header(rows)
    item, answer = (reading.place(line, header, name) for name in ("item", "key"))
    most = reading.place(line, header, "max") if "max" in [name.casefold() for name in header] else None
    known, keys, lines = set(items), dict[str, Key](), dict[str, int]()
    for line, row in rows:
        if len(row) != len(header):
            reading.complain(line, "row", "cells_unequal", given=len(row), width=len(header))
            continue
        name, full = row[item], row[most] if most is not None else ""
        if name not in known:
            reading.complain(line, "item", "item_unknown", given=name, file=responses.name)
        elif name in keys:
            reading.complain(line, "item", "twice", given=name, before=lines[name])
        elif not row[answer]:
            reading.complain(line, "key", "key_empty")
        elif full and not NUMBER.fullmatch(full):
            reading.complain(line, "max", "not_a_number", given=full)
        elif full and Decimal(full) <= 0:
            reading.complain(line, "max", "max_not_positive", given=full)
        else:
            lines[name] = line
            keys[name] = Key(row[answer], Decimal(full or 1))
            continue
        lines.setdefault(name, line)
    for name in items:
        if name not in lines:
            reading.complain(1, "item", "item_without_key", given=name)
    reading.stop()
    return keys
