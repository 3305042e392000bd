"""What a group works on: one text that all write, and a list of tasks."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from craftpath.domain.groups import rules
from craftpath.domain.groups.facts import NotesWritten, TaskMoved
from craftpath.domain.groups.holding import held, people_of, told
from craftpath.domain.groups.merging import together
from craftpath.domain.groups.models import LONGEST_NOTES, LONGEST_TASK, Member, NotesVersion, StudyGroup, Task
from craftpath.domain.groups.states import TASK
from craftpath.domain.questions.wording import clean
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.people import Person
from craftpath.values.verdict import Refused, not_now, require


@action
def write_notes(
    group: StudyGroup, *, text: str, revision: int, by: Actor, at: datetime
) -> tuple[StudyGroup, bool]:
    """Keep the notes; says whether they were put together with what somebody else wrote since `revision`.

    Nobody's lines are lost: where both changed the same place, both stand one after the other. Every version is kept.
    """
    group, _members = _working(group, by)
    text = clean(text)
    if len(text) > LONGEST_NOTES:
        raise Refused(not_now("groups.too_long", most=LONGEST_NOTES))
    if text == group.notes or by.person is None:
        return group, False
    joined = revision != group.notes_revision
    if joined:
        text = together(_as_of(group, revision), group.notes, text)
        if text == group.notes:
            return group, False
        if len(text) > LONGEST_NOTES:
            raise Refused(not_now("groups.too_long", most=LONGEST_NOTES))
    group.notes, group.notes_revision = text, group.notes_revision + 1
    group.save(update_fields=["notes", "notes_revision"])
    NotesVersion.objects.create(
        group=group, revision=group.notes_revision, person=by.person, text=text, joined=joined, at=at
    )
    told(NotesWritten(revision=group.notes_revision, joined=joined), group, by=by, at=at)
    return group, joined


@action
def add_task(
    group: StudyGroup,
    *,
    words: str,
    person: Person | None = None,
    until: date | None = None,
    made_id: uuid.UUID,
    by: Actor,
    at: datetime,
) -> Task:
    """Put something on the list: for one member or for whoever takes it, by a day if there is one. Sent twice: once."""
    group, members = _working(group, by)
    me = next(row.person for row in members if by.person is not None and row.person_id == by.person.pk)
    known = Task.objects.filter(made_id=made_id).first()
    if known is not None:
        if known.group_id != group.pk:
            raise Refused(not_now("groups.form_used"))
        return known
    words = clean(words)
    require(rules.can_say(words, LONGEST_TASK, reason="groups.say_what"))
    if person is not None and person.pk not in {row.person_id for row in rules.inside(members)}:
        raise Refused(not_now("groups.not_inside"))
    if Task.objects.filter(group=group, state="open").count() >= rules.MOST_TASKS:
        raise Refused(not_now("groups.too_many_tasks", most=rules.MOST_TASKS))
    task = Task.objects.create(
        made_id=made_id, group=group, words=words, person=person, until=until, made_by=me, made_at=at
    )
    told(TaskMoved(task=task.public_id, move="add"), group, by=by, at=at)
    return task


@action
def finish_task(task: Task, *, by: Actor, at: datetime) -> Task:
    """Note that it is done; any member does. Twice is once."""
    return _moved(task, "finish", by, at)


@action
def reopen_task(task: Task, *, by: Actor, at: datetime) -> Task:
    """Take up again what was done. Twice is once."""
    return _moved(task, "reopen", by, at)


@action
def drop_task(task: Task, *, by: Actor, at: datetime) -> Task:
    """Take it off the list. Twice is once."""
    return _moved(task, "drop", by, at)


def _moved(task: Task, move: str, by: Actor, at: datetime) -> Task:
    group, _members = _working(task.group, by)
    task = Task.objects.get(pk=task.pk)
    if task.state in TASK.moves[move].values():
        return task
    task.state = TASK.after(task.state, move)
    task.done_by, task.done_at = (by.person, at) if move == "finish" else (None, None)
    task.save()
    told(TaskMoved(task=task.public_id, move=move), group, by=by, at=at)
    return task


def _working(group: StudyGroup, by: Actor) -> tuple[StudyGroup, list[Member]]:
    group = held(group)
    members = people_of(group)
    require(rules.may_work(by, members))
    require(rules.can_go_on(group))
    return group, members


def _as_of(group: StudyGroup, revision: int) -> str:
    """The notes as they were; nothing before the first version."""
    if revision == 0:
        return ""
    row = NotesVersion.objects.filter(group=group, revision=revision).first()
    if row is None:
        raise Refused(not_now("groups.notes_unknown"))
    return row.text
