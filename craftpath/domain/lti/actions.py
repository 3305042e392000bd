"""All verbs of LTI, as other rooms call them."""

from __future__ import annotations

from craftpath.domain.lti.arriving import accept_launch, join_identity
from craftpath.domain.lti.grading import add_item, change_item, drop_item, keep_score
from craftpath.domain.lti.keys import make_key, retire_key, revoke_key
from craftpath.domain.lti.linking import add_link, place_link, take_choice
from craftpath.domain.lti.once import forget_used, use_once
from craftpath.domain.lti.registering import (
    PlatformSaid,
    ToolSaid,
    change_platform,
    change_tool,
    register_platform,
    register_tool,
    resume_platform,
    resume_tool,
    stop_platform,
    stop_tool,
)
from craftpath.domain.lti.returning import come_by, end_return, return_grade, take_return
from craftpath.domain.lti.serving import grant_access

__all__ = [
    "PlatformSaid",
    "ToolSaid",
    "accept_launch",
    "add_item",
    "add_link",
    "change_item",
    "change_platform",
    "change_tool",
    "come_by",
    "drop_item",
    "end_return",
    "forget_used",
    "grant_access",
    "join_identity",
    "keep_score",
    "make_key",
    "place_link",
    "register_platform",
    "register_tool",
    "resume_platform",
    "resume_tool",
    "retire_key",
    "return_grade",
    "revoke_key",
    "stop_platform",
    "stop_tool",
    "take_choice",
    "take_return",
    "use_once",
]
