"""The two versions, and a statement that is none."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from craftpath.engines.xapi.sentences import sentence

Json = dict[str, Any]


class Version(StrEnum):
    """The latest patch of each version that is spoken here."""

    V1 = "1.0.3"
    V2 = "2.0.0"

    @property
    def of_statements(self) -> str:
        """What a statement without a version is given."""
        return "1.0.0" if self is Version.V1 else "2.0.0"


class Wrong(Exception):  # noqa: N818  (a refusal is an answer, not a fault)
    """What keeps something from being what it says it is: where, and which requirement by a code of `REASONS`."""

    def __init__(self, code: str, where: str = "", **facts: Any) -> None:
        super().__init__(code)
        self.code = code
        self.where = where
        self.facts = {name: str(value)[:200] for name, value in facts.items()}

    def __str__(self) -> str:
        return self.said("en")

    def said(self, language: str) -> str:
        """The place and the sentence, in English or Chinese."""
        told = sentence(self.code, self.facts, language)
        colon = "：" if language.startswith("zh") else ": "
        return f"{self.where}{colon}{told}" if self.where else told
