"""Duties of rounds: a wish to state, and a round that waits for its office when the answers are in."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef

from craftpath.domain.matching.models import Preference, Round, Seat
from craftpath.kernel.duties import Asked, columns, duty


@duty("matching.wish", subject="matching.round")
def wishes_to_state(asked: Asked) -> models.QuerySet[Any]:
    """Of everybody in a round that asks, until they have said whom they would like."""
    rows = Seat.objects.filter(
        ~Exists(Preference._base_manager.filter(seat=OuterRef("pk"))),
        round__in=Round.objects.filter(state="asking", answers_until__gte=asked.today),
    )
    return columns(
        rows,
        subject="round__public_id",
        anchor="round__answers_until",
        place="round__organisation_id",
        who="person_id",
    )


@duty("matching.answered", subject="matching.round")
def rounds_with_answers(asked: Asked) -> models.QuerySet[Any]:
    """Rounds whose last day for answers is over."""
    rows = Round.objects.filter(state="asking", answers_until__lt=asked.today)
    return columns(rows, subject="public_id", anchor="answers_until", place="organisation_id")
