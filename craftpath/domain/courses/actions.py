"""Writing courses, letting people follow them, and doing what they ask."""

from craftpath.domain.courses.arriving import keep_arrival, take_arrival
from craftpath.domain.courses.doing import finish_activity, follow_run, open_activity
from craftpath.domain.courses.files import add_file, add_small_file, keep_captions
from craftpath.domain.courses.handing import hand_in, settle_hand_in
from craftpath.domain.courses.moving import archive_course, publish_course, restore_course
from craftpath.domain.courses.quizzing import answer_question, begin_quiz
from craftpath.domain.courses.running import (
    end_run,
    reopen_run,
    set_due_days,
    set_session,
    start_run,
    update_run,
)
from craftpath.domain.courses.ticking import confirm_points, tick_points
from craftpath.domain.courses.writing import (
    Details,
    NewActivity,
    NewUnit,
    add_activity,
    add_units,
    begin_course,
    drop_part,
    keep_activity,
    keep_details,
    keep_unit,
    move_part,
)

__all__ = [
    "Details",
    "NewActivity",
    "NewUnit",
    "add_activity",
    "add_file",
    "add_small_file",
    "add_units",
    "answer_question",
    "archive_course",
    "begin_course",
    "begin_quiz",
    "confirm_points",
    "drop_part",
    "end_run",
    "finish_activity",
    "follow_run",
    "hand_in",
    "keep_activity",
    "keep_arrival",
    "keep_captions",
    "keep_details",
    "keep_unit",
    "move_part",
    "open_activity",
    "publish_course",
    "reopen_run",
    "restore_course",
    "set_due_days",
    "set_session",
    "settle_hand_in",
    "start_run",
    "take_arrival",
    "tick_points",
    "update_run",
]
