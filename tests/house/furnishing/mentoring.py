"""What two people of a pair do together."""

from __future__ import annotations

from craftpath.domain.pairing.models import Pair
from tests.cast import Cast
from tests.domain.mentoring.world import work_on
from tests.house.furnishing.pairing import pair_up


def work_in_a_pair(cast: Cast) -> dict[str, str]:
    """Goals, meetings, talk, product and agreement of that pair, and a page of another. Once."""
    return work_on(cast, Pair.objects.get(public_id=pair_up(cast)["pair"]))
