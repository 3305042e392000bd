"""Answers: taken once from each who is asked, and once from each device that came by an open link."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.timezone import localdate

from craftpath.domain.surveys import mixing, rules
from craftpath.domain.surveys.models import Asked, NamedAnswer, Survey
from craftpath.domain.surveys.reading import checked
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.tokens import hash_of
from craftpath.values.verdict import Refused, not_now, require

GUEST = "guest"


@action
def answer_survey(asked: Asked, given: Mapping[str, Any], *, by: Actor, at: datetime) -> bool:
    """Take what somebody who is asked says; the first answer stands, and False tells that there was one.

    Whoever has answered hears so after the last day too. Answers to one survey stand in line at its row, so two
    presses at once are one answer. Nothing is told to the history and no receipt is kept: both know person and moment.
    """
    require(rules.may_answer(by, asked))
    survey = _held(asked.survey_id)
    asked = Asked._base_manager.get(pk=asked.pk)
    if asked.answered:
        return False
    require(rules.can_take_answers(survey, localdate(at)))
    said = _read(survey, asked.role, given)
    if survey.anonymous:
        mixing.put_in(survey, asked.groups, said)
        mixing.tick(asked)
    else:
        NamedAnswer.objects.create(survey=survey, asked=asked, groups=asked.groups, said=said, at=at)
        Asked._base_manager.filter(pk=asked.pk).update(answered=True)
    return True


@action
def answer_by_link(survey: Survey, ticket: str, given: Mapping[str, Any], *, by: Actor, at: datetime) -> bool:
    """The same of somebody who came by the open link, with the ticket that the device was given."""
    survey, digest = _held(survey.pk), hash_of(ticket)
    if mixing.knows(survey, digest):
        return False
    require(rules.can_take_answers(survey, localdate(at)))
    if survey.door is None:
        raise Refused(not_now("surveys.no_link"))
    said = _read(survey, GUEST, given)
    mixing.keep_ticket(survey, digest)
    kept = {"role": GUEST} if "role" in survey.groups else {}
    mixing.put_in(survey, kept, said)
    return True


def _held(survey: int) -> Survey:
    return Survey._base_manager.select_for_update(of=("self",)).get(pk=survey)


def _read(survey: Survey, role: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """What is kept of it; the first fault is told, the pages tell all of them beforehand."""
    found = checked(survey.asked_for, survey.points, role, given)
    for verdict in found.faults.values():
        raise Refused(verdict)
    if not found.said:
        raise Refused(not_now("surveys.empty"))
    return found.said
