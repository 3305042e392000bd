"""Counts say what the record says, after each kind of fact and after any sequence of them."""

from __future__ import annotations

import random
import uuid
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from craftpath.domain.apprenticeships.actions import (
    RosterEntry,
    appoint,
    end_enrolments,
    pass_stages,
    take_roster,
)
from craftpath.domain.apprenticeships.models import Enrolment
from craftpath.domain.counts.following import begin_anew, follow, look_through
from craftpath.domain.counts.models import CohortCount, Count, Gap, Reading, StaffCount
from craftpath.domain.evaluation.actions import NewMark, record_marks
from craftpath.domain.evaluation.deciding import basis_of, decide_results
from craftpath.domain.logbook.actions import Content, confirm_entries, save_entry, submit_entry
from craftpath.domain.logbook.models import Entry
from craftpath.domain.reviews.models import Review
from craftpath.domain.reviews.planning import cancel_review
from craftpath.kernel.admission import give_role
from craftpath.kernel.people import Person
from craftpath.kernel.roles import Role
from craftpath.kernel.tenancy import everywhere
from craftpath.values.verdict import Refused
from tests.cast import AT, TODAY, Cast
from tests.domain.reviews.world import planned

LATER = timedelta(days=1)


@pytest.fixture(autouse=True)
def everything() -> Iterator[None]:
    with everywhere("a test counts"):
        yield


def _rows() -> dict[str, list[Any]]:
    """All that is kept, without ids."""
    return {
        "gaps": sorted(Gap.objects.values_list("enrolment_id", "kind", "since", "college", "host")),
        "cohorts": sorted(
            CohortCount.objects.values_list("cohort_id", "college", "host", "measure", "key", "day", "n"),
            key=str,
        ),
        "counts": sorted(Count.objects.values_list("place", "side", "measure", "key", "day", "n")),
        "staff": sorted(StaffCount.objects.values_list("place", "role", "n")),
    }


def _anew(day: date) -> dict[str, list[Any]]:
    begin_anew(empty=True)
    look_through(day)
    return _rows()


def _followed(at: datetime) -> dict[str, list[Any]]:
    """Twice, as a worker does: what reactions wrote a moment later is seen the second time."""
    follow(at)
    Reading.objects.filter(key__in=("cohorts", "places")).update(day=at.date())
    return _rows()


class Life:
    """One of everything that can happen to apprentices, each with whatever there is to choose from."""

    def __init__(self, cast: Cast, seed: int) -> None:
        self.cast, self.chance, self.n = cast, random.Random(seed), 0
        self.by = cast.actor("coordinator")
        self.cohorts = [cast.cohort]

    def _active(self) -> list[Enrolment]:
        rows = Enrolment.objects.filter(state="active", cohort__state="running").select_related(
            "cohort", "person"
        )
        return list(rows.order_by("pk"))

    def enrol(self) -> None:
        self.n += 1
        host = self.chance.choice([self.cast.jinheng, self.cast.qinghe])
        mentor = self.chance.choice([None, "周国栋", "吴海燕"])
        take_roster(self.cast.cohort, [RosterEntry(f"28{self.n:03}", f"新{self.n}", enterprise=host, mentor=mentor)],
                    by=self.by, at=AT)  # fmt: skip

    def leave(self) -> None:
        end_enrolments([self.chance.choice(self._active())], because="other", on=TODAY, by=self.by, at=AT)

    def help(self) -> None:
        alone = [row for row in self._active() if row.number == "26005"]
        appoint(alone, person=self.cast.people["mentor"], role="mentor", on=TODAY,
                by=self.by, at=AT)  # fmt: skip

    def mark(self) -> None:
        items = {"attendance": 90, "log": 80, "quiz": 40, "task1": 70, "task2": 60, "final_exam": 75}
        who = self.chance.choice(self._active())
        given = items if self.chance.random() < 0.6 else {"task1": 55}
        marks = [NewMark(who.pk, item, "scored", Decimal(score)) for item, score in given.items()]
        record_marks(self.cast.evaluation, marks, by=self.by, at=AT)

    def decide(self) -> None:
        rows = [next(row for row in self._active() if row.number == "26001")]
        decide_results(self.cast.evaluation, rows, basis=basis_of(self.cast.evaluation), by=self.by, at=AT)

    def advance(self) -> None:
        rows = [row for row in self._active() if row.number == "26002"]
        pass_stages(rows, stage=self.cast.evaluation.stage, on=TODAY, by=self.by, at=AT)

    def write(self) -> None:
        at = AT - timedelta(days=self.chance.randrange(12))
        day = at.date() - timedelta(days=self.chance.randrange(18))
        content = Content(on=day, text="装夹、试切。", minutes=60, bucket="workplace")
        by = self.cast.actor("apprentice")
        saved = save_entry(self.cast.enrolments["26001"], made_id=uuid.UUID(int=self.chance.getrandbits(128)),
                           content=content, by=by, at=at)  # fmt: skip
        submit_entry(saved.entry, by=by, at=at)

    def confirm(self) -> None:
        rows = list(Entry.objects.filter(state="submitted")[:2])
        mentor = self.cast.actor("mentor", self.cast.jinheng)
        confirm_entries({row.public_id: row.revision for row in rows}, by=mentor, at=AT)

    def review(self) -> None:
        planned(self.cast)

    def cancel(self) -> None:
        row = Review.objects.filter(state="scheduled").first()
        if row is not None:
            cancel_review(row, because="-", by=self.by, at=AT)

    def give(self) -> None:
        self.n += 1
        person = Person.objects.create_user(f"x{self.n}", name="石磊")
        role = self.chance.choice([Role.TRAINER, Role.ASSESSOR])
        give_role([person], self.cast.college, role, on=TODAY, by=self.cast.actor("administrator"), at=AT)


DEEDS = ("enrol", "enrol", "leave", "help", "mark", "mark", "decide", "advance", "write", "write", "confirm",
         "review", "cancel", "give")  # fmt: skip


@pytest.mark.parametrize("seed", range(6))
def test_any_sequence_of_facts_leaves_what_counting_anew_finds(cast: Cast, seed: int) -> None:
    look_through(TODAY)
    follow(AT)
    life = Life(cast, seed)
    done = 0
    for _turn in range(14):
        try:
            getattr(life, life.chance.choice(DEEDS))()
            done += 1
        except (Refused, IndexError, StopIteration):
            continue
        if life.chance.random() < 0.4:
            _followed(AT + timedelta(minutes=1))
    kept = _followed(AT + timedelta(hours=1))
    assert done >= 6
    assert kept == _anew(TODAY)
    assert kept["counts"]


@pytest.mark.parametrize("deed", sorted(set(DEEDS)))
def test_each_kind_of_fact_is_followed(cast: Cast, deed: str) -> None:
    life = Life(cast, 1)
    life.write()
    if deed == "cancel":
        life.review()
    look_through(TODAY)
    follow(AT)
    before = _rows()
    getattr(life, deed)()
    kept = _followed(AT + timedelta(hours=1))
    assert kept != before
    assert kept == _anew(TODAY)
