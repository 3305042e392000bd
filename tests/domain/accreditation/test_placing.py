"""Accredited places: how many by the rule, how many on a day, and what agreements make of them."""

from __future__ import annotations

import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from craftpath.domain.accreditation import actions, rules
from craftpath.domain.accreditation.duties import places_that_run_out
from craftpath.domain.accreditation.models import DeskRule
from craftpath.domain.accreditation.queries import capacity_on, places_on
from craftpath.domain.accreditation.trades import same_trade, trade_named
from craftpath.domain.agreements.places import places_for, taken_at
from craftpath.kernel.duties import KINDS, Asked, Clock, open_duties
from tests.cast import AT, TODAY, Cast
from tests.domain.accreditation.world import DAY, TURNER, accredited, by_city, checked, refused, room
from tests.domain.agreements.agreed import draft


@given(st.integers(0, 200), st.integers(0, 200), st.integers(1, 9), st.integers(1, 9))
def test_places_keep_the_ratio(workers: int, mentors: int, each: int, most: int) -> None:
    rule = DeskRule(workers=each, per_mentor=most)
    found = rules.most_places(workers, mentors, rule)
    assert found * each <= workers
    assert found <= mentors * most
    assert rules.most_places(workers + 1, mentors, rule) >= found


def test_a_trade_is_the_same_under_either_name() -> None:
    assert same_trade({"zh": "数控车工"}, TURNER)
    assert same_trade({"en": "cnc TURNER"}, TURNER)
    assert not same_trade({}, {})
    assert trade_named("cnc turner", [TURNER]) == TURNER
    assert trade_named("焊工", [TURNER]) == {"zh": "焊工"}


@pytest.mark.usefixtures("all_rows")
def test_no_more_places_than_the_rule_allows_and_each_trade_once(cast: Cast) -> None:
    with refused("accreditation.too_many_places"):
        accredited(cast, 6)
    with refused("accreditation.more_mentors_than_workers"):
        accredited(cast, 4, mentors=11)
    with refused("accreditation.no_such_enterprise"):
        accredited(cast, organisation=cast.college)
    accredited(cast, 5)
    with refused("accreditation.place_there"):
        accredited(cast, 2, occupation={"zh": "数控车工"})
    with refused("kernel.belongs_to_another"):
        actions.accredit_place(
            cast.city, organisation=cast.qinghe, occupation=TURNER, room=room(), by=cast.actor("coordinator"), at=AT
        )  # fmt: skip


@pytest.mark.usefixtures("all_rows")
def test_capacity_of_a_day(cast: Cast) -> None:
    assert capacity_on(cast.jinheng, TURNER, TODAY) is None
    row = accredited(cast, 4)
    ends = row.valid_until
    assert [capacity_on(cast.jinheng, TURNER, day) for day in (TODAY, ends, ends + DAY)] == [4, 4, 0]
    assert capacity_on(cast.jinheng, {"zh": "焊工"}, TODAY) is None
    actions.suspend_place(row, because="整改", **by_city(cast))
    assert capacity_on(cast.jinheng, TURNER, TODAY) == 0
    actions.resume_place(row, **by_city(cast))
    actions.renew_place(row, room(3, valid_until=ends + 300 * DAY), **by_city(cast))
    assert capacity_on(cast.jinheng, TURNER, ends + DAY) == 3
    actions.end_place(row, because="停产", **by_city(cast))
    assert capacity_on(cast.jinheng, TURNER, TODAY) is None
    with refused("accreditation.place_ended"):
        actions.renew_place(row, room(), **by_city(cast))
    assert accredited(cast, 2).state == "valid"


@pytest.mark.usefixtures("all_rows")
def test_nobody_new_begins_at_an_enterprise_that_is_on_hold_or_struck_out(cast: Cast) -> None:
    register = checked(cast, name={"zh": "金恒机械有限公司"})
    accredited(cast, 4)  # before the enterprise was in the register
    until = TODAY + 10 * DAY
    register = actions.register_enterprise(
        register, organisation=cast.jinheng, valid_until=until, **by_city(cast)
    )

    def begin() -> tuple[int | None, int]:
        return capacity_on(cast.jinheng, TURNER, TODAY), len(places_on(cast.jinheng, TODAY))

    assert begin() == (4, 1)
    actions.suspend_registration(register, because="安全整改", **by_city(cast))
    assert begin() == (0, 0)
    accredited(cast, 2, occupation={"zh": "焊工"})  # on hold, a further one opens no door either
    assert places_on(cast.jinheng, TODAY) == []
    register = actions.resume_registration(register, **by_city(cast))
    assert begin() == (4, 2)
    actions.expire_registration(register, by=by_city(cast)["by"], at=AT + 11 * DAY)
    assert begin() == (0, 0)
    again = checked(cast, made_id=uuid.uuid4(), name={"zh": "金恒机械有限公司"})
    actions.register_enterprise(
        again, organisation=cast.jinheng, valid_until=TODAY + 300 * DAY, **by_city(cast)
    )
    assert begin() == (4, 2)


@pytest.mark.usefixtures("all_rows")
def test_agreements_are_warned_and_refused_only_where_the_city_says_so(cast: Cast) -> None:
    trade = cast.cohort.occupation
    enrolment = cast.enrolments["26001"]
    enrolment.enterprise = cast.jinheng
    before = places_for(enrolment, cast.jinheng, TODAY)
    assert before is not None
    assert (before.capacity, before.free) == (None, False)
    [others] = taken_at([(cast.jinheng, trade)])
    accredited(cast, 2, occupation=trade)
    standing = places_for(enrolment, cast.jinheng, TODAY)
    assert standing is not None
    assert (standing.capacity, standing.taken, standing.free) == (2, others - 1, others - 1 < 2)
    draft(cast, "26001")  # a warning hinders nobody
    rule = {"workers": 2, "per_mentor": 4, "visit": True}
    actions.set_rule(cast.city, level="block", **rule, **by_city(cast))
    with refused("accreditation.no_place_left"):
        draft(cast, "26002")
    actions.set_rule(cast.city, level="none", **rule, **by_city(cast))
    assert places_for(enrolment, cast.jinheng, TODAY) is None


@pytest.mark.usefixtures("all_rows")
def test_a_place_that_runs_out_is_a_duty_from_ninety_days_on(cast: Cast) -> None:
    accredited(cast, 4, valid_until=TODAY + 20 * DAY)
    accredited(cast, 4, organisation=cast.qinghe, valid_until=TODAY + 200 * DAY)
    kind = KINDS["accreditation.place_ends"]
    [found] = open_duties(kind, Clock(Asked(AT, TODAY)))
    assert (len(found), found.places.tolist(), found.reached.tolist()) == (1, [cast.jinheng.pk], [2])
    assert places_that_run_out(Asked(AT, TODAY)).count() == 2
