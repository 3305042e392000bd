"""Topics for meetings to come: anybody suggests, others support, the host takes one onto the agenda."""

from __future__ import annotations

import uuid
from datetime import datetime

from craftpath.domain.forums import rules
from craftpath.domain.forums.facts import TopicMoved
from craftpath.domain.forums.meeting import held_meeting
from craftpath.domain.forums.models import Forum, Meeting, Support, Topic
from craftpath.domain.forums.opening import held, told
from craftpath.domain.forums.states import TOPIC
from craftpath.domain.questions.asking import held_person
from craftpath.domain.questions.wording import clean
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.values.verdict import Refused, not_now, require

MOST_OPEN = 5
"""Topics of one person in one forum that wait for a meeting."""


@action
def suggest_topic(forum: Forum, *, made_id: uuid.UUID, words: str, by: Actor, at: datetime) -> Topic:
    """Suggest what to talk about. Sent twice, or the same words again, it is one topic."""
    require(rules.may_ask(by))
    person = held_person(by)
    row = held(forum)
    known = Topic.objects.filter(made_id=made_id).first()
    if known is not None and (known.forum_id, known.person_id) != (row.pk, person.pk):
        raise Refused(not_now("questions.form_used"))
    words = clean(words)
    require(rules.can_say(words))
    mine = Topic.objects.filter(forum=row, person=person, state="suggested")
    known = known or mine.filter(words=words).first()
    if known is not None:
        return known
    require(rules.can_meet(row))
    if mine.count() >= MOST_OPEN:
        raise Refused(not_now("forums.too_many_topics", most=MOST_OPEN))
    topic = Topic.objects.create(made_id=made_id, forum=row, person=person, words=words, made_at=at)
    told(row, TopicMoved(topic=topic.public_id, state=topic.state), by, at)
    return topic


@action
def support_topic(topic: Topic, *, support: bool = True, by: Actor, at: datetime) -> Topic:
    """Say that one would like to talk about it, too, or take that back; one's own counts by itself."""
    require(rules.may_ask(by))
    person = held_person(by)
    held(topic.forum)
    row = Topic.objects.get(pk=topic.pk)
    if row.state != "suggested":
        raise Refused(not_now("forums.topic_gone"))
    if support and row.person_id != person.pk:
        Support.objects.get_or_create(topic=row, person=person)
    if not support:
        Support.objects.filter(topic=row, person=person).delete()
    return row


@action
def take_topic(topic: Topic, *, meeting: Meeting, by: Actor, at: datetime) -> Topic:
    """Put a topic onto the agenda of a planned meeting of its forum."""
    place = held_meeting(meeting)
    row = Topic.objects.select_related("forum__organisation").get(pk=topic.pk)
    require(rules.may_hold(by, place))
    if row.meeting_id == place.pk:
        return row
    if row.forum_id != place.forum_id:
        raise Refused(not_now("forums.topic_gone"))
    require(rules.can_plan(place))
    row.state, row.meeting = TOPIC.after(row.state, "take"), place
    row.save(update_fields=["state", "meeting"])
    told(row.forum, TopicMoved(topic=row.public_id, state=row.state), by, at)
    return row


@action
def withdraw_topic(topic: Topic, *, by: Actor, at: datetime) -> Topic:
    """Take a topic back that waits; twice is once."""
    held(topic.forum)
    row = Topic.objects.select_related("forum__organisation").get(pk=topic.pk)
    require(rules.may_drop_topic(by, row))
    if row.state == "withdrawn":
        return row
    row.state = TOPIC.after(row.state, "withdraw")
    row.save(update_fields=["state"])
    told(row.forum, TopicMoved(topic=row.public_id, state=row.state), by, at)
    return row
