"""Who has read the notice and who has agreed to what; publishing the next notice; a guardian's answer from paper."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from craftpath.delivery.web.people.places import tabs
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import refusals_in
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.agreements.queries import guardians_of
from craftpath.kernel.consents import ConsentEvent, consents_of, counts, give_consent, withdraw_consent
from craftpath.kernel.guardians import children_of, spoken_for
from craftpath.kernel.links import Purpose, SignedLink, links_on
from craftpath.kernel.notices import LONGEST, notice_at, publish_notice, readers_of
from craftpath.kernel.people import Person
from craftpath.kernel.purposes import PURPOSES
from craftpath.kernel.roles import Permission
from craftpath.kernel.signin import people_of
from craftpath.values.ref import Ref
from craftpath.values.text import Text

PAGE = 60
ASKED = [one for one in PURPOSES.values() if one.asks]


@dataclass(frozen=True, slots=True)
class Line:
    """One person: when the notice was read, and the answer to each purpose that asks, in their order."""

    person: Person
    read: datetime | None
    answers: Sequence[str]


@dataclass(frozen=True, slots=True)
class Child:
    """Somebody for whom a guardian speaks, in what, who that is as far as an agreement says, and the newest link."""

    person: Person
    uses: Sequence[str]
    guardian: str
    link: SignedLink | None


class NoticeForm(forms.Form):
    """The next version of the notice."""

    zh = forms.CharField(
        label=gettext_lazy("Text in Chinese"), widget=forms.Textarea, max_length=LONGEST, required=False
    )
    en = forms.CharField(
        label=gettext_lazy("Text in English"), widget=forms.Textarea, max_length=LONGEST, required=False
    )
    new_zh = forms.CharField(label=gettext_lazy("What is new, in Chinese"), max_length=200, required=False)
    new_en = forms.CharField(label=gettext_lazy("What is new, in English"), max_length=200, required=False)
    valid_from = forms.DateField(
        label=gettext_lazy("Valid from"),
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def clean(self) -> dict[str, Any]:
        """It says something, in one language at least."""
        given = super().clean() or {}
        if not given.get("zh") and not given.get("en"):
            self.add_error("zh", _("Write it in at least one language."))
        return given


def _answer(event: ConsentEvent | None) -> str:
    if event is None or not counts(event, event.person.birth_date):
        return "none"
    return "given" if event.given else "withdrawn"


def _children(request: Request, people: Sequence[Person]) -> list[Child]:
    """Those of a page for whom a guardian speaks; two queries at most."""
    found = [(person, spoken_for(person, request.today)) for person in people]
    children = {person.pk: (person, uses) for person, uses in found if uses}
    known = guardians_of(children) if children else {}
    links = links_on([_subject(person) for person, _uses in children.values()], Purpose.CONSENT)
    return [
        Child(
            person,
            [text(use.name) for use in uses],
            known.get(pk, ("", ""))[0],
            links.get(_subject(person)),
        )
        for pk, (person, uses) in children.items()
    ]


def _subject(person: Person) -> str:
    return str(Ref("kernel", "person", person.public_id))


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.MANAGE_PEOPLE)
def privacy(request: Request, organisation: str) -> HttpResponse:
    """Counts and the list; an administrator publishes the next notice from here."""
    holding = notice_at(request.organisation, request.today)
    may_publish = bool(request.actor.may(Permission.RUN_ORGANISATION))
    held = Text.of(holding.text) if holding else Text()
    initial = {"zh": held.zh, "en": held.en, "valid_from": request.today}
    form = NoticeForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        with refusals_in(form):
            publish_notice(
                request.organisation,
                text=Text(given["zh"].strip(), given["en"].strip()).as_json(),
                changes=Text(given["new_zh"], given["new_en"]).as_json(),
                valid_from=given["valid_from"],
                by=request.actor,
                at=request.at,
            )
            messages.success(request, _("Published. Everybody is shown it once, from its first day on."))
            return redirect("people:privacy", organisation)
    people = people_of(request.organisation, request.today)
    reads = readers_of(holding, people) if holding else {}
    events = consents_of(people)
    counts = {one.key: Counter[str]() for one in ASKED}
    for said in events.values():
        for one in ASKED:
            counts[one.key][_answer(said.get(one.key))] += 1
    if request.GET.get("state") == "unread":
        people = people.exclude(pk__in=list(reads))
    elif request.GET.get("state") == "child":
        people = children_of(request.organisation, request.today)
    elif request.GET.get("purpose") in counts:
        key = request.GET["purpose"]
        agreed = [pk for pk, said in events.items() if _answer(said.get(key)) == "given"]
        people = people.filter(pk__in=agreed)
    page = Paginator(people, PAGE).get_page(request.GET.get("page"))
    lines = [
        Line(
            person,
            reads.get(person.pk),
            [_answer(events.get(person.pk, {}).get(one.key)) for one in ASKED],
        )
        for person in page.object_list
    ]
    context = {
        "notice": holding,
        "read": len(reads),
        "all": people_of(request.organisation, request.today).count(),
        "asked": [(one, counts[one.key]) for one in ASKED],
        "lines": lines,
        "page": page,
        "wanted": request.GET,
        "purpose_choices": [(one.key, text(one.name)) for one in ASKED],
        "children": _children(request, [line.person for line in lines]),
        "person_choices": [(line.person.public_id, line.person.name) for line in lines],
        "may_publish": may_publish,
        "form": form,
        "tabs": tabs(request, "people:privacy"),
    }
    return render(request, "people/privacy.html", context, status=422 if form.is_bound else 200)


@require_POST
@needs(Permission.MANAGE_PEOPLE)
def guardian(request: Request, organisation: str) -> HttpResponse:
    """Write down what a guardian has signed on paper."""
    people = people_of(request.organisation, request.today)
    person = get_object_or_404(people, public_id=plain_id(request.POST.get("person", "")))
    say = give_consent if request.POST.get("do") == "give" else withdraw_consent
    name = request.POST.get("guardian", "").replace("\0", "")
    say(person, request.POST.get("purpose", ""), guardian=name, by=request.actor, at=request.at)
    messages.success(request, _("Noted, with the guardian's name and yours."))
    return redirect("people:privacy", organisation)
