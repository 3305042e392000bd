"""The forms of sessions: new ones, and one that is changed."""

from __future__ import annotations

from dataclasses import replace
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
from craftpath.domain.learning.changing import LONGEST as LONGEST_REASON
from craftpath.domain.learning.queries import teachers_for
from craftpath.domain.learning.rules import MOST_WEEKS
from craftpath.domain.learning.texts import KINDS, MODES, TEACHER_KINDS
from craftpath.domain.programmes.queries import buckets_by_programme
from craftpath.values.text import Text

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Cohort
    from craftpath.domain.learning.models import Session
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

    def __init__(
        self, data: Any, *, request: Request, initial: Any = None, session: Session | None = None
    ) -> None:
        super().__init__(data, initial=initial)
        self.zone = ZoneInfo((session.organisation if session else request.organisation).time_zone)
        path = request.organisation.path
        self.offered = {
            row.public_id: row
            for row in cohorts().exclude(state="completed")
            if row.organisation.path.startswith(path)
        }
        if session is not None:  # what was chosen once stays a choice, though nobody would choose it today
            self.offered |= {row.cohort.public_id: row.cohort for row in session.cohorts.all()}
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
        named = list(session.teachers.all()) if session else []
        self.people |= {row.person.public_id: row.person for row in named}
        self.places = max(TEACHERS, len(named))
        choices = [("", "–"), *((key, person.name) for key, person in self.people.items())]
        for n in range(self.places):
            self.fields[f"teacher-{n}"] = forms.ChoiceField(
                label=gettext("Teacher"), choices=choices, required=False
            )
            self.fields[f"teacher-{n}-kind"] = forms.ChoiceField(
                label=gettext("as"), choices=list(TEACHER_KINDS.items()), required=False
            )
        if session is None and request.user.public_id in self.people:
            self.fields["teacher-0"].initial = request.user.public_id

    def teacher_fields(self) -> list[tuple[Any, Any]]:
        """(person, kind) for each place of the team."""
        return [(self[f"teacher-{n}"], self[f"teacher-{n}-kind"]) for n in range(self.places)]

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
        return Plan(
            title=Text(zh=given["title_zh"], en=given["title_en"]).as_json(),
            kind=given["kind"],
            mode=given["mode"],
            starts_at=datetime.combine(given["on"], given["starts"], tzinfo=self.zone),
            ends_at=datetime.combine(given["on"], given["ends"], tzinfo=self.zone),
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
            for n in range(self.places)
            if given.get(f"teacher-{n}")
        }


class ChangeForm(PlanForm):
    """The same of one session that is planned, with the reason for those who come."""

    because = forms.CharField(
        label=_("Why it moves"),
        max_length=LONGEST_REASON,
        required=False,
        help_text=_("Needed where time or place change; those who come read it."),
    )

    def __init__(self, data: Any, *, request: Request, session: Session) -> None:
        self.session = session
        zone = ZoneInfo(session.organisation.time_zone)
        starts, ends = (moment.astimezone(zone) for moment in (session.starts_at, session.ends_at))
        title = Text.of(session.title)
        initial: dict[str, Any] = {
            "title_zh": title.zh,
            "title_en": title.en,
            "cohorts": [row.cohort.public_id for row in session.cohorts.all()],
            "on": starts.date(),
            "starts": starts.time().replace(second=0, microsecond=0),
            "ends": ends.time().replace(second=0, microsecond=0),
            **{
                name: getattr(session, name)
                for name in ("kind", "place", "mode", "online_minutes", "bucket", "recorded")
            },
        }
        for n, row in enumerate(session.teachers.all()):
            initial |= {f"teacher-{n}": row.person.public_id, f"teacher-{n}-kind": row.kind}
        super().__init__(data, request=request, initial=initial, session=session)
        del self.fields["weeks"]
        self.fields["bucket"].initial = session.bucket

    def plan(self) -> Plan:
        """What the action takes; a moment that nobody touched stays to the second."""
        plan, touched = super().plan(), set(self.changed_data)
        if not touched & {"on", "starts"}:
            plan = replace(plan, starts_at=self.session.starts_at)
        if not touched & {"on", "ends"}:
            plan = replace(plan, ends_at=self.session.ends_at)
        return plan
