"""What leaves the house and what comes back: publishing, public pages, hand-overs, roll-ups."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from craftpath.domain.insight import queries
from craftpath.domain.insight.models import County, Handover, Published, Rollup
from craftpath.engines.indicators import CATALOGUE
from tests.cast import Cast
from tests.web.indicators import world
from tests.web.indicators.reading import as_filed, file, given, tables

HOME = "/o/lanchuan-bureau/indicators/"
OPEN = "/figures/lanchuan-bureau/"
SHOWN, KEPT = "contract_completion", "gate_first_try"
HEAD = "indicator,place,stage,occupation,enterprise,period,n,value,suppressed\n"
LINES = (
    f"{SHOWN},,,,,2026-Q1,1200,0.8125,false\n{SHOWN},330782,,,,2026-Q1,800,0.9,false\n"
    f"{SHOWN},330783,,,,2026-Q1,,,true\n"
)
REPORT = {
    "made_at": "2026-04-01T00:00:00Z", "engine": "duckdb", "cities": ["330700"], "until": "2026-03-31",
    "faults": [{"code": "lake.signature", "file": "wage", "city": "610100", "reason": "signature does not match"}],
}  # fmt: skip


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
    by_head = {rows[0][0]: rows for _caption, rows in tables(said(visitor.get(f"{OPEN}{SHOWN}/", {"by": "stage"})))}
    for which, head in (("time", "Quarter"), ("groups", "Stage"), ("quarters", "Stage (%)")):
        rows = file(visitor.get(f"{OPEN}{SHOWN}/{which}.csv", {"by": "stage"}).content)
        assert rows == [[as_filed(cell) for cell in row] for row in by_head[head]]
    assert visitor.get(f"{OPEN}{SHOWN}/all.csv").status_code == 404
    for query in ({"period": "\0"}, {"stage": "x", "place": "y"}, {"by": "name"}, {"in": "xx"}):
        assert visitor.get(f"{OPEN}{SHOWN}/", query).status_code == 200
    chinese = said(visitor.get(f"{OPEN}{SHOWN}/", {"in": "zh"}))
    assert "合同完成率" in chinese
    assert "历季走势" in chinese


def test_who_may_publish_and_hand_over(as_: Callable[[str], Client], cast: Cast) -> None:
    for who, seat in (("trainer", "lanchuan"), ("hr", "jinheng"), ("auditor", "lanchuan-bureau")):
        client, there = as_(who), f"/o/{seat}/indicators/"
        assert client.get(f"{there}handing-over/").status_code == 403
        for path in (f"of/{SHOWN}/publish/", "handing-over/county/", "handing-over/ask/", "handing-over/roll-up/"):
            assert client.post(there + path).status_code == 403, (who, path)
    coordinator, there = as_("coordinator"), "/o/lanchuan/indicators/"
    assert "To a lake" not in said(coordinator.get(f"{there}handing-over/"))
    assert coordinator.post(f"{there}handing-over/ask/").status_code == 403
    assert coordinator.post(f"{there}of/{SHOWN}/publish/").status_code == 302
    assert as_("officer").post(f"{HOME}of/{SHOWN}/burn/").status_code == 404
    assert as_("officer").post(f"{HOME}of/no-such/publish/").status_code == 404


def test_a_county_is_said(as_: Callable[[str], Client], cast: Cast) -> None:
    officer = as_("officer")
    sent = {"code": "33078", "name_zh": "义乌市", "name_en": "Yiwu"}
    assert "six digits" in said(officer.post(f"{HOME}handing-over/county/", sent), 409)
    officer.post(f"{HOME}handing-over/county/", {**sent, "code": "330782"})
    row = County._base_manager.get()
    assert (row.code, row.name) == ("330782", {"zh": "义乌市", "en": "Yiwu"})
    assert 'value="330782"' in said(officer.get(f"{HOME}handing-over/"))


def test_a_hand_over_is_asked_for_once_and_listed(as_: Callable[[str], Client], cast: Cast) -> None:
    officer = as_("officer")
    sent = {"made_id": str(uuid.uuid4()), "receiver": "部级数据湖", "purpose": "全国统计"}
    assert "Say first in which county" in said(officer.post(f"{HOME}handing-over/ask/", sent), 409)
    officer.post(f"{HOME}handing-over/county/", {"code": "330782", "name_zh": "义乌市"})
    assert said(officer.post(f"{HOME}handing-over/ask/", {**sent, "receiver": ""}), 422)
    for _time in range(2):
        page = said(officer.post(f"{HOME}handing-over/ask/", sent, follow=True))
    row = Handover._base_manager.get()
    assert "Being made" in page
    assert "部级数据湖" in page
    assert officer.get(f"{HOME}handing-over/{row.public_id}/").status_code == 404  # nothing is made yet
    assert as_("coordinator").get(f"{HOME}handing-over/{row.public_id}/").status_code == 404  # of another house


def take(client: Client, content: str, report: Any = REPORT, source: str = "部级数据湖") -> Any:
    sent: dict[str, Any] = {"source": source, "figures": SimpleUploadedFile("indicators.csv", content.encode())}
    if report is not None:
        sent["report"] = SimpleUploadedFile("report.json", json.dumps(report).encode())
    return client.post(f"{HOME}handing-over/roll-up/", sent, follow=True)


def test_a_roll_up_is_taken_in_whole_and_shown(as_: Callable[[str], Client], cast: Cast) -> None:
    officer = as_("officer")
    faulty = said(take(officer, HEAD + LINES + "no_such,,,,,2026-Q1,5,0.5,false\n" + f"{SHOWN},,,,,2026,5,0.5,false\n"), 422)
    assert "Nothing was taken in" in faulty
    assert "Line 5" in faulty
    assert "Line 6" in faulty
    assert not Rollup._base_manager.exists()
    page = said(take(officer, HEAD + LINES))
    assert "Taken in." in page
    assert "signature does not match" in page
    assert "duckdb" in page
    assert ">81.3<" in page  # 0.8125, half up
    rows = {row[0]: row for _caption, lot in tables(page) for row in lot}
    assert rows["330782"][:2] == ["330782", "90.0"]
    assert rows["330783"] == ["330783", "few people", "–", "–", "–"]
    low, high = (float(one) for one in rows["330782"][2:4])
    assert 87 < low < 90 < high < 92  # by Wilson: 87.7 and 91.9
    assert "taken in already" in said(take(officer, HEAD + LINES), 409)
    for content, report in ((HEAD, REPORT), ("x", REPORT), (HEAD + LINES, {"made_at": "yesterday"}), ("\ufeff", None)):
        assert take(officer, content, report).status_code in (409, 422)
    assert Rollup._base_manager.count() == 1
