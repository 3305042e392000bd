"""A draft is put before people: of the college by role, of the partner enterprises, of a cohort or a sample of it."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from craftpath.delivery.web.curricula import saying
from craftpath.delivery.web.curricula.places import found_version, revision_of, to_version, version_url
from craftpath.delivery.web.shell.permission import needs
from craftpath.delivery.web.shell.refusals import tried
from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.delivery.web.shell.trail import here
from craftpath.delivery.web.shell.words import ROLE_NAMES
from craftpath.domain.apprenticeships.queries import cohorts, enrolments
from craftpath.domain.curricula import queries, rules
from craftpath.domain.curricula.actions import Asked, open_review
from craftpath.domain.curricula.gaps import gaps_of
from craftpath.domain.partnership.queries import cooperations
from craftpath.kernel.access import memberships_on
from craftpath.kernel.organisations import Organisation
from craftpath.kernel.roles import Permission, Role
from craftpath.values.verdict import require

if TYPE_CHECKING:
    from datetime import date

    from craftpath.domain.curricula.models import CurriculumVersion
    from craftpath.kernel.access import Membership

COLLEGE = (Role.TRAINER, Role.COORDINATOR, Role.ADMINISTRATOR, Role.ASSESSOR)
ENTERPRISE = (Role.HR, Role.MENTOR, Role.TRAINER, Role.COORDINATOR, Role.ADMINISTRATOR)
MOST_OF_ONE = 60
USUAL_DAYS = 14


class AskForm(forms.Form):
    """Until when, a word to those asked, and who they are."""

    due_on = forms.DateField(
        label=gettext_lazy("Votes until"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    words = forms.CharField(
        label=gettext_lazy("A word to the reviewers"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=rules.LONGEST_WORDS,
        required=False,
    )
    college = forms.MultipleChoiceField(
        label=gettext_lazy("College"), widget=forms.CheckboxSelectMultiple, required=False
    )
    enterprise = forms.MultipleChoiceField(
        label=gettext_lazy("Enterprises of the cooperation"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    cohort = forms.ChoiceField(label=gettext_lazy("Apprentices of"), required=False)
    sample = forms.IntegerField(
        label=gettext_lazy("How many of them"),
        min_value=1,
        max_value=rules.MOST_REVIEWERS,
        required=False,
        help_text=gettext_lazy("Drawn by lot; empty asks all of the class."),
    )

    def __init__(self, version: CurriculumVersion, today: date, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        office = version.curriculum.organisation
        own = list(office.below())
        partners = partners_of(office, today)
        self.people: dict[str, Membership] = {}
        self.fields["college"].choices = self._choices(own, COLLEGE, today, "c")  # type: ignore[attr-defined]
        self.fields["enterprise"].choices = self._choices(  # type: ignore[attr-defined]
            partners, ENTERPRISE, today, "e"
        )
        self.cohorts = {
            row.public_id: row
            for row in cohorts().filter(state="running", organisation__in=own).select_related("organisation")
        }
        self.fields["cohort"].choices = [  # type: ignore[attr-defined]
            ("", _("nobody")),
            *((key, text(row.name)) for key, row in self.cohorts.items()),
        ]

    def _choices(
        self, places: Sequence[Organisation], roles: Sequence[Role], today: date, side: str
    ) -> list[tuple[str, list[tuple[str, str]]]]:
        rows = memberships_on(today).filter(
            organisation__in=[place.pk for place in places], role__in=roles, person__is_active=True
        )
        found: dict[str, list[tuple[str, str]]] = {}
        for row in rows.select_related("person", "organisation").order_by(
            "organisation__path", "person__name"
        ):
            key = f"{side}{row.person.public_id}"
            group = found.setdefault(text(row.organisation.name), [])
            if key not in self.people and len(group) < MOST_OF_ONE:
                self.people[key] = row
                group.append((key, f"{row.person.name} · {ROLE_NAMES[Role(row.role)]}"))
        return list(found.items())

    def asked(self) -> list[Asked]:
        """Everybody once; a person of two sides is asked for the first."""
        found: dict[int, Asked] = {}
        for one in self._all():
            found.setdefault(one.person.pk, one)
        return list(found.values())

    def _all(self) -> Iterator[Asked]:
        given = self.cleaned_data
        for side in ("college", "enterprise"):
            for key in given[side]:
                row = self.people[key]
                yield Asked(row.person, side, row.organisation)
        cohort = self.cohorts.get(given["cohort"])
        if cohort is not None:
            rows = list(enrolments().filter(cohort=cohort, state="active"))
            if given["sample"] and given["sample"] < len(rows):
                rows = random.SystemRandom().sample(rows, given["sample"])
            yield from (Asked(row.person, "apprentices", cohort.organisation) for row in rows)


def partners_of(office: Organisation, today: date) -> list[Organisation]:
    """The other sides of the cooperation agreements in force, of this office or of one above it; not of a campus.

    Of an enterprise its college.
    """
    rows = cooperations().filter(state="in_force", starts_on__lte=today, ends_on__gte=today)
    found: dict[int, Organisation] = {}
    for row in rows:
        sides = {side.organisation: side.role for side in row.sides.all() if side.role != "public"}
        own = {role for one, role in sides.items() if office.path.startswith(one.path)}
        found |= {one.pk: one for one, role in sides.items() if own and role not in own}
    return list(found.values())


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.DESIGN_CURRICULA)
def ask(request: Request, organisation: str, version: str) -> HttpResponse:
    """Choose who reviews a draft, and until when."""
    row = found_version(version)
    require(rules.may_design(request.actor, row.curriculum.organisation))
    initial = {"due_on": request.today + timedelta(days=USUAL_DAYS)}
    form = AskForm(row, request.today, request.POST or None, initial=initial)
    status = 200
    if request.method == "POST":

        def put_before() -> None:
            given = form.cleaned_data
            open_review(
                row, form.asked(), due_on=given["due_on"], words=given["words"].strip(),
                revision=revision_of(request.POST), by=request.actor, at=request.at,
            )  # fmt: skip

        status = tried(
            request, form, _("The review is open; everybody asked finds it among the notices."), put_before
        )
        if not status:
            return redirect(version_url(request, row, "review"))
    gaps = gaps_of(queries.content_of(row))
    context = {
        "version": row,
        "form": form,
        "gaps": [saying.gap(one) for one in gaps],
        "back": version_url(request, row, "review"),
        "crumbs": to_version(request, row, here(_("Put it before reviewers"))),
    }
    return render(request, "curricula/ask.html", context, status=status)
