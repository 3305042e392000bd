"""Results of stages, as the schemes in force round them, and one's own record."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any, Literal

from django.http import Http404, HttpRequest
from ninja import Query
from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from craftpath.delivery.api.finding import actor, at, needs, one, somebody, today
from craftpath.delivery.api.kinds import Asked, Code, Id, Named, NamedText, Said, Shape, said
from craftpath.delivery.api.paging import Page, Turn, given, page_of
from craftpath.delivery.api.room import Room
from craftpath.domain.apprenticeships.queries import enrolments
from craftpath.domain.evaluation import actions
from craftpath.domain.evaluation.marking import NewMark
from craftpath.domain.evaluation.queries import Reading, evaluations, results, row_of
from craftpath.domain.evaluation.rules import may_record_marks
from craftpath.domain.passport.gathering import record_of
from craftpath.domain.passport.record import told
from craftpath.domain.programmes.definition import items
from craftpath.kernel.client_scopes import Area
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import require

if TYPE_CHECKING:
    from craftpath.domain.evaluation.models import Result as ResultRow

room = Room("results", Area.RESULTS)


class ResultPart(Shape):
    """One component: its value of 100 or a grade, points so far, and points still open."""

    value: Decimal | None
    to_date: Decimal | None
    open: Decimal | None
    grade: str


class Result(Shape):
    """One apprentice's result in one stage. What is absent is not known yet, and never 0."""

    apprentice: Named = Field(description="with the id of the enrolment")
    number: str
    evaluation: str
    cohort: NamedText
    stage: str
    complete: bool
    decided: bool
    total: Decimal | None
    to_date: Decimal = Field(description="points earned so far")
    open: Decimal = Field(description="points that are still open")
    passed: bool | None
    grade: str
    parts: list[ResultPart]
    missing: list[str] = Field(description="items without a mark")


class Item(Shape):
    """Something that gets a mark."""

    key: str
    name: Said


class Evaluation(Shape):
    """A stage of a cohort with the scheme that judges it."""

    id: str
    cohort: NamedText
    stage: str
    stage_name: Said
    scheme: NamedText
    scheme_version: int
    components: list[Said]
    items: list[Item] = Field(description="what is marked, by the keys under which marks are recorded")


class Fact(Shape):
    """One thing that an entry of the record says."""

    label: Said
    value: str


class RecordEntry(Shape):
    """Something that happened, at organisations, between two days."""

    section: str
    title: Said
    first: date | None
    last: date | None
    where: list[Said]
    state: str
    facts: list[Fact]
    brought: bool = Field(description="whether it was brought along from elsewhere")


class Record(Shape):
    """One's own record at every organisation."""

    name: str
    name_latin: str
    on: date
    entries: list[RecordEntry]


class ItemMark(Asked):
    """A mark of one apprentice in one item of the scheme: a score, a grade, or why there is none."""

    apprentice: Id = Field(description="the id of the enrolment")
    item: Code
    status: Literal["scored", "absent", "exempt"] = "scored"
    score: Annotated[Decimal, Field(ge=0, le=1000, max_digits=8, decimal_places=4)] | None = None
    grade: Code = ""

    @model_validator(mode="after")
    def says_one_thing(self) -> ItemMark:
        """Whoever was not there has no score."""
        if self.status != "scored" and (self.score is not None or self.grade):
            raise PydanticCustomError("extra_forbidden", "a score beside a reason for none")
        return self


class NewMarks(Asked):
    """Marks of one evaluation."""

    marks: Annotated[list[ItemMark], Field(min_length=1, max_length=1000)]


class Recorded(Shape):
    """What became of them."""

    added: int
    changed: int
    unchanged: int


class ResultsAsked(Turn, Asked):
    """Whose results."""

    evaluation: Id | None = None
    enrolment: Id | None = None
    complete: bool | None = None


@room.read("/results", Page[Result])
def list_results(request: HttpRequest, asked: Query[ResultsAsked]) -> Any:
    """Results of everybody whom one sees, by evaluation."""
    needs(request, Permission.SEE_RESULTS)
    evaluation = ("evaluation__cohort", "evaluation__stage", "evaluation__scheme")
    rows = given(
        results().select_related("enrolment__person", *evaluation),
        evaluation__public_id=asked.evaluation,
        enrolment__public_id=asked.enrolment,
        complete=asked.complete,
    )
    found = page_of(rows, ("-evaluation_id", "enrolment__number", "pk"), asked, request)
    readings: dict[int, Reading] = {}
    return {"items": [_result(row, readings) for row in found.rows], "next": found.next}


@room.read("/evaluations", Page[Evaluation])
def list_evaluations(request: HttpRequest, asked: Query[Turn]) -> Any:
    """Evaluations that one sees, the newest first."""
    needs(request, Permission.SEE_RESULTS, Permission.SEE_FIGURES)
    found = page_of(evaluations(), ("-pk",), asked, request)
    told = [
        Evaluation(
            id=row.public_id,
            cohort=NamedText(id=row.cohort.public_id, name=said(row.cohort.name)),
            stage=row.stage.key,
            stage_name=said(row.stage.name),
            scheme=NamedText(id=row.scheme.public_id, name=said(row.scheme.name)),
            scheme_version=row.scheme.version,
            components=[said(part.get("name") or part["key"]) for part in row.scheme.definition["component"]],
            items=[Item(key=item.key, name=said(item.name)) for item in items(row.scheme.definition)],
        )
        for row in found.rows
    ]
    return {"items": told, "next": found.next}


@room.write("/evaluations/{evaluation}/marks", Recorded, name="record_marks", by_person=False)
def record_marks(request: HttpRequest, evaluation: str, body: NewMarks) -> Recorded:
    """Record marks: all or none. One that is there already changes nothing, another one supersedes it.

    A service token may, where its roles may: the mark then has no judge, and the history names the token.
    """
    row = one(evaluations(), evaluation)
    require(may_record_marks(actor(request), row.cohort))
    known = dict(
        enrolments()
        .filter(cohort=row.cohort, public_id__in={mark.apprentice for mark in body.marks})
        .values_list("public_id", "pk")
    )
    if len(known) != len({mark.apprentice for mark in body.marks}):
        raise Http404
    marks = [
        NewMark(known[mark.apprentice], mark.item, mark.status, score=mark.score, grade=mark.grade)
        for mark in body.marks
    ]
    done = actions.record_marks(row, marks, by=actor(request), at=at(request))
    return Recorded(added=done.added, changed=done.changed, unchanged=done.unchanged)


@room.read("/record", Record)
def read_record(request: HttpRequest) -> Record:
    """One's own record: training, results, masters, certificates, at every organisation and from elsewhere."""
    found = record_of(somebody(request), today(request))
    entries = [
        RecordEntry(
            section=section,
            title=said(entry.title),
            first=entry.first,
            last=entry.last,
            where=[said(where) for where in entry.where],
            state=entry.state,
            facts=[Fact(label=said(line.label), value=told(line.value)) for line in entry.lines],
            brought=entry.origin is not None,
        )
        for section, entry in found.entries()
    ]
    return Record(name=found.name, name_latin=found.name_latin, on=found.on, entries=entries)


def _result(result: ResultRow, readings: dict[int, Reading]) -> Result:
    evaluation = result.evaluation
    if evaluation.pk not in readings:
        readings[evaluation.pk] = Reading.of(evaluation)
    row = row_of(result, readings[evaluation.pk])
    return Result(
        apprentice=Named(id=row.enrolment.public_id, name=row.enrolment.person.name),
        number=row.enrolment.number,
        evaluation=evaluation.public_id,
        cohort=NamedText(id=evaluation.cohort.public_id, name=said(evaluation.cohort.name)),
        stage=evaluation.stage.key,
        complete=row.complete,
        decided=row.decided,
        total=row.total,
        to_date=row.to_date,
        open=row.open,
        passed=row.passed,
        grade=row.grade,
        parts=[
            ResultPart(value=part.value, to_date=part.to_date, open=part.open, grade=part.grade)
            for part in row.components
        ],
        missing=list(row.missing),
    )
