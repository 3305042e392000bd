"""Columns of a program's own in OneRoster's gradebook: written, read back, dropped; nobody's mark until taken over."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from craftpath.delivery.exchange.oneroster.rostering import Row, link, stamp
from craftpath.delivery.ims.answers import NotAnswered, body_of, done, served
from craftpath.delivery.ims.book import Book, to
from craftpath.delivery.ims.rosters import WRITE, asks_for_gone, of_token
from craftpath.domain.apprenticeships.queries import cohorts
from craftpath.domain.outside import columns
from craftpath.kernel.clients import Admitted

if TYPE_CHECKING:
    from craftpath.domain.outside.models import OutsideColumn, OutsideMark

AT_ONCE = 500


def _come(request: HttpRequest) -> Admitted:
    return request.admitted  # type: ignore[attr-defined]


def _rows(request: HttpRequest) -> Any:
    rows = columns.every_column().filter(organisation=_come(request).client.organisation_id)
    return rows if asks_for_gone(request) else rows.filter(dropped_at=None)


def found(request: HttpRequest, own: str) -> OutsideColumn | None:
    """The column of this name that is not dropped; a program sees those of its organisation's programs."""
    if not own.isprintable():
        return None
    row: OutsideColumn | None = _rows(request).filter(sourced_id=own, dropped_at=None).first()
    return row


def line_items(request: HttpRequest, *, in_class: str = "", at_school: str = "") -> list[Row]:
    """Columns as line items."""
    return [
        line(row)
        for row in _rows(request)
        if in_class in ("", row.cohort.public_id) and at_school in ("", row.cohort.organisation.public_id)
    ]


def _base(row: Any) -> Row:
    state = "active" if row.dropped_at is None else "tobedeleted"
    return {"sourcedId": row.sourced_id, "status": state, "dateLastModified": stamp(row.changed_at)}


def line(row: OutsideColumn) -> Row:
    """A column as a line item."""
    cohort = row.cohort
    made = _base(row) | {
        "title": row.title,
        "description": row.description,
        "assignDate": stamp(row.assigned_at),
        "dueDate": stamp(row.due_at),
        "class": link("classes", cohort.public_id, "class"),
        "school": link("orgs", cohort.organisation.public_id, "org"),
        "category": to("categories", row.category, "category"),
        "resultValueMin": float(row.least),
        "resultValueMax": float(row.most),
    }
    if row.period:
        made["gradingPeriod"] = link("gradingPeriods", row.period, "academicSession")
    return made


def results(request: HttpRequest, *, in_class: str = "", line: str = "", student: str = "") -> Any:
    """What stands in columns, of all or of those that are asked for."""
    wanted = _rows(request)
    if in_class:
        wanted = wanted.filter(cohort__in=cohorts().filter(public_id=in_class).order_by().values("pk"))
    if line:
        wanted = wanted.filter(sourced_id=line)
    rows = columns.marks_in(wanted)
    if not asks_for_gone(request):
        rows = rows.filter(dropped_at=None)
    return rows.filter(enrolment__person__public_id=student) if student else rows


def found_result(request: HttpRequest, own: str) -> OutsideMark | None:
    """The result of this name that is not dropped."""
    if not own.isprintable():
        return None
    row: OutsideMark | None = results(request).filter(sourced_id=own, dropped_at=None).first()
    return row


def result(row: OutsideMark) -> Row:
    """What stands in a column as a result."""
    made = _base(row) | {
        "lineItem": to("lineItems", row.column.sourced_id, "lineItem"),
        "student": link("users", row.enrolment.person.public_id, "user"),
        "class": link("classes", row.column.cohort.public_id, "class"),
        "scoreStatus": row.status,
        "scoreDate": row.on.isoformat(),
        "comment": row.comment,
    }
    made |= {"score": float(row.score)} if row.score is not None else {}
    return made | ({"textScore": row.text} if row.text else {})


def sent(request: HttpRequest, name: str) -> dict[str, Any]:
    """The object of this name in the body."""
    body = body_of(request)
    told = body.get(name) if isinstance(body, dict) else None
    if not isinstance(told, dict):
        raise NotAnswered(422, "invaliddata", _("Send an object called “%(name)s”.") % {"name": name})
    return told


def _require_name(told: dict[str, Any], own: str) -> None:
    if told.get("sourcedId", own) != own:
        raise NotAnswered(
            422, "invaliddata", _("“%(name)s” is another one than in the address.") % {"name": "sourcedId"}
        )


def put_column(request: HttpRequest, own: str) -> HttpResponse:
    """Keep a line item under the name that the program gives it."""
    told = sent(request, "lineItem")
    _require_name(told, own)
    return done(201 if _kept(request, own, told) else 200)


def _kept(request: HttpRequest, own: str, told: dict[str, Any]) -> bool:
    said = columns.column_said(told)
    parts = Book(in_class=said.cohort.public_id)
    known = {row["sourcedId"] for row in parts.categories()}
    if said.category not in known:
        raise NotAnswered(
            422, "invaliddata", _("The class has no category “%(name)s”.") % {"name": said.category}
        )
    if said.period and said.period not in {one.public_id for one in parts.evaluations}:
        raise NotAnswered(
            422, "invaliddata", _("The class has no grading period “%(name)s”.") % {"name": said.period}
        )
    come = _come(request)
    _row, new = columns.keep_column(come.client, own, said, by=come.actor, at=request.at)  # type: ignore[attr-defined]
    return new


def delete_column(request: HttpRequest, own: str) -> HttpResponse:
    """Drop a line item with its results."""
    row = found(request, own)
    if row is None:
        raise Http404
    columns.drop_column(row, by=_come(request).actor, at=request.at)  # type: ignore[attr-defined]
    return HttpResponse(status=204)


def put_result(request: HttpRequest, own: str) -> HttpResponse:
    """Keep a result in a column under the name that the program gives it."""
    told = sent(request, "result")
    _require_name(told, own)
    pointer = told.get("lineItem")
    name = pointer.get("sourcedId") if isinstance(pointer, dict) else None
    column = found(request, name) if isinstance(name, str) else None
    if column is None:
        raise NotAnswered(
            422,
            "invaliddata",
            _("There is no such column. A mark of a scheme’s item is named EVALUATION.ITEM.ENROLMENT."),
        )
    return done(201 if _kept_result(request, column, own, told) else 200)


def _kept_result(request: HttpRequest, column: OutsideColumn, own: str, told: object) -> bool:
    said = columns.mark_said(column, told)
    _row, new = columns.keep_mark(column, own, said, by=_come(request).actor, at=request.at)  # type: ignore[attr-defined]
    return new


def delete_result(request: HttpRequest, own: str) -> HttpResponse:
    """Take a result back."""
    row = found_result(request, own)
    if row is None:
        raise Http404
    columns.drop_mark(row, by=_come(request).actor, at=request.at)  # type: ignore[attr-defined]
    return HttpResponse(status=204)


def _many(request: HttpRequest, name: str) -> list[dict[str, Any]]:
    body = body_of(request)
    told = body.get(name) if isinstance(body, dict) else None
    if not isinstance(told, list) or len(told) > AT_ONCE or not all(isinstance(one, dict) for one in told):
        raise NotAnswered(
            422,
            "invaliddata",
            _("Send a list called “%(name)s”, with at most %(most)s.") % {"name": name, "most": AT_ONCE},
        )
    return told


def _pairs(told: list[dict[str, Any]], keep: Callable[[str, dict[str, Any]], object]) -> HttpResponse:
    """Keep each under a name of ours; what it was called and what it is called. All or none."""
    pairs = []
    with transaction.atomic():
        for one in told:
            own = str(uuid4())
            keep(own, one)
            supplied = one.get("sourcedId")
            pairs.append(
                {
                    "suppliedSourcedId": supplied if isinstance(supplied, str) else "",
                    "allocatedSourcedId": own,
                }
            )
    return done(201, {"sourcedIdPairs": pairs})


@of_token(WRITE)
def add_columns(request: HttpRequest, a: str) -> HttpResponse:
    """Add line items to a class; each gets a name of ours."""
    Book(in_class=a)
    told = _many(request, "lineItems")
    return _pairs(told, lambda own, one: _kept(request, own, one | {"class": {"sourcedId": a}}))


@served("POST")
@of_token(WRITE)
def add_results(request: HttpRequest, own: str) -> HttpResponse:
    """Add results to a column; each gets a name of ours."""
    column = found(request, own)
    if column is None:
        raise Http404
    told = _many(request, "results")
    return _pairs(told, lambda name, one: _kept_result(request, column, name, one))
