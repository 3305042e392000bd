"""The desks of those who run cohorts and bring marks in: the coordinator and the trainer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from craftpath.delivery.web.desks.answering import contests_to_answer
from craftpath.delivery.web.desks.attending import rolls_missing, rolls_to_call
from craftpath.delivery.web.desks.learning import and_more
from craftpath.delivery.web.desks.reads import CohortStanding, StageStanding, board
from craftpath.delivery.web.desks.shapes import MOST, Desk, Line
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import moment, text
from craftpath.domain.apprenticeships.queries import cohorts
from craftpath.domain.evaluation.standings import without_marks
from craftpath.kernel.roles import Role
from craftpath.kernel.sheets import SHEET, UNDO_WITHIN, SheetImport, imports
from craftpath.kernel.sheetwork import SheetWork, work, work_on

if TYPE_CHECKING:
    from craftpath.domain.evaluation.models import Evaluation

KINDS = {"roster": "people", "marks": "import"}


def coordinator(request: Request) -> Desk:
    """Imports on their way, next steps of each cohort, what is missed most, who has nothing yet."""
    rows = board(request.organisation)
    waiting = [
        *rolls_to_call(request),
        *contests_to_answer(request),
        *_imports(request, own=False),
        *first_steps(request),
        *_next_steps(request, rows),
    ]
    needs = [*_missed(request, rows), *_without_marks(request, rows), *rolls_missing(request)]
    return Desk(Role.COORDINATOR, "desks/board.html", waiting, needs, {"board": rows, "may_import": True})


def trainer(request: Request) -> Desk:
    """Own imports on their way, and what is missing in the cohorts, item by item."""
    rows = board(request.organisation)
    needs = _missed(request, rows)
    figures = {"board": rows, "may_import": True}
    waiting = [*rolls_to_call(request), *_imports(request, own=True)]
    return Desk(Role.TRAINER, "desks/board.html", waiting, needs, figures)


def _imports(request: Request, *, own: bool) -> list[Line]:
    rows = imports().filter(state=SHEET.start, organisation__in=request.organisation.below())
    if own:
        rows = rows.filter(made_by=request.user)
    found = list(rows[: MOST + 1])
    key = request.organisation.key
    at_work = work_on(found[:MOST])
    lines = [
        _at_work(row, at_work[row.pk], key)
        if row.pk in at_work
        else Line(
            _("Go on with %(file)s") % {"file": row.file.name},
            _("uploaded %(when)s by %(who)s")
            % {"when": moment(row.made_at), "who": row.made_by.name if row.made_by else "–"},
            reverse("sheets:columns", args=[key, row.public_id]),
            _("roster") if row.kind == "roster" else _("marks"),
            "info",
            KINDS.get(row.kind, "import"),
        )
        for row in found[:MOST]
    ]
    if len(found) > MOST:
        lines.append(Line(_("All imports on their way"), url=reverse("sheets:list", args=[key])))
    return [*_come_in(request, own=own), *lines]


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


def _come_in(request: Request, *, own: bool) -> list[Line]:
    """What a worker has done with large imports since yesterday, for those who closed the page meanwhile."""
    rows = work().filter(
        ended_at__gte=request.at - UNDO_WITHIN,
        sheet__organisation__path__startswith=request.organisation.path,
    )
    rows = rows.filter(Q(task="commit", state="done") | Q(state="refused", sheet__state="discarded"))
    if own:
        rows = rows.filter(asked_by=request.user)
    key = request.organisation.key
    return [
        Line(
            row.sheet.file.name,
            _("was imported: %(added)s added, %(changed)s changed")
            % {"added": row.sheet.outcome.get("added", 0), "changed": row.sheet.outcome.get("changed", 0)}
            if row.sheet.state == "committed"
            else _("was undone")
            if row.sheet.state == "undone"
            else _("could not be read; the page says why"),
            reverse("sheets:columns", args=[key, row.sheet.public_id]),
            moment(row.ended_at),
            "good" if row.sheet.state == "committed" else "attention",
            KINDS.get(row.sheet.kind, "import"),
        )
        for row in rows.defer("sheet__trace").order_by("-ended_at")[:MOST]
    ]


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
    lines = []
    for row in rows:
        name, public_id = text(row.cohort.name), row.cohort.public_id
        cohort = reverse("apprenticeships:cohort", args=[key, public_id])
        if not row.people:
            upload = reverse("sheets:upload", args=[key, "roster", public_id])
            note = _("Nobody is enrolled yet.")
            lines.append(
                Line(_("Upload the roster of %(cohort)s") % {"cohort": name}, note, upload, icon="import")
            )
        lines += [
            Line(
                _("Choose the scheme for %(stage)s") % {"stage": text(stage.stage.name)},
                name,
                cohort,
                icon="scheme",
            )
            for stage in row.stages
            if stage.evaluation is None
        ]
        lines += [_to_decide(request, stage, name) for stage in row.stages if stage.tally.to_decide]
        lines += [_ready(stage, name, cohort) for stage in row.stages if stage.ready]
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


def _to_decide(request: Request, stage: StageStanding, cohort: str) -> Line:
    words = ngettext(
        "Decide the result of %(count)s apprentice",
        "Decide the results of %(count)s apprentices",
        stage.tally.to_decide,
    )
    evaluation = stage.evaluation.public_id if stage.evaluation else ""
    return Line(
        words % {"count": stage.tally.to_decide},
        _("%(cohort)s, %(stage)s: all marks are in") % {"cohort": cohort, "stage": text(stage.stage.name)},
        reverse("evaluation:decide", args=[request.organisation.key, evaluation]),
        icon="check",
    )


def _ready(stage: StageStanding, cohort: str, url: str) -> Line:
    words = ngettext(
        "Let %(count)s apprentice pass %(stage)s",
        "Let %(count)s apprentices pass %(stage)s",
        stage.ready,
    )
    facts = {"count": stage.ready, "stage": text(stage.stage.name)}
    return Line(words % facts, _("%(cohort)s: decided as passed") % {"cohort": cohort}, url, icon="check")


def _missed(request: Request, rows: Sequence[CohortStanding]) -> list[Line]:
    """Items that most people still miss, over all cohorts; each leads to those people."""
    key = request.organisation.key
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
            _("%(cohort)s, %(stage)s") % {"cohort": text(stage.cohort.name), "stage": text(stage.stage.name)},
            reverse("evaluation:cohort", args=[key, evaluation.public_id]) + f"?missing={missing.item.key}",
            _("%(count)s of %(people)s") % {"count": missing.count, "people": stage.tally.people},
            "attention",
            "results",
        )
        for missing, stage, evaluation in found[:MOST]
    ]


def _without_marks(request: Request, rows: Sequence[CohortStanding]) -> list[Line]:
    """People of whom nothing is known yet in an evaluation where others have marks already."""
    begun: list[Evaluation] = [
        stage.evaluation for row in rows for stage in row.stages if stage.evaluation and stage.tally.people
    ]
    key = request.organisation.key
    bare = without_marks(begun)
    found = list(bare[:MOST])
    lines = [
        Line(
            row.enrolment.person.name,
            _("no mark yet in %(stage)s, %(cohort)s")
            % {"stage": text(row.evaluation.stage.name), "cohort": text(row.enrolment.cohort.name)},
            reverse("apprenticeships:apprentice", args=[key, row.enrolment.public_id]),
            row.enrolment.number,
            icon="me",
        )
        for row in found
    ]
    return lines + and_more(bare.count()) if len(found) == MOST else lines
