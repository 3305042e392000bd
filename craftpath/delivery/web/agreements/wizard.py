"""Beginning an agreement: person and cohort first, then parties and terms with the checklist beside them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from craftpath.delivery.web.agreements.forms import NewForm, TermsForm
from craftpath.delivery.web.agreements.places import enterprises, home, open_cohorts, trail, writable
from craftpath.delivery.web.agreements.showing import Point, not_of_an_agreement, points, tally
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import refusals_in, sentence
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.trail import here, step
from craftpath.domain.agreements import actions, queries, rules
from craftpath.domain.agreements.checking import Case, check, is_minor
from craftpath.domain.agreements.law import Law, law_of
from craftpath.domain.agreements.places import places_for
from craftpath.domain.apprenticeships.queries import mentors_of, next_number
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import Refused, require


def steps(request: Request, agreement: Any = None) -> list[dict[str, str]]:
    """The four steps; the first two lead back while the agreement is a draft of somebody new."""
    named = [_("Person"), _("Programme"), _("Parties"), _("Terms")]
    return [{"label": label} for label in named]


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.MANAGE_AGREEMENTS)
def new(request: Request, organisation: str) -> HttpResponse:
    """Somebody new, or an apprentice of whom the record has no agreement; then the draft is there to go on with."""
    asked = plain_id(request.POST.get("enrolment", "") or request.GET.get("enrolment", ""))
    known = get_object_or_404(queries.without_agreement(), public_id=asked) if asked else None
    places, cohorts = enterprises(request), open_cohorts()
    if known is not None and known.enterprise is not None and known.enterprise not in places:
        places.insert(0, known.enterprise)
    direct = known is not None and known.enterprise is not None and request.POST.get("do") == "start"
    form = NewForm(
        None if direct else request.POST or None,
        cohorts=cohorts,
        places=places,
        known=known,
        today=request.today,
    )
    if known is not None and known.enterprise is not None:
        form.fields["enterprise"].initial = known.enterprise.key
    if direct and known is not None and known.enterprise is not None:
        start = known.starts_on if known.state == "active" else max(known.starts_on, request.today)
        return _begun(request, known, known.enterprise, start)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        enterprise = form.places[given["enterprise"]]
        if known is not None:
            return _begun(request, known, enterprise, given["starts_on"], given["birth_date"])
        cohort = form.cohorts[given["cohort"]]
        ends_on, terms = queries.suggested(cohort, enterprise, given["starts_on"])
        with refusals_in(form):
            made = actions.draft_for_newcomer(
                cohort,
                form.newcomer(),
                number=given["number"] or next_number(cohort),
                enterprise=enterprise,
                written=actions.Written(given["starts_on"], ends_on, terms),
                by=request.actor,
                at=request.at,
            )
            return redirect("agreements:edit", organisation, made.public_id)
    shown = {
        "form": form,
        "known": known,
        "steps": steps(request),
        "crumbs": [step(request, _("Agreements"), "agreements:list"), here(_("Start an agreement"))],
        "cohorts": cohorts,
    }
    return render(request, "agreements/new.html", shown, status=422 if form.is_bound else 200)


def _begun(
    request: Request, known: Any, enterprise: Organisation, start: Any, birth_date: Any = None
) -> HttpResponse:
    """A draft for an apprentice who is known; a second press leads to the draft of the first."""
    ends_on, terms = queries.suggested(known.cohort, enterprise, start)
    last = queries.previous(known.cohort, enterprise)
    mentor = next(iter(_mentors(known)), last.mentor if last else None)
    written = actions.Written(start, ends_on, terms, mentor=mentor)
    try:
        made = actions.draft_agreement(
            known, enterprise=enterprise, written=written, by=request.actor, at=request.at
        )
        if birth_date is not None:
            actions.save_agreement(
                made, written=written, birth_date=birth_date, by=request.actor, at=request.at
            )
    except Refused as refused:
        if refused.verdict.reason != "agreements.under_way" or not refused.verdict.facts["agreement"]:
            raise
        messages.info(request, sentence(refused.verdict))
        return redirect("agreements:agreement", request.organisation.key, refused.verdict.facts["agreement"])
    return redirect("agreements:edit", request.organisation.key, made.public_id)


def _mentors(enrolment: Any) -> list[Any]:
    return mentors_of([enrolment]).get(enrolment.pk, [])


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.MANAGE_AGREEMENTS)
def edit(request: Request, organisation: str, agreement: str) -> HttpResponse:
    """Parties and terms; `do` is check (look only), model (fill empty clauses), save, or send (save, then fix it)."""
    found = writable(request, agreement)
    if not rules.can_change(found):
        require(rules.can_change(found)) if request.method == "POST" else None
        return redirect(*home(request, found))
    law, do = law_of(found.jurisdiction), request.POST.get("do", "save")
    form = TermsForm(_posted(request, law, do), agreement=found, law=law, on=request.today)
    good = form.is_bound and form.is_valid()
    case = _case(found, form) if form.is_bound else queries.case_of(found)
    checked = points(check(case), queries.waivers_of(found), law)
    if request.method == "POST" and do == "check" and request.htmx:
        return render(request, "agreements/edit.html#checklist", _shown(found, checked, case))
    if request.method == "POST" and do in {"save", "send"} and good:
        with refusals_in(form):
            return _saved(request, found, form, send=do == "send")
        found = writable(request, agreement)
    status = 422 if form.is_bound and do not in {"check", "model"} else 200
    shown = {
        "form": form,
        "empty_clauses": any(not (zh.value() or en.value()) for _name, zh, en, _model in form.clauses),
        "steps": steps(request, found),
        "current": 4 if case.mentor and (case.guardian or not is_minor(case)) else 3,
        "seen": request.POST.get("seen") or actions.stamp(found),
        "crumbs": trail(request, found, here(_("Parties and terms"))),
        "places": places_for(found.enrolment, found.enterprise, found.starts_on),
        **_shown(found, checked, case),
    }
    return render(request, "agreements/edit.html", shown, status=status)


def _posted(request: Request, law: Law, do: str) -> Any:
    """What the form was sent; on demand with the model's words in every clause that says nothing."""
    if request.method != "POST" or do != "model":
        return request.POST or None
    given = request.POST.copy()
    for clause in law.clauses:
        names = [f"clause-{clause.key}-{language}" for language in ("zh", "en")]
        if not any(given.get(name, "").strip() for name in names):
            given[names[0]], given[names[1]] = clause.text.zh, clause.text.en
    return given


def _saved(request: Request, found: Any, form: TermsForm, *, send: bool) -> HttpResponse:
    """Save, and send if that was the button; refused with the reason."""
    found = actions.save_agreement(
        found,
        written=form.written(),
        birth_date=form.cleaned_data["birth_date"],
        seen=request.POST.get("seen", ""),
        by=request.actor,
        at=request.at,
    )
    if send:
        actions.send_agreement(found, by=request.actor, at=request.at)
        messages.success(request, _("The text is fixed and waits for signatures."))
    else:
        messages.success(request, _("Saved."))
    return redirect(*home(request, found))


def _case(found: Any, form: TermsForm) -> Case:
    """What the form says so far, judged without being saved."""
    written = form.written()
    return queries.case_of(
        found,
        terms=written.terms,
        starts_on=written.starts_on,
        ends_on=max(written.ends_on, written.starts_on),
        mentor=written.mentor is not None,
        guardian=bool(written.guardian.name),
        birth_date=form.cleaned_data.get("birth_date") or found.enrolment.person.birth_date,
    )


def _shown(found: Any, checked: list[Point], case: Case) -> dict[str, Any]:
    return {
        "agreement": found,
        "person": found.enrolment.person,
        "points": checked,
        "tally": tally(checked),
        "not_of": not_of_an_agreement(),
        "minor": is_minor(case),
    }


@require_POST
@needs(Permission.MANAGE_AGREEMENTS)
def waive(request: Request, organisation: str, agreement: str) -> HttpResponse:
    """Take it upon oneself that an item is not met."""
    found = writable(request, agreement)
    reason = request.POST.get("reason", "").replace("\0", "")[:1000]
    actions.waive_item(
        found, request.POST.get("item", "")[:40], reason=reason, by=request.actor, at=request.at
    )
    messages.success(request, _("Waived under your name."))
    return redirect(*home(request, found))
