"""What was decided about a version, and the training project that it becomes."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from craftpath.delivery.web.shell.refusals import tried
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.trail import here
from craftpath.delivery.web.studio.forms import DecisionForm, PublishForm, VoteForm
from craftpath.delivery.web.studio.places import found_version, to_version
from craftpath.domain.committees.queries import committees
from craftpath.domain.curricula.rules import may_design
from craftpath.domain.programmes.queries import programmes
from craftpath.domain.studio import actions, rules
from craftpath.domain.studio.adopting import Resolution
from craftpath.values.verdict import require

MOST_OFFERED = 40


@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: Request, organisation: str, version: str) -> HttpResponse:
    """Write down what a body decided in its own meeting."""
    row = found_version(request, version)
    require(rules.may_run(request.actor, row.draft))
    form = DecisionForm(request.POST if request.method == "POST" else None, initial={"on": request.today})
    status = 200
    if request.method == "POST":

        def act() -> None:
            given = form.cleaned_data
            votes = (given["yes"], given["no"], given["abstained"])
            said = Resolution(given["body"], given["on"], votes, given["minutes"])
            decided = actions.adopt_version if given["outcome"] == "adopt" else actions.reject_version
            decided(row, said, today=request.today, by=request.actor, at=request.at)

        status = tried(request, form, _("Written down. The decision stays with this version."), act)
        if not status:
            return redirect("studio:version", organisation, row.public_id)
    context = {"form": form, "row": row, "crumbs": to_version(request, row, here(_("Decision")))}
    return render(request, "studio/decide.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def vote(request: Request, organisation: str, version: str) -> HttpResponse:
    """Put it before a committee, whose chair opens the motion."""
    row = found_version(request, version)
    require(rules.may_run(request.actor, row.draft))
    known = {one.public_id: one for one in committees().filter(ended_at__isnull=True)[:MOST_OFFERED]}
    form = VoteForm(
        request.POST if request.method == "POST" else None,
        committees=[(key, f"{text(one.name)} · {text(one.organisation.name)}") for key, one in known.items()],
    )
    status = 200
    if request.method == "POST":
        status = tried(
            request, form, _("The motion is with the committee. Its chair opens it; the outcome comes back here."),
            lambda: actions.vote_on_version(
                row, known[form.cleaned_data["committee"]], rule=form.cleaned_data["rule"], by=request.actor,
                at=request.at,
            ),
        )  # fmt: skip
        if not status:
            return redirect("studio:version", organisation, row.public_id)
    context = {
        "form": form,
        "row": row,
        "any": bool(known),
        "crumbs": to_version(request, row, here(_("Vote"))),
    }
    return render(request, "studio/vote.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: Request, organisation: str, version: str) -> HttpResponse:
    """For whom, under which licence; with a curriculum for those who design them."""
    row = found_version(request, version)
    require(rules.may_run(request.actor, row.draft))
    designs = bool(may_design(request.actor, row.draft.organisation))
    known = {one.public_id: one for one in programmes()[:MOST_OFFERED]} if designs else {}
    form = PublishForm(
        request.POST if request.method == "POST" else None,
        programmes=[(key, text(one.name)) for key, one in known.items()],
    )
    status, made = 200, []
    if request.method == "POST":

        def give() -> None:
            made.append(
                actions.publish_project(
                    row, audience=form.audience(), licence=form.cleaned_data["licence"],
                    programme=known.get(form.cleaned_data.get("programme", "")), by=request.actor, at=request.at,
                )
            )  # fmt: skip

        done = _("Published. Everybody can read it, and other places can take it over.")
        status = tried(request, form, done, give)
        if not status:
            return redirect("studio:project", organisation, made[0].public_id)
    context = {"form": form, "row": row, "crumbs": to_version(request, row, here(_("Training project")))}
    return render(request, "studio/publish.html", context, status=status)
