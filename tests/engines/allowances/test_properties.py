"""What must hold whatever the pairs and the rules: against the month by hand, and under every order of the rows."""

from __future__ import annotations

import random
from collections import defaultdict
from datetime import date, timedelta
from fractions import Fraction

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from craftpath.engines.allowances.monthly import (
    NONE,
    Basis,
    Booked,
    Cap,
    Earlier,
    Payer,
    Rule,
    Scope,
    Whose,
    canonical,
    check,
    correct,
    explain,
    run,
)
from craftpath.values.period import Period, month_of
from tests.engines.allowances.plain import half_up, worked_out
from tests.engines.allowances.rows import (
    NOVEMBER,
    Entry,
    Stretch,
    hours,
    november,
    paid,
    pairs,
    ratio,
    results,
    rule,
)

SOME = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
FEW = settings(SOME, max_examples=50)
MONTHS = st.sampled_from([date(2026, 2, 1), date(2024, 2, 1), date(2026, 11, 1), date(2026, 12, 1)])
FACTORS = st.sampled_from([1000, 800, 500, 333, 1, 0])
KINDS = st.sampled_from([(), ("master_apprentice",), ("college_tutor",)])


@st.composite
def rules(draw: st.DrawFn, month: date) -> Rule:
    some_day = month + timedelta(draw(st.integers(1, 27)))
    always = Period(date(2020, 1, 1))
    return rule(
        draw(st.sampled_from("abc")),
        draw(st.sampled_from([200_00, 33_33, 101, 7, 10**8, 0])),
        version=draw(st.integers(1, 2)),
        component=draw(st.sampled_from(["x", "y"])),
        priority=draw(st.integers(0, 3)),
        valid=draw(st.sampled_from([always, always, Period(date(2020, 1, 1), some_day), Period(some_day)])),
        payer=draw(st.sampled_from(list(Payer))),
        basis=draw(st.sampled_from([*list(Basis), Basis.PAIR_MONTH, Basis.PAIR_MONTH])),
        kinds=draw(KINDS),
        roles=draw(st.sampled_from([(), (), ("master",), ("master", "deputy")])),
        stages=draw(st.sampled_from([(), (), ("1",), ("2",)])),
        ratio=draw(st.sampled_from([(), ratio((1, 1000), (2, 800)), ratio((1, 1000), (None, 333))])),
        over_capacity=draw(st.sampled_from([None, None, 0, 500])),
        results=draw(st.sampled_from([(), results((0, 500), (60_00, 1000)), results((60_00, 901))])),
        undecided=draw(FACTORS),
        least_minutes=draw(st.sampled_from([0, 0, 0, 60])),
        least_weeks=draw(st.sampled_from([0, 0, 0, 2])),
        by_day=draw(st.sampled_from([True, True, False])),
    )


@st.composite
def stretches(draw: st.DrawFn, month: date) -> list[Stretch]:
    found = []
    for n in range(draw(st.integers(1, 6))):
        trainer, apprentice = draw(st.sampled_from(["t1", "t2"])), draw(st.sampled_from(["a1", "a2", "a3"]))
        kind = draw(st.sampled_from(["master_apprentice", "college_tutor"]))
        role = draw(st.sampled_from(["master", "deputy", "tutor"]))
        enterprise, capacity = (
            draw(st.sampled_from(["works", "mill", ""])),
            draw(st.sampled_from([NONE, 0, 1, 2])),
        )
        day = month + timedelta(draw(st.integers(-40, 33)))
        for _ in range(draw(st.integers(1, 3))):
            end = day + timedelta(draw(st.integers(0, 40)))
            found.append(
                Stretch(
                    f"p{n}", trainer, apprentice, day, end, draw(FACTORS), kind,
                    role=role, stage=draw(st.sampled_from(["1", "2"])), enterprise=enterprise, capacity=capacity,
                    result=draw(st.sampled_from([60_00, 59_99, 100_00, 0, NONE])),
                    decided=draw(st.sampled_from([True, True, False])),
                )
            )  # fmt: skip
            day = end + timedelta(draw(st.integers(0, 3)))
    return found


@st.composite
def months(draw: st.DrawFn) -> tuple:
    month = draw(MONTHS)
    own = draw(stretches(month))
    given_rules = []
    for one in draw(st.lists(rules(month), max_size=5)):
        # Rules that make no sense together are another test's; here each that does joins those before it.
        if not check(month, [*given_rules, one], pairs()):
            given_rules.append(one)
    entries = draw(
        st.lists(
            st.builds(
                lambda one, day, minutes, session: Entry(one.pair, month + timedelta(day), minutes, session),
                st.sampled_from(own),
                st.integers(0, month_of(month).days - 1),
                st.sampled_from([0, 1, 59, 60, 480]),
                st.booleans(),
            ),
            max_size=20,
        )
    )
    caps = [
        Cap(f"{scope}{n}", scope, most, "CNY", components)
        for n, (scope, most, components) in enumerate(
            draw(
                st.lists(
                    st.tuples(
                        st.sampled_from(list(Scope)),
                        st.sampled_from([0, 1, 100, 150_00, 10**8]),
                        st.sampled_from([(), ("x",)]),
                    ),
                    max_size=3,
                )
            )
        )
    ]
    before = draw(
        st.dictionaries(
            st.tuples(st.sampled_from(["p0", "p1"]), st.sampled_from("xy")), st.integers(0, 200_00)
        )
    )
    return month, given_rules, own, entries, caps, before


def columns(before: dict) -> Earlier:
    names = list(before)
    return Earlier(
        [one for one, _ in names], [one for _, one in names], ["CNY"] * len(names), list(before.values())
    )


@SOME
@given(months())
def test_the_run_is_the_month_by_hand(task: tuple) -> None:
    month, given_rules, own, entries, caps, before = task
    found = run(month, given_rules, pairs(*own), hours(*entries), caps, columns(before))
    assert paid(found) == worked_out(month, given_rules, own, entries, caps, before)
    assert len(paid(found)) == len(found)  # unique by pair, rule and version
    assert sum(found.totals().values()) == sum(line.amount for line in found)
    told = {line.pair for line in found} | {one.pair for one in found.unpaid}
    assert told == {one.pair for one in own}


@FEW
@given(months(), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_no_byte(task: tuple, chance: random.Random) -> None:
    month, given_rules, own, entries, caps, before = task
    found = run(month, given_rules, pairs(*own), hours(*entries), caps, columns(before))
    for rows in (given_rules, own, entries, caps):
        chance.shuffle(rows)
    moved = run(month, given_rules, pairs(*own), hours(*entries), caps, columns(before))
    assert canonical(moved) == canonical(found)


@FEW
@given(months())
def test_every_line_can_be_worked_out_from_what_it_says(task: tuple) -> None:
    month, given_rules, own, entries, caps, before = task
    found = run(month, given_rules, pairs(*own), hours(*entries), caps, columns(before))
    groups: dict[object, list] = defaultdict(list)
    for line in found:
        told = explain(line)
        assert abs(told.rounded - told.exact) < 1
        assert told.rounded + sum(change for _, change in told.caps) == told.amount == line.amount >= 0
        groups[line.rule.key, line.rule.basis, line.apprentice].append(told)
    for group in groups.values():
        assert sum(one.rounded for one in group) == half_up(sum((one.exact for one in group), Fraction(0)))


@FEW
@given(months())
def test_no_cap_is_passed(task: tuple) -> None:
    month, given_rules, own, entries, caps, before = task
    found = run(month, given_rules, pairs(*own), hours(*entries), caps, columns(before))
    for cap in caps:
        sums: dict[str, int] = defaultdict(int)
        for line in found:
            if not cap.components or line.rule.component in cap.components:
                whose = {Scope.RUN: "", Scope.TRAINER_MONTH: line.payee}.get(cap.scope, line.pair)
                sums[whose] += line.amount
        for whose, total in sums.items():
            already = sum(
                amount
                for (pair, component), amount in before.items()
                if pair == whose and (not cap.components or component in cap.components)
            )
            left = max(cap.most - already, 0) if cap.scope is Scope.PAIR_TOTAL else cap.most
            assert total <= left


@SOME
@given(
    st.integers(0, 10**8),
    st.lists(st.integers(2, 30), max_size=5, unique=True).map(sorted),
    st.lists(st.integers(0, 1000), min_size=1, max_size=4),
)
def test_a_month_that_is_split_is_paid_whole(amount: int, cuts: list[int], shares: list[int]) -> None:
    """Deputies cut the month, co-trainers share each part: together they have what one alone would have."""
    bounds = [november(1), *map(november, cuts), date(2026, 12, 1)]
    total = 1000 - sum(shares[1:]) % 1000
    weights = [total, *shares[1:]] if sum(shares[1:]) < 1000 else [1000]
    split = [
        Stretch(f"p{n}-{k}", f"t{n % 2}-{k}", start=start, end=end, share=share)
        for n, (start, end) in enumerate(zip(bounds, bounds[1:], strict=False))
        for k, share in enumerate(weights)
    ]
    found = run(NOVEMBER, [rule(amount=amount)], pairs(*split))
    assert found.totals() == {"CNY": amount}


BOOKS = st.lists(
    st.builds(
        lambda pair, payee, payer_id, amount: Booked(
            Whose(NOVEMBER, pair, "master", 1, payee, "enterprise", payer_id, "CNY"), amount
        ),
        st.sampled_from(["p1", "p2"]),
        st.sampled_from(["t1", "t2"]),
        st.sampled_from(["works", "mill"]),
        st.integers(0, 3),
    ),
    max_size=8,
    unique_by=lambda line: line.whose,
)


@SOME
@given(BOOKS, BOOKS)
def test_counter_lines_bring_the_books_to_the_new_run(old: list[Booked], new: list[Booked]) -> None:
    counter = correct(old, new)
    books: dict[object, int] = defaultdict(int)
    for line in (*old, *counter):
        books[line.whose] += line.amount
    assert {whose: amount for whose, amount in books.items() if amount} == {
        line.whose: line.amount for line in new if line.amount
    }
    assert correct((*old, *counter), new) == ()
    third = correct((*old, *counter), old)  # and back again
    assert sum(line.amount for line in (*old, *counter, *third)) == sum(line.amount for line in old)
