"""Forms of ventures: the plan, who is in charge, milestones, what it is about, files, what happened, what came out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from craftpath.delivery.web.curricula.forms import BothNames
from craftpath.delivery.web.shell.days import DayField
from craftpath.delivery.web.shell.fields import KeptFileField
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.ventures.actions import Plan
from craftpath.domain.ventures.texts import KINDS

if TYPE_CHECKING:
    from craftpath.domain.ventures.models import Side, Venture
    from craftpath.kernel.organisations import Organisation
    from craftpath.kernel.people import Person

AREA = {"rows": 3}


class PlanForm(BothNames):
    """What is run together, what for, when, and what each side does."""

    kind = forms.ChoiceField(label=pgettext_lazy("run together", "What it is"), choices=list(KINDS.items()))
    goal = forms.CharField(
        label=pgettext_lazy("of joint work", "What for"), max_length=600, widget=forms.Textarea(attrs=AREA)
    )
    starts_on = DayField(pgettext_lazy("of an agreement", "First day"))
    ends_on = DayField(_("Last day"))

    def __init__(self, data: Any = None, *, sides: Iterable[Organisation], row: Venture | None) -> None:
        super().__init__(data, initial=_initial(row))
        self.sides = {side.public_id: side for side in sides}
        for key, side in self.sides.items():
            label = gettext("What %(side)s does in it") % {"side": text(side.name)}
            self.fields[f"role_{key}"] = forms.CharField(label=label, required=False, max_length=160)

    @property
    def role_fields(self) -> list[Any]:
        """A field a side."""
        return [self[f"role_{key}"] for key in self.sides]

    @property
    def plan(self) -> Plan:
        """What was filled in."""
        given = self.cleaned_data
        return Plan(given["kind"], self.name(), given["goal"], given["starts_on"], given["ends_on"])

    @property
    def roles(self) -> dict[str, str]:
        """What each side does, by its public id."""
        return {key: self.cleaned_data[f"role_{key}"] for key in self.sides}


def _initial(row: Venture | None) -> dict[str, Any]:
    if row is None:
        return {}
    roles = {f"role_{side.organisation.public_id}": side.role for side in row.sides.all()}
    return roles | {
        "name_zh": row.title.get("zh", ""),
        "name_en": row.title.get("en", ""),
        **{name: getattr(row, name) for name in ("kind", "goal", "starts_on", "ends_on")},
    }


class ChargeForm(forms.Form):
    """Who is in charge for one's side, and as what."""

    person = forms.ChoiceField(label=_("Who is in charge"))
    role = forms.CharField(label=pgettext_lazy("in charge", "As what"), required=False, max_length=80)

    def __init__(self, *args: Any, people: Sequence[Person], sides: Sequence[Side], **more: Any) -> None:
        super().__init__(*args, **more)
        self.people = {row.public_id: row for row in people}
        self.known_sides = {side.organisation.public_id: side for side in sides}
        self.fields["person"].choices = [("", "–"), *((key, row.name) for key, row in self.people.items())]  # type: ignore[attr-defined]
        if len(sides) > 1:
            names = [(key, text(side.organisation.name)) for key, side in self.known_sides.items()]
            self.fields["side"] = forms.ChoiceField(label=_("For which side"), choices=names)

    @property
    def side(self) -> Side:
        """For which side."""
        key = self.cleaned_data.get("side") or next(iter(self.known_sides))
        return self.known_sides[key]

    @property
    def chosen(self) -> Person:
        """Who it is."""
        return self.people[self.cleaned_data["person"]]


class MilestoneForm(forms.Form):
    """What is reached by when."""

    title = forms.CharField(label=pgettext_lazy("a milestone", "What is reached"), max_length=160)
    due_on = DayField(pgettext_lazy("of a task", "By when"))


class PointerForm(forms.Form):
    """What it is about."""

    to = forms.ChoiceField(label=pgettext_lazy("of joint work", "What it is about"))

    def __init__(self, *args: Any, choices: list[tuple[str, list[tuple[str, str]]]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["to"].choices = [("", "–"), *choices]  # type: ignore[attr-defined]
        self.refs = {ref for _label, some in choices for ref, _name in some}


class FileForm(forms.Form):
    """A file, and what it is."""

    title = forms.CharField(label=pgettext_lazy("a file", "What it is"), required=False, max_length=120)
    file = KeptFileField(label=_("File"), help_text=_("Photo, PDF, office file, drawing or video."))


class LogForm(forms.Form):
    """What happened on a day."""

    on = DayField(pgettext_lazy("of a booking", "Day"))
    words = forms.CharField(
        label=pgettext_lazy("in joint work", "What happened"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class StopForm(forms.Form):
    """Only why."""

    because = forms.CharField(label=_("Why"), max_length=300)


class FinishForm(BothNames):
    """What came out."""

    words = forms.CharField(
        label=_("What came out, in a few sentences"), max_length=600, widget=forms.Textarea(attrs=AREA)
    )
    on = DayField(_("Finished on"))
    photo = KeptFileField(
        label=_("A photo of it"),
        required=False,
        help_text=_("JPEG, PNG or WebP; it loses where it was taken."),
    )

    def __init__(self, data: Any = None, files: Any = None, *, today: date) -> None:
        super().__init__(data, files, initial={"on": today})

    @property
    def picture(self) -> tuple[bytes, str] | None:
        """The photo, if one was chosen."""
        upload = self.cleaned_data["photo"]
        return (upload.read(), upload.name) if upload else None
