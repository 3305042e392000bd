"""Nothing that an apprentice writes moves a result before somebody confirms it, and how much was written never does."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from craftpath.domain.evaluation.evidence import evidence_of
from craftpath.domain.learning.actions import confirm_own_attendance, dispute_attendance
from craftpath.domain.learning.models import Attendance
from craftpath.domain.logbook import actions as logbook
from craftpath.domain.logbook.models import Entry, OtherVersion
from craftpath.values.verdict import Refused
from tests.cast import Cast
from tests.domain.evaluation.sourced import LATER, Place, moment, place, week
from tests.photos import picture

pytestmark = pytest.mark.usefixtures("all_rows")
FEW = settings(
    max_examples=15,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
WEEKS = 10
PHOTO = picture(size=(8, 8))


@contextmanager
def undone() -> Iterator[None]:
    """Whatever happens inside has not happened afterwards."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


# No database keeps half a character, and PostgreSQL no NUL; doors take them out before anything is written.
LETTERS = st.characters(exclude_characters="\0", exclude_categories=["Cs"])
WORDS = st.text(LETTERS, max_size=300)
SOME_WORDS = st.text(LETTERS, min_size=1, max_size=50)
deeds = st.one_of(
    st.tuples(st.just("save"), st.integers(0, 5 * WEEKS), st.integers(0, 3), WORDS),
    st.tuples(st.just("edit"), st.integers(0, 50), st.integers(0, 5 * WEEKS), WORDS),
    st.tuples(st.just("submit"), st.integers(0, 50), st.integers(0, 40), st.just("")),
    st.tuples(st.just("photo"), st.integers(0, 50), st.just(0), st.just("")),
    st.tuples(st.just("send_back"), st.integers(0, 50), st.just(0), st.just("")),
    st.tuples(st.just("observe"), st.integers(0, 5 * WEEKS), st.just(0), st.text("字词ab", max_size=20)),
    st.tuples(st.just("beside"), st.integers(0, 50), st.integers(0, 5 * WEEKS), WORDS),
    st.tuples(st.just("settle"), st.integers(0, 50), st.integers(0, 1), st.just("")),
    st.tuples(st.just("object"), st.integers(0, 9), st.just(0), SOME_WORDS),
    st.tuples(st.just("agree"), st.integers(0, 9), st.just(0), st.just("")),
)


class Apprentice:
    """Does whatever can be done without confirming anything; what is refused is no deed."""

    def __init__(self, here: Place) -> None:
        self.here, self.by = here, here.cast.actor("apprentice")
        self.enrolment = here.cast.enrolments["26001"]

    def do(self, deed: tuple[str, int, int, str]) -> None:
        name, which, more, text = deed
        try:
            with transaction.atomic():
                getattr(self, name)(which, more, text)
        except (Refused, IndexError):
            pass

    def content(self, n: int, text: str) -> Any:
        on = week(n // 5) + timedelta(days=n % 5)
        return logbook.Content(on=on, text=text.replace("\0", ""), minutes=len(text), bucket="workplace")

    def save(self, n: int, times: int, text: str) -> None:
        for _ in range(times + 1):
            content = self.content(n, text)
            logbook.save_entry(
                self.enrolment, made_id=uuid.uuid4(), content=content, by=self.by, at=moment(content.on)
            )

    def one(self, which: int) -> Entry:
        rows = list(Entry.objects.order_by("pk"))
        return rows[which % max(1, len(rows))]

    def edit(self, which: int, n: int, text: str, base: int | None = None) -> None:
        entry = self.one(which)
        logbook.save_entry(
            self.enrolment,
            made_id=entry.made_id,
            content=self.content(n, text),
            base=entry.revision if base is None else base,
            by=self.by,
            at=LATER,
        )

    def beside(self, which: int, n: int, text: str) -> None:
        self.edit(which, n, text, base=0)

    def submit(self, which: int, days: int, _text: str) -> None:
        entry = self.one(which)
        logbook.submit_entry(entry, by=self.by, at=moment(entry.on + timedelta(days=days)))

    def photo(self, which: int, _more: int, _text: str) -> None:
        entry = self.one(which)
        logbook.add_file(entry, made_id=uuid.uuid4(), kind="photo", content=PHOTO, by=self.by, at=LATER)

    def send_back(self, which: int, _more: int, _text: str) -> None:
        entry = self.one(which)
        logbook.return_entry(
            entry, revision=entry.revision, phrase="more_detail", by=self.here.mentor, at=LATER
        )

    def observe(self, n: int, _more: int, text: str) -> None:
        on = self.content(n, text).on
        logbook.observe_job(
            self.enrolment,
            made_id=uuid.uuid4(),
            on=on,
            job=f"{text}!",
            seen_as="alone",
            by=self.here.mentor,
            at=LATER,
        )

    def settle(self, which: int, take: int, _text: str) -> None:
        rows = list(OtherVersion.objects.filter(settled_at=None))
        logbook.settle_version(rows[which % max(1, len(rows))], take=bool(take), by=self.by, at=LATER)

    def line(self, which: int) -> Attendance:
        return list(Attendance.objects.filter(enrolment=self.enrolment).order_by("pk"))[which]

    def object(self, which: int, _more: int, text: str) -> None:
        dispute_attendance(self.line(which), words=text, by=self.by, at=LATER)

    def agree(self, which: int, _more: int, _text: str) -> None:
        confirm_own_attendance([self.line(which)], by=self.by, at=LATER)


@pytest.fixture
def here(cast: Cast) -> Place:
    """Some weeks and sessions that somebody confirmed, so that there are figures that could move."""
    here = place(cast)
    for n in range(4):
        here.session(week(n), n26001="absent" if n == 2 else "present")
    here.confirm(*(here.entry(week(n)) for n in (1, 2, 5)))
    here.refresh()
    return here


def told(here: Place) -> Any:
    """Every mark, every result, and what the page would say today."""
    here.refresh()
    enrolment = here.cast.enrolments["26001"]
    return here.everything(), evidence_of(here.evaluation, enrolment, LATER.date())


@FEW
@given(done=st.lists(deeds, min_size=1, max_size=12))
def test_what_nobody_confirmed_changes_no_mark_no_result_and_no_preview(here: Place, done: Any) -> None:
    with undone():
        before = told(here)
        apprentice = Apprentice(here)
        for deed in done:
            apprentice.do(deed)
        assert told(here) == before


@FEW
@given(
    weeks=st.sets(st.integers(0, WEEKS - 1), min_size=1),
    first=st.lists(
        st.tuples(st.integers(1, 4), st.text("字词ab", min_size=1, max_size=200)),
        min_size=WEEKS,
        max_size=WEEKS,
    ),
    second=st.lists(
        st.tuples(st.integers(1, 4), st.text("字词ab", min_size=1, max_size=200)),
        min_size=WEEKS,
        max_size=WEEKS,
    ),
)
def test_two_logs_with_the_same_confirmed_weeks_get_the_same_marks(
    here: Place, weeks: set[int], first: Any, second: Any
) -> None:
    with undone():
        here.confirm(*(here.entry(week(n), who="26002") for n in (1, 2, 5)))
        for who, log in (("26001", first), ("26002", second)):
            for n in weeks:
                count, text = log[n]
                here.confirm(
                    *(
                        here.entry(week(n) + timedelta(days=k), text=f"{text}{k}", who=who)
                        for k in range(count)
                    )
                )
        here.refresh()
        one, other = here.mark("log"), here.mark("log", "26002")
        assert (one.status, one.score, one.evidence) == (other.status, other.score, other.evidence)


@FEW
@given(n=st.integers(0, WEEKS - 1))
def test_a_confirmed_week_does_change_it(here: Place, n: int) -> None:
    with undone():
        before = here.score("log")
        known = dict(evidence_of(here.evaluation, here.cast.enrolments["26001"], LATER.date())["log"].counts)
        here.confirm(here.entry(week(n)))
        here.refresh()
        now = evidence_of(here.evaluation, here.cast.enrolments["26001"], LATER.date())["log"].counts
        if n in (1, 2, 5):
            assert (now, here.score("log")) == (known, before)
        else:
            assert now["on_time"] == known["on_time"] + 1
            assert here.score("log") != before
