"""Packages of courses: taken in, opened for a learner (cmi5), waived, broken off; and how far learners are."""

from __future__ import annotations

import tempfile
import uuid
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal
from urllib.parse import urlsplit
from uuid import UUID

from django.http import Http404, HttpRequest
from ninja import Query, Status
from pydantic import Field

from craftpath.delivery.api.finding import actor, at, needs, one, place
from craftpath.delivery.api.framing import UploadTooLarge, uploaded
from craftpath.delivery.api.kinds import PLAIN, Asked, Id, Named, Said, Shape, said
from craftpath.delivery.api.paging import Page, Turn, given, page_of
from craftpath.delivery.api.room import Room
from craftpath.delivery.exchange.courses.texts import sentence as fault_in_words
from craftpath.delivery.exchange.courses.units import open_unit
from craftpath.delivery.exchange.reasons import sentence
from craftpath.domain.apprenticeships.queries import enrolments
from craftpath.domain.packages import actions, queries, rules
from craftpath.domain.standards.content import Fault
from craftpath.engines.cmi5 import met
from craftpath.kernel.client_scopes import Area
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import Refused, Verdict, not_now, require

if TYPE_CHECKING:
    from craftpath.domain.packages.models import Package as PackageRow
    from craftpath.domain.packages.models import Registration as RegistrationRow
    from craftpath.domain.packages.models import UnitSession

room = Room("packages", Area.PACKAGES)
State = Literal["reading", "ready", "refused", "retired"]
Mode = Literal["Normal", "Browse", "Review"]
Key = Annotated[
    str, Field(max_length=8, pattern=r"^[0-9]+$", description="of a part: its number", examples=["1"])
]
Address = Annotated[str, Field(max_length=1000, pattern=r"^https?://[^\x00-\x20\x7f]+$")]
_NAMES = uuid.UUID("2c0a3d1f-3f0c-5d39-9a46-0a8d2c1e7b50")


class PackagePart(Shape):
    """A line of the table of contents; one that can be opened has a key."""

    key: str | None
    title: str
    depth: int
    identifier: str | None = Field(description="as its makers call it (cmi5)")
    move_on: str | None = Field(description="what has to be said of it to go on (cmi5)")
    launch_method: str | None = Field(description="AnyWindow, or OwnWindow where a frame will not do (cmi5)")


class PackageFault(Shape):
    """One place where a package breaks the rules of its standard."""

    code: str
    place: str
    given: str
    detail: str = Field(description="a sentence in the caller's language")


class Package(Shape):
    """A package. `reading`: a worker looks at it; ask again until it is `ready` or `refused`."""

    id: str
    state: State
    kind: str
    title: Said
    plays: bool
    parts: list[PackagePart]
    code: str | None = Field(description="why it was refused, for programs")
    detail: str | None = Field(description="the same in the caller's language")
    faults: list[PackageFault]
    made_at: datetime


class Launching(Asked):
    """Which part is opened for whom. Without a registration it is the learner's own in this package."""

    apprentice: Id
    part: Key
    mode: Mode = "Normal"
    return_url: Address | None = Field(None, description="where the part leads when it is done")
    registration: UUID | None = None


class Launched(Shape):
    """The address to open, good for one session."""

    url: str
    session: UUID
    registration: UUID


class PartProgress(Shape):
    """What was said of one part."""

    part: str
    said: list[str] = Field(description="completed, passed, failed, waived: in the order in which they came")
    satisfied: bool


class PackageRegistration(Shape):
    """Somebody in a cmi5 package; parts of which nothing was said are left out."""

    registration: UUID
    learner: Named = Field(description="with the id of the person")
    satisfied: bool = Field(description="the whole package")
    parts: list[PartProgress]
    made_at: datetime


class Waiving(Asked):
    """Which part somebody need not do, and why."""

    part: Key
    because: Annotated[str, Field(min_length=1, max_length=rules.LONGEST_REASON, pattern=PLAIN)]


class PartSession(Shape):
    """One launch of a part."""

    session: UUID
    part: str
    mode: Mode
    open: bool
    abandoned: bool
    begun_at: datetime
    ended_at: datetime | None


class FileAsked(Asked):
    """What the file is called."""

    name: Annotated[str, Field(max_length=150, pattern=PLAIN)] | None = Field(
        None, description="its name, which is the title of a package until one is found in it"
    )


class PackagesAsked(Turn, Asked):
    """Which packages."""

    state: State | None = None


@room.read("/packages", Page[Package])
def list_packages(request: HttpRequest, asked: Query[PackagesAsked]) -> Any:
    """Packages that the caller may see, the newest first."""
    rows = given(queries.packages(), state=asked.state)
    if not rules.may_keep(actor(request), place(request)):
        rows = rows.filter(state="ready", plays=True)
    found = page_of(rows, ("-made_at", "-pk"), asked, request)
    return {"items": [_package(row) for row in found.rows], "next": found.next}


@room.take("/packages", Package, most=rules.MOST_BYTES)
def take_package(request: HttpRequest, asked: Query[FileAsked]) -> Status:
    """Take a package in. The body is the file, a .zip as the authoring tool exports it, or a cmi5.xml alone. A worker
    reads it: ask for the package until it is ready or refused. The same Idempotency-Key again is the same package.
    """
    needs(request, Permission.KEEP_PACKAGES)
    made_id = uuid.uuid4()
    if key := request.headers.get("Idempotency-Key", "")[:200]:
        made_id = uuid.uuid5(_NAMES, f"{actor(request).person.public_id} {key}")  # type: ignore[union-attr]
    with tempfile.NamedTemporaryFile(prefix="craftpath-package-") as file:
        try:
            size = uploaded(request, file, rules.MOST_BYTES)
        except UploadTooLarge:
            require(rules.small_enough(rules.MOST_BYTES + 1))
            raise
        if not size:
            raise Refused(not_now("packages.nothing_sent"))
        name = asked.name or ("cmi5.xml" if "xml" in (request.content_type or "") else "package.zip")
        row = actions.take_package(
            Path(file.name), name, organisation=place(request), made_id=made_id, by=actor(request), at=at(request)
        )  # fmt: skip
    row.refresh_from_db()
    return Status(202, _package(row))


@room.read("/packages/{package}", Package, one=True)
def read_package(request: HttpRequest, package: str) -> Any:
    """One package with its parts, or why it was refused."""
    return _package(_seen(request, package))


@room.write("/packages/{package}/retire", Package, name="retire_package")
def retire_package(request: HttpRequest, package: str) -> Any:
    """Nobody begins it any more; what was done in it stays."""
    needs(request, Permission.KEEP_PACKAGES)
    row = _seen(request, package)
    return _package(actions.retire_package(row, by=actor(request), at=at(request)))


@room.write("/packages/{package}/launches", Launched, name="launch_part", by_person=False)
def launch_part(request: HttpRequest, package: str, body: Launching) -> Any:
    """Open a part of a cmi5 package for a learner. The address is good for one session; one of the same learner in
    the same part that is still open is abandoned.
    """
    needs(request, Permission.KEEP_PACKAGES)
    row = _seen(request, package)
    person = one(enrolments(), body.apprentice).person
    if body.return_url is not None and not urlsplit(body.return_url).hostname:
        raise Refused(not_now("packages.return_unfit"))
    opened = open_unit(
        request, row, body.part, person, mode=body.mode, return_url=body.return_url or "",
        registration=body.registration, by=actor(request), at=at(request),
    )  # fmt: skip
    return Launched(url=opened.address, session=opened.session, registration=opened.registration)


@room.read("/packages/{package}/registrations", Page[PackageRegistration], one=True)
def list_registrations(request: HttpRequest, package: str, asked: Query[Turn]) -> Any:
    """Who is in a cmi5 package, and what was said of its parts."""
    needs(request, Permission.SEE_RESULTS)
    row = _seen(request, package)
    rows = queries.learners_in(row)
    found = page_of(rows, ("made_at", "pk"), asked, request)
    return {"items": [_registration(one) for one in found.rows], "next": found.next}


@room.write(
    "/packages/registrations/{registration}/waive", PackageRegistration, name="waive_part", by_person=False
)
def waive_part(request: HttpRequest, registration: UUID, body: Waiving) -> Any:
    """Say that somebody need not do a part, with the reason."""
    needs(request, Permission.KEEP_PACKAGES)
    row = queries.registrations().filter(registration=registration).first()
    if row is None:
        raise Http404
    waived = actions.waive_unit(row, body.part, body.because, by=actor(request), at=at(request))
    return _registration(waived)


@room.write("/packages/sessions/{session}/abandon", PartSession, name="abandon_session", by_person=False)
def abandon_session(request: HttpRequest, session: UUID) -> Any:
    """End a session from outside; its token serves nobody any more."""
    needs(request, Permission.KEEP_PACKAGES)
    row = queries.session(session)
    if row is None:
        raise Http404
    return _session(actions.abandon_session(row, by=actor(request), at=at(request)))


def _seen(request: HttpRequest, public_id: str) -> PackageRow:
    row: PackageRow = one(queries.packages(), public_id)
    if not rules.may_see(actor(request), row):
        raise Http404
    return row


def _package(row: PackageRow) -> Package:
    refusal = row.refusal
    verdict = Verdict(refusal["reason"], refusal.get("facts", {})) if refusal else None
    return Package(
        id=row.public_id,
        state=row.state,  # type: ignore[arg-type]
        kind=row.kind,
        title=said(row.title),
        plays=row.plays,
        parts=[
            PackagePart(
                key=part.get("key"),
                title=part["title"],
                depth=part["depth"],
                identifier=part.get("id"),
                move_on=part.get("move_on"),
                launch_method=part.get("method"),
            )
            for part in row.entries
        ],
        code=verdict.reason if verdict is not None else None,
        detail=sentence(verdict) if verdict is not None else None,
        faults=[
            PackageFault(
                code=code, place=where, given=there, detail=fault_in_words(Fault(where, there, code, facts))
            )
            for where, there, code, facts in row.notes.get("faults", [])
        ],
        made_at=row.made_at,
    )


def _registration(row: RegistrationRow) -> PackageRegistration:
    parts = row.package.parts
    return PackageRegistration(
        registration=row.registration,
        learner=Named(id=row.person.public_id, name=row.person.name),
        satisfied="" in row.satisfied,
        parts=[
            PartProgress(
                part=key, said=verbs, satisfied=met(parts[key].get("move_on", "NotApplicable"), verbs)
            )
            for key, verbs in sorted(row.said.items(), key=lambda pair: int(pair[0]))
        ],
        made_at=row.made_at,
    )


def _session(row: UnitSession) -> PartSession:
    return PartSession(
        session=row.session,
        part=row.entry,
        mode=row.mode,  # type: ignore[arg-type]
        open=row.ended_at is None,
        abandoned=row.abandoned,
        begun_at=row.begun_at,
        ended_at=row.ended_at,
    )
