"""A tool and a platform of the college, a link, and a course with it."""

from __future__ import annotations

import uuid
from decimal import Decimal
from typing import Any

from craftpath.domain.courses.actions import NewActivity
from craftpath.domain.courses.content import Content
from craftpath.domain.courses.models import Run
from craftpath.domain.lti import actions
from craftpath.domain.lti.models import Link, Placement, Platform, Tool
from craftpath.values.text import Text
from tests.cast import AT, Cast
from tests.domain.courses.world import key_of, running
from tests.domain.lti.parties import key_set

TOOL: dict[str, Any] = {
    "name": "Virtual welder",
    "login_address": "https://tool.example/login",
    "launch_address": "https://tool.example/launch",
    "choose_address": "https://tool.example/choose",
    "services": ("grades", "members"),
    "tells": "mail",
}
PLATFORM: dict[str, Any] = {
    "name": "College Moodle",
    "issuer": "https://moodle.example",
    "client_id": "craftpath-1",
    "login_address": "https://moodle.example/mod/lti/auth.php",
    "token_address": "https://moodle.example/mod/lti/token.php",
    "deployments": ("1", "2"),
}


def tool(cast: Cast, **other: Any) -> Tool:
    said = actions.ToolSaid(**{**TOOL, "keys": key_set(), **other})
    return actions.register_tool(cast.college, said, by=cast.actor("coordinator"), at=AT)


def link(cast: Cast, row: Tool, maximum: str | None = "50", **other: Any) -> Link:
    said = {"title": "Fillet weld", "made_id": uuid.uuid4(), "maximum": Decimal(maximum) if maximum else None}
    return actions.add_link(row, **(said | other), by=cast.actor("trainer"), at=AT)


def course(cast: Cast, row: Link, *, everybody: bool = False) -> Run:
    part = NewActivity("tool", Text("虚拟焊接", "Virtual welding"), Content("tool", ref=str(row.ref)))
    return running(cast, part, everybody=everybody)


def placed(cast: Cast, row: Link, run: Run) -> Placement:
    return actions.place_link(
        row, organisation=cast.college, context=run.public_id, activity=key_of(run, "tool"),
        by=cast.actor("apprentice"), at=AT,
    )  # fmt: skip


def platform(cast: Cast, **other: Any) -> Platform:
    said = actions.PlatformSaid(**{**PLATFORM, "keys": key_set(), **other})
    return actions.register_platform(cast.college, said, by=cast.actor("administrator"), at=AT)
