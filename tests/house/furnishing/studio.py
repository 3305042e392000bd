"""Drafts of new occupations: one that is written, one that a class tries, an adopted one, and training projects."""

from __future__ import annotations

import uuid

from craftpath.domain.standards.models import Framework
from craftpath.domain.studio import actions as studio
from craftpath.domain.studio.models import Draft, DraftVersion, Project, Trial
from tests.cast import AT, TODAY, Cast
from tests.domain.studio import world as drafting
from tests.house.furnishing.frameworks import list_skills
from tests.house.furnishing.occupations import chart_a_trade


def draft_together(cast: Cast) -> dict[str, str]:
    """Of the college with an enterprise; its project was taken down again. Once."""
    if not Draft._base_manager.exists():
        chart_a_trade(cast)
        list_skills(cast)
        drafting.begun(cast, name={"zh": "一"})
        row = drafting.proposed(cast, drafting.begun(cast, name={"zh": "二"}))
        studio.begin_trial(row, cast.cohort, question="", starts_on=TODAY, **drafting.office(cast))
        studio.comment(row, made_id=uuid.uuid4(), words="好", **drafting.office(cast))
        drafting.decided(cast, drafting.proposed(cast, drafting.begun(cast, name={"zh": "三"})))
        gone = drafting.published(cast, name={"zh": "五"})
        studio.withdraw_project(gone, **drafting.office(cast))
        Framework._base_manager.filter(pk=gone.framework_id).update(audience="own")  # else everybody sees it
    versions = {row.state: row.public_id for row in DraftVersion.objects.order_by("-pk")}
    return {
        "draft": Draft._base_manager.earliest("pk").public_id,
        "version": versions["proposed"],
        "writing": versions["writing"],
        "adopted": versions["adopted"],
        "part": "tasks",
        "trial": Trial.objects.get().public_id,
        "project": Project._base_manager.earliest("pk").public_id,
    }


def give_on(cast: Cast) -> dict[str, str]:
    """A project that everybody sees, and one that another college made of it; once."""
    draft_together(cast)
    if not Project._base_manager.filter(organisation=cast.neighbour).exists():
        _taken_over(drafting.published(cast), cast)
    shown, of_another = Project._base_manager.filter(withdrawn_at__isnull=True).order_by("pk")
    return {"project": shown.public_id, "of_another": of_another.public_id}


def _taken_over(shown: Project, cast: Cast) -> None:
    by = {"by": cast.actor("stranger", cast.neighbour), "at": AT}
    draft = studio.take_over(shown, cast.neighbour, made_id=uuid.uuid4(), **by)
    row = studio.propose_version(drafting.newest(draft), **by)
    row = studio.adopt_version(row, drafting.RESOLUTION, today=TODAY, **by)
    studio.publish_project(row, audience={"zh": "学徒"}, licence="CC BY 4.0", **by)
