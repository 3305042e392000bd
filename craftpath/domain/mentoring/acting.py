"""What every action on a pair's work begins with: the pair under a lock, and whether work goes on in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from craftpath.domain.mentoring import rules
from craftpath.domain.mentoring.queries import is_graduated
from craftpath.domain.pairing.seeing import pair_held
from craftpath.kernel.access import Actor
from craftpath.kernel.facts import Fact, tell
from craftpath.values.verdict import require

if TYPE_CHECKING:
    from datetime import datetime

    from craftpath.domain.pairing.models import Pair
    from craftpath.values.ref import Ref


def working(pair: Pair) -> Pair:
    """The pair with its bonds, kept from others until the transaction ends; refused once it has graduated."""
    row = pair_held(pair.pk)
    require(rules.can_write(row, is_graduated(row)))
    return row


def told(fact: Fact, pair: Pair, *, by: Actor, at: datetime, subject: Ref | None = None) -> None:
    """Write down what happened, with the pair unless another subject is named."""
    tell(fact, by=by, at=at, organisation=pair.organisation, subject=subject or pair.ref)
