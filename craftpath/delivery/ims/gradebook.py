"""OneRoster 1.2, gradebook: parts and items of the schemes in force, the marks of everybody whom one sees, and columns.

A line item is an item of an evaluation's scheme, which only the scheme's owner changes, or a column of a program's own
(`columns.py`). A result of an item is somebody's mark for it. Both are named by what they stand on, so that a program
can name a mark before there is one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from craftpath.delivery.exchange.oneroster.rostering import Row, link
from craftpath.delivery.ims import columns
from craftpath.delivery.ims.answers import NotAnswered, done, served
from craftpath.delivery.ims.asking import Rows, listed, single
from craftpath.delivery.ims.book import Book, Joined, base, item_id, to
from craftpath.delivery.ims.rosters import READ, WRITE, kind, of_token, one_of
from craftpath.domain.apprenticeships.queries import enrolments
from craftpath.domain.evaluation.actions import MarksOutcome, NewMark, record_marks
from craftpath.domain.evaluation.queries import evaluations, marks
from craftpath.domain.programmes.definition import ItemInfo, items
from craftpath.kernel.clients import Admitted

if TYPE_CHECKING:
    from craftpath.domain.evaluation.models import Evaluation, Mark

KINDS = {
    "categories": kind("categories", "category", "title weight"),
    "lineItems": kind(
        "lineItems",
        "lineItem",
        "title description assignDate dueDate class school category gradingPeriod academicSession scoreScale "
        "resultValueMin resultValueMax learningObjectiveSet",
    ),
    "results": kind(
        "results",
        "result",
        "lineItem student class scoreScale scoreStatus score textScore scoreDate comment learningObjectiveSet "
        "inProgress incomplete late missing",
    ),
}
SAID = {"scored": "fully graded", "exempt": "exempt", "missing": "not submitted"}
MEANT = {
    "fully graded": "scored", "partially graded": "scored", "exempt": "exempt", "not submitted": "missing",
}  # fmt: skip
"""1EdTech's state of a score → what a mark says."""
_MOST_TEXT = 120
_LONGEST = 200  # characters of an id


NEVER = ("scoreScales", "assessmentLineItems", "assessmentResults")
"""Kinds of the service that we have none of: lists of them are empty."""


def _at(request: HttpRequest) -> datetime:
    """The moment of the request."""
    return request.at  # type: ignore[attr-defined]


def results(of: Iterable[Evaluation] | None = None) -> Any:
    """The marks in force of everybody whom the reader sees, of some evaluations or of all."""
    rows = marks().filter(is_current=True)
    if of is not None:
        rows = rows.filter(evaluation__in=[one.pk for one in of])
    return rows.select_related("enrolment__person", "evaluation__cohort").order_by("pk")


def _result(mark: Mark) -> Row:
    line = item_id(mark.evaluation, mark.item)
    row = base(f"{line}.{mark.enrolment.public_id}", mark.recorded_at) | {
        "lineItem": to("lineItems", line, "lineItem"),
        "student": link("users", mark.enrolment.person.public_id, "user"),
        "class": link("classes", mark.evaluation.cohort.public_id, "class"),
        "scoreStatus": SAID.get(mark.status, "not submitted"),
        "scoreDate": timezone.localtime(mark.recorded_at).date().isoformat(),
    }
    row |= {"score": float(mark.score)} if mark.score is not None else {}
    return row | ({"textScore": mark.grade or mark.status} if mark.score is None else {})


def _same(row: Row) -> Row:
    return row


@served("GET")
@of_token(READ)
def category_list(request: HttpRequest, a: str = "") -> HttpResponse:
    """The parts of all schemes, or of those by which a class is judged."""
    return listed(request, KINDS["categories"], Rows(Book(in_class=a).categories(), _same))


@served("GET")
@of_token(READ)
def category(request: HttpRequest, own: str) -> HttpResponse:
    """One part of a scheme."""
    return single(request, KINDS["categories"], one_of(Book().categories(), own))


def never(name: str) -> Callable[..., HttpResponse]:
    """The empty list of what we have none of."""

    @served("GET")
    @of_token(READ)
    def answer(request: HttpRequest, in_class: str = "", at_school: str = "") -> HttpResponse:
        Book(in_class=in_class, at_school=at_school)
        return listed(request, kind(name, name.removesuffix("s"), "title"), Rows([], _same))

    return answer


@served("GET")
@of_token(READ)
def line_items_at(request: HttpRequest, a: str) -> HttpResponse:
    """Everything that is marked at a school."""
    rows = [*Book(at_school=a).line_items(), *columns.line_items(request, at_school=a)]
    return listed(request, KINDS["lineItems"], Rows(rows, _same))


@served("GET")
def line_items(request: HttpRequest) -> HttpResponse:
    """Everything that is marked."""
    return _line_items(request, "")


@served("GET", "POST")
def line_items_of(request: HttpRequest, a: str) -> HttpResponse:
    """Everything that is marked in a class; `POST` adds columns to it."""
    if request.method == "POST":
        return columns.add_columns(request, a)
    return _line_items(request, a)


@of_token(READ)
def _line_items(request: HttpRequest, a: str) -> HttpResponse:
    rows = [*Book(in_class=a).line_items(), *columns.line_items(request, in_class=a)]
    return listed(request, KINDS["lineItems"], Rows(rows, _same))


@served("GET", "PUT", "DELETE")
def line_item(request: HttpRequest, own: str) -> HttpResponse:
    """An item of a scheme, which is only read, or a column of a program's own."""
    return {"PUT": _put_line, "DELETE": _delete_line}.get(str(request.method), _get_line)(request, own)


@of_token(READ)
def _get_line(request: HttpRequest, own: str) -> HttpResponse:
    column = columns.found(request, own)
    row = columns.line(column) if column is not None else one_of(Book().line_items(), own)
    return single(request, KINDS["lineItems"], row)


@of_token(WRITE)
def _put_line(request: HttpRequest, own: str) -> HttpResponse:
    _require_no_item(own)
    return columns.put_column(request, own)


@of_token(WRITE)
def _delete_line(request: HttpRequest, own: str) -> HttpResponse:
    _require_no_item(own)
    return columns.delete_column(request, own)


def _require_no_item(own: str) -> None:
    known = evaluations().filter(public_id=own.partition(".")[0]).first() if own.isprintable() else None
    if known is not None and "." in own:
        raise NotAnswered(
            403, "forbidden", _("An item of a scheme is changed by a new version of the scheme.")
        )


@served("GET")
@of_token(READ)
def result_list(request: HttpRequest, a: str = "", line: str = "", student: str = "") -> HttpResponse:
    """The marks and the results in columns: of all, of a class, of a line item or a student in it."""
    book = Book(in_class=a) if a else None
    ours = results(None if book is None else book.evaluations)
    if line:
        ours = ours.filter(item=line.partition(".")[2])
        ours = ours.filter(evaluation__in=[
            one.pk for one in book.evaluations if one.public_id == line.partition(".")[0]  # type: ignore[union-attr]
        ])  # fmt: skip
        known = {row["sourcedId"] for row in book.line_items()}  # type: ignore[union-attr]
        if line not in known and columns.found(request, line) is None:
            raise Http404
    if student:
        held = list(enrolments().filter(cohort__public_id=a, person__public_id=student))
        if not held:
            raise Http404
        ours = ours.filter(enrolment__in=[one.pk for one in held])
    theirs = columns.results(request, in_class=a, line=line, student=student)
    return listed(request, KINDS["results"], Rows(Joined((ours, _result), (theirs, columns.result)), _same))


@served("GET", "PUT", "DELETE")
def result(request: HttpRequest, own: str) -> HttpResponse:
    """One mark: read, recorded or taken back; what was recorded before stays in the record."""
    return {"PUT": _put, "DELETE": _delete}.get(str(request.method), _get)(request, own)


@of_token(READ)
def _get(request: HttpRequest, own: str) -> HttpResponse:
    theirs = columns.found_result(request, own)
    if theirs is not None:
        return single(request, KINDS["results"], columns.result(theirs))
    evaluation, item, enrolment = _named(own)
    found = results([evaluation]).filter(item=item.key, enrolment=enrolment).first()
    if found is None:
        raise Http404
    return single(request, KINDS["results"], _result(found))


def _mark_named(own: str) -> tuple[Evaluation, ItemInfo, Any] | None:
    try:
        return _named(own)
    except Http404:
        return None


def _named(own: str) -> tuple[Evaluation, ItemInfo, Any]:
    """What a result's id names: evaluation, item, apprentice, each as the reader sees it."""
    if "\0" in own or len(own) > _LONGEST:
        raise Http404
    evaluation_id, _dot, rest = own.partition(".")
    key, _dot, enrolment_id = rest.rpartition(".")
    evaluation = evaluations().filter(public_id=evaluation_id).first()
    if evaluation is None:
        raise Http404
    item = next((one for one in items(evaluation.scheme.definition) if one.key == key), None)
    enrolment = enrolments().filter(public_id=enrolment_id, cohort=evaluation.cohort_id).first()
    if item is None or enrolment is None:
        raise Http404
    return evaluation, item, enrolment


@of_token(WRITE)
def _put(request: HttpRequest, own: str) -> HttpResponse:
    named = _mark_named(own)
    if named is None:
        return columns.put_result(request, own)
    evaluation, item, enrolment = named
    told = columns.sent(request, "result")
    _require_same(told, "lineItem", item_id(evaluation, item.key))
    _require_same(told, "student", enrolment.person.public_id)
    status = MEANT.get(str(told.get("scoreStatus", "fully graded")))
    if status is None:
        raise NotAnswered(422, "invaliddata", _("This state of a score cannot be recorded."))
    score = _score(told.get("score")) if status == "scored" else None
    given = str(told.get("score", ""))[:_MOST_TEXT]
    made = _record(request, evaluation, NewMark(enrolment.pk, item.key, status, score, given=given))
    return done(201 if made.added else 200)


@of_token(WRITE)
def _delete(request: HttpRequest, own: str) -> HttpResponse:
    named = _mark_named(own)
    if named is None:
        return columns.delete_result(request, own)
    evaluation, item, enrolment = named
    if not results([evaluation]).filter(item=item.key, enrolment=enrolment).exists():
        raise Http404
    _record(request, evaluation, NewMark(enrolment.pk, item.key, "missing"))
    return HttpResponse(status=204)


def _record(request: HttpRequest, evaluation: Evaluation, mark: NewMark) -> MarksOutcome:
    come: Admitted = request.admitted  # type: ignore[attr-defined]
    return record_marks(evaluation, [mark], by=come.actor, at=_at(request))


def _require_same(told: dict[str, Any], name: str, wanted: str) -> None:
    """A pointer in the body may be left out, and may not say something else than the address."""
    pointer = told.get(name)
    if pointer is None:
        return
    if not isinstance(pointer, dict) or pointer.get("sourcedId") != wanted:
        raise NotAnswered(
            422, "invaliddata", _("“%(name)s” is another one than in the address.") % {"name": name}
        )


def _score(value: Any) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | float | str) or len(str(value)) > 20:
        raise NotAnswered(422, "invaliddata", _("A score is a number."))
    try:
        found = Decimal(str(value))
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite():
        raise NotAnswered(422, "invaliddata", _("A score is a number."))
    return found


def views() -> Iterable[tuple[str, Callable[..., HttpResponse], str]]:
    """(path, view, name) of the whole service."""
    yield "categories", category_list, "categories"
    yield "categories/<str:own>", category, "category"
    yield "classes/<str:a>/categories", category_list, "class_categories"
    yield "lineItems", line_items, "lineItems"
    yield "lineItems/<str:own>", line_item, "lineItem"
    yield "lineItems/<str:own>/results", columns.add_results, "lineItem_add"
    yield "classes/<str:a>/lineItems", line_items_of, "class_lineItems"
    yield "schools/<str:a>/lineItems", line_items_at, "school_lineItems"
    yield "results", result_list, "results"
    yield "results/<str:own>", result, "result"
    yield "classes/<str:a>/results", result_list, "class_results"
    yield "classes/<str:a>/lineItems/<str:line>/results", result_list, "lineItem_results"
    yield "classes/<str:a>/students/<str:student>/results", result_list, "student_results"
    for name in NEVER:
        yield name, never(name), name
    yield "classes/<str:in_class>/scoreScales", never("scoreScales"), "class_scoreScales"
    yield "schools/<str:at_school>/scoreScales", never("scoreScales"), "school_scoreScales"
