"""Writing rounds: profiles, people, what matters, marks, preferences, proposals, and pairs in the end."""

from craftpath.domain.matching.asking import ask_preferences, close_preferences, state_preferences
from craftpath.domain.matching.opening import change_seats, drop_round, mark_pair, open_round, weigh
from craftpath.domain.matching.profiling import note_travel, write_profile
from craftpath.domain.matching.proposing import keep_proposal
from craftpath.domain.matching.publishing import publish_round
from craftpath.domain.matching.rules import Sitting

__all__ = [
    "Sitting",
    "ask_preferences",
    "change_seats",
    "close_preferences",
    "drop_round",
    "keep_proposal",
    "mark_pair",
    "note_travel",
    "open_round",
    "publish_round",
    "state_preferences",
    "weigh",
    "write_profile",
]
