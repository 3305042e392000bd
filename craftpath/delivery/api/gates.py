"""Gates: who stands at one and what is missing, and the decision."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

from django.http import Http404, HttpRequest
from ninja import Query
from pydantic import Field

from craftpath.delivery.api.finding import actor, at, needs, one, today
from craftpath.delivery.api.kinds import PLAIN, Asked, Day, Id, Named, Said, Shape, said
from craftpath.delivery.api.paging import Page, Turn, page_among
from craftpath.delivery.api.room import Room
from craftpath.domain.apprenticeships.queries import cohorts, enrolments
from craftpath.domain.programmes.queries import stages_of
from craftpath.domain.progression import actions, queries, rules
from craftpath.kernel.client_scopes import Area
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import require

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Cohort, Enrolment
    from craftpath.domain.programmes.models import Stage
    from craftpath.domain.progression.findings import Report

room = Room("gates", Area.GATES)
Kind = Literal["stage", "exam"]
Reason = Annotated[str, Field(min_length=1, max_length=300, pattern=PLAIN)]


class Finding(Shape):
    """How one condition stands. Figures are in `unit`; null where there is none."""

    key: str
    kind: str
    label: Said
    met: bool
    waived: bool
    have: int | None
    want: int | None
    unit: str
    detail: str = Field(description="a code that says what is missing")


class Standing(Shape):
    """One apprentice before a gate."""

    apprentice: Named = Field(description="with the id of the enrolment")
    number: str
    ready: bool
    fingerprint: str = Field(description="of the answers: a decision names which it has read")
    findings: list[Finding]


class Read(Asked):
    """An apprentice with the report that was read."""

    apprentice: Id
    fingerprint: Annotated[str, Field(pattern=r"^[0-9a-f]{12}$")]


class Opening(Asked):
    """Who is let through: all of them, or nobody."""

    apprentices: Annotated[list[Read], Field(min_length=1, max_length=500)]


class Repeating(Asked):
    """Who stays in the stage, until when and why."""

    apprentices: Annotated[list[Id], Field(min_length=1, max_length=500)]
    until: Day
    because: Reason


class Passed(Shape):
    """What was decided."""

    outcome: str
    apprentices: list[str]


@room.read("/gates/{cohort}/{stage}/{kind}", Page[Standing], one=True)
def list_standings(request: HttpRequest, cohort: str, stage: str, kind: Kind, asked: Query[Turn]) -> Any:
    """Everybody who stands at a gate: `stage` to leave a stage, `exam` to be admitted to its examination."""
    needs(request, Permission.SEE_RESULTS)
    row, here = _found(cohort, stage)
    people = list(enrolments().filter(cohort=row, state="active"))
    reports = queries.reports(row, here, kind, people, today(request))
    gone = queries.through([one.pk for one in people], here, kind)
    before = [(one, reports[one.pk]) for one in people if one.pk in reports and one.pk not in gone]
    found = page_among(before, lambda pair: (pair[0].number, pair[0].pk), asked, request)
    return {"items": [_standing(*pair) for pair in found.rows], "next": found.next}


@room.write("/gates/{cohort}/{stage}/{kind}/open", Passed, name="open_gate")
def open_gate(request: HttpRequest, cohort: str, stage: str, kind: Kind, body: Opening) -> Passed:
    """Let apprentices through: all or nobody, and only on the answers that were read."""
    row, here = _decided_on(request, cohort, stage)
    seen = {read.apprentice: read.fingerprint for read in body.apprentices}
    people = _people(row, list(seen))
    act = actions.open_gate if kind == "stage" else actions.admit
    act(people, here, seen=seen, on=today(request), by=actor(request), at=at(request))
    return Passed(outcome="passed" if kind == "stage" else "admitted", apprentices=list(seen))


@room.write("/gates/{cohort}/{stage}/stage/repeat", Passed, name="repeat_stage")
def repeat_stage(request: HttpRequest, cohort: str, stage: str, body: Repeating) -> Passed:
    """Decide that apprentices stay in a stage until a day, with the reason that they read."""
    row, here = _decided_on(request, cohort, stage)
    people = _people(row, body.apprentices)
    actions.repeat_stage(
        people, here, because=body.because, until=body.until, by=actor(request), at=at(request)
    )
    return Passed(outcome="repeat", apprentices=[person.public_id for person in people])


def _found(cohort: str, stage: str) -> tuple[Cohort, Stage]:
    row = one(cohorts(), cohort)
    here = next((found for found in stages_of(row.programme_id) if found.key == stage), None)
    if here is None:
        raise Http404
    return row, here


def _decided_on(request: HttpRequest, cohort: str, stage: str) -> tuple[Cohort, Stage]:
    needs(request, Permission.MANAGE_COHORTS)
    row, here = _found(cohort, stage)
    require(rules.may_open(actor(request), row))
    return row, here


def _people(row: Cohort, ids: list[str]) -> list[Enrolment]:
    people = list(enrolments().filter(cohort=row, public_id__in=ids))
    if len(people) != len(set(ids)):
        raise Http404
    return people


def _standing(row: Enrolment, report: Report) -> Standing:
    return Standing(
        apprentice=Named(id=row.public_id, name=row.person.name),
        number=row.number,
        ready=report.ready,
        fingerprint=report.fingerprint,
        findings=[
            Finding(
                key=one.name,
                kind=one.condition.kind,
                label=said(one.label),
                met=one.met,
                waived=one.waived,
                have=one.have,
                want=one.want,
                unit=one.unit,
                detail=one.detail,
            )
            for one in report.findings
        ],
    )
