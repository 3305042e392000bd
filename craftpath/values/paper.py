"""A paper that is signed: a title and numbered sections, each paragraph in Chinese and English side by side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from craftpath.values.text import LANGUAGES, Text

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip
_UNITS = {"CNY": "元", "EUR": "欧元", "USD": "美元", "GBP": "英镑", "AUD": "澳元"}


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with its paragraphs."""

    heading: Text
    paragraphs: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """The whole text, before it is fixed."""

    title: Text
    sections: tuple[Section, ...]

    def as_json(self) -> dict[str, Any]:
        """The form that a document keeps."""
        return {
            "title": self.title.as_json(),
            "sections": [
                {
                    "heading": section.heading.as_json(),
                    "paragraphs": [paragraph.as_json() for paragraph in section.paragraphs],
                }
                for section in self.sections
            ],
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Self:
        """Read `as_json` back."""
        return cls(
            Text.of(value["title"]),
            tuple(
                Section(Text.of(row["heading"]), tuple(Text.of(one) for one in row["paragraphs"]))
                for row in value["sections"]
            ),
        )

    def plain(self) -> dict[str, str]:
        """language → the text from the title to the last line, as it is read and hashed."""
        return {language: self._plain(language) for language in LANGUAGES}

    def _plain(self, language: str) -> str:
        lines = [self.title.say(language)]
        for number, section in enumerate(self.sections, start=1):
            lines += ["", f"{number}. {section.heading.say(language)}"]
            lines += [paragraph.say(language) for paragraph in section.paragraphs]
        return "\n".join(lines)


def day(value: date) -> Text:
    """A day as it stands in a contract: never in figures alone."""
    return Text(
        zh=f"{value.year}年{value.month}月{value.day}日",
        en=f"{value.day} {_MONTHS[value.month - 1]} {value.year}",
    )


def money(minor: int, currency: str) -> Text:
    """An amount in minor units, with its currency: 420000 CNY is 4,200.00 元."""
    figure = f"{minor // 100:,}.{minor % 100:02}"
    return Text(zh=f"{figure} {_UNITS.get(currency, currency)}", en=f"{currency} {figure}")
