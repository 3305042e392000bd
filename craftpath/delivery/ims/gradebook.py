"""OneRoster 1.2, gradebook: parts and items of the schemes in force, and the marks of everybody whom one sees.

A line item is an item of an evaluation's scheme, which only the scheme's owner changes; a result is somebody's mark for
it. Both are named by what they stand on, so that a program can name a mark before there is one.
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
from craftpath.delivery.ims.answers import NotAnswered, body_of, served
from craftpath.delivery.ims.asking import Rows, listed, single
from craftpath.delivery.ims.rosters import READ, WRITE, kind, of_token, one_of
from craftpath.domain.apprenticeships.queries import enrolments
from craftpath.domain.evaluation.actions import NewMark, record_marks
from craftpath.domain.evaluation.queries import evaluations, marks
from craftpath.domain.programmes.definition import ItemInfo, components, items
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


def _base(own: str, at: Any) -> Row:
    stamp = at.astimezone(timezone.get_fixed_timezone(0)).strftime("%Y-%m-%dT%H:%M:%S.000Z")
    return {"sourcedId": own, "status": "active", "dateLastModified": stamp}


def _at(request: HttpRequest) -> datetime:
    """The moment of the request."""
    return request.at  # type: ignore[attr-defined]


def _evaluations() -> list[Evaluation]:
    return list(evaluations())


def categories(request: HttpRequest) -> list[Row]:
    """The parts of every scheme in force, each once."""
    found: dict[str, Row] = {}
    for one in _evaluations():
        for part in components(one.scheme.definition):
            own = f"{one.scheme.public_id}-{part.key}"
            row = {"title": part.name.say("en") or part.key, "weight": float(part.weight)}
            found.setdefault(own, _base(own, _at(request)) | row)
    return list(found.values())


def line_items(request: HttpRequest) -> list[Row]:
    """Every item of every evaluation."""
    at = _at(request)
    return [_line_item(one, item, at) for one in _evaluations() for item in items(one.scheme.definition)]


def _line_item(one: Evaluation, item: ItemInfo, at: Any) -> Row:
    cohort = one.cohort
    ends = cohort.ends_on or cohort.starts_on
    title = item.name.say("en") or item.key
    return _base(item_id(one, item.key), at) | {
        "title": title,
        "assignDate": cohort.starts_on.isoformat(),
        "dueDate": ends.isoformat(),
        "class": link("classes", cohort.public_id, "class"),
        "school": link("orgs", cohort.organisation.public_id, "org"),
        "category": link("categories", f"{one.scheme.public_id}-{item.component}", "category"),
        "gradingPeriod": link("gradingPeriods", one.public_id, "academicSession"),
        "resultValueMin": 0.0,
        "resultValueMax": float(item.max),
    }


def item_id(one: Evaluation, item: str) -> str:
    """A line item's id: evaluation and item."""
    return f"{one.public_id}.{item}"


def results(request: HttpRequest) -> Any:
    """The marks in force of everybody whom the reader sees."""
    return (
        marks()
        .filter(is_current=True)
        .select_related("enrolment__person", "evaluation__cohort")
        .order_by("pk")
    )


def _result(mark: Mark) -> Row:
    line = item_id(mark.evaluation, mark.item)
    row = _base(f"{line}.{mark.enrolment.public_id}", mark.recorded_at) | {
        "lineItem": link("lineItems", line, "lineItem"),
        "student": link("users", mark.enrolment.person.public_id, "user"),
        "class": link("classes", mark.evaluation.cohort.public_id, "class"),
        "scoreStatus": SAID.get(mark.status, "not submitted"),
        "scoreDate": timezone.localtime(mark.recorded_at).date().isoformat(),
    }
    row |= {"score": float(mark.score)} if mark.score is not None else {}
    return row | ({"textScore": mark.grade or mark.status} if mark.score is None else {})


FIND: dict[str, Callable[[HttpRequest], Any]] = {
    "categories": categories,
    "lineItems": line_items,
    "results": results,
}


def _many(name: str, within: Callable[[Row, str], bool] | None = None) -> Callable[..., HttpResponse]:
    @served("GET")
    @of_token(READ)
    def answer(request: HttpRequest, **ids: str) -> HttpResponse:
        found = FIND[name](request)
        show = _result if name == "results" else _same
        if within is None:
            return listed(request, KINDS[name], Rows(found, show))
        rows = [row for row in map(show, found) if all(within(row, one) for one in ids.values())]
        return listed(request, KINDS[name], Rows(rows, _same))

    return answer


def _same(row: Row) -> Row:
    return row


def _one(name: str) -> Callable[..., HttpResponse]:
    @served("GET")
    @of_token(READ)
    def answer(request: HttpRequest, own: str) -> HttpResponse:
        return single(request, KINDS[name], one_of(FIND[name](request), own))

    return answer


@served("GET", "PUT", "DELETE")
def result(request: HttpRequest, own: str) -> HttpResponse:
    """One mark: read, recorded or taken back; what was recorded before stays in the record."""
    return {"PUT": _put, "DELETE": _delete}.get(str(request.method), _get)(request, own)


@of_token(READ)
def _get(request: HttpRequest, own: str) -> HttpResponse:
    evaluation, item, enrolment = _named(own)
    found = results(request).filter(evaluation=evaluation, item=item.key, enrolment=enrolment).first()
    if found is None:
        raise Http404
    return single(request, KINDS["results"], _result(found))


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
    evaluation, item, enrolment = _named(own)
    sent = body_of(request)
    told = sent.get("result") if isinstance(sent, dict) else None
    if not isinstance(told, dict):
        raise NotAnswered(422, "invaliddata", _("Send an object called “result”."))
    _require_same(told, "lineItem", item_id(evaluation, item.key))
    _require_same(told, "student", enrolment.person.public_id)
    status = MEANT.get(str(told.get("scoreStatus", "fully graded")))
    if status is None:
        raise NotAnswered(422, "invaliddata", _("This state of a score cannot be recorded."))
    score = _score(told.get("score")) if status == "scored" else None
    given = str(told.get("score", ""))[:_MOST_TEXT]
    _record(request, evaluation, NewMark(enrolment.pk, item.key, status, score, given=given))
    return HttpResponse(status=201)


@of_token(WRITE)
def _delete(request: HttpRequest, own: str) -> HttpResponse:
    evaluation, item, enrolment = _named(own)
    if not results(request).filter(evaluation=evaluation, item=item.key, enrolment=enrolment).exists():
        raise Http404
    _record(request, evaluation, NewMark(enrolment.pk, item.key, "missing"))
    return HttpResponse(status=204)


def _record(request: HttpRequest, evaluation: Evaluation, mark: NewMark) -> None:
    come: Admitted = request.admitted  # type: ignore[attr-defined]
    record_marks(evaluation, [mark], by=come.actor, at=_at(request))


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


def _points(name: str) -> Callable[[Row, str], bool]:
    return lambda row, wanted: row[name]["sourcedId"] == wanted


def _class_or_student(row: Row, wanted: str) -> bool:
    return wanted in (row["class"]["sourcedId"], row["student"]["sourcedId"], row["lineItem"]["sourcedId"])


def views() -> Iterable[tuple[str, Callable[..., HttpResponse], str]]:
    """(path, view, name) of the whole service."""
    for name in KINDS:
        yield name, _many(name), name
    yield "categories/<str:own>", _one("categories"), "category"
    yield "lineItems/<str:own>", _one("lineItems"), "lineItem"
    yield "results/<str:own>", result, "result"
    yield "classes/<str:a>/lineItems", _many("lineItems", _points("class")), "class_lineItems"
    yield "classes/<str:a>/results", _many("results", _points("class")), "class_results"
    yield "classes/<str:a>/lineItems/<str:b>/results", _many("results", _class_or_student), "lineItem_results"
    yield "classes/<str:a>/students/<str:b>/results", _many("results", _class_or_student), "student_results"
