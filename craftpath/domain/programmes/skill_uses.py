"""How many outcomes and units carry a skill, for the skill's own page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from typing import Any

from django.db import models

from craftpath.domain.programmes.models import Outcome, Programme, Unit
from craftpath.domain.standards.uses import counts_uses


@counts_uses("outcomes")
def outcomes(keys: Collection[str]) -> Mapping[str, int]:
    """Outcomes of programmes that the reader sees."""
    return _counted(Outcome.objects.filter(unit__programme__in=_seen()), keys)


@counts_uses("units")
def units(keys: Collection[str]) -> Mapping[str, int]:
    """Units of the same."""
    return _counted(Unit.objects.filter(programme__in=_seen()), keys)


def _seen() -> models.QuerySet[Any, Any]:
    return Programme.objects.order_by().values("pk")


def _counted(rows: models.QuerySet, keys: Collection[str]) -> Mapping[str, int]:
    """Lists of keys cannot be searched alike on every database, and there are few that are not empty."""
    wanted, found = set(keys), Counter[str]()
    for skills in rows.exclude(skills=[]).order_by().values_list("skills", flat=True):
        found.update(wanted & set(skills))
    return found
