"""A new file: which class of the enterprise, then scheme, level, length, and who is in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.templatetags.say import day, text
from craftpath.delivery.web.shell.trail import here, step
from craftpath.delivery.web.subsidies import saying
from craftpath.delivery.web.subsidies.forms import OpenForm
from craftpath.delivery.web.subsidies.places import to_files
from craftpath.domain.apprenticeships.queries import enrolments
from craftpath.domain.subsidies import actions, queries
from craftpath.kernel.roles import Permission
from craftpath.values.period import months_between
from craftpath.values.verdict import Refused

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Cohort, Enrolment
    from craftpath.kernel.organisations import Organisation

SHOWN = ("enrolled", "active", "suspended", "ended")


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.FILE_SUBSIDIES)
def new(request: Request, organisation: str) -> HttpResponse:
    """First the class, then the rest; what is refused keeps everything that was typed and ticked."""
    here_now = request.organisation
    rows = list(enrolments().filter(enterprise__path__startswith=here_now.path, state__in=SHOWN))
    wanted = plain_id(request.POST.get("cohort") or request.GET.get("cohort") or "")
    if not wanted:
        return _choose(request, rows)
    people = [row for row in rows if row.cohort.public_id == wanted]
    if not people:
        raise Http404
    return _fill(request, people, _claimant(people, here_now))


def _claimant(people: list[Enrolment], here_now: Organisation) -> Organisation:
    """The enterprise itself, or its site where all of them work."""
    hosts = {row.enterprise_id: row.enterprise for row in people}
    only = next(iter(hosts.values()))
    return only if len(hosts) == 1 and only is not None else here_now


def _choose(request: Request, rows: list[Enrolment]) -> HttpResponse:
    cohorts: dict[int, tuple[Cohort, int]] = {}
    for row in rows:
        cohorts[row.cohort_id] = (row.cohort, cohorts.get(row.cohort_id, (row.cohort, 0))[1] + 1)
    picks = [
        {
            "label": text(cohort.name),
            "note": _("%(people)s · from %(day)s")
            % {
                "people": ngettext("%(count)s apprentice", "%(count)s apprentices", count) % {"count": count},
                "day": day(cohort.starts_on),
            },
            "url": f"{request.path}?cohort={cohort.public_id}",
        }
        for cohort, count in sorted(cohorts.values(), key=lambda pair: pair[0].starts_on, reverse=True)
    ]
    context = {"picks": picks, "crumbs": to_files(request, here(_("New file")))}
    return render(request, "subsidies/choose.html", context)


def _fill(request: Request, people: list[Enrolment], claimant: Organisation) -> HttpResponse:
    cohort = people[0].cohort
    schemes = {row.public_id: row for row in queries.schemes()}
    bodies = {row.key: row for row in queries.authorities_above(claimant)}
    form = OpenForm(
        request.POST if request.method == "POST" else None,
        schemes=[(key, f"{saying.scheme_name(row)}") for key, row in schemes.items()],
        authorities=[(key, text(row.name)) for key, row in bodies.items()],
        initial=_first(cohort),
    )
    ticked = (
        set(request.POST.getlist("people")) if request.method == "POST" else {row.public_id for row in people}
    )
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            given = form.cleaned_data
            chosen = [row for row in people if row.public_id in ticked]
            try:
                file = actions.open_file(
                    schemes[given["scheme"]], cohort, chosen, organisation=claimant,
                    authority=bodies[given["authority"]], level=given["level"], kind=given["kind"],
                    starts_on=given["starts_on"], months=given["months"], made_id=given["made_id"],
                    by=request.actor, at=request.at,
                )  # fmt: skip
            except Refused as refused:
                if refused.verdict.who:
                    raise
                form.add_error(None, sentence(refused.verdict))
                status = 409
            else:
                return redirect("subsidies:file", request.organisation.key, file.public_id)
    context: dict[str, Any] = {
        "form": form,
        "cohort": cohort,
        "people": [(row, row.public_id in ticked) for row in people],
        "crumbs": to_files(request, step(request, _("New file"), "subsidies:new"), here(text(cohort.name))),
        "again": reverse("subsidies:new", args=[request.organisation.key]),
    }
    return render(request, "subsidies/new.html", context, status=status)


def _first(cohort: Cohort) -> dict[str, Any]:
    """What the form begins with: the days of the cohort."""
    months = months_between(cohort.starts_on, cohort.ends_on) if cohort.ends_on else 12
    return {"starts_on": cohort.starts_on, "months": min(max(months, 1), 36), "level": "l4"}
