"""A cmi5 course of the cast's college, and a unit of it that speaks as a browser would let it."""

from __future__ import annotations

import copy
import json
import uuid
from base64 import b64decode
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.test import Client as Browser
from django.utils import timezone

from craftpath.domain.packages import actions
from craftpath.domain.packages.launches import launch_of
from craftpath.domain.packages.models import Package, UnitSession
from craftpath.engines.cmi5.words import DEFINED, LAUNCH_DATA, MASTERY, MOVE_ON, PREFERENCES, VERBS
from craftpath.kernel.access import Actor
from craftpath.kernel.people import Person
from tests.cast import Cast
from tests.domain.packages.world import taken
from tests.exchange.courses.made import cmi5, unit, words

V = {"X-Experience-API-Version": "1.0.3", "Accept-Language": "en"}


def course(cast: Cast, attributes: str = 'moveOn="Completed"', inside: str = "") -> Package:
    """One block with one unit."""
    one = unit("u1", "a.html?paramA=1&amp;b=2", attributes=attributes, inside=inside)
    block = f'<block id="https://example.org/b1">{words("Block")}{one}</block>'
    return taken(cast, {"cmi5.xml": cmi5(block), "a.html": "<p>"})


def begun(
    cast: Cast, package: Package, mode: str = "Normal", *, who: Person | None = None, **more: Any
) -> actions.Begun:
    """A session that the apprentice opened."""
    person = who or cast.people["apprentice"]
    opening = actions.Opening("1", "https://content.example/t/a.html?paramA=1&b=2", mode, **more)
    return actions.begin_session(package, person, opening, by=Actor(cast.college, person), at=timezone.now())


class Speaker:
    """A unit in its session: fetches its token, reads what it has to, says things."""

    def __init__(self, begun: actions.Begun) -> None:
        self.begun, self.row = begun, begun.session
        self.launch = launch_of(self.row)
        self.browser = Browser(raise_request_exception=False)
        self.auth = ""

    def fetch(self) -> dict[str, str]:
        answer = self.browser.post(f"/xapi/cmi5/fetch/{self.row.session}/{self.begun.secret}/", headers=V)
        assert answer.status_code == 200, answer.content
        assert answer["Access-Control-Allow-Origin"] == "*"
        return dict(answer.json())

    def ask(
        self, method: str, resource: str, body: Any = b"", *, kind: str = "application/json", **given: Any
    ) -> Any:
        pairs = {name: one if isinstance(one, str) else json.dumps(one) for name, one in given.items()}
        told = V | ({"Authorization": self.auth} if self.auth else {})
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        address = f"/xapi/{resource}" + (f"?{urlencode(pairs)}" if pairs else "")
        return self.browser.generic(method, address, content, content_type=kind, headers=told)

    def state(self, method: str = "GET", name: str = LAUNCH_DATA, body: Any = b"", **more: Any) -> Any:
        given = {
            "stateId": name, "activityId": self.launch.unit.activity_id, "agent": self.launch.actor,
            "registration": self.launch.registration, **more,
        }  # fmt: skip
        return self.ask(method, "activities/state", body, **{k: v for k, v in given.items() if v is not None})

    def preferences(self, method: str = "GET", body: Any = b"", **more: Any) -> Any:
        given = {"profileId": PREFERENCES, "agent": self.launch.actor, **more}
        kind = given.pop("kind", "application/json")
        kept = {k: v for k, v in given.items() if v is not None}
        return self.ask(method, "agents/profile", body, kind=kind, **kept)

    def made(self, verb: str, **result: Any) -> dict[str, Any]:
        """A statement as the standard defines it."""
        template = self.state().json()["contextTemplate"] if self.auth else {}
        context: dict[str, Any] = {"contextActivities": {}, "extensions": {}} | template
        context["registration"] = self.launch.registration
        judging = verb in ("completed", "passed", "failed")
        context["contextActivities"]["category"] = [{"id": DEFINED}] + ([{"id": MOVE_ON}] if judging else [])
        results: dict[str, dict[str, Any]] = {
            "completed": {"completion": True, "duration": "PT10S"},
            "passed": {"success": True, "duration": "PT10S"},
            "failed": {"success": False, "duration": "PT10S"},
            "terminated": {"duration": "PT1M5S"},
        }
        told = results.get(verb, {}) | result
        if "score" in told and self.launch.unit.mastery is not None:
            context["extensions"][MASTERY] = self.launch.unit.mastery
        made: dict[str, Any] = {
            "id": str(uuid.uuid4()),
            "timestamp": datetime.now().strftime("%Y-%m-%dT%H:%M:%SZ"),  # noqa: DTZ005  (any moment will do)
            "actor": copy.deepcopy(self.launch.actor),
            "verb": {"id": VERBS.get(verb, f"http://adlnet.gov/expapi/verbs/{verb}")},
            "object": {"id": self.launch.unit.activity_id},
            "context": context,
        }
        return made | ({"result": copy.deepcopy(told)} if told else {})

    def free(self, verb: str = "experienced") -> dict[str, Any]:
        """A statement of the unit's own kind."""
        made = self.made(verb)
        made["context"]["contextActivities"].pop("category")
        return made

    def send(self, statement: dict[str, Any], method: str = "PUT") -> Any:
        if method == "PUT":
            return self.ask("PUT", "statements", statement, statementId=statement["id"])
        return self.ask(method, "statements", statement)

    def say(self, verb: str, **result: Any) -> None:
        answer = self.send(self.made(verb, **result))
        assert answer.status_code == 204, answer.content

    def come_in(self) -> Speaker:
        """With a token."""
        self.auth = f"Basic {self.fetch()['auth-token']}"
        return self

    def start(self) -> Speaker:
        """As every unit does."""
        self.come_in()
        assert self.state().status_code == 200
        assert self.preferences().status_code == 200
        self.say("initialized")
        return self


def speaker(cast: Cast, package: Package, mode: str = "Normal", **more: Any) -> Speaker:
    """A unit that has started."""
    return Speaker(begun(cast, package, mode, **more)).start()


def kept(row: UnitSession) -> UnitSession:
    """The row anew."""
    return UnitSession._base_manager.get(pk=row.pk)


def pair_of(auth: str) -> str:
    """What stands behind Basic, in clear."""
    return b64decode(auth.removeprefix("Basic ")).decode()
