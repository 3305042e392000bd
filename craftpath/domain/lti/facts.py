"""What can have happened to tools, platforms, keys, and to what they say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from craftpath.kernel.facts import Fact, fact


@fact
@dataclass(frozen=True)
class ToolKept(Fact):
    """A tool was registered, or what is known of it was changed; `host` is where it is launched."""

    code: ClassVar[str] = "lti.tool_kept"
    name: str
    host: str


@fact
@dataclass(frozen=True)
class ToolMoved(Fact):
    """A tool was stopped, or serves again."""

    code: ClassVar[str] = "lti.tool_moved"
    name: str
    state: str


@fact
@dataclass(frozen=True)
class LinkMade(Fact):
    """A link to a tool was made for courses, by hand or chosen in the tool."""

    code: ClassVar[str] = "lti.link_made"
    name: str
    tool: str


@fact
@dataclass(frozen=True)
class ScoreKept(Fact):
    """A tool said how somebody did; the subject is the placement. `percent` is "" without a score."""

    code: ClassVar[str] = "lti.score_kept"
    person: str
    context: str
    activity: str
    state: str
    percent: str


@fact
@dataclass(frozen=True)
class PlatformKept(Fact):
    """A platform was registered, or what is known of it was changed."""

    code: ClassVar[str] = "lti.platform_kept"
    name: str
    issuer: str


@fact
@dataclass(frozen=True)
class PlatformMoved(Fact):
    """A platform was stopped, or serves again."""

    code: ClassVar[str] = "lti.platform_moved"
    name: str
    state: str


@fact
@dataclass(frozen=True)
class IdentityJoined(Fact):
    """Somebody who comes from a platform is known here; `how`: by their own sign-in, or by the mail."""

    code: ClassVar[str] = "lti.identity_joined"
    person: str
    platform: str
    how: str


@fact
@dataclass(frozen=True)
class GradeReturned(Fact):
    """A grade went back to the platform, or could not."""

    code: ClassVar[str] = "lti.grade_returned"
    person: str
    state: str


@fact
@dataclass(frozen=True)
class KeyMade(Fact):
    """Messages are signed with a new key from now on; `before` is the one that it follows."""

    code: ClassVar[str] = "lti.key_made"
    key: str
    before: str


@fact
@dataclass(frozen=True)
class KeyRevoked(Fact):
    """A key holds no more."""

    code: ClassVar[str] = "lti.key_revoked"
    key: str
