"""Units of cmi5 at the store: the token of a session opens what is its learner's in its own unit, and no more."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone

from craftpath.delivery.exchange.reasons import sentence
from craftpath.delivery.lrs.asking import Asked, Refusal
from craftpath.delivery.lrs.bodies import whole
from craftpath.domain.activity.examining import Batch
from craftpath.domain.activity.queries import statement
from craftpath.domain.packages import actions
from craftpath.domain.packages.launches import launch_of
from craftpath.domain.packages.speaking import can_prefer, speaker, still_serves
from craftpath.engines.cmi5.launches import Launch
from craftpath.engines.cmi5.words import LAUNCH_DATA, PREFERENCES
from craftpath.engines.xapi import Wrong
from craftpath.engines.xapi.actors import an_agent
from craftpath.engines.xapi.finding import identity
from craftpath.engines.xapi.reading import read
from craftpath.kernel.access import Actor
from craftpath.kernel.organisations import Organisation
from craftpath.values.verdict import Verdict, may_not

if TYPE_CHECKING:
    from craftpath.domain.packages.models import UnitSession

Answer = Callable[[Asked], HttpResponse]
READS = ("GET", "HEAD")
_READ = {("activities/state", LAUNCH_DATA): "data", ("agents/profile", PREFERENCES): "preferences"}
BEYOND = may_not("packages.cmi5_beyond")
_RESOURCE = re.compile(r"^/xapi/+(.*?)/?$")


@dataclass(frozen=True)
class _Of:
    organisation: Organisation


class Speaking:
    """A unit that has come in, where a program with a token would stand."""

    def __init__(self, session: UnitSession) -> None:
        self.session = session
        self.client = _Of(session.registration.package.organisation)
        self.actor: Actor = speaker(session)

    def take(self, batch: Batch) -> list[str]:
        """Keep what it says."""
        return actions.hear_unit(self.session, batch, by=self.actor, at=timezone.now())


def answered_to(session: UnitSession, answer: Answer) -> Answer:
    """The same answer for whoever stays within the session; 403 for all else."""

    def narrowed(asked: Asked) -> HttpResponse:
        _require(still_serves(session, timezone.now()))
        launch = launch_of(session)
        found = _RESOURCE.match(asked.request.path_info)
        resource = found[1] if found else ""
        within = _WITHIN.get(resource)
        if within is not None:
            within(asked, launch)
        which = _READ.get((resource, asked.given.get("stateId") or asked.given.get("profileId") or ""))
        if which and asked.method == "GET":  # also where nothing is there: it was asked for
            asked.request.afterwards = [lambda: _note(session, which)]  # type: ignore[attr-defined]
        response = answer(asked)
        response["Cache-Control"] = (
            "no-store"  # a browser that has it still would not ask, and be told to read first
        )
        return response

    return narrowed


def _require(verdict: Verdict) -> None:
    if not verdict:
        raise Refusal(403, sentence(verdict))


def _own_agent(asked: Asked, launch: Launch) -> None:
    try:
        said = read(asked.text("agent").encode("utf-8", "surrogatepass"))
        own = identity(an_agent(said, "agent"))
    except Wrong:
        own = None
    if own is None or own != identity(launch.actor):
        _require(BEYOND)


def _nobody(asked: Asked, launch: Launch) -> None:
    """What is known of the learner, such as the name, a package does not learn."""
    _require(BEYOND)


def _own_activity(asked: Asked, launch: Launch) -> None:
    if asked.text("activityId") != launch.unit.activity_id:
        _require(BEYOND)


def _state(asked: Asked, launch: Launch) -> None:
    _own_agent(asked, launch)
    _own_activity(asked, launch)
    if asked.text("registration").lower() != launch.registration:
        _require(BEYOND)
    if asked.method not in READS and asked.given.get("stateId", LAUNCH_DATA) == LAUNCH_DATA:
        _require(may_not("packages.cmi5_launch_data"))


def _profile(asked: Asked, launch: Launch) -> None:
    """The learner's preferences, which are everybody's; what other programs keep about the learner is not."""
    _own_agent(asked, launch)
    if asked.given.get("profileId") != PREFERENCES:
        _require(BEYOND)
    if asked.method in READS:
        return
    told = whole(asked.body)
    if asked.method != "DELETE":
        _require(can_prefer(_merged(asked, told), asked.content_type))
    asked.body = io.BytesIO(told)


def _merged(asked: Asked, told: bytes) -> bytes:
    """What a POST would make of preferences that have both properties already; else what was sent."""
    try:
        said = json.loads(told)
    except (ValueError, RecursionError):
        return told
    if asked.method != "POST" or not isinstance(said, dict):
        return told
    return json.dumps({"languagePreference": "en", "audioPreference": "on"} | said).encode()


def _statements(asked: Asked, launch: Launch) -> None:
    if asked.method not in READS:
        return
    chosen = asked.given.get("statementId") or asked.given.get("voidedStatementId")
    if chosen is None:
        given = asked.given.get("registration", launch.registration)
        if given.lower() != launch.registration:
            _require(BEYOND)
        asked.given = {**asked.given, "registration": launch.registration}
        return
    try:
        line = statement(asked.place, str(UUID(chosen)), voided="voidedStatementId" in asked.given)
    except ValueError:
        return  # said to be no id by the answer itself
    told: Any = json.loads(line.text) if line is not None else {}
    if str(told.get("context", {}).get("registration", "")).lower() != launch.registration:
        raise Refusal(404)


_WITHIN: dict[str, Callable[[Asked, Launch], None]] = {
    "statements": _statements,
    "activities/state": _state,
    "activities/profile": _own_activity,
    "activities": _own_activity,
    "agents/profile": _profile,
    "agents": _nobody,
}


def _note(session: UnitSession, which: str) -> None:
    actions.note_reading(session, which, by=speaker(session), at=timezone.now())
