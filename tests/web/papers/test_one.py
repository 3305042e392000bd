"""Papers about one apprentice: figures as on the pages, only for those who see the apprentice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from craftpath.delivery.exchange.printouts.periods import period_of
from craftpath.delivery.exchange.printouts.training_record import training_records
from craftpath.domain.apprenticeships.actions import RosterEntry, take_roster
from craftpath.domain.apprenticeships.queries import enrolments
from craftpath.domain.logbook.models import Entry
from craftpath.kernel.access import system
from craftpath.kernel.tenancy import everywhere, looking_for
from craftpath.values.printout import Table
from tests.cast import AT, TODAY, Cast
from tests.exchange.printed import letters, pages
from tests.house.furnishing import furnish
from tests.web.training.test_hours import post

pytestmark = pytest.mark.django_db
Browse = Callable[[str], Client]


def address(cast: Cast, number: str = "26001", house: str = "lanchuan") -> str:
    return f"/o/{house}/print/of/{cast.enrolments[number].public_id}/"


@pytest.fixture
def furnished(cast: Cast) -> Cast:
    furnish(cast)
    return cast


def record(cast: Cast, period: str = "all", number: str = "26001", who: str = "coordinator") -> Any:
    with looking_for(cast.actor(who).scope):
        rows = list(enrolments().filter(number=number))
        found = period_of(period, cast.cohort)
        assert found is not None
        return training_records(cast.cohort, rows, found, today=TODAY, at=AT)[0]


def table(found: Any, title: str) -> Table:
    return next(block for block in found.blocks if isinstance(block, Table) and block.heading.en == title)


def test_confirmed_entries_stand_apart_from_the_others(furnished: Cast) -> None:
    found = record(furnished)
    confirmed, waiting = table(found, "Log, confirmed"), table(found, "Log, not confirmed")
    assert [(row[1], row[4], row[5]) for row in confirmed.rows] == [
        ("装夹工件，试切外圆。", timedelta(hours=4), "周国栋")
    ]
    assert [(row[1], row[4], row[5].en) for row in waiting.rows] == [
        ("换刀并重新对刀。", timedelta(hours=1), "Handed in")
    ]
    assert (confirmed.total[4], waiting.total[4]) == (timedelta(hours=4), timedelta(hours=1))


def test_a_draft_is_on_nobodys_paper(furnished: Cast) -> None:
    with everywhere("a test"):
        Entry.objects.filter(state="submitted").update(state="draft", submitted_at=None)
    for who in ("apprentice", "coordinator"):
        assert table(record(furnished, who=who), "Log, not confirmed").rows == ()


def test_a_month_holds_its_own_days_only(furnished: Cast) -> None:
    now, before = record(furnished, "2026-09"), record(furnished, "2026-08")
    assert (len(table(now, "Log, confirmed").rows), len(table(now, "Log, not confirmed").rows)) == (0, 1)
    assert (len(table(before, "Log, confirmed").rows), len(table(before, "Log, not confirmed").rows)) == (
        1,
        0,
    )
    assert table(before, "Hours").rows[0][1] == timedelta(hours=4)
    assert table(now, "Hours").rows == ()


def test_hours_are_those_of_the_hours_page(furnished: Cast, browse: Browse) -> None:
    post(furnished, "26001", "b", 95, "taught")
    post(furnished, "26001", "c", 45, "online")
    page = browse("coordinator").get(f"/o/lanchuan/plan/hours/{furnished.enrolments['26001'].public_id}/")
    shown = {bar.name: bar.done for bar in page.context["bars"]}
    answer = browse("coordinator").get(f"{address(furnished)}training-record?form=xlsx&language=en")
    sheet = openpyxl.load_workbook(BytesIO(answer.content))["Hours"]
    rows = list(sheet.iter_rows(min_row=2, max_col=2, values_only=True))[: len(shown)]
    assert {name: time.total_seconds() / 60 for name, time in rows} == shown
    paper = browse("coordinator").get(f"{address(furnished)}training-record?language=en")
    text = "".join(pages(paper.content))
    for minutes in shown.values():
        assert f"{minutes // 60}:{minutes % 60:02}" in text


def test_the_paper_says_who_it_is_and_has_a_name(furnished: Cast, browse: Browse) -> None:
    answer = browse("coordinator").get(f"{address(furnished)}training-record?language=zh")
    assert answer["Content-Type"] == "application/pdf"
    assert "26001_" in answer["Content-Disposition"]
    text = "".join(pages(answer.content))
    for word in ("陈雨桐", "26001", "金恒机械", "周国栋", "焊工2026级1班", "盖章处", "装夹工件，试切外圆。"):
        assert letters(word) in text


@pytest.mark.parametrize(
    ("who", "house", "number", "status"),
    [
        ("", "lanchuan", "26001", 302),
        ("stranger", "lanchuan", "26001", 404),
        ("stranger", "dongling", "26001", 404),
        ("apprentice", "lanchuan", "26001", 200),
        ("apprentice", "lanchuan", "26002", 404),
        ("mentor", "jinheng", "26001", 200),
        ("mentor", "jinheng", "26003", 404),
        ("hr", "jinheng", "26003", 404),
        ("officer", "lanchuan-bureau", "26001", 403),
    ],
)
def test_a_paper_is_for_those_who_see_the_page(
    cast: Cast, browse: Browse, who: str, house: str, number: str, status: int
) -> None:
    base = address(cast, number, house)
    for where in (base, f"{base}training-record?form=xlsx"):
        assert browse(who).get(where).status_code == status, where


@pytest.mark.parametrize("asked", ["period=2026-13", "period=x", "language=fr", "form=csv", "period=9999-99"])
def test_what_nobody_can_print_is_404(cast: Cast, browse: Browse, asked: str) -> None:
    assert browse("coordinator").get(f"{address(cast)}training-record?{asked}").status_code == 404


def test_the_page_offers_everything_with_one_press(furnished: Cast, browse: Browse) -> None:
    page = browse("coordinator").get(address(furnished)).content.decode()
    assert 'value="all" selected' in page
    assert 'value="2026-08"' in page
    assert 'value="junior_craftsman"' in page
    assert (
        address(furnished)
        in browse("coordinator")
        .get(f"/o/lanchuan/cohorts/apprentices/{furnished.enrolments['26001'].public_id}/")
        .content.decode()
    )


def test_one_and_twenty_take_the_same_queries(furnished: Cast) -> None:
    def asked(most: int) -> int:
        with looking_for(furnished.actor("coordinator").scope):
            rows = list(enrolments().filter(cohort=furnished.cohort)[:most])
            period = period_of("junior_craftsman", furnished.cohort)
            assert period is not None
            with CaptureQueriesContext(
                connection,
            ) as found:
                made = training_records(furnished.cohort, rows, period, today=TODAY, at=AT)
        assert len(made) == len(rows)
        return len(found)

    with everywhere("a test"):
        take_roster(
            furnished.cohort,
            [RosterEntry(f"27{n:03}", f"新人{n}", enterprise=furnished.jinheng) for n in range(20)],
            by=system(), at=AT,
        )  # fmt: skip
    assert asked(1) == asked(25)
