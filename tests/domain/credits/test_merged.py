"""Two records of one person that both have an account: read as one while they are merged, and two again after."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from craftpath.domain.certificates import holding
from craftpath.domain.credits import actions, bridges, queries
from craftpath.domain.credits.models import Account, Entry, Request
from craftpath.domain.credits.planning import holding_of
from craftpath.kernel.access import Actor
from craftpath.kernel.people import Person
from craftpath.kernel.roles import Role
from craftpath.kernel.tenancy import Scope, looking_for
from craftpath.kernel.twins.merging import undo_merge
from tests.cast import TODAY, Cast
from tests.domain.credits.world import (
    SYSTEM,
    Reached,
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
from tests.kernel.twins import a_record, merged

__all__ = ["reached"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_rows")]


class Two:
    """One person as two records: each has earned one thing of its own, and both the same third one."""

    def __init__(self, cast: Cast, reached: Reached) -> None:
        earning(cast)
        self.cast, self.reached = cast, reached
        self.stays = a_record("周雅", cast.college)
        self.goes = a_record("周 雅", cast.college)
        for person, own in ((self.stays, "fitter"), (self.goes, "turner")):
            reached.add(person, own)
            reached.add(person, "same", source=f"claims/claim/{own}")
        self.first, self.second = self.look(self.stays), self.look(self.goes)

    def look(self, person: Person) -> Account:
        return actions.look_what_is_earned(person, **SYSTEM).account

    def account(self) -> Account:
        found = queries.account_of(self.stays)
        assert found is not None
        return found

    def by(self, person: Person) -> Actor:
        return Actor(self.cast.college, person, frozenset({Role.MENTOR}))


@pytest.fixture
def two(cast: Cast, reached: Reached) -> Two:
    return Two(cast, reached)


def test_what_both_have_is_one_account_and_nothing_counts_twice(two: Two) -> None:
    assert (balance(two.first), balance(two.second)) == (1600, 1600)
    merge = merged(two.stays, two.goes)
    row = two.account()
    assert row == two.first
    assert balance(row) == 2400
    assert queries.left_in([row], TODAY) == {row.pk: 2400}
    assert sum(one.points for one in queries.credits_of(row, TODAY)) == 2400
    assert sum(one.points for one in holding_of(row, [], TODAY).credits) == 2400
    assert len(queries.entries_of(row)) == 4  # the ledger shows every line
    assert list(queries.accounts_of_people()) == [row]
    [offer] = bridges.credits_of_people(_asks(), [two.stays.pk], TODAY)
    assert offer == holding.Offer(two.stays.pk, 24)
    for person in (two.stays, two.goes):  # what one record reached is of the other by now, and earned already
        two.reached.rows[two.stays.pk] |= two.reached.rows[person.pk]
    assert actions.look_what_is_earned(two.stays, **SYSTEM).added == []
    undo_merge(merge, because="two persons", **SYSTEM)
    assert [balance(Account.objects.get(pk=one.pk)) for one in (two.first, two.second)] == [1600, 1600]


def test_credits_of_both_are_asked_for_together_and_part_again(two: Two) -> None:
    goal = diploma(two.cast)
    merge = merged(two.stays, two.goes)
    row, by = two.account(), two.by(two.stays)
    twice = queries.twice_of(row)
    assert [one.reached for one in twice] == ["certificate/same"]
    with refused("credits.spent"):
        asked(two.cast, goal, twice, account=row, by=by)
    some = [one for one in Entry.objects.order_by("pk") if one not in twice]
    request = posted(two.cast, decided(two.cast, asked(two.cast, goal, some, by=by), 400, 400, 400))
    assert balance(row) == 0
    assert {one.account for one in Entry.objects.filter(kind="converted")} == {two.first, two.second}
    assert queries.credits_of(row, TODAY).count() == 0
    with refused("credits.spent"):
        asked(two.cast, goal, twice, account=row, by=by)
    undo_merge(merge, because="two persons", **SYSTEM)
    assert balance(Account.objects.get(pk=two.first.pk)) == 0
    assert balance(Account.objects.get(pk=two.second.pk)) == 800  # the same one: its own again, and unspent
    assert Request.objects.get() == request


def test_a_request_from_before_an_undo_takes_nothing_of_somebody_else(two: Two) -> None:
    merge = merged(two.stays, two.goes)
    own = [one for one in credits(two.second) if one.reached == "certificate/turner"]
    row = decided(
        two.cast, asked(two.cast, diploma(two.cast), own, account=two.account(), by=two.by(two.stays)), 400
    )
    undo_merge(merge, because="two persons", **SYSTEM)
    lines = Entry.objects.count()
    with refused("credits.own_only"):
        posted(two.cast, Request.objects.get(pk=row.pk))
    assert Entry.objects.count() == lines


def test_the_person_and_the_office_see_both_and_a_stranger_neither(two: Two) -> None:
    merged(two.stays, two.goes)
    for scope, seen in (
        (Scope(two.stays.pk), 2),
        (Scope(two.cast.people["coordinator"].pk, two.cast.college.path), 2),
        (Scope(two.cast.people["apprentice"].pk), 0),
    ):
        with looking_for(scope):
            assert Account.objects.count() == seen
            assert Entry.objects.filter(kind="earned").count() == 2 * seen


def test_of_two_that_say_the_same_the_one_that_lasts_counts(two: Two) -> None:
    Entry._base_manager.filter(account=two.first, reached="certificate/same").update(
        expires_on=date(2026, 6, 1)
    )
    merged(two.stays, two.goes)
    assert balance(two.account()) == 2400
    assert [one.account for one in queries.twice_of(two.account())] == [two.first]


def _asks() -> Any:
    return {"kind": "credits", "at_least": 4}
