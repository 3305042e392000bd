"""A new pair: first of what kind, then who with whom; what is refused stays in the form with the reason."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from craftpath.delivery.web.pairing import people
from craftpath.delivery.web.pairing.forms import (
    TaughtForm,
    TogetherForm,
    of_apprentices,
    of_learners,
)
from craftpath.delivery.web.pairing.places import to_pairs
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.trail import here, step
from craftpath.domain.pairing.actions import Wanted, form_pair
from craftpath.domain.pairing.texts import HINTS, KINDS
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.roles import Permission
from craftpath.values.verdict import Refused


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.FORM_PAIRS)
def new(request: Request, organisation: str) -> HttpResponse:
    """Two screens; whoever comes from somebody without a teacher is on the second already."""
    kind = request.GET.get("kind", "")
    if kind not in KINDS:
        return render(request, "pairing/kinds.html", _kinds(request))
    page = _Page(request, kind)
    said, status = "", 200
    if request.method == "POST":
        status = 422
        if page.form.is_valid():
            try:
                pair = page.make()
            except Refused as refused:
                if refused.verdict.who:
                    raise
                said, status = sentence(refused.verdict), 409
            else:
                messages.success(request, _("The pair is made. Everybody in it finds it under My pairs."))
                return redirect("pairing:pair", organisation, pair.public_id)
    context = {
        "form": page.form,
        "kind": kind,
        "name": KINDS[kind],
        "hint": HINTS[kind],
        "said": said,
        "learners": of_learners(kind),
        "crumbs": to_pairs(request, step(request, _("New pair"), "pairing:new"), here(str(KINDS[kind]))),
    }
    return render(request, "pairing/new.html", context, status=status)


def _kinds(request: Request) -> dict[str, Any]:
    address = reverse("pairing:new", args=[request.organisation.key])
    learner = plain_id(request.GET.get("learner", ""))
    more = f"&learner={learner}" if learner else ""
    kinds = [
        {"label": label, "note": HINTS[key], "url": f"{address}?kind={key}{more}"}
        for key, label in KINDS.items()
    ]
    return {"kinds": kinds, "crumbs": to_pairs(request, here(_("New pair")))}


class _Page:
    """The form of one kind with everybody who may be chosen."""

    def __init__(self, request: Request, kind: str) -> None:
        self.request, self.kind = request, kind
        self.enrolled = people.apprentices(request) if of_apprentices(kind) else {}
        chosen = plain_id(request.GET.get("learner", ""))
        row = self.enrolled.get(chosen)
        first = None
        if row is not None:
            first = row.enterprise if kind == "master_apprentice" else row.cohort.organisation
        self.teachers = people.Teachers(request, kind, first)
        self.form = self._form({"learner": chosen})

    def _form(self, initial: dict[str, Any]) -> TaughtForm | TogetherForm:
        data = self.request.POST if self.request.method == "POST" else None
        initial |= {"made_id": str(uuid.uuid4()), "starts_on": self.request.today, "ask": "yes"}
        if not of_learners(self.kind):
            staff = self.teachers.choices()
            return TogetherForm(data, kind=self.kind, people=staff, initial=initial)
        learners = (
            people.apprentice_choices(self.enrolled.values())
            if of_apprentices(self.kind)
            else self.teachers.choices(loads=False)
        )
        return TaughtForm(data, learners=learners, teachers=self.teachers.choices(), initial=initial)

    def make(self) -> Any:
        """Let the domain form it."""
        given = self.form.cleaned_data
        form = self.form
        wanted = self._taught(form) if isinstance(form, TaughtForm) else self._together(form)
        return form_pair(
            self.kind,
            wanted,
            organisation=self._office(wanted),
            starts_on=given["starts_on"],
            ends_on=given["ends_on"],
            project=given.get("project", "").strip(),
            ask=given["ask"] == "yes",
            made_id=given["made_id"],
            by=self.request.actor,
            at=self.request.at,
        )

    def _office(self, wanted: list[Wanted]) -> Organisation:
        """The college of the apprentice runs the pair, whoever forms it; else whoever forms it."""
        row = wanted[0].enrolment if wanted else None
        return row.cohort.organisation if row is not None else self.request.organisation

    def _taught(self, form: TaughtForm) -> list[Wanted]:
        key = form.cleaned_data["learner"]
        row = self.enrolled.get(key)
        learner = row.person if row is not None else self.teachers.known[key][0]
        return [
            Wanted(*self._ends(teacher, learner), row, role, share)
            for teacher, role, share in form.teachers()
        ]

    def _ends(self, teacher: str, learner: Any) -> tuple[Any, Any, Organisation]:
        person, place = self.teachers.known[teacher]
        return person, learner, place

    def _together(self, form: TogetherForm) -> list[Wanted]:
        """Each teaches the next one, and the last one the first."""
        chosen = form.people()
        rows = [(*self.teachers.known[key], subject) for key, subject in chosen]
        nexts = rows[1:] + rows[:1]
        return [
            Wanted(person, other[0], place, subject=subject)
            for (person, place, subject), other in zip(rows, nexts, strict=True)
        ]
