"""The halfway talk: answered alone, read together, agreed in words, closed by every side; or waived with a reason."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.timezone import localdate

from craftpath.domain.mentoring import rules
from craftpath.domain.mentoring.acting import told, working
from craftpath.domain.mentoring.dates import talk_due
from craftpath.domain.mentoring.facts import TalkAnswered, TalkClosed, TalkWaived
from craftpath.domain.mentoring.models import HalfwayTalk, TalkSide
from craftpath.domain.mentoring.queries import meeting_rule
from craftpath.domain.mentoring.seeds import questions
from craftpath.domain.mentoring.states import TALK
from craftpath.domain.pairing.seeing import people_in
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.values.verdict import Refused, may_not, not_now, require

if TYPE_CHECKING:
    from craftpath.domain.pairing.models import Pair

Answers = Mapping[str, Mapping[str, Any]]
"""question key → {"mark": 1–5, "words": …}"""


@action
def answer_talk(pair: Pair, *, answers: Answers, by: Actor, at: datetime) -> HalfwayTalk:
    """Answer for oneself, once: what was answered is not changed any more. The same again changes nothing.

    The talk begins with the first answer; whoever is in the pair then is a side of it.
    """
    pair = working(pair)
    require(rules.may_take_part(by, pair, localdate(at)))
    talk = _open(pair, at)
    require(rules.can_begin(talk, localdate(at)))
    side = _side(talk, by)
    given = {key: {"mark": one["mark"], "words": one["words"].strip()} for key, one in answers.items()}
    require(rules.can_answer(talk.questions, given))
    if side.answers is not None:
        if side.answers == given:
            return talk
        raise Refused(not_now("mentoring.answered_already"))
    side.answers, side.answered_at = given, at
    side.save(update_fields=["answers", "answered_at"])
    if talk.first_answer_at is None:
        talk.first_answer_at = at
        talk.save(update_fields=["first_answer_at"])
    told(TalkAnswered(round=talk.round), pair, by=by, at=at)
    return talk


@action
def agree_steps(talk: HalfwayTalk, *, steps: str, seen: int, by: Actor, at: datetime) -> HalfwayTalk:
    """Write down what was agreed; whoever had closed closes again. The same words again change nothing."""
    pair, row = _held(talk)
    _require_shown(row, by, at)
    require(rules.can_agree(steps))
    if row.next_steps == steps.strip():
        return row
    if seen != row.revision:
        raise Refused(not_now("mentoring.changed_meanwhile"))
    row.next_steps, row.revision = steps.strip(), row.revision + 1
    row.save(update_fields=["next_steps", "revision"])
    row.sides.update(closed_at=None)
    return row


@action
def close_talk(talk: HalfwayTalk, *, seen: int, by: Actor, at: datetime) -> HalfwayTalk:
    """Agree to the next steps as one read them; with the last side the talk is closed. Once more changes nothing."""
    pair, row = _held(talk)
    side = _side(row, by)
    if side.closed_at is not None and seen == row.revision:
        return row
    _require_shown(row, by, at)
    if not row.next_steps:
        raise Refused(not_now("mentoring.no_steps", most=rules.LONGEST_STEPS))
    if seen != row.revision:
        raise Refused(not_now("mentoring.changed_meanwhile"))
    side.closed_at = at
    side.save(update_fields=["closed_at"])
    if not row.sides.filter(closed_at__isnull=True).exists():
        row.state, row.settled_by, row.settled_at = TALK.after(row.state, "close"), by.person, at
        row.save(update_fields=["state", "settled_by", "settled_at"])
        told(TalkClosed(round=row.round), pair, by=by, at=at)
    return row


@action
def waive_talk(pair: Pair, *, because: str, by: Actor, at: datetime) -> HalfwayTalk:
    """Do without the talk, with a reason: the office, or whoever teaches. The same again changes nothing."""
    pair = working(pair)
    require(rules.may_finish(by, pair))
    require(rules.can_say_why(because))
    last = HalfwayTalk._base_manager.filter(pair=pair).order_by("-round").first()
    if last is not None and last.state == "waived" and last.because == because.strip():
        return last
    row = _open(pair, at)
    row.state, row.because = TALK.after(row.state, "waive"), because.strip()
    row.settled_by, row.settled_at = by.person, at
    row.save(update_fields=["state", "because", "settled_by", "settled_at"])
    told(TalkWaived(round=row.round, because=because.strip()), pair, by=by, at=at)
    return row


def _open(pair: Pair, at: datetime) -> HalfwayTalk:
    """The talk that is open, or a new one if another is to come."""
    last = HalfwayTalk._base_manager.filter(pair=pair).order_by("-round").first()
    if last is not None and last.state == "open":
        return last
    held_on = localdate(last.settled_at) if last is not None and last.settled_at else None
    percent = meeting_rule(pair.organisation).talk_after_percent
    due_on = talk_due(pair.starts_on, pair.ends_on, percent, held_on)
    if due_on is None:
        raise Refused(not_now("mentoring.talk_settled"))
    row = HalfwayTalk.objects.create(
        pair=pair,
        round=last.round + 1 if last else 1,
        due_on=due_on,
        questions=list(questions()),
        opened_at=at,
    )
    TalkSide.objects.bulk_create(TalkSide(talk=row, person=person) for person in people_in(pair))
    return row


def _held(talk: HalfwayTalk) -> tuple[Pair, HalfwayTalk]:
    pair = working(talk.pair)
    rows = HalfwayTalk._base_manager.select_for_update(of=("self",), no_key=True)
    return pair, rows.get(pk=talk.pk)


def _side(talk: HalfwayTalk, by: Actor) -> TalkSide:
    person = by.person.pk if by.person else None
    side = talk.sides.filter(person=person).first() if person is not None else None
    if side is None:
        raise Refused(may_not("mentoring.not_in_it"))
    return side


def _require_shown(talk: HalfwayTalk, by: Actor, at: datetime) -> None:
    _side(talk, by)
    if talk.state != "open":
        raise Refused(not_now("mentoring.talk_settled"))
    answered = [one.answers is not None for one in talk.sides.all()]
    if not rules.shown(talk, answered, at):
        raise Refused(not_now("mentoring.not_shown_yet"))
