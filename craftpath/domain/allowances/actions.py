"""Writing allowances: rules, months computed, checked, approved and paid, corrections, questions, payments."""

from craftpath.domain.allowances.asking import answer_question, ask_about, withdraw_question
from craftpath.domain.allowances.checking import NewRule, row_of_new
from craftpath.domain.allowances.correcting import ask_correction, bond_named
from craftpath.domain.allowances.paying import (
    Column,
    Payment,
    columns_of,
    keep_references,
    keep_template,
    payments_of,
    remove_template,
    take_file,
)
from craftpath.domain.allowances.ruling import (
    adopt_book,
    date_book,
    draft_book,
    drop_book,
    remove_rule,
    replace_book,
    set_cap,
    write_rule,
)
from craftpath.domain.allowances.running import (
    ask_run,
    cancel_run,
    carry_out,
    changed_since,
    compute_lines,
    finish_run,
    refuse_run,
)
from craftpath.domain.allowances.settling import approve_run, check_run, pay_run, send_back

__all__ = [
    "Column",
    "NewRule",
    "Payment",
    "adopt_book",
    "answer_question",
    "approve_run",
    "ask_about",
    "ask_correction",
    "ask_run",
    "bond_named",
    "cancel_run",
    "carry_out",
    "changed_since",
    "check_run",
    "columns_of",
    "compute_lines",
    "date_book",
    "draft_book",
    "drop_book",
    "finish_run",
    "keep_references",
    "keep_template",
    "pay_run",
    "payments_of",
    "refuse_run",
    "remove_rule",
    "remove_template",
    "replace_book",
    "row_of_new",
    "send_back",
    "set_cap",
    "take_file",
    "withdraw_question",
    "write_rule",
]
