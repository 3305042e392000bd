"""O*NET's text files, with tabs between: occupations, tasks, skills by importance, technology skills."""

from __future__ import annotations

import math
from collections.abc import Sequence

from craftpath.delivery.exchange.catalogues.reading import LONGEST_TEXT, Faults, Table, fits, rows_of, words
from craftpath.domain.occupations.cataloguing import CatalogueSaid, EntrySaid, LinkSaid

CODE = "O*NET-SOC Code"
IMPORTANCE, ESSENTIAL_FROM, LEAST = "IM", 3.0, 2.0
"""The scale of importance, from 1 to 5: what is essential, and what is left out as hardly needed."""
NAME = {"zh": "美国职业信息网络（O*NET）", "en": "Occupational Information Network (O*NET)"}
TECHNOLOGY = "technology:"
"""What keys of technology skills begin with, since their numbers are of another list."""


def read(tables: Sequence[Table], faults: Faults) -> CatalogueSaid:
    """Everything that the files say together."""
    said = CatalogueSaid(
        "onet", "", NAME, "O*NET, U.S. Department of Labor", "CC BY 4.0, as O*NET publishes it"
    )
    named = {one.name: one for one in tables}
    if "occupation data" not in named:
        faults.add("catalogue.no_known_table", "", 0, ", ".join(sorted(named)))
        return said
    _occupations(named["occupation data"], said, faults)
    about = _reference(named.get("content model reference"), faults)
    if "skills" in named:
        _skills(named["skills"], about, said, faults)
    if "technology skills" in named:
        _technology(named["technology skills"], said, faults)
    if "task statements" in named:
        _tasks(named["task statements"], said, faults)
    return said


def _occupations(table: Table, said: CatalogueSaid, faults: Faults) -> None:
    for line, row in rows_of(table, [CODE, "Title", "Description"], faults, tabs=True):
        key, name = words(row, CODE), words(row, "Title")
        if not fits(key, name, table, line, faults):
            continue
        if ("occupation", key) in said.entries:
            faults.add("catalogue.twice", table.file, line, key)
            continue
        about = {"en": words(row, "Description")[:LONGEST_TEXT]}
        said.entries["occupation", key] = EntrySaid(
            "occupation", key, key[:40], name={"en": name}, about=about
        )


def _reference(table: Table | None, faults: Faults) -> dict[str, str]:
    """Element → what it means."""
    if table is None:
        return {}
    rows = rows_of(table, ["Element ID", "Element Name", "Description"], faults, tabs=True)
    return {words(row, "Element ID"): words(row, "Description")[:LONGEST_TEXT] for _line, row in rows}


def _skills(table: Table, about: dict[str, str], said: CatalogueSaid, faults: Faults) -> None:
    wanted = [CODE, "Element ID", "Element Name", "Scale ID", "Data Value"]
    for line, row in rows_of(table, wanted, faults, tabs=True):
        if words(row, "Scale ID") != IMPORTANCE:
            continue
        one, key, name = words(row, CODE), words(row, "Element ID"), words(row, "Element Name")
        if not _known(one, table, line, said, faults) or not fits(key, name, table, line, faults):
            continue
        weight = _number(words(row, "Data Value"))
        if weight is None:
            faults.add("catalogue.number", table.file, line, words(row, "Data Value"))
            continue
        meaning = {"en": about[key]} if about.get(key) else {}
        said.entries.setdefault(
            ("skill", key), EntrySaid("skill", key, key[:40], name={"en": name}, about=meaning)
        )
        if weight >= LEAST:
            kind = "essential" if weight >= ESSENTIAL_FROM else "optional"
            said.links.append(LinkSaid(one, key, kind, weight))


def _number(given: str) -> float | None:
    """A number that can be compared: no database keeps what is endless or no number in the same way."""
    try:
        found = float(given)
    except ValueError:
        return None
    return found if math.isfinite(found) else None


def _technology(table: Table, said: CatalogueSaid, faults: Faults) -> None:
    seen: set[tuple[str, str]] = set()
    for line, row in rows_of(
        table, [CODE, "Example", "Commodity Code", "Commodity Title"], faults, tabs=True
    ):
        one, code, name = words(row, CODE), words(row, "Commodity Code"), words(row, "Commodity Title")
        key = f"{TECHNOLOGY}{code}" if code else ""
        if not _known(one, table, line, said, faults) or not fits(key, name, table, line, faults):
            continue
        entry = said.entries.setdefault(("skill", key), EntrySaid("skill", key, code[:40], name={"en": name}))
        example = words(row, "Example")
        if example and example not in entry.others and len(entry.others) < 60:  # noqa: PLR2004  (by which it is found)
            entry.others.append(example)
        if (one, key) not in seen:
            seen.add((one, key))
            said.links.append(LinkSaid(one, key, "optional"))


def _tasks(table: Table, said: CatalogueSaid, faults: Faults) -> None:
    for line, row in rows_of(table, [CODE, "Task ID", "Task"], faults, tabs=True):
        one, key, name = words(row, CODE), words(row, "Task ID"), words(row, "Task")[:400]
        if not _known(one, table, line, said, faults) or not fits(key, name, table, line, faults):
            continue
        if ("task", key) in said.entries:
            faults.add("catalogue.twice", table.file, line, key)
            continue
        said.entries["task", key] = EntrySaid("task", key, key[:40], one, {"en": name})


def _known(code: str, table: Table, line: int, said: CatalogueSaid, faults: Faults) -> bool:
    there = ("occupation", code) in said.entries
    if not there:
        faults.add("catalogue.unknown", table.file, line, code)
    return there
