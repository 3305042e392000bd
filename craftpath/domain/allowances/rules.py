"""Who writes rules, computes, approves and reads; and what a rule, a run and a payment must keep to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from craftpath.domain.allowances.models import (
    AMOUNT_FORMATS,
    BASES,
    COMPONENTS,
    ENCODINGS,
    FIELDS,
    FORMS,
    LONGEST_REASON,
    LONGEST_WORDS,
    PAYERS,
    SCOPES,
    SETTLED,
    WHOLE,
    Line,
    Question,
    Run,
)
from craftpath.kernel.access import Actor
from craftpath.kernel.roles import Permission
from craftpath.values.period import month_of
from craftpath.values.verdict import YES, Verdict, may_not, not_now

if TYPE_CHECKING:
    from craftpath.kernel.organisations import Organisation

__all__ = [
    "AMOUNT_FORMATS",
    "BASES",
    "COMPONENTS",
    "ENCODINGS",
    "FIELDS",
    "FORMS",
    "LONGEST_REASON",
    "LONGEST_WORDS",
    "PAYERS",
    "SCOPES",
    "SETTLED",
    "WHOLE",
    "can_approve",
    "can_ask_about",
    "can_ask_run",
    "can_pay",
    "has_words",
    "may_answer",
    "may_approve",
    "may_run",
]

LONGEST_REFERENCE = 80
EARLIEST = date(2000, 1, 1)


def may_run(actor: Actor, organisation: Organisation) -> Verdict:
    """Whoever writes rules and computes there: personnel offices and coordinators."""
    return actor.may_at(Permission.RUN_ALLOWANCES, organisation)


def may_approve(actor: Actor, run: Run) -> Verdict:
    """Whoever approves there, and neither computed nor checked it."""
    verdict = actor.may_at(Permission.APPROVE_ALLOWANCES, run.organisation)
    person = actor.person.pk if actor.person else None
    if verdict and (person is None or person in (run.computed_by_id, run.checked_by_id)):
        return may_not("allowances.approved_by_another")
    return verdict


def can_approve(actor: Actor, run: Run) -> Verdict:
    """Nobody approves a run in which the own allowance stands."""
    person = actor.person.pk if actor.person else None
    own = Line._base_manager.filter(run=run, payee=person).exists()
    return not_now("allowances.own_allowance") if own else YES


def can_ask_run(month: date, today: date) -> Verdict:
    """A month that has begun; it is computed again once it is over, if it was computed earlier."""
    if month.day != 1 or month < EARLIEST:
        return not_now("allowances.no_month")
    return not_now("allowances.month_to_come") if month > today else YES


def can_pay(paid_on: date, reference: str, today: date) -> Verdict:
    """A day up to today, and a reference to find the payment by."""
    if not reference.strip() or len(reference) > LONGEST_REFERENCE:
        return not_now("allowances.no_reference", most=LONGEST_REFERENCE)
    return not_now("allowances.pay_day_to_come") if not EARLIEST <= paid_on <= today else YES


def has_words(words: str, most: int) -> Verdict:
    """Some words, and not too many."""
    given = words.strip()
    return YES if given and len(given) <= most else not_now("allowances.no_words", most=most)


def can_ask_about(actor: Actor, line: Line) -> Verdict:
    """Whoever is paid by the line, once it is settled."""
    if actor.person is None or actor.person.pk != line.payee_id:
        return may_not("allowances.not_your_line")
    return YES if line.run.state in SETTLED else not_now("allowances.not_settled")


def may_answer(actor: Actor, question: Question) -> Verdict:
    """The office that pays, and never whoever asks."""
    if actor.person is not None and actor.person.pk == question.person_id:
        return may_not("allowances.not_your_answer")
    return may_run(actor, question.line.run.organisation)


def can_correct(run: Run | None, month: date, ended_on: date | None, booked: bool) -> Verdict:
    """A month in the books; a pair that ended before it only if something was paid for it wrongly."""
    if run is None or run.state not in SETTLED:
        return not_now("allowances.month_not_settled", month=f"{month:%Y-%m}")
    if ended_on is not None and ended_on <= month_of(month).start and not booked:
        return not_now("allowances.pair_ended", on=ended_on, month=f"{month:%Y-%m}")
    return YES


def shape_of_template(form: str, encoding: str, amounts: str, fields: Sequence[str]) -> Verdict:
    """Known words, and columns that say whom and how much."""
    known = (
        form in FORMS and encoding in ENCODINGS and amounts in AMOUNT_FORMATS and set(fields) <= set(FIELDS)
    )
    if not known:
        return not_now("allowances.template_unknown")
    missing = {"amount"} - set(fields) or ({"name"} if not {"name", "reference"} & set(fields) else set())
    return not_now("allowances.template_incomplete") if missing else YES
