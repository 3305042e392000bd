"""Sentences of the headless commands in English and Chinese, without Django: a code picks its sentence."""

from __future__ import annotations

import os
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from craftpath.delivery.commands.complaints import shown

Sentences = Mapping[str, tuple[str, str]]  # code -> (English, Chinese), with {name} places for the facts


class Bare(str):
    """Text that stands in a sentence without quotes: our own words, or a key where quotes would disturb."""

    __slots__ = ()


def language() -> str:
    """`zh` where the locale says so, else `en`."""
    names = (os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return "zh" if next((name for name in names if name), "").startswith("zh") else "en"


def say(sentences: Sentences, code: str, **facts: Any) -> str:
    """The sentence of this code in the reader's language; facts that a file brought are shown in quotes."""
    english, chinese = sentences[code]
    visible = {name: value if name == "allowed" else _visible(value) for name, value in facts.items()}
    return (chinese if language() == "zh" else english).format(**visible)


def _visible(value: Any) -> Any:
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, Mapping):
        value = ", ".join(f"{name} {fact}" for name, fact in value.items())
    if isinstance(value, (list, tuple)):
        value = ", ".join(map(str, value))
    return shown(value) if type(value) is str else value
