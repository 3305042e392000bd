"""Taking a preset over: areas, what outcomes are worth, diplomas with their tables and offers, from a file of ours.

A preset is somebody's published rules, or an example; either way an institution takes it over as drafts, and says so.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from craftpath.domain.credits import keeping, rules
from craftpath.domain.credits.keeping import NewConversion, NewDiploma, NewEarning
from craftpath.domain.credits.points import FULL_RATE, HUNDRED
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.organisations import Organisation
from craftpath.values.text import Text
from craftpath.values.verdict import Refused, not_now, require

if TYPE_CHECKING:
    from craftpath.domain.credits.models import Diploma

PRESETS = {
    "cn_example": Text(zh="中国：证书折算学历（示例）", en="China: certificates for a diploma (an example)"),
    "acbs": Text(zh="韩国学分银行制", en="Korea: Academic Credit Bank System"),
}
POINTED = ("year", "half")
"""Limits that are points; the others are counts."""


@dataclass(frozen=True, slots=True)
class Preset:
    """What a file says."""

    valid_from: date
    source: dict[str, str]
    example: bool
    areas: list[dict[str, Any]]
    earning: list[dict[str, Any]]
    diplomas: list[dict[str, Any]]
    rules: list[dict[str, Any]]


@cache
def read(name: str) -> Preset:
    """The preset of this name."""
    text = (resources.files("craftpath.domain.credits") / "presets" / f"{name}.toml").read_text("utf-8")
    table = tomllib.loads(text, parse_float=str)
    return Preset(
        date.fromisoformat(table["valid_from"]), table.get("source", {}), table.get("example", False),
        table.get("area", []), table.get("earning", []), table.get("diploma", []), table.get("rule", []),
    )  # fmt: skip


@action
def load_preset(
    name: str,
    organisation: Organisation,
    *,
    only: str = "",
    by: Actor,
    at: datetime,
) -> list[Diploma]:
    """Take a preset over for an institution: its diplomas (or `only` one) as drafts. Once more changes nothing.

    Its rows begin on the preset's own day, which is before today: nothing was decided by them here yet.
    """
    if name not in PRESETS:
        raise Refused(not_now("credits.preset_unknown"))
    require(rules.may_keep(by, organisation))
    preset = read(name)
    areas = {row["key"]: keeping.keep_area(row["key"], row["name"], by=by, at=at) for row in preset.areas}
    for row in preset.earning:
        new = NewEarning(**_points(row, "points", "cap_year", "cap_half", "cap_total", leave=("key", "area")),
                         valid_from=preset.valid_from, example=preset.example)  # fmt: skip
        area = areas[row["area"]]
        keeping.begin_earning(organisation, area, new, key=row["key"], today=preset.valid_from, by=by, at=at)
    made = []
    for row in preset.diplomas:
        if only in ("", row["key"]):
            made.append(_diploma(preset, row, organisation, areas, by=by, at=at))
    return made


def _diploma(
    preset: Preset,
    row: dict[str, Any],
    organisation: Organisation,
    areas: dict[str, Any],
    *,
    by: Actor,
    at: datetime,
) -> Diploma:
    limits = {
        key: value * HUNDRED if key in POINTED else value for key, value in row.get("limits", {}).items()
    }
    share = row.get("share")
    new = NewDiploma(
        row["title"], hundredths(row["total"]), int(share * HUNDRED) if share is not None else None, limits,
        preset.source, preset.example,
    )  # fmt: skip
    made = keeping.draft_diploma(organisation, new, key=row["key"], by=by, at=at)
    if made.state != "draft":
        return made
    for area in row["area"]:
        name = area.get("name") or areas[area["key"]].name
        most = hundredths(area["most"]) if "most" in area else None
        least = hundredths(area.get("least", 0))
        keeping.set_area(made, area["key"], name, least=least, most=most, by=by, at=at)
    for one in row.get("minimum", []):
        name = one.get("name") or {}
        keeping.set_minimum(made, one["institution"], name, hundredths(one["least"]), by=by, at=at)
    for one in row.get("offer", []):
        keeping.add_offer(made, **_points(one, "points"), by=by, at=at)
    for one in preset.rules:
        if one.get("diploma", made.key) == made.key:
            new_row = NewConversion(
                **_points(one, "cap", leave=("diploma", "rate")),
                rate=rate(one["rate"]),
                valid_from=preset.valid_from,
            )
            keeping.begin_conversion(made, new_row, today=preset.valid_from, by=by, at=at)
    return made


def _points(row: dict[str, Any], *pointed: str, leave: tuple[str, ...] = ()) -> dict[str, Any]:
    return {
        key: hundredths(value) if key in pointed else value for key, value in row.items() if key not in leave
    }


def hundredths(value: int | str) -> int:
    """Points of a file, whole or with decimals."""
    whole, _dot, part = str(value).partition(".")
    return int(whole) * HUNDRED + int(f"{part:0<2}"[:2])


def rate(value: int | str) -> int:
    """A rate of a file, such as 0.5, as ten-thousandths."""
    whole, _dot, part = str(value).partition(".")
    return int(whole) * FULL_RATE + int(f"{part:0<4}"[:4])
