"""Who is away with leave on some days, of very many apprentices at once."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from craftpath.domain.agreements.models import Absence, Pause
from craftpath.domain.apprenticeships.noticed import Among


def away_between(among: Among, first: date, last: date) -> set[int]:
    """The enrolments with an approved absence or a pause on some day from `first` to `last`; two queries.

    For everybody, whoever asks: it is counted with, and nobody is told why somebody was away.
    """
    absent = Absence._base_manager.filter(
        among.where("agreement__enrolment"), state="approved", starts_on__lte=last, ends_on__gte=first
    )
    pauses = Pause.objects.filter(
        among.where("agreement__enrolment"),
        Q(resumed_on__isnull=True) | Q(resumed_on__gt=first),
        starts_on__lte=last,
    )
    return {
        who for rows in (absent, pauses) for who in rows.values_list("agreement__enrolment_id", flat=True)
    }
