"""The form of new sessions."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.apprenticeships.queries import cohorts
from craftpath.domain.learning.actions import Plan
from craftpath.domain.learning.queries import teachers_for
from craftpath.domain.learning.rules import MOST_WEEKS
from craftpath.domain.learning.texts import KINDS, MODES, TEACHER_KINDS
from craftpath.domain.programmes.queries import buckets_by_programme
from craftpath.values.text import Text

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Cohort
    from craftpath.kernel.people import Person

LONGEST = 80
TEACHERS = 4  # a mixed team fits


def _clock(label: Any) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        input_formats=["%H:%M", "%H:%M:%S"],
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )


class PlanForm(forms.Form):
    """What is taught, to whom, by whom, when and how."""

    title_zh = forms.CharField(label=_("Title in Chinese"), max_length=LONGEST, required=False)
    title_en = forms.CharField(label=_("Title in English"), max_length=LONGEST, required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=KINDS.items)
    cohorts = forms.MultipleChoiceField(label=_("Cohorts"), widget=forms.CheckboxSelectMultiple)
    on = forms.DateField(
        label=_("Day"),
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    starts = _clock(_("Starts at"))
    ends = _clock(_("Ends at"))
    weeks = forms.IntegerField(
        label=_("In how many weeks"),
        min_value=1,
        max_value=MOST_WEEKS,
        initial=1,
        help_text=_("1 is this session only; 12 is the same day and hour in twelve weeks."),
    )
    place = forms.CharField(label=_("Place"), max_length=120, required=False)
    mode = forms.ChoiceField(label=_("How"), choices=MODES.items)
    online_minutes = forms.IntegerField(
        label=_("Minutes online"),
        min_value=0,
        max_value=1440,
        required=False,
        help_text=_("Only for sessions that are on site and online."),
    )
    bucket = forms.ChoiceField(label=_("Counts as"), required=False)
    recorded = forms.BooleanField(label=_("It is recorded"), required=False)

    def __init__(self, data: Any, *, request: Request) -> None:
        super().__init__(data)
        self.request = request
        path = request.organisation.path
        self.offered = {
            row.public_id: row
            for row in cohorts().exclude(state="completed")
            if row.organisation.path.startswith(path)
        }
        self.fields["cohorts"].choices = [(key, text(row.name)) for key, row in self.offered.items()]  # type: ignore[attr-defined]
        names = {
            bucket.key: text(bucket.name)
            for some in buckets_by_programme(row.programme_id for row in self.offered.values()).values()
            for bucket in some
        }
        self.fields["bucket"].choices = [*names.items(), ("", gettext("no hours"))]  # type: ignore[attr-defined]
        self.fields["bucket"].initial = "taught" if "taught" in names else ""
        self.fields["on"].initial = request.today
        self.people = {
            person.public_id: person
            for person in teachers_for(
                request.organisation, [row.pk for row in self.offered.values()], request.today
            )
        }
        choices = [("", "–"), *((key, person.name) for key, person in self.people.items())]
        for n in range(TEACHERS):
            self.fields[f"teacher-{n}"] = forms.ChoiceField(
                label=gettext("Teacher"), choices=choices, required=False
            )
            self.fields[f"teacher-{n}-kind"] = forms.ChoiceField(
                label=gettext("as"), choices=list(TEACHER_KINDS.items()), required=False
            )
        if request.user.public_id in self.people:
            self.fields["teacher-0"].initial = request.user.public_id

    def teacher_fields(self) -> list[tuple[Any, Any]]:
        """(person, kind) for each place of the team."""
        return [(self[f"teacher-{n}"], self[f"teacher-{n}-kind"]) for n in range(TEACHERS)]

    def clean(self) -> dict[str, Any]:
        """A session has a title, and ends after it begins."""
        given = super().clean() or {}
        if not given.get("title_zh") and not given.get("title_en") and not self.has_error("title_zh"):
            self.add_error("title_zh", gettext("Write it in at least one language."))
        starts, ends = given.get("starts"), given.get("ends")
        if starts and ends and ends <= starts:
            self.add_error("ends", gettext("The session ends before it begins."))
        if given.get("on") and not 2000 <= given["on"].year <= 2100:
            self.add_error("on", gettext("Choose a day of this century."))
        return given

    def plan(self) -> Plan:
        """What the action takes."""
        given = self.cleaned_data
        zone = ZoneInfo(self.request.organisation.time_zone)
        return Plan(
            title=Text(zh=given["title_zh"], en=given["title_en"]).as_json(),
            kind=given["kind"],
            mode=given["mode"],
            starts_at=datetime.combine(given["on"], given["starts"], tzinfo=zone),
            ends_at=datetime.combine(given["on"], given["ends"], tzinfo=zone),
            place=given["place"],
            bucket=given["bucket"],
            online_minutes=given["online_minutes"] or 0,
            recorded=given["recorded"],
        )

    def cohorts_chosen(self) -> list[Cohort]:
        """The cohorts that are ticked."""
        return [self.offered[key] for key in self.cleaned_data["cohorts"]]

    def teachers_chosen(self) -> dict[Person, str]:
        """person → as what; somebody named twice is named once."""
        given = self.cleaned_data
        return {
            self.people[given[f"teacher-{n}"]]: given[f"teacher-{n}-kind"] or "trainer"
            for n in range(TEACHERS)
            if given.get(f"teacher-{n}")
        }
