"""Where marks come from that nobody gives: providers count confirmed facts, the scheme's rule makes marks of them.

A provider gets a cohort, the days of each apprentice in the stage, the rule and today, and hands back plain counts.
Those for attendance, logs, talks and reviews stand here, since their nouns lie below. A noun above or beside registers
its own with `provides`; a kind without a provider has counted nothing yet, and says so.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from craftpath.domain.apprenticeships.queries import stage_windows
from craftpath.domain.evaluation.models import Evaluation
from craftpath.domain.learning.presence import presence
from craftpath.domain.logbook.confirmed import talk_counts, week_counts
from craftpath.domain.participation.queries import numbers
from craftpath.domain.programmes.definition import ItemInfo, sourced_items
from craftpath.domain.reviews.queries import settled
from craftpath.engines.evaluation import Source, Worked, source_of, source_row, work_out

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Cohort, Enrolment
    from craftpath.domain.evaluation.models import Mark

Windows = Mapping[int, tuple[date, date]]
"""enrolment id → first and last day in the stage."""
Counts = Mapping[str, int]
Provider = Callable[["Cohort", Windows, Source, date], Mapping[int, Counts]]
PROVIDERS: dict[str, Provider] = {}
NOTHING_YET = "nothing_yet"
"""Why a mark is open: nothing in this site counts such facts yet."""


def provides(kind: str) -> Callable[[Provider], Provider]:
    """Register whoever counts a kind of facts; a kind has one provider."""

    def register(provider: Provider) -> Provider:
        if PROVIDERS.setdefault(kind, provider) is not provider:
            raise TypeError(f"two providers count {kind}")
        return provider

    return register


@provides("attendance")
def _attendance(cohort: Cohort, windows: Windows, _rule: Source, _today: date) -> Mapping[int, Counts]:
    return presence(cohort, windows)


@provides("weeks_confirmed")
def _weeks(cohort: Cohort, windows: Windows, rule: Source, today: date) -> Mapping[int, Counts]:
    return week_counts(cohort, windows, within_days=rule.within_days, today=today)


@provides("talks")
def _talks(cohort: Cohort, windows: Windows, _rule: Source, _today: date) -> Mapping[int, Counts]:
    return talk_counts(cohort, windows)


@provides("reviews")
def _reviews(_cohort: Cohort, windows: Windows, _rule: Source, _today: date) -> Mapping[int, Counts]:
    found: dict[int, Counter[str]] = defaultdict(Counter)
    for one in settled(windows):
        found[one.enrolment][one.outcome] += 1
    return found


@provides("activities")
def _activities(_cohort: Cohort, windows: Windows, rule: Source, _today: date) -> Mapping[int, Counts]:
    """What was confirmed, and what is lacking of one in every so many days that have gone by whole."""
    confirmed = numbers(windows)
    found = {}
    for who, (first, last) in windows.items():
        expected = ((last - first).days + 1) // rule.every_days
        found[who] = {"confirmed": confirmed.get(who, 0), "lacking": max(0, expected - confirmed.get(who, 0))}
    return found


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one apprentice's mark for one item is worked out from."""

    item: ItemInfo
    rule: Source
    worked: Worked
    counts: Counts = field(default_factory=dict)

    @property
    def as_json(self) -> dict[str, Any]:
        """As a mark keeps it."""
        return {"rule": source_row(self.rule), "counts": dict(self.counts), "reason": self.worked.reason}


def day_of(evaluation: Evaluation, at: datetime) -> date:
    """The day of a moment where the cohort learns."""
    return at.astimezone(ZoneInfo(evaluation.cohort.organisation.time_zone)).date()


def windows_of(
    evaluation: Evaluation, today: date, enrolments: Collection[int] | None = None
) -> dict[int, tuple[date, date]]:
    """enrolment id → first and last day in the evaluation's stage, today at most; one query."""
    return stage_windows(evaluation.cohort_id, evaluation.stage_id, today, enrolments)


def evidence_for(evaluation: Evaluation, windows: Windows, today: date) -> dict[str, dict[int, Evidence]]:
    """item key → enrolment id → its evidence, for every item that the scheme works out.

    A constant number of queries for each item, however many apprentices; equal counts are worked out once.
    """
    found: dict[str, dict[int, Evidence]] = {}
    for item in sourced_items(evaluation.scheme.definition):
        provider = PROVIDERS.get(item.source.kind) if item.source else None
        counts = provider(evaluation.cohort, windows, item.source, today) if provider and item.source else {}
        known: dict[Any, Evidence] = {}
        by_person = found[item.key] = {}
        for who in windows:
            own = counts.get(who, {})
            key = tuple(sorted(own.items()))
            if key not in known:
                known[key] = _worked(item, own, counted=provider is not None)
            by_person[who] = known[key]
    return found


def _worked(item: ItemInfo, counts: Counts, *, counted: bool) -> Evidence:
    if item.source is None:
        raise ValueError(f"{item.key} is not worked out")
    worked = work_out(item.source, counts, item.max) if counted else Worked(0, reason=NOTHING_YET)
    return Evidence(item, item.source, worked, counts)


def evidence_of(evaluation: Evaluation, enrolment: Enrolment, today: date) -> dict[str, Evidence]:
    """item key → the evidence of one apprentice today; empty for a stage that was not begun here."""
    windows = (
        windows_of(evaluation, today, [enrolment.pk]) if sourced_items(evaluation.scheme.definition) else {}
    )
    if not windows:
        return {}
    return {key: rows[enrolment.pk] for key, rows in evidence_for(evaluation, windows, today).items()}


def evidence_in(mark: Mark, item: ItemInfo) -> Evidence | None:
    """What a mark keeps of the evidence that it was worked out from; None for a mark that somebody gave."""
    if not mark.evidence:
        return None
    rule = source_of({"source": mark.evidence["rule"]})
    if rule is None:
        return None
    counts, reason = mark.evidence["counts"], mark.evidence["reason"]
    if reason == NOTHING_YET:
        return Evidence(item, rule, Worked(0, reason=reason), counts)
    return Evidence(item, rule, work_out(rule, counts, item.max), counts)
