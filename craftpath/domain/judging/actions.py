"""Writing rubrics, asking raters, rating work, publishing what the raters agree on."""

from craftpath.domain.judging.appealing import decide_appeal
from craftpath.domain.judging.drafting import draft_rubric, retire_rubric, save_rubric, use_rubric
from craftpath.domain.judging.examining import PublishedSitting, publish_sitting, seen_of
from craftpath.domain.judging.planning import (
    Panel,
    ask_raters,
    cancel_practical,
    close_practical,
    excuse_rater,
    plan_practical,
    raters_row_of,
    reopen_practical,
)
from craftpath.domain.judging.publishing import Published, publish_marks, reopen_judgement
from craftpath.domain.judging.rating import MOST_EXHIBITS, add_exhibit, rate_work
from craftpath.domain.judging.recording import Recorded, recorded

__all__ = [
    "MOST_EXHIBITS",
    "Panel",
    "Published",
    "PublishedSitting",
    "add_exhibit",
    "ask_raters",
    "cancel_practical",
    "close_practical",
    "decide_appeal",
    "draft_rubric",
    "excuse_rater",
    "plan_practical",
    "publish_marks",
    "publish_sitting",
    "raters_row_of",
    "rate_work",
    "reopen_judgement",
    "reopen_practical",
    "retire_rubric",
    "save_rubric",
    "recorded",
    "Recorded",
    "seen_of",
    "use_rubric",
]
