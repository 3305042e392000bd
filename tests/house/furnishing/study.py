"""A diagnosis half done, another one and a set with their answers, an override with an objection."""

from __future__ import annotations

import uuid

from craftpath.domain.study import actions
from craftpath.domain.study.models import Diagnosis, Override, PracticeSet, StudyObjection
from tests.cast import AT, TODAY, Cast
from tests.domain.study.world import PLANS, RIGHT, TALKS, answered, begun, known, opened


def study_something(cast: Cast) -> dict[str, str]:
    """In every table of the room. Once."""
    if not Override.objects.exists():
        known()
        opened(cast, 8)
        opened(cast, 8, PLANS)
        answered(cast, begun(cast, PLANS), [RIGHT])
        half = begun(cast)
        own = {"by": cast.actor("apprentice"), "at": AT}
        row = cast.enrolments["26001"]
        actions.answer_diagnosis(half, version=half.posed_id, given=RIGHT, made_id=uuid.uuid4(), **own)
        made = actions.begin_practice(row, wanted=[TALKS], made_id=uuid.uuid4(), **own)
        version = made.questions[0][0]
        actions.answer_practice(made, version=version, given=RIGHT, sure=True, made_id=uuid.uuid4(), **own)
        held = actions.set_override(
            row, TALKS, "known", words="听过", until=TODAY, by=cast.actor("mentor", cast.jinheng), at=AT
        )
        actions.object_to_study(row, TALKS, override=held, words="还想练", **own)
    half = Diagnosis.objects.filter(skill=TALKS).earliest("pk")
    practice = PracticeSet.objects.earliest("pk")
    return {
        "diagnosis": half.public_id,
        "practice": practice.public_id,
        "override": Override.objects.earliest("pk").public_id,
        "objection": StudyObjection.objects.earliest("pk").public_id,
        "skill": TALKS,
        "posed": str(half.posed_id),
    }
