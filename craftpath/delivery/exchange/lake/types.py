"""What is wrong with a lake, as codes; each door has its own sentences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class LakeFault:
    """One fault: a code, the file from the lake's folder, the city, and the facts of its sentence.

    `kept` says that what was found is counted all the same; else it is left out.
    """

    code: str
    file: str
    city: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    kept: bool = False
