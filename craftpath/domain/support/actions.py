"""Writing in support."""

from craftpath.domain.support.correcting import (
    ask_correction,
    correct_sign,
    lapse_corrections,
    read_answer,
    reject_correction,
    uphold_correction,
    withdraw_correction,
)
from craftpath.domain.support.forgetting import forget_support
from craftpath.domain.support.helping import act_on, look_at_act, renew_signs, take_back_act
from craftpath.domain.support.looking import lapse_signs, look_again, look_at_everybody
from craftpath.domain.support.modelling import ask_for_model, fit_model, switch_model

__all__ = [
    "act_on",
    "ask_correction",
    "ask_for_model",
    "correct_sign",
    "fit_model",
    "forget_support",
    "lapse_corrections",
    "lapse_signs",
    "look_again",
    "look_at_act",
    "look_at_everybody",
    "read_answer",
    "reject_correction",
    "renew_signs",
    "switch_model",
    "take_back_act",
    "uphold_correction",
    "withdraw_correction",
]
