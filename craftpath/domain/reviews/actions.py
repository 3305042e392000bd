"""Writing reviews: planned, held, written and signed."""

from craftpath.domain.reviews.holding import (
    drop_goals,
    excuse_signer,
    hold_review,
    meet_goals,
    reopen_review,
    say_part,
    set_goal,
    sign_review,
    write_review,
)
from craftpath.domain.reviews.planning import (
    Manner,
    cancel_review,
    miss_review,
    move_review,
    offer,
    plan_reviews,
)

__all__ = [
    "Manner",
    "cancel_review",
    "drop_goals",
    "excuse_signer",
    "hold_review",
    "meet_goals",
    "miss_review",
    "move_review",
    "offer",
    "plan_reviews",
    "reopen_review",
    "say_part",
    "set_goal",
    "sign_review",
    "write_review",
]
