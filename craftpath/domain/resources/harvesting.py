"""Other catalogues: added, read by a worker, stopped; what they suggest is taken or declined, never taken over."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from craftpath.domain.resources import rules
from craftpath.domain.resources.facts import SourceMoved, SourceRead
from craftpath.domain.resources.models import LONGEST_LINE, LONGEST_LINK, Resource, Source, Suggestion
from craftpath.domain.resources.states import SOURCE, SUGGESTION
from craftpath.domain.resources.taking import add_link, guesses_from
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.kernel.jobs import enqueue
from craftpath.kernel.organisations import Organisation
from craftpath.values.text import Text
from craftpath.values.verdict import Refused, not_now, require

EVERY = timedelta(days=1)
MOST_FAILURES = 5
MOST_SUGGESTED = 200_000
"""Records of one catalogue that are kept."""


@dataclass(frozen=True, slots=True)
class Came:
    """A record as a catalogue elsewhere gave it."""

    identifier: str
    stamp: str
    record: Mapping[str, Any]
    gone: bool = False


@action
def add_source(
    organisation: Organisation, *, name: str, address: str, only: str = "", by: Actor, at: datetime
) -> Source:
    """Read another catalogue from now on. The door has looked at where its address leads; the job does so again."""
    require(rules.may_tend(by, organisation))
    require(rules.can_link(address))
    if not name.strip():
        raise Refused(not_now("resources.source_unnamed"))
    Organisation.objects.select_for_update(of=("self",), no_key=True).get(pk=organisation.pk)
    standing = Source._base_manager.filter(organisation=organisation)
    if standing.filter(address=address, only=only).exists():
        raise Refused(not_now("resources.source_twice"))
    if standing.count() >= rules.MOST_SOURCES:
        raise Refused(not_now("resources.sources_too_many", most=rules.MOST_SOURCES))
    row = Source.objects.create(
        organisation=organisation, name=name.strip()[:LONGEST_LINE], address=address, only=only.strip()[:LONGEST_LINE],
        next_at=at, made_by=by.person, made_at=at,
    )  # fmt: skip
    tell(SourceMoved("on"), by=by, at=at, organisation=organisation, subject=row.ref)
    enqueue("harvest", row.pk)
    return row


@action
def stop_source(source: Source, *, by: Actor, at: datetime) -> Source:
    """Read it no more; what it suggested stays."""
    return _move(source, "stop", "stopped", by, at)


@action
def resume_source(source: Source, *, by: Actor, at: datetime) -> Source:
    """Read it again, from where it stopped."""
    row = _move(source, "resume", "on", by, at)
    enqueue("harvest", row.pk)
    return row


def _move(source: Source, move: str, state: str, by: Actor, at: datetime) -> Source:
    row = _held(source)
    require(rules.may_tend(by, row.organisation))
    if row.state == state:
        return row
    row.state, row.failures, row.next_at = SOURCE.after(row.state, move), 0, at
    if state == "on":
        row.because, row.facts = "", {}
    row.save()
    tell(SourceMoved(state), by=by, at=at, organisation=row.organisation, subject=row.ref)
    return row


def _held(source: Source) -> Source:
    rows = Source._base_manager.select_for_update(of=("self",), no_key=True)
    return rows.select_related("organisation").get(pk=source.pk)


def due(at: datetime) -> list[int]:
    """Ids of the sources whose time has come."""
    rows = Source._base_manager.filter(state="on", next_at__lte=at)
    return list(rows.order_by("next_at").values_list("pk", flat=True)[:50])


@action
def note_part(
    source: Source, came: Sequence[Came], *, token: str, begun: str, by: Actor, at: datetime
) -> Source:
    """Keep a part of a list. A record is never written over what was taken here: only the suggestion is."""
    row = _held(source)
    if row.state != "on":
        return row
    known = {
        one.identifier: one
        for one in Suggestion._base_manager.filter(
            source=row, identifier__in=[one.identifier for one in came]
        )
    }
    new, old = [], []
    for one in {one.identifier: one for one in came if len(one.identifier) <= LONGEST_LINK}.values():
        standing = known.get(one.identifier)
        if standing is None:
            if not one.gone:
                new.append(
                    Suggestion(
                        source=row,
                        identifier=one.identifier,
                        stamp=one.stamp[:30],
                        record=dict(one.record),
                        came_at=at,
                    )
                )
            continue
        standing.stamp, standing.gone = one.stamp[:30], one.gone
        standing.record = standing.record if one.gone else dict(one.record)
        old.append(standing)
    if new and row.suggestions.count() + len(new) > MOST_SUGGESTED:
        raise Refused(not_now("resources.catalogue_too_large", most=MOST_SUGGESTED))
    Suggestion.objects.bulk_create(new)
    Suggestion.objects.bulk_update(old, ["stamp", "gone", "record"])
    row.token, row.begun, row.failures, row.because, row.facts = token, begun[:30], 0, "", {}
    row.parts = row.parts + 1 if token else 0
    if not token:
        row.until, row.begun, row.read_at, row.next_at = begun[:30], "", at, at + EVERY
        told = SourceRead(len(new) + sum(not one.gone for one in old), sum(one.gone for one in old))
        tell(told, by=by, at=at, organisation=row.organisation, subject=row.ref)
    row.save()
    return row


@action
def note_failure(source: Source, reason: str, facts: Mapping[str, Any], *, by: Actor, at: datetime) -> Source:
    """Say why it could not be read; a list that broke off is begun anew, and after some failures it stops."""
    row = _held(source)
    if row.state != "on":
        return row
    row.failures, row.because, row.facts = row.failures + 1, reason[:60], dict(facts)
    row.token, row.begun, row.parts, row.next_at = "", "", 0, at + EVERY
    if row.failures >= MOST_FAILURES:
        row.state = SOURCE.after(row.state, "stop")
        tell(SourceMoved("failed"), by=by, at=at, organisation=row.organisation, subject=row.ref)
    row.save()
    return row


@action
def take_suggestion(suggestion: Suggestion, *, by: Actor, at: datetime) -> Resource:
    """Make a draft of it that leads to its own address: it is confirmed and shared as a dropped file is."""
    row = _held_suggestion(suggestion)
    organisation = row.source.organisation
    require(rules.may_tend(by, organisation))
    if row.state == "taken" and row.resource is not None:
        return row.resource
    if row.gone:
        raise Refused(not_now("resources.gone_there"))
    said = row.record
    title = Text.of(said.get("title") or {})
    made = add_link(
        said.get("address", ""), title, organisation=organisation, made_id=uuid.uuid4(),
        origin=f"{row.source.name} · {row.identifier}", guesses=guesses_from(said), by=by, at=at,
    )  # fmt: skip
    row.state, row.resource = SUGGESTION.after(row.state, "take"), made
    row.save(update_fields=["state", "resource"])
    return made


@action
def decline_suggestion(suggestion: Suggestion, *, by: Actor, at: datetime) -> Suggestion:
    """Not wanted here; a later change there does not bring it back."""
    row = _held_suggestion(suggestion)
    require(rules.may_tend(by, row.source.organisation))
    if row.state == "declined":
        return row
    row.state = SUGGESTION.after(row.state, "decline")
    row.save(update_fields=["state"])
    return row


def _held_suggestion(suggestion: Suggestion) -> Suggestion:
    rows = Suggestion._base_manager.select_for_update(of=("self",), no_key=True)
    return rows.select_related("source__organisation", "resource").get(pk=suggestion.pk)
