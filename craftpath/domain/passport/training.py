"""Where somebody was trained: employers, apprenticeships, stages, results, hours, skills."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import numpy as np
from django.utils.timezone import localdate

from craftpath.domain.agreements.queries import agreements, signed_amendments
from craftpath.domain.apprenticeships.queries import begun_stages
from craftpath.domain.evaluation.queries import figures_of
from craftpath.domain.evaluation.versions import versions
from craftpath.domain.growth.scale import level_of
from craftpath.domain.growth.standing import standing
from craftpath.domain.logbook.skilled import minutes_by_skill
from craftpath.domain.passport import wording
from craftpath.domain.passport.gathering import Asked, gives
from craftpath.domain.passport.record import Entry, Line
from craftpath.domain.programmes.definition import components
from craftpath.domain.programmes.details import level_names
from craftpath.domain.programmes.queries import buckets_by_programme
from craftpath.domain.standards.queries import skills_by_key
from craftpath.domain.training.queries import minutes_by_bucket
from craftpath.values.ref import Ref
from craftpath.values.text import Text

if TYPE_CHECKING:
    from craftpath.domain.agreements.models import Agreement, Amendment
    from craftpath.domain.apprenticeships.models import Cohort, Enrolment
    from craftpath.domain.evaluation.models import ResultVersion
    from craftpath.kernel.organisations import Organisation

MOST_COHORTS = 3
"""Of how many apprenticeships, the newest first, skills are asked: each costs some queries."""
HELD = ("active", "completed", "terminated", "expired")


def aimed_at(cohort: Cohort) -> Text:
    """The occupation, else the programme."""
    return Text.of(cohort.occupation or cohort.programme.name)


def said(*places: Organisation | None) -> tuple[Text, ...]:
    """The names of organisations, those that are none left out."""
    return tuple(Text.of(one.name) for one in places if one is not None)


@gives("employers")
def employers(asked: Asked) -> Iterator[Entry]:
    """Each agreement that came into force, one entry for each enterprise that it led to; never what it pays."""
    rows = list(agreements().filter(enrolment__person=asked.person, state__in=HELD))
    moves = signed_amendments(rows, "in_force")
    for row in rows:
        for place, first, last in _stretches(row, moves.get(row.pk, []), asked.today):
            cohort = row.enrolment.cohort
            yield Entry(
                aimed_at(cohort), first, last, said(place),
                (Line(wording.COLLEGE, Text.of(row.organisation.name)),),
                _state(first, last, asked.today),
                row.ref,
            )  # fmt: skip


def _state(first: date, last: date | None, today: date) -> str:
    if first > today:
        return "coming"
    return "current" if last is None or last >= today else "over"


def _stretches(
    row: Agreement, moves: Sequence[Amendment], today: date
) -> Iterator[tuple[Organisation, date, date | None]]:
    """(enterprise, first day, last day) of an agreement that may have gone on elsewhere."""
    first = row.active_on or row.starts_on
    for move in moves:
        if move.former_id != move.enterprise_id and first < move.takes_effect_on <= today:
            yield move.former, first, move.takes_effect_on - timedelta(days=1)
            first = move.takes_effect_on
    yield row.enterprise, first, row.ended_on or row.ends_on


@gives("training")
def apprenticeships(asked: Asked) -> Iterator[Entry]:
    """Each enrolment."""
    for row in asked.enrolments:
        cohort = row.cohort
        over = row.ended_on is not None
        yield Entry(
            aimed_at(cohort), row.starts_on, row.ended_on, said(cohort.organisation, row.enterprise),
            (
                Line(wording.COHORT, Text.of(cohort.name)),
                Line(wording.PROGRAMME, Text.of(cohort.programme.name)),
            ),
            "over" if over else "current",
            _ref(row),
        )  # fmt: skip


@gives("stages")
def stages(asked: Asked) -> Iterator[Entry]:
    """Every stage that was begun."""
    known = {row.pk: row for row in asked.enrolments}
    rows = begun_stages().filter(enrolment__in=list(known)).select_related("stage")
    for row in rows:
        of = known[row.enrolment_id]
        yield Entry(
            Text.of(row.stage.name), row.opened_on, row.passed_on, said(of.cohort.organisation, of.enterprise),
            (Line(wording.OCCUPATION, aimed_at(of.cohort)),),
            "passed" if row.state == "passed" else "current",
            _ref(of),
        )  # fmt: skip


@gives("results")
def results(asked: Asked) -> Iterator[Entry]:
    """Results that somebody with authority decided, as they stand now; what is still open is nobody's business."""
    known = {row.pk: row for row in asked.enrolments}
    standing_now: dict[tuple[int, int], ResultVersion] = {}
    for version in versions().filter(enrolment__in=list(known)):
        standing_now.setdefault((version.evaluation_id, version.enrolment_id), version)
    for row in standing_now.values():
        of = known[row.enrolment_id]
        yield Entry(
            Text.of(row.evaluation.stage.name), localdate(row.decision.made_at), None,
            said(of.cohort.organisation), tuple(_sums(row, of)), "passed" if row.passed else "not_passed", _ref(of),
        )  # fmt: skip


def _sums(row: ResultVersion, of: Enrolment) -> Iterator[Line]:
    definition = row.decision.scheme.definition
    one = Decimal(1).scaleb(-int(definition.get("decimals", 1)))
    yield Line(wording.OCCUPATION, aimed_at(of.cohort))
    if row.total is not None:
        yield Line(wording.TOTAL, row.total.quantize(one))
    if row.grade:
        yield Line(wording.GRADE, level_names(definition).get(row.grade) or Text.of(row.grade))
    for part, kept in zip(components(definition), row.figures, strict=False):
        figures = figures_of(kept)
        if figures.value is not None:
            yield Line(part.name, figures.value)


@gives("hours")
def hours(asked: Asked) -> Iterator[Entry]:
    """What the ledger holds, by kind of hours, for each apprenticeship; of it what logs name a core skill for."""
    practised = minutes_by_skill(row.pk for row in asked.enrolments)
    named = skills_by_key({key for one in practised.values() for key in one})
    kinds = buckets_by_programme(row.cohort.programme_id for row in asked.enrolments)
    ledger = minutes_by_bucket(row.pk for row in asked.enrolments)
    for row in asked.enrolments:
        own = ledger.get(row.pk, {})
        lines = [
            Line(one.title, in_hours(own[one.key]))
            for one in kinds.get(row.cohort.programme_id, [])
            if own.get(one.key)
        ]
        by_skill = practised.get(row.pk, {})
        lines += [
            Line(wording.of_skill(named[key]), in_hours(by_skill[key]))
            for key in sorted(by_skill)
            if key in named
        ]
        if lines:
            yield Entry(
                aimed_at(row.cohort), row.starts_on, row.ended_on, said(row.cohort.organisation, row.enterprise),
                tuple(lines), "over" if row.ended_on else "current", _ref(row),
            )  # fmt: skip


@gives("skills")
def skills(asked: Asked) -> Iterator[Entry]:
    """Where one stands in each core skill at the end of what was done so far, an entry for each apprenticeship."""
    for row in asked.enrolments[:MOST_COHORTS]:
        found = standing(row.cohort, [row.pk], asked.today)
        lines = []
        for n, skill in enumerate(found.skills):
            known = np.flatnonzero(~np.isnan(found.levels.level[0, n]))
            if known.size:
                level = level_of(float(found.levels.level[0, n, known[-1]]))
                lines.append(Line(Text.of(skill.name), Decimal(f"{level:.1f}")))
        if lines:
            yield Entry(
                aimed_at(row.cohort), row.starts_on, row.ended_on, said(row.cohort.organisation),
                tuple(lines), "over" if row.ended_on else "current", _ref(row),
            )  # fmt: skip


def in_hours(minutes: int) -> Decimal:
    """Minutes as hours with one place."""
    return (Decimal(minutes) / 60).quantize(Decimal("0.1"))


def _ref(row: Enrolment) -> Ref:
    return Ref("apprenticeships", "enrolment", row.public_id)
