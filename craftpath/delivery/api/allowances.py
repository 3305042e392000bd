"""Allowances: what one is paid and why, and the months of an office."""

from __future__ import annotations

import uuid
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query
from ninja.responses import Status
from pydantic import Field

from craftpath.delivery.api.finding import actor, at, needs, one, place, somebody
from craftpath.delivery.api.kinds import PLAIN, Asked, Day, Line, Named, NamedText, Shape, said
from craftpath.delivery.api.paging import Page, Turn, page_of
from craftpath.delivery.api.room import Room
from craftpath.delivery.exchange.payments import decimal
from craftpath.domain.allowances import actions, queries, rules
from craftpath.domain.allowances.explaining import explanation
from craftpath.kernel.client_scopes import Area
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import require

if TYPE_CHECKING:
    from craftpath.domain.allowances.models import Line as LineRow
    from craftpath.domain.allowances.models import Run as RunRow

room = Room("allowances", Area.ALLOWANCES)
Reason = Annotated[str, Field(min_length=1, max_length=rules.LONGEST_REASON, pattern=PLAIN)]


class Factor(Shape):
    """One factor of a part: what it stands for, and by how much."""

    code: str
    factor: float
    value: int | None = Field(description="what it was worked out from: minor units, days, people")


class AllowanceLine(Shape):
    """What one rule pays for one pair in a month, in the currency's unit."""

    id: str
    month: date = Field(description="of the run, as its first day")
    about: date = Field(description="the month that it is for")
    kind: str
    teacher: Named
    apprentice: Named
    rule: str
    amount: Decimal
    currency: str
    parts: list[list[Factor]] = Field(description="of what it is made: products, whose sum is it before caps")
    state: str = Field(description="of the run")


class AllowanceRun(Shape):
    """A month of an office."""

    id: str
    organisation: NamedText
    month: date
    state: str
    total: Decimal | None = Field(description="null as long as nothing is computed")
    currency: str
    computing: bool
    paid_on: date | None
    reference: str
    because: str = Field(description="why it was sent back")


class NewRun(Asked):
    """Which month."""

    month: Annotated[str, Field(pattern=r"^20[0-9]{2}-(0[1-9]|1[0-2])$", examples=["2026-11"])]
    made_id: UUID | None = None


class SentBack(Asked):
    """Why."""

    because: Reason


class Payment(Asked):
    """When it was paid, and the bank's reference."""

    paid_on: Day
    reference: Line


class Doubt(Asked):
    """What one asks about a line."""

    words: Annotated[str, Field(min_length=1, max_length=rules.LONGEST_WORDS, pattern=PLAIN)]


class Noted(Shape):
    """The question that was written."""

    id: str
    state: str


@room.read("/allowances", Page[AllowanceLine])
def list_allowances(request: HttpRequest, asked: Query[Turn]) -> Any:
    """What one is paid oneself, wherever, the newest month first; settled months only."""
    found = page_of(
        queries.own_lines(somebody(request)).select_related("payee"), ("-month", "-pk"), asked, request
    )
    return {"items": [_line(row) for row in found.rows], "next": found.next}


@room.write("/allowances/{line}/ask", Noted, name="ask_about", status=201)
def ask_about_allowance(request: HttpRequest, line: str, body: Doubt) -> Status:
    """Ask the office about a line of one's own."""
    row = one(queries.own_lines(somebody(request)), line)
    made = actions.ask_about(row, words=body.words, by=actor(request), at=at(request))
    return Status(201, Noted(id=made.public_id, state=made.state))


@room.read("/allowance-runs", Page[AllowanceRun])
def list_allowance_runs(request: HttpRequest, asked: Query[Turn]) -> Any:
    """Months of allowances that one looks after, the newest first."""
    needs(request, Permission.SEE_ALLOWANCES)
    found = page_of(queries.runs(), ("-month", "-pk"), asked, request)
    computing = queries.asked_of(row.pk for row in found.rows)
    return {"items": [_run(row, row.pk in computing) for row in found.rows], "next": found.next}


@room.read("/allowance-runs/{run}", AllowanceRun, one=True)
def read_allowance_run(request: HttpRequest, run: str) -> AllowanceRun:
    """One month."""
    needs(request, Permission.SEE_ALLOWANCES)
    return _told(run)


@room.read("/allowance-runs/{run}/lines", Page[AllowanceLine], one=True)
def list_allowance_lines(request: HttpRequest, run: str, asked: Query[Turn]) -> Any:
    """A month line by line, for whoever may read names."""
    needs(request, Permission.SEE_ALLOWANCES)
    needs(request, Permission.SEE_RESULTS)
    found = page_of(queries.lines_of(one(queries.runs(), run)), ("pk",), asked, request)
    return {"items": [_line(row) for row in found.rows], "next": found.next}


@room.write("/allowance-runs", AllowanceRun, name="ask_run", status=201, one=False)
def ask_allowance_run(request: HttpRequest, response: HttpResponse, body: NewRun) -> Status:
    """Have a month computed, or computed anew; a worker does it."""
    require(rules.may_run(actor(request), place(request)))
    made = actions.ask_run(
        place(request), month=date.fromisoformat(f"{body.month}-01"), made_id=str(body.made_id or uuid.uuid4()),
        by=actor(request), at=at(request),
    )  # fmt: skip
    response.headers["Location"] = f"/api/v1/allowance-runs/{made.run.public_id}"
    return Status(201, _told(made.run.public_id))


@room.write("/allowance-runs/{run}/back", AllowanceRun, name="send_back_run")
def send_allowance_run_back(request: HttpRequest, run: str, body: SentBack) -> AllowanceRun:
    """Send a checked month back, with the reason."""
    needs(request, Permission.RUN_ALLOWANCES, Permission.APPROVE_ALLOWANCES)
    actions.send_back(one(queries.runs(), run), because=body.because, by=actor(request), at=at(request))
    return _told(run)


@room.write("/allowance-runs/{run}/pay", AllowanceRun, name="pay_run")
def pay_allowance_run(request: HttpRequest, run: str, body: Payment) -> AllowanceRun:
    """Note that an approved month was paid."""
    needs(request, Permission.RUN_ALLOWANCES)
    actions.pay_run(
        one(queries.runs(), run),
        paid_on=body.paid_on,
        reference=body.reference,
        by=actor(request),
        at=at(request),
    )
    return _told(run)


@room.write("/allowance-runs/{run}/{verb}", AllowanceRun, name="move_run")
def move_allowance_run(request: HttpRequest, run: str, verb: Literal["check", "approve"]) -> AllowanceRun:
    """Say that a computed month is right, or approve it; whoever computed or checked it does not approve it."""
    needs(request, Permission.RUN_ALLOWANCES, Permission.APPROVE_ALLOWANCES)
    act = actions.check_run if verb == "check" else actions.approve_run
    act(one(queries.runs(), run), by=actor(request), at=at(request))
    return _told(run)


def _told(public_id: str) -> AllowanceRun:
    row = one(queries.runs(), public_id)
    return _run(row, bool(queries.asked_of([row.pk])))


def _run(row: RunRow, computing: bool) -> AllowanceRun:
    return AllowanceRun(
        id=row.public_id,
        organisation=NamedText(id=row.organisation.public_id, name=said(row.organisation.name)),
        month=row.month,
        state=row.state,
        total=decimal(row.total, row.currency) if row.currency else None,
        currency=row.currency,
        computing=computing,
        paid_on=row.paid_on,
        reference=row.reference,
        because=row.because,
    )


def _line(row: LineRow) -> AllowanceLine:
    currency = row.rule.book.currency
    told = explanation(row)
    return AllowanceLine(
        id=row.public_id,
        month=row.month,
        about=row.about,
        kind=row.kind,
        teacher=Named(id=row.payee.public_id, name=row.payee.name),
        apprentice=Named(id=row.learner.public_id, name=row.learner.name),
        rule=row.rule.name,
        amount=decimal(row.amount, currency),
        currency=currency,
        parts=[]
        if told is None
        else [
            [Factor(code=step.code, factor=float(step.factor), value=step.value) for step in product.steps]
            for product in told.products
        ],
        state=row.run.state,
    )
