"""Answering: a code opens the paper, every answer is saved at once, and it is handed in exactly once.

A candidate comes with a code and no scope: rows are found by the candidate alone.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from django.db.models import F

from craftpath.domain.exams.codes import digest
from craftpath.domain.exams.facts import PaperHandedIn
from craftpath.domain.exams.models import Answer, Candidate, PaperLine
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.values.verdict import YES, Refused, Verdict, not_now, require

LONGEST = 40_000  # characters of an answer as it is kept
GRACE = timedelta(seconds=5)  # for what was sent at the bell and came a little later


@dataclass(frozen=True, slots=True)
class Held:
    """Who answers on which device: a later entry of the code takes it over."""

    candidate: str
    grip: int


def candidates() -> Any:
    """With all that answering needs; whoever asks has shown a code."""
    return Candidate._base_manager.select_related("sitting__organisation", "paper", "enrolment__person")


def can_begin(candidate: Candidate, at: datetime) -> Verdict:
    """Once the sitting is open, until its doors close."""
    sitting = candidate.sitting
    if candidate.on_paper:
        return not_now("exams.goes_on_on_paper")
    if sitting.state == "planned":
        return not_now("exams.not_begun")
    if sitting.state != "open":
        return not_now("exams.is_closed")
    late = at > sitting.starts_at + timedelta(minutes=sitting.late_minutes)
    if candidate.started_at is None and late:
        return not_now("exams.begun_too_late", minutes=sitting.late_minutes)
    return YES


def can_answer(candidate: Candidate, grip: int, at: datetime) -> Verdict:
    """While it is this device's, not handed in, and before the bell."""
    if candidate.handed_in_at is not None:
        return not_now("exams.handed_in_already")
    if candidate.on_paper:
        return not_now("exams.goes_on_on_paper")
    if candidate.grip != grip:
        return not_now("exams.elsewhere")
    if candidate.sitting.state != "open" or candidate.ends_at is None:
        return not_now("exams.is_closed")
    return YES if at <= candidate.ends_at + GRACE else not_now("exams.after_the_bell")


@action
def enter(code: str, *, by: Actor, at: datetime) -> Held:
    """Open the paper by its code: the first time the own minutes begin, later another device takes over."""
    found = digest(code)
    row = _by_code(found) if found else None
    if row is None:
        raise Refused(not_now("exams.code_unknown"))
    if row.handed_in_at is None:
        require(can_begin(row, at))
        if row.started_at is None:
            row.started_at = at
            row.ends_at = at + timedelta(minutes=row.sitting.minutes + row.extra_minutes)
        row.grip += 1
        row.save(update_fields=["started_at", "ends_at", "grip"])
    return Held(row.public_id, row.grip)


def _by_code(found: str) -> Candidate | None:
    row = Candidate._base_manager.select_for_update(of=("self",)).filter(code_digest=found).first()
    return None if row is None else candidates().get(pk=row.pk)


@action
def save_answer(held: Held, *, order: int, given: Any, count: int, by: Actor, at: datetime) -> bool:
    """Keep an answer; one with a lower count has come late and changes nothing. Says whether it was kept."""
    row = locked(held)
    require(can_answer(row, held.grip, at))
    line = PaperLine.objects.filter(paper=row.paper_id, order=order).values_list("pk", flat=True).first()
    if line is None:
        raise Refused(not_now("exams.line_unknown"))
    if len(json.dumps(given, ensure_ascii=False)) > LONGEST:
        raise Refused(not_now("exams.answer_too_long", most=LONGEST))
    kept = Answer._base_manager.filter(candidate=row, line=line, count__lt=count)
    if kept.update(given=given, count=count, saved_at=at):
        return True
    if Answer._base_manager.filter(candidate=row, line=line).exists():
        return False
    Answer(candidate=row, line_id=line, given=given, count=count, saved_at=at).save()
    return True


@action
def hand_in(held: Held, *, by: Actor, at: datetime) -> Candidate:
    """Once and for all; pressed twice, or from two windows, it is handed in once."""
    row = locked(held)
    if row.handed_in_at is not None:
        return row
    verdict = can_answer(row, held.grip, at)
    if verdict.reason == "exams.after_the_bell":
        row.handed_in_at, row.handed_in_by = row.ends_at, "bell"
    else:
        require(verdict)
        row.handed_in_at, row.handed_in_by = at, "candidate"
    row.save(update_fields=["handed_in_at", "handed_in_by"])
    fact = PaperHandedIn(row.enrolment.public_id)
    tell(fact, by=by, at=at, organisation=row.sitting.organisation, subject=row.sitting.ref)
    return row


def locked(held: Held) -> Candidate:
    """The candidate of this device, nobody else writing beside; refused if there is none."""
    found = Candidate._base_manager.select_for_update(of=("self",)).filter(public_id=held.candidate)
    pk = found.values_list("pk", flat=True).first()
    if pk is None:
        raise Refused(not_now("exams.code_unknown"))
    row: Candidate = candidates().get(pk=pk)
    return row


def lines_of(candidate: Candidate) -> list[PaperLine]:
    """The questions of the own form in the order in which this candidate has them; one query."""
    rows = PaperLine.objects.filter(paper=candidate.paper_id)
    lines = list(rows.select_related("version__item", "version__stimulus").order_by(F("order")))
    return shuffled(lines, candidate.public_id) if candidate.sitting.shuffled else lines


def shuffled(lines: Sequence[PaperLine], whose: str) -> list[PaperLine]:
    """In an order of this candidate's own, always the same; questions about one text stay together."""
    groups = [
        list(some)
        for _text, some in groupby(lines, key=lambda line: line.version.stimulus_id or f"alone {line.order}")
    ]
    groups.sort(key=lambda some: hashlib.sha256(f"{whose} {some[0].order}".encode()).digest())
    return [line for some in groups for line in some]


def answers_of(candidate: Candidate) -> dict[int, Answer]:
    """line id → what was given; one query."""
    return {row.line_id: row for row in Answer._base_manager.filter(candidate=candidate)}
