"""Writing pairs: formed, answered, changed and ended; standings and house rules."""

from craftpath.domain.pairing.changing import (
    appoint_deputy,
    end_pair,
    renew_pair,
    replace_teacher,
    take_over_mentors,
)
from craftpath.domain.pairing.following import follow, turn_bonds
from craftpath.domain.pairing.forming import accept_pair, decline_pair, form_pair
from craftpath.domain.pairing.standing import set_house_rule, set_standing

__all__ = [
    "accept_pair",
    "appoint_deputy",
    "decline_pair",
    "end_pair",
    "follow",
    "form_pair",
    "renew_pair",
    "replace_teacher",
    "set_house_rule",
    "set_standing",
    "take_over_mentors",
    "turn_bonds",
]
