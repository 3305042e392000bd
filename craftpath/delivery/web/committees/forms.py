"""Forms of committees: seats, meetings, agenda, motions, minutes, decisions; what says something in two languages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from craftpath.delivery.web.shell.days import DayField
from craftpath.delivery.web.shell.fields import KeptFileField
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.committees.rules import LONGEST as LONGEST_MINUTES
from craftpath.domain.committees.rules import LONGEST_TEXT
from craftpath.domain.committees.texts import RULES, SEATS
from craftpath.values.text import Text

if TYPE_CHECKING:
    from craftpath.domain.committees.models import Seat
    from craftpath.kernel.people import Person

LONGEST = 200


def both(form: forms.Form, name: str) -> dict[str, str]:
    """What was typed in Chinese and English."""
    given = form.cleaned_data
    return Text(given[f"{name}_zh"].strip(), given[f"{name}_en"].strip()).as_json()


def said_once(form: forms.Form, name: str) -> None:
    """One of the two languages says something."""
    given = form.cleaned_data
    if not (given.get(f"{name}_zh") or given.get(f"{name}_en") or "").strip():
        form.add_error(f"{name}_zh", gettext("Say it in Chinese or in English."))


def line(label: Any, *, most: int = LONGEST, required: bool = False, **more: Any) -> forms.CharField:
    """One line."""
    return forms.CharField(label=label, max_length=most, required=required, **more)


def lines(label: Any, *, most: int, required: bool = False, rows: int = 3) -> forms.CharField:
    """A few lines."""
    return forms.CharField(
        label=label, max_length=most, required=required, widget=forms.Textarea(attrs={"rows": rows})
    )


def seat_name(seat: Seat) -> str:
    """Who sits there, and for whom."""
    return f"{seat.person.name} · {text(seat.side.organisation.name)}"


class SeatForm(forms.Form):
    """Somebody for one's own side."""

    person = forms.ChoiceField(label=_("Person"))
    kind = forms.ChoiceField(label=_("As what"), choices=list(SEATS.items()), initial="vote")
    deputy = forms.ChoiceField(
        label=_("Deputy"),
        required=False,
        help_text=_("Votes when the member cannot, and never after the member."),
    )
    starts_on = DayField(pgettext_lazy("of a seat", "First day"))
    ends_on = DayField(pgettext_lazy("of a seat", "Last day"), required=False)

    def __init__(self, data: Any, *, people: Sequence[Person], on: Any) -> None:
        super().__init__(data, initial={"starts_on": on})
        self.people = {row.public_id: row for row in people}
        named = [(key, row.name) for key, row in self.people.items()]
        self.fields["person"].choices = named  # type: ignore[attr-defined]
        self.fields["deputy"].choices = [("", _("nobody")), *named]  # type: ignore[attr-defined]


class DeputyForm(forms.Form):
    """Who deputises from now on."""

    deputy = forms.ChoiceField(label=_("Deputy"), required=False)

    def __init__(self, data: Any, *, people: Sequence[Person], initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        self.people = {row.public_id: row for row in people}
        named = [("", _("nobody")), *((key, row.name) for key, row in self.people.items())]
        self.fields["deputy"].choices = named  # type: ignore[attr-defined]


class MeetingForm(forms.Form):
    """When and where."""

    on = DayField(pgettext_lazy("of a meeting", "Day"))
    clock = forms.TimeField(
        label=pgettext_lazy("of a meeting", "Time"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    place = line(pgettext_lazy("of a meeting", "Place"), most=160)
    link = forms.URLField(
        label=_("Link"), required=False, max_length=400, assume_scheme="https",
        help_text=_("Of an online meeting, if it is one."),
    )  # fmt: skip


class ItemForm(forms.Form):
    """Something for the agenda."""

    title_zh = line(_("In Chinese"))
    title_en = line(_("In English"))
    paper = KeptFileField(label=_("Paper"), required=False)

    def clean(self) -> dict[str, Any]:
        """It is said in one of the languages."""
        given = super().clean() or {}
        said_once(self, "title")
        return given


class MotionForm(forms.Form):
    """What is voted on, by which rule."""

    text_zh = lines(_("In Chinese"), most=LONGEST_TEXT)
    text_en = lines(_("In English"), most=LONGEST_TEXT)
    rule = forms.ChoiceField(label=pgettext_lazy("of a vote", "Rule"), choices=list(RULES.items()))
    quorum = forms.IntegerField(
        label=_("Quorum"), min_value=1, max_value=100,
        help_text=_("Percent of the seats with a vote that have to take part."),
    )  # fmt: skip
    item = forms.ChoiceField(label=_("Item of the agenda"), required=False)
    secret = forms.BooleanField(
        label=_("Secret vote"),
        required=False,
        help_text=_("How each seat voted is forgotten once it is closed."),
    )

    def __init__(self, data: Any, *, items: Sequence[Any], quorum: int, item: str = "") -> None:
        super().__init__(data, initial={"quorum": quorum, "item": item})
        self.items = {row.public_id: row for row in items}
        named = [("", "–"), *((key, text(row.title)) for key, row in self.items.items())]
        self.fields["item"].choices = named  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """It is said in one of the languages."""
        given = super().clean() or {}
        said_once(self, "text")
        return given


class MinutesForm(forms.Form):
    """What was said, and who was there."""

    words_zh = lines(_("In Chinese"), most=LONGEST_MINUTES, rows=10)
    words_en = lines(_("In English"), most=LONGEST_MINUTES, rows=10)
    present = forms.MultipleChoiceField(
        label=_("Present"), required=False, widget=forms.CheckboxSelectMultiple
    )
    deputies = forms.MultipleChoiceField(
        label=_("Present by deputy"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data: Any, *, seats: Sequence[Seat], initial: dict[str, Any]) -> None:
        super().__init__(data, initial=initial)
        self.seats = {row.public_id: row for row in seats}
        named = [(key, seat_name(row)) for key, row in self.seats.items()]
        self.fields["present"].choices = named  # type: ignore[attr-defined]
        with_deputy = [
            (key, f"{row.deputy.name} ({row.person.name})") for key, row in self.seats.items() if row.deputy
        ]
        if with_deputy:
            self.fields["deputies"].choices = with_deputy  # type: ignore[attr-defined]
        else:
            del self.fields["deputies"]

    def clean(self) -> dict[str, Any]:
        """It is said in one of the languages."""
        given = super().clean() or {}
        said_once(self, "words")
        return given

    def chosen(self, name: str) -> list[Seat]:
        """The seats that were ticked."""
        return [self.seats[key] for key in self.cleaned_data.get(name, [])]


class DecisionForm(forms.Form):
    """What was decided, who does it, until when."""

    text_zh = lines(_("In Chinese"), most=LONGEST_TEXT, rows=2)
    text_en = lines(_("In English"), most=LONGEST_TEXT, rows=2)
    owner = forms.ChoiceField(label=pgettext_lazy("of a decision", "Owner"))
    due_on = DayField(_("Due on"))

    def __init__(self, data: Any, *, seats: Sequence[Seat]) -> None:
        super().__init__(data)
        self.seats = {row.public_id: row for row in seats}
        self.fields["owner"].choices = [(key, seat_name(row)) for key, row in self.seats.items()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """It is said in one of the languages."""
        given = super().clean() or {}
        said_once(self, "text")
        return given
