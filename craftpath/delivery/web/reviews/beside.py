"""What the record shows beside a review, small: hours, log, attendance, result; the same figures go into its text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from craftpath.domain.evaluation.queries import results_of
from craftpath.domain.learning.queries import tallies
from craftpath.domain.logbook.confirmed import weeks_confirmed
from craftpath.domain.reviews.queries import USUAL_WEEKS
from craftpath.domain.reviews.wording import Figure
from craftpath.domain.training.queries import minutes_by_bucket
from craftpath.domain.training.rotation import planned_minutes
from craftpath.kernel.access import Actor
from craftpath.kernel.roles import Permission
from craftpath.values.text import Text

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Enrolment
    from craftpath.domain.reviews.models import Review


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure with its unit and what it is measured against, in both languages."""

    name: Text
    figure: str
    unit: Text
    note: Text

    @property
    def fixed(self) -> Figure:
        """The same as the text of the review names it."""
        zh = f"{self.figure} {self.unit.zh}".strip() + (f"（{self.note.zh}）" if self.note.zh else "")
        en = f"{self.figure} {self.unit.en}".strip() + (f" ({self.note.en})" if self.note.en else "")
        return Figure(self.name, Text(zh, en))


def beside(review: Review, last: Review | None, actor: Actor, today: date) -> list[Shown]:
    """What the reader may see of it; six queries, whoever it is."""
    since = last.held_on if last is not None and last.held_on is not None else None
    first = since or max(review.enrolment.starts_on, review.on - timedelta(weeks=USUAL_WEEKS))
    found = [*_hours(review.enrolment, today), *_log(review.enrolment, first, today)]
    found += _attendance(review.enrolment)
    if actor.may(Permission.SEE_RESULTS):
        found += _result(review.enrolment)
    return found


def _hours(row: Enrolment, today: date) -> Iterator[Shown]:
    done = sum(minutes_by_bucket([row.pk], None, today).get(row.pk, {}).values())
    planned = sum(planned_minutes([row.pk], None, today).get(row.pk, {}).values())
    if done or planned:
        note = Text(f"计划至今 {_whole(planned)} 小时", f"of {_whole(planned)} h planned")
        yield Shown(
            Text("已确认学时", "Hours confirmed"),
            _whole(done),
            Text("小时", "h"),
            note if planned else Text(),
        )


def _log(row: Enrolment, first: date, today: date) -> Iterator[Shown]:
    confirmed, of = weeks_confirmed(row.cohort, {row.pk: (first, today)}, today)[row.pk]
    if of:
        unit = Text("周", "week" if confirmed == 1 else "weeks")
        yield Shown(
            Text("已确认日志", "Log confirmed"), str(confirmed), unit, Text(f"共 {of} 周", f"of {of}")
        )


def _attendance(row: Enrolment) -> Iterator[Shown]:
    tally = tallies([row.pk]).get(row.pk)
    if tally is not None and tally.rate is not None:
        sessions = "session" if tally.marked == 1 else "sessions"
        note = Text(f"共 {tally.marked} 次课", f"of {tally.marked} {sessions}")
        yield Shown(Text("出勤", "Attendance"), str(tally.rate), Text("%", "%"), note)


def _result(row: Enrolment) -> Iterator[Shown]:
    found = results_of([row]).get(row.pk, [])
    if not found:
        return
    evaluation, result = found[-1]
    stage = Text.of(evaluation.stage.name)
    note = Text(
        f"{stage.say('zh')}，{'最终' if result.complete else '至今'}",
        f"{stage.say('en')}, {'final' if result.complete else 'to date'}",
    )
    if result.has_levels:
        if result.grade:
            yield Shown(Text("等级", "Level"), result.level.both(), Text(), note)
        return
    total = result.to_date if result.total is None else result.total
    yield Shown(Text("成绩", "Result"), f"{total}", Text("分", "points"), note)


def _whole(minutes: int) -> str:
    """Hours as a whole number, halves up."""
    return f"{(minutes + 30) // 60:,}"


def fixed(found: Sequence[Shown]) -> list[Figure]:
    """As the text names them."""
    return [one.fixed for one in found]
