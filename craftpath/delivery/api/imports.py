"""Imports: sending the office's sheet, reading what it would do, and taking it in."""

from __future__ import annotations

import binascii
from base64 import b64decode
from datetime import datetime
from typing import Annotated, Any, Literal

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from ninja import Query
from ninja.responses import Status
from pydantic import Field

from craftpath.delivery.api.finding import actor, at, needs, one, place, today
from craftpath.delivery.api.kinds import Asked, Id, Named, Shape, named
from craftpath.delivery.api.paging import Page, Turn, given, page_of
from craftpath.delivery.api.room import Room
from craftpath.delivery.exchange.book import SheetRefused
from craftpath.delivery.exchange.commit import commit_marks, commit_roster
from craftpath.delivery.exchange.fields import Kind
from craftpath.delivery.exchange.reading import read_book
from craftpath.delivery.exchange.texts import sentence
from craftpath.delivery.exchange.trial import Target, first_reading, try_out
from craftpath.domain.apprenticeships.queries import cohorts
from craftpath.domain.apprenticeships.rules import may_import_roster
from craftpath.domain.evaluation.queries import evaluations
from craftpath.domain.evaluation.rules import may_record_marks
from craftpath.kernel.client_scopes import Area
from craftpath.kernel.roles import Permission
from craftpath.kernel.sheets import SHEET, SheetImport, discard_sheet, take_sheet
from craftpath.kernel.sheets import imports as sheets
from craftpath.values.verdict import Refused, not_now, require

room = Room("imports", Area.IMPORTS)
_PERMISSIONS = {Kind.ROSTER: Permission.IMPORT_ROSTER, Kind.MARKS: Permission.IMPORT_MARKS}
_COMMIT = {Kind.ROSTER: commit_roster, Kind.MARKS: commit_marks}
MOST_LETTERS = 960_000
SHOWN = 200


class Import(Shape):
    """One upload on its way in."""

    id: str
    kind: str
    target: str = Field(description="where the rows go: noun/kind/id")
    file: str
    state: Literal["uploaded", "committed", "discarded", "undone"]
    outcome: dict[str, Any] = Field(description="counts, once it was taken in")
    made_by: Named | None = Field(description="nobody where a service token sent it")
    made_at: datetime
    ended_at: datetime | None
    undone_at: datetime | None


class CellWrong(Shape):
    """A cell that cannot be taken."""

    cell: str
    column: str
    given: str
    code: str
    detail: str = Field(description="in the caller's language")


class Check(Shape):
    """What taking it in would do. Nothing is taken in while a cell is wrong."""

    seen: str = Field(description="names this check: taking in says which one was read")
    added: int
    changed: int
    unchanged: int
    errors: int
    cells: list[CellWrong] = Field(description="the first two hundred of them")


class Sent(Asked):
    """A sheet: for a roster the id of its cohort, for marks that of the evaluation."""

    kind: Literal["roster", "marks"]
    target: Id
    name: Annotated[str, Field(min_length=5, max_length=200, pattern=r"^[^/\\\x00]+\.(xlsx|csv)$")]
    content: Annotated[
        str, Field(min_length=4, max_length=MOST_LETTERS, pattern=r"^[A-Za-z0-9+/]+={0,2}$")
    ] = Field(description="the file in Base64; larger ones go by the page")


class Seen(Asked):
    """The check that was read."""

    seen: Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")]


class ImportsAsked(Turn, Asked):
    """Which imports."""

    state: Literal["uploaded", "committed", "discarded", "undone"] | None = None


@room.read("/imports", Page[Import])
def list_imports(request: HttpRequest, asked: Query[ImportsAsked]) -> Any:
    """Imports of the organisation and below, of the kinds that one may import; the newest first."""
    found = page_of(given(_own(request), state=asked.state), ("-made_at", "-pk"), asked, request)
    return {"items": [_import(row) for row in found.rows], "next": found.next}


@room.read("/imports/{sheet}", Import, one=True)
def read_import(request: HttpRequest, sheet: str) -> Import:
    """How far one import has come."""
    return _import(one(_own(request), sheet))


@room.read("/imports/{sheet}/check", Check, one=True, conflicts=True)
def check_import(request: HttpRequest, sheet: str) -> Check:
    """What taking it in would do by the record as it is now, and which cells are wrong."""
    row = one(_own(request), sheet)
    if row.state != SHEET.start:
        raise Refused(not_now("kernel.sheet_ended", state=row.state))
    found = try_out(row, on=today(request))
    plan = found.plan
    return Check(
        seen=found.token,
        added=len(plan.having("add")),
        changed=len(plan.having("change")),
        unchanged=len(plan.having("same")),
        errors=len(plan.errors),
        cells=[
            CellWrong(
                cell=wrong.cell, column=wrong.column, given=wrong.given, code=wrong.code,
                detail=sentence(wrong.code, wrong.facts),
            )
            for wrong in plan.errors[:SHOWN]
        ],
    )  # fmt: skip


@room.write("/imports", Import, name="send_sheet", status=201, by_person=False)
def send_sheet(request: HttpRequest, response: HttpResponse, body: Sent) -> Status:
    """Send a sheet; nothing is taken in yet. Read its check, then take it in."""
    found = _target(request, body)
    try:
        content = b64decode(body.content, validate=True)
        book = read_book(content, body.name)
    except binascii.Error:
        raise SheetRefused("sheet.damaged") from None
    row = take_sheet(
        content=content, name=body.name, kind=body.kind, target=found.ref,
        reading=first_reading(book, found).as_json(), organisation=found.cohort.organisation,
        by=actor(request), at=at(request),
    )  # fmt: skip
    response.headers["Location"] = f"/api/v1/imports/{row.public_id}"
    return Status(201, _import(row))


@room.write("/imports/{sheet}/commit", Import, name="commit_sheet", by_person=False)
def commit_import(request: HttpRequest, sheet: str, body: Seen) -> Import:
    """Take everything in, or nothing; refused where the check that was read holds no more."""
    row = one(_own(request), sheet)
    with transaction.atomic():
        _COMMIT[Kind(row.kind)](row, seen=body.seen, by=actor(request), at=at(request))
    return _import(one(_own(request), sheet))


@room.write("/imports/{sheet}/discard", Import, name="discard_sheet", by_person=False)
def discard_import(request: HttpRequest, sheet: str) -> Import:
    """Put a sheet away that is not taken in."""
    discard_sheet(one(_own(request), sheet), by=actor(request), at=at(request))
    return _import(one(_own(request), sheet))


def _target(request: HttpRequest, body: Sent) -> Target:
    kind = Kind(body.kind)
    needs(request, _PERMISSIONS[kind])
    if kind is Kind.ROSTER:
        cohort = one(cohorts(), body.target)
        require(may_import_roster(actor(request), cohort))
        return Target(Kind.ROSTER, cohort)
    evaluation = one(evaluations(), body.target)
    require(may_record_marks(actor(request), evaluation.cohort))
    return Target(Kind.MARKS, evaluation.cohort, evaluation)


def _own(request: HttpRequest) -> Any:
    needs(request, *_PERMISSIONS.values())
    kinds = [kind.value for kind, permission in _PERMISSIONS.items() if actor(request).may(permission)]
    return sheets().filter(organisation__in=place(request).below(), kind__in=kinds)


def _import(row: SheetImport) -> Import:
    return Import(
        id=row.public_id,
        kind=row.kind,
        target=row.target,
        file=row.file.name,
        state=row.state,  # type: ignore[arg-type]
        outcome=row.outcome,
        made_by=named(row.made_by),
        made_at=row.made_at,
        ended_at=row.ended_at,
        undone_at=row.undone_at,
    )
