"""The cast's class under a scheme that works out attendance, log, talks and reviews; short ways to make facts."""

from __future__ import annotations

import uuid
from copy import deepcopy
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from craftpath.domain.evaluation.actions import move_to_scheme, refresh_evidence
from craftpath.domain.evaluation.models import Evaluation, Mark, Result
from craftpath.domain.learning.actions import Plan, Said, close_session, plan_session, take_roll
from craftpath.domain.learning.models import Session
from craftpath.domain.logbook.actions import Content, confirm_entries, save_entry, submit_entry
from craftpath.domain.logbook.models import Entry
from craftpath.domain.programmes.actions import draft_scheme
from craftpath.kernel.access import Actor, system
from tests.cast import AT, Cast

ZONE = ZoneInfo("Asia/Shanghai")
FIRST = date(2026, 6, 29)  # the Monday of the first of ten weeks
LATER = datetime(2026, 9, 20, 4, tzinfo=ZONE)


def definition(plain: dict[str, Any]) -> dict[str, Any]:
    """The cast's scheme with two of its items worked out, and two more."""
    table = deepcopy(plain)
    items = table["component"][0]["item"]
    by_key = {item["key"]: item for item in items}
    by_key["attendance"]["source"] = {"kind": "attendance", "late": "0.5", "at_least": 2}
    by_key["log"]["source"] = {
        "kind": "weeks_confirmed",
        "within_days": 7,
        "at_least": 2,
        "unanswered": 60,
    }
    items.append({"key": "talks", "weight": "1", "source": {"kind": "talks", "at_least": 1}})
    items.append({"key": "reviews", "weight": "1", "source": "reviews"})
    return table


def moment(day: date, hour: int = 17) -> datetime:
    """An hour of a day where the cohort learns."""
    return datetime.combine(day, time(hour), ZONE)


@dataclass
class Place:
    """The class, its trainer, its mentor, and what they do."""

    cast: Cast
    evaluation: Evaluation

    @property
    def mentor(self) -> Actor:
        return self.cast.actor("mentor", self.cast.jinheng)

    def session(self, day: date, **differ: str) -> Session:
        """Hold a session and close it; `n26001="late"` is who was not present."""
        cast = self.cast
        plan = Plan(
            title={"en": f"Lesson {uuid.uuid4().hex}"},
            kind="lesson",
            mode="on_site",
            starts_at=moment(day, 8),
            ends_at=moment(day, 10),
            bucket="taught",
        )
        [session] = plan_session(
            plan,
            organisation=cast.college,
            cohorts=[cast.cohort],
            teachers={cast.people["trainer"]: "trainer"},
            by=cast.actor("coordinator"),
            at=AT,
        )
        marks = {row.public_id: Said("present") for row in cast.enrolments.values()}
        marks |= {cast.enrolments[name[1:]].public_id: Said(said) for name, said in differ.items()}
        trainer = cast.actor("trainer")
        take_roll(session, marks, made_id=uuid.uuid4(), base=0, by=trainer, at=moment(day, 8))
        close_session([session], by=trainer, at=moment(day, 12))
        return session

    def entry(
        self, on: date, *, handed_in: date | None = None, text: str = "做了一个件。", who: str = "26001"
    ) -> Entry:
        """Write an entry and hand it in."""
        enrolment = self.cast.enrolments[who]
        by = self.cast.actor("apprentice" if who == "26001" else "classmate")
        at = moment(handed_in or on)
        content = Content(on=on, text=text, minutes=60, bucket="workplace")
        made = save_entry(enrolment, made_id=uuid.uuid4(), content=content, by=by, at=max(at, moment(on)))
        return submit_entry(made.entry, by=by, at=at)

    def confirm(self, *entries: Entry) -> None:
        """The mentor confirms, whenever that is."""
        read = {entry.public_id: entry.revision for entry in entries}
        assert not confirm_entries(read, by=self.mentor, at=LATER).refused

    def refresh(self, at: datetime = LATER) -> int:
        return refresh_evidence(self.evaluation, by=system(), at=at)

    def mark(self, item: str, who: str = "26001") -> Mark:
        return Mark.objects.get(
            evaluation=self.evaluation, enrolment=self.cast.enrolments[who], item=item, is_current=True
        )

    def score(self, item: str, who: str = "26001") -> Decimal | None:
        return self.mark(item, who).score

    def everything(self) -> Any:
        """Every mark and every result, as it stands."""
        marks = Mark.objects.order_by("pk").values_list(
            "pk", "item", "status", "score", "is_current", "evidence"
        )
        results = Result.objects.order_by("pk").values_list(
            "pk", "total", "to_date", "open", "figures", "missing"
        )
        return [repr(row) for row in (*marks, *results)]


def place(cast: Cast) -> Place:
    """Let the class be judged by the scheme that works things out."""
    by = cast.actor("coordinator")
    scheme = draft_scheme(
        cast.scheme, organisation=cast.college, definition=definition(cast.scheme.definition), by=by, at=AT
    )
    moved = move_to_scheme(cast.evaluation, scheme, reason="Evidence counts.", by=by, at=AT)
    return Place(cast, moved)


def week(n: int) -> date:
    """The Monday of the n-th week."""
    return FIRST + timedelta(weeks=n)
