"""Writing pairs: formed, answered, changed and ended; standings and house rules; changes asked for."""

from craftpath.domain.pairing.changing import (
    appoint_deputy,
    dissolve_pair,
    end_pair,
    renew_pair,
    take_over_mentors,
)
from craftpath.domain.pairing.following import follow, turn_bonds
from craftpath.domain.pairing.forming import Planned, accept_pair, decline_pair, form_pair, form_pairs
from craftpath.domain.pairing.replacing import Replacement, replace_teacher, replace_teachers
from craftpath.domain.pairing.rules import Wanted
from craftpath.domain.pairing.standing import note_result, set_house_rule, set_standing
from craftpath.domain.pairing.wishing import ask_for_change, see_wish, settle_wish, withdraw_wish

__all__ = [
    "Planned",
    "Replacement",
    "Wanted",
    "accept_pair",
    "appoint_deputy",
    "ask_for_change",
    "decline_pair",
    "dissolve_pair",
    "end_pair",
    "follow",
    "form_pair",
    "form_pairs",
    "note_result",
    "renew_pair",
    "replace_teacher",
    "replace_teachers",
    "see_wish",
    "set_house_rule",
    "set_standing",
    "settle_wish",
    "take_over_mentors",
    "turn_bonds",
    "withdraw_wish",
]
