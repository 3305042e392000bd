"""In the hall: questions from the floor and polls. A vote is counted and not kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import F, Max

from craftpath.domain.workshops import rules
from craftpath.domain.workshops.facts import PollMoved, QuestionModerated
from craftpath.domain.workshops.models import (
    LiveQuestion,
    Poll,
    Registration,
    Support,
    Tally,
    Voter,
    Workshop,
)
from craftpath.domain.workshops.states import POLL, QUESTION
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.values.text import Text
from craftpath.values.verdict import Refused, not_now, require


@action
def ask_live(registration: Registration, words: str, *, named: bool, by: Actor, at: datetime) -> LiveQuestion:
    """Ask the hall; the same words twice are one question."""
    row = _inside(registration, by)
    words = " ".join(words.split())
    if not words:
        raise Refused(not_now("workshops.question_empty"))
    own = LiveQuestion._base_manager.filter(workshop=row.workshop_id, registration=row)
    same = own.filter(words=words).first()
    if same is not None:
        return same
    if own.count() >= rules.MOST_QUESTIONS:
        raise Refused(not_now("workshops.too_many_questions"))
    made = LiveQuestion(workshop=row.workshop, registration=row, words=words[:300], named=named, at=at)
    made.save()
    return made


@action
def support_question(question: LiveQuestion, registration: Registration, *, by: Actor, at: datetime) -> int:
    """Want it answered too, once; returns by how many it is supported."""
    row = _inside(registration, by)
    held = LiveQuestion._base_manager.select_for_update(of=("self",)).get(
        pk=question.pk, workshop=row.workshop_id
    )
    if held.state == "asked" and held.registration_id != row.pk:
        _support, new = Support.objects.get_or_create(question=held, registration=row)
        if new:
            LiveQuestion._base_manager.filter(pk=held.pk).update(supports=F("supports") + 1)
            held.supports += 1
    return held.supports


@action
def answer_live(question: LiveQuestion, *, by: Actor, at: datetime) -> LiveQuestion:
    """It was answered in the hall."""
    return _moderated(question, "answer", by=by, at=at)


@action
def hide_live(question: LiveQuestion, *, because: str, by: Actor, at: datetime) -> LiveQuestion:
    """Take it off the screen, with a reason that whoever asked reads."""
    if not because.strip():
        raise Refused(not_now("workshops.because_missing"))
    return _moderated(question, "hide", because=because.strip(), by=by, at=at)


@action
def show_live(question: LiveQuestion, *, by: Actor, at: datetime) -> LiveQuestion:
    """Show it again."""
    return _moderated(question, "show", by=by, at=at)


@action
def put_first(question: LiveQuestion, *, by: Actor, at: datetime) -> LiveQuestion:
    """The next one to be answered."""
    row = _held_question(question, by)
    highest = LiveQuestion._base_manager.filter(workshop=row.workshop_id).aggregate(most=Max("place"))["most"]
    row.place = (highest or 0) + 1
    row.save(update_fields=["place"])
    return row


@action
def draft_poll(
    workshop: Workshop,
    *,
    kind: str,
    title: Text,
    options: Sequence[Text] = (),
    sensitive: bool = False,
    by: Actor,
    at: datetime,
) -> Poll:
    """Write a poll."""
    require(rules.may_run(by, workshop))
    require(rules.can_change(workshop))
    require(rules.can_be_called(title))
    options = [one for one in options if one != Text()] if kind in ("single", "multiple") else []
    if kind in ("single", "multiple") and not 2 <= len(options) <= rules.MOST_OPTIONS:
        raise Refused(not_now("workshops.options_missing"))
    made = Poll(
        workshop=workshop, kind=kind, title=title.as_json(), options=[one.as_json() for one in options],
        sensitive=sensitive, made_by=by.person, made_at=at,
    )  # fmt: skip
    made.save()
    _told_poll(made, by=by, at=at)
    return made


@action
def open_poll(poll: Poll, *, by: Actor, at: datetime) -> Poll:
    """Ask the hall; answers that were given before stay counted."""
    return _moved_poll(poll, "open", by=by, at=at)


@action
def close_poll(poll: Poll, *, by: Actor, at: datetime) -> Poll:
    """No more answers."""
    return _moved_poll(poll, "close", by=by, at=at)


@action
def hide_word(poll: Poll, word: str, *, by: Actor, at: datetime) -> None:
    """Take a word off the cloud, or show it again."""
    require(rules.may_run(by, poll.workshop))
    for row in Tally.objects.filter(poll=poll, answer=word):
        row.hidden = not row.hidden
        row.save(update_fields=["hidden"])


@action
def vote(poll: Poll, registration: Registration, given: Sequence[str], *, by: Actor, at: datetime) -> Poll:
    """Count an answer, once; who has voted is known, what was chosen is not."""
    row = _inside(registration, by)
    held = Poll._base_manager.select_for_update(of=("self",)).get(pk=poll.pk, workshop=row.workshop_id)
    if held.state != "open":
        raise Refused(not_now("workshops.poll_closed"))
    answers = _read(held, given)
    _voter, new = Voter.objects.get_or_create(poll=held, registration=row)
    if not new:
        raise Refused(not_now("workshops.voted_already"))
    for answer in answers:
        Tally.objects.get_or_create(poll=held, answer=answer)
        Tally.objects.filter(poll=held, answer=answer).update(count=F("count") + 1)
    held.votes += 1
    held.save(update_fields=["votes"])
    return held


def _read(poll: Poll, given: Sequence[str]) -> list[str]:
    if poll.kind == "words":
        found = ["".join(one.split())[: rules.LONGEST_WORD].casefold() for one in given]
        answers = list(dict.fromkeys(one for one in found if one))[:3]
    else:
        most = rules.SCALE if poll.kind == "scale" else len(poll.options)
        answers = list(dict.fromkeys(one for one in given if one in {str(n) for n in range(1, most + 1)}))
    if not answers or (poll.kind in ("single", "scale") and len(answers) > 1):
        raise Refused(not_now("workshops.vote_unclear"))
    return answers


def _moderated(
    question: LiveQuestion, move: str, *, by: Actor, at: datetime, because: str = ""
) -> LiveQuestion:
    row = _held_question(question, by)
    row.state, row.because, row.moderated_by = QUESTION.after(row.state, move), because, by.person
    row.save(update_fields=["state", "because", "moderated_by"])
    told = QuestionModerated(row.public_id, row.state, because)
    tell(told, by=by, at=at, organisation=row.workshop.organisation, subject=row.workshop.ref)
    return row


def _held_question(question: LiveQuestion, by: Actor) -> LiveQuestion:
    rows = LiveQuestion._base_manager.select_for_update(of=("self",))
    row = rows.select_related("workshop__organisation").get(pk=question.pk)
    require(rules.may_run(by, row.workshop))
    return row


def _moved_poll(poll: Poll, move: str, *, by: Actor, at: datetime) -> Poll:
    rows = Poll._base_manager.select_for_update(of=("self",)).select_related("workshop__organisation")
    row = rows.get(pk=poll.pk)
    require(rules.may_run(by, row.workshop))
    row.state = POLL.after(row.state, move)
    row.save(update_fields=["state"])
    _told_poll(row, by=by, at=at)
    return row


def _told_poll(row: Poll, *, by: Actor, at: datetime) -> None:
    told = PollMoved(row.public_id, row.state)
    tell(told, by=by, at=at, organisation=row.workshop.organisation, subject=row.workshop.ref)


def _inside(registration: Registration, by: Actor) -> Registration:
    row = Registration._base_manager.select_related("workshop__organisation").get(pk=registration.pk)
    require(rules.may_touch(by, row))
    require(rules.can_use(row))
    require(rules.can_take_part(row.workshop))
    return row
