"""What goes wrong, as the schema says it."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from craftpath.delivery.api.kinds import Shape


class Wrong(Shape):
    """One thing in a request that is not right."""

    at: str = Field(description="where it stands, such as `body.minutes`")
    code: str = Field(description="stable, for programs")
    detail: str = Field(description="a sentence in the caller's language")


class Problem(Shape):
    """What went wrong."""

    type: str = Field(description="names the kind of problem, for good")
    title: str
    status: int
    detail: str = Field(description="why, in the caller's language")
    code: str = Field(description="stable, for programs")
    facts: dict[str, Any] = Field(description="the values that the sentence names")
    errors: list[Wrong] = Field(
        default=[], description="of a request that is not right: each thing by itself"
    )
