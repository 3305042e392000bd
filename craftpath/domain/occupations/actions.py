"""Writing occupations and their charts."""

from craftpath.domain.occupations.answering import keep_answer
from craftpath.domain.occupations.drawing import (
    add_duty,
    add_task,
    link_skills,
    merge_tasks,
    move_duty,
    move_task,
    reword,
    split_task,
    take_out,
)
from craftpath.domain.occupations.keeping import (
    begin_chart,
    keep_occupation,
    load_occupations,
    seat_panellist,
    set_chart,
    unseat_panellist,
)
from craftpath.domain.occupations.moving import (
    adopt_chart,
    end_answers,
    retire_chart,
    return_chart,
    verify_chart,
)
from craftpath.domain.occupations.taking import take_sheet
from craftpath.domain.occupations.undoing import undo_step

__all__ = [
    "add_duty",
    "add_task",
    "adopt_chart",
    "begin_chart",
    "end_answers",
    "keep_answer",
    "keep_occupation",
    "link_skills",
    "load_occupations",
    "merge_tasks",
    "move_duty",
    "move_task",
    "retire_chart",
    "return_chart",
    "reword",
    "seat_panellist",
    "set_chart",
    "split_task",
    "take_out",
    "take_sheet",
    "undo_step",
    "unseat_panellist",
    "verify_chart",
]
