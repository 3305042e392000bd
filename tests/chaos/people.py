"""What the people of a schedule write, say and press, drawn from its chance; the same for modelled and real devices."""

from __future__ import annotations

import random
import re
import uuid
from datetime import date, timedelta
from typing import Any

from tests.chaos.network import Network
from tests.photos import picture

STATUSES = ("present", "present", "present", "absent", "late", "excused", "left_early")
PHOTO = picture(size=(96, 64))


class Words:
    """Everything that is written in one schedule; each text begins with its seed and is said but once."""

    def __init__(self, seed: int, site: dict[str, Any], chance: random.Random) -> None:
        self.seed, self.site, self.chance = seed, site, chance

    def name(self) -> str:
        """A name as a device gives it."""
        return str(uuid.UUID(int=self.chance.getrandbits(128), version=4))

    def text(self) -> str:
        """A text that nobody else writes."""
        return f"{self.seed}/{self.name()}"

    def entry(self, name: str, base: int, *, submit: bool | None = None) -> dict[str, Any]:
        """An entry of one of the last six hundred days, a minute long."""
        on = date.fromisoformat(self.site["today"]) - timedelta(days=self.chance.randrange(600))
        return {
            "entry": name, "enrolment": self.site["enrolment"], "base": base, "on": on.isoformat(),
            "text": self.text(), "minutes": 1, "bucket": "workplace",
            "submit": self.chance.random() < 0.8 if submit is None else submit,
        }  # fmt: skip

    def photo(self, entry: str) -> dict[str, Any]:
        """A photo of an entry, which is handed in with it."""
        return {
            "entry": entry, "enrolment": self.site["enrolment"], "file": self.name(),
            "kind": "photo", "submit": True,
        }  # fmt: skip

    def job(self) -> dict[str, Any]:
        """A job that the mentor saw."""
        return {
            "observation": self.name(), "enrolment": self.site["enrolment"], "on": self.site["today"],
            "job": self.text(), "seen_as": self.chance.choice(["alone", "helped", "not_yet"]),
        }  # fmt: skip

    def roll(self, session: str, page: str, taken_at: str) -> dict[str, Any]:
        """A roll call of everybody on the page, as the page knew the session."""
        marks = {
            who: [status := self.chance.choice(STATUSES), self.minutes(status)]
            for who in sorted(set(re.findall(r'name="mark-(\w+)"', page)))
        }
        base = int(re.search(r'name="base" value="(\d+)"', page)[1])  # type: ignore[index]
        name = self.name()
        return {"session": session, "made_id": name, "base": base, "taken_at": taken_at, "marks": marks}

    def minutes(self, status: str) -> int | None:
        """How long somebody was there, where somebody looked at the clock."""
        timed = status in ("late", "left_early") and self.chance.random() < 0.5
        return self.chance.choice([20, 40]) if timed else None


def plan_session(words: Words, network: Network) -> str:
    """A session of the whole class, an hour in the last weeks; gives its public id."""
    site, day = words.site, date.fromisoformat(words.site["today"])
    on = day - timedelta(days=1 + words.seed % 60)
    fields = {
        "title_en": f"{words.seed}/session {uuid.uuid4().hex[:8]}", "kind": "lesson",
        "cohorts": site["cohort"], "on": on.isoformat(),
        "starts": "08:00", "ends": "09:00", "weeks": "1", "mode": "on_site", "bucket": "taught",
    }  # fmt: skip
    there = network.send_form("/o/lanchuan/sessions/plan/", site["coordinator"], fields)
    found = re.fullmatch(r"/o/lanchuan/sessions/(\w+)/", there)
    assert found, f"the session cannot be planned: {there}"
    return found[1]
