"""Working an analysis out: at once where that is quick, else by a worker; once, and kept as it was."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from craftpath.domain.needs import rules
from craftpath.domain.needs.facts import AnalysisAsked, AnalysisComputed, AnalysisFailed
from craftpath.domain.needs.figuring import figures_of
from craftpath.domain.needs.gathering import Part, fingerprint, parts_of
from craftpath.domain.needs.models import STANDING, Analysis
from craftpath.domain.needs.states import ANALYSIS
from craftpath.domain.surveys.running import analyse_survey, answers_in
from craftpath.engines.needs import VERSION
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import Fact, tell
from craftpath.kernel.jobs import enqueue
from craftpath.kernel.organisations import Organisation
from craftpath.values.text import Text
from craftpath.values.verdict import Refused, Verdict, not_now, require

if TYPE_CHECKING:
    from craftpath.domain.surveys.models import Survey

JOB = "needs"
AT_ONCE = 2_000
"""People up to whom an analysis is worked out while its maker waits: well under a second."""


@action
def make_analysis(
    organisation: Organisation,
    surveys: Sequence[Survey],
    *,
    groups: Sequence[str],
    crosshair: str = "means",
    title: Text | None = None,
    by: Actor,
    at: datetime,
) -> Analysis:
    """Ask for an analysis; the same one is there already for whoever asks twice."""
    require(rules.may_analyse(by, organisation))
    require(rules.can_analyse(surveys, organisation))
    require(rules.can_be_called(title or Text()))
    if crosshair not in rules.CROSSHAIRS:
        raise Refused(not_now("needs.crosshair_unknown"))
    in_line(organisation)
    definition = _definition(surveys, groups, crosshair)
    standing = Analysis._base_manager.filter(
        organisation=organisation, definition=definition, state__in=STANDING
    ).first()
    if standing is not None:
        return standing
    newest = max(surveys, key=lambda one: (one.made_at, one.pk))
    row = Analysis.objects.create(
        organisation=organisation,
        title=(title if title and (title.zh or title.en) else newest.name).as_json(),
        groups=list(groups),
        crosshair=crosshair,
        least=rules.LEAST,
        definition=definition,
        version=VERSION,
        made_by=by.person,
        asked_in=by.organisation,
        made_at=at,
    )
    row.surveys.set(surveys)
    for survey in surveys:
        if survey.state == "closed":
            analyse_survey(survey, by=by, at=at)
    told_of(AnalysisAsked(len(surveys)), row, by=by, at=at)
    return _begin(row, by, at)


def _definition(surveys: Sequence[Survey], groups: Sequence[str], crosshair: str) -> str:
    said = (sorted(one.public_id for one in surveys), sorted(groups), crosshair, VERSION, rules.LEAST)
    return hashlib.sha256(repr(said).encode()).hexdigest()


def _begin(row: Analysis, by: Actor, at: datetime) -> Analysis:
    if sum(map(answers_in, row.surveys.all())) > AT_ONCE:
        enqueue(JOB, row.pk)
        return row
    return carry_out(row, by=by, at=at)


@action
def retry_analysis(row: Analysis, *, by: Actor, at: datetime) -> Analysis:
    """Try once more what could not be worked out; while it is on its way, nothing changes."""
    in_line(row.organisation)
    row = held(row)
    require(rules.may_analyse(by, row.organisation))
    if row.state == "computing":
        return row
    standing = Analysis._base_manager.filter(
        organisation=row.organisation, definition=row.definition, state__in=STANDING
    ).first()
    if standing is not None:  # made anew meanwhile
        return standing
    row.state = ANALYSIS.after(row.state, "retry")
    row.failed, row.failed_facts = "", {}
    row.save()
    return _begin(row, by, at)


def carry_out(row: Analysis, *, by: Actor, at: datetime) -> Analysis:
    """Work it out, whoever looks; a second worker finds it done and writes nothing."""
    if row.state != "computing":
        return row
    try:
        parts = parts_of(list(row.surveys.select_related("organisation")))
        require(_enough(parts, row.least))
        figures = figures_of(parts, row.groups, row.crosshair, row.least)
    except Refused as refused:
        return refuse_analysis(row, refused.verdict, by=by, at=at)
    return finish_analysis(row, figures, fingerprint(parts), by=by, at=at)


def _enough(parts: Sequence[Part], least: int) -> Verdict:
    """Each survey by itself: what a handful adds to others would follow from the sums."""
    for part in parts:
        if part.answers.respondents < least:
            return not_now(
                "needs.too_few", survey=part.survey.name.both(), wave=part.survey.wave, least=least
            )
    return Verdict()


@action
def finish_analysis(
    row: Analysis, figures: dict[str, Any], digest: str, *, by: Actor, at: datetime
) -> Analysis:
    """Keep what came of it; nothing of what another worker has finished."""
    row = held(row)
    if row.state != "computing":
        return row
    row.state, row.computed_at = ANALYSIS.after(row.state, "finish"), at
    row.figures, row.people, row.fingerprint = figures, figures["people"], digest
    row.save()
    told_of(AnalysisComputed(figures["people"], digest), row, by=by, at=at)
    return row


@action
def refuse_analysis(row: Analysis, verdict: Verdict, *, by: Actor, at: datetime) -> Analysis:
    """It could not be worked out, and why."""
    row = held(row)
    if row.state != "computing":
        return row
    row.state, row.failed = ANALYSIS.after(row.state, "refuse"), verdict.reason
    row.failed_facts = {
        name: value if isinstance(value, int) else str(value) for name, value in verdict.facts.items()
    }
    row.save()
    told_of(AnalysisFailed(verdict.reason), row, by=by, at=at)
    return row


def in_line(organisation: Organisation) -> None:
    """Let presses at once come one after the other: the second finds what the first has made. Asked before `held`."""
    Organisation.objects.select_for_update(of=("self",), no_key=True).get(pk=organisation.pk)


def held(row: Analysis) -> Analysis:
    """The row as it is now, kept from others until the end."""
    rows = Analysis._base_manager.select_for_update(of=("self",)).select_related("organisation")
    return rows.get(pk=row.pk)


def told_of(what: Fact, row: Analysis, *, by: Actor, at: datetime) -> None:
    """Tell a fact about an analysis."""
    tell(what, by=by, at=at, organisation=row.organisation, subject=row.ref)
