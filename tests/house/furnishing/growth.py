"""Skills that were seen, goals and objections."""

from __future__ import annotations

from craftpath.domain.growth import actions as growth
from craftpath.domain.growth.models import SkillGoal, SkillObjection
from craftpath.values.ref import Ref
from tests.cast import AT, Cast
from tests.domain.growth.world import TALKS, known, seen, view


def grow(cast: Cast) -> dict[str, str]:
    """A job that was seen with a core skill, a view, a goal, and an objection to it. Once."""
    row = SkillObjection.objects.first()
    if row is None:
        known()
        observation = seen(cast)
        view(cast, "apprentice", {TALKS: 3})
        own = {"by": cast.actor("apprentice"), "at": AT}
        enrolment, proof = cast.enrolments["26001"], str(Ref("logbook", "observation", observation.public_id))
        growth.set_goal(enrolment, TALKS, words="自己写交接记录。", **own)
        row = growth.object_to_proof(enrolment, proof=proof, skill=TALKS, words="是合作。", **own)
    return {
        "objection": row.public_id,
        "goal": SkillGoal.objects.earliest("pk").public_id,
        "skill": TALKS,
        "proof": row.proof,
    }
