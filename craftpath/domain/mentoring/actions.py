"""Writing what the people of a pair do: goals, meetings, talks, products, agreements, graduation, house rules."""

from craftpath.domain.mentoring.agreeing import draw_up_agreement, replace_agreement, sign_agreement
from craftpath.domain.mentoring.goals import drop_goal, object_to_goal, reach_goal, set_goal
from craftpath.domain.mentoring.graduating import give_thanks, graduate_pair
from craftpath.domain.mentoring.houserules import set_meeting_rule, write_wording
from craftpath.domain.mentoring.meetings import Met, confirm_meeting, correct_meeting, write_meeting
from craftpath.domain.mentoring.products import add_product_file, keep_product, show_product
from craftpath.domain.mentoring.talking import agree_steps, answer_talk, close_talk, waive_talk

__all__ = [
    "Met",
    "add_product_file",
    "agree_steps",
    "answer_talk",
    "close_talk",
    "confirm_meeting",
    "correct_meeting",
    "draw_up_agreement",
    "drop_goal",
    "give_thanks",
    "graduate_pair",
    "keep_product",
    "object_to_goal",
    "reach_goal",
    "replace_agreement",
    "set_goal",
    "set_meeting_rule",
    "show_product",
    "sign_agreement",
    "waive_talk",
    "write_meeting",
    "write_wording",
]
