"""Figures of a roll-up are taken in whole or not at all; whatever is wrong with a file is told with its line."""

from __future__ import annotations

import json
from datetime import timedelta
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from craftpath.delivery.exchange.insight.rollups import look
from craftpath.delivery.exchange.insight.texts import FAULTS
from craftpath.domain.insight.actions import take_rollup
from craftpath.domain.insight.models import Rollup, RollupFigure
from craftpath.domain.insight.queries import national, rollups
from craftpath.kernel.tenancy import everywhere
from craftpath.values.verdict import Refused
from tests.cast import AT, Cast

pytestmark = pytest.mark.django_db
HEAD = "indicator,place,stage,occupation,enterprise,period,n,value,suppressed\n"
GOOD = HEAD + (
    "enrolled,,,,,,1200,1200,false\n"
    "enrolled,,,,,2026-Q1,700,700,false\n"
    "enrolled,,,,,2026-Q2,500,500,false\n"
    "enrolled,330106,,,,,,,true\n"
    "enrolled,,,,0f3a,,20,20,false\n"
    "gate_first_try,,,,,,90,0.8111,false\n"
    "gate_first_try,330106,,,,,0,,false\n"
)
REPORT = json.dumps(
    {"schema": 1, "made_at": "2026-09-13T01:00:00Z", "engine": "duckdb", "until": "2026-Q3", "cities": ["330100"],
     "rows": {}, "faults": [{"code": "lake.unsigned", "file": "x", "city": None, "reason": "no signature"}],
     "indicators": {}}
).encode()  # fmt: skip


def seen(text: str, report: bytes | None = REPORT) -> Any:
    return look(text.encode(), report, source="省级数据湖", at=AT)


def test_what_was_read_is_shown(cast: Cast) -> None:
    found = seen(GOOD)
    assert found.faults == []
    officer = cast.actor("officer", cast.city)
    with everywhere("a test acts"):
        take_rollup(cast.city, found.said, by=officer, at=AT)
        with pytest.raises(Refused, match="insight.taken_already"):
            take_rollup(cast.city, found.said, by=officer, at=AT)
        (told,) = rollups(of=cast.city)
        assert (told.source, told.engine, told.cities, told.figures) == ("省级数据湖", "duckdb", 1, 6)
        assert told.made_at == AT - timedelta(days=1)
        assert told.report["faults"][0]["reason"] == "no signature"
        by_period = national(["enrolled"], of=cast.city)
        assert [(row.dims["period"], row.n) for row in by_period] == [("2026-Q1", 700), ("2026-Q2", 500)]
        (hidden,) = national(["enrolled"], by=("place",), of=cast.city)
        assert (hidden.n, hidden.value, hidden.suppressed) == (None, None, True)
        (share,) = national(["gate_first_try"], by=(), of=cast.city)
        assert share.value == Decimal("0.8111")
        (empty,) = national(["gate_first_try"], by=(), where={"place": "330106"}, of=cast.city)
        assert (empty.n, empty.value) == (0, None)
        assert national(["enrolled"], by=("shoes",), of=cast.city) == []
        assert national(["enrolled"], of=cast.college) == []
        with pytest.raises(Refused, match="kernel.role_lacks"):
            take_rollup(cast.college, found.said, by=cast.actor("coordinator"), at=AT)


HOSTILE: dict[str, tuple[Any, list[tuple[int, str, str]]]] = {
    "nothing": ("", [(0, "", "rollup.empty")]),
    "no figures": (HEAD, [(0, "", "rollup.empty")]),
    "a column less": (
        "indicator,place\nx,y\n",
        [(1, name, "rollup.column_missing") for name in HEAD.strip().split(",")[2:]],
    ),
    "a column twice": (HEAD.replace("n,value", "n,n,value"), [(1, "n", "rollup.column_twice")]),
    "another width": (HEAD + "enrolled,1\n", [(2, "", "rollup.width")]),
    "unknown": (HEAD + "shoes,,,,,,1,1,false\n", [(2, "indicator", "rollup.unknown_indicator")]),
    "no quarter": (HEAD + "enrolled,,,,,2026-Q5,1,1,false\n", [(2, "period", "rollup.period")]),
    "no flag": (HEAD + "enrolled,,,,,,1,1,maybe\n", [(2, "suppressed", "rollup.flag")]),
    "shown all the same": (
        HEAD + "enrolled,,,,,,3,3,true\n",
        [(2, "suppressed", "rollup.shown_though_suppressed")],
    ),
    "no whole number": (HEAD + "enrolled,,,,,,1.5,1,false\n", [(2, "n", "rollup.whole")]),
    "below nothing": (HEAD + "enrolled,,,,,,-1,1,false\n", [(2, "n", "rollup.whole")]),
    "no n": (HEAD + "enrolled,,,,,,,1,false\n", [(2, "n", "rollup.n_missing")]),
    "not a number": (HEAD + "enrolled,,,,,,1,NaN,false\n", [(2, "value", "rollup.number")]),
    "endless": (HEAD + "enrolled,,,,,,1,1e999,false\n", [(2, "value", "rollup.number")]),
    "too long": (HEAD + f"enrolled,{'9' * 121},,,,,1,1,false\n", [(2, "place", "rollup.word")]),
    "a bell": (HEAD + "enrolled,\x07,,,,,1,1,false\n", [(2, "place", "rollup.word")]),
    "an open quotation mark": (HEAD + 'enrolled,"3301', [(2, "", "rollup.quotes")]),
    "twice": (HEAD + "enrolled,,,,,,1,1,false\n" * 2, [(3, "indicator", "rollup.twice")]),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_every_fault_has_its_line_and_its_sentence(name: str) -> None:
    text, expected = HOSTILE[name]
    found = seen(text)
    assert found.said is None
    assert [(one.line, one.column, one.code) for one in found.faults] == expected
    assert all(str(FAULTS[one.code] % {"given": one.given}) for one in found.faults)


@pytest.mark.parametrize(
    ("report", "code"),
    [
        (b"{", "rollup.report"),
        (b"[]", "rollup.report"),
        (b"\xff", "rollup.report"),
        (b"[" * 100_000, "rollup.report"),
        (json.dumps({"made_at": 7, "engine": "x", "cities": [], "faults": []}).encode(), "rollup.report"),
        (REPORT.replace(b"2026-09-13", b"2027-01-01"), "rollup.from_the_future"),
    ],
)
def test_a_report_that_makes_no_sense_is_told(report: bytes, code: str) -> None:
    found = seen(GOOD, report)
    assert found.said is None
    assert [one.code for one in found.faults] == [code]


def test_bytes_that_are_no_text_and_a_thousand_faults() -> None:
    assert [one.code for one in look(b"\xff\xfe\x00", None, source="x", at=AT).faults] == ["rollup.not_utf8"]
    many = seen(HEAD + "".join(f"shoes,{n},,,,,1,1,false\n" for n in range(1000)))
    assert (len(many.faults), many.more) == (100, 900)


def test_the_command_takes_a_folder_or_says_why_not(cast: Cast, tmp_path: Path) -> None:
    (tmp_path / "indicators.csv").write_text(GOOD + "shoes,,,,,,1,1,false\n")
    (tmp_path / "report.json").write_bytes(REPORT.replace(b"2026-09", b"2020-09"))
    err = StringIO()
    with pytest.raises(CommandError, match="1 faults"):
        call_command("take_rollup", tmp_path, of=cast.city.key, source="湖", stderr=err)
    assert err.getvalue().startswith("indicators.csv:9: indicator: ")
    assert RollupFigure.objects.count() == 0
    (tmp_path / "indicators.csv").write_text("\ufeff" + GOOD)
    call_command("take_rollup", tmp_path, of=cast.city.key, source="湖", stdout=StringIO())
    assert Rollup._base_manager.get().figures == 6
    for given in ({"of": cast.city.key, "source": "湖"}, {"of": "nobody", "source": "湖"}):
        with pytest.raises(CommandError):
            call_command("take_rollup", tmp_path, **given)
    with pytest.raises(CommandError):
        call_command("take_rollup", tmp_path / "none", of=cast.city.key, source="湖")
