"""The papers of a file: what each step asks for, what the record has, uploads with their versions, who is asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from craftpath.delivery.web.shell.downloads import shown_or_saved
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.templatetags.say import moment
from craftpath.delivery.web.shell.words import ROLE_NAMES
from craftpath.delivery.web.subsidies import saying
from craftpath.delivery.web.subsidies.forms import PaperForm
from craftpath.delivery.web.subsidies.gauge import Lack, gauge_of, said
from craftpath.delivery.web.subsidies.places import READERS, decides, file_tabs, files, found, to_file
from craftpath.delivery.web.subsidies.suppliers import suppliers
from craftpath.domain.subsidies import actions, papering, queries, rules
from craftpath.domain.subsidies.papering import CLASS
from craftpath.domain.subsidies.texts import PAPERS, STEPS
from craftpath.kernel.roles import Role
from craftpath.values.verdict import Refused, require

if TYPE_CHECKING:
    from craftpath.domain.subsidies.actions import Asking
    from craftpath.domain.subsidies.models import FilePaper, FilePerson, PaperAsk, SubsidyFile


@dataclass(frozen=True, slots=True)
class Upload:
    """One upload with the versions before it."""

    row: FilePaper
    whose: str
    note: str
    older: Sequence[FilePaper]


@dataclass(frozen=True, slots=True)
class Wanted:
    """One paper that a step asks for."""

    code: str
    name: str
    has: int
    wanted: int
    lack: str
    record: str
    uploads: Sequence[Upload]
    form: PaperForm | None
    suppliers: Sequence[tuple[str, str]]
    asked: str
    each: int
    """of so many apprentices the own paper is missing; 0 if nobody has one of the own"""


@require_GET
@needs(*READERS)
def papers(request: Request, organisation: str, file: str) -> HttpResponse:
    """By step, in the order of the scheme."""
    return render(request, "subsidies/papers.html", _page(request, found(file)))


def _page(
    request: Request, row: SubsidyFile, wrong: PaperForm | None = None, code: str = ""
) -> dict[str, Any]:
    people, uploads = queries.people_of(row), queries.papers_of(row)
    gauge = gauge_of(request, row, people, uploads)
    mine = files(request.actor, row)
    takes = row.state in rules.TAKES_PAPERS
    asks = takes and (mine or decides(request.actor, row))
    able = suppliers(row, people, request.today) if asks else {}
    lacks = {(one.step, one.paper): one for one in gauge.lacks}
    asked = queries.asks_of(row)
    names = {one.public_id: saying.person(one) for one in people}
    steps: dict[str, list[Wanted]] = {}
    for one in papering.required(row):
        if one.per.value == "person":
            subjects = [p.public_id for p in people if not p.excluded and p.outcome != "left"]
        else:
            subjects = [CLASS]
        here = [up for up in uploads if up.paper == one.paper]
        lack = lacks.get((one.step, one.paper))
        total = len(subjects) * one.least
        form = None
        if mine and takes:
            form = (
                wrong
                if code == one.paper and wrong
                else _form(one.paper, one.per.value == "person", people, here)
            )
        steps.setdefault(one.step, []).append(
            Wanted(
                one.paper,
                str(PAPERS.get(one.paper, one.paper)),
                total - _open(lack),
                total,
                said(lack, names) if lack else "",
                _record(gauge.known, one.paper, subjects),
                _uploads(here),
                form,
                _able(able.get(one.role, ()), one.role) if lack and asks else (),
                _asked(asked, one.paper),
                len(lack.subjects) if lack and one.role == Role.APPRENTICE.value and lack.of_people else 0,
            )
        )
    return {
        "file": row,
        "title": saying.title(row),
        "badge": saying.badge(row),
        "steps": [(str(STEPS[key]), key, wanted) for key, wanted in steps.items()],
        "dials": gauge.dials,
        "percent": gauge.percent,
        "wrong": code,
        "tabs": file_tabs(request, row, "papers", {"people": len(people), "papers": gauge.missing}),
        "crumbs": to_file(request, row),
    }


def _open(lack: Lack | None) -> int:
    return lack.wanted - min(lack.has, lack.wanted) if lack else 0


def _record(known: Mapping[tuple[str, str], str], paper: str, subjects: Sequence[str]) -> str:
    there = [known[paper, one] for one in subjects if (paper, one) in known]
    if not there:
        return ""
    if subjects == [CLASS]:
        return there[0]
    return _("%(what)s: %(count)s people") % {"what": there[0], "count": len(there)}


def _form(paper: str, each: bool, people: Sequence[FilePerson], here: Sequence[FilePaper]) -> PaperForm:
    return PaperForm(key=paper, **_choices(each, people, here))


def _choices(each: bool, people: Sequence[FilePerson], here: Sequence[FilePaper]) -> dict[str, Any]:
    named = [(one.public_id, saying.person(one)) for one in people if not one.excluded]
    copies = [
        (up.public_id, _("%(name)s, copy %(copy)s") % {"name": up.name, "copy": up.copy})
        for up in here
        if up.replaced_at is None
    ]
    return {"people": named if each else (), "copies": copies}


def _uploads(here: Sequence[FilePaper]) -> list[Upload]:

    def note(row: FilePaper) -> str:
        at: datetime = row.handed_at
        return f"{row.handed_by.name} · {moment(at)}"

    return [
        Upload(
            row,
            saying.person(row.member) if row.member else "",
            note(row),
            [
                one
                for one in here
                if (one.member_id, one.copy) == (row.member_id, row.copy) and one.replaced_at
            ],
        )
        for row in here
        if row.replaced_at is None
    ]


def _able(people: Sequence[Asking], role: str) -> list[tuple[str, str]]:
    named = str(ROLE_NAMES[Role(role)])
    return [(one.person.public_id, f"{one.person.name} · {named}") for one in people if one.member is None]


def _asked(asked: Sequence[PaperAsk], paper: str) -> str:
    names = list(dict.fromkeys(one.person.name for one in asked if one.paper == paper))
    return _("asked: %(names)s") % {"names": saying.some(names)} if names else ""


@require_POST
@needs(*READERS)
def hand_in(request: Request, organisation: str, file: str, paper: str) -> HttpResponse:
    """Upload for the claimant's office; what is refused says why, and the other papers are there as before."""
    row = found(file)
    require(rules.may_file(request.actor, row))
    wanted = next((one for one in papering.required(row) if one.paper == paper), None)
    if wanted is None:
        raise Http404
    people = queries.people_of(row)
    here = [up for up in queries.papers_of(row) if up.paper == paper]
    form = PaperForm(
        request.POST, request.FILES, key=paper, **_choices(wanted.per.value == "person", people, here)
    )
    status = 422
    if form.is_valid():
        given = form.cleaned_data
        try:
            actions.hand_in_paper(
                row, paper=paper, made_id=given["made_id"], content=given["file"].read(), name=given["file"].name,
                member=next((one for one in people if one.public_id == given.get("member")), None),
                replaces=next((up for up in here if up.public_id == given.get("replaces")), None),
                by=request.actor, at=request.at,
            )  # fmt: skip
        except Refused as refused:
            if refused.verdict.who:
                raise
            form.add_error("file", sentence(refused.verdict))
            status = 409
        else:
            messages.success(request, _("Kept."))
            return redirect("subsidies:papers", organisation, file)
    return render(request, "subsidies/papers.html", _page(request, row, form, paper), status=status)


@require_POST
@needs(*READERS)
def ask(request: Request, organisation: str, file: str, paper: str) -> HttpResponse:
    """Ask somebody who can supply it, or each apprentice for the own one; who is asked already is not asked again."""
    row = found(file)
    if not files(request.actor, row):
        require(rules.may_decide(request.actor, row))
    wanted = next((one for one in papering.required(row) if one.paper == paper), None)
    if wanted is None:
        raise Http404
    people = queries.people_of(row)
    gauge = gauge_of(request, row, people, queries.papers_of(row))
    missing = {one for lack in gauge.lacks if lack.paper == paper for one in lack.subjects}
    chosen = _chosen(request, suppliers(row, people, request.today).get(wanted.role, ()), people, missing)
    new = actions.ask_for_papers(row, paper, chosen, by=request.actor, at=request.at)
    if new:
        count = len({one.person_id for one in new})
        said_ = ngettext("%(count)s person was asked.", "%(count)s people were asked.", count) % {
            "count": count
        }
        messages.success(request, said_)
    else:
        messages.info(request, _("Nobody new to ask: whoever can supply it is asked already."))
    return redirect("subsidies:papers", organisation, file)


def _chosen(
    request: Request, able: Sequence[Asking], people: Sequence[FilePerson], missing: set[str]
) -> list[Asking]:
    if missing == {CLASS}:
        return [
            one for one in able if one.person.public_id == request.POST.get("person") and one.member is None
        ]
    own = [one for one in able if one.member is not None and one.member.public_id in missing]
    if own:
        return own
    somebody = next((one for one in able if one.person.public_id == request.POST.get("person")), None)
    if somebody is None:
        return []
    lacking = [row for row in people if row.public_id in missing]
    return [actions.Asking(somebody.person, somebody.place, row) for row in lacking]


@require_GET
@needs(*READERS)
def paper(request: Request, organisation: str, paper: str) -> HttpResponse:
    """The upload itself: pictures and videos to look at, all else to save."""
    row = get_object_or_404(queries.paper(plain_id(paper)))
    name = row.name.rpartition(".")[0] or row.name
    return shown_or_saved(row.kept.bytes(), name, row.media_type)
