"""Writing about ventures."""

from craftpath.domain.ventures.planning import (
    Plan,
    change_venture,
    finish_venture,
    name_in_charge,
    plan_venture,
    release,
    resume_venture,
    start_venture,
    stop_venture,
)
from craftpath.domain.ventures.working import (
    add_file,
    add_milestone,
    drop_milestone,
    point_to,
    reach_milestone,
    reopen_milestone,
    take_back_pointer,
    write_log,
)

__all__ = [
    "Plan",
    "add_file",
    "add_milestone",
    "change_venture",
    "drop_milestone",
    "finish_venture",
    "name_in_charge",
    "plan_venture",
    "point_to",
    "reach_milestone",
    "release",
    "reopen_milestone",
    "resume_venture",
    "start_venture",
    "stop_venture",
    "take_back_pointer",
    "write_log",
]
