"""Writing about requests of people, assessments and breaches."""

from craftpath.domain.protection.answering import (
    answer_request,
    erase_for,
    lock_person,
    refuse_request,
)
from craftpath.domain.protection.asking import ask_about_data, withdraw_request
from craftpath.domain.protection.assessing import (
    Thought,
    change_assessment,
    decide_assessment,
    retire_assessment,
    write_assessment,
)
from craftpath.domain.protection.breaching import Found, assess_breach, close_breach, report_breach

__all__ = [
    "Found",
    "Thought",
    "assess_breach",
    "change_assessment",
    "close_breach",
    "decide_assessment",
    "report_breach",
    "retire_assessment",
    "write_assessment",
    "answer_request",
    "ask_about_data",
    "erase_for",
    "lock_person",
    "refuse_request",
    "withdraw_request",
]
