"""Reading plans that were drafted from needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from craftpath.domain.curricula.models import Draft

if TYPE_CHECKING:
    from django.db import models

    from craftpath.domain.curricula.models import CurriculumVersion


def drafts() -> models.QuerySet[Draft]:
    """The drafts of the open scope, of each version the newest first."""
    return Draft.objects.select_related(
        "version__curriculum__organisation", "version__curriculum__programme", "asked_by", "asked_in"
    ).order_by("version", "-number")


def drafts_of(version: CurriculumVersion) -> models.QuerySet[Draft]:
    """The drafts of a version, the newest first."""
    return drafts().filter(version=version)
