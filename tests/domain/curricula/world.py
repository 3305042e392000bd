"""A curriculum of the cast's college, grown from China's preset, for the tests of the studio."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from craftpath.domain.curricula.actions import (
    Asked,
    activate_version,
    approve_version,
    open_review,
    set_links,
    start_curriculum,
    vote,
)
from craftpath.domain.curricula.cards import CardValues, OutcomeValues
from craftpath.domain.curricula.models import Curriculum, CurriculumVersion, UnitCard, VersionReview
from craftpath.domain.curricula.queries import content_of
from craftpath.kernel.access import Actor, actor_in
from craftpath.values.verdict import Refused
from tests import poured
from tests.cast import AT, TODAY, Cast
from tests.domain.partnership.world import binds

NAME = {"zh": "数控车工课程方案", "en": "CNC turners"}


def refused(reason: str):  # type: ignore[no-untyped-def]
    return pytest.raises(Refused, match=f"^{reason}$")


def started(cast: Cast, **more: Any) -> Curriculum:
    """Grown from the preset, with the preset's own scheme."""
    return start_curriculum(
        more.pop("organisation", cast.college), programme=cast.programme, key=more.pop("key", "cnc-turner"),
        name=more.pop("name", NAME), occupation={"zh": "数控车工", "en": "CNC turner"},
        scheme=more.pop("scheme", cast.preset), by=more.pop("by", cast.actor("coordinator")), at=AT,
    )  # fmt: skip


def first(cast: Cast) -> CurriculumVersion:
    """The first version of such a curriculum, a draft; made once in a process."""
    pk = poured.once("curriculum", lambda: started(cast).pk)
    return CurriculumVersion._base_manager.select_related("curriculum__organisation").get(curriculum=pk)


def values(key: str = "measuring", **more: Any) -> CardValues:
    """A card of the workplace with one outcome."""
    own: dict[str, Any] = {
        "name": {"zh": f"单元 {key}", "en": f"Unit {key}"}, "minutes": 20 * 60, "place": "workplace",
        "bucket": "workplace", "skills": {"communication": 60},
        "outcomes": (OutcomeValues(f"do_{key}", {"zh": f"能做 {key}", "en": f"does {key}"}),),
    }  # fmt: skip
    return CardValues(key, **(own | more))


def card(cast: Cast, key: str) -> UnitCard:
    return UnitCard.objects.get(organisation=cast.college, key=key)


def keys(version: CurriculumVersion, stage: str) -> list[str]:
    return list(version.units.filter(stage=stage).order_by("order").values_list("key", flat=True))


def complete(version: CurriculumVersion, by: Actor) -> CurriculumVersion:
    """Every outcome is seen: the last gap of the preset's units."""
    content = content_of(version)
    sees = [
        (one.key, content.assessments[at % len(content.assessments)].key)
        for at, one in enumerate(content.outcomes)
    ]
    among = [one.key for one in content.outcomes]
    return set_links(
        version, teaches=content.teaches, sees=sees, among=among, revision=version.revision, by=by, at=AT
    )


def asked(cast: Cast) -> list[Asked]:
    """A trainer and five apprentices of the college's class, and a mentor of an enterprise that cooperates."""
    people = [Asked(cast.people["trainer"], "college", cast.college)]
    people.append(Asked(cast.people["mentor"], "enterprise", cast.jinheng))
    return people + [Asked(row.person, "apprentices", cast.college) for row in cast.enrolments.values()]


def cooperating(cast: Cast) -> None:
    binds(cast.jinheng, cast.college)


def in_review(cast: Cast, version: CurriculumVersion | None = None) -> VersionReview:
    """A complete version before all three sides, for ten days."""
    cooperating(cast)
    version = complete(version or first(cast), cast.actor("coordinator"))
    return open_review(
        version, asked(cast), due_on=TODAY + timedelta(days=10), revision=version.revision,
        by=cast.actor("coordinator"), at=AT,
    )  # fmt: skip


def in_force(cast: Cast, version: CurriculumVersion | None = None) -> CurriculumVersion:
    """Asked of one, approved and active."""
    by, other = cast.actor("coordinator"), cast.actor("administrator")
    version = complete(version or first(cast), by)
    review = open_review(version, asked(cast)[:1], due_on=TODAY, revision=version.revision, by=by, at=AT)
    vote(review, "agree", by=cast.actor("trainer"), at=AT)
    approve_version(version, waive="试点", by=other, at=AT)
    return activate_version(version, by=other, at=AT)


def voted(cast: Cast, review: VersionReview) -> CurriculumVersion:
    """Everybody has voted: mostly yes."""
    vote(review, "agree", by=cast.actor("trainer"), at=AT)
    vote(review, "changes", by=cast.actor("mentor", cast.jinheng), at=AT)
    for row in cast.enrolments.values():
        apprentice = actor_in(row.person, cast.college, TODAY)
        assert apprentice is not None
        vote(review, "agree", by=apprentice, at=AT)
    return CurriculumVersion._base_manager.get(pk=review.version_id)
