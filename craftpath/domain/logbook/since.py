"""Since when logs wait, and when somebody wrote last: for counts over many apprentices at once, whoever asks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Max, Min
from django.utils import timezone

from craftpath.domain.logbook.models import Entry


def waiting_since(enrolments: Iterable[int]) -> dict[int, date]:
    """enrolment id → the day on which the oldest entry was handed in that nobody has answered; one query."""
    rows = Entry._base_manager.filter(enrolment__in=list(enrolments), state="submitted").order_by()
    told = rows.values_list("enrolment_id").annotate(since=Min("submitted_at"))
    return {who: timezone.localdate(since) for who, since in told}


def written_last(enrolments: Iterable[int]) -> dict[int, date]:
    """enrolment id → the last day about which something was handed in; one query."""
    rows = Entry._base_manager.filter(enrolment__in=list(enrolments)).exclude(state="draft").order_by()
    return dict(rows.values_list("enrolment_id").annotate(last=Max("on")))


def writers_of(entries: Iterable[str]) -> set[int]:
    """The enrolments of these entries (public ids), whoever asks; one query."""
    rows = Entry._base_manager.filter(public_id__in=set(entries)).order_by()
    return set(rows.values_list("enrolment_id", flat=True))
