"""The ledger: appended once, reversed by rows, never more than a day has."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from craftpath.domain.training.actions import Posting, post_hours, reverse_hours
from craftpath.domain.training.models import HourLine
from craftpath.domain.training.queries import minutes_by_bucket
from craftpath.kernel.access import system
from craftpath.kernel.tenancy import everywhere
from craftpath.values.ref import Ref
from tests.cast import AT, TODAY, Cast

pytestmark = pytest.mark.usefixtures("all_rows")


def _posting(cast: Cast, name: str, minutes: int, *, bucket: str = "workplace", days: int = 0) -> Posting:
    on = TODAY - timedelta(days=days)
    return Posting(
        cast.enrolments["26001"].pk, bucket, on, minutes, Ref("tests", "source", name), f"tests/{name}"
    )


def test_the_same_posting_again_adds_nothing(cast: Cast) -> None:
    posting = _posting(cast, "a", 90)
    for _ in range(2):
        assert post_hours([posting, posting], by=system(), at=AT) == {}
    assert HourLine.objects.count() == 1


def test_a_day_has_no_more_minutes_than_a_day(cast: Cast) -> None:
    refused = post_hours(
        [_posting(cast, "a", 1000), _posting(cast, "b", 441, bucket="taught"), _posting(cast, "c", 440)],
        by=system(),
        at=AT,
    )
    assert {key: verdict.reason for key, verdict in refused.items()} == {"tests/b": "training.day_too_full"}
    assert sorted(HourLine.objects.values_list("minutes", flat=True)) == [440, 1000]


def test_a_line_is_never_altered(cast: Cast) -> None:
    post_hours([_posting(cast, "a", 90)], by=system(), at=AT)
    line = HourLine.objects.get()
    line.minutes = 600
    with pytest.raises(TypeError):
        line.save()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.integers(1, 200), st.booleans()), max_size=14))
def test_sums_are_those_of_what_was_posted_and_not_reversed(
    cast: Cast, acts: list[tuple[str, int, bool]]
) -> None:
    with everywhere("a test looks at everything"):
        HourLine.objects.filter(reversal_of__isnull=False).delete()
        HourLine.objects.all().delete()
        posted: dict[str, int] = {}
        standing: dict[str, int] = {}
        for name, minutes, reverse in acts:
            if reverse:
                reverse_hours(
                    [Ref("tests", "source", name)],
                    because="logbook.corrected",
                    organisation=cast.college,
                    by=system(),
                    at=AT,
                )
                standing.pop(name, None)
            else:
                post_hours([_posting(cast, name, minutes)], by=system(), at=AT)
                if name not in posted:
                    posted[name] = standing[name] = minutes
        total = minutes_by_bucket([cast.enrolments["26001"].pk]).get(cast.enrolments["26001"].pk, {})
        assert total.get("workplace", 0) == sum(standing.values())
