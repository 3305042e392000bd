"""What can have happened to frameworks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from craftpath.kernel.facts import Fact, fact


@fact
@dataclass(frozen=True)
class FrameworkLoaded(Fact):
    """A list of skills that comes with the program was taken in."""

    code: ClassVar[str] = "standards.framework_loaded"
    key: str
    version: int
    skills: int
