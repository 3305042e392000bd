"""Pages over kept cells: a fixed number of questions, values as the engine finishes them, nothing of what is hidden."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from craftpath.domain.insight.actions import publish_indicator
from craftpath.domain.insight.adding import GROUPINGS, measure, parts_in
from craftpath.domain.insight.models import Cell
from craftpath.engines.indicators import CATALOGUE, DIMENSIONS, by_key, finish
from craftpath.kernel.access import system
from tests.cast import AT, Cast
from tests.web.indicators.reading import tables

HOME = "/o/lanchuan-bureau/indicators/"
PAGES = (
    "",
    "ways/",
    "map/",
    "mentoring/",
    "nation/",
    "definitions/",
    "of/contract_completion/",
    "of/wage_mean/",
)
FILES = (
    "figures.csv",
    "map.csv",
    *(f"of/contract_completion/{one}.csv" for one in ("time", "groups", "quarters")),
)
SECRET = 97_531
"""Stands in every part of a hidden cell, and nowhere else."""


def keep(cast: Cast, groups: int, quarters: int, hidden: frozenset[str] = frozenset()) -> None:
    """Cells of the city in every table and grouping; groups whose name is in `hidden` are not shown."""
    Cell._base_manager.all().delete()
    values = {name: [f"{name[:2]}{at:02}" for at in range(groups)] for name in DIMENSIONS}
    values["period"] = [f"{2020 + at // 4}-Q{at % 4 + 1}" for at in range(quarters)]
    cells = []
    for table, parts in parts_in().items():
        codes = {measure(one): 1 for one in CATALOGUE if one.table == table}
        for grouping in GROUPINGS:
            for dims in _product([values[name] for name in grouping]):
                closed = bool(set(dims) & hidden)
                numbers = {part.key: SECRET if closed else 40 + 3 * place for place, part in enumerate(parts)}
                cells.append(
                    Cell(
                        organisation=cast.city, table=table, side="owned", parts=numbers,
                        hidden=codes if closed else {}, **dict(zip(grouping, dims, strict=True)),
                    )
                )  # fmt: skip
    Cell._base_manager.bulk_create(cells, batch_size=500)


def _product(lists: list[list[str]]) -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = [()]
    for some in lists:
        found = [(*one, value) for one in found for value in some]
    return found


@pytest.fixture
def officer(client: Client, cast: Cast) -> Client:
    client.force_login(cast.people["officer"])
    client.cookies["django_language"] = "en"
    return client


def asked(officer: Client, path: str) -> int:
    officer.get(path)  # whatever is kept from one answer to the next is kept now
    with CaptureQueriesContext(connection) as heard:
        answer = officer.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return len(heard)


def test_many_groups_cost_as_many_questions_as_one(officer: Client, cast: Cast) -> None:
    publish_indicator(cast.city, "contract_completion", by=system(cast.city), at=AT)
    public = ("/figures/lanchuan-bureau/", "/figures/lanchuan-bureau/contract_completion/")
    addresses = [*(HOME + path for path in (*PAGES, *FILES)), *public]
    keep(cast, 2, 2)
    few = {path: asked(officer, path) for path in addresses}
    keep(cast, 12, 8)
    many = {path: asked(officer, path) for path in addresses}
    assert many == few
    assert max(many.values()) < 40


def test_values_are_those_that_the_engine_finishes(officer: Client, cast: Cast) -> None:
    keep(cast, 3, 2)
    numbers = {part.key: [40 + 3 * place] for place, part in enumerate(parts_in()["apprenticeship"])}
    one = by_key("contract_completion")
    made = finish(one, {part.key: numbers[part.key] for part in one.parts})
    [value], [n] = made.values(), made.n.tolist()
    assert value is not None
    rows = {row[0]: row for _caption, lot in tables(officer.get(HOME).content.decode()) for row in lot[1:]}
    assert rows[one.name.en][2] == f"{value * 100:.1f}%"
    assert rows[one.name.en][4] == f"{n:,}"


def test_what_is_hidden_stands_on_no_page_in_no_file_whatever_is_asked(
    officer: Client, cast: Cast, client: Client
) -> None:
    """A group of each dimension is closed; every address with every pair of filters that name closed groups."""
    closed = frozenset({"pl01", "st01", "oc01", "en01"})
    keep(cast, 3, 2, closed)
    publish_indicator(cast.city, "contract_completion", by=system(cast.city), at=AT)
    values = {
        "place": "pl01",
        "stage": "st01",
        "occupation": "oc01",
        "enterprise": "en01",
        "period": "2020-Q1",
    }
    asks: list[dict[str, Any]] = [{}, *({"by": one} for one in values if one != "period")]
    asks += [{name: values[name] for name in pair} for pair in combinations(values, 2)]
    asks += [{"by": name, name: values[name], "period": "2020-Q1"} for name in values if name != "period"]
    addresses = [*(HOME + path for path in (*PAGES, *FILES)), "/figures/lanchuan-bureau/contract_completion/",
                 "/figures/lanchuan-bureau/contract_completion/quarters.csv"]  # fmt: skip
    seen = 0
    for query in asks:
        for path in addresses:
            said = officer.get(path, query).content.decode("utf-8-sig")
            assert str(SECRET) not in said.replace(",", ""), (path, query)
            seen += "few people" in said
    assert seen > len(asks)


def test_a_record_that_is_small_in_each_quarter_is_shown_together(officer: Client, cast: Cast) -> None:
    """One quarter would be a page of hidden figures; whoever asks for it gets it all the same."""
    keep(cast, 3, 9, hidden=frozenset({f"{2020 + at // 4}-Q{at % 4 + 1}" for at in range(9)}))
    page = officer.get(HOME).content.decode()
    assert '<option value="all" selected>' in page
    assert "All quarters" in page
    assert page.count("few people") < len(CATALOGUE) / 2
    one = officer.get(HOME + "?period=2022-Q1").content.decode()
    assert '<option value="2022-Q1" selected>' in one
    assert one.count("few people") > len(CATALOGUE) / 2
    share = HOME + "of/contract_completion/"
    alone = officer.get(share).content.decode()
    assert '<option value="all" selected>' in alone
    asked_for = {
        one: tables(officer.get(f"{share}?period={one}").content.decode()) for one in ("all", "2022-Q1")
    }
    assert tables(alone) == asked_for["all"] != asked_for["2022-Q1"]
    assert "few people" in officer.get(share + "?period=2022-Q1").content.decode()
    keep(cast, 3, 9)
    for path in (HOME, share):
        assert '<option value="all" selected>' not in officer.get(path).content.decode()


def test_visitors_choose_among_groups_of_which_something_published_tells(client: Client, cast: Cast) -> None:
    keep(cast, 2, 3)
    shown = by_key("wage_mean").table
    Cell._base_manager.exclude(table=shown).filter(enterprise="en01").update(enterprise="quiet-works")
    publish_indicator(cast.city, "wage_mean", by=system(cast.city), at=AT)
    page = client.get("/figures/lanchuan-bureau/wage_mean/").content.decode()
    assert "en01" in page
    assert "quiet-works" not in page
