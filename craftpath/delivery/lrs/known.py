"""What is known of an agent or an activity, and what this store is."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse

from craftpath.delivery.lrs.answers import said
from craftpath.delivery.lrs.asking import Asked
from craftpath.delivery.lrs.door import VERSION, for_everybody, resource
from craftpath.domain.activity.knowing import Kind, known_of
from craftpath.engines.xapi import Version
from craftpath.engines.xapi.actors import IDENTIFIERS
from craftpath.engines.xapi.finding import identity


def _agent(asked: Asked) -> HttpResponse:
    asked.allow(["agent"])
    asked.need("agent")
    agent = asked.agent(groups=False)
    own = identity(agent) or ""
    names = known_of(asked.place, Kind.AGENT, [own]).get(own, [])
    if agent.get("name") and agent["name"] not in names:
        names = [*names, agent["name"]]
    person: dict[str, Any] = {"objectType": "Person"}
    if names:
        person["name"] = names
    return said(person | {name: [agent[name]] for name in IDENTIFIERS if name in agent})


def _activity(asked: Asked) -> HttpResponse:
    asked.allow(["activityId"])
    asked.need("activityId")
    iri = asked.iri("activityId")
    definition = known_of(asked.place, Kind.ACTIVITY, [iri]).get(iri)
    told = {"objectType": "Activity", "id": iri}
    return said(told | ({"definition": definition} if definition else {}))


@for_everybody
def _about(asked: Asked) -> HttpResponse:
    """Both versions; whoever speaks the older one is told of that only, since it knows no other."""
    asked.allow([])
    older = asked.version is Version.V1 and asked.headers.get(VERSION)
    return said({"version": [Version.V1] if older else [Version.V2, Version.V1]})


agents = resource(GET=_agent)
activities = resource(GET=_activity)
about = resource(GET=_about)
