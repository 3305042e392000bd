"""Training logs: the apprentice's own, and what waits for mentors and trainers."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Query
from ninja.responses import Status

from craftpath.delivery.api.framing import admitted
from craftpath.delivery.api.kinds import Asked, Day, Id
from craftpath.delivery.api.log_shapes import (
    Back,
    EntriesRead,
    Entry,
    EntryContent,
    NewEntry,
    NotConfirmed,
    Outcome,
    State,
    entry_shape,
)
from craftpath.delivery.api.paging import Page, Turn, page, page_among, page_of
from craftpath.delivery.api.revisions import match, tag
from craftpath.delivery.api.room import Room
from craftpath.delivery.exchange.reasons import sentence
from craftpath.domain.apprenticeships.queries import enrolments_of, working_with
from craftpath.domain.logbook import actions, queries
from craftpath.domain.logbook.rules import may_confirm
from craftpath.kernel.client_scopes import Area
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import Refused, may_not, require

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Enrolment
    from craftpath.domain.logbook.models import Entry as Row

room = Room("log", Area.LOG)


class EntriesAsked(Turn, Asked):
    """Which entries."""

    enrolment: Id | None = None
    state: State | None = None
    first: Day | None = None
    last: Day | None = None


@room.read("/entries", Page[Entry])
def list_entries(request: HttpRequest, asked: Query[EntriesAsked]) -> Any:
    """Entries of everybody whom one sees, one's own drafts among them; the newest day first."""
    require(admitted(request).actor.may(Permission.SEE_RESULTS))
    rows = queries.entries_seen()
    wanted = {
        "enrolment__public_id": asked.enrolment,
        "state": asked.state,
        "on__gte": asked.first,
        "on__lte": asked.last,
    }
    rows = rows.filter(**{name: value for name, value in wanted.items() if value is not None})
    return page(page_of(rows, ("-on", "-pk"), asked, request), entry_shape)


@room.read("/waiting", Page[Entry])
def list_waiting_entries(request: HttpRequest, asked: Query[Turn]) -> Any:
    """What apprentices handed in and this mentor or trainer has not answered, by apprentice and day."""
    actor = admitted(request).actor
    require(actor.may(Permission.CONFIRM_LOGS))
    if actor.person is None:
        raise Refused(may_not("kernel.client_needs_person"))
    rows = queries.waiting_for(actor.person)
    found = page_among(rows, lambda row: (row.enrolment_id, row.on.isoformat(), row.pk), asked, request)
    return page(found, entry_shape)


@room.read("/entries/{entry}", Entry, one=True)
def read_entry(request: HttpRequest, response: HttpResponse, entry: str) -> Entry:
    """One entry with what was said to it."""
    require(admitted(request).actor.may(Permission.SEE_RESULTS))
    row = _entry(entry)
    tag(response, row.revision)
    return entry_shape(row)


@room.write("/entries", Entry, name="write_entry", status=201, one=False)
def write_entry(request: HttpRequest, response: HttpResponse, body: NewEntry) -> Status:
    """Write an entry into one's own log. The same `made_id` once more changes the entry or, unchanged, nothing."""
    saved = _save(request, _own(request), body.made_id or uuid.uuid4(), body, base=0)
    if body.submit and saved.how != "beside":
        actions.submit_entry(saved.entry, by=admitted(request).actor, at=request.at)  # type: ignore[attr-defined]
    response.headers["Location"] = f"/api/v1/log/entries/{saved.entry.public_id}"
    return Status(201, _answer(response, saved.entry.public_id))


@room.write("/entries/{entry}", Entry, name="change_entry", method="PUT", revised=True)
def change_entry(request: HttpRequest, response: HttpResponse, entry: str, body: EntryContent) -> Entry:
    """Write one's own entry anew. A confirmed one stays as it is: the answer is the correction beside it."""
    row = _entry(entry)
    match(request, row.revision)
    saved = _save(request, row.enrolment, row.made_id, body, base=row.revision)
    return _answer(response, saved.entry.public_id)


@room.write("/entries/{entry}/submit", Entry, name="submit_entry", revised=True)
def submit_entry(request: HttpRequest, response: HttpResponse, entry: str) -> Entry:
    """Hand one's own entry in; twice is once."""
    row = _entry(entry)
    match(request, row.revision)
    actions.submit_entry(row, by=admitted(request).actor, at=request.at)  # type: ignore[attr-defined]
    return _answer(response, entry)


@room.write("/confirm", Outcome, name="confirm_entries", one=False)
def confirm_entries(request: HttpRequest, body: EntriesRead) -> Outcome:
    """Confirm entries as they were read; one that changed meanwhile, or cannot be, is named with the reason."""
    actor = admitted(request).actor
    require(actor.may(Permission.CONFIRM_LOGS))
    read = {one.id: one.revision for one in body.entries}
    done = actions.confirm_entries(read, by=actor, at=request.at)  # type: ignore[attr-defined]
    return Outcome(
        confirmed=[row.public_id for row in done.done],
        refused=[
            NotConfirmed(id=public_id, code=verdict.reason, detail=sentence(verdict))
            for public_id, verdict in done.refused.items()
        ],
    )


@room.write("/entries/{entry}/return", Entry, name="return_entry", revised=True)
def return_entry(request: HttpRequest, response: HttpResponse, entry: str, body: Back) -> Entry:
    """Send an entry back to its writer, with a reason."""
    actor, row = admitted(request).actor, _entry(entry)
    if actor.person is not None:
        require(may_confirm(actor, row, working_with(actor.person)))
    match(request, row.revision)
    told: dict[str, Any] = {"revision": body.revision, "phrase": body.phrase, "words": body.words}
    actions.return_entry(row, **told, by=actor, at=request.at)  # type: ignore[attr-defined]
    return _answer(response, entry)


def _answer(response: HttpResponse, public_id: str) -> Entry:
    row = _entry(public_id)
    tag(response, row.revision)
    return entry_shape(row)


def _entry(public_id: str) -> Row:
    found = queries.entry(public_id) if public_id.isascii() and public_id.isalnum() else None
    if found is None:
        raise Http404
    return found


def _own(request: HttpRequest) -> Enrolment:
    """One's own apprenticeship at the organisation, the running one first."""
    actor = admitted(request).actor
    require(actor.may(Permission.KEEP_LOG))
    if actor.person is None or actor.organisation is None:
        raise Refused(may_not("kernel.client_needs_person"))
    inside = enrolments_of(actor.person).filter(
        cohort__organisation__path__startswith=actor.organisation.path
    )
    rows = sorted(inside, key=lambda row: row.state != "active")
    if not rows:
        raise Refused(may_not("logbook.not_yours"))
    return rows[0]


def _save(
    request: HttpRequest, enrolment: Enrolment, made_id: uuid.UUID, body: EntryContent, *, base: int
) -> actions.Saved:
    told = {
        name: getattr(body, name) for name in ("on", "text", "minutes", "bucket", "place", "unit", "skill")
    }
    content = actions.Content(**told)
    by, at = admitted(request).actor, request.at  # type: ignore[attr-defined]
    return actions.save_entry(enrolment, made_id=made_id, content=content, base=base, by=by, at=at)
