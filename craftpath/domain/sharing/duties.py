"""Duties of sharing rules: one that is about to end, and one that waits for the receiver's answer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import models

from craftpath.domain.sharing.models import SharingRule
from craftpath.domain.sharing.queries import standings
from craftpath.kernel.duties import Asked, Row, columns, duty


@duty("sharing.ends", subject="sharing.rule")
def rules_that_end(asked: Asked) -> Iterator[Row]:
    """Rules that show something today, by their last day in truth, without those with a next version; two queries."""
    if asked.people is not None:  # an office is asked, nobody in person
        return
    rows = SharingRule.objects.filter(state="in_force", starts_on__lte=asked.today, ends_on__gte=asked.today)
    follows = SharingRule.objects.filter(replaces__isnull=False, state__in=("draft", "offered", "in_force"))
    rows = rows.exclude(pk__in=follows.values("replaces_id"))
    for one in standings(rows.order_by("pk"), asked.today):
        if one.verdict:
            yield one.rule.public_id, one.last, one.rule.giver_id, None


@duty("sharing.answer", subject="sharing.rule")
def rules_to_answer(asked: Asked) -> models.QuerySet[Any]:
    """Offers, from the day on which they were made."""
    rows = SharingRule.objects.filter(state="offered")
    return columns(rows, subject="public_id", anchor="offered_at", place="receiver_id")
