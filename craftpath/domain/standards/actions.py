"""What can be done with frameworks, their skills and crosswalks."""

from __future__ import annotations

from craftpath.domain.standards.content import Content, Level, Node
from craftpath.domain.standards.crosswalks import match_skills, unmatch_skills
from craftpath.domain.standards.drafting import (
    describe_framework,
    discard_framework,
    draft_framework,
    draft_version,
    publish_framework,
    retire_framework,
    take_content,
)
from craftpath.domain.standards.editing import add_node, change_node, move_node, remove_node, set_levels
from craftpath.domain.standards.presets import load_frameworks

__all__ = [
    "Content",
    "Level",
    "Node",
    "add_node",
    "change_node",
    "describe_framework",
    "discard_framework",
    "draft_framework",
    "draft_version",
    "load_frameworks",
    "match_skills",
    "move_node",
    "publish_framework",
    "remove_node",
    "retire_framework",
    "set_levels",
    "take_content",
    "unmatch_skills",
]
