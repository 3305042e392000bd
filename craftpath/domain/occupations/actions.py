"""Writing occupations and their charts."""

from craftpath.domain.occupations.answering import keep_answer
from craftpath.domain.occupations.classifying import load_classifications
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
from craftpath.domain.occupations.importing import (
    begin_import,
    drop_import,
    keep_import,
    pair_codes,
    refuse_import,
    report_import,
    take_import,
    undo_import,
    unpair_codes,
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
    "begin_import",
    "drop_import",
    "end_answers",
    "keep_answer",
    "keep_import",
    "keep_occupation",
    "link_skills",
    "load_classifications",
    "load_occupations",
    "merge_tasks",
    "move_duty",
    "move_task",
    "pair_codes",
    "refuse_import",
    "report_import",
    "retire_chart",
    "return_chart",
    "reword",
    "seat_panellist",
    "set_chart",
    "split_task",
    "take_import",
    "take_out",
    "take_sheet",
    "undo_import",
    "undo_step",
    "unpair_codes",
    "unseat_panellist",
    "verify_chart",
]
