"""Tables of stories."""

from craftpath.domain.stories.models.stories import (
    LONGEST_ABOUT,
    LONGEST_NAME,
    LONGEST_REASON,
    PURPOSE,
    Story,
    StoryVersion,
    shown,
)
from craftpath.domain.stories.models.talk import LONGEST_COMMENT, Comment, CommentReport, MasterQuestion

__all__ = [
    "LONGEST_ABOUT",
    "LONGEST_COMMENT",
    "LONGEST_NAME",
    "LONGEST_REASON",
    "PURPOSE",
    "Comment",
    "CommentReport",
    "MasterQuestion",
    "Story",
    "StoryVersion",
    "shown",
]
