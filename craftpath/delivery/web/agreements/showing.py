"""What the pages say of an agreement: findings as sentences, terms as lines, what is missing in a few words."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from craftpath.delivery.web.shell.templatetags.say import day, listed, text
from craftpath.domain.agreements import texts
from craftpath.domain.agreements.checking import Finding
from craftpath.domain.agreements.checklist import items
from craftpath.domain.agreements.law import Law
from craftpath.domain.agreements.leave import LeaveBook, said
from craftpath.domain.agreements.terms import Terms
from craftpath.values.paper import money

if TYPE_CHECKING:
    from craftpath.domain.agreements.models import Amendment, Waiver

TONES = {
    "draft": "plain", "checked": "info", "awaiting_signatures": "attention", "signed": "info",
    "registered": "info", "active": "good", "completed": "good", "terminated": "plain", "expired": "attention",
    "void": "plain", "applied": "attention", "offered": "info", "accepted": "good", "declined": "plain",
    "withdrawn": "plain", "agreed": "info", "in_force": "good", "lapsed": "plain",
    "requested": "attention", "approved": "good", "refused": "wrong",
}  # fmt: skip


def amendment_said(row: Amendment, today: date) -> tuple[Any, str]:
    """Where an amendment stands today and its tone; what is agreed says from when it holds."""
    if row.state == "agreed" and row.takes_effect_on > today:
        return _("Agreed, in force from %(day)s") % {"day": day(row.takes_effect_on)}, TONES[row.state]
    state = "in_force" if row.state == "agreed" else row.state
    return texts.AMENDMENT_STATES[state], TONES[state]


@dataclass(frozen=True, slots=True)
class Point:
    """One item of the checklist as it is read; `tone` as a badge has it."""

    key: str
    name: str
    words: str
    level: Any
    tone: str
    open: bool
    can_waive: bool
    waiver: Waiver | None
    paragraph: str


def points(findings: Iterable[Finding], waivers: Mapping[str, Waiver], law: Law) -> list[Point]:
    """Every finding, what blocks first, then the gaps, then what is met."""
    found = [_point(finding, waivers, law) for finding in findings]
    order = {"wrong": 0, "attention": 1, "info": 2, "plain": 3, "good": 4}
    return sorted(found, key=lambda point: order[point.tone])


def _point(finding: Finding, waivers: Mapping[str, Waiver], law: Law) -> Point:
    waiver = waivers.get(finding.key) if finding.waivable and finding.status != "ok" else None
    item = items().get(finding.key)
    tone = "good" if finding.status == "ok" else "plain" if waiver else _TONE[finding.level]
    if finding.status == "open":
        tone = "info"
    return Point(
        key=finding.key,
        name=text(item.says) if item else str(texts.LAW_ITEMS[finding.key]),
        words=words(finding, law),
        level=texts.LEVELS[finding.level],
        tone=tone,
        open=finding.status != "ok" and waiver is None,
        can_waive=finding.waivable and finding.status in {"missing", "failed"} and finding.level != "info",
        waiver=waiver,
        paragraph=item.paragraph if item and item.para_conf == "sure" else "",
    )


_TONE = {"block": "wrong", "warn": "attention", "info": "plain"}


def words(finding: Finding, law: Law) -> str:
    """A finding as a sentence."""
    names = {clause.key: text(clause.name) for clause in law.clauses}
    facts = {key: _fact(key, value, finding.facts, names) for key, value in finding.facts.items()}
    return str(texts.FINDINGS[finding.reason]) % facts


def _fact(key: str, value: Any, facts: Mapping[str, Any], names: Mapping[str, str]) -> Any:
    if isinstance(value, date):
        return day(value)
    if key == "parts":
        return listed(str(texts.PARTS.get(part, names.get(part, part))) for part in value)
    if key == "roles":
        return listed(str(texts.PARTIES[role]) for role in value)
    if key in {"paid", "floor"}:
        return money(value, facts["currency"]).say(get_language() or "zh")
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return value


def not_of_an_agreement() -> list[tuple[str, str]]:
    """Items of the checklist that no agreement with one apprentice answers, each with the reason."""
    return [(text(item.says), text(item.elsewhere)) for item in items().values() if not item.decided]


def tally(found: Collection[Point]) -> dict[str, int]:
    """How many block, how many are gaps."""
    blocks = [one for one in found if one.open and one.tone == "wrong"]
    gaps = [one for one in found if one.open and one.tone == "attention"]
    return {"blocks": len(blocks), "gaps": len(gaps)}


@dataclass(frozen=True, slots=True)
class Left:
    """One year of annual leave as it is read; `over` where more is approved than the year grants."""

    year: int
    granted: str
    taken: str
    to_come: str
    asked: str
    left: str
    over: bool


def left_of(book: LeaveBook | None, year: int, today: date) -> Left | None:
    """What is granted, taken, asked for and left in a year; None where no annual leave is agreed."""
    if book is None or not book.is_agreed:
        return None
    known = book.year(year, today)
    to_come = known.approved - known.taken
    return Left(
        year, said(known.granted), str(known.taken), str(to_come), str(known.asked), said(known.left),
        known.left < 0,
    )  # fmt: skip


def pay_lines(terms: Terms) -> list[str]:
    """Each step of pay in words."""
    language = get_language() or "zh"
    per = str(texts.PER[terms.per])
    return [
        _("%(day)s: %(amount)s %(per)s")
        % {"day": day(step.starts_on), "amount": money(step.amount, terms.currency).say(language), "per": per}
        for step in terms.wage
    ]
