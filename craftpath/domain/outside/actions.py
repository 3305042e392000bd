"""Saying what counts, and letting it count."""

from __future__ import annotations

from datetime import datetime

from craftpath.domain.activity.actions import name_people
from craftpath.domain.activity.queries import sent
from craftpath.domain.activity.storing import stored_through
from craftpath.domain.outside import rules
from craftpath.domain.outside.facts import EvidenceTaken, MappingMade, MappingReadAgain, MappingStopped
from craftpath.domain.outside.matching import Match, counting, matches
from craftpath.domain.outside.models import WHOLE, Mapping, OutsideEvidence
from craftpath.domain.standards.queries import keys_seen
from craftpath.engines.xapi import Wrong
from craftpath.engines.xapi.values import an_iri
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.clients import Client
from craftpath.kernel.facts import tell
from craftpath.kernel.organisations import Organisation
from craftpath.values.verdict import Refused, not_now, require

AT_ONCE = 500


def drafted(
    organisation: Organisation,
    client: Client | None,
    *,
    name: str,
    verb: str,
    activity: str,
    begins: bool,
    least: int | None,
    needs_success: bool,
    skill: str,
) -> Mapping:
    """A mapping that is not kept yet, if it is one; `least` is a percentage."""
    said = " ".join(name.replace("\0", "").split())
    if not said or len(said) > rules.LONGEST_NAME:
        raise Refused(not_now("outside.no_name", most=rules.LONGEST_NAME))
    if client is None:
        raise Refused(not_now("outside.no_program"))
    require(rules.can_send(client, organisation))
    for value in filter(None, (verb.strip() or "-", activity.strip())):
        try:
            an_iri(value, "")
        except Wrong as wrong:
            raise Refused(not_now("outside.not_an_address", value=value[:80])) from wrong
    if begins and not activity.strip():
        raise Refused(not_now("outside.nothing_to_begin"))
    if least is not None and not 0 <= least <= 100:
        raise Refused(not_now("outside.least_unclear"))
    if skill not in keys_seen([skill]):
        raise Refused(not_now("outside.skill_unknown"))
    return Mapping(
        organisation=organisation,
        client=client,
        name=said,
        verb=verb.strip(),
        activity=activity.strip(),
        begins=begins,
        least=None if least is None else least * WHOLE // 100,
        needs_success=needs_success,
        skill=skill,
    )


@action
def make_mapping(draft: Mapping, *, by: Actor, at: datetime) -> Mapping:
    """Let what a draft describes count from now on, and what has come before."""
    require(rules.may_map(by, draft.organisation))
    require(rules.can_send(draft.client, draft.organisation))
    draft.made_by, draft.made_at = by.person, at  # type: ignore[assignment]
    draft.save(force_insert=True)
    told = MappingMade(draft.name, draft.client.name, draft.verb, draft.activity, draft.skill)
    tell(told, by=by, at=at, organisation=draft.organisation, subject=draft.ref)
    return draft


@action
def stop_mapping(mapping: Mapping, *, by: Actor, at: datetime) -> Mapping:
    """Let nothing further count by it. Twice is once."""
    row = _locked(mapping)
    require(rules.may_map(by, row.organisation))
    if row.stopped_at is None:
        row.stopped_by, row.stopped_at = by.person, at
        row.save(update_fields=["stopped_by", "stopped_at"])
        tell(MappingStopped(row.name), by=by, at=at, organisation=row.organisation, subject=row.ref)
    return row


@action
def read_again(mapping: Mapping, *, by: Actor, at: datetime) -> Mapping:
    """Hold all statements against it once more: what counts already counts once, whoever is known by now is found."""
    row = _locked(mapping)
    require(rules.may_map(by, row.organisation))
    require(rules.can_change(row))
    row.read_at = row.read_row = None
    row.save(update_fields=["read_at", "read_row"])
    tell(MappingReadAgain(row.name), by=by, at=at, organisation=row.organisation, subject=row.ref)
    return row


@action
def apply_mapping(mapping: Mapping, *, by: Actor, at: datetime) -> int:
    """Let the statements count that have come since the last time; returns how many. As often as one likes."""
    row = _locked(mapping)
    if row.stopped_at is not None:
        return 0
    until, taken = stored_through(), 0
    while True:
        after = (row.read_at, row.read_row) if row.read_at and row.read_row else None
        lines = sent(row.organisation, row.client_id, row.verb, limit=AT_ONCE, after=after, until=until)
        if not lines:
            break
        found = matches(row, lines)
        name_people({one.row: one.person for one in found if one.person is not None})
        taken += _take(row, counting(found), at)
        row.read_at, row.read_row = lines[-1].stored_at, lines[-1].row
    row.save(update_fields=["read_at", "read_row"])
    if taken:
        told = EvidenceTaken(row.name, taken)
        tell(told, by=by, at=at, organisation=row.organisation, subject=row.ref)
    return taken


def _take(row: Mapping, found: list[Match], at: datetime) -> int:
    here = set(
        OutsideEvidence._base_manager.filter(
            mapping=row, statement__in=[one.row for one in found]
        ).values_list("statement", flat=True)
    )
    new = [one for one in found if one.row not in here]
    OutsideEvidence._base_manager.bulk_create(
        OutsideEvidence(
            organisation=row.organisation,
            mapping=row,
            enrolment_id=one.enrolment,  # type: ignore[misc]  # whoever is here is for somebody
            statement=one.row,
            on=one.on,
            score=one.score,
            about=one.about,
            taken_at=at,
        )
        for one in new
    )
    return len(new)


def _locked(mapping: Mapping) -> Mapping:
    rows = Mapping._base_manager.select_for_update(of=("self",)).select_related("organisation", "client")
    return rows.get(pk=mapping.pk)
