"""Taking packages in: kept as they came, read by a worker, named, retired."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from craftpath.domain.packages import rules
from craftpath.domain.packages.facts import PackageChanged, PackageMoved, PackageTaken
from craftpath.domain.packages.models import LONGEST_TITLE, Package
from craftpath.domain.packages.states import PACKAGE
from craftpath.domain.standards.queries import keys_seen
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.kernel.files import drop, keep, keep_file
from craftpath.kernel.jobs import enqueue
from craftpath.kernel.organisations import Organisation
from craftpath.values.text import Text
from craftpath.values.verdict import Refused, Verdict, may_not, require


@dataclass(frozen=True, slots=True)
class Found:
    """What was read in a package, as its row keeps it."""

    kind: str
    version: str
    title: Text
    entries: list[dict[str, Any]]
    notes: dict[str, list[list[Any]]]
    plays: bool
    files: int
    unpacked: int
    course_id: str = ""


def held(package: Package) -> Package:
    """The package under a lock."""
    rows = Package._base_manager.select_for_update(of=("self",), no_key=True)
    return rows.select_related("organisation", "file", "made_by").get(pk=package.pk)


@action
def take_package(
    content: bytes | Path,
    name: str,
    *,
    organisation: Organisation,
    made_id: uuid.UUID,
    by: Actor,
    at: datetime,
) -> Package:
    """Keep an upload and have a worker read it; the same `made_id` again is the same package."""
    require(rules.may_keep(by, organisation))
    require(rules.small_enough(len(content) if isinstance(content, bytes) else content.stat().st_size))
    standing = Package._base_manager.filter(made_id=made_id).first()
    if standing is not None:
        return _own(standing, organisation, by)
    where: Any = {"organisation": organisation, "by": by, "at": at}
    file = keep(content, name, **where) if isinstance(content, bytes) else keep_file(content, name, **where)
    row, fresh = Package._base_manager.get_or_create(
        made_id=made_id,
        defaults={
            "organisation": organisation, "title": Text.of(Path(name).stem[:LONGEST_TITLE]).as_json(), "file": file,
            "made_by": by.person, "made_at": at,
        },
    )  # fmt: skip
    if not fresh:  # a second press came through in between
        drop(file)
        return _own(row, organisation, by)
    tell(PackageTaken(file.name), by=by, at=at, organisation=organisation, subject=row.ref)
    enqueue("package", row.pk)
    return row


def _own(row: Package, organisation: Organisation, by: Actor) -> Package:
    if row.organisation_id != organisation.pk or row.made_by_id != (by.person.pk if by.person else None):
        raise Refused(may_not("packages.form_used"))
    return row


@action
def finish_package(package: Package, found: Found, *, by: Actor, at: datetime) -> Package:
    """Note what was found in it; once more changes nothing."""
    row = held(package)
    if row.state != "reading":
        return row
    for name in ("kind", "version", "entries", "notes", "plays", "files", "unpacked", "course_id"):
        setattr(row, name, getattr(found, name))
    if found.title.zh or found.title.en:
        row.title = Text(found.title.zh[:LONGEST_TITLE], found.title.en[:LONGEST_TITLE]).as_json()
    return _moved(row, "finish", by, at)


@action
def refuse_package(
    package: Package,
    verdict: Verdict,
    *,
    notes: dict[str, list[list[Any]]] | None = None,
    by: Actor,
    at: datetime,
) -> Package:
    """It cannot be taken, and why, with the place of each fault where there are several; the file is let go."""
    row = held(package)
    if row.state != "reading":
        return row
    file, row.file = row.file, None
    row.refusal = {"reason": verdict.reason, "facts": dict(verdict.facts)}
    row.notes = notes or {}
    row = _moved(row, "refuse", by, at)
    if file is not None:
        drop(file)
    return row


@action
def change_package(
    package: Package, *, title: Text, skills: Sequence[str], by: Actor, at: datetime
) -> Package:
    """What it is called, and which skills it trains. The same again changes nothing."""
    row = held(package)
    require(rules.may_keep(by, row.organisation))
    require(rules.can_name(title))
    chosen = list(dict.fromkeys(skills))
    require(rules.can_tag(chosen, keys_seen(chosen) | set(row.skills)))
    if row.title == title.as_json() and row.skills == chosen:
        return row
    row.title, row.skills = title.as_json(), chosen
    row.save(update_fields=["title", "skills"])
    tell(PackageChanged(), by=by, at=at, organisation=row.organisation, subject=row.ref)
    return row


@action
def retire_package(package: Package, *, by: Actor, at: datetime) -> Package:
    """Nobody begins it any more; what was done in it stays."""
    row = held(package)
    require(rules.may_keep(by, row.organisation))
    return row if row.state == "retired" else _moved(row, "retire", by, at)


@action
def restore_package(package: Package, *, by: Actor, at: datetime) -> Package:
    """Offer it again."""
    row = held(package)
    require(rules.may_keep(by, row.organisation))
    return row if row.state == "ready" else _moved(row, "restore", by, at)


def _moved(row: Package, move: str, by: Actor, at: datetime) -> Package:
    row.state = PACKAGE.after(row.state, move)
    row.save()
    tell(PackageMoved(row.state, row.kind), by=by, at=at, organisation=row.organisation, subject=row.ref)
    return row
