"""The classifications that come with the program: ISCO-08 whole, of the Chinese one a part; pairs of codes."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Container, Iterator, Mapping
from datetime import datetime
from importlib import resources
from typing import Any

from craftpath.domain.occupations.cataloguing import CatalogueSaid, EntrySaid, lay_in
from craftpath.domain.occupations.models import Catalogue, CodePair
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import require

ISCO, CN = "isco-08", "cn-2022"


def _file(name: str) -> str:
    return (resources.files("craftpath.domain.occupations") / "presets" / name).read_text("utf-8")


@action
def load_classifications(*, by: Actor, at: datetime) -> None:
    """Take them in, and on older sites what has come along; only what comes with the program is touched."""
    require(by.may(Permission.EDIT_FRAMEWORKS))
    table = tomllib.loads(_file("classifications.toml"))
    for about in table["classification"]:
        row = Catalogue._base_manager.filter(organisation=None, key=about["key"]).first()
        row = row or Catalogue(organisation=None, key=about["key"], made_at=at)
        for name in ("version", "name", "source", "licence", "partial"):
            setattr(row, name, about[name])
        row.save()
        lay_in(_said(about), row, None)
    known = set(CodePair._base_manager.filter(organisation=None).values_list("code_isco", "code_cn"))
    CodePair._base_manager.bulk_create(
        CodePair(code_isco=isco, code_cn=cn, kind=kind, example=True)
        for isco, kind, cn in table["pairs"] if (isco, cn) not in known
    )  # fmt: skip


def _said(about: Mapping[str, Any]) -> CatalogueSaid:
    rows = list(_rows(about["file"]))
    known = {row["code"] for row in rows}
    said = CatalogueSaid(about["key"], about["version"], about["name"])
    for row in rows:
        kind, code = "occupation" if row["kind"] == "o" else "group", row["code"]
        name = {side: row[side] for side in ("zh", "en") if row[side]}
        said.entries[kind, code] = EntrySaid(kind, code, code, group_of(about["key"], code, known), name)
    return said


def _rows(name: str) -> Iterator[dict[str, str]]:
    """code,kind,zh,en: kind is o for an occupation, g for a group."""
    yield from csv.DictReader(_file(name).splitlines())


def group_of(scheme: str, code: str, known: Container[str]) -> str:
    """The nearest group that a code lies in: of ISCO-08 a digit less, of the Chinese one a part less, and so on."""
    while code:
        code = code[:-1] if scheme == ISCO else code.rpartition("-")[0]
        if code in known:
            return code
    return ""
