"""Duties of appraisals: questions to answer, contests to answer, rounds whose hearing is over."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef

from craftpath.domain.appraisals.models import AppraisalContest, AppraisalRound, VoiceAsked
from craftpath.kernel.duties import Asked, Row, columns, duty


@duty("appraisals.voice", subject="appraisals.round")
def voices_to_give(asked: Asked) -> Iterator[Row]:
    """Questions about trainers that somebody can still answer, each person once a round."""
    rows = VoiceAsked.objects.filter(
        answered=False, round__state="draft", round__voices_until__gte=asked.today
    ).order_by()
    if asked.people is not None:
        rows = rows.filter(enrolment__person__gt=asked.people[0], enrolment__person__lte=asked.people[1])
    wanted = ("round__public_id", "round__voices_until", "round__organisation_id", "enrolment__person_id")
    yield from sorted(set(rows.values_list(*wanted)))


@duty("appraisals.contest", subject="appraisals.contest")
def contests_to_answer(asked: Asked) -> models.QuerySet[Any]:
    """Contests that nobody has answered."""
    rows = AppraisalContest.objects.filter(state="open")
    return columns(rows, subject="public_id", anchor="due_on", place="appraisal__round__organisation_id")


@duty("appraisals.publish", subject="appraisals.round")
def rounds_to_publish(asked: Asked) -> Iterator[Row]:
    """Rounds whose hearing is over and of which no contest waits."""
    waiting = AppraisalContest._base_manager.filter(appraisal__round=OuterRef("pk"), state="open")
    later_one = AppraisalRound._base_manager.filter(replaces=OuterRef("pk"))
    rows = AppraisalRound.objects.filter(
        ~Exists(waiting), ~Exists(later_one), state="hearing", hearing_until__lt=asked.today
    ).order_by()
    if asked.people is not None:  # an office is asked, nobody in person
        return
    for public_id, until, place in rows.values_list("public_id", "hearing_until", "organisation_id"):
        if until is not None:  # always, while a round is with its trainers
            yield public_id, until + timedelta(days=1), place, None
