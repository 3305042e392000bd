"""Audits of a file: who looks at it until when, how the sample was drawn, what was found and answered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import sentence, tried
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.subsidies import saying
from craftpath.delivery.web.subsidies.forms import FindingForm, InviteForm
from craftpath.delivery.web.subsidies.places import READERS, decides, file_tabs, files, found, to_file
from craftpath.domain.subsidies import actions, papering, queries, rules
from craftpath.domain.subsidies.texts import FINDING_STATES, PAPERS, SEVERITIES
from craftpath.engines.allowances.sampling import rank
from craftpath.values.verdict import Refused, require

if TYPE_CHECKING:
    from craftpath.domain.subsidies.models import Audit, FilePerson, Finding, SubsidyFile

TONES = {"minor": "plain", "major": "attention", "critical": "wrong"}
STATE_TONES = {"open": "attention", "answered": "info", "closed": "good"}
VERBS = ("answer", "reopen", "close")
SAID = {
    "answer": gettext_lazy("Answered. The auditor reads it."),
    "reopen": gettext_lazy("Sent back. The enterprise answers anew."),
    "close": gettext_lazy("Closed."),
}
DAYS, SHARE = 14, 10
"""What the form of an invitation offers: two weeks, and one person in ten."""


@require_GET
@needs(*READERS)
def audit(request: Request, organisation: str, file: str) -> HttpResponse:
    """Everybody who sees the file reads what was drawn, by which seed, and what was found."""
    return render(request, "subsidies/audit.html", _page(request, found(file)))


def _page(
    request: Request,
    row: SubsidyFile,
    *,
    invite: Form | None = None,
    finding: Form | None = None,
    wrong: str = "",
    fault: str = "",
) -> dict[str, Any]:
    people = queries.people_of(row)
    audits = queries.audits_of(row)
    findings = list(queries.findings().filter(audit__file=row))
    office, mine = decides(request.actor, row), files(request.actor, row)
    own = next((one for one in audits if rules.may_audit(request.actor, one, request.today)), None)
    counted = sum(not one.excluded for one in people)
    return {
        "file": row,
        "title": saying.title(row),
        "badge": saying.badge(row),
        "audits": [_audit(request, one, people, office) for one in audits],
        "findings": [_finding(one, own, office, mine, wrong, request) for one in findings],
        "invite": (invite or InviteForm(None, initial=_first(request, counted)))
        if office and counted
        else None,
        "finding": (finding or _finding_form(None, row, people)) if own else None,
        "own": own,
        "wrong": wrong,
        "fault": fault,
        "most": rules.LONGEST_WORDS,
        "tabs": file_tabs(request, row, "audit", {"people": len(people)}),
        "crumbs": to_file(request, row),
    }


def _first(request: Request, counted: int) -> dict[str, Any]:
    today = request.today
    return {
        "opens_on": today,
        "closes_on": today + timedelta(days=DAYS - 1),
        "size": max(1, min(counted, -(-counted // SHARE))),
    }


def _finding_form(data: Any, row: SubsidyFile, people: Sequence[FilePerson]) -> FindingForm:
    papers = list(dict.fromkeys(one.paper for one in papering.required(row)))
    return FindingForm(data, people=[(one.public_id, saying.person(one)) for one in people], papers=papers)


def _audit(request: Request, one: Audit, people: Sequence[FilePerson], office: bool) -> dict[str, Any]:
    named = {row.public_id: row for row in people}
    ranked = sorted(one.listed, key=lambda name: (rank(one.seed, name), name))
    running = one.opens_on <= request.today < one.closes_on
    return {
        "audit": one,
        "last": one.closes_on - timedelta(days=1),
        "running": running,
        "over": request.today >= one.closes_on,
        "ends": office and request.today < one.closes_on,
        "draw": [
            {
                "place": place,
                "id": name,
                "person": saying.person(named[name]) if name in named else name,
                "rank": rank(one.seed, name)[:16],
                "drawn": name in one.drawn,
            }
            for place, name in enumerate(ranked, start=1)
        ],
        "drawn": [saying.person(named[name]) for name in one.drawn if name in named],
    }


def _finding(
    one: Finding, own: Audit | None, office: bool, mine: bool, wrong: str, request: Request
) -> dict[str, Any]:
    auditor = own is not None and own.pk == one.audit_id
    about = [saying.person(one.member)] if one.member else []
    if one.paper:
        about.append(str(PAPERS.get(one.paper, one.paper)))
    return {
        "row": one,
        "about": " · ".join(about) or _("the whole file"),
        "severity": (str(SEVERITIES[one.severity]), TONES[one.severity]),
        "state": (str(FINDING_STATES[one.state]), STATE_TONES[one.state]),
        "answers": mine and one.state == "open",
        "reopens": auditor and one.state == "answered",
        "closes": (auditor or office) and one.state == "answered",
        "typed": request.POST.get("answer", "")
        if wrong == one.public_id
        else one.answer
        if one.state == "open"
        else "",
    }


@require_POST
@needs(*READERS)
def invite(request: Request, organisation: str, file: str) -> HttpResponse:
    """Invite an auditor; the sample is drawn at this moment."""
    row = found(file)
    require(rules.may_decide(request.actor, row))
    form, status = InviteForm(request.POST), 422
    if form.is_valid():
        try:
            made = actions.invite_auditor(row, **form.cleaned_data, by=request.actor, at=request.at)
        except Refused as refused:
            if refused.verdict.who and refused.verdict.reason != "subsidies.own_file":
                raise
            form.add_error(None, sentence(refused.verdict))
            status = 409
        else:
            facts = {"who": made.auditor.name, "count": len(made.drawn)}
            messages.success(request, _("%(who)s is invited; %(count)s people were drawn.") % facts)
            return redirect("subsidies:audit", organisation, file)
    return render(request, "subsidies/audit.html", _page(request, row, invite=form), status=status)


def _audit_of(public_id: str) -> Audit:
    return get_object_or_404(queries.audits(), public_id=plain_id(public_id))


@require_POST
@needs(*READERS)
def end(request: Request, organisation: str, audit: str) -> HttpResponse:
    """End the access today."""
    row = _audit_of(audit)
    require(rules.may_decide(request.actor, row.file))
    actions.end_audit(row, by=request.actor, at=request.at)
    messages.success(request, _("The access ends today. Findings stay."))
    return redirect("subsidies:audit", organisation, row.file.public_id)


@require_POST
@needs(*READERS)
def find(request: Request, organisation: str, audit: str) -> HttpResponse:
    """Write down what was found."""
    one = _audit_of(audit)
    require(rules.may_audit(request.actor, one, request.today))
    row = found(one.file.public_id)
    people = queries.people_of(row)
    form = _finding_form(request.POST, row, people)

    def act() -> None:
        given = form.cleaned_data
        actions.raise_finding(
            one, severity=given["severity"], words=given["words"], paper=given["paper"],
            member=next((p for p in people if p.public_id == given["member"]), None),
            made_id=given["made_id"], by=request.actor, at=request.at,
        )  # fmt: skip

    status = tried(request, form, _("Noted. The enterprise answers."), act)
    if not status:
        return redirect("subsidies:audit", organisation, row.public_id)
    return render(request, "subsidies/audit.html", _page(request, row, finding=form), status=status)


@require_POST
@needs(*READERS)
def move(request: Request, organisation: str, finding: str, verb: str) -> HttpResponse:
    """Answer, send back or close a finding; an answer that is refused keeps its words."""
    row = get_object_or_404(queries.findings(), public_id=plain_id(finding))
    if verb not in VERBS:
        raise Http404
    act: Callable[[], object] = {
        "answer": lambda: actions.answer_finding(
            row, answer=request.POST.get("answer", "").replace("\0", ""), by=request.actor, at=request.at
        ),
        "reopen": lambda: actions.reopen_finding(row, by=request.actor, at=request.at),
        "close": lambda: actions.close_finding(row, by=request.actor, at=request.at),
    }[verb]
    file = found(row.audit.file.public_id)
    try:
        act()
    except Refused as refused:
        if refused.verdict.who:
            raise
        page = _page(request, file, wrong=row.public_id, fault=sentence(refused.verdict))
        return render(request, "subsidies/audit.html", page, status=409)
    messages.success(request, str(SAID[verb]))
    return redirect("subsidies:audit", organisation, file.public_id)
