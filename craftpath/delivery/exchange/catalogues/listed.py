"""A plain list: code, titles, and the code of the group; such as the whole Chinese classification."""

from __future__ import annotations

import re
from collections.abc import Sequence

from craftpath.delivery.exchange.catalogues.reading import (
    LONGEST_TEXT,
    Faults,
    Table,
    circles,
    fits,
    rows_of,
    words,
)
from craftpath.domain.occupations.cataloguing import CatalogueSaid, EntrySaid
from craftpath.domain.occupations.classifying import CN, ISCO, group_of

COLUMNS = ("code", "title_zh", "title_en", "parent", "description_zh", "description_en")
_CHINESE_CODE = re.compile(r"\d(-\d{2}){0,3}")
_ISCO_CODE = re.compile(r"\d{1,4}")
NAMES = {
    CN: {
        "zh": "中华人民共和国职业分类大典（本单位导入）",
        "en": "Chinese classification of occupations (taken in here)",
    },
    ISCO: {"zh": "国际标准职业分类（本单位导入）", "en": "ISCO-08 (taken in here)"},
    "own": {"zh": "本单位职业目录", "en": "Own list of occupations"},
}
"""What a list is called, by what its codes look like."""


def read(tables: Sequence[Table], faults: Faults) -> CatalogueSaid:
    """One table. Codes say which classification it is; a code that others begin with is a group."""
    said = CatalogueSaid("own", "", NAMES["own"])
    if len(tables) != 1:
        faults.add("catalogue.one_table", "", 0, ", ".join(one.file for one in tables))
        return said
    table = tables[0]
    lines: dict[str, int] = {}
    rows: dict[str, dict[str, str]] = {}
    for line, row in rows_of(table, ["code"], faults):
        code, name = words(row, "code"), words(row, "title_zh") or words(row, "title_en")
        if not fits(code, name, table, line, faults):
            continue
        if code in rows:
            faults.add("catalogue.twice", table.file, line, code)
            continue
        rows[code], lines[code] = row, line
    if not rows and not faults:
        faults.add("catalogue.no_table", table.file)
    said.key = _scheme(rows)
    said.name = NAMES[said.key]
    parents = {code: _parent(said.key, code, row, rows) for code, row in rows.items()}
    for code, parent in parents.items():
        if parent and parent not in rows:
            faults.add("catalogue.unknown", table.file, lines[code], parent)
    circles(parents, faults, table.file)
    groups = set(parents.values())
    for code, row in rows.items():
        kind = "group" if code in groups else "occupation"
        said.entries[kind, code] = EntrySaid(
            kind, code, code[:40], parents[code], _sides(row, "title"), _sides(row, "description")
        )
    return said


def _scheme(rows: dict[str, dict[str, str]]) -> str:
    if rows and all(_ISCO_CODE.fullmatch(code) for code in rows):
        return ISCO
    return CN if rows and all(_CHINESE_CODE.fullmatch(code) for code in rows) else "own"


def _parent(scheme: str, code: str, row: dict[str, str], rows: dict[str, dict[str, str]]) -> str:
    given = words(row, "parent")
    return given or ("" if scheme == "own" else group_of(scheme, code, rows))


def _sides(row: dict[str, str], what: str) -> dict[str, str]:
    given = {side: words(row, f"{what}_{side}")[:LONGEST_TEXT] for side in ("zh", "en")}
    return {side: said for side, said in given.items() if said}
