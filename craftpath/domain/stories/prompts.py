"""The prompts as rows: what a master is asked, one a step."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib import resources

from craftpath.values.text import Text


@dataclass(frozen=True, slots=True)
class Prompt:
    """One question that helps to tell."""

    key: str
    ask: Text
    help: Text


def _read() -> dict[str, Prompt]:
    rows = tomllib.loads((resources.files("craftpath.domain.stories") / "prompts.toml").read_text("utf-8"))
    return {
        row["key"]: Prompt(row["key"], Text.of(row["ask"]), Text.of(row["help"])) for row in rows["prompt"]
    }


PROMPTS = _read()
"""key → prompt, in the order in which they are asked."""
