"""Writing: diagnoses, practice, and words over what answers say."""

from craftpath.domain.study.diagnosing import answer_diagnosis, begin_diagnosis, stop_diagnosis
from craftpath.domain.study.practising import answer_practice, begin_practice
from craftpath.domain.study.steering import (
    agree_objection,
    lift_override,
    object_to_study,
    reject_objection,
    set_override,
    show_anyway,
    withdraw_objection,
)

__all__ = [
    "agree_objection",
    "answer_diagnosis",
    "answer_practice",
    "begin_diagnosis",
    "begin_practice",
    "lift_override",
    "object_to_study",
    "reject_objection",
    "set_override",
    "show_anyway",
    "stop_diagnosis",
    "withdraw_objection",
]
