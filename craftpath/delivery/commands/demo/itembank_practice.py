"""Questions of the demo that are open to practice, read from `practice.toml`."""

from __future__ import annotations

import tomllib
from datetime import datetime
from pathlib import Path

from craftpath.delivery.commands.demo.itembank_by_hand import choice
from craftpath.domain.exams import actions
from craftpath.domain.exams.actions import Draft
from craftpath.domain.exams.queries import Tags
from craftpath.engines.scoring import Kind
from craftpath.kernel.access import Actor
from craftpath.kernel.organisations import Organisation
from craftpath.values.text import Text

FILE = Path(__file__).with_name("practice.toml")


def open_practice(college: Organisation, *, by: Actor, at: datetime) -> None:
    """Write the questions into the college's bank and open them to practice."""
    with FILE.open("rb") as file:
        rows = tomllib.load(file)["question"]
    drafts = []
    for row in rows:
        options = [(zh, en) for zh, en in row["wrong"]]
        options.insert(row["at"], tuple(row["right"]))
        content = choice(
            Kind.SINGLE,
            Text(*row["stem"]),
            chr(97 + row["at"]),
            *options,
            points=1,
            explanation=Text(*row["why"]),
        )
        tags = Tags(skills=(row["skill"],), difficulty=row["level"], seconds=45)
        drafts.append(Draft(content, tags, ready=True))
    written = actions.write_items(college, drafts, source="practice", by=by, at=at)
    actions.open_items(written.items, by=by, at=at)
