"""Forms of reviews: a pattern for a cohort, another moment for one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from craftpath.delivery.web.shell.requests import Request
from craftpath.domain.reviews.actions import Manner, speakers
from craftpath.domain.reviews.patterns import LONGEST, MOST_ROUNDS, MOST_WEEKS, SHORTEST, Pattern
from craftpath.domain.reviews.queries import Standing, weeks_laid_down
from craftpath.domain.reviews.rules import LONGEST_REASON
from craftpath.domain.reviews.texts import MODES
from craftpath.kernel.access import memberships_on
from craftpath.kernel.roles import Role

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Cohort
    from craftpath.domain.reviews.models import Review

EARLIEST, LATEST = date(2000, 1, 1), date(2100, 1, 1)
WEEKDAYS = [date(2024, 1, day) for day in range(1, 8)]  # a Monday and the days after it, for their names
LONGEST_PLACE = 120


def _day(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


def _clock(label: Any) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        input_formats=["%H:%M", "%H:%M:%S"],
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )


def _in_reach(on: date) -> date:
    if not EARLIEST <= on <= LATEST:
        raise forms.ValidationError(gettext("Choose a day of this century."))
    return on


def _first_trainer(request: Request) -> str:
    """Whoever teaches speaks for the college, rather than whoever plans; one's own id where nobody teaches."""
    held = memberships_on(request.today).filter(
        organisation__in=request.organisation.below(), role=Role.TRAINER
    )
    first = held.order_by("person__name", "person_id").values_list("person__public_id", flat=True).first()
    return first or request.user.public_id


class PatternForm(forms.Form):
    """How reviews of a cohort are laid; what is ticked at first are those for whom nothing is planned yet."""

    first_on = _day(_("From which day"))
    weekdays = forms.TypedMultipleChoiceField(
        label=_("On these days"), coerce=int, widget=forms.CheckboxSelectMultiple
    )
    from_at = _clock(_("From what time"))
    until_at = _clock(_("Until what time"))
    minutes = forms.IntegerField(label=_("Minutes each"), min_value=SHORTEST, max_value=LONGEST)
    every_weeks = forms.IntegerField(label=_("Every how many weeks"), min_value=1, max_value=MOST_WEEKS)
    rounds = forms.IntegerField(label=_("How many rounds"), min_value=1, max_value=MOST_ROUNDS)
    trainer = forms.ChoiceField(label=_("For the college"))
    mode = forms.ChoiceField(label=_("How"), choices=MODES.items)
    place = forms.CharField(label=_("Place"), max_length=LONGEST_PLACE, required=False)
    who = forms.MultipleChoiceField(label=_("With whom"), widget=forms.CheckboxSelectMultiple)

    def __init__(
        self, data: Any, *, request: Request, cohort: Cohort, people: Sequence[Standing], first_on: date
    ) -> None:
        staff = speakers(request.organisation, request.today)
        self.people = {one.public_id: one for one in staff}
        lately = next((row.coming or row.last for row in people if row.coming or row.last), None)
        usual = lately.trainer.public_id if lately else _first_trainer(request)
        super().__init__(
            data,
            initial={
                "first_on": first_on,
                "weekdays": [0, 1, 2, 3, 4],
                "from_at": "13:30",
                "until_at": "17:00",
                "minutes": 30,
                "every_weeks": weeks_laid_down(cohort.programme_id, request.today),
                "rounds": 1,
                "trainer": usual,
                "place": lately.place if lately else "",
                "who": [row.enrolment.public_id for row in people if row.coming is None],
            },
        )
        self.fields["weekdays"].choices = [(n, date_format(on, "D")) for n, on in enumerate(WEEKDAYS)]  # type: ignore[attr-defined]
        self.fields["trainer"].choices = [(key, one.name) for key, one in self.people.items()]  # type: ignore[attr-defined]
        self.fields["who"].choices = [  # type: ignore[attr-defined]
            (row.enrolment.public_id, row.enrolment.person.name) for row in people
        ]

    def clean_first_on(self) -> date:
        """A day that calendars reach."""
        return _in_reach(self.cleaned_data["first_on"])

    def clean(self) -> dict[str, Any]:
        """The hours of a day leave room for at least one."""
        given = super().clean() or {}
        if not self.errors and not self.pattern().fits:
            said = ngettext(
                "Between these hours there is no room for %(count)s minute.",
                "Between these hours there is no room for %(count)s minutes.",
                given["minutes"],
            )
            self.add_error("until_at", said % {"count": given["minutes"]})
        return given

    def pattern(self) -> Pattern:
        """What the domain takes."""
        given = self.cleaned_data
        return Pattern(
            first_on=given["first_on"],
            weekdays=tuple(sorted(given["weekdays"])),
            from_at=given["from_at"],
            until_at=given["until_at"],
            minutes=given["minutes"],
            every_weeks=given["every_weeks"],
            rounds=given["rounds"],
        )

    def manner(self) -> Manner:
        """Who speaks for the college, how and where."""
        given = self.cleaned_data
        return Manner(self.people[given["trainer"]], given["mode"], given["place"])

    def typed(self) -> list[tuple[str, str]]:
        """Everything that was typed, as hidden fields of the form that publishes it."""
        data: Any = self.data
        return [(name, value) for name in self.fields for value in data.getlist(name)]


class MoveForm(forms.Form):
    """Another day, other hours, another place, and why."""

    on = _day(_("Day"))
    starts = _clock(_("From what time"))
    ends = _clock(_("Until what time"))
    place = forms.CharField(label=_("Place"), max_length=LONGEST_PLACE, required=False)
    because = forms.CharField(label=_("Why"), max_length=LONGEST_REASON)

    def __init__(self, review: Review, data: Any = None) -> None:
        self.zone = ZoneInfo(review.organisation.time_zone)
        starts, ends = (moment.astimezone(self.zone) for moment in (review.starts_at, review.ends_at))
        super().__init__(
            data,
            auto_id="move_%s",
            initial={
                "on": starts.date(),
                "starts": starts.time(),
                "ends": ends.time(),
                "place": review.place,
            },
        )

    def clean_on(self) -> date:
        """A day that calendars reach."""
        return _in_reach(self.cleaned_data["on"])

    def clean(self) -> dict[str, Any]:
        """As moments of the college."""
        given = super().clean() or {}
        if {"on", "starts", "ends"} <= given.keys():
            given["starts_at"], given["ends_at"] = (
                datetime.combine(given["on"], given[name], tzinfo=self.zone) for name in ("starts", "ends")
            )
        return given
