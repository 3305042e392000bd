"""Reviews on desks: each line one tap from done, and only for those whose work it is."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from craftpath.domain.reviews.actions import excuse_signer, say_part
from craftpath.domain.reviews.models import Review
from craftpath.kernel.tenancy import everywhere
from tests.cast import AT, Cast
from tests.domain.reviews.world import of, written

PLACES = {"mentor": "jinheng"}


def lines(browse, who: str) -> dict[str, str]:  # type: ignore[no-untyped-def]
    """label → address, of what waits and of who needs this person."""
    page = browse(who).get(f"/o/{PLACES.get(who, 'lanchuan')}/")
    desks = page.context["desks"]
    return {line.label: line.url for desk in desks for line in (*desk.waiting, *desk.needs)}


@pytest.fixture
def today(cast: Cast) -> Review:
    """The apprentice's review, an hour ago; the others are months ahead."""
    with everywhere("a test plans reviews"):
        row = of(cast)
        start, far = timezone.now() - timedelta(hours=1), timezone.now() + timedelta(days=60)
        Review.objects.update(starts_at=far, ends_at=far + timedelta(minutes=30), due_on=far.date())
        Review.objects.filter(pk=row.pk).update(starts_at=start, ends_at=start + timedelta(minutes=30))
    return row


@pytest.mark.parametrize("who", ["mentor", "trainer"])
def test_what_is_to_be_held_leads_to_it(cast: Cast, browse, today: Review, who: str) -> None:  # type: ignore[no-untyped-def]
    found = lines(browse, who)
    assert found["Review with 陈雨桐"].endswith(f"/reviews/{today.public_id}/")
    assert "Review with 林浩然" not in found


def test_an_apprentice_is_asked_for_the_own_part_until_it_is_written(
    cast: Cast, browse, today: Review
) -> None:  # type: ignore[no-untyped-def]
    [label] = [one for one in lines(browse, "apprentice") if one.startswith("Review on")]
    assert label.endswith("write your part")
    with everywhere("a test writes a part"):
        say_part(today, words="顺利", by=cast.actor("apprentice"), at=AT)
    assert not [one for one in lines(browse, "apprentice") if one.startswith("Review on")]


@pytest.mark.parametrize("who", ["apprentice", "mentor", "trainer"])
def test_what_is_to_be_signed_leads_to_its_own_page(cast: Cast, browse, who: str) -> None:  # type: ignore[no-untyped-def]
    with everywhere("a test holds a review"):
        row = written(cast)
    assert lines(browse, who)["Sign: Record of review 1, 陈雨桐"].endswith(f"/reviews/{row.public_id}/")


def test_whoever_is_excused_is_not_asked_to_sign(cast: Cast, browse) -> None:  # type: ignore[no-untyped-def]
    with everywhere("a test holds a review"):
        excuse_signer(written(cast), role="mentor", because="已调离", by=cast.actor("coordinator"), at=AT)
    assert not [label for label in lines(browse, "mentor") if label.startswith("Sign")]
    assert [label for label in lines(browse, "trainer") if label.startswith("Sign")]


def test_a_coordinator_sees_how_many_are_overdue(cast: Cast, browse, today: Review) -> None:  # type: ignore[no-untyped-def]
    with everywhere("a test lets time pass"):
        Review.objects.filter(pk=today.pk).update(due_on=timezone.localdate() - timedelta(days=1))
    assert lines(browse, "coordinator")["1 review is overdue"].endswith("/reviews/cohorts/#overdue")
    assert "1 review is overdue" not in lines(browse, "mentor")
