"""A request as this door understands it: who asks, in which version, with which parameters and which body."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, BinaryIO
from uuid import UUID

from django.http import HttpRequest

from craftpath.engines.xapi import Version, Wrong
from craftpath.engines.xapi.actors import an_actor, an_agent
from craftpath.engines.xapi.finding import identity
from craftpath.engines.xapi.reading import read
from craftpath.engines.xapi.values import a_moment, a_uuid, an_iri, one_of
from craftpath.kernel.clients import Admitted

_FIRST = re.compile(r"1\.0(?:\.\d+)?")
_SECOND = re.compile(r"2\.0(?:\.\d+)?")
_WHOLE = re.compile(r"\d{1,9}", re.ASCII)


class Refusal(Exception):  # noqa: N818  (a refusal is an answer, not a fault)
    """An answer that is no success: its status, and a sentence or what was wrong."""

    def __init__(self, status: int, why: Any = "", headers: Mapping[str, str] | None = None) -> None:
        super().__init__(status)
        self.status, self.why, self.headers = status, why, headers or {}


def version_of(header: str) -> Version | None:
    """The version that a header asks for; None for one that is not spoken here."""
    if _SECOND.fullmatch(header.strip()):
        return Version.V2
    return Version.V1 if _FIRST.fullmatch(header.strip()) else None


@dataclass
class Asked:
    """What is asked, whichever way it was written: as HTTP means it, or all in one form (1.0.3 only)."""

    request: HttpRequest
    method: str
    headers: Mapping[str, str]
    given: Mapping[str, str]
    body: BinaryIO
    version: Version = Version.V2
    used: set[str] = field(default_factory=set)

    @property
    def admitted(self) -> Admitted:
        """Who asks."""
        return self.request.admitted  # type: ignore[attr-defined]

    @property
    def place(self) -> Any:
        """The organisation whose store it is."""
        return self.admitted.client.organisation

    @property
    def content_type(self) -> str:
        """What the body says that it is."""
        return self.headers.get("Content-Type", "").strip()

    def allow(self, names: Iterable[str]) -> None:
        """No parameter but these; letters count."""
        allowed = set(names)
        for name in self.given:
            if name not in allowed:
                raise Wrong("unknown", name=name)

    def need(self, *names: str) -> None:
        """These parameters must be there."""
        for name in names:
            if name not in self.given:
                raise Wrong("missing", name=name)

    def text(self, name: str) -> str:
        """A parameter as it is, or ""."""
        return self.given.get(name, "")

    def _read(self, name: str, form: Callable[[Any, str], Any]) -> Any:
        return form(self.given[name], name) if name in self.given else None

    def iri(self, name: str) -> str:
        """An identifier, or ""."""
        return self._read(name, an_iri) or ""

    def uuid(self, name: str) -> UUID | None:
        """A UUID."""
        text = self._read(name, a_uuid)
        return UUID(text) if text else None

    def moment(self, name: str) -> datetime | None:
        """A timestamp."""
        return self._read(name, a_moment)

    def truth(self, name: str) -> bool:
        """`true` or `false`."""
        return bool(self._read(name, lambda value, where: one_of(value, where, ("true", "false"))) == "true")

    def number(self, name: str) -> int:
        """A whole number from 0 on."""
        text = self.given.get(name, "0")
        if not _WHOLE.fullmatch(text):
            raise Wrong("not_an_integer", name)
        return int(text)

    def agent(self, *, groups: bool) -> dict[str, Any]:
        """The agent (or the group with an identifier, where groups may be asked for) of the parameter `agent`."""
        said = read(self.given["agent"].encode("utf-8", "surrogatepass"))
        agent = (an_actor if groups else an_agent)(said, "agent")
        if identity(agent) is None:
            raise Wrong("identifiers", "agent", number=0)
        return agent
