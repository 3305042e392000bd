"""Holding an agreement against the checklist and the law: pure arithmetic, the same for form, page and action.

Each finding names its item, its level, and one reason code with the values that its sentence names. What a rule of
the law forbids blocks whatever the item's usual level is, and cannot be waived where the rule says so.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from craftpath.domain.agreements.answers import answer, stated
from craftpath.domain.agreements.calendar import add_months, age_on, is_longer, is_shorter
from craftpath.domain.agreements.cases import Case, Finding
from craftpath.domain.agreements.checklist import items
from craftpath.domain.agreements.conditions import CONDITIONS
from craftpath.domain.agreements.law import (
    Row,
    floor_on,
    monthly,
    probation_months,
    turning_days,
)

__all__ = ["LAW_ITEMS", "Case", "Finding", "blocking", "check", "is_minor"]


def is_minor(case: Case) -> bool:
    """Whether a guardian signs: by the age on the first day, whatever the age is when somebody signs."""
    if case.birth_date is None or not case.law.value("guardian_signs", case.starts_on, True):
        return False
    return age_on(case.birth_date, case.starts_on) < _majority(case)


def blocking(findings: Collection[Finding], waived: Collection[str], *phases: str) -> list[Finding]:
    """What still holds the agreement up in these phases; a waiver counts only where one is possible."""
    return [
        finding
        for finding in findings
        if finding.holds_up and finding.phase in phases and not (finding.waivable and finding.key in waived)
    ]


def check(case: Case) -> list[Finding]:
    """Every item that an agreement answers, in the order of the checklist, then the rules of the law beside it."""
    found = [finding for key, item in items().items() if item.decided for finding in [_ITEMS[key](case)]]
    levelled = [replace(finding, level=_level(case, finding)) for finding in found]
    return [*levelled, *_beside(case)]


def _level(case: Case, finding: Finding) -> str:
    if not finding.waivable and finding.status == "failed":
        return "block"
    return case.law.levels.get(finding.key, items()[finding.key].level)


def _majority(case: Case) -> int:
    return int(case.law.value("age_of_majority", case.starts_on, 18))


def _hours(case: Case) -> Fraction | None:
    return None if case.terms.weekly_hours is None else Fraction(case.terms.weekly_hours)


def _paid(case: Case) -> Finding:
    paid = bool(case.terms.wage) and all(step.amount > 0 for step in case.terms.wage)
    return answer("def-paid", "ok" if paid else "missing", "paid" if paid else "wage_missing")


def _min_age(case: Case) -> Finding:
    key, row = "std-min-age", case.law.row("min_age", case.starts_on)
    if case.birth_date is None:
        return answer(key, "missing", "birth_date_missing", waivable=False)
    age = age_on(case.birth_date, case.starts_on)
    if row is None:
        return answer(key, "ok", "age", {"age": age})
    facts = {"age": age, "least": row.value}
    if age < row.value:
        return answer(key, "failed", "too_young", facts, waivable=row.waivable)
    return answer(key, "ok", "age", facts)


def _osh(case: Case) -> Finding:
    key, induction = "std-osh", case.terms.induction_on
    if not case.terms.has("osh"):
        return answer(key, "missing", "not_stated", {"parts": ["osh"]})
    if induction is None:
        return answer(key, "missing", "induction_missing")
    if induction > case.starts_on:
        return answer(key, "failed", "induction_late", {"day": induction, "start": case.starts_on})
    return answer(key, "ok", "induction", {"day": induction})


def _supervision(case: Case) -> Finding:
    key = "std-supervision"
    if not case.mentor:
        return answer(key, "missing", "mentor_missing")
    if not case.terms.mentor_qualification:
        return answer(key, "missing", "mentor_qualification_missing")
    return stated(key, "supervision")(case)


def _duration(case: Case) -> Finding:
    key, least, most = "std-duration", case.min_months, case.max_months
    facts = {"least": least or 0, "most": most or 0}
    if least is not None and is_shorter(case.starts_on, case.ends_on, least):
        return answer(key, "failed", "too_short", facts)
    if most is not None and is_longer(case.starts_on, case.ends_on, most):
        return answer(key, "failed", "too_long", facts)
    return answer(key, "ok", "length", facts)


def _adjusted(case: Case) -> Finding:
    key, usual = "std-duration-adjust", case.typical_months
    if usual is None:
        return answer(key, "ok", "usual_length_unknown")
    same = not is_shorter(case.starts_on, case.ends_on, usual) and not is_longer(
        case.starts_on, case.ends_on, usual
    )
    facts = {"usual": usual}
    if same or case.terms.length_reason:
        return answer(key, "ok", "usual_length" if same else "length_explained", facts)
    return answer(key, "missing", "length_unexplained", facts)


def _remuneration(case: Case) -> Finding:
    key, wage, hours = "prot-remuneration", case.terms.wage, _hours(case)
    if not wage or wage[0].starts_on > case.starts_on:
        return answer(key, "missing", "wage_missing" if not wage else "wage_gap")
    for before, step in zip(wage, wage[1:], strict=False):
        if step.starts_on <= before.starts_on:
            return answer(key, "failed", "wage_order", {"day": step.starts_on})
        if step.amount < before.amount:
            return answer(key, "failed", "wage_falls", {"day": step.starts_on})
    if wage[-1].starts_on > case.ends_on:
        return answer(key, "failed", "wage_after_end", {"day": wage[-1].starts_on})
    known = False
    days = {case.starts_on, *(step.starts_on for step in wage)}
    for day in sorted(days | set(turning_days(case.floors, case.starts_on, case.ends_on))):
        if day < case.starts_on:
            continue
        floor = floor_on(case.floors, case.starts_on, day, hours)
        paid_now = [step for step in wage if step.starts_on <= day][-1].amount
        paid = monthly(Fraction(paid_now), case.terms.per, hours)
        if floor is None or paid is None:
            continue
        known = True
        if paid < floor:
            facts = {"day": day, "paid": _cents(paid, up=False), "floor": _cents(floor, up=True),
                     "currency": case.terms.currency}  # fmt: skip
            return answer(key, "failed", "below_floor", facts, waivable=False)
    return answer(key, "ok" if known else "missing", "pay" if known else "floor_unknown")


def _cents(amount: Fraction, *, up: bool) -> int:
    return -(-amount.numerator // amount.denominator) if up else amount.numerator // amount.denominator


def _weekly_hours(case: Case) -> Finding:
    key, hours = "prot-hours", case.terms.weekly_hours
    if hours is None:
        return answer(key, "missing", "hours_missing")
    minor = case.birth_date is not None and age_on(case.birth_date, case.starts_on) < _majority(case)
    rows = [case.law.row("weekly_hours_max", case.starts_on)]
    rows += [case.law.row("minor_weekly_hours_max", case.starts_on)] if minor else []
    bounds = [row for row in rows if row is not None]
    for row in sorted(bounds, key=lambda row: Decimal(row.value)):
        if hours > row.value:
            facts = {"hours": hours, "most": row.value}
            return answer(key, "failed", "hours_too_many", facts, waivable=row.waivable)
    return answer(key, "ok", "hours", {"hours": hours})


def _leave(case: Case) -> Finding:
    key, days = "prot-leave", case.terms.annual_leave_days
    if not days:
        return answer(key, "missing", "leave_missing")
    row = case.law.row("annual_leave_min", case.starts_on)
    if row is not None and days < row.value:
        facts = {"days": days, "least": row.value}
        return answer(key, "failed", "leave_too_short", facts, waivable=row.waivable)
    return answer(key, "ok", "leave", {"days": days})


def _written(case: Case) -> Finding:
    waiting = [role for role in case.needed if role not in case.signed]
    if not case.needed or waiting:
        facts = {"roles": waiting}
        return answer("agr-written", "open", "signatures_open", facts, waivable=False, phase="activate")
    return answer("agr-written", "ok", "signed_by_all")


def _every_term(case: Case) -> Finding:
    terms = case.terms
    parts = {
        "wage": bool(terms.wage),
        "pay_frequency": bool(terms.pay_frequency),
        "weekly_hours": terms.weekly_hours is not None,
        "annual_leave_days": terms.annual_leave_days is not None,
    } | {key: terms.has(key) for key in ("rest", "osh", "social_security", "dispute", "termination")}
    missing = [part for part, there in parts.items() if not there]
    if missing:
        return answer("agr-terms", "missing", "not_stated", {"parts": missing})
    return answer("agr-terms", "ok", "stated")


def _competencies(case: Case) -> Finding:
    terms = case.terms
    parts = {
        "occupation": bool(terms.occupation.both()),
        "qualification": bool(terms.qualification.both()),
        "training": terms.has("training"),
    }
    missing = [part for part, there in parts.items() if not there]
    if missing:
        return answer("agr-competencies", "missing", "not_stated", {"parts": missing})
    return answer("agr-competencies", "ok", "stated")


def _registered(case: Case) -> Finding:
    key = "agr-registered"
    if case.registration_no:
        return answer(key, "ok", "registered", {"number": case.registration_no})
    return answer(key, "missing", "not_registered", phase="activate")


def _guardian(case: Case) -> Finding:
    key = "agr-minor"
    if case.birth_date is None:
        return answer(key, "missing", "birth_date_missing", waivable=False)
    if not is_minor(case):
        return answer(key, "ok", "of_age", {"age": age_on(case.birth_date, case.starts_on)})
    if not case.guardian:
        return answer(key, "missing", "guardian_missing", waivable=False)
    if "guardian" not in case.signed:
        return answer(key, "open", "guardian_open", waivable=False, phase="activate")
    return answer(key, "ok", "guardian_signed")


def _probation(case: Case) -> Finding:
    key, last = "tk-probation", case.terms.probation_end
    longest = case.law.row("probation_max", case.starts_on)
    if last is None:
        none_allowed = longest is not None and not _allowed(case, longest)
        reason = "no_probation" if none_allowed else "probation_missing"
        return answer(key, "ok" if none_allowed else "missing", reason)
    if not case.starts_on <= last <= case.ends_on:
        return answer(key, "failed", "probation_outside", {"day": last})
    if longest is not None:
        most = _allowed(case, longest)
        if is_longer(case.starts_on, last, most):
            facts = {"most": most, "day": last}
            return answer(key, "failed", "probation_too_long", facts, waivable=longest.waivable)
    shortest = case.law.row("probation_min", case.starts_on)
    if shortest is not None and is_shorter(case.starts_on, last, shortest.value):
        facts = {"least": shortest.value, "day": last}
        return answer(key, "failed", "probation_too_short", facts, waivable=shortest.waivable)
    return answer(key, "ok", "probation", {"day": last})


def _allowed(case: Case, row: Row) -> int:
    return probation_months(row, case.starts_on, case.ends_on)


def _record_form(case: Case) -> Finding:
    agreed = bool(case.terms.record_form)
    reason = "record_form" if agreed else "record_form_missing"
    return answer("de-record-form", "ok" if agreed else "missing", reason)


_ITEMS: dict[str, Callable[[Case], Finding]] = {
    "def-paid": _paid,
    "std-min-age": _min_age,
    "std-osh": _osh,
    "std-supervision": _supervision,
    "std-duration": _duration,
    "std-duration-adjust": _adjusted,
    "prot-fundamental": stated("prot-fundamental", "rights"),
    "prot-remuneration": _remuneration,
    "prot-hours": _weekly_hours,
    "prot-leave": _leave,
    "prot-absence": stated("prot-absence", "sick_leave"),
    "prot-social-security": stated("prot-social-security", "social_security"),
    "prot-injury": stated("prot-injury", "injury_insurance"),
    "agr-written": _written,
    "agr-roles": stated("agr-roles", "roles"),
    "agr-terms": _every_term,
    "agr-competencies": _competencies,
    "agr-registered": _registered,
    "agr-minor": _guardian,
    "tk-purpose-law": stated("tk-purpose-law", "purpose", "law"),
    "tk-probation": _probation,
    "tk-transfer": stated("tk-transfer", "transfer"),
    "tk-confidentiality": stated("tk-confidentiality", "confidentiality"),
    "de-structure-in-time": stated("de-structure-in-time", "training"),
    "de-overtime": stated("de-overtime", "overtime"),
    "de-record-form": _record_form,
    **CONDITIONS,
}


def _beside(case: Case) -> Iterator[Finding]:
    """What the law lays down and Recommendation 208 does not name."""
    start, law = case.starts_on, case.law
    row = law.row("contract_min_months", start)
    if row is not None:
        short = is_shorter(start, case.ends_on, row.value)
        yield _rule("law-contract-length", short, "contract_too_short", {"least": row.value}, row, "block")
    row = law.row("weekly_hours_usual", start)
    if row is not None and case.terms.weekly_hours is not None:
        over = case.terms.weekly_hours > row.value
        yield _rule("law-usual-hours", over, "hours_over_usual", {"usual": row.value}, row, "warn")
    row = law.row("cooperation_agreement", start)
    if row is not None and row.value:
        yield _rule("law-cooperation", not case.cooperation, "cooperation_missing", {}, row, "warn")
    row = law.row("protected_age", start)
    if row is not None and case.birth_date is not None and age_on(case.birth_date, start) < row.value:
        birthday = add_months(case.birth_date, 12 * row.value)
        facts = {"until": birthday, "age": row.value}
        yield Finding("law-protected-age", "info", "missing", "agreements.protected_age", facts)
    if any(floor.scale == "entered" and floor.conf == "A" for floor in case.floors):
        yield Finding("law-floor-confirm", "warn", "missing", "agreements.floor_unconfirmed")


def _rule(key: str, broken: bool, reason: str, facts: dict[str, Any], row: Row, level: str) -> Finding:
    status, said = ("failed", reason) if broken else ("ok", "kept")
    return Finding(key, level, status, f"agreements.{said}", facts, waivable=row.waivable)


LAW_ITEMS = (
    "law-contract-length",
    "law-usual-hours",
    "law-cooperation",
    "law-protected-age",
    "law-floor-confirm",
)
"""Items beside the checklist, in their order."""
