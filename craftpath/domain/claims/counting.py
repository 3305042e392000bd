"""What verified certificates of elsewhere offer to requirements: the one way on which a claim counts for anything.

It is asked beside the certificates of this site, row by row, so that it meets what it meets and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from django.db.models import Q

from craftpath.domain.certificates.holding import Offer, Row, provides
from craftpath.domain.claims.models import Claim


def counting(on: date) -> Q:
    """The condition for a claim to count on a day."""
    holds = Q(valid_until__isnull=True) | Q(valid_until__gte=on)
    return Q(state="verified", issued_on__lte=on) & holds


@provides("certificate")
def certificates_of_elsewhere(row: Row, people: Sequence[int], on: date) -> Iterator[Offer]:
    """Outside certificates that are verified and hold on the day, by scheme and level; one query."""
    rows = Claim._base_manager.filter(counting(on), person__in=people).exclude(level="").order_by("pk")
    for claim in rows:
        yield Offer(claim.person_id, 1, claim.scheme, claim.level, str(claim.ref))
