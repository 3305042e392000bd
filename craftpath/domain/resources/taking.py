"""Taking files and links in: kept as they came, read by a worker, compared with what is here."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db.models import Count

from craftpath.domain.resources import rules
from craftpath.domain.resources.facts import ResourceTaken, VersionAdded
from craftpath.domain.resources.models import LONGEST_LINE, LONGEST_TITLE, Band, Pair, Resource, Version
from craftpath.domain.resources.sharing import held, note_listed
from craftpath.domain.resources.states import VERSION
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.kernel.files import KeptFile, drop, keep, keep_file
from craftpath.kernel.jobs import enqueue
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.search import likeness
from craftpath.values.text import Text
from craftpath.values.verdict import Refused, Verdict, may_not, not_now, require

MOST_COMPARED = 40
ALIKE = 60
"""Percent of shared text from which two are shown as doubles."""
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Read:
    """What a worker read in a file. `guesses` are field → {"value", "sure"}."""

    form: str
    kind: str = "document"
    language: str = ""
    length: int = 0
    seconds: int = 0
    pages: Sequence[str] = ()
    without_text: bool = False
    guesses: Mapping[str, Any] = field(default_factory=dict)


@action
def drop_file(
    content: bytes | Path, name: str, *, organisation: Organisation, made_id: uuid.UUID, origin: str = "", by: Actor,
    at: datetime,
) -> Resource:  # fmt: skip
    """Keep a file as a draft and have a worker read it; the same `made_id` again is the same resource."""
    require(rules.may_keep(by, organisation))
    _require_small(content)
    standing = Resource._base_manager.filter(made_id=made_id).first()
    if standing is not None:
        return _own(standing, organisation, by)
    row = _new(Path(name).stem, organisation, made_id, by, at, origin=origin[:LONGEST_LINE])
    _add_version(row, _kept(content, name, organisation, by, at), made_id, by, at)
    tell(ResourceTaken(name[-LONGEST_LINE:]), by=by, at=at, organisation=organisation, subject=row.ref)
    return row


@action
def add_link(
    link: str, title: Text, *, organisation: Organisation, made_id: uuid.UUID, origin: str = "",
    guesses: Mapping[str, Any] | None = None, by: Actor, at: datetime,
) -> Resource:  # fmt: skip
    """Keep an address of the web as a draft; nothing is fetched."""
    require(rules.may_keep(by, organisation))
    require(rules.can_link(link))
    standing = Resource._base_manager.filter(made_id=made_id).first()
    if standing is not None:
        return _own(standing, organisation, by)
    row = _new("", organisation, made_id, by, at, origin=origin[:LONGEST_LINE])
    row.title = Text(title.zh[:LONGEST_TITLE], title.en[:LONGEST_TITLE]).as_json()
    row.kind, row.guesses = "link", dict(guesses or {})
    row.save()
    Version.objects.create(
        resource=row, made_id=made_id, number=1, link=link, form="link", state="ready", made_by=by.person, made_at=at,
    )  # fmt: skip
    tell(ResourceTaken(link[:LONGEST_LINE]), by=by, at=at, organisation=organisation, subject=row.ref)
    return row


@action
def add_version(
    resource: Resource, content: bytes | Path, name: str, *, made_id: uuid.UUID, words: str = "", by: Actor,
    at: datetime,
) -> Version:  # fmt: skip
    """A newer file; it is offered once it was read. Who uses the one before keeps that one and is told."""
    row = held(resource)
    require(rules.may_change(by, row))
    if row.state != "shared":
        raise Refused(not_now("resources.not_shared"))
    _require_small(content)
    standing = Version._base_manager.filter(made_id=made_id).first()
    if standing is not None:
        return standing
    file = _kept(content, name, row.organisation, by, at)
    if row.current is not None and row.current.sha256 == file.sha256:
        raise Refused(not_now("resources.same_file"))
    return _add_version(row, file, made_id, by, at, words=words.strip()[:LONGEST_LINE])


def _require_small(content: bytes | Path) -> None:
    size = len(content) if isinstance(content, bytes) else content.stat().st_size
    if not size:
        raise Refused(not_now("resources.empty"))
    require(rules.small_enough(size))


def _kept(content: bytes | Path, name: str, organisation: Organisation, by: Actor, at: datetime) -> KeptFile:
    where: Any = {"organisation": organisation, "by": by, "at": at}
    return keep(content, name, **where) if isinstance(content, bytes) else keep_file(content, name, **where)


def _new(
    title: str, organisation: Organisation, made_id: uuid.UUID, by: Actor, at: datetime, *, origin: str
) -> Resource:
    return Resource.objects.create(
        made_id=made_id, organisation=organisation, title=Text.of(title[:LONGEST_TITLE]).as_json(), origin=origin,
        made_by=by.person, made_at=at, changed_at=at,
    )  # fmt: skip


def _add_version(
    row: Resource, file: KeptFile, made_id: uuid.UUID, by: Actor, at: datetime, *, words: str = ""
) -> Version:
    last = row.versions.order_by("-number").values_list("number", flat=True).first() or 0
    version = Version.objects.create(
        resource=row, made_id=made_id, number=last + 1, file=file, sha256=file.sha256, words=words,
        made_by=by.person, made_at=at,
    )  # fmt: skip
    enqueue("resource", version.pk)
    return version


def _own(row: Resource, organisation: Organisation, by: Actor) -> Resource:
    if row.organisation_id != organisation.pk or row.made_by_id != (by.person.pk if by.person else None):
        raise Refused(may_not("resources.form_used"))
    return row


@action
def finish_version(version: Version, read: Read, *, by: Actor, at: datetime) -> Version:
    """Note what was read in it, offer it where it is of something shared, and find what looks like it."""
    row = _held(version)
    if row.state != "reading":
        return row
    resource = held(row.resource)
    row.form, row.length, row.seconds = read.form[:10], read.length, read.seconds
    row.pages, row.without_text = list(read.pages), read.without_text
    row.sketch = likeness.sketch("\n".join(read.pages))
    row.state = VERSION.after(row.state, "finish")
    row.save()
    Band.objects.bulk_create([Band(version=row, value=one) for one in likeness.bands(row.sketch)])
    if resource.state == "draft":
        resource.guesses, resource.kind = dict(read.guesses), read.kind
        resource.language = read.language or resource.language
        resource.save(update_fields=["guesses", "kind", "language"])
    elif resource.state == "shared":
        _offer(resource, row, by, at)
    compare(resource, row, at)
    return row


def _offer(resource: Resource, version: Version, by: Actor, at: datetime) -> None:
    """The newest file that was read is offered, in whatever order files are read."""
    if resource.current is not None and resource.current.number > version.number:
        return
    resource.current, resource.changed_at = version, at
    note_listed(resource, at)
    resource.save()
    told = VersionAdded(version.number, version.file.name if version.file else version.link)
    tell(told, by=by, at=at, organisation=resource.organisation, subject=resource.ref)


@action
def refuse_version(version: Version, verdict: Verdict, *, by: Actor, at: datetime) -> Version:
    """It cannot be taken, and why; the file is let go."""
    row = _held(version)
    if row.state != "reading":
        return row
    file, row.file = row.file, None
    row.refusal = {"reason": verdict.reason, "facts": dict(verdict.facts)}
    row.state = VERSION.after(row.state, "refuse")
    row.save()
    if file is not None:
        drop(file)
    return row


def _held(version: Version) -> Version:
    rows = Version._base_manager.select_for_update(of=("self",), no_key=True)
    return rows.select_related("resource", "file").get(pk=version.pk)


def compare(resource: Resource, version: Version, at: datetime) -> list[Pair]:
    """Pairs of a resource with others that the open scope sees and whose bytes or text are its own; set by set."""
    others = (
        Resource.objects.filter(state__in=("draft", "shared", "retired")).exclude(pk=resource.pk).order_by()
    )
    found: dict[int, tuple[int, bool]] = {}
    if version.sha256:
        same = others.filter(versions__sha256=version.sha256).values_list("pk", flat=True).distinct()
        found = dict.fromkeys(same[:_AT_ONCE], (100, True))
    values = likeness.bands(version.sketch)
    near = Band.objects.filter(value__in=values).exclude(version=version).values("version")
    best = near.annotate(n=Count("pk")).order_by("-n").values_list("version", flat=True)[:MOST_COMPARED]
    sketches = Version._base_manager.filter(pk__in=list(best), resource__in=others.values("pk"))
    for pk, other in sketches.values_list("resource_id", "sketch"):
        share = likeness.alike(version.sketch, other)
        if share >= ALIKE and pk not in found:
            found[pk] = (share, False)
    rows = [
        Pair(
            first_id=min(pk, resource.pk), second_id=max(pk, resource.pk), share=share, same_bytes=same_bytes,
            found_at=at,
        )
        for pk, (share, same_bytes) in found.items()
    ]  # fmt: skip
    return Pair.objects.bulk_create(rows, ignore_conflicts=True)
