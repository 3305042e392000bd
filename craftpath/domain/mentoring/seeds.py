"""Questions of the halfway talk and clauses of the agreement, as they come with the house."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any

from craftpath.values.text import Text

MARKS = range(1, 6)
"""The five steps of an answer; 1 is the least."""


@cache
def questions() -> tuple[dict[str, str], ...]:
    """The six questions in their order, each as {key, zh, en}."""
    return tuple({"key": key, **words} for key, words in _read("questions").items())


@cache
def clause_names() -> dict[str, Text]:
    """clause key → what it is called, in the order of the text."""
    return {key: Text.of(row["name"]) for key, row in _read("agreement").items()}


@cache
def clauses() -> dict[str, dict[str, str]]:
    """clause key → its words as {zh, en}."""
    return {key: dict(row["text"]) for key, row in _read("agreement").items()}


def _read(name: str) -> dict[str, Any]:
    path = resources.files("craftpath.domain.mentoring") / "presets" / f"{name}.toml"
    return tomllib.loads(path.read_text("utf-8"))
