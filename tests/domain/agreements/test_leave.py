"""Annual leave: working days, shares of a year, changed terms, rounding, and asking for more than is left."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from craftpath.domain.agreements import absences, actions, queries
from craftpath.domain.agreements.law import Row, law_of
from craftpath.domain.agreements.leave import Away, LeaveBook, rounded, said
from craftpath.domain.agreements.models import Absence, Agreement
from craftpath.kernel.access import system
from craftpath.kernel.workdays import load_official_year
from craftpath.values.text import Text
from craftpath.values.verdict import Refused
from tests.cast import AT, Cast
from tests.domain.agreements.agreed import START, active, hr, terms, written
from tests.domain.agreements.test_days import amend, leave

TODAY = date(2027, 6, 30)


def weekdays(first: date, last: date) -> int:
    """From Monday to Friday."""
    return sum((first + timedelta(days=n)).weekday() < 5 for n in range((last - first).days + 1))


def book(*away: Away, jurisdiction: str = "AU", starts: date = date(2027, 1, 1), ends: date = date(2027, 12, 31),
         agreed: Any = ((date(2027, 1, 1), Decimal(20)),)) -> LeaveBook:  # fmt: skip
    return LeaveBook(law_of(jurisdiction), starts, ends, agreed, weekdays, away)


def test_a_whole_year_grants_what_is_agreed() -> None:
    assert book().granted(2027) == 20
    assert book().granted(2026) == 0
    assert book(ends=date(2029, 1, 1)).granted(2028) == 20  # a leap year is a year


def test_a_part_of_a_year_grants_its_share_by_days() -> None:
    assert book(ends=date(2027, 3, 14)).granted(2027) == Fraction(20 * 73, 365)
    both = ((date(2027, 1, 1), Decimal(20)), (date(2027, 3, 15), Decimal(25)))
    assert book(agreed=both).granted(2027) == Fraction(20 * 73 + 25 * 292, 365)
    later = ((date(2027, 1, 1), None), (date(2027, 3, 15), Decimal(25)))
    assert book(agreed=later).granted(2027) == 20


@pytest.mark.parametrize(
    ("days", "how", "expected"),
    [("4.99", "down", 4), ("4.5", "half_up", 5), ("4.4", "half_up", Fraction("4.4")), ("4.5", "exact", Fraction(9, 2))],
)  # fmt: skip
def test_the_law_rounds_a_share(days: str, how: str, expected: Any) -> None:
    assert rounded(Fraction(days), how) == expected


def test_chinese_law_does_not_count_a_part_of_a_day() -> None:
    half = book(jurisdiction="CN", agreed=((date(2027, 1, 1), Decimal(5)),), ends=date(2027, 6, 30))
    assert half.granted(2027) == 2


@pytest.mark.parametrize(
    ("days", "words"), [("5", "5"), ("2.5", "2.5"), ("5.479", "5.4"), ("-1", "-1"), ("0", "0")]
)
def test_days_are_said_and_never_more_than_there_are(days: str, words: str) -> None:
    assert said(Fraction(days)) == words


def test_taken_approved_and_asked_for_are_told_apart() -> None:
    known = book(
        Away("approved", date(2027, 6, 28), date(2027, 7, 2)),  # Monday to Friday, three of them by today
        Away("requested", date(2027, 7, 9), date(2027, 7, 12)),  # Friday to Monday
        Away("approved", date(2026, 12, 31), date(2027, 1, 1)),  # one day in each year
    ).year(2027, TODAY)
    assert (known.granted, known.taken, known.approved, known.asked) == (20, 4, 6, 2)
    assert (known.left, known.free) == (14, 12)


def test_each_year_that_is_touched_has_to_have_days_left() -> None:
    full = Away("approved", date(2027, 1, 4), date(2027, 1, 29))
    one = book(full, ends=date(2028, 12, 31))
    assert one.over(date(2028, 1, 3), date(2028, 1, 28), TODAY, asked=False) is None
    over = one.over(date(2027, 12, 31), date(2028, 1, 3), TODAY, asked=False)
    assert over is not None
    assert (over[0].year, over[1]) == (2027, 1)


# ---- In the record ------------------------------------------------------------------------------------

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("all_rows")]
MONDAY = date(2027, 4, 5)


def ask(cast: Cast, row: Agreement, days: int, first: date = MONDAY, **more: Any) -> Absence:
    return actions.request_absence(
        row, kind="annual_leave", starts_on=first, ends_on=first + timedelta(days=days - 1),
        by=cast.actor("apprentice"), at=AT, **more,
    )  # fmt: skip


def test_more_than_is_left_is_asked_for_knowingly_only(cast: Cast) -> None:
    row = active(cast)  # five days a year
    ask(cast, row, 4)
    with pytest.raises(Refused) as caught:
        ask(cast, row, 2, date(2027, 5, 10))
    assert caught.value.verdict.reason == "agreements.more_than_left"
    assert caught.value.verdict.facts == {"days": 2, "left": "1", "year": 2027}
    second = ask(cast, row, 2, date(2027, 5, 10), beyond=True)
    first = Absence.objects.exclude(pk=second.pk).get()
    actions.approve_absence(first, by=hr(cast), at=AT)
    with pytest.raises(Refused, match="agreements.more_than_left"):
        actions.approve_absence(second, by=hr(cast), at=AT)
    assert actions.approve_absence(second, beyond=True, by=hr(cast), at=AT).state == "approved"
    assert queries.leave_books([row])[row.pk].year(2027, MONDAY).left == -1


def test_a_public_holiday_takes_nothing_off_and_a_make_up_day_does(cast: Cast) -> None:
    row = active(cast)
    load_official_year(None, "CN", 2026, by=system(), at=AT)
    # National Day: seven days free, the Saturday after it worked.
    ask(cast, row, 11, date(2026, 9, 30), beyond=True)
    assert queries.leave_books([row])[row.pk].year(2026, MONDAY).asked == 4


def test_illness_takes_nothing_and_a_refused_request_gives_back(cast: Cast) -> None:
    row = active(cast)
    actions.request_absence(
        row, kind="illness", starts_on=MONDAY, ends_on=MONDAY + timedelta(days=20), by=hr(cast), at=AT
    )
    one = ask(cast, row, 5, date(2027, 5, 10))
    actions.refuse_absence(one, answer="盘点", by=hr(cast), at=AT)
    assert ask(cast, row, 5, date(2027, 5, 10)).state == "requested"


def test_a_law_that_allows_no_more_cannot_be_waved_through(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = active(cast)
    strict = Row(absences.OVER, "refuse", valid_from=date(2020, 1, 1), source=Text("x", "x"))
    law = replace(law_of("CN"), rows=(*law_of("CN").rows, strict))
    monkeypatch.setattr("craftpath.domain.agreements.leave_books.law_of", lambda _key: law)
    with pytest.raises(Refused, match="agreements.leave_used_up"):
        ask(cast, row, 8, beyond=True)


def test_without_agreed_leave_there_is_nothing_to_hold_it_against(cast: Cast) -> None:
    row = active(cast)
    Agreement.objects.filter(pk=row.pk).update(terms=terms(annual_leave_days="").as_json())
    assert ask(cast, row, 12).state == "requested"


def test_terms_that_change_and_an_early_end_change_what_a_year_grants(cast: Cast) -> None:
    row = active(cast)
    year = (START.replace(month=12, day=31) - START).days + 1
    fresh = queries.leave_books([row])[row.pk]
    assert fresh.granted(2026) == Fraction(5 * year, 365).__floor__()
    amend(cast, row, date(2027, 7, 2), written=written(cast, terms=terms(annual_leave_days="11")))
    assert queries.leave_books([row])[row.pk].granted(2027) == (5 * 182 + 11 * 183) // 365
    leave(cast, row, date(2027, 3, 14), at=datetime(2026, 9, 14, 4, tzinfo=UTC))
    assert queries.leave_books([row])[row.pk].granted(2027) == 1


def test_books_of_many_take_as_many_queries_as_of_one(cast: Cast, django_assert_num_queries: Any) -> None:
    row = active(cast)
    with django_assert_num_queries(4):
        queries.leave_books([row])
    rows = list(queries.agreements())
    with django_assert_num_queries(4):
        queries.leave_books(rows * 5)
