"""The report of a round: issued as a version, read on the page in both languages, taken as PDF or workbook."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from craftpath.delivery.exchange.printouts.round_report import round_report
from craftpath.delivery.web.papers.sending import languages, look_of, own_language, sent
from craftpath.delivery.web.pilots import saying
from craftpath.delivery.web.pilots.places import READERS, found_round, pilot_tabs, to_here, to_round
from craftpath.delivery.web.shell.downloads import attachment
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import day, text
from craftpath.delivery.web.shell.trail import here
from craftpath.domain.pilots import actions, queries, rules
from craftpath.domain.pilots.registry import Found
from craftpath.domain.pilots.reporting import canonical
from craftpath.domain.pilots.texts import CHANGE_STATES, CHECKS, KINDS, STEP_MOVES, STEP_STATES
from craftpath.domain.pilots.wording import found_in_words
from craftpath.values.printout import Printout

if TYPE_CHECKING:
    from craftpath.domain.pilots.models import Pilot, PilotRound, RoundReport

TONES = {"done": "good", "waived": "attention", "open": "plain"}
JSON = "application/json"


@require_http_methods(["GET", "HEAD", "POST"])
@needs(*READERS)
def reports(request: Request, organisation: str, pilot: str, number: int) -> HttpResponse:
    """All versions, the newest first; a POST issues the next one, or finds that nothing has changed."""
    row = found_round(pilot, number)
    before = queries.reports_of(row)
    if request.method == "POST":
        made = actions.issue_report(row, by=request.actor, at=request.at)
        if before and before[0].pk == made.pk:
            messages.info(
                request, _("Nothing has changed since version %(version)s.") % {"version": made.version}
            )
        else:
            messages.success(request, _("Issued as version %(version)s.") % {"version": made.version})
        return redirect("pilots:report", organisation, row.pilot.public_id, row.number, made.version)
    context = {
        "pilot": row.pilot,
        "round": row,
        "reports": before,
        "runs": bool(rules.may_run(request.actor, row.pilot)),
        "tabs": pilot_tabs(request, row.pilot, row.number, "reports", {"reports": len(before)}),
        "crumbs": to_here(request, text(row.pilot.name)),
    }
    return render(request, "pilots/reports.html", context)


def _report(row: PilotRound, version: int) -> RoundReport:
    found = next((one for one in queries.reports_of(row) if one.version == version), None)
    if found is None:
        raise Http404
    return found


@require_GET
@needs(*READERS)
def report(request: Request, organisation: str, pilot: str, number: int, version: int) -> HttpResponse:
    """One version as it was frozen, in the reader's language."""
    row = found_round(pilot, number)
    found = _report(row, version)
    content = found.content
    context: dict[str, Any] = {
        "pilot": row.pilot,
        "round": row,
        "report": found,
        "content": content,
        "kind": KINDS[content["kind"]],
        "opened": _day(content["opened"]),
        "closed": _day(content["closed"]),
        "members": [text(one) for one in content["members"]],
        "steps": [_step(one) for one in content["steps"]],
        "changes": [_change(one) for one in content["changes"]],
        "carried": [_change(one) for one in content["carried"]],
        "languages": languages(),
        "own_language": own_language(),
        "newest": queries.reports_of(row)[0].version,
        "crumbs": to_round(request, row, here(_("Report, version %(version)s") % {"version": version})),
    }
    return render(request, "pilots/report.html", context)


def _step(one: dict[str, Any]) -> dict[str, Any]:
    names = one.get("asked", {})
    return {
        **one,
        "due": _day(one["due"]),
        "closed": _day(one["closed"]),
        "given": [{**each, "on": _day(each["on"])} for each in one["given"]],
        "badge": (str(STEP_STATES[one["state"]]), TONES[one["state"]]),
        "sentences": [(found_in_words(each), each.met) for each in map(Found.of, one["found"])],
        "lacking": [_lack(lack, names) for lack in one["lacks"]],
        "events": [(str(STEP_MOVES[event["move"]]), event) for event in one["history"]],
    }


def _lack(lack: dict[str, str], names: dict[str, Any]) -> str:
    if lack["what"] == "deliverable":
        return text(names.get(lack["key"], lack["key"]))
    if lack["what"] == "before":
        return _("a step before it was open")
    return str(CHECKS.get(lack["key"], lack["key"]))


def _change(one: dict[str, Any]) -> dict[str, Any]:
    badge = (str(CHANGE_STATES[one["state"]]), saying.CHANGE_TONES[one["state"]])
    return {**one, "due": _day(one["due"]), "badge": badge}


def _day(given: str) -> str:
    return day(date.fromisoformat(given)) if given else ""


def printout(found: RoundReport, pilot: Pilot) -> Printout:
    """The paper of a version: what was frozen, with the day at the office on which it was issued."""
    return round_report(
        found.content, version=found.version, issued_on=pilot.day(found.issued_at),
        issued_by=found.issued_by.name if found.issued_by else "", sha256=found.sha256,
    )  # fmt: skip


@require_GET
@needs(*READERS)
def paper(request: Request, organisation: str, pilot: str, number: int, version: int) -> HttpResponse:
    """PDF or workbook in a language, or the frozen content itself as JSON, byte for byte."""
    row = found_round(pilot, number)
    found = _report(row, version)
    name = f"{text(row.pilot.name)}-{row.number}-v{version}"
    if request.GET.get("form") == "json":
        return attachment(canonical(found.content), f"{name}.json", JSON)
    return sent(printout(found, row.pilot), look_of(request.GET), name=name)
