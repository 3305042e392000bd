"""The three resources of documents: states, profiles of activities, profiles of agents."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.utils import timezone

from craftpath.delivery.lrs.answers import content, nothing, said
from craftpath.delivery.lrs.asking import Asked, Refusal
from craftpath.delivery.lrs.bodies import whole
from craftpath.delivery.lrs.door import resource, twice
from craftpath.domain.activity.documents import (
    Condition,
    Kind,
    Place,
    delete_document,
    delete_documents,
    document,
    documents,
    is_json,
    merge_document,
    put_document,
)
from craftpath.engines.xapi import Version, Wrong
from craftpath.engines.xapi.finding import identity
from craftpath.engines.xapi.reading import read

_TAG = re.compile(r'(W/)?"([^"]*)"|([^\s,"]+)')


@dataclass(frozen=True)
class Shelf:
    """One kind of documents: what says where they lie, and what one of them is called by."""

    kind: int
    around: Sequence[str]
    called: str
    further: Sequence[str] = ()

    def resource(self) -> Any:
        """The resource with its four methods."""
        return resource(GET=self._get, PUT=self._put, POST=self._post, DELETE=self._delete)

    def _place(self, asked: Asked, *more: str) -> Place:
        asked.allow((*self.around, self.called, *self.further, *more))
        asked.need(*self.around)
        agent = ""
        if "agent" in self.around:
            agent = identity(asked.agent(groups=asked.version is Version.V2)) or ""
        activity = asked.iri("activityId") if "activityId" in self.around else ""
        registration = asked.uuid("registration") if "registration" in self.further else None
        return Place(asked.place, self.kind, activity, agent, registration)

    def _get(self, asked: Asked) -> HttpResponse:
        place, since = self._place(asked, "since"), asked.moment("since")
        if self.called not in asked.given:
            found = list(documents(place, since).values_list("name", "updated_at"))
            names = list(dict.fromkeys(name for name, _ in found))
            return said(names, max((at for _, at in found), default=None))
        if since is not None and asked.version is Version.V2:
            raise Wrong("unknown", name="since")
        row = document(place, asked.text(self.called))
        if row is None:
            raise Refusal(404)
        return content(bytes(row.content), row.content_type, row.updated_at)

    def _put(self, asked: Asked) -> HttpResponse:
        place, told = self._told(asked)
        if is_json(asked.content_type):
            read(told)
        profile, newer = self.kind != Kind.STATE, asked.version is Version.V2
        condition = _condition(asked, needed=profile or newer, demanded=profile and not newer)
        return _written(put_document, asked, place, asked.text(self.called), told, condition)

    def _post(self, asked: Asked) -> HttpResponse:
        place, told = self._told(asked)
        return _written(merge_document, asked, place, asked.text(self.called), told, _condition(asked))

    def _told(self, asked: Asked) -> tuple[Place, bytes]:
        place = self._place(asked)
        asked.need(self.called)
        return place, whole(asked.body)

    def _delete(self, asked: Asked) -> HttpResponse:
        several = self.kind == Kind.STATE
        place = self._place(asked, *(["since"] if several else []))
        by, at, since = asked.admitted.actor, timezone.now(), asked.moment("since")
        if self.called in asked.given:
            delete_document(place, asked.text(self.called), condition=_condition(asked), by=by, at=at)
        elif several:
            delete_documents(place, since=since, by=by, at=at)
        else:
            raise Wrong("missing", name=self.called)
        return nothing()


def _written(
    act: Callable[..., None], asked: Asked, place: Place, name: str, told: bytes, condition: Condition
) -> HttpResponse:
    kind, by = asked.content_type or "application/octet-stream", asked.admitted.actor
    twice(lambda: act(place, name, told, kind, condition=condition, by=by, at=timezone.now()))
    return nothing()


def _condition(asked: Asked, *, needed: bool = False, demanded: bool = False) -> Condition:
    match, none_match = (_tags(asked.headers.get(name, "")) for name in ("If-Match", "If-None-Match"))
    return Condition(match, none_match, needed, demanded)


def _tags(header: str) -> tuple[str, ...]:
    """The ETags of a header; a weak one is never the same as what is here."""
    found = (f"W/{one[2]}" if one[1] else one[2] or one[3] or "" for one in _TAG.finditer(header))
    return tuple(found)


state = Shelf(Kind.STATE, ("activityId", "agent"), "stateId", ("registration",)).resource()
activity_profile = Shelf(Kind.ACTIVITY_PROFILE, ("activityId",), "profileId").resource()
agent_profile = Shelf(Kind.AGENT_PROFILE, ("agent",), "profileId").resource()
