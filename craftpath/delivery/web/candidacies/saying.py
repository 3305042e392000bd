"""How a candidate's places, results and answers are said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from craftpath.delivery.web.exams.answers import answer_in_words, worth
from craftpath.delivery.web.exams.showing import key_in_words, plain
from craftpath.delivery.web.shell.templatetags.say import moment, points
from craftpath.domain.exams import queries
from craftpath.domain.exams.taking import answers_of, lines_of
from craftpath.domain.exams.texts import KINDS

if TYPE_CHECKING:
    from craftpath.domain.exams.models import Candidate, Outcome


@dataclass(frozen=True, slots=True)
class Question:
    """One question of the own paper: its number there, the order by which it is named, and what it was worth."""

    number: int
    order: int
    line: int
    kind: str
    earned: str
    most: str
    full: bool
    remarks: list[str]
    settled: bool
    words: str = ""
    given: str = ""
    right: str = ""


def standing(one: Candidate, at: datetime) -> tuple[str, str]:
    """Where it stands, in a word, and the tone of it."""
    row, outcome = one.sitting, getattr(one, "outcome", None)
    if row.state == "cancelled":
        return _("cancelled"), "plain"
    if outcome is not None:
        if outcome.share is None:
            return _("absent"), "attention"
        passed = outcome.share * 100 >= Fraction(row.pass_percent)
        return (_("pass mark reached"), "good") if passed else (_("below the pass mark"), "attention")
    if one.handed_in_at is not None:
        return _("being marked"), "info"
    if row.state == "closed":
        return _("absent"), "attention"
    if row.state == "open":
        return _("under way"), "attention"
    return (_("not opened yet"), "attention") if row.starts_at <= at else (_("to come"), "info")


def handed_in(one: Candidate) -> str:
    """All that is said of a paper before its result is published."""
    if one.handed_in_at is None:
        return ""
    return _("Handed in at %(when)s, being marked") % {"when": moment(one.handed_in_at)}


def percent(outcome: Outcome) -> int:
    """The whole percent that was reached."""
    return int(100 * (outcome.share or 0))


def questions(one: Candidate, remarks: Mapping[int, list[str]], settled: set[int]) -> list[Question]:
    """Point by point as it was published, in the own order; answers only where the office shows them."""
    outcome, shown = one.outcome, one.sitting.show_answers
    given = answers_of(one) if shown else {}
    found = []
    for number, line in enumerate(lines_of(one), start=1):
        content = queries.content_of(line.version, line.version.item.kind)
        earned = Fraction(outcome.lines.get(str(line.pk), "0"))
        answer = given[line.pk].given if line.pk in given else None
        found.append(
            Question(
                number=number,
                order=line.order,
                line=line.pk,
                kind=str(KINDS[content.kind.value]),
                earned=worth(earned),
                most=points(line.version.points),
                full=earned == Fraction(line.version.points),
                remarks=remarks.get(line.pk, []),
                settled=line.pk in settled,
                words=plain(content.stem, 200) if shown else "",
                given=answer_in_words(content, answer) if shown else "",
                right=" · ".join(key_in_words(content)) if shown else "",
            )
        )
    return found
