"""A review held while it is written."""

from __future__ import annotations

from craftpath.domain.reviews.models import Review


def locked(review: Review) -> Review:
    """The row anew, kept from others until the open transaction ends."""
    rows = Review.objects.select_for_update(of=("self",))
    return rows.select_related("organisation", "enrolment__person", "mentor", "trainer", "document").get(
        pk=review.pk
    )
