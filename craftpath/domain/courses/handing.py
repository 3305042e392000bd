"""Assignments: words and a photo are handed in, a trainer says done, or asks for it again."""

from __future__ import annotations

import uuid
from datetime import datetime

from craftpath.domain.courses import rules
from craftpath.domain.courses.doing import activity_in, learner, moved
from craftpath.domain.courses.models import HandIn, Run
from craftpath.kernel import media
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.files import keep
from craftpath.values.verdict import Refused, may_not, not_now, require


@action
def hand_in(
    run: Run, key: str, *, made_id: uuid.UUID, words: str, photo: bytes | None = None, by: Actor, at: datetime
) -> HandIn:
    """Hand in words, a photo or both; what waits already is to be looked at first. The same `made_id` is the same."""
    person, enrolment = learner(run, by, at)
    one = activity_in(run, key)
    require(rules.of_kind(one, "assignment"))
    known = HandIn._base_manager.filter(made_id=made_id).first()
    if known is not None:
        if known.person_id != person.pk:
            raise Refused(may_not("courses.form_used"))
        return known
    require(rules.can_hand_in(words, photo is not None))
    before = HandIn._base_manager.filter(run=run, person=person, activity_key=key)
    if before.filter(state__in=("waiting", "done")).exists():
        raise Refused(not_now("courses.handed_in_already"))
    kept = None
    if photo is not None:
        drawn = media.photo(photo)
        kept = keep(drawn.content, "photo.jpg", organisation=run.organisation, by=by, at=at)
    row = HandIn.objects.create(
        made_id=made_id, run=run, person=person, enrolment=enrolment, activity_key=key, words=words.strip(),
        photo=kept, at=at,
    )  # fmt: skip
    moved(run, one, person, enrolment, "waiting", by=by, at=at)
    return row


@action
def settle_hand_in(row: HandIn, *, again: bool, answer: str = "", by: Actor, at: datetime) -> HandIn:
    """Say that it is done, or why it is to be done again. Settled once, it stays."""
    one = HandIn._base_manager.select_for_update(of=("self",)).get(pk=row.pk)
    run = row.run
    require(rules.may_look_after(by, run))
    require(rules.can_answer(answer, again))
    state = "again" if again else "done"
    if one.state == state:
        return one
    if one.state != "waiting":
        raise Refused(not_now("flow.not_now"))
    one.state, one.answer, one.settled_by, one.settled_at = state, answer.strip(), by.person, at
    one.save(update_fields=["state", "answer", "settled_by", "settled_at"])
    activity = activity_in(run, one.activity_key)
    moved(run, activity, one.person, one.enrolment, state, by=by, at=at)
    return one
