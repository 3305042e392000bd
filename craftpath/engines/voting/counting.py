"""Counting once, with whole numbers only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from craftpath.engines.voting.types import Outcome, Rule, Tally, Voice, Vote


def count(votes: Sequence[Vote], seats: Mapping[str, int], *, rule: Rule, quorum: int) -> Tally:
    """Count the votes of a motion.

    `seats` says how many seats of each side may vote, `quorum` how many of all of them (in percent, 1 to 100) have to
    take part. ValueError where more votes came from a side than it has seats, or no quorum is meant.
    """
    if not 1 <= quorum <= 100:
        raise ValueError("a quorum is 1 to 100 percent")
    by_side = Counter(vote.side for vote in votes)
    if any(by_side[side] > seats.get(side, 0) for side in by_side):
        raise ValueError("more votes than seats")
    said = Counter(vote.voice for vote in votes)
    whole = sum(seats.values())
    needed = max(1, -(-whole * quorum // 100))
    sides = {
        side: (
            sum(vote.side == side and vote.voice == Voice.YES for vote in votes),
            sum(vote.side == side and vote.voice == Voice.NO for vote in votes),
        )
        for side, held in sorted(seats.items())
        if held
    }
    yes, no, abstain = said[Voice.YES], said[Voice.NO], said[Voice.ABSTAIN]
    if yes + no + abstain < needed:
        outcome = Outcome.UNDECIDED
    else:
        outcome = Outcome.CARRIED if _carried(rule, yes, no, sides) else Outcome.LOST
    return Tally(outcome, yes, no, abstain, whole, needed, sides)


def _carried(rule: Rule, yes: int, no: int, sides: Mapping[str, tuple[int, int]]) -> bool:
    match rule:
        case Rule.SIMPLE:
            return yes > no
        case Rule.TWO_THIRDS:
            return yes > 0 and 3 * yes >= 2 * (yes + no)
        case Rule.UNANIMOUS:
            return yes > 0 and no == 0
        case Rule.EACH_SIDE:
            return all(for_it > against for for_it, against in sides.values())
