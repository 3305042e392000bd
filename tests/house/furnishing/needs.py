"""Analyses of needs."""

from __future__ import annotations

from craftpath.domain.needs import actions as needs
from craftpath.domain.needs.models import Analysis
from craftpath.domain.surveys.models import Survey
from tests.cast import AT, Cast
from tests.house.furnishing.surveys import ask_around


def weigh_needs(cast: Cast) -> dict[str, str]:
    """A published analysis of a closed survey, that asked an apprentice of the cast, and one to publish. Once."""
    if not Analysis.objects.exists():
        office = {"by": cast.actor("coordinator"), "at": AT}
        asked = Survey.objects.get(public_id=ask_around(cast)["closed"])
        for groups in (["occupation"], []):
            needs.make_analysis(cast.college, [asked], groups=groups, **office)
        needs.publish_analysis(Analysis.objects.order_by("pk")[0], **office)
    return {"analysis": Analysis.objects.get(state="published").public_id}
