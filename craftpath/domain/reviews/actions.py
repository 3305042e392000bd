"""Writing reviews: planned, held, written and signed."""

from craftpath.domain.reviews.concluding import Draft, NewGoal, conclude_review, keep_review
from craftpath.domain.reviews.holding import (
    drop_goals,
    hold_review,
    meet_goals,
    reach_goal,
    reopen_review,
    say_part,
    set_goal,
    write_review,
)
from craftpath.domain.reviews.planning import (
    Manner,
    cancel_review,
    miss_review,
    move_review,
    offer,
    plan_reviews,
    speakers,
)
from craftpath.domain.reviews.replacing import change_mentors
from craftpath.domain.reviews.signing import excuse_signer, hand_over_review, sign_review

__all__ = [
    "Draft",
    "Manner",
    "NewGoal",
    "cancel_review",
    "change_mentors",
    "conclude_review",
    "drop_goals",
    "excuse_signer",
    "hand_over_review",
    "hold_review",
    "keep_review",
    "meet_goals",
    "miss_review",
    "move_review",
    "offer",
    "plan_reviews",
    "reach_goal",
    "reopen_review",
    "say_part",
    "set_goal",
    "sign_review",
    "speakers",
    "write_review",
]
