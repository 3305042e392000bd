"""Drafts of the demo's curriculum: two to lay side by side, one with wishes that quarrel, one taken back."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import datetime, timedelta

from craftpath.domain.curricula.drafting import ask_draft, cancel_draft, carry_out
from craftpath.domain.curricula.drafting_problem import inputs_of
from craftpath.domain.curricula.drafting_wishes import DraftWish, scaled_weights
from craftpath.domain.curricula.queries import content_of, versions
from craftpath.domain.needs.queries import published, weights_of
from craftpath.kernel.access import Actor
from craftpath.kernel.organisations import Organisation

NAMESPACE = uuid.UUID("0b1f5c7e-6a3e-4c52-9e2e-3b7f0c9d1a44")
SHORT = 150 * 60
"""Minutes of a course that is squeezed in: not everything that is needed can be covered."""


def draft_curricula(college: Organisation, *, by: Actor, at: datetime) -> None:
    """Of the version that is being written, if there is one: four drafts of the last days."""
    drafts = versions().filter(curriculum__organisation=college, state="draft")
    version = drafts.order_by("-made_at").first()
    if version is None:
        return
    inputs = inputs_of(version)
    content = content_of(version)
    tops = {bucket.key for bucket in content.buckets if not bucket.within}
    cells = {cell: minutes for cell, minutes in content.targets.items() if cell[1] in tops}
    practised = {key for unit in inputs["units"] for key in unit["skills"]}
    needed = published(college).order_by("published_at")[0].public_id
    weights = {key: weight for key, weight in scaled_weights(weights_of(needed)).items() if key in practised}
    wide = DraftWish(weights, source=needed, cells=cells)
    tight = replace(wide, total=SHORT, cells={}, stressed={"communication": inputs["stages"][0]}, fill=False)
    pinned = {unit["key"]: "pin" for unit in inputs["units"]}
    asked = [(wide, 3), (tight, 2), (replace(wide, pins=pinned), 2)]
    for number, (wish, ago) in enumerate(asked):
        when = at - timedelta(days=ago)
        made_id = uuid.uuid5(NAMESPACE, f"draft {number}")
        carry_out(ask_draft(version, wish, made_id=made_id, by=by, at=when), by=by, at=when)
    taken_back = ask_draft(version, tight, made_id=uuid.uuid5(NAMESPACE, "taken back"), by=by, at=at)
    taken_back.refresh_from_db()
    if taken_back.state == "asked":  # where there is no worker it is done at once
        cancel_draft(taken_back, by=by, at=at)
