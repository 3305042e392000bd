"""Documents that programs keep here: states of somebody in an activity, profiles of agents and of activities."""

from __future__ import annotations

import hashlib
import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models

from craftpath.domain.activity.keys import key_of
from craftpath.domain.activity.models import LearningDocument
from craftpath.engines.xapi import Wrong
from craftpath.engines.xapi.reading import read, write
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.organisations import Organisation
from craftpath.values.verdict import Refused, not_now

Kind = LearningDocument.Kind
JSON = "application/json"


@dataclass(frozen=True, slots=True)
class Place:
    """Where documents lie: of which activity and agent (identities, or ""), in which registration."""

    organisation: Organisation
    kind: int
    activity: str = ""
    agent: str = ""
    registration: uuid.UUID | None = None

    @property
    def around(self) -> uuid.UUID:
        """The key of all registrations together."""
        return key_of(self.organisation.public_id, str(int(self.kind)), self.activity, self.agent)

    def place_of(self, name: str) -> uuid.UUID:
        """The key of one document."""
        return key_of(str(self.around), str(self.registration or ""), name)


@dataclass(frozen=True, slots=True)
class Condition:
    """Under which a document may be changed: ETags of which one must be the present one, or that none is there.

    `said` where one of the two was said at all; without it a document that is there may not be put over where
    `needed`, and none be put at all where `demanded`.
    """

    match: tuple[str, ...] = ()
    none_match: tuple[str, ...] = ()
    needed: bool = False
    demanded: bool = False

    @property
    def said(self) -> bool:
        """Whether the sender has said which state it knows."""
        return bool(self.match or self.none_match)

    def holds(self, etag: str | None) -> bool:
        """Whether it holds for a document with this ETag; None where there is none."""
        if self.match and not (etag is not None and ("*" in self.match or etag in self.match)):
            return False
        return not (
            self.none_match and etag is not None and ("*" in self.none_match or etag in self.none_match)
        )


ALWAYS = Condition()


def etag_of(content: bytes) -> str:
    """The hash by which a document's state is known; the standard wants it to be SHA-1."""
    return hashlib.sha1(content, usedforsecurity=False).hexdigest()


def document(place: Place, name: str) -> LearningDocument | None:
    """The document of this name."""
    return LearningDocument.objects.filter(place=place.place_of(name)).first()


def documents(place: Place, since: datetime | None = None) -> models.QuerySet[LearningDocument]:
    """All documents there, of any registration where none is named, without their contents."""
    rows = LearningDocument.objects.filter(around=place.around, organisation=place.organisation)
    if place.registration is not None:
        rows = rows.filter(registration=place.registration)
    if since is not None:
        rows = rows.filter(updated_at__gt=since)
    return rows.defer("content").order_by("updated_at", "pk")


@action
def put_document(
    place: Place,
    name: str,
    content: bytes,
    content_type: str,
    *,
    condition: Condition = ALWAYS,
    by: Actor,
    at: datetime,
) -> None:
    """Keep a document as it comes, in place of what was there."""
    row = _locked(place, name)
    _hold(row, condition)
    if row is not None and condition.needed and not condition.said:
        raise Refused(not_now("activity.document_is_there"))
    if condition.demanded and not condition.said:
        raise Refused(not_now("activity.condition_missing"))
    _save(row, place, name, content, content_type, at)


@action
def merge_document(
    place: Place,
    name: str,
    content: bytes,
    content_type: str,
    *,
    condition: Condition = ALWAYS,
    by: Actor,
    at: datetime,
) -> None:
    """Set the properties of a JSON object that another one names; where nothing is there, keep it as it comes."""
    row = _locked(place, name)
    _hold(row, condition)
    if row is not None:
        told, kept = _object(content, content_type), _object(bytes(row.content), row.content_type)
        content = write(kept | told)
    elif is_json(content_type):
        read(content)
    _save(row, place, name, content, content_type, at)


@action
def delete_document(
    place: Place, name: str, *, condition: Condition = ALWAYS, by: Actor, at: datetime
) -> None:
    """Forget a document; one that is not there is forgotten already."""
    row = _locked(place, name)
    _hold(row, condition)
    if row is not None:
        row.delete()


@action
def delete_documents(place: Place, *, since: datetime | None = None, by: Actor, at: datetime) -> None:
    """Forget all documents there, or those that were changed since then."""
    documents(place, since).order_by().delete()


def is_json(content_type: str) -> bool:
    """Whether a document says that it is JSON."""
    return content_type.partition(";")[0].strip().lower() == JSON


def _locked(place: Place, name: str) -> LearningDocument | None:
    return LearningDocument._base_manager.select_for_update().filter(place=place.place_of(name)).first()


def _hold(row: LearningDocument | None, condition: Condition) -> None:
    if not condition.holds(row.etag if row is not None else None):
        raise Refused(not_now("activity.document_changed"))


def _object(content: bytes, content_type: str) -> dict[str, Any]:
    if is_json(content_type):
        try:
            said = read(content)
        except Wrong:
            said = None
        if isinstance(said, dict):
            return said
    raise Refused(not_now("activity.not_to_be_merged"))


def _save(
    row: LearningDocument | None, place: Place, name: str, content: bytes, content_type: str, at: datetime
) -> None:
    if row is None:
        row = LearningDocument(
            organisation=place.organisation,
            kind=place.kind,
            place=place.place_of(name),
            around=place.around,
            registration=place.registration,
            name=name,
        )
    row.content, row.content_type = content, content_type[:200]
    row.etag, row.updated_at = etag_of(content), at
    row.save()
