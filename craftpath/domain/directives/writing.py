"""Writing, publishing, correcting and withdrawing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from django.utils.timezone import localtime

from craftpath.domain.directives import rules
from craftpath.domain.directives.facts import DirectiveCorrected, DirectiveMoved, DirectiveWritten
from craftpath.domain.directives.models import (
    Addressee,
    Directive,
    DirectiveFile,
    DirectiveVersion,
    QuotaLine,
    Target,
)
from craftpath.domain.directives.states import DIRECTIVE
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.exhibits import look_at
from craftpath.kernel.facts import Fact, tell
from craftpath.kernel.files import keep
from craftpath.kernel.organisations import Organisation
from craftpath.values.verdict import Refused, not_now, require


@action
def write_directive(
    draft: rules.Draft, *, organisation: Organisation, made_id: UUID, by: Actor, at: datetime
) -> Directive:
    """Write a draft; the same press twice writes one."""
    require(rules.may_send(by, organisation, draft.places))
    known = Directive._base_manager.filter(made_id=made_id, organisation=organisation).first()
    if known is not None:
        return known
    require(rules.can_keep(draft))
    row = Directive(organisation=organisation, made_id=made_id, made_by=by.person, made_at=at)
    return _fill(row, draft, by=by, at=at)


@action
def change_directive(directive: Directive, draft: rules.Draft, *, by: Actor, at: datetime) -> Directive:
    """Write a draft anew."""
    row = _locked(directive, by)
    require(rules.may_send(by, row.organisation, draft.places))
    row.state = DIRECTIVE.after(row.state, "change")
    require(rules.can_keep(draft))
    for part in (row.targets, row.addressees, row.quotas):
        part.all().delete()
    return _fill(row, draft, by=by, at=at)


def _fill(row: Directive, draft: rules.Draft, *, by: Actor, at: datetime) -> Directive:
    row.kind, row.title, row.words = draft.kind, dict(draft.title), dict(draft.words)
    row.understood, row.answer = draft.understood, draft.answer
    row.ask, row.answer_by = draft.ask.strip(), draft.answer_by
    row.save()
    places = {place.pk: place for place in draft.places}.values()
    Target.objects.bulk_create(Target(directive=row, organisation=one, below=draft.below) for one in places)
    Addressee.objects.bulk_create(Addressee(directive=row, role=one) for one in sorted(set(draft.roles)))
    QuotaLine.objects.bulk_create(
        QuotaLine(
            directive=row, organisation=one.organisation, occupation=dict(one.occupation), stage=one.stage,
            year=one.year, count=one.count,
        )
        for one in draft.quotas
    )  # fmt: skip
    _tell(DirectiveWritten(row.kind), row, by=by, at=at)
    return row


@action
def attach_file(directive: Directive, content: bytes, name: str, *, by: Actor, at: datetime) -> DirectiveFile:
    """Let a file go with a draft."""
    row = _locked(directive, by)
    row.state = DIRECTIVE.after(row.state, "change")
    if row.files.count() >= rules.MOST_FILES:
        raise Refused(not_now("directives.files_many", most=rules.MOST_FILES))
    looked = look_at(content)
    kept = keep(looked.content, name, organisation=row.organisation, by=by, at=at)
    return DirectiveFile.objects.create(directive=row, file=kept, media_type=looked.media_type)


@action
def detach_file(directive: Directive, public_id: str, *, by: Actor, at: datetime) -> None:
    """Take a file out of a draft."""
    row = _locked(directive, by)
    row.state = DIRECTIVE.after(row.state, "change")
    row.files.filter(public_id=public_id).delete()


@action
def publish_directive(directive: Directive, *, shown_from: date, by: Actor, at: datetime) -> Directive:
    """Let those read it whom it is addressed to, from a day on."""
    row = _locked(directive, by)
    row.state = DIRECTIVE.after(row.state, "publish")
    require(rules.can_publish(shown_from, localtime(at).date()))
    row.shown_from, row.published_by, row.published_at = shown_from, by.person, at
    row.save(update_fields=["state", "shown_from", "published_by", "published_at"])
    _tell(DirectiveMoved(row.state), row, by=by, at=at)
    return row


Files = Sequence[tuple[bytes, str]]
"""(content, name) of each."""


@action
def issue_directive(
    draft: rules.Draft,
    *,
    organisation: Organisation,
    made_id: UUID,
    files: Files = (),
    shown_from: date | None = None,
    by: Actor,
    at: datetime,
) -> Directive:
    """Write one with its files, and publish it where a day is given: all of it or nothing."""
    known = Directive._base_manager.filter(made_id=made_id, organisation=organisation).exists()
    row = write_directive(draft, organisation=organisation, made_id=made_id, by=by, at=at)
    return row if known else _with(row, files, shown_from, by=by, at=at)


@action
def reissue_directive(
    directive: Directive,
    draft: rules.Draft,
    *,
    files: Files = (),
    shown_from: date | None = None,
    by: Actor,
    at: datetime,
) -> Directive:
    """The same of a draft that is there."""
    row = change_directive(directive, draft, by=by, at=at)
    return _with(row, files, shown_from, by=by, at=at)


def _with(row: Directive, files: Files, shown_from: date | None, *, by: Actor, at: datetime) -> Directive:
    for content, name in files:
        attach_file(row, content, name, by=by, at=at)
    return row if shown_from is None else publish_directive(row, shown_from=shown_from, by=by, at=at)


@action
def correct_directive(
    directive: Directive,
    *,
    title: Mapping[str, str],
    words: Mapping[str, str],
    because: str,
    again: bool,
    by: Actor,
    at: datetime,
) -> Directive:
    """Put right what was published; what it said stays as a version. `again`: readers read it once more."""
    row = _locked(directive, by)
    row.state = DIRECTIVE.after(row.state, "correct")
    require(rules.can_reason(because))
    require(rules.can_say(title, words))
    if dict(title) == row.title and dict(words) == row.words:
        raise Refused(not_now("directives.unchanged"))
    DirectiveVersion.objects.create(
        directive=row, number=row.number, title=row.title, words=row.words, because=because.strip(),
        corrected_by=by.person, corrected_at=at,
    )  # fmt: skip
    row.number += 1
    row.asks = row.number if again else row.asks
    row.title, row.words = dict(title), dict(words)
    row.save(update_fields=["state", "number", "asks", "title", "words"])
    _tell(DirectiveCorrected(row.number, because.strip(), again), row, by=by, at=at)
    return row


@action
def withdraw_directive(directive: Directive, *, because: str, by: Actor, at: datetime) -> Directive:
    """It no longer holds, and says why; who has read it stays on record."""
    row = _locked(directive, by)
    row.state = DIRECTIVE.after(row.state, "withdraw")
    require(rules.can_reason(because))
    row.withdrawn_at, row.because = at, because.strip()
    row.save(update_fields=["state", "withdrawn_at", "because"])
    _tell(DirectiveMoved(row.state, row.because), row, by=by, at=at)
    return row


@action
def discard_directive(directive: Directive, *, by: Actor, at: datetime) -> Directive:
    """Throw a draft away."""
    row = _locked(directive, by)
    row.state = DIRECTIVE.after(row.state, "discard")
    row.save(update_fields=["state"])
    _tell(DirectiveMoved(row.state), row, by=by, at=at)
    return row


def _locked(directive: Directive, by: Actor) -> Directive:
    rows = Directive.objects.select_for_update(of=("self",)).select_related("organisation")
    row = rows.get(pk=directive.pk)
    require(rules.may_issue(by, row.organisation))
    return row


def _tell(fact: Fact, row: Directive, *, by: Actor, at: datetime) -> None:
    tell(fact, by=by, at=at, organisation=row.organisation, subject=row.ref)
