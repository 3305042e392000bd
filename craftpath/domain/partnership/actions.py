"""Writing about partnerships: agreements, duties, rules and contributions, costs and letters."""

from craftpath.domain.partnership.giving import (
    Booked,
    Evidence,
    agree_rules,
    answer_contribution,
    confirm_contribution,
    counter_contribution,
    give_booked,
    give_contribution,
    pledge,
    propose_rules,
    question_contribution,
    withdraw_contribution,
    withdraw_pledge,
)
from craftpath.domain.partnership.promising import do_duty, drop_duty, take_duty
from craftpath.domain.partnership.telling import issue_letter, save_costs
from craftpath.domain.partnership.writing import (
    draft_cooperation,
    end_cooperation,
    file_cooperation,
    recall_cooperation,
    save_cooperation,
    send_cooperation,
    sign_cooperation,
    void_cooperation,
)

__all__ = [
    "Booked",
    "Evidence",
    "agree_rules",
    "answer_contribution",
    "confirm_contribution",
    "counter_contribution",
    "do_duty",
    "draft_cooperation",
    "drop_duty",
    "end_cooperation",
    "file_cooperation",
    "give_booked",
    "give_contribution",
    "issue_letter",
    "pledge",
    "propose_rules",
    "question_contribution",
    "recall_cooperation",
    "save_cooperation",
    "save_costs",
    "send_cooperation",
    "sign_cooperation",
    "take_duty",
    "void_cooperation",
    "withdraw_contribution",
    "withdraw_pledge",
]
