"""Writing about questions: asking and answering, accepting and vouching, reports and what is hidden, promises."""

from craftpath.domain.questions.answering import (
    accept_answer,
    endorse_answer,
    thank_answer,
    withdraw_post,
    write_answer,
)
from craftpath.domain.questions.asking import ask_question, change_post, read_answers
from craftpath.domain.questions.attaching import attach_file
from craftpath.domain.questions.minding import (
    appeal_hiding,
    dismiss_report,
    hear_hiding,
    hide_post,
    keep_hiding,
    lift_hiding,
    report_post,
    set_promise,
    uphold_report,
)

__all__ = [
    "accept_answer",
    "appeal_hiding",
    "ask_question",
    "attach_file",
    "change_post",
    "dismiss_report",
    "endorse_answer",
    "hear_hiding",
    "hide_post",
    "keep_hiding",
    "lift_hiding",
    "read_answers",
    "report_post",
    "set_promise",
    "thank_answer",
    "uphold_report",
    "withdraw_post",
    "write_answer",
]
