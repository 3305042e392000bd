"""Counter-lines: what was approved is taken back whole, line by line, and written anew."""

from __future__ import annotations

from craftpath.engines.allowances.monthly import Booked, Kind, Whose, booked, correct, run
from tests.engines.allowances.rows import NOVEMBER, Stretch, november, pairs, rule

BEFORE = booked(run(NOVEMBER, [rule()], pairs(Stretch(), Stretch("p2", "t2", "a2"))))


def whose(pair: str, payee: str, payer_id: str = "works") -> Whose:
    return Whose(NOVEMBER, pair, "master", 1, payee, "enterprise", payer_id, "CNY")


def test_a_run_goes_into_the_books_line_by_line() -> None:
    assert (
        Booked(whose("p1", "t1"), 200_00, Kind.ORIGINAL),
        Booked(whose("p2", "t2"), 200_00, Kind.ORIGINAL),
    ) == BEFORE


def test_a_changed_line_is_reversed_and_renewed_and_the_others_stay() -> None:
    new = booked(run(NOVEMBER, [rule()], pairs(Stretch(end=november(16)), Stretch("p2", "t2", "a2"))))
    assert correct(BEFORE, new) == (
        Booked(whose("p1", "t1"), -200_00, Kind.REVERSAL),
        Booked(whose("p1", "t1"), 100_00, Kind.RENEWED),
    )


def test_a_line_that_is_gone_is_reversed_and_a_new_one_is_written() -> None:
    new = booked(run(NOVEMBER, [rule()], pairs(Stretch("p2", "t2", "a2"), Stretch("p3", "t3", "a3"))))
    assert correct(BEFORE, new) == (
        Booked(whose("p1", "t1"), -200_00, Kind.REVERSAL),
        Booked(whose("p3", "t3"), 200_00, Kind.RENEWED),
    )


def test_another_payer_pays_the_whole_and_the_first_gets_all_back() -> None:
    new = booked(run(NOVEMBER, [rule()], pairs(Stretch(enterprise="mill"), Stretch("p2", "t2", "a2"))))
    assert correct(BEFORE, new) == (
        Booked(whose("p1", "t1", "mill"), 200_00, Kind.RENEWED),
        Booked(whose("p1", "t1"), -200_00, Kind.REVERSAL),
    )


def test_a_second_correction_starts_from_what_the_books_say() -> None:
    half = booked(run(NOVEMBER, [rule()], pairs(Stretch(end=november(16)), Stretch("p2", "t2", "a2"))))
    books = (*BEFORE, *correct(BEFORE, half))
    assert correct(books, half) == ()
    assert [line.amount for line in correct(books, BEFORE)] == [-100_00, 200_00]


def test_a_line_of_nothing_needs_no_counter_line() -> None:
    nothing = booked(run(NOVEMBER, [rule(least_weeks=1)], pairs(Stretch())))
    assert [line.amount for line in nothing] == [0]
    assert correct((), nothing) == correct(nothing, ()) == ()
