"""Records that may be of one person: the queue, two side by side, what a merge would do, and the decision."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext, gettext_lazy, ngettext, pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from craftpath.delivery.web.history.subjects import subjects
from craftpath.delivery.web.people import sides
from craftpath.delivery.web.people.nouns import by_label, by_noun, noun_of
from craftpath.delivery.web.people.places import tabs
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.trail import here, step
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.kernel.roles import Permission
from craftpath.kernel.twins import queries, rules
from craftpath.kernel.twins.columns import counts
from craftpath.kernel.twins.finding import find_twins
from craftpath.kernel.twins.merging import merge_people
from craftpath.kernel.twins.plans import Meeting, Plan, plan_of
from craftpath.kernel.twins.settling import compare_people, part_twins
from craftpath.kernel.twins.tables import LONGEST, Twins
from craftpath.values.ref import Ref
from craftpath.values.verdict import Refused, not_now

PAGE = 20
ASTRIDE = 20  # pairs that somebody above decides on, as many as are named
_NAMED = 3  # tables of which rows are named


class Reason(forms.Form):
    """Why; it stands in the history of both records."""

    because = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=LONGEST,
        help_text=gettext_lazy("The history keeps it, and the person reads it."),
    )


class Comparing(forms.Form):
    """Two records by their sign-in names."""

    first = forms.CharField(label=gettext_lazy("Sign-in name"), max_length=80)
    second = forms.CharField(label=gettext_lazy("Sign-in name of the other record"), max_length=80)

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.inside = queries.people_ever(organisation)

    def _found(self, name: str) -> Person:
        person = self.inside.filter(username__iexact=self.cleaned_data[name].strip()).first()
        if person is None:
            raise forms.ValidationError(gettext("Nobody here signs in by this name."))
        return person

    def clean_first(self) -> Person:
        """Somebody of here."""
        return self._found("first")

    def clean_second(self) -> Person:
        """Somebody of here."""
        return self._found("second")


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.MERGE_PEOPLE)
def doubles(request: Request, organisation: str) -> HttpResponse:
    """The queue; posted, two records that nobody found alike are put beside each other."""
    posted = request.POST if request.method == "POST" else None
    start = {"first": request.GET.get("first", "")[:80]}
    form = Comparing(posted, initial=start, organisation=request.organisation)
    if posted is not None and form.is_valid():
        first, second = form.cleaned_data["first"], form.cleaned_data["second"]
        try:
            pair = compare_people(first, second, by=request.actor, at=request.at)
            return redirect("people:double", request.organisation.key, pair.public_id)
        except Refused as fault:
            form.add_error(None, sentence(fault.verdict))
    page = Paginator(queries.queue(request.organisation), PAGE).get_page(request.GET.get("page"))
    rows = list(page.object_list)
    held = sides.with_roles(rows)
    shown = sides.sides_of(
        request, {one.pk: one for row in rows for one in (row.first, row.second)}.values(), held
    )
    context = {
        "page": page,
        "pairs": [_line(row, shown) for row in rows],
        "astride": _astride(request),
        "form": form,
        "tabs": tabs(request, "people:doubles"),
    }
    return render(request, "people/doubles.html", context)


def _line(row: Twins, shown: Mapping[int, sides.Side]) -> dict[str, Any]:
    return {
        "row": row,
        "why": sides.why(row),
        "strength": sides.STRENGTH[row.strength],
        "tone": sides.TONES[row.strength],
        "sides": [shown[row.first_id], shown[row.second_id]],
    }


def _astride(request: Request) -> list[tuple[Person, Organisation | None]]:
    """One's own people who look like somebody of another organisation, and who decides; nothing of the other."""
    rows = list(queries.astride(request.organisation)[:ASTRIDE])
    held, path = sides.with_roles(rows), request.organisation.path
    above = {
        row.pk: rules.shared_path([held.get(row.first_id, []), held.get(row.second_id, [])]) for row in rows
    }
    places = {one.path: one for one in Organisation.objects.filter(path__in=set(above.values()))}
    found = []
    for row in rows:
        own = any(one.organisation.path.startswith(path) for one in held.get(row.first_id, ()))
        found.append((row.first if own else row.second, places.get(above[row.pk])))
    return found


@require_POST
@needs(Permission.MERGE_PEOPLE)
def look(request: Request, organisation: str) -> HttpResponse:
    """Look for doubles among the people of here."""
    number = find_twins(request.organisation, by=request.actor, at=request.at)
    said = ngettext("%(number)s pair waits for a decision.", "%(number)s pairs wait for a decision.", number)
    messages.success(request, said % {"number": number} if number else gettext("No two records look alike."))
    return redirect("people:doubles", request.organisation.key)


@require_safe
@needs(Permission.MERGE_PEOPLE)
def double(request: Request, organisation: str, pair: str) -> HttpResponse:
    """Two records side by side; with `stays`, what a merge would do."""
    row = _pair(request, pair)
    return _shown(request, row, Reason(), _stays(row, request.GET.get("stays", "")))


@require_POST
@needs(Permission.MERGE_PEOPLE)
def part(request: Request, organisation: str, pair: str) -> HttpResponse:
    """They are two persons: said once, and not asked again."""
    row = _pair(request, pair)
    because = request.POST.get("because", "").replace("\0", "")
    part_twins(row, because=because, by=request.actor, at=request.at)
    messages.success(request, gettext("Noted: they are two persons. They are not proposed again."))
    return redirect("people:doubles", request.organisation.key)


@require_POST
@needs(Permission.MERGE_PEOPLE)
def merge(request: Request, organisation: str, pair: str) -> HttpResponse:
    """Merge the two; a refusal shows the preview again with what was typed."""
    row = _pair(request, pair)
    form, stays = Reason(request.POST), _stays(row, request.POST.get("stays", ""))
    if stays is None:
        raise Refused(not_now("twins.none_chosen"))
    if not form.is_valid():
        return _shown(request, row, form, stays)
    goes = row.second if stays == row.first else row.first
    try:
        done = merge_people(
            stays, goes, because=form.cleaned_data["because"], by=request.actor, at=request.at
        )
    except Refused as fault:
        if fault.verdict.who:
            raise
        form.add_error(None, sentence(fault.verdict))
        return _shown(request, row, form, stays)
    messages.success(request, gettext("The two records are one. It can be undone on this page."))
    return redirect("people:merge", request.organisation.key, done.public_id)


def _pair(request: Request, public_id: str) -> Twins:
    return get_object_or_404(queries.pairs(request.organisation), public_id=plain_id(public_id))


def _stays(row: Twins, public_id: str) -> Person | None:
    return next((one for one in (row.first, row.second) if one.public_id == public_id), None)


def _shown(request: Request, row: Twins, form: Reason, stays: Person | None) -> HttpResponse:
    people = [row.first, row.second]
    held = rules.memberships_ever(people)
    shown = sides.sides_of(request, people, held)
    pair = [shown[one.pk] for one in people]
    verdict = rules.may_merge(request.actor, people, held)
    counted = counts([one.pk for one in people])
    plan = None
    if stays is not None and verdict and row.state != "merged":
        plan = plan_of(stays, row.second if stays == row.first else row.first)
    context = {
        "row": row,
        "line": _line(row, shown),
        "sides": [
            (one, by_noun(by_label({column: rows.get(one.person.pk, 0) for column, rows in counted.items()})))
            for one in pair
        ],
        "compared": sides.compared(*people),
        "better": sides.suggested(*pair).person,
        "verdict": verdict,
        "decides": rules.above_all(held) if not verdict else None,
        "plan": plan,
        "preview": _preview(request, plan) if plan is not None else None,
        "form": form,
        "crumbs": [step(request, pgettext("of records", "Doubles"), "people:doubles"), here(row.first.name)],
        "tabs": tabs(request, "people:doubles"),
    }
    return render(request, "people/double.html", context)


def _preview(request: Request, plan: Plan) -> dict[str, Any]:
    return {
        "moves": by_noun(by_label(plan.moves)),
        "ended": by_noun(by_label({one.column: one.rows for one in plan.twice if one.how == "ended"})),
        "left": by_noun(plan.left),
        "refusals": [sentence(verdict) for verdict in plan.refusals],
        "meetings": _named(request, plan.meetings[:_NAMED]),
        "takes": [
            label
            for name, label in (
                ("name_latin", gettext("Name in Latin letters")),
                ("phone", gettext("Telephone")),
                ("birth_date", gettext("Date of birth")),
            )
            if getattr(plan.goes, name) and not getattr(plan.stays, name)
        ],
    }


def _named(request: Request, meetings: Iterable[Meeting]) -> list[tuple[Any, list[tuple[str, str]]]]:
    """(room, names and addresses of things in which the two meet), as far as the reader may see them."""
    wanted = [(meeting, [_refs(row) for row in meeting.rows]) for meeting in meetings]
    known = subjects(
        {ref for _meeting, rows in wanted for refs in rows for ref in refs}, request.organisation.key
    )
    found = []
    for meeting, rows in wanted:
        named = [next((known[ref] for ref in refs if ref in known), None) for refs in rows]
        found.append((noun_of(meeting.label), list(dict.fromkeys(one for one in named if one is not None))))
    return found


def _refs(row: Any) -> list[str]:
    """Pointers to the row, and to what it is a part of."""
    near = [
        row,
        *(getattr(row, one.name) for one in row._meta.concrete_fields if one.is_relation and not one.null),
    ]
    return [
        str(Ref(one._meta.app_label, one._meta.model_name or "", one.public_id))
        for one in near
        if hasattr(one, "public_id") and not isinstance(one, Person | Organisation)
    ]
