"""Sharing what was dropped: confirmed, described, retired, put back, recommended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from craftpath.domain.resources import rules
from craftpath.domain.resources.doubles import compare, keep_title
from craftpath.domain.resources.facts import ResourceChanged, ResourceMoved, ResourceRecommended
from craftpath.domain.resources.models import Resource
from craftpath.domain.resources.states import RESOURCE
from craftpath.domain.standards.queries import keys_seen
from craftpath.kernel.access import Actor
from craftpath.kernel.action import action
from craftpath.kernel.facts import tell
from craftpath.kernel.search import marks
from craftpath.values.text import Text
from craftpath.values.verdict import require

if TYPE_CHECKING:
    from craftpath.domain.occupations.models import Occupation


@dataclass(frozen=True, slots=True)
class Details:
    """What is said of a resource."""

    title: Text
    licence: str
    kind: str = "document"
    language: str = "zh"
    abstract: Text = field(default_factory=Text)
    licence_words: str = ""
    authors: str = ""
    occupation: Occupation | None = None
    skills: Sequence[str] = ()
    outcomes: Sequence[str] = ()
    stage: str = ""
    area: str = ""
    audience: str = ""
    keywords: str = ""
    reach: str = "own"


def held(resource: Resource) -> Resource:
    """The resource under a lock."""
    rows = Resource._base_manager.select_for_update(of=("self",), no_key=True)
    return rows.select_related("organisation", "made_by", "current__file", "occupation").get(pk=resource.pk)


@action
def share_resource(resource: Resource, details: Details, *, by: Actor, at: datetime) -> Resource:
    """Confirm what was guessed, and share it as far as is said; once more changes nothing."""
    row = held(resource)
    require(rules.may_change(by, row))
    if row.state == "shared":
        return row
    version = row.versions.order_by("-number").first()
    require(rules.can_share(row, version))
    _say(row, details)
    row.current, row.guesses = version, {}
    moved(row, "share", by=by, at=at)
    _look_for_doubles(row, at)
    return row


@action
def change_resource(resource: Resource, details: Details, *, by: Actor, at: datetime) -> Resource:
    """Say something else of it. The same again changes nothing."""
    row = held(resource)
    require(rules.may_change(by, row))
    before, title = _said(row), row.title
    _say(row, details)
    if _said(row) == before:
        return row
    row.changed_at = at
    note_listed(row, at)
    row.save()
    if row.title != title:
        _look_for_doubles(row, at)
    tell(ResourceChanged(), by=by, at=at, organisation=row.organisation, subject=row.ref)
    return row


def _look_for_doubles(row: Resource, at: datetime) -> None:
    """By the title that it has now."""
    keep_title(row)
    if row.current is not None:
        compare(row, row.current, at)


@action
def retire_resource(resource: Resource, *, by: Actor, at: datetime) -> Resource:
    """Nobody begins to use it; what uses it goes on."""
    return _move(resource, "retire", "retired", by, at)


@action
def restore_resource(resource: Resource, *, by: Actor, at: datetime) -> Resource:
    """Offer it again."""
    return _move(resource, "restore", "shared", by, at)


@action
def discard_resource(resource: Resource, *, by: Actor, at: datetime) -> Resource:
    """A draft that nobody wants."""
    return _move(resource, "discard", "discarded", by, at)


def _move(resource: Resource, move: str, state: str, by: Actor, at: datetime) -> Resource:
    row = held(resource)
    require(rules.may_change(by, row))
    return row if row.state == state else moved(row, move, by=by, at=at)


@action
def recommend_resource(resource: Resource, on: bool, *, by: Actor, at: datetime) -> Resource:
    """Recommend it, or no longer."""
    row = held(resource)
    require(rules.may_tend(by, row.organisation))
    if (row.recommended_at is not None) == on:
        return row
    row.recommended_at, row.recommended_by = (at, by.person) if on else (None, None)
    row.save(update_fields=["recommended_at", "recommended_by"])
    told = ResourceRecommended("on" if on else "off")
    tell(told, by=by, at=at, organisation=row.organisation, subject=row.ref)
    return row


def moved(row: Resource, move: str, *, by: Actor, at: datetime) -> Resource:
    """Make a move of a row that is held, and tell it."""
    row.state, row.changed_at = RESOURCE.after(row.state, move), at
    note_listed(row, at)
    row.save()
    tell(ResourceMoved(row.state), by=by, at=at, organisation=row.organisation, subject=row.ref)
    return row


def note_listed(row: Resource, at: datetime) -> None:
    """Note since when everybody may read of it, and the words by which the index tells it apart."""
    if row.open_to_all and row.listed_at is None:
        row.listed_at = at
    row.facets = facets_of(row)


def facets_of(row: Resource) -> list[str]:
    """What a search may be narrowed down to."""
    occupation = row.occupation.public_id if row.occupation is not None else ""
    said = [
        ("kind", row.kind), ("licence", row.licence), ("language", row.language), ("reach", row.reach),
        ("occupation", occupation), ("org", row.organisation.path), *(("skill", key) for key in row.skills),
    ]  # fmt: skip
    return [marks.facet(name, value) for name, value in said if value]


_FIELDS = (
    "kind", "licence", "licence_words", "authors", "stage", "area", "language", "audience", "keywords", "reach",
)  # fmt: skip


def _say(row: Resource, details: Details) -> None:
    require(rules.can_say(details))
    require(rules.can_license(details))
    skills = list(dict.fromkeys(details.skills))
    require(rules.can_tag(skills, keys_seen(skills) | set(row.skills)))
    row.title, row.abstract = details.title.as_json(), details.abstract.as_json()
    for name in _FIELDS:
        setattr(row, name, getattr(details, name))
    row.occupation, row.skills, row.outcomes = details.occupation, skills, list(details.outcomes)


def _said(row: Resource) -> tuple[object, ...]:
    return (
        row.title, row.abstract, row.occupation_id, row.skills, row.outcomes,
        *(getattr(row, name) for name in _FIELDS),
    )  # fmt: skip
