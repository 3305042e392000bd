"""A curriculum with its versions, a review and a draft."""

from __future__ import annotations

import uuid
from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from craftpath.domain.curricula import actions as curricula
from craftpath.domain.curricula.drafting import ask_draft
from craftpath.domain.curricula.drafting_wishes import DraftWish
from craftpath.domain.curricula.models import Curriculum, CurriculumVersion, Draft, UnitCard, VersionReview
from tests.cast import AT, Cast


def design_together(cast: Cast) -> dict[str, str]:
    """A curriculum with a version in review, remarked on, and a draft that must take a unit. Once."""
    office = {"by": cast.actor("coordinator"), "at": AT}
    if not Curriculum.objects.filter(key="turner").exists():
        curricula.start_curriculum(
            cast.college, programme=cast.programme, key="turner", name={"zh": "车工课程方案"},
            occupation={"zh": "车工"}, scheme=cast.preset, **office,
        )  # fmt: skip
        first = CurriculumVersion.objects.get(curriculum__key="turner")
        draft = curricula.draft_version(first, why="draft", **office)
        curricula.pin_card(draft, UnitCard.objects.get(key="quality"), kind="pin", **office)
        wish = DraftWish({"communication": Decimal(5)}, total=20 * 60, fill=False)
        ask_draft(draft, wish, made_id=uuid.uuid4(), **office)
        asked = [curricula.Asked(cast.people[who], side, cast.college) for who, side in
                 (("trainer", "college"), ("apprentice", "apprentices"))]  # fmt: skip
        review = curricula.open_review(
            first, asked, due_on=timezone.localdate() + timedelta(days=9), revision=1, by=cast.actor("coordinator"),
            at=timezone.now(),
        )  # fmt: skip
        curricula.say(review, "学时？", made_id="furnished", by=cast.actor("trainer"), at=AT)
    review = VersionReview.objects.get()
    return {
        "curriculum": Curriculum.objects.get(key="turner").public_id,
        "version": CurriculumVersion.objects.get(why="draft").public_id,
        "card": UnitCard.objects.get(key="quality").public_id,
        "review": review.public_id,
        "comment": review.comments.get(made_id="furnished").public_id,
        "draft": Draft.objects.get(number=1).public_id,
        "verb": "retire",
        "kind": "outcome",
        "key": "measure",
        "form": "xlsx",
    }
