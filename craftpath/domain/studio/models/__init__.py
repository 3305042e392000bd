"""Tables of the studio."""

from craftpath.domain.studio.models.drafts import (
    LONGEST_NAME,
    LONGEST_WORDS,
    Comment,
    Draft,
    DraftMember,
    DraftVersion,
    members_of,
)
from craftpath.domain.studio.models.trying import EvidenceSheet, Project, Trial

__all__ = [
    "LONGEST_NAME",
    "LONGEST_WORDS",
    "Comment",
    "Draft",
    "DraftMember",
    "DraftVersion",
    "EvidenceSheet",
    "Project",
    "Trial",
    "members_of",
]
