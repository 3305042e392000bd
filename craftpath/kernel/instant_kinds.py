"""Kinds of instant notices as rows: what each is about, where it leads, how it is called.

A room that has some keeps them in `instant.toml`, one table a kind, and reads it with `learn_instants` in its
`reactions.py`, where the reactions stand that send them:

    [session_cancelled]
    topic = "exams"                # signing, safety or exams: nothing else is said at once
    page = "learning:session"      # of the subject, by its public id
    name = { zh = "…", en = "…" }
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib import resources

from craftpath.kernel.topics import ALWAYS_SHOWN, Topic
from craftpath.values.text import Text


@dataclass(frozen=True, slots=True)
class Instant:
    """One kind."""

    code: str
    topic: Topic
    page: str
    name: Text


INSTANTS: dict[str, Instant] = {}


def learn_instants(noun: str, package: str) -> None:
    """Read the rows of a room; ValueError for a topic that can wait until tomorrow."""
    table = tomllib.loads((resources.files(package) / "instant.toml").read_text("utf-8"))
    for key, row in table.items():
        kind = Instant(f"{noun}.{key}", Topic(row["topic"]), row["page"], Text.of(row["name"]))
        if kind.topic not in ALWAYS_SHOWN:
            raise ValueError(f"{kind.code}: {kind.topic} is for the digest")
        INSTANTS[kind.code] = kind
