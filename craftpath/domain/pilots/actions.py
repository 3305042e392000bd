"""Writing about pilots: cycles, rounds and steps, deliverables, changes, cases, reports."""

from craftpath.domain.pilots.changing import (
    accept_change,
    decline_change,
    finish_change,
    postpone_change,
    propose_change,
)
from craftpath.domain.pilots.cycles import load_cycles, write_cycle
from craftpath.domain.pilots.giving import give_deliverable, take_back_deliverable
from craftpath.domain.pilots.moving import close_step, plan_step, reopen_step, waive_step
from craftpath.domain.pilots.reporting import issue_report
from craftpath.domain.pilots.starting import change_pilot, end_pilot, open_round, start_pilot
from craftpath.domain.pilots.telling import (
    Told,
    keep_case,
    let_go_case,
    load_cases,
    publish_case,
    withdraw_case,
    write_case,
)

__all__ = [
    "Told",
    "accept_change",
    "change_pilot",
    "close_step",
    "decline_change",
    "end_pilot",
    "finish_change",
    "give_deliverable",
    "issue_report",
    "keep_case",
    "let_go_case",
    "load_cases",
    "load_cycles",
    "open_round",
    "plan_step",
    "postpone_change",
    "propose_change",
    "publish_case",
    "reopen_step",
    "start_pilot",
    "take_back_deliverable",
    "waive_step",
    "withdraw_case",
    "write_case",
    "write_cycle",
]
