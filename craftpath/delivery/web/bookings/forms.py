"""Forms of bookings: what is offered and by which rules, a booking, when something is out of order."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from craftpath.delivery.web.bookings.saying import minute
from craftpath.delivery.web.curricula.forms import BothNames
from craftpath.delivery.web.shell.days import DayField
from craftpath.delivery.web.shell.fields import moment_field
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.bookings.actions import Terms
from craftpath.domain.bookings.queries import MOST_SEATS, Span
from craftpath.domain.bookings.rules import (
    LONGEST,
    MOST_AHEAD_HOURS,
    MOST_WEEKS,
    SHORTEST,
    USUAL_HOURS,
)
from craftpath.domain.bookings.texts import KINDS
from craftpath.domain.groups.texts import WEEKDAYS
from craftpath.values.money import minor_digits

if TYPE_CHECKING:
    from craftpath.domain.bookings.models import Thing
    from craftpath.kernel.organisations import Organisation
    from craftpath.kernel.people import Person

CURRENCY = "CNY"
LENGTHS = (30, 60, 120, 180, 240, 480)  # minutes that are looked for
LARGEST_PRICE = Decimal(100_000)


def clock_field(label: Any, *, required: bool = True) -> forms.TimeField:
    """A time of day."""
    widget = forms.TimeInput(attrs={"type": "time", "step": 900}, format="%H:%M")
    return forms.TimeField(label=label, required=required, widget=widget)


class TermsForm(BothNames):
    """What it is, where it stands, when it is open, and by which rules it is booked."""

    kind = forms.ChoiceField(label=pgettext_lazy("of something to book", "Kind"), choices=list(KINDS.items()))
    trainer = forms.ChoiceField(
        label=_("Trainer"), required=False, help_text=_("Only where a person is booked.")
    )
    site = forms.ChoiceField(label=pgettext_lazy("of something to book", "Where"))
    place = forms.CharField(label=_("Room or floor"), required=False, max_length=120)
    words = forms.CharField(
        label=_("What it can do, what to bring"), required=False, max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    photo = forms.FileField(label=_("Photo"), required=False, help_text=_("JPEG, PNG or WebP."))
    seats = forms.IntegerField(
        label=_("How many can book the same time"), min_value=1, max_value=MOST_SEATS,
        help_text=_("1: whoever books has it alone. 6 booths: 6."),
    )  # fmt: skip
    longest = forms.IntegerField(
        label=_("Longest booking, in minutes"), min_value=SHORTEST, max_value=LONGEST
    )
    ahead_hours = forms.IntegerField(
        label=_("To be booked so many hours ahead"), min_value=0, max_value=MOST_AHEAD_HOURS
    )
    price = forms.DecimalField(
        label=_("Price an hour and place"), min_value=Decimal(0), max_value=LARGEST_PRICE, decimal_places=2
    )
    training = forms.CharField(
        label=_("What whoever uses it must have learnt"), required=False, max_length=200
    )
    for_partners = forms.BooleanField(
        label=_("Partners may book it under a cooperation agreement"), required=False
    )
    asks = forms.BooleanField(label=_("We approve each booking"), required=False)

    def __init__(
        self,
        data: Any = None,
        files: Any = None,
        *,
        thing: Thing | None,
        sites: Sequence[Organisation],
        people: Sequence[Person],
    ) -> None:
        super().__init__(data, files, initial=_initial(thing))
        self.sites = {row.key: row for row in sites}
        self.people = {row.public_id: row for row in people}
        self.fields["site"].choices = [(key, text(row.name)) for key, row in self.sites.items()]  # type: ignore[attr-defined]
        names = [(key, row.name or "–") for key, row in self.people.items()]
        self.fields["trainer"].choices = [("", "–"), *names]  # type: ignore[attr-defined]
        opens = thing.hours if thing else USUAL_HOURS
        for n, span in enumerate(opens):
            self.fields[f"since_{n}"] = clock_field(pgettext_lazy("a time of day", "From"), required=False)
            self.fields[f"until_{n}"] = clock_field(pgettext_lazy("a time of day", "Until"), required=False)
            if span:
                self.initial[f"since_{n}"], self.initial[f"until_{n}"] = minute(span[0]), _until(span[1])

    @property
    def week(self) -> list[tuple[Any, Any, Any]]:
        """Each weekday with its two fields."""
        return [(WEEKDAYS[n], self[f"since_{n}"], self[f"until_{n}"]) for n in range(7)]

    def clean(self) -> dict[str, Any]:
        """Opening hours are whole; a person where a person is booked."""
        given = super().clean()
        for n in range(7):
            since, until = given.get(f"since_{n}"), given.get(f"until_{n}")
            if (since is None) != (until is None) and not self.has_error(f"since_{n}"):
                self.add_error(
                    f"until_{n}", gettext("Give both hours, or none for a day on which it is shut.")
                )
        if given.get("kind") == "trainer" and not given.get("trainer"):
            self.add_error("trainer", gettext("Choose who it is."))
        return given

    def terms(self) -> Terms:
        """What was filled in."""
        given = self.cleaned_data
        names = (
            "kind",
            "place",
            "words",
            "seats",
            "for_partners",
            "longest",
            "ahead_hours",
            "asks",
            "training",
        )
        return Terms(
            name=self.name(),
            hours=tuple(self._hours(n) for n in range(7)),
            price=int(given["price"].scaleb(minor_digits(CURRENCY))),
            currency=CURRENCY,
            **{name: given[name] for name in names},
        )

    def _hours(self, n: int) -> tuple[int, int] | tuple[()]:
        since, until = self.cleaned_data[f"since_{n}"], self.cleaned_data[f"until_{n}"]
        if since is None or until is None:
            return ()
        end = until.hour * 60 + until.minute
        return since.hour * 60 + since.minute, LONGEST if end in (0, LONGEST - 1) else end

    @property
    def place_of(self) -> Organisation:
        """Where it stands."""
        return self.sites[self.cleaned_data["site"]]

    @property
    def person(self) -> Person | None:
        """Who it is, where it is a person."""
        given = self.cleaned_data
        return self.people[given["trainer"]] if given["kind"] == "trainer" else None

    @property
    def picture(self) -> tuple[bytes, str] | None:
        """The photo, if one was chosen."""
        upload = self.cleaned_data["photo"]
        return (upload.read(), upload.name) if upload else None


def _initial(thing: Thing | None) -> dict[str, Any]:
    if thing is None:
        return {"seats": 1, "longest": 480, "ahead_hours": 0, "price": 0}
    names = ("kind", "place", "words", "seats", "longest", "ahead_hours", "training", "for_partners", "asks")
    return {name: getattr(thing, name) for name in names} | {
        "name_zh": thing.name.get("zh", ""),
        "name_en": thing.name.get("en", ""),
        "site": thing.site.key,
        "trainer": thing.trainer.public_id if thing.trainer else "",
        "price": Decimal(thing.price).scaleb(-minor_digits(thing.currency)),
    }


def _until(value: int) -> str:
    """The end of a day is its last minute: a clock of a browser has no 24:00."""
    return "23:59" if value == LONGEST else minute(value)


class BookForm(forms.Form):
    """When, for how many, what for, and whether every week."""

    made_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    day = DayField(pgettext_lazy("of a booking", "Day"))
    since = clock_field(pgettext_lazy("a time of day", "From"))
    until = clock_field(pgettext_lazy("a time of day", "Until"))
    seats = forms.IntegerField(label=_("Places"), min_value=1)
    purpose = forms.CharField(label=pgettext_lazy("of a booking", "What for"), max_length=160)
    whom = forms.ChoiceField(label=pgettext_lazy("of a booking", "Who comes"), required=False)
    weeks = forms.IntegerField(
        label=_("Repeat weekly"), min_value=1, max_value=MOST_WEEKS, initial=1,
        help_text=_("So many times, this one counted; 1 is once."),
    )  # fmt: skip

    def __init__(self, *args: Any, thing: Thing, classes: Iterable[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.thing = thing
        self.fields["whom"].choices = [("", _("nobody in particular")), *classes]  # type: ignore[attr-defined]
        seats = self.fields["seats"]
        seats.initial, seats.max_value = 1, thing.seats  # type: ignore[attr-defined]
        if thing.seats == 1:
            seats.widget = forms.HiddenInput()

    def spans(self) -> list[Span]:
        """The times, one a week, by the clock at the place."""
        given = self.cleaned_data
        return [self._span(given["day"] + n * timedelta(weeks=1)) for n in range(given["weeks"])]

    def _span(self, on: date) -> Span:
        given, zone = self.cleaned_data, self.thing.zone
        start = datetime.combine(on, given["since"], tzinfo=zone)
        end = datetime.combine(on, given["until"], tzinfo=zone)
        return Span(start, end + timedelta(minutes=1) if f"{end:%H:%M}" == "23:59" else end)


class ClosureForm(forms.Form):
    """From when until when it is out of order, and why."""

    starts_at = moment_field(pgettext_lazy("a time of day", "From"))
    ends_at = moment_field(pgettext_lazy("a time of day", "Until"))
    because = forms.CharField(label=_("Why"), max_length=300)


class WhyForm(forms.Form):
    """Only why."""

    because = forms.CharField(label=_("Why"), max_length=300)


class FindForm(forms.Form):
    """What is free when."""

    kind = forms.ChoiceField(required=False, choices=[("", ""), *KINDS.items()])
    day = DayField(pgettext_lazy("of a booking", "Day"), required=False)
    minutes = forms.TypedChoiceField(required=False, coerce=int, choices=[(n, n) for n in LENGTHS])


class SpanForm(forms.Form):
    """From a first to a last day."""

    first = DayField(_("From"))
    last = DayField(_("Until"))

    def clean(self) -> dict[str, Any]:
        """The days are in order, and not more than two years."""
        given = super().clean() or {}
        first, last = given.get("first"), given.get("last")
        if first and last and not first <= last <= first + timedelta(days=731):
            self.add_error("last", gettext("The last day comes after the first one, within two years."))
        return given
