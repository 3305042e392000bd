"""The items of the checklist: what Recommendation 208 and its neighbours ask for, read from their file."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from craftpath.values.text import Text

LEVELS = ("block", "warn", "info")


@dataclass(frozen=True, slots=True)
class Item:
    """One point. `paragraph` is a hint unless `para_conf` is sure; `elsewhere` says why it is not of an agreement."""

    key: str
    section: str
    paragraph: str
    para_conf: str
    text_conf: str
    applies_to: str
    level: str
    says: Text
    also: tuple[str, ...] = ()
    elsewhere: Text = Text()

    @property
    def decided(self) -> bool:
        """Whether an agreement and what the record holds beside it answer the point."""
        return not self.elsewhere.both()


@cache
def items() -> dict[str, Item]:
    """key → item, in the order of the Recommendation."""
    path = resources.files("craftpath.domain.agreements") / "presets" / "r208.toml"
    table = tomllib.loads(path.read_text("utf-8"))
    found = [
        Item(
            **{
                **row,
                "says": Text.of(row["says"]),
                "also": tuple(row.get("also", ())),
                "elsewhere": Text.of(row.get("elsewhere")),
            }
        )
        for row in table["item"]
    ]
    return {item.key: item for item in found}
