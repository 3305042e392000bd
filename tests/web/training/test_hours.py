"""Hours: bars against what is asked and planned, the ledger with its reversals, a cohort sorted by need."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate
from django.utils.translation import override

from craftpath.delivery.web.training.buckets import bars, years_of
from craftpath.domain.apprenticeships.actions import RosterEntry, take_roster
from craftpath.domain.programmes.queries import buckets_by_programme
from craftpath.domain.training.actions import Posting, post_hours, reverse_hours
from craftpath.kernel.access import system
from craftpath.kernel.tenancy import everywhere
from craftpath.values.ref import Ref
from tests.cast import AT, TODAY, Cast
from tests.domain.training.world import planned, publish, shift

Browse = Callable[[str], Client]


def post(cast: Cast, number: str, name: str, minutes: int, bucket: str = "workplace", days: int = 0) -> None:
    with everywhere("a test posts hours"):
        who, on = cast.enrolments[number].pk, TODAY - timedelta(days=days)
        source = Ref("logbook", "entry", name)
        refused = post_hours([Posting(who, bucket, on, minutes, source, name)], by=system(), at=AT)
    assert refused == {}


def page_of(cast: Cast, number: str = "26001", organisation: str = "lanchuan") -> str:
    return f"/o/{organisation}/plan/hours/{cast.enrolments[number].public_id}/"


def test_hours_online_count_as_taught_hours_too(cast: Cast, browse: Browse) -> None:
    post(cast, "26001", "a", 300)
    post(cast, "26001", "b", 60, "taught")
    post(cast, "26001", "c", 45, "online")
    found = {
        bar.name: (bar.done, bar.target, bar.cap)
        for bar in browse("coordinator").get(page_of(cast)).context["bars"]
    }
    assert found == {
        "At the workplace": (300, 440 * 60, None),
        "Taught together": (105, 160 * 60, None),
        "Online": (45, None, 80 * 60),
    }


@pytest.mark.parametrize(
    ("done", "planned_", "words", "tone"),
    [
        ({"workplace": 440 * 60}, {}, "reached", "good"),
        ({"workplace": 60}, {"workplace": 360}, "5 h behind the plan", "attention"),
        ({"workplace": 350}, {"workplace": 360}, "as planned", "good"),
        ({}, {}, "", "plain"),
    ],
)
def test_the_verdict_of_a_bar(
    cast: Cast, done: dict[str, int], planned_: dict[str, int], words: str, tone: str
) -> None:
    buckets = buckets_by_programme([cast.programme.pk])[cast.programme.pk]
    with override("en"):
        first = bars(buckets, {"year": (done, planned_), "programme": ({}, {})})[0]
    assert (first.words, first.tone) == (words, tone)
    assert 0 <= first.done_at <= 100
    assert first.target_at == 100


def test_over_the_cap_is_wrong(cast: Cast) -> None:
    buckets = buckets_by_programme([cast.programme.pk])[cast.programme.pk]
    with override("en"):
        online = bars(buckets, {"year": ({"online": 81 * 60}, {}), "programme": ({}, {})})[2]
    assert (online.words, online.tone) == ("1 h over the cap", "wrong")
    assert online.cap_at is not None
    assert online.cap_at < online.done_at == 100


def test_training_years_begin_with_the_apprenticeship(cast: Cast) -> None:
    enrolment = cast.enrolments["26001"]  # since 2 March 2026
    years = years_of(enrolment, enrolment.starts_on.replace(year=2028), "")
    assert (years.numbers, years.chosen, str(years.first), str(years.last)) == (
        [1, 2, 3], 3, "2028-03-02", "2029-03-01",
    )  # fmt: skip
    assert years_of(enrolment, enrolment.starts_on.replace(year=2028), "1").chosen == 1
    for junk in ("9", "x", "-1", "٣", "9" * 5000):
        assert years_of(enrolment, enrolment.starts_on, junk).chosen == 1


def test_a_reversal_stands_under_the_line_that_it_takes_back(cast: Cast, browse: Browse) -> None:
    post(cast, "26001", "a", 300)
    post(cast, "26001", "b", 120)
    with everywhere("a test takes hours back"):
        reverse_hours(
            [Ref("logbook", "entry", "a")],
            because="logbook.corrected",
            organisation=cast.college,
            by=cast.actor("coordinator"),
            at=AT,
        )
    page = browse("apprentice").get(page_of(cast))
    shown = [(line.line.minutes, bool(line.back), line.because) for line in page.context["lines"]]
    assert shown == [(120, False, ""), (300, True, "the entry was corrected")]
    assert page.context["bars"][0].done == 120
    rows = browse("apprentice").get(page_of(cast) + "hours.csv").content.decode("utf-8-sig").splitlines()
    assert [row.split(",")[2:4] for row in rows[1:]] == [["120", "120"], ["300", "0"]]
    assert rows[2].endswith("the entry was corrected")


def test_whoever_sees_the_apprentice_sees_the_hours(cast: Cast, browse: Browse) -> None:
    for who, where, number, status in (
        ("apprentice", "lanchuan", "26001", 200), ("apprentice", "lanchuan", "26002", 404),
        ("mentor", "jinheng", "26002", 200), ("mentor", "jinheng", "26003", 404),
        ("hr", "jinheng", "26001", 200), ("hr", "jinheng", "26003", 404),
        ("officer", "lanchuan-bureau", "26001", 403), ("stranger", "dongling", "26001", 404),
    ):  # fmt: skip
        for page in ("", "hours.csv"):
            assert browse(who).get(page_of(cast, number, where) + page).status_code == status, (who, number)


def test_who_is_farthest_behind_comes_first_and_the_queries_do_not_grow(cast: Cast, browse: Browse) -> None:
    with everywhere("a rotation that has begun"):
        shift(publish(cast, planned(cast)), localdate() - timedelta(weeks=20))
    post(cast, "26001", "a", 1200)
    post(cast, "26002", "b", 1440)
    client, page = browse("coordinator"), f"/o/lanchuan/plan/{cast.cohort.public_id}/hours/"
    client.get("/account/settings/")
    rows = list(client.get(page).context["page"])
    assert [row.enrolment.number for row in rows][-2:] == ["26001", "26002"]
    assert [row.behind for row in rows] == sorted((row.behind for row in rows), reverse=True)
    assert rows[-2].behind - rows[-1].behind == 240
    with CaptureQueriesContext(connection) as few:
        client.get(page)
    with everywhere("sixty more join"):
        more = [RosterEntry(f"27{n:03}", f"学徒{n}", enterprise=cast.jinheng) for n in range(60)]
        take_roster(cast.cohort, more, by=cast.actor("coordinator"), at=AT)
    with CaptureQueriesContext(connection) as many:
        assert len(list(client.get(page).context["page"])) == 65
    assert len(many) == len(few) <= 14
