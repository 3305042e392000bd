"""The training record: the log week by week, hours against the plan, attendance; confirmed apart from the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from craftpath.delivery.exchange.printouts.periods import Period, windows_in
from craftpath.delivery.exchange.printouts.wording import about, hands, labels, seals, source, span
from craftpath.domain.apprenticeships.queries import mentors_of
from craftpath.domain.learning.queries import Tally, tallies
from craftpath.domain.learning.texts import STATUSES
from craftpath.domain.logbook.confirmed import weeks_confirmed
from craftpath.domain.logbook.queries import log_of, week_of
from craftpath.domain.logbook.texts import ENTRY_STATES
from craftpath.domain.programmes.queries import buckets_by_programme
from craftpath.domain.standards.queries import skills_by_key
from craftpath.domain.training.coverage import together
from craftpath.domain.training.queries import minutes_by_bucket
from craftpath.domain.training.rotation import planned_within
from craftpath.values.printout import Cell, Column, Facts, Group, Line, Printout, Table, minutes
from craftpath.values.text import Text

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Cohort, Enrolment
    from craftpath.domain.logbook.models import Entry
    from craftpath.domain.programmes.models import HourBucket

TITLE = Text("训练记录", "Training record")
_WITHOUT_WORDS = Text("（只有附件）", "(an attachment only)")
_DAY = Column(Text("日期", "Day"), share=4)
_DONE = Column(Text("做了什么", "What was done"), share=11)
_PLACE = Column(Text("地点", "Place"), share=5)
_SKILL = Column(Text("技能", "Skill"), share=6)
_H_MIN = Text("时:分", "h:min")
_HOURS = Column(Text("用时", "Time"), figures=True, share=3, unit=_H_MIN)
_WEEK = Text("周", "Week")


def training_records(
    cohort: Cohort, people: Sequence[Enrolment], period: Period, *, today: date, at: datetime
) -> list[Printout]:
    """One for each of these people of one cohort, in their order; the same few queries for one and for many.

    Only what the open scope sees stands in it. `today` is the last day that counts.
    """
    windows = windows_in(period, cohort, people, today)
    ids = [row.pk for row in people]
    log = log_of(windows)
    skills = {
        key: Text.of(skill.name)
        for key, skill in skills_by_key(entry.skill for some in log.values() for entry in some).items()
    }
    weeks = weeks_confirmed(cohort, windows, today)
    done = minutes_by_bucket(ids, within=None if period.whole else windows)
    asked = {pk: (None if period.whole else first, today if period.whole else last)
             for pk, (first, last) in windows.items()}  # fmt: skip
    planned = planned_within(asked)
    marked = tallies(ids, within=None if period.whole else windows)
    mentors, states, statuses = mentors_of(people), labels(ENTRY_STATES), labels(STATUSES)
    buckets = buckets_by_programme([cohort.programme_id]).get(cohort.programme_id, [])
    found = []
    for row in people:
        entries, own = log.get(row.pk, []), mentors.get(row.pk, [])
        confirmed = [entry for entry in entries if entry.state == "confirmed"]
        waiting = [entry for entry in entries if entry.state != "confirmed"]
        found.append(
            Printout(
                title=TITLE,
                whose=f"{row.person.name} {row.number}",
                about=(*about(row, own), *_period(period, windows.get(row.pk), weeks.get(row.pk))),
                blocks=(
                    _ledger(buckets, done.get(row.pk, {}), planned.get(row.pk, {}), period),
                    _attendance(marked.get(row.pk), statuses),
                    _confirmed(confirmed, skills),
                    _waiting(waiting, skills, states),
                ),
                on=today,
                source=source(at),
                signatures=hands(row, own),
                stamps=seals(row),
            )
        )
    return found


def _period(
    period: Period, window: tuple[date, date] | None, weeks: tuple[int, int] | None
) -> Iterable[Line]:
    yield Text("时段", "Period"), period.name
    if window is not None:
        yield Text("起止日期", "Days"), span(*window)
    if weeks is not None:
        yield Text("已确认的周数", "Weeks confirmed"), weeks[0]
        yield Text("应有周数", "Weeks at work"), weeks[1]


def _ledger(
    buckets: Sequence[HourBucket], done: Mapping[str, int], planned: Mapping[str, int], period: Period
) -> Table:
    """Hours by kind as the ledger has them, beside what was planned by then and, of the whole, what is asked for."""
    have, want = together(done, buckets), together(planned, buckets)
    rows = tuple(
        (
            one.title,
            minutes(have[one.key]),
            minutes(want[one.key]),
            minutes(one.target_minutes if one.target_minutes is not None else one.floor_minutes)
            if period.whole
            else None,
        )
        for one in buckets
        if have[one.key] or want[one.key]
    )
    return Table(
        Text("学时台账", "Hours"),
        (
            Column(Text("学时类别", "Kind of hours"), share=8),
            Column(Text("已确认", "Confirmed"), figures=True, share=4, unit=_H_MIN),
            Column(Text("同期计划", "Planned by then"), figures=True, share=4, unit=_H_MIN),
            Column(Text("要求", "Asked for"), figures=True, share=4, unit=_H_MIN),
        ),
        (Group(rows),),
        note=Text(
            "属于另一类别的学时也计入该类别，故不加总。",
            "Hours that lie within another kind count there as well, so there is no sum.",
        ),
        empty=Text("这段时间没有学时记录。", "No hours are in the ledger for this time."),
    )


def _attendance(tally: Tally | None, statuses: Mapping[str, Text]) -> Facts:
    heading = Text("出勤", "Attendance")
    if tally is None or not tally.marked:
        return Facts(((Text("点名次数", "Sessions with a roll call"), 0),), heading)
    return Facts(
        (
            (Text("点名次数", "Sessions with a roll call"), tally.marked),
            (Text("出勤率（%）", "Rate (%)"), tally.rate),
            *((label, tally.statuses.get(status, 0)) for status, label in statuses.items()),
            (Text("在场（时:分）", "Time there (h:min)"), minutes(tally.there)),
        ),
        heading,
    )


def _confirmed(entries: Sequence[Entry], skills: Mapping[str, Text]) -> Table:
    columns = (
        _DAY, _DONE, _PLACE, _SKILL, _HOURS,
        Column(Text("确认人", "Confirmed by"), share=4),
        Column(Text("确认日期", "Confirmed on"), share=4),
    )  # fmt: skip

    def row(entry: Entry) -> tuple[Cell, ...]:
        by = entry.confirmed_by.name if entry.confirmed_by else None
        return (*_said(entry, skills), by, _local(entry.confirmed_at))

    return Table(
        Text("已确认的日志", "Log, confirmed"),
        columns,
        _by_week(entries, row),
        grouped=_WEEK,
        total=_total(entries, 2),
        empty=Text("这段时间没有已确认的日志。", "Nothing of this time is confirmed."),
    )


def _waiting(entries: Sequence[Entry], skills: Mapping[str, Text], states: Mapping[str, Text]) -> Table:
    columns = (
        _DAY, _DONE, _PLACE, _SKILL, _HOURS,
        Column(Text("状态", "State"), share=4),
        Column(Text("提交日期", "Handed in on"), share=4),
    )  # fmt: skip

    def row(entry: Entry) -> tuple[Cell, ...]:
        return (*_said(entry, skills), states[entry.state], _local(entry.submitted_at))

    return Table(
        Text("未确认的日志", "Log, not confirmed"),
        columns,
        _by_week(entries, row),
        grouped=_WEEK,
        total=_total(entries, 2),
        note=Text(
            "以上尚无人确认，不计入学时台账。",
            "Nobody has confirmed these yet; they are not in the ledger of hours.",
        ),
        empty=Text("没有等待确认的日志。", "Nothing waits to be confirmed."),
    )


def _said(entry: Entry, skills: Mapping[str, Text]) -> tuple[Cell, ...]:
    skill = skills.get(entry.skill) or (entry.skill or None)
    return (
        entry.on,
        entry.text.strip() or _WITHOUT_WORDS,
        entry.place or None,
        skill,
        minutes(entry.minutes) if entry.minutes else None,
    )


def _total(entries: Sequence[Entry], more: int) -> tuple[Cell, ...]:
    whole = timedelta(minutes=sum(entry.minutes for entry in entries))
    return (Text("合计", "Total"), None, None, None, whole, *(None,) * more)


def _by_week(entries: Sequence[Entry], row: Callable[[Entry], tuple[Cell, ...]]) -> tuple[Group, ...]:
    weeks: dict[date, list[tuple[Cell, ...]]] = {}
    for entry in entries:
        weeks.setdefault(week_of(entry.on), []).append(row(entry))
    return tuple(
        Group(tuple(rows), span(monday, monday + timedelta(days=6))) for monday, rows in weeks.items()
    )


def _local(at: datetime | None) -> date | None:
    return timezone.localtime(at).date() if at is not None else None
