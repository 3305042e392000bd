"""Reading `indicators.csv` of a roll-up, with its report: every fault with its line and reason, nothing half taken."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from craftpath.domain.insight.actions import RollupSaid
from craftpath.domain.insight.queries import TABLES
from craftpath.engines.indicators import CATALOGUE, DIMENSIONS

COLUMNS = ("indicator", *DIMENSIONS, "n", "value", "suppressed")
MOST_FAULTS, MOST_LINES, MOST_BYTES = 100, 2_000_000, 256 << 20
LONGEST = 120
_PERIOD = re.compile(r"\d{4}-Q[1-4]")
_WHOLE = re.compile(r"\d{1,18}")
_NUMBER = re.compile(r"-?\d{1,18}(\.\d{1,6})?")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_FLAGS = {"true": True, "false": False}


@dataclass(frozen=True, slots=True)
class RollupFault:
    """One fault: the line of the file (1 is the header; 0 the whole file or the report), the column, a code."""

    line: int
    column: str
    code: str
    given: str = ""


@dataclass(slots=True)
class Looked:
    """What was found in a file: `said` where it can be taken in, else the first hundred faults."""

    said: RollupSaid | None = None
    faults: list[RollupFault] = field(default_factory=list)
    more: int = 0

    def add(self, line: int, column: str, code: str, given: str = "") -> None:
        """One more fault."""
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(RollupFault(line, column, code, given[:60]))
        else:
            self.more += 1


def look(content: bytes, report: bytes | None, *, source: str, at: datetime) -> Looked:
    """Read a file of figures and, where there is one, the report beside it; without one it was made now."""
    found = Looked()
    made_at, engine, cities, told = _report(report, at, found)
    rows = _rows(content, found)
    figures, count = [], 0
    seen: dict[tuple[str, ...], int] = {}
    for line, cells in rows:
        figure = _figure(line, cells, found)
        if figure is None:
            continue
        key = tuple(cells[:6])
        if key in seen:
            found.add(line, "indicator", "rollup.twice", str(seen[key]))
            continue
        seen[key] = line
        count += 1
        if _is_shown(cells):
            figures.append(figure)
    if not count and not found.faults:
        found.add(0, "", "rollup.empty")
    if not found.faults:
        digest = hashlib.sha256(content).hexdigest()
        found.said = RollupSaid(source, made_at, digest, figures, engine, cities, told)
    return found


def _rows(content: bytes, found: Looked) -> Iterator[tuple[int, Sequence[str]]]:
    """(line, cells in the order of COLUMNS) of every line that has as many cells as the header."""
    if len(content) > MOST_BYTES:
        found.add(0, "", "rollup.too_large")
        return
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        found.add(0, "", "rollup.not_utf8")
        return
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    header: list[str] | None = None
    places: list[int] = []
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            found.add(reader.line_num, "", "rollup.quotes")
            return
        if header is None:
            header = [cell.strip() for cell in cells]
            missing = [name for name in COLUMNS if header.count(name) != 1]
            for name in missing:
                found.add(1, name, "rollup.column_missing" if name not in header else "rollup.column_twice")
            if missing:
                return
            places = [header.index(name) for name in COLUMNS]
        elif not cells:
            continue
        elif len(cells) != len(header):
            found.add(reader.line_num, "", "rollup.width", str(len(cells)))
        elif reader.line_num > MOST_LINES:
            found.add(reader.line_num, "", "rollup.too_large")
            return
        else:
            yield reader.line_num, [cells[place].strip() for place in places]


def _is_shown(cells: Sequence[str]) -> bool:
    """Whether a national view shows a line: by what a site publishes too, and not by enterprise.

    A pseudonym names nothing to whoever reads it.
    """
    grouping = tuple(name for name, word in zip(DIMENSIONS, cells[1:6], strict=True) if word)
    return "enterprise" not in grouping and grouping in TABLES


_KNOWN = {one.key: one for one in CATALOGUE}


def _figure(line: int, cells: Sequence[str], found: Looked) -> Any:
    """A figure, or None where a cell makes no sense."""
    key, *dims, n, value, suppressed = cells
    before = len(found.faults) + found.more
    if key not in _KNOWN:
        found.add(line, "indicator", "rollup.unknown_indicator", key)
    for name, word in zip(DIMENSIONS, dims, strict=True):
        if len(word) > LONGEST or _CONTROL.search(word):
            found.add(line, name, "rollup.word", word)
    if dims[-1] and not _PERIOD.fullmatch(dims[-1]):
        found.add(line, "period", "rollup.period", dims[-1])
    if suppressed not in _FLAGS:
        found.add(line, "suppressed", "rollup.flag", suppressed)
    elif _FLAGS[suppressed] and (n or value):
        found.add(line, "suppressed", "rollup.shown_though_suppressed")
    if n and not _WHOLE.fullmatch(n):
        found.add(line, "n", "rollup.whole", n)
    if not n and suppressed == "false":
        found.add(line, "n", "rollup.n_missing")
    if value and not _NUMBER.fullmatch(value):
        found.add(line, "value", "rollup.number", value)
    if len(found.faults) + found.more > before:
        return None
    try:
        return (key, *dims, int(n) if n else None, Decimal(value) if value else None, _FLAGS[suppressed])
    except InvalidOperation:
        found.add(line, "value", "rollup.number", value)
        return None


def _report(
    report: bytes | None, at: datetime, found: Looked
) -> tuple[datetime, str, int | None, dict[str, Any]]:
    """When it was made, by which engine, how many cities, and what of the report is kept."""
    if report is None:
        return at, "", None, {}
    try:
        told = json.loads(report.decode("utf-8-sig"))
        made_at = datetime.strptime(told["made_at"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
        engine, cities, faults = told["engine"], told["cities"], told["faults"]
        if not (isinstance(engine, str) and isinstance(cities, list | dict) and isinstance(faults, list)):
            raise ValueError(engine)
    except (ValueError, KeyError, TypeError, RecursionError):
        found.add(0, "report", "rollup.report")
        return at, "", None, {}
    if made_at > at:
        found.add(0, "report", "rollup.from_the_future", told["made_at"])
    kept = {"until": str(told.get("until", ""))[:10], "faults": [_told(one) for one in faults[:MOST_FAULTS]]}
    return made_at, engine[:20], len(cities), kept


def _told(fault: Any) -> dict[str, str]:
    """A fault of the report, as words that may be shown."""
    known = fault if isinstance(fault, dict) else {}
    return {name: str(known.get(name) or "")[:200] for name in ("code", "file", "city", "reason")}
