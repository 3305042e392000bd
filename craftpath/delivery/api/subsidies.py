"""Subsidy files: how far each is, its steps, and audits with their findings."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, Literal
from uuid import UUID

from django.http import Http404, HttpRequest
from ninja import Query
from ninja.responses import Status
from pydantic import Field

from craftpath.delivery.api.finding import actor, at, needs, one, somebody, today
from craftpath.delivery.api.kinds import PLAIN, Asked, Day, Id, Named, NamedText, Said, Shape, said
from craftpath.delivery.api.paging import Page, Turn, page_of
from craftpath.delivery.api.room import Room
from craftpath.delivery.exchange.payments import decimal
from craftpath.domain.subsidies import actions, queries, rules
from craftpath.domain.subsidies.texts import SEVERITIES
from craftpath.kernel.client_scopes import Area
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import require

if TYPE_CHECKING:
    from craftpath.domain.subsidies.models import Audit as AuditRow
    from craftpath.domain.subsidies.models import Finding as FindingRow
    from craftpath.domain.subsidies.models import SubsidyFile as Row

room = Room("subsidies", Area.SUBSIDIES)
READERS = (Permission.FILE_SUBSIDIES, Permission.DECIDE_SUBSIDIES, Permission.SEE_HISTORY)
Words = Annotated[str, Field(min_length=1, max_length=300, pattern=PLAIN)]
Verb = Literal[
    "file",
    "claim",
    "withdraw",
    "register",
    "return",
    "advance",
    "notice",
    "settle",
    "pay",
    "demand",
    "refund",
]
CLAIMANT = ("file", "claim", "withdraw")
_ACTS: Mapping[str, tuple[Callable[..., object], tuple[str, ...]]] = {
    "file": (actions.file_plan, ()),
    "claim": (actions.claim_subsidy, ()),
    "withdraw": (actions.withdraw_file, ("because",)),
    "register": (actions.register_file, ()),
    "return": (actions.return_file, ("because",)),
    "advance": (actions.advance_money, ("on",)),
    "notice": (actions.notice_claim, ("on",)),
    "settle": (actions.settle_claim, ("on",)),
    "pay": (actions.pay_balance, ("on",)),
    "demand": (actions.demand_refund, ("on", "by_day", "because")),
    "refund": (actions.refund_money, ("on",)),
}


class SubsidyFile(Shape):
    """A file with the money of its steps, in the currency's unit."""

    id: str
    name: Said
    organisation: NamedText
    authority: NamedText
    scheme: NamedText
    state: str
    since: date
    starts_on: date
    months: int
    heads: int | None
    currency: str
    advance: str | None
    due: str | None
    balance: str | None
    refund: str | None
    notice_ends_on: date | None
    refund_by: date | None


class Member(Shape):
    """One person of a file."""

    id: str
    apprentice: Named = Field(description="with the id of the enrolment")
    number: str
    outcome: str
    months: int
    excluded: str = Field(description="a code, where somebody does not count")


class SubsidyStep(Shape):
    """What was done with a file."""

    move: str
    on: date
    by: str
    words: str


class SubsidyFileWhole(SubsidyFile):
    """A file with its people, its steps and its audits."""

    people: list[Member]
    steps: list[SubsidyStep]
    audits: list[Audit]


class Audit(Shape):
    """A sample that an auditor looks at."""

    id: str
    auditor: Named
    opens_on: date
    closes_on: date
    seed: str = Field(description="by which anybody draws the same sample again")
    drawn: int
    listed: int


class SubsidyFinding(Shape):
    """What an auditor found."""

    id: str
    severity: str
    words: str
    state: str
    answer: str


class SubsidyMove(Asked):
    """The day, the reason, the last day to pay: what the step asks for."""

    on: Day | None = Field(None, description="today where none is named")
    by_day: Day | None = None
    because: Annotated[str, Field(max_length=300, pattern=PLAIN)] = ""


class NewAudit(Asked):
    """Whom to invite, for which days, and of how many to draw."""

    made_id: UUID | None = None
    username: Annotated[str, Field(min_length=1, max_length=150, pattern=PLAIN)]
    opens_on: Day
    closes_on: Day
    size: Annotated[int, Field(ge=1, le=10_000)]
    because: Words


class NewFinding(Asked):
    """What was found; of one person, of one paper, or of the whole file."""

    made_id: UUID | None = None
    severity: Literal[tuple(SEVERITIES)]  # type: ignore[valid-type]
    words: Annotated[str, Field(min_length=1, max_length=2000, pattern=PLAIN)]
    member: Id | None = None
    paper: Annotated[str, Field(max_length=40, pattern=r"^[a-z0-9_]*$")] = ""


class FindingAnswer(Asked):
    """What the office says to it."""

    answer: Annotated[str, Field(min_length=1, max_length=2000, pattern=PLAIN)]


@room.read("/subsidy-files", Page[SubsidyFile])
def list_subsidy_files(request: HttpRequest, asked: Query[Turn]) -> Any:
    """Files that one files, decides or audits; the last step first."""
    needs(request, *READERS)
    found = page_of(queries.files(), ("-since", "-pk"), asked, request)
    return {"items": [SubsidyFile(**_file(row)) for row in found.rows], "next": found.next}


@room.read("/subsidy-files/{file}", SubsidyFileWhole, one=True)
def read_subsidy_file(request: HttpRequest, file: str) -> SubsidyFileWhole:
    """One file with people, steps and audits."""
    needs(request, *READERS)
    return _whole(one(queries.files(), file))


@room.write("/subsidy-files/{file}/audits", Audit, name="invite_auditor", status=201)
def draw_sample(request: HttpRequest, file: str, body: NewAudit) -> Status:
    """Invite an auditor and draw a sample; the seed stands in the record."""
    needs(request, *READERS)
    row = one(queries.files(), file)
    made = actions.invite_auditor(
        row, username=body.username, opens_on=body.opens_on, closes_on=body.closes_on, size=body.size,
        because=body.because, made_id=str(body.made_id or uuid.uuid4()), by=actor(request), at=at(request),
    )  # fmt: skip
    return Status(201, _audit(made))


@room.write("/subsidy-files/{file}/{verb}", SubsidyFileWhole, name="move_file")
def move_subsidy_file(request: HttpRequest, file: str, verb: Verb, body: SubsidyMove) -> SubsidyFileWhole:
    """Take the next step: `file`, `claim` and `withdraw` are the claimant's, the others the authority's."""
    needs(request, *READERS)
    row = one(queries.files(), file)
    allowed = rules.may_file if verb in CLAIMANT else rules.may_decide
    require(allowed(actor(request), row))
    act, wants = _ACTS[verb]
    told = {"on": body.on or today(request), "by_day": body.by_day, "because": body.because}
    act(row, **{name: told[name] for name in wants}, by=actor(request), at=at(request))
    return _whole(one(queries.files(), file))


@room.write("/audits/{audit}/findings", SubsidyFinding, name="raise_finding", status=201)
def raise_finding(request: HttpRequest, audit: str, body: NewFinding) -> Status:
    """Write down what was found, on the days of the audit."""
    row = one(queries.audits(), audit)
    require(rules.may_audit(actor(request), row, today(request)))
    member = None
    if body.member is not None:
        member = next(
            (found for found in queries.people_of(row.file) if found.public_id == body.member), None
        )
        if member is None:
            raise Http404
    made = actions.raise_finding(
        row, severity=body.severity, words=body.words, member=member, paper=body.paper,
        made_id=str(body.made_id or uuid.uuid4()), by=actor(request), at=at(request),
    )  # fmt: skip
    return Status(201, _finding(made))


@room.write("/findings/{finding}/answer", SubsidyFinding, name="answer_finding")
def answer_finding(request: HttpRequest, finding: str, body: FindingAnswer) -> SubsidyFinding:
    """Answer a finding, as the claimant."""
    somebody(request)
    row = one(queries.findings(), finding)
    return _finding(actions.answer_finding(row, answer=body.answer, by=actor(request), at=at(request)))


@room.write("/findings/{finding}/close", SubsidyFinding, name="close_finding")
def close_finding(request: HttpRequest, finding: str) -> SubsidyFinding:
    """Close an answered finding, as the auditor or the authority."""
    somebody(request)
    row = one(queries.findings(), finding)
    return _finding(actions.close_finding(row, by=actor(request), at=at(request)))


def _file(row: Row) -> dict[str, Any]:
    currency = str(row.scheme.definition["currency"])
    money = {
        name: None if getattr(row, name) is None else str(decimal(getattr(row, name), currency))
        for name in ("advance", "due", "balance", "refund")
    }
    return {
        "id": row.public_id,
        "name": said(row.name),
        "organisation": NamedText(id=row.organisation.public_id, name=said(row.organisation.name)),
        "authority": NamedText(id=row.authority.public_id, name=said(row.authority.name)),
        "scheme": NamedText(id=row.scheme.public_id, name=said(row.scheme.name)),
        "state": row.state,
        "since": row.since,
        "starts_on": row.starts_on,
        "months": row.months,
        "heads": row.heads,
        "currency": currency,
        "notice_ends_on": row.notice_ends_on,
        "refund_by": row.refund_by,
        **money,
    }


def _whole(row: Row) -> SubsidyFileWhole:
    return SubsidyFileWhole(
        **_file(row),
        people=[
            Member(
                id=member.public_id,
                apprentice=Named(id=member.enrolment.public_id, name=member.person.name),
                number=member.enrolment.number,
                outcome=member.outcome,
                months=member.months,
                excluded=member.excluded,
            )
            for member in queries.people_of(row)
        ],
        steps=[
            SubsidyStep(
                move=event.move, on=event.on, by=event.person.name if event.person else "", words=event.words
            )
            for event in queries.events_of(row)
        ],
        audits=[_audit(audit) for audit in queries.audits_of(row)],
    )


def _audit(row: AuditRow) -> Audit:
    return Audit(
        id=row.public_id,
        auditor=Named(id=row.auditor.public_id, name=row.auditor.name),
        opens_on=row.opens_on,
        closes_on=row.closes_on,
        seed=row.seed,
        drawn=len(row.drawn),
        listed=len(row.listed),
    )


def _finding(row: FindingRow) -> SubsidyFinding:
    return SubsidyFinding(
        id=row.public_id, severity=row.severity, words=row.words, state=row.state, answer=row.answer
    )


SubsidyFileWhole.model_rebuild()
