"""A tool that a course opens and that said something of the apprentice; a platform from which the apprentice comes."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from craftpath.domain.lti import actions, launching
from craftpath.domain.lti.grading import ScoreSaid
from craftpath.domain.lti.models import Entry, LineItem, Placement, Platform, Tool
from tests.cast import AT, Cast
from tests.domain.lti import world


def open_doors(cast: Cast) -> dict[str, str]:
    """Registered by the college's offices, used by its apprentice; once."""
    if not Tool._base_manager.exists():
        _opened(cast)
    placement = Placement._base_manager.earliest("pk")
    return {
        "tool": Tool._base_manager.earliest("pk").public_id,
        "platform": Platform._base_manager.earliest("pk").public_id,
        "entry": Entry._base_manager.earliest("pk").public_id,
        "item": LineItem._base_manager.earliest("pk").public_id,
        "context": placement.context,
        "run": placement.context,
        "activity": placement.activity,
        "number": launching.subject(Tool._base_manager.earliest("pk"), cast.people["apprentice"]),
        "place": "lanchuan",
        "verb": "stop",
    }


def _opened(cast: Cast) -> None:
    mine = {"by": cast.actor("apprentice"), "at": AT}
    link = world.link(cast, world.tool(cast))
    world.placed(cast, link, world.course(cast, link))
    said = ScoreSaid(
        cast.people["apprentice"],
        AT + timedelta(minutes=5),
        "Completed",
        "FullyGraded",
        Decimal(40),
        Decimal(50),
    )
    actions.keep_score(LineItem._base_manager.get(), said, by=cast.actor("coordinator"), at=AT)
    platform = world.platform(cast)
    actions.join_identity(platform, "moodle-7", cast.people["apprentice"], how="sign_in", **mine)
    entry = Entry(
        platform=platform, deployment="1", resource="link-1", title="Safe welding", target="course/1",
        item_address="https://moodle.example/items/1", members_address="https://moodle.example/members", seen_at=AT,
    )  # fmt: skip
    entry.save()
    actions.come_by(platform, "moodle-7", entry.public_id, **mine)
    actions.return_grade(
        "course/1", cast.people["apprentice"], Decimal(80), by=cast.actor("coordinator"), at=AT
    )
