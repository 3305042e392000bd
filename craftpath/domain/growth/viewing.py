"""Views of skills: the own self-check, and what a mentor or trainer thinks."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from craftpath.domain.apprenticeships.queries import begun_stages, hold
from craftpath.domain.growth import rules
from craftpath.domain.growth.facts import SkillsViewed
from craftpath.domain.growth.models import SkillView
from craftpath.domain.standards.queries import core_skills
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.values.verdict import Refused, may_not, not_now, require

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Enrolment
    from craftpath.domain.programmes.models import Stage


@action
def view_skills(
    enrolment: Enrolment,
    stage: Stage,
    levels: Mapping[str, int],
    *,
    words: str = "",
    made_id: uuid.UUID,
    by: Actor,
    at: datetime,
) -> SkillView:
    """Keep what one thinks of the skills in a stage; it takes the place of the own view before. Pressed twice: once.

    A form that was sent already and comes with other words, from the page before, is a view of its own.
    The apprentice's own view is kept apart from everything; a mentor's or trainer's becomes a proof.
    """
    kind = rules.view_kind(by, enrolment)
    if not kind or by.person is None:
        raise Refused(may_not("growth.not_your_apprentice"))
    hold([enrolment.pk])
    now = SkillView._base_manager.filter(
        enrolment=enrolment, stage=stage, by=by.person, is_current=True
    ).first()
    if SkillView._base_manager.filter(by=by.person, made_id=made_id).exists():
        if now is not None and (now.levels, now.words) == (dict(levels), words.strip()):
            return now
        made_id = uuid.uuid5(made_id, now.public_id if now is not None else "")
    require(rules.can_speak(enrolment))
    if not begun_stages().filter(enrolment=enrolment, stage=stage).exists():
        raise Refused(not_now("growth.stage_not_begun"))
    require(rules.can_view(levels, {skill.key for skill in core_skills()}))
    if len(words.strip()) > rules.LONGEST_WORDS:
        raise Refused(not_now("growth.too_long", most=rules.LONGEST_WORDS))
    SkillView._base_manager.filter(enrolment=enrolment, stage=stage, by=by.person).update(is_current=False)
    row = SkillView(
        enrolment=enrolment, stage=stage, kind=kind, by=by.person, levels=dict(levels),
        words=words.strip(), made_id=made_id, made_at=at,
    )  # fmt: skip
    row.save()
    told = SkillsViewed(kind=kind, skills=len(levels))
    tell(told, by=by, at=at, organisation=enrolment.cohort.organisation, subject=row.ref)
    return row
