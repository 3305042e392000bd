"""What can have happened to stories. What members ask a master in private is no fact of the organisation's history."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from craftpath.kernel.facts import Fact, fact


@fact
@dataclass(frozen=True)
class StoryBegun(Fact):
    """A story was begun."""

    code: ClassVar[str] = "stories.begun"
    form: str


@fact
@dataclass(frozen=True)
class StoryMoved(Fact):
    """A story was handed in, given back, published, taken down or taken up again."""

    code: ClassVar[str] = "stories.moved"
    state: str
    because: str = ""


@fact
@dataclass(frozen=True)
class StoryAgreed(Fact):
    """The teller said how far a story may be shown; an empty `reach` takes it back."""

    code: ClassVar[str] = "stories.agreed"
    reach: str


@fact
@dataclass(frozen=True)
class CommentMade(Fact):
    """A member said something to a story."""

    code: ClassVar[str] = "stories.comment_made"
    comment: str


@fact
@dataclass(frozen=True)
class CommentReported(Fact):
    """Somebody asked the office to look at a comment."""

    code: ClassVar[str] = "stories.comment_reported"
    comment: str


@fact
@dataclass(frozen=True)
class CommentSettled(Fact):
    """The office let a comment stand, hid it for a reason, or showed it again."""

    code: ClassVar[str] = "stories.comment_settled"
    comment: str
    hidden: bool
    because: str = ""


@fact
@dataclass(frozen=True)
class CommentsTurned(Fact):
    """Commenting on a story was closed or opened."""

    code: ClassVar[str] = "stories.comments_turned"
    open: bool
