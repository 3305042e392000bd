"""What the outbox may bring to surveys: an answer, once, and without a receipt that would know person and moment."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from craftpath.delivery.web.shell.requests import plain_id
from craftpath.delivery.web.shell.telling import Told
from craftpath.delivery.web.surveys import posing
from craftpath.delivery.web.surveys.answering import thanks
from craftpath.delivery.web.sync.taking import Unreadable, Write, takes
from craftpath.domain.surveys import actions, queries


def _said(outcome: Mapping[str, Any]) -> list[Told]:
    return [Told("good" if outcome.get("taken") else "attention", thanks(taken=bool(outcome.get("taken"))))]


@takes("surveys.answer", says=_said, receipt=False)
def answer(write: Write) -> dict[str, Any]:
    """An answer as a device kept it: `fields` are those of the form; one that comes again finds the first one there."""
    survey = queries.surveys().filter(public_id=plain_id(str(write.data["survey"]))).first()
    asked = queries.asked_in(survey, write.request.user) if survey is not None else None
    fields = write.data["fields"]
    if asked is None or not isinstance(fields, dict):
        raise Unreadable("survey")
    given = posing.given_from(asked.survey.asked_for, posing.fields_of(fields))
    taken = actions.answer_survey(asked, given, by=write.request.actor, at=write.request.at)
    return {"taken": taken}
