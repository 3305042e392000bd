"""What a house holds to when pairs work: the rhythm, the halfway talk, the agreement and its words."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from craftpath.delivery.web.mentoring.forms import RulesForm, WordingForm
from craftpath.delivery.web.pairing.places import tabs
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import tried
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.trail import here, step
from craftpath.domain.mentoring import actions, queries
from craftpath.kernel.roles import Permission


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.FORM_PAIRS)
def rules(request: Request, organisation: str) -> HttpResponse:
    """What is kept here, or what holds from above; saving makes it one's own."""
    row = queries.meeting_rule(request.organisation)
    kept = {name: getattr(row, name) for name in RulesForm.base_fields}
    form, status = RulesForm(request.POST if request.method == "POST" else None, initial=kept), 200
    if request.method == "POST":
        status = tried(
            request, form, _("Kept. They hold from now on, for pairs that are at work too."),
            lambda: actions.set_meeting_rule(
                request.organisation, **form.cleaned_data, by=request.actor, at=request.at
            ),
        )  # fmt: skip
        if not status:
            return redirect("mentoring:rules", organisation)
    own = row.pk is not None and row.organisation_id == request.organisation.pk
    context = {
        "form": form,
        "own": own,
        "above": row.organisation if row.pk is not None and not own else None,
        "tabs": tabs(request, "mentoring:board"),
        "crumbs": [step(request, _("Pairs at work"), "mentoring:board"), here(_("Rules for meetings"))],
    }
    return render(request, "mentoring/rules.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.FORM_PAIRS)
def wording(request: Request, organisation: str) -> HttpResponse:
    """The clauses of the agreement in both languages; those that are there keep their words."""
    kept, row = queries.wording(request.organisation)
    form, status = WordingForm(request.POST if request.method == "POST" else None, kept=kept), 200
    if request.method == "POST":
        status = tried(
            request, form, _("Kept. Agreements that are drawn up from now on have these words."),
            lambda: actions.write_wording(
                request.organisation, words=form.words, by=request.actor, at=request.at
            ),
        )  # fmt: skip
        if not status:
            return redirect("mentoring:wording", organisation)
    own = row is not None and row.organisation_id == request.organisation.pk
    context = {
        "form": form,
        "own": row if own else None,
        "above": row.organisation if row is not None and not own else None,
        "crumbs": [
            step(request, _("Pairs at work"), "mentoring:board"),
            step(request, _("Rules for meetings"), "mentoring:rules"),
            here(_("Words of the agreement")),
        ],
    }
    return render(request, "mentoring/wording.html", context, status=status)
