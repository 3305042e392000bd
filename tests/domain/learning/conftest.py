"""Short ways to plan a session and to call its roll, by the fixed cast."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest

from craftpath.domain.learning.actions import (
    Closed,
    Plan,
    Said,
    Taken,
    close_session,
    plan_session,
    take_roll,
)
from craftpath.domain.learning.models import Attendance, Session
from craftpath.kernel.access import Actor
from tests.cast import AT, Cast

LATER = AT + timedelta(hours=3)


@dataclass
class Classroom:
    """The cohort of the cast, taught by its trainer; four of its people are junior, one came later."""

    cast: Cast

    @property
    def trainer(self) -> Actor:
        return self.cast.actor("trainer")

    @property
    def coordinator(self) -> Actor:
        return self.cast.actor("coordinator")

    def plan(
        self, *, weeks: int = 1, by: Actor | None = None, teachers: Any = None, **values: Any
    ) -> list[Session]:
        """Two hours from the moment of the tests on, taught together, by the trainer."""
        plan = {
            "title": {"zh": "识图", "en": "Reading drawings"},
            "kind": "lesson",
            "mode": "on_site",
            "starts_at": AT,
            "ends_at": AT + timedelta(hours=2),
            "place": "A-301",
            "bucket": "taught",
        } | values
        if "organisation" not in plan:
            plan["organisation"] = self.cast.college
        organisation = plan.pop("organisation")
        return plan_session(
            Plan(**plan),
            organisation=organisation,
            cohorts=[self.cast.cohort],
            teachers={self.cast.people["trainer"]: "trainer"} if teachers is None else teachers,
            weeks=weeks,
            by=by or self.coordinator,
            at=AT,
        )

    def session(self, **values: Any) -> Session:
        """One of them."""
        return self.plan(**values)[0]

    def marks(self, **differ: str | Said) -> dict[str, Said]:
        """Everybody present but those named by number: `n26002="absent"`."""
        marks = {row.public_id: Said("present") for row in self.cast.enrolments.values()}
        for name, said in differ.items():
            marks[self.cast.enrolments[name[1:]].public_id] = said if isinstance(said, Said) else Said(said)
        return marks

    def roll(
        self,
        session: Session,
        *,
        by: Actor | None = None,
        base: int | None = None,
        made_id: uuid.UUID | None = None,
        at: datetime = AT,
        marks: dict[str, Said] | None = None,
        **differ: str | Said,
    ) -> Taken:
        """Call the roll."""
        session.refresh_from_db()
        return take_roll(
            session,
            self.marks(**differ) if marks is None else marks,
            made_id=made_id or uuid.uuid4(),
            base=session.revision if base is None else base,
            by=by or self.trainer,
            at=at,
        )

    def close(self, session: Session) -> Closed:
        """Close it once it is over."""
        return close_session([session], by=self.trainer, at=LATER)

    def line(self, session: Session, number: str = "26001") -> Attendance:
        """What stands of somebody."""
        return Attendance.objects.get(session=session, enrolment__number=number)

    def statuses(self, session: Session) -> dict[str, str]:
        """number → status."""
        return dict(
            Attendance.objects.filter(session=session).values_list("enrolment__number", "status").order_by()
        )


@pytest.fixture
def classroom(cast: Cast) -> Classroom:
    return Classroom(cast)
