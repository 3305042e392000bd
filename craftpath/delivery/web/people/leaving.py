"""Roles at this organisation: who holds which from when until when; those ticked are ended, or kept after all."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import F, Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from craftpath.delivery.web.people.inviting_form import DAY
from craftpath.delivery.web.people.places import tabs
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.words import ROLE_NAMES
from craftpath.kernel.access import Membership
from craftpath.kernel.leaving import end_roles, keep_roles, may_end
from craftpath.kernel.roles import OWN_ROWS_ONLY, Permission, Role
from craftpath.kernel.signin import open_memberships
from craftpath.values.verdict import Refused

PAGE = 100
MOST = 200


class Ending(forms.Form):
    """From when on, and why."""

    on = forms.DateField(
        label=gettext_lazy("Without access from"),
        help_text=gettext_lazy("The first day without the role; today or later."),
        widget=DAY,
    )
    because = forms.CharField(label=gettext_lazy("Reason"), max_length=200)

    def __init__(self, data: Any, *, request: Request) -> None:
        super().__init__(data, initial={"on": request.today})
        self.today = request.today

    def clean_on(self) -> Any:
        """A day that has not passed."""
        if self.cleaned_data["on"] < self.today:
            raise forms.ValidationError(gettext("Access cannot end before today."))
        return self.cleaned_data["on"]


@require_http_methods(["GET", "POST"])
@needs(Permission.MANAGE_PEOPLE)
def roles(request: Request, organisation: str) -> HttpResponse:
    """The roles; a refused or unfinished ending shows the list again with its ticks."""
    posted = request.POST if request.method == "POST" else None
    ending = posted is not None and posted.get("do") != "keep"
    form = Ending(posted if ending else None, request=request)
    ticked = posted.getlist("role_of") if posted is not None else []
    if posted is not None:
        found = _named(request, ticked)
        if not found:
            form.add_error(None, gettext("Nobody is ticked.")) if ending else None
        elif not ending or form.is_valid():
            try:
                return _acted(request, found, form if ending else None)
            except Refused as fault:
                if not ending:
                    raise
                form.add_error(None, sentence(fault.verdict))
    page = Paginator(_rows(request), PAGE).get_page(request.GET.get("page"))
    shown = {
        "form": form,
        "page": page,
        "rows": [(row, name_of(row), may_end(request.actor, row)) for row in page.object_list],
        "ticked": ticked,
        "role_choices": [(one.value, ROLE_NAMES[one]) for one in Role if one not in OWN_ROWS_ONLY],
        "wanted": request.GET,
        "tabs": tabs(request, "people:roles"),
    }
    return render(request, "people/roles.html", shown)


def name_of(row: Membership) -> str:
    """What a form calls a role: nobody's row id leaves the database."""
    return f"{row.person.public_id}.{row.organisation.key}.{row.role}"


def _here(request: Request) -> QuerySet[Membership]:
    inside = open_memberships(request.today).filter(organisation__path__startswith=request.organisation.path)
    return inside.exclude(role__in=[role.value for role in OWN_ROWS_ONLY]).select_related("person")


def _rows(request: Request) -> QuerySet[Membership]:
    found = _here(request).order_by(F("ends_on").asc(nulls_last=True), "person__name", "pk")
    if request.GET.get("role") in set(Role):
        found = found.filter(role=request.GET["role"])
    words = request.GET.get("q", "").strip().replace("\x00", "")[:80]
    if words:
        person = Q(person__name__icontains=words) | Q(person__username__icontains=words)
        found = found.filter(person | Q(person__name_latin__icontains=words))
    return found


def _named(request: Request, names: Iterable[str]) -> list[Membership]:
    """The roles that a form names; one that is not here is not found."""
    wanted = set(names)
    if len(wanted) > MOST or not all(name.isprintable() for name in wanted):
        raise Http404
    people = {name.partition(".")[0] for name in wanted}
    found = [row for row in _here(request).filter(person__public_id__in=people) if name_of(row) in wanted]
    if {name_of(row) for row in found} != wanted:
        raise Http404
    return found


def _acted(request: Request, found: list[Membership], form: Ending | None) -> HttpResponse:
    if form is None:
        done = keep_roles(found, by=request.actor, at=request.at)
        said = ngettext("%(number)s role goes on.", "%(number)s roles go on.", done)
    else:
        values = form.cleaned_data
        end_roles(found, on=values["on"], because=values["because"], by=request.actor, at=request.at)
        done = len(found)
        said = ngettext("%(number)s role ends.", "%(number)s roles end.", done)
    messages.success(request, said % {"number": done})
    return redirect("people:roles", request.organisation.key)
