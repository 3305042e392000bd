"""Writing appraisals: schemes, rounds, voices, contests, publishing."""

from craftpath.domain.appraisals.computing import (
    cancel_round,
    carry_out,
    compute_round,
    finish_round,
    refuse_round,
)
from craftpath.domain.appraisals.contesting import (
    contest_appraisal,
    read_appraisal,
    reject_contest,
    uphold_contest,
    withdraw_contest,
)
from craftpath.domain.appraisals.publishing import publish_round
from craftpath.domain.appraisals.rounds import drop_round, follow_round, open_round, replace_round, show_round
from craftpath.domain.appraisals.schemes import set_scheme
from craftpath.domain.appraisals.voicing import ask_voices, give_voice

__all__ = [
    "ask_voices",
    "cancel_round",
    "carry_out",
    "compute_round",
    "contest_appraisal",
    "drop_round",
    "finish_round",
    "follow_round",
    "give_voice",
    "open_round",
    "publish_round",
    "read_appraisal",
    "refuse_round",
    "reject_contest",
    "replace_round",
    "set_scheme",
    "show_round",
    "uphold_contest",
    "withdraw_contest",
]
