"""Writing rubrics: drafts, versions, retiring."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Max

from craftpath.domain.judging import rubrics, rules
from craftpath.domain.judging.facts import RubricRetired, RubricSaved, RubricUsed
from craftpath.domain.judging.models import Rubric
from craftpath.domain.judging.states import RUBRIC
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.kernel.organisations import Organisation
from craftpath.values.verdict import Refused, not_now, require


@action
def draft_rubric(
    *,
    organisation: Organisation,
    name: Mapping[str, str],
    definition: Mapping[str, Any],
    source: Rubric | None = None,
    by: Actor,
    at: datetime,
) -> Rubric:
    """A new rubric, or the next version of one's own; one made from somebody else's is a rubric by itself.

    A next version that says what a draft says already is that draft, so a second press makes no second one.
    """
    require(rules.may_write_rubrics(by, organisation))
    Organisation.objects.select_for_update(of=("self",), no_key=True).get(pk=organisation.pk)
    row = Rubric(organisation=organisation, name=dict(name), definition=dict(definition))
    if source is not None and source.organisation_id == organisation.pk:
        others = Rubric._base_manager.filter(organisation=organisation, key=source.key)
        print_ = rubrics.fingerprint(definition)
        standing = others.filter(state=RUBRIC.start, fingerprint=print_, name=dict(name)).first()
        if standing is not None:
            return standing
        row.key = source.key
        row.version = (others.aggregate(newest=Max("version"))["newest"] or 0) + 1
    _write(row, by=by, at=at)
    return row


@action
def save_rubric(
    rubric: Rubric, *, name: Mapping[str, str], definition: Mapping[str, Any], by: Actor, at: datetime
) -> Rubric:
    """Write a draft anew; a version that was used stays as it is."""
    row = _locked(rubric)
    require(rules.may_write_rubrics(by, row.organisation))
    require(rules.can_change_rubric(row))
    if row.fingerprint == rubrics.fingerprint(definition) and row.name == dict(name):
        return row
    row.name, row.definition = dict(name), dict(definition)
    _write(row, by=by, at=at)
    return row


@action
def retire_rubric(rubric: Rubric, *, by: Actor, at: datetime) -> Rubric:
    """Nothing new is judged by this version; what is under way goes on."""
    row = _locked(rubric)
    require(rules.may_write_rubrics(by, row.organisation))
    require(rules.can_retire_rubric(row))
    row.state = RUBRIC.after(row.state, "retire")
    row.save(update_fields=["state"])
    tell(RubricRetired(row.version), by=by, at=at, organisation=row.organisation, subject=row.ref)
    return row


@action
def use_rubric(rubric: Rubric, *, by: Actor, at: datetime) -> Rubric:
    """Fix a version, since something is judged by it; what is fixed already stays fixed."""
    row = _locked(rubric)
    require(rules.may_read_rubrics(by))
    require(rules.can_use(row))
    if row.state == RUBRIC.start:
        row.state = RUBRIC.after(row.state, "use")
        row.save(update_fields=["state"])
        tell(RubricUsed(row.version), by=by, at=at, organisation=row.organisation, subject=row.ref)
    return row


def _locked(rubric: Rubric) -> Rubric:
    return Rubric.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=rubric.pk)


def _write(row: Rubric, *, by: Actor, at: datetime) -> None:
    """The one place where a definition is stored: it holds, or nothing is saved."""
    found = rubrics.faults(row.definition)
    if found:
        raise Refused(not_now("judging.rubric_faulty", faults=found))
    row.fingerprint = rubrics.fingerprint(row.definition)
    row.made_by, row.made_at = by.person, at
    row.save()
    tell(
        RubricSaved(row.version, row.fingerprint),
        by=by,
        at=at,
        organisation=row.organisation,
        subject=row.ref,
    )
