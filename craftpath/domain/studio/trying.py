"""A class tries a version; what that came to by a day is written down and stays."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING

from craftpath.domain.studio import rules
from craftpath.domain.studio.content import Content, fingerprint
from craftpath.domain.studio.facts import EvidenceKept, TrialChanged
from craftpath.domain.studio.gathering import gather
from craftpath.domain.studio.holding import held_version, told
from craftpath.domain.studio.models import DraftVersion, EvidenceSheet, Trial
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.values.verdict import Refused, not_now, require

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Cohort


@action
def begin_trial(
    version: DraftVersion, cohort: Cohort, *, question: str, starts_on: date, by: Actor, at: datetime
) -> Trial:
    """A class begins to try a version. The caller has found the class among those that `by` sees."""
    row = held_version(version, by)
    require(rules.can_try(row))
    if len(question) > rules.LONGEST_WORDS:
        raise Refused(not_now("studio.words_too_long", most=rules.LONGEST_WORDS))
    known = row.trials.filter(cohort=cohort).first()
    if known is not None:
        return known
    trial = Trial.objects.create(
        version=row,
        cohort=cohort,
        question=question.strip(),
        starts_on=starts_on,
        made_by=by.person,
        made_at=at,
    )
    told(TrialChanged(row.number, ended=False), row.draft, row.ref, by=by, at=at)
    return trial


@action
def end_trial(trial: Trial, *, ends_on: date, today: date, by: Actor, at: datetime) -> Trial:
    """The day after the last one; nothing later counts. Once ended it stays so."""
    row = held_version(trial.version, by)
    trial = Trial.objects.get(pk=trial.pk)
    if trial.ends_on is not None:
        return trial
    require(rules.can_end(trial.starts_on, ends_on, today))
    trial.ends_on = ends_on
    trial.save(update_fields=["ends_on"])
    told(TrialChanged(row.number, ended=True), row.draft, row.ref, by=by, at=at)
    return trial


@action
def keep_evidence(
    trial: Trial, *, on: date, costs: Mapping[str, str] | None = None, by: Actor, at: datetime
) -> EvidenceSheet:
    """What the trial has come to by a day, as figures; one sheet a day, the first one stays.

    `costs`, which no record here knows, are what the office states: {amount, currency, source}.
    """
    row = held_version(trial.version, by)
    known = trial.sheets.filter(on=on).first()
    if known is not None:
        return known
    if costs:
        require(rules.can_cost(costs))
    rows = [one.as_json() for one in gather(trial, Content.of(row.content), on, dict(costs or {}))]
    last = trial.sheets.order_by("-number").values_list("number", flat=True).first() or 0
    sheet = EvidenceSheet.objects.create(
        trial=trial, number=last + 1, on=on, rows=rows, sha256=fingerprint({"rows": rows}), made_by=by.person,
        made_at=at,
    )  # fmt: skip
    told(EvidenceKept(row.number, sheet.number), row.draft, row.ref, by=by, at=at)
    return sheet
