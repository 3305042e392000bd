"""The ledger: earned once, converted whole and once, reversed by lines of its own, never rewritten."""

from __future__ import annotations

import contextlib
import random
from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from craftpath.domain.credits import actions, queries
from craftpath.domain.credits.models import Account, Diploma, EarningRule, Entry, Request
from craftpath.kernel.access import system
from craftpath.kernel.tenancy import looking_for
from craftpath.values.verdict import Refused
from tests.cast import AT, TODAY, Cast
from tests.domain.credits.world import (
    SYSTEM,
    Reached,
    account,
    asked,
    balance,
    credits,
    decided,
    diploma,
    earning,
    posted,
    reached,
    refused,
)

__all__ = ["reached"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_rows")]


def test_what_is_reached_is_earned_once(cast: Cast, reached: Reached) -> None:
    earning(cast)
    apprentice = cast.people["apprentice"]
    reached.add(apprentice, "welder")
    looked = actions.look_what_is_earned(apprentice, by=cast.actor("apprentice", cast.college), at=AT)
    assert [(one.points, one.on, one.area.key) for one in looked.added] == [
        (800, date(2026, 5, 4), "technical")
    ]
    assert actions.look_what_is_earned(apprentice, **SYSTEM).added == []
    # The same outcome shown by another paper is still one outcome.
    reached.add(apprentice, "copy", reached="certificate/welder")
    assert actions.look_what_is_earned(apprentice, **SYSTEM).added == []
    assert balance(looked.account) == 800
    with refused("kernel.role_lacks"):
        actions.look_what_is_earned(apprentice, by=cast.actor("classmate", cast.college), at=AT)


def test_the_rule_of_the_day_on_which_it_was_reached_holds(cast: Cast, reached: Reached) -> None:
    earning(cast)
    earning(cast, points=600, valid_from=date(2026, 6, 1), key="certificate-cn5-4")
    apprentice = cast.people["apprentice"]
    reached.add(apprentice, "before")
    reached.add(apprentice, "after", on=date(2026, 6, 1))
    reached.add(apprentice, "other-scheme", scheme="onex", level="4")
    reached.add(apprentice, "too-old", on=date(2025, 12, 31))
    looked = actions.look_what_is_earned(apprentice, **SYSTEM)
    assert [one.points for one in looked.added] == [800, 600]
    assert [(one.reached, why.reason) for one, why in looked.without] == [
        ("certificate/too-old", "credits.no_rule"),
        ("certificate/other-scheme", "credits.no_rule"),
    ]
    assert [one.valid_to for one in EarningRule.objects.order_by("valid_from")] == [date(2026, 5, 31), None]


def test_the_most_exact_rule_of_the_nearest_organisation_holds(cast: Cast, reached: Reached) -> None:
    earning(cast)
    earning(cast, scheme="", level="", points=100)
    new = actions.NewEarning({"zh": "站点"}, "certificate", 9900, date(2026, 1, 1), scheme="cn5", level="4")
    technical = queries.areas().get(key="technical")
    actions.begin_earning(None, technical, new, today=TODAY, by=system(), at=AT)
    apprentice = cast.people["apprentice"]
    reached.add(apprentice, "exact")
    reached.add(apprentice, "vague", level="5")
    reached.add(apprentice, "elsewhere", institution=cast.neighbour, on=date(2026, 5, 5))
    looked = actions.look_what_is_earned(apprentice, **SYSTEM)
    assert {one.reached: one.points for one in looked.added} == {
        "certificate/exact": 800,
        "certificate/vague": 100,
        "certificate/elsewhere": 9900,
    }


@pytest.mark.parametrize(
    ("cap", "days", "points"),
    [
        ("cap_total", ["2026-02-01", "2026-08-01", "2026-09-01"], [800, 400]),
        ("cap_year", ["2025-12-31", "2026-02-01", "2026-08-01"], [800, 800, 400]),
        ("cap_half", ["2026-02-01", "2026-06-30", "2026-07-01"], [800, 400, 800]),
    ],
)
def test_caps_of_earning(cast: Cast, reached: Reached, cap: str, days: list[str], points: list[int]) -> None:
    earning(cast, valid_from=date(2025, 1, 1), **{cap: 1200})
    for n, day in enumerate(days):
        reached.add(cast.people["apprentice"], f"c{n}", on=date.fromisoformat(day))
    looked = actions.look_what_is_earned(cast.people["apprentice"], **SYSTEM)
    assert [one.points for one in looked.added] == points
    assert {why.reason for _one, why in looked.without} <= {"credits.cap_reached"}
    assert len(looked.added) + len(looked.without) == 3
    assert actions.look_what_is_earned(cast.people["apprentice"], **SYSTEM).added == []


def test_expired_is_a_matter_of_the_day(cast: Cast, reached: Reached) -> None:
    earning(cast, expires_months=9)
    reached.add(cast.people["apprentice"], "welder", on=date(2026, 5, 31))
    row = account(cast)
    last = date(2027, 2, 28)
    assert credits(row)[0].expires_on == last
    assert (balance(row, last), balance(row, last + timedelta(days=1))) == (800, 0)
    assert [one.pk for one in queries.credits_of(row, last)] == [credits(row)[0].pk]
    assert not queries.credits_of(row, last + timedelta(days=1)).exists()
    [area] = queries.balance_of(row, last + timedelta(days=1))
    assert (area.earned, area.converted, area.expired) == (800, 0, 800)


def test_from_earning_to_reversal(cast: Cast, reached: Reached) -> None:
    earning(cast, expires_months=24)
    for n in range(3):
        reached.add(cast.people["apprentice"], f"c{n}")
    row, goal = account(cast), diploma(cast)
    some = credits(row)
    request = asked(cast, goal, some)
    assert [(line.proposed, line.to_area) for line in request.lines.all()] == [(400, "major")] * 3
    request = decided(cast, request, 400, 300, 0)
    assert request.state == "partly"
    assert balance(row) == 2400  # decided is not posted
    request = posted(cast, request)
    assert posted(cast, request).state == "posted"  # pressed twice
    assert Entry.objects.filter(kind="converted").count() == 2
    assert balance(row) == 800
    assert [one.points for one in queries.taken_by(row, goal)] == [400, 300]
    # What is converted does not expire any more.
    [area] = queries.balance_of(row, date(2030, 1, 1))
    assert (area.earned, area.converted, area.expired, area.left) == (2400, 1600, 800, 0)
    with refused("credits.spent"):
        asked(cast, goal, some[:1])
    with refused("credits.say_why"):
        actions.reverse_request(request, because=" ", on=TODAY, by=cast.actor("coordinator"), at=AT)
    request = actions.reverse_request(request, because="误算", on=TODAY, by=cast.actor("coordinator"), at=AT)
    assert (request.state, balance(row), queries.taken_by(row, goal)) == ("reversed", 2400, [])
    again = posted(cast, decided(cast, asked(cast, goal, some[:1]), 400))
    assert (again.state, balance(row)) == ("posted", 1600)


def test_lines_are_never_altered(cast: Cast, reached: Reached) -> None:
    earning(cast)
    reached.add(cast.people["apprentice"], "welder")
    [line] = credits(account(cast))
    with pytest.raises(TypeError, match="never altered"):
        line.save()
    with pytest.raises(TypeError, match="never deleted"):
        line.delete()
    line.pk, line.public_id = None, "another"
    with pytest.raises(IntegrityError), transaction.atomic():
        line.save()
    line.source = "elsewhere"
    with pytest.raises(IntegrityError), transaction.atomic():
        line.save()


def test_what_was_taken_back_is_not_earned_from_the_same_source(cast: Cast, reached: Reached) -> None:
    earning(cast)
    apprentice, by = cast.people["apprentice"], cast.actor("coordinator")
    reached.add(apprentice, "welder")
    row = account(cast)
    [line] = credits(row)
    with refused("credits.say_why"):
        actions.take_back_earned(line, because="", on=TODAY, by=by, at=AT)
    with refused("kernel.belongs_to_another"):
        actions.take_back_earned(
            line, because="x", on=TODAY, by=cast.actor("stranger", cast.neighbour), at=AT
        )
    made = actions.take_back_earned(line, because="证书已撤销", on=TODAY, by=by, at=AT)
    assert actions.take_back_earned(line, because="又一次", on=TODAY, by=by, at=AT) == made
    assert balance(row) == 0
    assert actions.look_what_is_earned(apprentice, **SYSTEM).added == []
    reached.add(apprentice, "renewed", reached="certificate/welder")
    assert [one.again for one in actions.look_what_is_earned(apprentice, **SYSTEM).added] == [1]
    assert balance(row) == 800


def test_what_was_converted_is_not_taken_back(cast: Cast, reached: Reached) -> None:
    earning(cast)
    reached.add(cast.people["apprentice"], "welder")
    some = credits(account(cast))
    request = posted(cast, decided(cast, asked(cast, diploma(cast), some), 400))
    by = cast.actor("coordinator")
    with refused("credits.spent_already"):
        actions.take_back_earned(some[0], because="x", on=TODAY, by=by, at=AT)
    actions.reverse_request(request, because="x", on=TODAY, by=by, at=AT)
    actions.take_back_earned(some[0], because="x", on=TODAY, by=by, at=AT)
    assert balance(some[0].account) == 0


def test_own_and_their_college_see_an_account(cast: Cast, reached: Reached) -> None:
    earning(cast)
    reached.add(cast.people["apprentice"], "welder")
    row = account(cast)

    def sees(who: str, where: Any = None) -> bool:
        with looking_for(cast.actor(who, where).scope):
            found = Account.objects.filter(pk=row.pk).exists()
            assert Entry.objects.filter(account=row).exists() == found
            return found

    assert sees("apprentice")
    assert sees("coordinator")
    assert not sees("classmate")
    assert not sees("stranger", cast.neighbour)


def test_the_balance_costs_the_same_however_long_the_ledger_is(cast: Cast, reached: Reached) -> None:
    earning(cast)
    apprentice = cast.people["apprentice"]
    reached.add(apprentice, "c0")
    row = account(cast)
    with CaptureQueriesContext(connection) as few:
        queries.balance_of(row, TODAY)
    for n in range(1, 50):
        reached.add(apprentice, f"c{n}")
    account(cast)
    with CaptureQueriesContext(connection) as many:
        assert sum(one.left for one in queries.balance_of(row, TODAY)) == 50 * 800
    assert len(few) == len(many) == 3


def test_nothing_is_spent_twice_whatever_happens(cast: Cast, reached: Reached) -> None:
    earning(cast)
    for n in range(3):
        reached.add(cast.people["apprentice"], f"c{n}")
    row, goal = account(cast), diploma(cast, most=700)
    happened: Counter[str] = Counter()
    for seed in range(12):
        chance = random.Random(seed)  # noqa: S311
        with transaction.atomic():
            for step in chance.choices(("ask", "post", "reverse", "back"), (4, 4, 2, 1), k=10):
                with contextlib.suppress(Refused, IndexError):
                    _step(cast, goal, step, chance.sample(credits(row), 2))
                    happened[step] += 1
                left = queries.left_of(credits(row))
                assert all(left[one.pk] in (0, one.points) for one in credits(row))
                assert balance(row) == sum(left.values())
                assert sum(one.points for one in queries.taken_by(row, goal)) <= 700
            transaction.set_rollback(True)
    assert min(happened[step] for step in ("ask", "post", "reverse", "back")) > 1  # it did something


def _step(cast: Cast, goal: Diploma, step: str, some: list[Entry]) -> None:
    by = cast.actor("coordinator")
    waiting, done = (Request.objects.filter(state=state) for state in ("submitted", "posted"))
    if step == "ask":
        asked(cast, goal, some[:1])
    elif step == "post":
        posted(cast, decided(cast, waiting[0], 400))
    elif step == "reverse":
        actions.reverse_request(done[0], because="x", on=TODAY, by=by, at=AT)
    else:
        actions.take_back_earned(some[0], because="x", on=TODAY, by=by, at=AT)
