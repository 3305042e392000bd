"""Agreements: where they stand, whose signature is missing, and who learns without one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Query
from pydantic import Field

from craftpath.delivery.api.finding import actor, at, needs, one, today
from craftpath.delivery.api.kinds import PLAIN, Asked, Day, Named, NamedText, Shape, named, said
from craftpath.delivery.api.paging import Page, Turn, given, page_of
from craftpath.delivery.api.room import Room
from craftpath.domain.agreements import actions
from craftpath.domain.agreements.queries import agreements, without_agreement
from craftpath.domain.agreements.rules import may_write
from craftpath.domain.agreements.texts import INITIATORS, REASONS_TO_LEAVE, REASONS_TO_PAUSE
from craftpath.kernel.client_scopes import Area
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import require

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from craftpath.domain.agreements.models import Agreement as Row

room = Room("agreements", Area.AGREEMENTS)


State = Literal[
    "draft", "checked", "awaiting_signatures", "signed", "registered", "active", "completed", "terminated",
    "expired", "void",
]  # fmt: skip


class Signature(Shape):
    """One party of the text that is to be signed."""

    role: str
    name: str
    signed_at: datetime | None


class Agreement(Shape):
    """One agreement. What somebody is paid stands on its page, not here."""

    id: str
    apprentice: Named = Field(description="with the id of the enrolment")
    cohort: NamedText
    college: NamedText
    enterprise: NamedText
    state: State
    starts_on: date
    ends_on: date
    mentor: Named | None
    registration_no: str
    registered_on: date | None
    active_on: date | None
    ended_on: date | None
    signatures: list[Signature]


class Without(Shape):
    """Somebody who learns, or has a place, and of whom the record has no agreement."""

    apprentice: Named = Field(description="with the id of the enrolment")
    number: str
    cohort: NamedText
    enterprise: NamedText | None
    starts_on: date


Verb = Literal["check", "send", "recall", "activate", "register", "complete", "void", "pause", "resume"]
_ACTS: dict[str, tuple[Callable[..., object], tuple[str, ...]]] = {
    "check": (actions.check_agreement, ()),
    "send": (actions.send_agreement, ()),
    "recall": (actions.recall_agreement, ()),
    "activate": (actions.activate_agreement, ()),
    "register": (actions.register_agreement, ("number", "on")),
    "complete": (actions.complete_agreement, ("on",)),
    "void": (actions.void_agreement, ()),
    "pause": (actions.pause_apprenticeship, ("on", "until", "because")),
    "resume": (actions.resume_apprenticeship, ("on",)),
}


class Move(Asked):
    """What a step asks for: a day, the number of the register, why and until when somebody pauses."""

    on: Day | None = Field(None, description="today where none is named")
    until: Day | None = None
    number: Annotated[str, Field(max_length=60, pattern=PLAIN)] = ""
    because: Literal[tuple(REASONS_TO_PAUSE)] = next(iter(REASONS_TO_PAUSE))  # type: ignore[valid-type]


class Leaving(Asked):
    """Who ends it, why, when it was told, and the last day."""

    because: Literal[tuple(REASONS_TO_LEAVE)]  # type: ignore[valid-type]
    initiator: Literal[tuple(INITIATORS)]  # type: ignore[valid-type]
    told_on: Day
    last_day: Day
    note: Annotated[str, Field(max_length=400, pattern=PLAIN)] = ""


class AgreementsAsked(Turn, Asked):
    """Which agreements."""

    state: State | None = None
    unsigned: bool = Field(False, description="only those that wait for a signature")


@room.read("/agreements", Page[Agreement])
def list_agreements(request: HttpRequest, asked: Query[AgreementsAsked]) -> Any:
    """Agreements that one looks after, or one's own; what changed last comes first."""
    rows = given(_seen(request), state="awaiting_signatures" if asked.unsigned else None)
    rows = rows.filter(state=asked.state) if asked.state is not None else rows.exclude(state="void")
    found = page_of(rows, ("-made_at", "-pk"), asked, request)
    return {"items": [_agreement(row) for row in found.rows], "next": found.next}


@room.read("/agreements/{agreement}", Agreement, one=True)
def read_agreement(request: HttpRequest, agreement: str) -> Agreement:
    """One agreement with its signatures."""
    return _agreement(one(_seen(request), agreement))


@room.write("/agreements/{agreement}/end-early", Agreement, name="terminate_agreement")
def terminate_agreement(request: HttpRequest, agreement: str, body: Leaving) -> Agreement:
    """End an agreement before its day, with who ends it and why."""
    needs(request, Permission.MANAGE_AGREEMENTS)
    row = one(_seen(request), agreement)
    require(may_write(actor(request), row))
    actions.terminate_agreement(
        row, because=body.because, initiator=body.initiator, told_on=body.told_on, last_day=body.last_day,
        note=body.note, by=actor(request), at=at(request),
    )  # fmt: skip
    return _agreement(one(_seen(request), agreement))


@room.write("/agreements/{agreement}/{verb}", Agreement, name="move_agreement")
def move_agreement(request: HttpRequest, agreement: str, verb: Verb, body: Move) -> Agreement:
    """Take the next step of an agreement that one looks after; each is refused as on its page, with the reason."""
    needs(request, Permission.MANAGE_AGREEMENTS)
    row = one(_seen(request), agreement)
    require(may_write(actor(request), row))
    act, wants = _ACTS[verb]
    told = body.model_dump() | {"on": body.on or today(request)}
    act(row, **{name: told[name] for name in wants}, by=actor(request), at=at(request))
    return _agreement(one(_seen(request), agreement))


@room.read("/without-agreement", Page[Without])
def list_without_agreement(request: HttpRequest, asked: Query[Turn]) -> Any:
    """Apprentices without an agreement in the record, by number."""
    needs(request, Permission.SEE_AGREEMENTS)
    found = page_of(without_agreement(), ("number", "pk"), asked, request)
    items = [
        Without(
            apprentice=Named(id=row.public_id, name=row.person.name),
            number=row.number,
            cohort=NamedText(id=row.cohort.public_id, name=said(row.cohort.name)),
            enterprise=NamedText(id=row.enterprise.public_id, name=said(row.enterprise.name))
            if row.enterprise is not None
            else None,
            starts_on=row.starts_on,
        )
        for row in found.rows
    ]
    return {"items": items, "next": found.next}


def _seen(request: HttpRequest) -> QuerySet[Row]:
    rows, who = agreements().prefetch_related("document__parties__signature"), actor(request)
    if Permission.SEE_AGREEMENTS not in who.permissions:
        needs(request, Permission.KEEP_LOG)  # an apprentice reads the own one
        rows = rows.filter(enrolment__person=who.person)
    return rows


def _agreement(row: Row) -> Agreement:
    return Agreement(
        id=row.public_id,
        apprentice=Named(id=row.enrolment.public_id, name=row.enrolment.person.name),
        cohort=NamedText(id=row.enrolment.cohort.public_id, name=said(row.enrolment.cohort.name)),
        college=NamedText(id=row.organisation.public_id, name=said(row.organisation.name)),
        enterprise=NamedText(id=row.enterprise.public_id, name=said(row.enterprise.name)),
        state=row.state,  # type: ignore[arg-type]
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        mentor=named(row.mentor),
        registration_no=row.registration_no,
        registered_on=row.registered_on,
        active_on=row.active_on,
        ended_on=row.ended_on,
        signatures=[
            Signature(role=party.role, name=party.name, signed_at=_signed_at(party))
            for party in (row.document.parties.all() if row.document is not None else ())
        ],
    )


def _signed_at(party: Any) -> datetime | None:
    signature = getattr(party, "signature", None)
    return signature.at if signature is not None else None
