"""One sentence or name in several languages, with a fallback that never comes back empty-handed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

LANGUAGES = ("zh", "en")


@dataclass(frozen=True, slots=True)
class Text:
    """A name such as `Text(zh="焊工", en="Welder")`; either side may be missing, not both."""

    zh: str = ""
    en: str = ""

    @classmethod
    def of(cls, value: Mapping[str, str] | str | Text | None) -> Self | Text:
        """Read what a JSON field or a form holds; a bare string serves every language."""
        if isinstance(value, Text):
            return value
        if isinstance(value, str):
            return cls(zh=value, en=value)
        value = value or {}
        return cls(zh=value.get("zh", ""), en=value.get("en", ""))

    def say(self, language: str) -> str:
        """The words in this language (`zh-hans` counts as `zh`), else in the other one."""
        return (self.zh or self.en) if language.lower().startswith("zh") else (self.en or self.zh)

    def both(self) -> str:
        """Both languages side by side, for print."""
        return (
            self.zh if self.zh == self.en or not self.en else (f"{self.zh} {self.en}" if self.zh else self.en)
        )

    def as_json(self) -> dict[str, str]:
        """The form that JSON fields keep; empty sides are left out."""
        return {k: v for k, v in (("zh", self.zh), ("en", self.en)) if v}
