"""What fits: the order of the candidates is of no matter, a better one never ranks lower, every reason is true."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from craftpath.domain.offers.fit import Side, best_fits, fit_of
from craftpath.domain.offers.kinds import KINDS, OF_COLLEGES, OF_ENTERPRISES, answering

FIRST = date(2026, 9, 1)
DAYS = st.none() | st.integers(0, 60).map(lambda n: FIRST + timedelta(days=n))
FEW = st.frozensets(st.sampled_from("abcde"), max_size=4)


@st.composite
def sides(draw: st.DrawFn, kinds: tuple[str, ...] = OF_COLLEGES) -> Side:
    days = sorted(day for day in (draw(DAYS), draw(DAYS)) if day)
    starts, ends = (days[0], days[1]) if len(days) == 2 else (days[0] if days else None, None)
    return Side(
        key=draw(st.text("0123456789", min_size=6, max_size=6)),
        kind=draw(st.sampled_from(kinds)),
        trade=draw(st.sampled_from([frozenset(), frozenset({"turner"}), frozenset({"welder"})])),
        skills=draw(FEW),
        people=draw(st.none() | st.integers(1, 40)),
        starts_on=starts,
        ends_on=ends,
        languages=draw(st.frozensets(st.sampled_from(["zh", "en"]))),
        minutes=draw(st.none() | st.integers(0, 200)),
        stated=draw(st.booleans()),
    )


WANTED = sides(OF_ENTERPRISES)
MANY = st.lists(sides(), max_size=12, unique_by=lambda side: side.key)


@given(WANTED, MANY, st.randoms())
def test_the_order_of_candidates_is_of_no_matter(wanted: Side, others: list[Side], chance: object) -> None:
    mixed = list(others)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert best_fits(wanted, others) == best_fits(wanted, mixed)


@given(WANTED, sides())
def test_a_better_one_never_ranks_lower(wanted: Side, other: Side) -> None:
    fit = fit_of(wanted, other)
    if fit is None:
        return
    better = [
        replace(other, trade=other.trade | wanted.trade),
        replace(other, skills=other.skills | wanted.skills),
        replace(other, languages=other.languages | wanted.languages),
        replace(other, people=(other.people or 0) + 1),
        replace(other, minutes=(other.minutes or 0) // 2),
    ]
    if other.starts_on and other.ends_on:
        more = timedelta(days=3)
        better.append(replace(other, starts_on=other.starts_on - more, ends_on=other.ends_on + more))
    for one in better:
        found = fit_of(wanted, one)
        assert found is not None
        assert found.points >= fit.points


@given(WANTED, sides())
def test_every_reason_is_true_and_worth_something(wanted: Side, other: Side) -> None:
    fit = fit_of(wanted, other)
    if fit is None:
        return
    assert 0 < fit.points <= 100
    assert fit.reasons
    for reason in fit.reasons:
        facts = reason.facts
        match reason.code:
            case "trade":
                assert wanted.trade & other.trade
            case "skills":
                assert set(facts["skills"]) == wanted.skills & other.skills
            case "room_for_all":
                assert other.people is not None
                assert wanted.people is not None
                assert other.people >= wanted.people
            case "room_for_some":
                assert facts["room"] < facts["people"]
            case "days":
                assert wanted.starts_on is not None
                assert 0 < facts["days"] <= (wanted.ends_on - wanted.starts_on).days + 1  # type: ignore[operator]
            case "language":
                assert set(facts["languages"]) <= wanted.languages & other.languages
            case "way" | "way_estimated":
                assert facts["minutes"] == other.minutes
                assert (reason.code == "way") == other.stated
            case _:
                raise AssertionError(reason.code)


@given(WANTED, sides())
def test_what_excludes_one_another_is_not_shown(wanted: Side, other: Side) -> None:
    if fit_of(wanted, other) is None:
        return
    assert not (wanted.trade and other.trade) or wanted.trade & other.trade
    assert not (wanted.languages and other.languages) or wanted.languages & other.languages
    if wanted.starts_on and wanted.ends_on and other.starts_on and other.ends_on:
        assert other.starts_on <= wanted.ends_on
        assert wanted.starts_on <= other.ends_on


def test_every_kind_is_answered_by_the_other_side_and_both_ways() -> None:
    for kind in KINDS:
        others = answering(kind)
        assert others
        assert all(kind in answering(other) for other in others)
        assert set(others) <= set(OF_COLLEGES if kind in OF_ENTERPRISES else OF_ENTERPRISES)
