"""The Statements resource."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse, StreamingHttpResponse
from django.utils import timezone
from django.utils.crypto import get_random_string

from craftpath.delivery.lrs.answers import content, nothing, said
from craftpath.delivery.lrs.asking import Asked, Refusal
from craftpath.delivery.lrs.bodies import main_type, multipart, whole
from craftpath.delivery.lrs.door import resource, twice
from craftpath.delivery.lrs.units import Speaking
from craftpath.domain.activity.examining import Batch, examined, named_in
from craftpath.domain.activity.keeping import contents_of
from craftpath.domain.activity.queries import Line, Wanted, find_statements, statement
from craftpath.domain.activity.showing import shown
from craftpath.domain.activity.taking import Sender, take_statements
from craftpath.domain.activity.trusting import authority_of, senders_named
from craftpath.engines.xapi import Wrong
from craftpath.engines.xapi.finding import identity
from craftpath.engines.xapi.formats import FORMATS, accepted
from craftpath.engines.xapi.reading import read
from craftpath.engines.xapi.values import a_uuid, one_of, written

MOST = 250
"""Statements of one answer."""
_ONE = ("statementId", "voidedStatementId")
_SHOWN = ("format", "attachments")
_MANY = (
    "agent", "verb", "activity", "registration", "related_activities", "related_agents", "since", "until",
    "limit", "ascending", "from",
)  # fmt: skip


def _put(asked: Asked) -> HttpResponse:
    asked.allow(["statementId"])
    asked.need("statementId")
    wanted = a_uuid(asked.text("statementId"), "statementId")
    with ExitStack() as stack:
        batch = _batch(asked, stack)
        if not batch.one:
            raise Wrong("not_an_object")
        told = dict(batch.statements[0])
        if told.setdefault("id", wanted).lower() != wanted.lower():
            raise Wrong("not_among", "id", value=told["id"], allowed=wanted)
        _take(asked, Batch([told], batch.version, batch.parts, one=True))
    return nothing()


def _post(asked: Asked) -> HttpResponse:
    asked.allow([])
    with ExitStack() as stack:
        return said(_take(asked, _batch(asked, stack)))


def _batch(asked: Asked, stack: ExitStack) -> Batch:
    kind = main_type(asked.content_type)
    if kind == "application/json":
        return examined(read(whole(asked.body)), asked.version)
    if kind == "multipart/mixed":
        statements, parts = multipart(asked.body, asked.content_type, stack)
        return examined(read(statements), asked.version, parts)
    raise Wrong("not_among", "Content-Type", value=kind, allowed="application/json, multipart/mixed")


def _take(asked: Asked, batch: Batch) -> list[str]:
    if isinstance(speaking := asked.admitted, Speaking):
        return twice(lambda: speaking.take(batch))
    client = asked.admitted.client
    sender = Sender(asked.place, client, authority_of(client))
    by = asked.admitted.actor
    return twice(lambda: take_statements(batch, sender=sender, by=by, at=timezone.now()))


def _get(asked: Asked) -> HttpResponse:
    asked.allow((*_ONE, *_SHOWN, *_MANY))
    form = one_of(asked.text("format") or "exact", "format", FORMATS)
    attached = asked.truth("attachments")
    languages = accepted(asked.request.headers.get("Accept-Language", ""))
    chosen = [name for name in _ONE if name in asked.given]
    if chosen:
        for name in asked.given:
            if name not in (chosen[0], *_SHOWN):
                raise Wrong("unknown", name=name)
        wanted = a_uuid(asked.text(chosen[0]), chosen[0])
        line = statement(asked.place, wanted, voided=chosen[0] == "voidedStatementId")
        if line is None:
            raise Refusal(404)
        told = shown([line.text], form, asked.place, languages)[0]
        return _answer(asked, told.encode(), [line], line.stored_at, attached=attached)
    lines, after = find_statements(_wanted(asked))
    texts = shown([line.text for line in lines], form, asked.place, languages)
    more = _more(asked, after) if after is not None else ""
    told = f'{{"statements":[{",".join(texts)}],"more":{json.dumps(more)}}}'
    changed = max((line.stored_at for line in lines), default=None)
    return _answer(asked, told.encode(), lines, changed, attached=attached)


def _wanted(asked: Asked) -> Wanted:
    agent = identity(asked.agent(groups=True)) if "agent" in asked.given else ""
    limit = asked.number("limit")
    return Wanted(
        asked.place,
        agent=agent or "",
        related_agents=asked.truth("related_agents"),
        verb=asked.iri("verb"),
        activity=asked.iri("activity"),
        related_activities=asked.truth("related_activities"),
        registration=asked.uuid("registration"),
        since=asked.moment("since"),
        until=asked.moment("until"),
        ascending=asked.truth("ascending"),
        limit=min(limit or MOST, MOST),
        after=_after(asked.text("from")),
        senders=senders_named(agent, asked.place) if agent and asked.truth("related_agents") else (),
    )


def _more(asked: Asked, after: tuple[datetime, UUID]) -> str:
    """Where it goes on: the same question from the last statement on, which is good for ever."""
    stored_at, row = after
    token = base64.urlsafe_b64encode(f"{written(stored_at)} {row.hex}".encode()).decode()
    return f"{asked.request.path}?{urlencode({**asked.given, 'from': token})}"


def _after(token: str) -> tuple[datetime, UUID] | None:
    if not token:
        return None
    try:
        stored_at, row = base64.urlsafe_b64decode(token.encode()).decode().split(" ")
        return datetime.fromisoformat(stored_at), UUID(row)
    except (ValueError, binascii.Error) as fault:
        raise Wrong("not_among", "from", value=token, allowed="more") from fault


def _answer(
    asked: Asked, told: bytes, lines: Sequence[Line], changed: datetime | None, *, attached: bool
) -> Any:
    if not attached:
        return content(told, changed=changed)
    named = dict(pair for line in lines for pair in named_in(json.loads(line.text)))
    kept = contents_of(asked.place, named)
    boundary = f"craftpath-{get_random_string(40)}"
    body = _parts(told, [(sha2, named[sha2], kept[sha2].file) for sha2 in named if sha2 in kept], boundary)
    kind = f"multipart/mixed; boundary={boundary}"
    if asked.method == "HEAD":
        return content(told, kind, changed)
    answer = StreamingHttpResponse(body, content_type=kind)
    first = content(told, changed=changed)
    for name in ("ETag", "Last-Modified"):
        if name in first:
            answer[name] = first[name]
    return answer


def _parts(told: bytes, contents: Sequence[tuple[str, str, Any]], boundary: str) -> Iterator[bytes]:
    yield f"--{boundary}\r\nContent-Type: application/json\r\n\r\n".encode() + told
    for sha2, content_type, file in contents:
        head = (
            f"\r\n--{boundary}\r\nContent-Type: {_one_line(content_type)}\r\nContent-Transfer-Encoding: binary\r\n"
            f"X-Experience-API-Hash: {sha2}\r\nContent-Length: {file.size}\r\n\r\n"
        )
        yield head.encode()
        with file.opened() as stream:
            while piece := stream.read(64 * 1024):
                yield piece
    yield f"\r\n--{boundary}--\r\n".encode()


def _one_line(text: str) -> str:
    return " ".join(text.split())


statements = resource(dated=True, GET=_get, PUT=_put, POST=_post)
