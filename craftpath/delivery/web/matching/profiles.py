"""What people teach and want to learn: one's own page, and a table for the office."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from craftpath.delivery.web.matching.forms import ProfileForm, language_choices, shift_choices, words_of
from craftpath.delivery.web.matching.places import LOOKS_AFTER, to_rounds
from craftpath.delivery.web.pairing.places import to_pairs
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import sentence
from craftpath.delivery.web.shell.requests import Request, plain_id
from craftpath.delivery.web.shell.templatetags.say import listed, text
from craftpath.delivery.web.shell.trail import here
from craftpath.domain.apprenticeships.queries import cohorts, enrolments, hosts_below
from craftpath.domain.matching import queries, rules
from craftpath.domain.matching.actions import write_profile
from craftpath.domain.pairing import rules as pair_rules
from craftpath.domain.pairing.loads import TEACHING_ROLES, places_of, seats
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.people import Person
from craftpath.values.verdict import Refused

if TYPE_CHECKING:
    from craftpath.domain.matching.models import Profile

A_PAGE = 30
PARTS = ("teaches", "wants", "shift", "first", "second")


@dataclass(frozen=True, slots=True)
class ProfileRow:
    """One person as it is typed."""

    key: str
    person: Person
    place: Organisation
    given: Mapping[str, str]
    may: bool

    @property
    def shift(self) -> str:
        """The shift, in words."""
        return str(dict(shift_choices())[self.given["shift"]]) if self.given["shift"] else "–"

    @property
    def languages(self) -> str:
        """The languages, in words."""
        names = dict(language_choices())
        return listed(names[code] for code in (self.given["first"], self.given["second"]) if code) or "–"


@require_http_methods(["GET", "HEAD", "POST"])
def about(request: Request, organisation: str) -> HttpResponse:
    """One's own: what one teaches and wants, shift and languages."""
    kept = queries.profiles_of([request.user.pk]).get(request.user.pk)
    form = ProfileForm(request.POST if request.method == "POST" else None, initial=_typed(kept))
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                _write(request, request.user, request.organisation, form.cleaned_data)
            except Refused as refused:
                form.add_error(None, sentence(refused.verdict))
                status = 409
            else:
                messages.success(request, _("Kept."))
                return redirect("matching:about", organisation)
    context = {"form": form, "crumbs": to_pairs(request, here(_("About me")))}
    return render(request, "matching/about.html", context, status=status)


def _typed(kept: Profile | None) -> dict[str, str]:
    """What is kept, as the fields show it."""
    if kept is None:
        return dict.fromkeys(PARTS, "")
    languages = [*kept.languages, "", ""]
    return {
        "teaches": listed(kept.teaches),
        "wants": listed(kept.wants),
        "shift": kept.shift,
        "first": languages[0],
        "second": languages[1],
    }


def _write(request: Request, person: Person, place: Organisation, given: Mapping[str, Any]) -> Profile:
    return write_profile(
        person,
        organisation=place,
        teaches=words_of(given["teaches"]),
        wants=words_of(given["wants"]),
        shift=given["shift"],
        languages=[code for code in (given["first"], given["second"]) if code],
        by=request.actor,
        at=request.at,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(LOOKS_AFTER)
def profiles(request: Request, organisation: str) -> HttpResponse:
    """A row for each person of the staff, or of a cohort; what differs is kept, all or nothing."""
    cohort = plain_id(request.GET.get("cohort", ""))
    people = _apprentices(request, cohort) if cohort else _staff(request)
    hosts = hosts_below(request.organisation)
    page = Paginator(people, A_PAGE).get_page(request.GET.get("page"))
    kept = queries.profiles_of(person.pk for person, _ in page.object_list)
    said, status = "", 200
    if request.method == "POST":
        try:
            changed = _keep(request, page.object_list, kept)
        except Refused as refused:
            if refused.verdict.who:
                raise
            said, status = sentence(refused.verdict), 422
        else:
            messages.success(request, _("Kept; changed: %(count)s.") % {"count": changed})
            return redirect(request.get_full_path())
    context = {
        "rows": [
            _row(request, person, place, kept.get(person.pk), hosts, bool(said))
            for person, place in page.object_list
        ],
        "page": page,
        "said": said,
        "cohort": cohort,
        "cohorts": [(row.public_id, text(row.name)) for row in cohorts().exclude(state="planned")],
        "shifts": shift_choices(),
        "languages": language_choices(),
        "crumbs": to_rounds(request, here(_("Profiles"))),
    }
    return render(request, "matching/profiles.html", context, status=status)


def _staff(request: Request) -> list[tuple[Person, Organisation]]:
    found: dict[int, tuple[Person, Organisation]] = {}
    for place, person in seats(list(places_of(request.organisation)), request.today, TEACHING_ROLES):
        found.setdefault(person.pk, (person, place))
    return list(found.values())


def _apprentices(request: Request, cohort: str) -> list[tuple[Person, Organisation]]:
    rows = enrolments().filter(state="active", cohort__public_id=cohort)
    return [
        (row.person, row.cohort.organisation)
        for row in rows
        if pair_rules.may_pair_apprentice(request.actor, row)
    ]


def _row(
    request: Request, person: Person, place: Organisation, kept: Profile | None, hosts: set[int], posted: bool
) -> ProfileRow:
    typed = _typed(kept)
    if posted:
        typed = {part: request.POST.get(f"{part}-{person.public_id}", value) for part, value in typed.items()}
    may = bool(rules.may_profile(request.actor, person, place, hosts))
    return ProfileRow(person.public_id, person, place, typed, may)


def _keep(
    request: Request, people: Iterable[tuple[Person, Organisation]], kept: Mapping[int, Profile]
) -> int:
    """Save what differs; returns how many."""
    changed = 0
    with transaction.atomic():
        for person, place in people:
            key = person.public_id
            if f"teaches-{key}" not in request.POST:
                continue
            given = {part: request.POST.get(f"{part}-{key}", "").replace("\0", "").strip() for part in PARTS}
            if given == _typed(kept.get(person.pk)):
                continue
            _write(request, person, place, given)
            changed += 1
    return changed
