"""Writing about requests of people about their own data."""

from craftpath.domain.protection.answering import (
    answer_request,
    erase_for,
    erase_whom_nothing_holds,
    lock_person,
    refuse_request,
)
from craftpath.domain.protection.asking import ask_about_data, read_answer, withdraw_request

__all__ = [
    "answer_request",
    "ask_about_data",
    "erase_for",
    "erase_whom_nothing_holds",
    "lock_person",
    "read_answer",
    "refuse_request",
    "withdraw_request",
]
