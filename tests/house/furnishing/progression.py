"""A gate, and a decision at it."""

from __future__ import annotations

from datetime import timedelta

from craftpath.domain.progression.actions import give_evidence, repeat_stage, save_gate, waive_condition
from craftpath.domain.progression.models import Passage
from tests.cast import AT, TODAY, Cast


def stand_at_a_gate(cast: Cast) -> Passage:
    """A gate of the college's own, a paper and a waiver at it, and a decision that the apprentice repeats; once."""
    standing = Passage.objects.first()
    if standing is not None:
        return standing
    row, stage = cast.enrolments["26001"], cast.programme.stages.get(order=1)
    by = {"by": cast.actor("coordinator"), "at": AT}
    asked = [
        {"kind": "document", "key": key, "by": "apprentice", "name": {"zh": "申报表", "en": "Form"}}
        for key in ("form", "photo")
    ]
    save_gate(cast.college, stage, "stage", asked, version=0, **by)
    give_evidence(row, stage, "stage", "form", note="原件", **by)
    waive_condition(row, stage, "stage", "photo", because="已有电子照片", **by)
    [passage] = repeat_stage([row], stage, because="再练两个月", until=TODAY + timedelta(days=60), **by)
    return passage
