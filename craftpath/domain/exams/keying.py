"""Answer sheets of paper: keyed twice by people who do not see one another, settled, and only then answers.

A sheet is keyed once the sitting is closed. As soon as two keyings are whole they are compared: where they say the
same, the answers stand at once; where not, somebody looks at the sheet a third time and decides each difference.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from craftpath.domain.exams import rules
from craftpath.domain.exams.content import Content
from craftpath.domain.exams.facts import CandidateMoved, SheetKeyed
from craftpath.domain.exams.keyed import differing, is_keyed, read
from craftpath.domain.exams.models import Candidate, Keying, PaperLine
from craftpath.domain.exams.queries import content_of
from craftpath.domain.exams.standing import locked, stand, told
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.values.verdict import YES, Refused, Verdict, may_not, not_now, require

MOST_NAMED = 12  # questions in a sentence


@dataclass(frozen=True, slots=True)
class Asked:
    """One line of the own form, as it is keyed."""

    line: PaperLine
    content: Content


def asked_of(candidate: Candidate) -> list[Asked]:
    """The questions by their numbers on the printed form; one query."""
    rows = PaperLine.objects.filter(paper=candidate.paper_id)
    lines = rows.select_related("version__item", "version__stimulus").order_by("order")
    return [Asked(line, content_of(line.version, line.version.item.kind)) for line in lines]


@action
def put_on_paper(candidate: Candidate, on_paper: bool, *, by: Actor, at: datetime) -> Candidate:
    """A device fails and there is no other: the candidate goes on on a printed sheet; or comes back from it."""
    row = locked(candidate)
    sitting = row.sitting
    require(rules.may_hold(by, sitting.organisation))
    if sitting.on_paper:
        raise Refused(not_now("exams.sitting_on_paper"))
    if sitting.state not in ("planned", "open") or row.handed_in_at is not None:
        raise Refused(not_now("exams.sitting_not_planned"))
    if row.on_paper == on_paper:
        return row
    row.on_paper = on_paper
    row.save(update_fields=["on_paper"])
    told(CandidateMoved(row.enrolment.public_id, on_paper), row, by=by, at=at)
    return row


def can_key(candidate: Candidate, by: Actor) -> Verdict:
    """Whether this person may key this sheet at all; whose turn it is, is another question."""
    if by.person is None or by.person.pk == candidate.enrolment.person_id:
        return may_not("exams.key_own")
    if not candidate.on_paper:
        return not_now("exams.not_on_paper")
    if candidate.sitting.state != "closed":
        return not_now("exams.sitting_not_closed")
    return not_now("exams.sheet_stands") if hasattr(candidate, "settlement") else YES


def keyings_of(candidate: Candidate) -> dict[int, Keying]:
    """Round → what was keyed; one query."""
    rows = Keying.objects.filter(candidate=candidate).select_related("keyer")
    return {row.round: row for row in rows}


def turn_of(candidate: Candidate, rows: Mapping[int, Keying], by: Actor) -> int | Verdict:
    """Which of the two keyings is this person's, or why none is."""
    own = [one for one, row in rows.items() if by.person is not None and row.keyer_id == by.person.pk]
    if not own:
        free = [one for one in (1, 2) if one not in rows]
        return free[0] if free else not_now("exams.keyed_by_others")
    if len(rows) == 2 and all(row.done_at for row in rows.values()):
        return not_now("exams.sheet_keyed_twice")
    unfinished = [one for one in own if rows[one].done_at is None]
    if unfinished or len(own) == 2:
        return (unfinished or own)[-1]
    if own == [1] and 2 not in rows and not _other_needed(candidate):
        return 2
    return own[0]


def _other_needed(candidate: Candidate) -> bool:
    """Whether a second keying needs a second person still: always, or until all sheets were keyed once."""
    if not candidate.sitting.same_keyer:
        return True
    sheets = Candidate.objects.filter(sitting=candidate.sitting_id, on_paper=True)
    keyed = Keying.objects.filter(candidate__in=sheets, round=1, done_at__isnull=False)
    return bool(keyed.count() < sheets.count())


@action
def key_sheet(
    candidate: Candidate,
    typed: Mapping[int, Sequence[str]],
    *,
    turn: int,
    count: int,
    absent: bool = False,
    done: bool = False,
    by: Actor,
    at: datetime,
) -> Keying:
    """Keep what was typed so far, question → fields; `done` says that it is whole. A lower count changes nothing.

    The same again changes nothing. With the second whole keying the two are compared, and if they say the same the
    answers stand.
    """
    row = locked(candidate)
    require(rules.may_hold(by, row.sitting.organisation))
    lines = asked_of(row)
    given = {} if absent else read_sheet(lines, typed)
    rows = keyings_of(row)
    standing = rows.get(turn)
    mine = standing is not None and by.person is not None and standing.keyer_id == by.person.pk
    if (
        standing is not None
        and mine
        and standing.done_at
        and (standing.given, standing.absent) == (given, absent)
    ):
        return standing
    require(can_key(row, by))
    if len(rows) == 2 and all(one.done_at for one in rows.values()):
        raise Refused(not_now("exams.sheet_keyed_twice"))
    keying = standing if standing is not None and mine else _taken(row, rows, turn, by, at)
    if not done and count <= keying.count:
        return keying
    if absent and row.started_at is not None:
        raise Refused(not_now("exams.was_here"))
    if done and not absent:
        require(is_whole(lines, given))
    keying.given, keying.absent, keying.count = given, absent, max(count, keying.count)
    keying.saved_at, keying.done_at = at, at if done else None
    keying.save()
    if done:
        told(SheetKeyed(row.enrolment.public_id, keying.round, absent), row, by=by, at=at)
        _compare(row, rows | {keying.round: keying}, lines, by=by, at=at)
    return keying


def read_sheet(lines: Sequence[Asked], typed: Mapping[int, Sequence[str]]) -> dict[str, Any]:
    """Order → answer of what was keyed; refused for a question that is not on the form, or no answer to it."""
    known = {one.line.order: one.content for one in lines}
    if unknown := sorted(typed.keys() - known.keys()):
        raise Refused(not_now("exams.key_no_question", question=unknown[0]))
    return {
        str(order): read(known[order], order, typed[order])
        for order in sorted(typed)
        if is_keyed(typed[order])
    }


def is_whole(lines: Sequence[Asked], given: Mapping[str, Any]) -> Verdict:
    """Every question is keyed, or said to be left empty."""
    missing = [one.line.order for one in lines if str(one.line.order) not in given]
    if not missing:
        return YES
    named = ", ".join(map(str, missing[:MOST_NAMED])) + (" …" if len(missing) > MOST_NAMED else "")
    return not_now("exams.sheet_incomplete", count=len(missing), questions=named)


def _taken(row: Candidate, rows: Mapping[int, Keying], turn: int, by: Actor, at: datetime) -> Keying:
    """A keying of one's own: the round that was asked for, or the other if somebody was faster."""
    person = by.person
    own = [one for one in rows.values() if person is not None and one.keyer_id == person.pk]
    free = [one for one in (turn, 3 - turn) if one in (1, 2) and one not in rows]
    if not free or person is None:
        raise Refused(not_now("exams.keyed_by_others"))
    if own and (free[0] != 2 or _other_needed(row)):
        raise Refused(not_now("exams.key_other_person"))
    return Keying(candidate=row, round=free[0], keyer=person, saved_at=at)


def _compare(
    row: Candidate, rows: Mapping[int, Keying], lines: Sequence[Asked], *, by: Actor, at: datetime
) -> None:
    first, second = rows.get(1), rows.get(2)
    if first is None or second is None or not (first.done_at and second.done_at):
        return
    if not different(first, second):
        stand(row, [(one.line, one.content) for one in lines], first.given, absent=first.absent, by=by, at=at)


def different(first: Keying, second: Keying) -> list[int]:
    """Questions that two keyings answer differently; [0] where one says that nobody came."""
    if first.absent or second.absent:
        return [] if first.absent and second.absent else [0]
    return differing(first.given, second.given)
