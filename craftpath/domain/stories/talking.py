"""Talking about a story: comments, reports of them, and questions to its master."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from craftpath.domain.stories import rules
from craftpath.domain.stories.facts import CommentMade, CommentReported, CommentSettled
from craftpath.domain.stories.models import Comment, CommentReport, MasterQuestion, Story, shown
from craftpath.domain.stories.telling import held
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.kernel.people import Person
from craftpath.values.verdict import Refused, may_not, not_now, require


def _person(by: Actor) -> Person:
    if by.person is None:
        raise Refused(may_not("stories.nobody"))
    return by.person


def _shown(story: Story) -> Story:
    """The story under a lock, if it is shown now: nothing is said to one that was taken down."""
    row = held(story)
    if not Story._base_manager.filter(shown(), pk=row.pk).exists():
        raise Refused(not_now("stories.not_shown"))
    return row


def _same(row: Any, story: Story, person: Person) -> None:
    """The name of a form serves one person at one story."""
    if (row.story_id, row.person_id) != (story.pk, person.pk):
        raise Refused(may_not("stories.form_used"))


@action
def add_comment(story: Story, *, made_id: uuid.UUID, words: str, by: Actor, at: datetime) -> Comment:
    """Say something to a story; members read it at once. The same `made_id` again is the same comment."""
    person, row = _person(by), _shown(story)
    require(rules.can_comment(row))
    require(rules.can_talk(words))
    values = {"story": row, "person": person, "words": words.strip(), "at": at}
    made, fresh = Comment.objects.get_or_create(made_id=made_id, defaults=values)
    _same(made, row, person)
    if fresh:
        told = CommentMade(made.public_id)
        tell(told, by=by, at=at, organisation=row.organisation, subject=row.ref)
    return made


def _comment(comment: Comment) -> Comment:
    rows = Comment.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("story__organisation", "story__teller").get(pk=comment.pk)


@action
def report_comment(comment: Comment, *, words: str, by: Actor, at: datetime) -> CommentReport:
    """Ask the office to look at a comment; once a person. It stays until the office has."""
    person, row = _person(by), _comment(comment)
    require(rules.can_reason(words))
    if row.hidden_at is not None or rules.is_author(by, row):
        raise Refused(not_now("stories.not_to_report"))
    values = {"words": words.strip(), "at": at}
    made, fresh = CommentReport.objects.get_or_create(comment=row, person=person, defaults=values)
    if fresh:
        told = CommentReported(row.public_id)
        tell(told, by=by, at=at, organisation=row.story.organisation, subject=row.story.ref)
    return made


def _settle(row: Comment, by: Actor, at: datetime, because: str = "") -> Comment:
    CommentReport.objects.filter(comment=row, settled_at__isnull=True).update(settled_at=at)
    told = CommentSettled(row.public_id, hidden=row.hidden_at is not None, because=because)
    tell(told, by=by, at=at, organisation=row.story.organisation, subject=row.story.ref)
    return row


@action
def keep_comment(comment: Comment, *, by: Actor, at: datetime) -> Comment:
    """Let a comment stand: its reports are settled. Without any nothing changes."""
    row = _comment(comment)
    require(rules.may_check(by, row.story))
    if not row.reports.filter(settled_at__isnull=True).exists():
        return row
    return _settle(row, by, at)


@action
def hide_comment(comment: Comment, *, because: str, by: Actor, at: datetime) -> Comment:
    """Hide a comment for a reason, which its author reads. Once more changes nothing."""
    row = _comment(comment)
    require(rules.may_check(by, row.story))
    require(rules.can_reason(because))
    if row.hidden_at is not None:
        return row
    row.hidden_at, row.hidden_by, row.because, row.told_at = at, by.person, because.strip(), None
    row.save(update_fields=["hidden_at", "hidden_by", "because", "told_at"])
    return _settle(row, by, at, row.because)


@action
def show_comment(comment: Comment, *, by: Actor, at: datetime) -> Comment:
    """Show a hidden comment again. Once more changes nothing."""
    row = _comment(comment)
    require(rules.may_check(by, row.story))
    if row.hidden_at is None:
        return row
    row.hidden_at, row.hidden_by, row.because = None, None, ""
    row.save(update_fields=["hidden_at", "hidden_by", "because"])
    return _settle(row, by, at)


@action
def read_reason(comment: Comment, *, by: Actor, at: datetime) -> Comment:
    """The author has read why a comment was hidden."""
    row = _comment(comment)
    require(rules.may_read_reason(by, row))
    if row.hidden_at is not None and row.told_at is None:
        row.told_at = at
        row.save(update_fields=["told_at"])
    return row


@action
def ask_master(story: Story, *, made_id: uuid.UUID, words: str, by: Actor, at: datetime) -> MasterQuestion:
    """Ask the teller in private; the same `made_id` again is the same question."""
    person, row = _person(by), _shown(story)
    require(rules.can_ask(by, row))
    require(rules.can_talk(words))
    values = {"story": row, "person": person, "words": words.strip(), "at": at}
    made, _fresh = MasterQuestion.objects.get_or_create(made_id=made_id, defaults=values)
    _same(made, row, person)
    return made


@action
def answer_question(question: MasterQuestion, *, answer: str, by: Actor, at: datetime) -> MasterQuestion:
    """Answer, or write the answer anew."""
    rows = MasterQuestion.objects.select_for_update(of=("self",), no_key=True)
    row = rows.select_related("story").get(pk=question.pk)
    require(rules.may_answer(by, row))
    require(rules.can_reply(answer))
    if row.answer != answer.strip():
        row.answer, row.answered_at = answer.strip(), at
        row.save(update_fields=["answer", "answered_at"])
    return row
