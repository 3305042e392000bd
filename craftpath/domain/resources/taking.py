"""Taking files and links in: kept as they came, read by a worker, compared with what is here."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from craftpath.domain.resources import rules
from craftpath.domain.resources.doubles import compare, keep_title, link_key
from craftpath.domain.resources.facts import ResourceTaken, VersionAdded
from craftpath.domain.resources.models import LONGEST_LINE, LONGEST_TITLE, Band, Resource, Version
from craftpath.domain.resources.sharing import held, note_listed
from craftpath.domain.resources.states import KINDS, LANGUAGES, VERSION
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.kernel.files import KeptFile, drop, keep, keep_file
from craftpath.kernel.jobs import enqueue
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.search import likeness
from craftpath.values.text import Text
from craftpath.values.verdict import Refused, Verdict, may_not, not_now, require


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


TOLD = (
    "title", "abstract", "licence", "rights", "authors", "language", "kind", "keywords", "audience",
)  # fmt: skip


def guesses_from(record: Mapping[str, Any]) -> dict[str, Any]:
    """What a catalogue says of a resource, as guesses that somebody confirms."""
    return {name: {"value": record[name], "sure": "told"} for name in TOLD if record.get(name)}


@action
def drop_file(
    content: bytes | Path, name: str, *, organisation: Organisation, made_id: uuid.UUID, origin: str = "",
    guesses: Mapping[str, Any] | None = None, by: Actor, at: datetime,
) -> Resource:  # fmt: skip
    """Keep a file as a draft and have a worker read it; the same `made_id` again is the same resource.

    `guesses` that came beside the file count more than what is read in it.
    """
    require(rules.may_keep(by, organisation))
    _require_small(content)
    standing = Resource._base_manager.filter(made_id=made_id).first()
    if standing is not None:
        return _own(standing, organisation, by)
    row = _new(Path(name).stem, organisation, made_id, by, at, origin=origin[:LONGEST_LINE])
    if guesses:
        _guess(row, guesses)
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
    row.kind = "link"
    _guess(row, guesses or {})
    version = Version.objects.create(
        resource=row, made_id=made_id, number=1, link=link, link_key=link_key(link), form="link", state="ready",
        made_by=by.person, made_at=at,
    )  # fmt: skip
    keep_title(row)
    compare(row, version, at)
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


def _guess(row: Resource, guesses: Mapping[str, Any]) -> None:
    """What is told of it in words is asked again; its language and its kind are taken as they are told."""
    row.guesses = dict(guesses)
    for name, known in (("language", LANGUAGES), ("kind", KINDS)):
        said = guesses.get(name, {}).get("value")
        if said in known:
            setattr(row, name, said)
    row.save()


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
        told = dict(resource.guesses)
        resource.kind, resource.language = read.kind, read.language or resource.language
        _guess(resource, {**read.guesses, **told})
        keep_title(resource)
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
