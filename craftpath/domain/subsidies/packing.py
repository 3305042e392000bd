"""The whole file as one archive: asked for, made by a worker, fetched; what it holds is decided in the doors."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from craftpath.domain.subsidies.facts import PackAsked, PackFetched
from craftpath.domain.subsidies.models import Pack, SubsidyFile
from craftpath.domain.subsidies.opening import held
from craftpath.domain.subsidies.states import PACK
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.kernel.files import drop, keep_file
from craftpath.kernel.jobs import enqueue
from craftpath.values.verdict import Refused, Verdict, not_now

KEPT = timedelta(days=7)
"""How long an archive is there to be fetched."""


@dataclass(frozen=True, slots=True)
class Packed:
    """An archive on the disk, what it is called, how many files it holds and how many papers are missing."""

    path: Path
    name: str
    entries: int
    missing: int


@action
def ask_pack(file: SubsidyFile, *, language: str, by: Actor, at: datetime) -> Pack:
    """Ask a worker for the archive; whoever asks twice gets the one that is being made."""
    if by.person is None or by.organisation is None:
        raise TypeError("an archive is made for a person of an organisation")
    file = held(file)
    standing = Pack._base_manager.filter(file=file, asked_by=by.person, state="asked").first()
    if standing is not None:
        return standing
    row = Pack.objects.create(
        file=file, asked_in=by.organisation, asked_by=by.person, asked_at=at, language=language
    )
    tell(PackAsked(), by=by, at=at, organisation=file.organisation, subject=file.ref)
    enqueue("subsidy_pack", row.pk)
    return row


@action
def finish_pack(pack: Pack, packed: Packed, *, by: Actor, at: datetime) -> Pack:
    """Keep the archive; nothing is kept of one that another worker has finished."""
    row = _held(pack)
    if row.state != "asked":
        return row
    row.state, row.entries, row.missing = PACK.after(row.state, "finish"), packed.entries, packed.missing
    row.ended_at = at
    row.archive = keep_file(packed.path, packed.name, organisation=row.asked_in, by=by, at=at)
    row.save()
    return row


@action
def refuse_pack(pack: Pack, verdict: Verdict, *, by: Actor, at: datetime) -> Pack:
    """It could not be made, and why; whoever comes back reads it."""
    row = _held(pack)
    if row.state != "asked":
        return row
    row.state, row.reason, row.ended_at = PACK.after(row.state, "refuse"), verdict.reason, at
    row.save(update_fields=["state", "reason", "ended_at"])
    return row


@action
def forget_packs(*, by: Actor, at: datetime) -> int:
    """Let go of archives that were made some days ago; what they were made of stays. Returns how many."""
    old = Pack._base_manager.select_for_update(of=("self",)).filter(state="done", ended_at__lt=at - KEPT)
    rows = list(old.select_related("archive"))
    for row in rows:
        kept, row.archive = row.archive, None
        row.state = PACK.after(row.state, "forget")
        row.save(update_fields=["state", "archive"])
        if kept is not None:
            drop(kept)
    return len(rows)


@action
def fetch_pack(pack: Pack, *, by: Actor, at: datetime) -> Pack:
    """Let the archive out of the house, and note it."""
    if pack.archive is None:
        raise Refused(not_now("subsidies.pack_not_there"))
    told = PackFetched(sha256=pack.archive.sha256)
    tell(told, by=by, at=at, organisation=pack.file.organisation, subject=pack.file.ref)
    return pack


def _held(pack: Pack) -> Pack:
    rows = Pack._base_manager.select_for_update(of=("self",))
    return rows.select_related("file__organisation", "asked_in").get(pk=pack.pk)
