"""What leaves the house and what comes back: publishing, public pages, the view of the nation."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from craftpath.domain.insight import queries
from craftpath.domain.insight.actions import RollupSaid, take_rollup
from craftpath.domain.insight.models import Published
from craftpath.engines.indicators import CATALOGUE
from craftpath.kernel.access import system
from tests.cast import AT, Cast
from tests.web.indicators import world
from tests.web.indicators.reading import as_filed, file, given, tables

HOME = "/o/lanchuan-bureau/indicators/"
OPEN = "/figures/lanchuan-bureau/"
SHOWN = "contract_completion"


@pytest.fixture
def as_(client: Client, cast: Cast) -> Callable[[str], Client]:
    def enter(who: str) -> Client:
        client.force_login(cast.people[who])
        client.cookies["django_language"] = "en"
        return client

    return enter


@pytest.fixture
def figures(monkeypatch: pytest.MonkeyPatch) -> None:
    """Figures of the invented city, of which everybody reads what is published."""
    monkeypatch.setattr(queries, "choices", world.choices)

    def public(keys: Any, by: Any = ("period",), where: Any = None, *, of: Any) -> list[queries.Row]:
        shown = set(queries.published(of))
        return world.figures([key for key in keys if key in shown], by, where, of=of)

    monkeypatch.setattr(queries, "public_figures", public)


def said(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status, answer.content.decode()[-2000:]
    return str(answer.content.decode())


def press(client: Client, verb: str, key: str = SHOWN) -> Any:
    return client.post(f"{HOME}of/{key}/{verb}/", follow=True)


def test_everybody_reads_what_is_published_and_nothing_else(
    as_: Callable[[str], Client], figures: None, cast: Cast
) -> None:
    visitor = Client(HTTP_ACCEPT_LANGUAGE="en")
    assert "No figure is published yet" in said(visitor.get("/figures/"))
    assert visitor.get(OPEN).status_code == 404
    assert "Everybody reads it from now on." in said(press(as_("officer"), "publish"))
    press(as_("officer"), "publish")  # pressed twice
    assert Published._base_manager.count() == 1
    assert cast.city.title.en in said(visitor.get("/figures/"))
    listed = said(visitor.get(OPEN))
    assert [row[0] for _caption, lot in tables(listed) for row in lot[1:]] == ["Contract completion"]
    html = said(visitor.get(f"{OPEN}{SHOWN}/", {"by": "enterprise"}))
    assert given(html, "chart-groups")["mean"] is not None
    for one in CATALOGUE:
        if one.key != SHOWN:
            assert visitor.get(f"{OPEN}{one.key}/").status_code == 404
            assert visitor.get(f"{OPEN}{one.key}/time.csv").status_code == 404
    for path in ("/figures/", OPEN, f"{OPEN}{SHOWN}/", f"{OPEN}{SHOWN}/time.csv"):
        answer = visitor.get(path)
        assert not answer.cookies
        assert answer["Cache-Control"] == "public, max-age=300"
    assert "Only members read it." in said(press(as_("officer"), "withdraw"))
    for path in (OPEN, f"{OPEN}{SHOWN}/", f"{OPEN}{SHOWN}/groups.csv"):
        assert Client().get(path).status_code == 404


def test_public_files_have_the_rows_of_the_public_page(as_: Callable[[str], Client], figures: None) -> None:
    press(as_("officer"), "publish")
    visitor = Client(HTTP_ACCEPT_LANGUAGE="en")
    by_head = {
        rows[0][0]: rows for _caption, rows in tables(said(visitor.get(f"{OPEN}{SHOWN}/", {"by": "stage"})))
    }
    for which, head in (("time", "Quarter"), ("groups", "Stage"), ("quarters", "Stage (%)")):
        rows = file(visitor.get(f"{OPEN}{SHOWN}/{which}.csv", {"by": "stage"}).content)
        assert rows == [[as_filed(cell) for cell in row] for row in by_head[head]]
    assert visitor.get(f"{OPEN}{SHOWN}/all.csv").status_code == 404
    for query in ({"period": "\0"}, {"stage": "x", "place": "y"}, {"by": "name"}, {"in": "xx"}):
        assert visitor.get(f"{OPEN}{SHOWN}/", query).status_code == 200
    chinese = said(visitor.get(f"{OPEN}{SHOWN}/", {"in": "zh"}))
    assert "合同完成率" in chinese
    assert "历季走势" in chinese


def test_who_may_publish(as_: Callable[[str], Client], cast: Cast) -> None:
    for who, seat in (("trainer", "lanchuan"), ("hr", "jinheng"), ("auditor", "lanchuan-bureau")):
        client = as_(who)
        assert client.post(f"/o/{seat}/indicators/of/{SHOWN}/publish/").status_code == 403, who
        assert "Publish it" not in said(client.get(f"/o/{seat}/indicators/of/{SHOWN}/"))
    assert as_("coordinator").post(f"/o/lanchuan/indicators/of/{SHOWN}/publish/").status_code == 302
    assert as_("coordinator").post(f"{HOME}of/{SHOWN}/publish/").status_code == 404  # not the own house
    assert as_("officer").post(f"{HOME}of/{SHOWN}/burn/").status_code == 404
    assert as_("officer").post(f"{HOME}of/no-such/publish/").status_code == 404


def test_a_roll_up_is_shown_with_what_was_wrong_with_it(as_: Callable[[str], Client], cast: Cast) -> None:
    """Intervals of cities are Wilson's, from the share and n that the file states."""
    lines = [
        (SHOWN, "", "", "", "", "2026-Q1", 1200, Decimal("0.8125"), False),
        (SHOWN, "330782", "", "", "", "2026-Q1", 800, Decimal("0.9"), False),
        (SHOWN, "330783", "", "", "", "2026-Q1", None, None, True),
    ]
    told = {
        "faults": [
            {"code": "lake.signature", "city": "610100", "file": "wage", "reason": "signature does not match"}
        ]
    }
    take_rollup(
        cast.city,
        RollupSaid("部级数据湖", AT, "0" * 64, lines, "duckdb", 12, told),
        by=system(cast.city),
        at=AT,
    )
    page = said(as_("officer").get(f"{HOME}nation/", {"period": "2026-Q1"}))
    assert "signature does not match" in page
    assert "duckdb" in page
    assert ">81.3<" in page  # 0.8125, half up
    rows = {row[0]: row for _caption, lot in tables(page) for row in lot}
    assert rows["330782"][:2] == ["330782", "90.0"]
    assert rows["330783"] == ["330783", "few people", "–", "–", "–"]
    low, high = (float(one) for one in rows["330782"][2:4])
    assert 87 < low < 90 < high < 92  # 87.7 and 91.9
    assert "▲" in given(page, "chart-nation")["rows"][0]["said"]
