"""The desks of those who run cohorts and bring marks in: the coordinator and the trainer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Page
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from craftpath.delivery.web.desks.answering import contests_to_answer
from craftpath.delivery.web.desks.attending import rolls_missing, rolls_to_call
from craftpath.delivery.web.desks.examining import appeals_to_decide, examinations_today, second_opinions
from craftpath.delivery.web.desks.figuring import (
    need_sum,
    own_sum,
    people_sum,
    stage_bar,
    stages_among,
)
from craftpath.delivery.web.desks.growing import objections_to_answer, study_objections_to_answer
from craftpath.delivery.web.desks.judging import work_to_rate
from craftpath.delivery.web.desks.learning import and_more
from craftpath.delivery.web.desks.logs import silence, to_confirm
from craftpath.delivery.web.desks.needing import classes_in_need, needed, people_in_need
from craftpath.delivery.web.desks.reads import CohortStanding, StageStanding, board
from craftpath.delivery.web.desks.reviewing import reviews_overdue, reviews_to_hold
from craftpath.delivery.web.desks.shapes import MOST, Desk, Line, Sum
from craftpath.delivery.web.desks.signing import to_sign
from craftpath.delivery.web.desks.standing import board_rows
from craftpath.delivery.web.shell.addresses import Address, addresses
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import moment, text
from craftpath.domain.apprenticeships.counting import placed
from craftpath.domain.apprenticeships.queries import cohorts, working_with
from craftpath.domain.counts.measures import COLLEGE
from craftpath.domain.counts.queries import figures_at
from craftpath.domain.evaluation.standings import without_marks
from craftpath.domain.progression.queries import waiting_at
from craftpath.domain.reviews.queries import of_college
from craftpath.kernel.roles import Role
from craftpath.kernel.sheets import UNDO_WITHIN, SheetImport
from craftpath.kernel.sheetwork import SheetWork, sheets_on_desk

KINDS = {"roster": "people", "marks": "import"}


def coordinator(request: Request) -> Desk:
    """Imports on their way, next steps of each cohort, which classes are stuck, what is missed most."""
    rows, page = board(request.organisation, request.GET.get("cohorts"))
    waiting = [
        *examinations_today(request),
        *rolls_to_call(request),
        *contests_to_answer(request),
        *objections_to_answer(request),
        *study_objections_to_answer(request),
        *appeals_to_decide(request),
        *to_sign(request),
        *silence(request),
        *_imports(request, own=False),
        *([] if rows else first_steps(request)),
        *_next_steps(request, rows),
    ]
    stuck = classes_in_need(request)
    needs = [
        *stuck,
        *rolls_missing(request),
        *reviews_overdue(request),
    ]
    missed = [*_missed(request, rows), *_without_marks(request, rows)]
    figures = figures_at(request.organisation, COLLEGE, request.today)
    sums = [
        *(
            [Sum(str(len(stuck)), ngettext("class is stuck", "classes are stuck", len(stuck)), "needs")]
            if stuck
            else []
        ),
        *people_sum(figures),
    ]
    return Desk(
        Role.COORDINATOR,
        "desks/board.html",
        waiting,
        needs,
        figures_of(request, rows, page, may_import=True)
        | {"stages": stage_bar(figures.stages), "missed": missed},
        sums,
    )


def trainer(request: Request) -> Desk:
    """Own people in order of need, own imports on their way, and what is missing in the cohorts, item by item."""
    rows, page = board(request.organisation, request.GET.get("cohorts"))
    own = placed(enrolments=working_with(request.user) | of_college(request.user))
    people, count = people_in_need(request, own, helping=True)
    figures = figures_of(request, rows, page, may_import=True) | {
        "stages": stage_bar(stages_among(own)),
        "missed": _missed(request, rows),
    }
    waiting = [
        *examinations_today(request),
        *rolls_to_call(request),
        *to_sign(request),
        *reviews_to_hold(request),
        *work_to_rate(request),
        *second_opinions(request),
        *to_confirm(request),
        *_imports(request, own=True),
    ]
    sums = [*need_sum(count), *own_sum(len(own))]
    return Desk(Role.TRAINER, "desks/board.html", waiting, needed(people, count), figures, sums)


def figures_of(
    request: Request, rows: Sequence[CohortStanding], page: Page[int], *, may_import: bool
) -> dict[str, Any]:
    """What the board's template shows."""
    return {"board": rows, "body": board_rows(request, rows, may_import=may_import), "page": page}


def _imports(request: Request, *, own: bool) -> list[Line]:
    """Imports on their way, and before them what a worker has done with large ones since yesterday."""
    desk = sheets_on_desk(
        request.organisation,
        since=request.at - UNDO_WITHIN,
        only=request.user if own else None,
        most=MOST + 1,
    )
    key = request.organisation.key
    lines = [_come_in(row, key) for row in desk.come_in[:MOST]]
    lines += [_on_its_way(row, key) for row in desk.on_their_way[:MOST]]
    if len(desk.on_their_way) > MOST:
        lines.append(Line(_("All imports on their way"), url=reverse("sheets:list", args=[key]), rest=True))
    return lines


def _on_its_way(row: SheetImport, key: str) -> Line:
    work: SheetWork | None = getattr(row, "work", None)
    if work is not None:
        return _at_work(row, work, key)
    return Line(
        _("Go on with %(file)s") % {"file": row.file.name},
        _("uploaded %(when)s by %(who)s")
        % {"when": moment(row.made_at), "who": row.made_by.name if row.made_by else "–"},
        reverse("sheets:columns", args=[key, row.public_id]),
        _("roster") if row.kind == "roster" else _("marks"),
        "info",
        KINDS.get(row.kind, "import"),
    )


def _at_work(row: SheetImport, work: SheetWork, key: str) -> Line:
    """A large import: a worker is at it, or waits for a person again."""
    notes = {
        ("asked", "check"): _("is being checked; you can look how far it is"),
        ("asked", "commit"): _("is being imported; you can look how far it is"),
        ("refused", "check"): _("could not be checked"),
        ("refused", "commit"): _("was not imported; the page says why"),
    }
    note = notes.get((work.state, work.task), _("is checked and waits for you"))
    kind = _("roster") if row.kind == "roster" else _("marks")
    tone = "attention" if work.state == "refused" else "info"
    url = reverse("sheets:columns", args=[key, row.public_id])
    words = _("Go on with %(file)s") if work.state != "asked" else "%(file)s"
    return Line(words % {"file": row.file.name}, note, url, kind, tone, KINDS.get(row.kind, "import"))


def _come_in(row: SheetImport, key: str) -> Line:
    """What a worker has done with a large import, for those who closed the page meanwhile."""
    if row.state == "committed":
        counts = {"added": row.outcome.get("added", 0), "changed": row.outcome.get("changed", 0)}
        note = _("was imported: %(added)s added, %(changed)s changed") % counts
    else:
        note = _("was undone") if row.state == "undone" else _("could not be read; the page says why")
    return Line(
        row.file.name,
        note,
        reverse("sheets:columns", args=[key, row.public_id]),
        moment(row.work.ended_at),
        "good" if row.state == "committed" else "attention",
        KINDS.get(row.kind, "import"),
    )


def first_steps(request: Request) -> list[Line]:
    """An empty house: what to do first, and what comes after."""
    if cohorts().filter(organisation__in=request.organisation.below()).exists():
        return []
    plan = reverse("apprenticeships:plan", args=[request.organisation.key])
    return [
        Line(
            _("Plan your first cohort"),
            _("Its name, occupation, programme and first day."),
            plan,
            icon="people",
        ),
        Line(
            _("Then upload your roster"),
            _("Your own spreadsheet will do; the cohort's page takes it."),
            icon="import",
        ),
    ]


def _next_steps(request: Request, rows: Sequence[CohortStanding]) -> list[Line]:
    key = request.organisation.key
    cohort_address = addresses(request, "apprenticeships:cohort")
    decide_address = addresses(request, "evaluation:decide")
    gate_address = addresses(request, "progression:gate", ids=3)
    decided = [
        stage.evaluation.pk
        for row in rows
        for stage in row.stages
        if stage.evaluation and stage.tally.decided
    ]
    waiting = waiting_at(decided, request.today) if decided else {}
    lines: list[Line] = []
    for row in rows:
        if len(lines) >= 2 * MOST:  # nobody is told of more at once
            break
        name, public_id = text(row.cohort.name), row.cohort.public_id
        cohort = cohort_address(public_id)
        if not row.people:
            upload = reverse("sheets:upload", args=[key, "roster", public_id])
            note = _("Nobody is enrolled yet.")
            lines.append(
                Line(_("Upload the roster of %(cohort)s") % {"cohort": name}, note, upload, icon="import")
            )
        lines += [
            Line(
                _("Choose the scheme for %(stage)s") % {"stage": text(stage.name)},
                name,
                cohort,
                icon="scheme",
            )
            for stage in row.stages
            if stage.evaluation is None
        ]
        lines += [_to_decide(stage, name, decide_address) for stage in row.stages if stage.tally.to_decide]
        lines += [
            _ready(stage, waiting[stage.evaluation.pk], name, gate_address)
            for stage in row.stages
            if stage.evaluation and waiting.get(stage.evaluation.pk)
        ]
        if row.without_password:
            lines.append(
                Line(
                    ngettext(
                        "Print the sign-in slip of %(count)s apprentice",
                        "Print the sign-in slips of %(count)s apprentices",
                        row.without_password,
                    )
                    % {"count": row.without_password},
                    name,
                    reverse("people:list", args=[key]) + f"?cohort={public_id}",
                    icon="print",
                )
            )
    return lines[: 2 * MOST]


def _to_decide(stage: StageStanding, cohort: str, address: Address) -> Line:
    words = ngettext(
        "Decide the result of %(count)s apprentice",
        "Decide the results of %(count)s apprentices",
        stage.tally.to_decide,
    )
    evaluation = stage.evaluation.public_id if stage.evaluation else ""
    return Line(
        words % {"count": stage.tally.to_decide},
        _("%(cohort)s, %(stage)s: all marks are in") % {"cohort": cohort, "stage": text(stage.name)},
        address(evaluation),
        icon="check",
    )


def _ready(stage: StageStanding, count: int, cohort: str, address: Address) -> Line:
    words = ngettext(
        "Let %(count)s apprentice pass %(stage)s",
        "Let %(count)s apprentices pass %(stage)s",
        count,
    )
    facts = {"count": count, "stage": text(stage.name)}
    url = address(stage.cohort.public_id, stage.evaluation.stage.key, "stage") if stage.evaluation else ""
    return Line(words % facts, _("%(cohort)s: decided as passed") % {"cohort": cohort}, url, icon="check")


def _missed(request: Request, rows: Sequence[CohortStanding]) -> list[Line]:
    """Items that most people still miss, over all cohorts; each leads to those people."""
    address = addresses(request, "evaluation:cohort")
    found = [
        (missing, stage, stage.evaluation)
        for row in rows
        for stage in row.stages
        if stage.evaluation is not None
        for missing in stage.missed
    ]
    found.sort(key=lambda entry: -entry[0].count)
    return [
        Line(
            _("%(item)s is still open") % {"item": text(missing.item.name)},
            _("%(cohort)s, %(stage)s") % {"cohort": text(stage.cohort.name), "stage": text(stage.name)},
            f"{address(evaluation.public_id)}?missing={missing.item.key}",
            _("%(count)s of %(people)s") % {"count": missing.count, "people": stage.tally.people},
            "attention",
            "results",
        )
        for missing, stage, evaluation in found[:MOST]
    ]


def _without_marks(request: Request, rows: Sequence[CohortStanding]) -> list[Line]:
    """People of whom nothing is known yet in an evaluation where others have marks already."""
    begun = {
        stage.evaluation.pk: stage
        for row in rows
        for stage in row.stages
        if stage.evaluation and stage.tally.people
    }
    found, every = without_marks((stage.evaluation for stage in begun.values() if stage.evaluation), MOST)
    address = addresses(request, "apprenticeships:apprentice")
    lines = []
    for one in found:
        stage = begun[one.evaluation_id]
        names = {"stage": text(stage.name), "cohort": text(stage.cohort.name)}
        note = _("no mark yet in %(stage)s, %(cohort)s") % names
        lines.append(Line(one.name, note, address(one.enrolment), one.number, icon="me"))
    return lines + and_more(every) if len(found) == MOST else lines
