"""Figures of an invented city, so that pages can be held against what they were given, to the last digit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from hashlib import sha256
from itertools import product
from math import sqrt
from typing import Any

from craftpath.domain.insight import queries
from craftpath.domain.insight.queries import (
    Choice,
    Layer,
    Link,
    NationalFigure,
    Rolled,
    Row,
    Spot,
    Step,
    Survivors,
)
from craftpath.engines.indicators import CATALOGUE, Indicator

PERIODS = tuple(f"{year}-Q{quarter}" for year in (2024, 2025, 2026) for quarter in (1, 2, 3, 4))[:11]
NAMES: dict[str, dict[str, tuple[str, str, float]]] = {
    "place": {
        "330782": ("义乌市", "Yiwu", 28.0), "330783": ("东阳市", "Dongyang", 9.0), "330726": ("浦江县", "Pujiang", 3.0),
        "330723": ("武义县", "Wuyi", 0.2),
    },
    "stage": {
        "junior": ("初级工匠", "Junior craftsman", 18.0), "middle": ("中级工匠", "Craftsman", 14.0),
        "senior": ("高级工匠", "Senior craftsman", 8.0),
    },
    "occupation": {
        "6-18-01-01": ("车工", "Turner", 16.0), "6-18-02-04": ("焊工", "Welder", 12.0),
        "4-14-01-02": ("养老护理员", "Carer for the elderly", 9.0), "6-01-05-00": ("木雕师", "Wood carver", 3.0),
    },
    "enterprise": {
        "jinheng": ("金恒机械有限公司", "Jinheng Machinery", 13.0), "hongtai": ("宏泰精密", "Hongtai Precision", 11.0),
        "lanxin": ("澜心养老服务中心", "Lanxin Care", 9.0), "mulin": ("木林木雕工坊", "Mulin Wood Carving", 4.0),
        "dongfang": ("东方焊接技术有限责任公司", "Dongfang Welding", 3.0),
        "xiaowu": ("小吴车床铺", "Xiaowu's lathe shop", 0.1),
    },
}  # fmt: skip
POSITIONS = {
    "330782": (29.31, 120.07),
    "330783": (29.29, 120.24),
    "330726": (29.46, 119.89),
    "330723": (28.9, 119.8),
}
_BY_KEY = {one.key: one for one in CATALOGUE}


def chance(*words: object) -> float:
    """A number between 0 and 1 that is always the same for the same words."""
    return int.from_bytes(sha256("/".join(map(str, words)).encode()).digest()[:6], "big") / 2**48


def row(indicator: Indicator, dims: Mapping[str, str]) -> Row:
    """One figure: of fewer than five people none."""
    size = 40.0
    for name, value in dims.items():
        if name != "period":
            size *= NAMES[name][value][2] / 40
    periods = 1 if "period" in dims else len(PERIODS)
    n = round(size * periods * (4 + 3 * chance(indicator.key, dims.get("period", ""))))
    if 0 < n < 5:
        return Row(indicator.key, dict(dims), None, None, suppressed=True, why="insight.too_few")
    if n == 0:
        return Row(indicator.key, dict(dims), 0, None, why="insight.empty")
    middle = 0.55 + 0.25 * chance(indicator.key) + 0.009 * PERIODS.index(dims.get("period", PERIODS[0]))
    share = middle + 0.22 * (chance(indicator.key, sorted(dims.items())) - 0.5)
    share = min(max(share if indicator.better.value != "down" else 1 - share, 0.01), 0.99)
    low = high = None
    if indicator.unit.value == "share":
        value = Decimal(str(round(share, 4)))
        if indicator.interval:
            half = 1.96 * sqrt(share * (1 - share) / n)
            low, high = (Decimal(str(round(min(max(one, 0), 1), 4))) for one in (share - half, share + half))
    elif indicator.unit.value == "count":
        value = Decimal(n)
    else:
        top = {"scale": 5, "levels": 2, "points": 100, "months": 14, "ratio": 4, "quarters": 11}
        much = top.get(indicator.unit.value, 60 * n)
        value = Decimal(str(round(share * much, indicator.places))).quantize(
            Decimal(1).scaleb(-indicator.places)
        )
    return Row(indicator.key, dict(dims), n, value, low, high)


def figures(
    keys: Iterable[str], by: Iterable[str] = ("period",), where: Mapping[str, str] | None = None, *, of: Any
) -> list[Row]:
    """Every cell of the asked table; too fine a table is refused as the noun refuses it."""
    by, where = tuple(by), dict(where or {})
    wanted = {*by, *where}
    if not any(wanted == set(one) for one in queries.TABLES):
        return [Row(key, where, None, None, suppressed=True, why="insight.too_fine") for key in keys]
    values = [PERIODS if name == "period" else tuple(NAMES[name]) for name in by]
    return [
        row(_BY_KEY[key], {**where, **dict(zip(by, cell, strict=True))})
        for key in keys
        for cell in product(*values)
    ]


def choices(*, of: Any) -> dict[str, list[Choice]]:
    """All that there is."""
    found = {
        name: [Choice(value, {"zh": zh, "en": en}) for value, (zh, en, _size) in rows.items()]
        for name, rows in NAMES.items()
    }
    return {**found, "period": [Choice(one) for one in reversed(PERIODS)]}


def funnel(where: Mapping[str, str] | None = None, *, of: Any) -> list[Step]:
    """From those who asked to those who arrived."""
    numbers = {"applied": 412, "enrolled": 355, "signed": 341, "begun": 341, "passed|00|junior": 288,
               "passed|01|middle": 176, "completed": 41}  # fmt: skip
    steps = [
        Step(key, n, name=_name("stage", key.rpartition("|")[2]) if "|" in key else {})
        for key, n in numbers.items()
    ]
    return [*steps, Step("diploma", None, True, "insight.too_few")]


def _name(dimension: str, value: str) -> dict[str, str]:
    zh, en, _size = NAMES[dimension].get(value, ("", "", 0))
    return {"zh": zh, "en": en} if zh else {}


def survival(by: str = "", *, of: Any) -> list[Survivors]:
    """Curves by year, or by groups; the last group is too small to be shown."""
    groups = list(NAMES[by]) if by else ["2023", "2024", "2025"]
    found = []
    for at, group in enumerate(groups):
        there, share = 140 - 30 * at, Decimal(1)
        for quarter in range(1, 13 - 3 * at):
            left, done = round(there * 0.03), round(there * (0.3 if quarter > 8 else 0))
            if by and at == len(groups) - 1:
                found.append(
                    Survivors(group, 1, None, None, None, None, suppressed=True, why="insight.too_few")
                )
                break
            share = (share * Decimal(there - left - done) / there).quantize(Decimal("0.0001"))
            half = Decimal("0.04")
            found.append(
                Survivors(
                    group,
                    quarter,
                    there,
                    left,
                    done,
                    share,
                    max(share - half, Decimal(0)),
                    min(share + half, Decimal(1)),
                )
            )
            there -= left + done
    return found


def paths(*, of: Any) -> list[Link]:
    """Stages and credits."""
    stage = [
        ("junior", "middle", 176), ("junior", "left", 31), ("middle", "senior", 74), ("middle", "left", None),
        ("senior", "completed", 41), ("senior", "transferred", 7),
    ]  # fmt: skip
    credit = [
        ("junior", "c1", 124_050),
        ("middle", "c1", 38_200),
        ("junior", "c2", 9_600),
        ("-", "c2", 12_000),
    ]
    takers = {
        "c1": {"zh": "澜川职业学院", "en": "Lanchuan College"},
        "c2": {"zh": "开放大学", "en": "Open University"},
    }
    return [
        Link(
            kind,
            source,
            target,
            n,
            n is None,
            _name("stage", source),
            takers.get(target) or _name("stage", target),
        )
        for kind, lot in (("stage", stage), ("credit", credit))
        for source, target, n in lot
    ]


def layers(*, of: Any) -> list[Layer]:
    """Three kinds of pairs and one with too few."""
    return [
        Layer("college_tutor", 17, 170, 9), Layer("layered", 14, 61, 12), Layer("master_apprentice", 61, 288, 52),
        Layer("mutual", None, None, None, True, "insight.too_few"),
    ]  # fmt: skip


def spots(key: str = "", *, of: Any) -> list[Spot]:
    """Counties with their middles."""
    return [
        Spot(
            code,
            {"zh": zh, "en": en},
            round(size * 10) if size > 1 else None,
            *POSITIONS[code],
            suppressed=size < 1,
        )
        for code, (zh, en, size) in NAMES["place"].items()
    ]


def rollups(*, of: Any) -> list[Rolled]:
    """Two of them."""
    at = datetime(2026, 9, 10, 3, tzinfo=UTC)
    return [
        Rolled("r2", "部级数据湖", "spark", at, at, 41_000, 12),
        Rolled("r1", "部级数据湖", "duckdb", at.replace(month=6), at, 37_500, 11),
    ]


CITIES = ("330700", "330100", "440300", "510100", "610100")


def national(
    keys: Iterable[str], by: Iterable[str] = ("period",), where: Mapping[str, str] | None = None, *, of: Any
) -> list[NationalFigure]:
    """Cities by their codes."""
    by, where = tuple(by), dict(where or {})
    values = [
        PERIODS if name == "period" else CITIES if name == "place" else tuple(NAMES[name]) for name in by
    ]
    found = []
    for key in keys:
        for cell in product(*values):
            dims = {**where, **dict(zip(by, cell, strict=True))}
            seen = row(_BY_KEY[key], {"period": dims.get("period", PERIODS[0])})
            moved = Decimal(str(round(0.2 * (chance(key, sorted(dims.items())) - 0.5), 4)))
            hidden = dims.get("place") == CITIES[-1]
            value = (
                None
                if hidden or seen.value is None
                else max(seen.value + moved * (seen.value if seen.value > 1 else 1 - seen.value), Decimal(0))
            )
            found.append(
                NationalFigure(
                    key, dims, None if hidden else 900, value and value.quantize(Decimal("0.0001")), hidden
                )
            )
    return found


def published(of: Any) -> list[str]:
    """What everybody may read."""
    return ["contract_completion", "enrolled", "gate_first_try"]


FAKES = {
    one.__name__: one
    for one in (figures, choices, funnel, survival, paths, layers, spots, rollups, national, published)
} | {"public_figures": figures, "made_at": lambda *, of: datetime(2026, 9, 1, 2, tzinfo=UTC)}  # fmt: skip
