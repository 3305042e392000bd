"""Papers for everybody of a cohort: which are wanted, about whom, made a few dozen at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Self

from craftpath.delivery.exchange.exams.answer_sheets import TITLE as SHEET
from craftpath.delivery.exchange.exams.answer_sheets import sheet_page
from craftpath.delivery.exchange.exams.on_paper import form_of, signs_of, whose
from craftpath.delivery.exchange.printouts.cohort_file import cohort_file
from craftpath.delivery.exchange.printouts.core_skills import core_skills_papers
from craftpath.delivery.exchange.printouts.gate_form import KINDS, gate_forms
from craftpath.delivery.exchange.printouts.mark_list import mark_list
from craftpath.delivery.exchange.printouts.periods import period_of
from craftpath.delivery.exchange.printouts.review_form import review_forms
from craftpath.delivery.exchange.printouts.training_record import training_records
from craftpath.domain.apprenticeships.queries import enrolments
from craftpath.domain.evaluation.queries import evaluations
from craftpath.domain.exams.queries import candidates_of, sittings
from craftpath.domain.programmes.queries import stages_of
from craftpath.domain.reviews.queries import HELD, reviews, whole
from craftpath.values.printout import PRINTED_IN, Printout
from craftpath.values.text import Text
from craftpath.values.verdict import Refused, not_now

if TYPE_CHECKING:
    from craftpath.delivery.exchange.exams.booklets import Form
    from craftpath.domain.apprenticeships.models import Cohort, Enrolment
    from craftpath.domain.evaluation.models import Evaluation
    from craftpath.domain.exams.models import Candidate, Sitting

PAPERS = ("training_record", "gate_form", "review_form", "core_skills")
WHOLE = ("mark_list", "cohort_file")
"""Papers of a whole cohort, which are printed by a run where the cohort is large."""
SHEETS = "answer_sheets"
"""Of a sitting on paper: asked for on its own page, by whoever holds it, and not among the papers of a cohort."""
LARGE = 200
"""Of more people a paper of the whole cohort takes longer than a reader waits: some 50 milliseconds a person."""
FORMS = ("pdf", "xlsx")
WHICH = ("next", "last")
"""Of somebody's reviews: the next one that is not signed, or the last one that was held."""
AT_ONCE = 50
"""People for whom papers are made at once, and whose sheets make one PDF to print."""
MOST = 2_000
"""People in one run; more would take longer than a job may."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which paper in which language and form; `period`, `gate` (stage.kind) … as the paper needs it.

    An office's own form names its `layout`, and the rows by the `query` of the results page.
    """

    paper: str
    language: str
    form: str
    period: str = ""
    gate: str = ""
    which: str = ""
    evaluation: str = ""
    sitting: str = ""
    layout: str = ""
    query: str = ""

    def as_json(self) -> dict[str, str]:
        """The form that a row keeps."""
        return asdict(self)

    @classmethod
    def of(cls, value: Mapping[str, Any]) -> Self:
        """Read what a row or a form holds."""
        return cls(**{name: str(value.get(name) or "") for name in cls.__slots__})


@dataclass(frozen=True, slots=True)
class Made:
    """One paper, and whose it is; `page` lays it out where it is no table of a printout."""

    number: str
    name: str
    printout: Printout
    page: Callable[[], str] | None = None


def can_be_made(wanted: Wanted, cohort: Cohort) -> bool:
    """Whether there is such a paper for this cohort; at most one query."""
    if wanted.paper not in (*PAPERS, *WHOLE) or wanted.form not in FORMS or wanted.language not in PRINTED_IN:
        return False
    if wanted.paper == "training_record":
        return period_of(wanted.period, cohort) is not None
    if wanted.paper == "gate_form":
        stage, _, kind = wanted.gate.partition(".")
        return kind in KINDS and any(one.key == stage for one in stages_of(cohort.programme_id))
    if wanted.paper == "mark_list":
        return judged(cohort, wanted.evaluation) is not None
    return wanted.paper in ("cohort_file", "core_skills") or wanted.which in WHICH


def judged(cohort: Cohort, public_id: str) -> Evaluation | None:
    """The evaluation of this id in a cohort, the first one where none is named; one query."""
    rows = evaluations().filter(cohort=cohort)
    return rows.filter(public_id=public_id).first() if public_id else rows.first()


def everybody(cohort: Cohort) -> Any:
    """Those of a cohort about whom papers are printed: who is in it, as far as the reader sees them."""
    return enrolments().filter(cohort=cohort, state__in=("active", "suspended"))


def batches(
    wanted: Wanted, cohort: Cohort, *, agreements: bool = False, today: date, at: datetime
) -> Iterator[list[Made]]:
    """The papers in the order of the roster, `AT_ONCE` people at a time, the same few queries for each of them.

    With `agreements` the reader may be told of them. Refused if there is no such paper.
    """
    if wanted.paper == SHEETS:
        yield from answer_sheets(wanted, cohort, today)
        return
    if not can_be_made(wanted, cohort):
        raise Refused(not_now("exchange.paper_unknown"))
    if wanted.paper in WHOLE:
        yield [Made("", Text.of(cohort.name).both(), _whole(wanted, cohort, agreements, today, at))]
        return
    people = list(everybody(cohort))
    for start in range(0, len(people), AT_ONCE):
        some = people[start : start + AT_ONCE]
        if wanted.paper == "training_record":
            yield _records(wanted, cohort, some, today, at)
        elif wanted.paper == "gate_form":
            yield _gates(wanted, cohort, some, today, at)
        elif wanted.paper == "core_skills":
            made = core_skills_papers(cohort, some, today=today, at=at)
            yield [Made(row.number, row.person.name, one) for row, one in zip(some, made, strict=True)]
        else:
            yield _reviews(wanted, some, today, at)


def on_paper(wanted: Wanted, cohort: Cohort) -> tuple[Sitting, Any]:
    """The sitting whose sheets are wanted, and its candidates on paper; refused where there is none."""
    row = sittings().filter(public_id=wanted.sitting, cohort=cohort).first()
    if row is None or row.state == "cancelled":
        raise Refused(not_now("exchange.paper_unknown"))
    return row, candidates_of(row).filter(on_paper=True)


def answer_sheets(wanted: Wanted, cohort: Cohort, today: date) -> Iterator[list[Made]]:
    """Everybody's sheet by number; each form is read once."""
    row, rows = on_paper(wanted, cohort)
    people, signs, language = list(rows), signs_of(row), "en" if wanted.language == "en" else "zh"
    forms = {
        one.paper_id: form_of(row, one.paper, signs[one.paper_id], language, pictured=False)
        for one in {found.paper_id: found for found in people}.values()
    }
    for start in range(0, len(people), AT_ONCE):
        yield [_sheet(one, forms[one.paper_id], language, today) for one in people[start : start + AT_ONCE]]


def _sheet(one: Candidate, form: Form, language: str, today: date) -> Made:
    said = Printout(SHEET, one.enrolment.number, (), (), today, Text())
    return Made(
        one.enrolment.number,
        one.enrolment.person.name,
        said,
        page=lambda: sheet_page(whose(one, language), form, language),
    )


def _whole(wanted: Wanted, cohort: Cohort, agreements: bool, today: date, at: datetime) -> Printout:
    evaluation = judged(cohort, wanted.evaluation) if wanted.paper == "mark_list" else None
    if evaluation is not None:
        return mark_list(evaluation, today=today, at=at)
    return cohort_file(cohort, agreements=agreements, today=today, at=at)


def _records(
    wanted: Wanted, cohort: Cohort, some: Sequence[Enrolment], today: date, at: datetime
) -> list[Made]:
    period = period_of(wanted.period, cohort)
    if period is None:
        return []
    made = training_records(cohort, some, period, today=today, at=at)
    return [Made(row.number, row.person.name, one) for row, one in zip(some, made, strict=True)]


def _gates(
    wanted: Wanted, cohort: Cohort, some: Sequence[Enrolment], today: date, at: datetime
) -> list[Made]:
    key, _, kind = wanted.gate.partition(".")
    stage = next(one for one in stages_of(cohort.programme_id) if one.key == key)
    made = gate_forms(cohort, stage, kind, some, today=today, at=at)
    return [Made(row.number, row.person.name, made[row.pk]) for row in some if row.pk in made]


def _reviews(wanted: Wanted, some: Sequence[Enrolment], today: date, at: datetime) -> list[Made]:
    rows = whole(reviews()).filter(enrolment__in=[row.pk for row in some])
    if wanted.which == "next":
        rows = rows.exclude(state__in=("signed", "cancelled")).order_by("-round")
    else:
        rows = rows.filter(state__in=HELD).order_by("round")
    chosen = {row.enrolment_id: row for row in rows}  # of each the last one in this order
    own = [chosen[row.pk] for row in some if row.pk in chosen]
    made = review_forms(own, today=today, at=at)
    return [
        Made(row.enrolment.number, row.enrolment.person.name, one) for row, one in zip(own, made, strict=True)
    ]
