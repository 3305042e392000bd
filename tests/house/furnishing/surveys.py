"""Surveys: a draft, an open one, a closed one."""

from __future__ import annotations

from django.utils import timezone

from craftpath.domain.surveys.actions import answer_survey, close_survey
from craftpath.domain.surveys.models import Survey
from craftpath.kernel.access import Actor
from tests.cast import AT, Cast
from tests.domain.surveys import world as surveying


def ask_around(cast: Cast) -> dict[str, str]:
    """A draft of a survey, an open one in which the apprentice and the mentor are asked, one that is closed. Once."""
    if not Survey.objects.exists():
        surveying.drafted(cast)
        for at in (AT, timezone.now()):
            people = [("apprentice", cast.people["apprentice"]), ("mentor", cast.people["mentor"])]
            extra = [surveying.Candidate(role, person) for role, person in people]
            others = [*surveying.candidates(6), *surveying.candidates(4, role="mentor")]
            row = surveying.opened(cast, [*others, *extra], at=at, link=at != AT)
            for asked in row.asked.exclude(person=cast.people["apprentice"])[:6]:
                answer_survey(asked, {"comm": [5, 2, 3]}, by=Actor(cast.college, asked.person), at=at)
            if at == AT:
                close_survey(row, by=cast.actor("coordinator"), at=AT)
    draft, closed, asks = Survey.objects.order_by("pk").values_list("public_id", flat=True)[:3]
    return {"survey": asks, "draft": draft, "closed": closed, "question": "like", "what": "results"}
