"""Pages of figures: they say what the queries said, charts and files say the same, and nobody else reads them."""

from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from html import escape
from itertools import combinations
from typing import Any

import pytest
from django.test import Client

from craftpath.domain.insight import queries
from craftpath.engines.indicators import CATALOGUE, by_key
from tests.cast import Cast
from tests.house.visitors import seat_of, sent_to_sign_in
from tests.web.indicators import world
from tests.web.indicators.reading import as_filed, file, given, tables

HOME = "/o/lanchuan-bureau/indicators/"
NEWEST = world.PERIODS[-1]
FEW = "few people"
PAGES = ("", "definitions/", "ways/", "map/", "mentoring/", "nation/", "of/contract_completion/")
FILES = (
    "figures.csv", "definitions.csv", "ways/funnel.csv", "ways/survival.csv", "ways/stages.csv", "ways/credits.csv",
    "map.csv", "mentoring.csv", "nation.csv", "of/contract_completion/time.csv", "of/contract_completion/groups.csv",
    "of/contract_completion/quarters.csv",
)  # fmt: skip


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Any, ...]]:
    """The invented city behind the queries, and every question that a page asked of its figures."""
    heard: list[tuple[Any, ...]] = []
    for name, fake in world.FAKES.items():
        monkeypatch.setattr(queries, name, fake)

    def figures(keys: Any, by: Any = ("period",), where: Any = None, *, of: Any) -> list[queries.Row]:
        heard.append((tuple(keys), tuple(by), dict(where or {}), of.key))
        return world.figures(keys, by, where, of=of)

    monkeypatch.setattr(queries, "figures", figures)
    monkeypatch.setattr(queries, "public_figures", figures)
    return heard


@pytest.fixture
def officer(client: Client, cast: Cast, asked: Any) -> Callable[..., str]:
    """Reads a page as the officer of the city, in English."""
    client.force_login(cast.people["officer"])
    client.cookies["django_language"] = "en"

    def read(path: str = "", **query: str) -> str:
        answer = client.get(HOME + path, query)
        assert answer.status_code == 200, answer.content.decode()[-2000:]
        return str(answer.content.decode())

    return read


def load(client: Client, path: str, **query: str) -> list[list[str]]:
    answer = client.get(HOME + path, query)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    return file(answer.content)


def per_cent(value: Decimal) -> str:
    return str((value * 100).quantize(Decimal("0.1"), ROUND_HALF_UP))


def test_the_overview_says_what_the_queries_say(officer: Callable[..., str]) -> None:
    rows = {row[0]: row for _caption, lot in tables(officer()) for row in lot[1:]}
    assert len(rows) == len(CATALOGUE)
    for indicator in CATALOGUE:
        found = world.row(indicator, {"period": NEWEST})
        before = world.row(indicator, {"period": world.PERIODS[-2]})
        name, _trend, figure, change, n = rows[indicator.name.en]
        assert n == f"{found.n:,}", name
        if indicator.unit.value == "share":
            assert found.value is not None
            assert before.value is not None
            assert figure == per_cent(found.value) + "%"
            expected = Decimal(per_cent(found.value)) - Decimal(per_cent(before.value))
            assert (
                change.split()[0].replace("−", "-").lstrip("+±") == str(expected).lstrip("+") or not expected
            )


def test_what_changed_and_what_is_out_of_line_is_more_than_chance(officer: Callable[..., str]) -> None:
    """A group stands out only if its interval leaves out the figure of all."""
    html = officer("of/contract_completion/", by="enterprise")
    chart = given(html, "chart-groups")
    whole = chart["mean"]["at"]
    assert {row["out"] for row in chart["rows"]} >= {"", "above"} or {
        row["out"] for row in chart["rows"]
    } >= {"", "below"}
    for row in chart["rows"]:
        inside = row["low"] is None or row["low"] <= whole <= row["high"]
        assert (row["out"] == "") == inside


@pytest.mark.parametrize(
    "query", [{}, {"by": "enterprise"}, {"stage": "junior"}, {"period": "2025-Q2", "by": "stage"}]
)
def test_charts_tables_and_files_say_the_same(
    officer: Callable[..., str], client: Client, query: dict[str, str]
) -> None:
    """The drawn numbers are those of the table under the drawing, and the file has the rows of the table."""
    html = officer("of/contract_completion/", **query)
    by_head = {rows[0][0]: rows for _caption, rows in tables(html)}
    time, groups = given(html, "chart-time"), given(html, "chart-groups")
    of = {"place": "Place", "enterprise": "Enterprise", "stage": "Stage"}[
        query.get("by", "stage" if "stage" in query else "place")
    ]
    assert [row[0] for row in by_head["Quarter"][1:]] == time["x"]
    drawn = [None if one is None else f"{one:.1f}" for one in time["series"][0]["values"]]
    assert [row[1] for row in by_head["Quarter"][1:]] == drawn
    lines = [
        [row["label"], "few people" if row["value"] is None else f"{row['value']:.1f}"]
        for row in groups["rows"]
    ]
    assert [row[:2] for row in by_head[of][1:-1]] == lines
    assert by_head[of][-1][0] == "All"
    assert float(by_head[of][-1][1]) == groups["mean"]["at"]
    for which, head in (("time", "Quarter"), ("groups", of), ("quarters", f"{of} (%)")):
        filed = load(client, f"of/contract_completion/{which}.csv", **query)
        assert filed == [[as_filed(cell) for cell in row] for row in by_head[head]]


def test_other_pages_and_their_files_say_the_same(officer: Callable[..., str], client: Client) -> None:
    ways = tables(officer("ways/"))
    for rows, which in zip(ways, ("funnel", "survival", "stages", "credits"), strict=True):
        assert load(client, f"ways/{which}.csv") == [[as_filed(cell) for cell in row] for row in rows[1]]
    for page, path in (("map/", "map.csv"), ("mentoring/", "mentoring.csv"), ("nation/", "nation.csv")):
        rows = tables(officer(page))[0]
        assert load(client, path) == [[as_filed(cell) for cell in row] for row in rows[1]], page
    listed = load(client, "figures.csv")[1:]
    shown = [row for _caption, lot in tables(officer()) for row in lot[1:]]
    assert [row[1] for row in listed] == [row[0] for row in shown]
    for filed, row in zip(listed, shown, strict=True):
        assert as_filed(row[2].split()[0].rstrip("%")).startswith(filed[3]), row
        assert as_filed(row[4]) == filed[6]
    assert len(load(client, "definitions.csv")) == len(CATALOGUE) + 1


def test_the_ways_are_drawn_as_they_are_counted(officer: Callable[..., str]) -> None:
    html = officer("ways/")
    steps = world.funnel(of=None)
    assert [step["count"] for step in given(html, "chart-funnel")["steps"]] == [step.n for step in steps]
    assert [step["share"] for step in given(html, "chart-funnel")["steps"]][:2] == ["120.8%", "104.1%"]
    curve = given(html, "chart-survival")
    first = [row for row in world.survival(of=None) if row.group == "2023"]
    assert curve["series"][0]["values"] == [
        100.0,
        *(
            float(per_cent(row.share)) if row.share is not None and (row.at_risk or 0) >= 5 else None
            for row in first
        ),
    ]
    stages = given(html, "chart-stages")
    assert sum(link["n"] for link in stages["links"]) == sum(
        link.n or 0 for link in world.paths(of=None) if link.kind == "stage"
    )
    depth = {node["key"]: node["depth"] for node in stages["nodes"]}
    assert all(depth[link["from"]] < depth[link["to"]] for link in stages["links"])
    credits = given(html, "chart-credits")
    assert credits["links"][0]["n"] == 1240.5


def test_the_definition_stands_beside_the_number(officer: Callable[..., str]) -> None:
    html = officer("of/wage_mean/")
    indicator = by_key("wage_mean")
    assert escape(indicator.text.en) in html
    assert "10 people" in html
    listed = officer("definitions/")
    assert all(f'id="{one.key}"' in listed for one in CATALOGUE)


def test_who_may_see_figures_reads_those_of_the_own_organisation(
    client: Client, cast: Cast, asked: list[tuple[Any, ...]]
) -> None:
    """An enterprise asks for its own, a college for its own, a city for all below it; the others are refused."""
    for who in ("officer", "coordinator", "hr", "trainer", "auditor", "administrator"):
        client.force_login(cast.people[who])
        asked.clear()
        for path in (*PAGES, *FILES):
            assert client.get(f"/o/{seat_of(who)}/indicators/{path}").status_code == 200, (who, path)
        assert {of for *_rest, of in asked} == {seat_of(who)}
    asked.clear()
    for who, status in (("apprentice", 403), ("mentor", 403), ("assessor", 403), ("stranger", 404)):
        client.force_login(cast.people[who])
        for path in (*PAGES, *FILES):
            assert client.get(f"/o/{seat_of(who)}/indicators/{path}").status_code == status, (who, path)
    client.logout()
    assert all(sent_to_sign_in(client.get(HOME + path)) for path in (*PAGES, *FILES))
    client.force_login(cast.people["hr"])
    assert client.get(HOME).status_code == 404  # the city is not the enterprise's
    assert asked == []


def test_no_choice_of_filters_asks_for_a_finer_table(
    officer: Callable[..., str], client: Client, asked: list[tuple[Any, ...]]
) -> None:
    """Every pair of filters, on every page and file: what is asked is a published table, and cells stay hidden."""
    values = {name: list(rows) for name, rows in world.NAMES.items()} | {
        "period": [NEWEST],
        "by": list(world.NAMES),
    }
    hidden = {name: rows[-1] for name, rows in values.items() if name in world.NAMES}
    for one, other in combinations(values, 2):
        query = {one: values[one][-1], other: values[other][-1]}
        for path in PAGES:
            officer(path, **query)
        for path in FILES:
            load(client, path, **query)
    assert asked
    for _keys, by, where, _of in asked:
        assert any({*by, *where} == set(table) for table in queries.TABLES), (by, where)
    for name in ("place", "enterprise"):
        html = officer("of/contract_completion/", by=name, period=NEWEST)
        label = world.NAMES[name][hidden[name]][1]
        row = next(row for _caption, lot in tables(html) for row in lot if row[0] == label)
        assert row == [label, FEW, "–", "–", "–"]
        drawn = next(row for row in given(html, "chart-groups")["rows"] if row["label"] == label)
        assert (drawn["value"], drawn["low"], drawn["high"]) == (None, None, None)
        assert "Why some figures are not shown" in html
    both = officer("of/contract_completion/", place="330782", stage="junior")
    assert "One group at a time" in both


@pytest.mark.parametrize(
    "query",
    [
        {"period": "2099-Q9"}, {"place": "'; drop table"}, {"by": "person"}, {"stage": "\0"}, {"of": "no-such"},
        {"enterprise": "x" * 5000}, {"period": ["2025-Q1", "junk"]},
    ],
)  # fmt: skip
def test_junk_is_passed_over(officer: Callable[..., str], query: dict[str, Any]) -> None:
    for path in PAGES:
        officer(path, **query)
    if not {"of"} & set(query):
        assert "it was passed over" in officer("of/contract_completion/", **query)


def test_unknown_addresses_are_not_there(officer: Callable[..., str], client: Client) -> None:
    for path in ("of/no-such/", "of/contract_completion/all.csv", "ways/people.csv", "of/no-such/time.csv"):
        assert client.get(HOME + path).status_code == 404


def test_without_figures_every_page_says_so(
    client: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch, asked: Any
) -> None:
    for name in ("figures", "funnel", "survival", "paths", "layers", "spots", "rollups", "national"):
        monkeypatch.setattr(queries, name, lambda *_more, **_named: [])
    monkeypatch.setattr(queries, "choices", lambda *, of: {name: [] for name in queries.DIMENSIONS})
    client.force_login(cast.people["officer"])
    client.cookies["django_language"] = "en"
    said = {path: client.get(HOME + path).content.decode() for path in PAGES}
    assert "There are no figures yet" in said[""]
    assert "There are no ways yet" in said["ways/"]
    assert "No place has a figure" in said["map/"]
    assert "No layers yet" in said["mentoring/"]
    assert "No figures of the nation yet" in said["nation/"]
    for path in FILES:
        assert client.get(HOME + path).status_code == 200


def test_cities_stand_beside_one_another(officer: Callable[..., str]) -> None:
    html = officer("nation/", of="gate_first_try", period=NEWEST)
    chart = given(html, "chart-nation")
    rows = {row["label"]: row for row in chart["rows"]}
    assert rows[world.CITIES[-1]]["value"] is None
    assert rows[world.CITIES[-1]]["said"] == FEW
    for city in world.CITIES[:-1]:
        [found] = [
            one for one in world.national(["gate_first_try"], ("place",), {"period": NEWEST}, of=None)
            if one.dims["place"] == city
        ]  # fmt: skip
        assert found.value is not None
        assert rows[city]["said"].split()[0] == per_cent(found.value) + "%"
    assert "spark" in html
    assert "Earlier roll-ups" in html
