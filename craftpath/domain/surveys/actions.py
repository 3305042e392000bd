"""Writing about surveys: drafted, opened, answered, closed, given back."""

from craftpath.domain.surveys.answering import answer_by_link, answer_survey
from craftpath.domain.surveys.drafting import (
    add_questions,
    address_survey,
    describe_survey,
    discard_survey,
    draft_next_wave,
    draft_survey,
    move_question,
    remove_question,
    write_question,
)
from craftpath.domain.surveys.opening import Candidate, open_survey
from craftpath.domain.surveys.running import (
    analyse_survey,
    close_survey,
    extend_survey,
    publish_survey,
    remind_survey,
)

__all__ = [
    "Candidate",
    "add_questions",
    "address_survey",
    "analyse_survey",
    "answer_by_link",
    "answer_survey",
    "close_survey",
    "describe_survey",
    "discard_survey",
    "draft_next_wave",
    "draft_survey",
    "extend_survey",
    "move_question",
    "open_survey",
    "publish_survey",
    "remind_survey",
    "remove_question",
    "write_question",
]
