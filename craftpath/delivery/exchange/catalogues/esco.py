"""ESCO's tables: occupations, skills, ISCO groups, what ties them, and the two hierarchies; several languages merge."""

from __future__ import annotations

from collections.abc import Sequence

from craftpath.delivery.exchange.catalogues.reading import (
    LONGEST_TEXT,
    Faults,
    Table,
    circles,
    fits,
    others_of,
    rows_of,
    words,
)
from craftpath.domain.occupations.cataloguing import CatalogueSaid, EntrySaid, LinkSaid

NAME = {
    "zh": "欧洲技能、能力、资格和职业分类（ESCO）",
    "en": "European Skills, Competences, Qualifications and Occupations (ESCO)",
}
LINES = {
    "occupations": "occupation", "skills": "skill", "iscogroups": "group", "skillgroups": "group",
}  # fmt: skip
"""Name of a table → the kind of its lines."""


def read(tables: Sequence[Table], faults: Faults) -> CatalogueSaid:
    """Everything that the tables say together."""
    said = CatalogueSaid("esco", "", NAME, "ESCO, European Commission", "CC BY 4.0, as ESCO publishes it")
    named = {name: [one for one in tables if one.name == name] for name in {one.name for one in tables}}
    for name, kind in LINES.items():
        for table in named.get(name, ()):
            _lines(table, kind, said, faults)
    if not said.entries and not faults:
        faults.add("catalogue.no_known_table", "", 0, ", ".join(sorted(named)))
        return said
    for table in named.get("broaderrelationsoccpillar", [])[:1]:
        _parents(table, said, faults)
    for table in named.get("skillshierarchy", [])[:1]:
        _hierarchy(table, said, faults)
    for table in named.get("occupationskillrelations", [])[:1]:
        _links(table, said, faults)
    _groups(said)
    circles({key: one.parent for (_kind, key), one in said.entries.items()}, faults, "")
    return said


def _lines(table: Table, kind: str, said: CatalogueSaid, faults: Faults) -> None:
    seen: set[str] = set()
    for line, row in rows_of(table, ["conceptUri", "preferredLabel"], faults):
        key, name = words(row, "conceptUri"), words(row, "preferredLabel")
        if not fits(key, name, table, line, faults):
            continue
        if key in seen:
            faults.add("catalogue.twice", table.file, line, key)
            continue
        seen.add(key)
        entry = said.entries.setdefault((kind, key), EntrySaid(kind, key))
        entry.name[table.language] = name
        entry.code = entry.code or words(row, "code")[:40]
        if about := words(row, "description")[:LONGEST_TEXT]:
            entry.about[table.language] = about
        entry.others += others_of(words(row, "altLabels"))[:60]
        entry.parent = entry.parent or words(row, "iscoGroup")


def _groups(said: CatalogueSaid) -> None:
    """Where an occupation names its group by its code, the group of that code is meant; without one there is none."""
    coded = {one.code: key for (kind, key), one in said.entries.items() if kind == "group" and one.code}
    known = {key for _kind, key in said.entries}
    for one in said.entries.values():
        if one.parent not in known:
            one.parent = coded.get(one.parent, "")


def _parents(table: Table, said: CatalogueSaid, faults: Faults) -> None:
    """The group or occupation that each lies in; where there are several, the first one."""
    given: set[str] = set()
    for line, row in rows_of(table, ["conceptUri", "broaderUri"], faults):
        key, parent = words(row, "conceptUri"), words(row, "broaderUri")
        own = [one for kind in ("occupation", "group") if (one := said.entries.get((kind, key)))]
        if not own or not any((kind, parent) in said.entries for kind in ("occupation", "group")):
            faults.add("catalogue.unknown", table.file, line, parent if own else key)
        elif key not in given:
            given.add(key)
            own[0].parent = parent


def _hierarchy(table: Table, said: CatalogueSaid, faults: Faults) -> None:
    """Groups of skills, four levels deep: each lies in the one to its left."""
    for line, row in rows_of(table, ["Level 0 URI", "Level 0 preferred term"], faults):
        above = ""
        for level in range(4):
            key, name = words(row, f"Level {level} URI"), words(row, f"Level {level} preferred term")
            if not key or not fits(key, name or key, table, line, faults):
                break
            entry = said.entries.setdefault(("group", key), EntrySaid("group", key))
            entry.parent = entry.parent or above
            entry.code = entry.code or words(row, f"Level {level} code")[:40]
            if name:
                entry.name.setdefault(table.language, name)
            above = key


def _links(table: Table, said: CatalogueSaid, faults: Faults) -> None:
    seen: set[tuple[str, str, str]] = set()
    for line, row in rows_of(table, ["occupationUri", "relationType", "skillUri"], faults):
        one, other = words(row, "occupationUri"), words(row, "skillUri")
        kind = words(row, "relationType")
        if kind not in ("essential", "optional"):
            faults.add("catalogue.relation", table.file, line, kind)
        elif ("occupation", one) not in said.entries or ("skill", other) not in said.entries:
            faults.add(
                "catalogue.unknown", table.file, line, one if ("skill", other) in said.entries else other
            )
        elif (one, other, kind) not in seen:
            seen.add((one, other, kind))
            said.links.append(LinkSaid(one, other, kind))
