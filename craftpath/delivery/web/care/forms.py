"""The two forms that anybody fills in: an incident, a complaint."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from craftpath.delivery.web.shell.fields import moment_field
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.care.texts import ABOUT, HURT, MATTERS, SEVERITIES, SEVERITY_HINTS
from craftpath.domain.care.wording import LONGEST, SHORT

if TYPE_CHECKING:
    from craftpath.domain.apprenticeships.models import Enrolment
    from craftpath.kernel.organisations import Organisation
    from craftpath.kernel.people import Person


def in_words(
    label: Any, hint: Any = "", *, most: int = LONGEST, rows: int = 4, required: bool = True
) -> forms.CharField:
    """A field for somebody's own words."""
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, help_text=hint, max_length=most, required=required, widget=widget)


class ReportForm(forms.Form):
    """An incident, as short as it can be: the second half has values already or may stay empty."""

    use_required_attribute = False
    made_id = forms.UUIDField(widget=forms.HiddenInput)
    who = forms.ChoiceField(label=_("Apprentice"))
    what = in_words(_("What happened?"), _("What you saw or know, in your own words."))
    occurred_at = moment_field(_("When did it happen?"))
    severity = forms.ChoiceField(label=_("How bad is it?"), widget=forms.RadioSelect)
    hurt = forms.ChoiceField(label=_("Who was hurt?"), widget=forms.RadioSelect, choices=HURT.items)
    place = forms.CharField(label=_("Where?"), max_length=120, required=False)
    first_measures = in_words(_("What was done at once?"), most=SHORT, rows=2, required=False)
    photo = forms.FileField(
        label=_("Photo"),
        help_text=_(
            "Only of the place or the machine. It is made small, and place and time are taken out of it."
        ),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )
    known_at = moment_field(
        _("When did it become known?"),
        _("Only if later than it happened; some deadlines run from then."),
        required=False,
    )
    absence_days = forms.IntegerField(
        label=_("Days away from work"),
        help_text=_("Leave it empty while nobody knows."),
        min_value=0,
        max_value=2000,
        required=False,
    )

    def __init__(
        self, data: Any = None, files: Any = None, *, people: Sequence[Enrolment], who: str = ""
    ) -> None:
        initial = {
            "made_id": uuid.uuid4(),
            "occurred_at": timezone.localtime(),
            "hurt": "apprentice",
            "who": who,
        }
        super().__init__(data, files, initial=initial)
        self.people = {row.public_id: row for row in people}
        self.alone = len(people) == 1
        if self.alone:
            self.fields["who"].widget = forms.HiddenInput()
            self.initial["who"] = people[0].public_id
        named = [(key, f"{row.person.name} · {row.number}") for key, row in self.people.items()]
        blank = [] if who or self.alone else [("", gettext("Choose"))]
        self.fields["who"].choices = [*blank, *named]  # type: ignore[attr-defined]
        self.fields["severity"].choices = [  # type: ignore[attr-defined]
            (key, f"{label} – {SEVERITY_HINTS[key]}") for key, label in SEVERITIES.items()
        ]

    def values(self) -> dict[str, Any]:
        """What the action takes besides the enrolment and the photo."""
        return {key: value for key, value in self.cleaned_data.items() if key not in ("who", "photo")}

    def chosen(self) -> Enrolment:
        """The apprentice."""
        return self.people[self.cleaned_data["who"]]


class ComplaintForm(forms.Form):
    """A complaint: about whom or what, in one's own words, and where its way begins."""

    use_required_attribute = False
    made_id = forms.UUIDField(widget=forms.HiddenInput)
    about = forms.ChoiceField(label=_("What is it about?"), widget=forms.RadioSelect, choices=ABOUT.items)
    named = forms.MultipleChoiceField(
        label=_("About whom?"),
        help_text=_(
            "Whoever you name here never handles it, sees it in no list, and learns of it only if it must be."
        ),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    about_organisation = forms.ChoiceField(
        label=_("About which organisation?"),
        help_text=_("Nobody who works there handles it then."),
        required=False,
    )
    matter = forms.ChoiceField(label=_("It is about"), choices=MATTERS.items)
    words = in_words(
        _("What happened?"), _("In your own words. Say who was there and when it was, if you can."), rows=6
    )
    wish = in_words(_("What would help?"), most=SHORT, rows=2, required=False)
    begins = forms.ChoiceField(
        label=_("Who should look after it?"),
        help_text=_("If everybody there is concerned, it goes to the organisation above by itself."),
        widget=forms.RadioSelect,
    )

    def __init__(
        self,
        data: Any = None,
        *,
        places: Mapping[str, Organisation],
        people: Sequence[Person],
    ) -> None:
        first = next(iter(places), "")
        super().__init__(data, initial={"made_id": uuid.uuid4(), "about": "person", "begins": first})
        self.places, self.people = places, {row.public_id: row for row in people}
        names = [(key, text(place.name)) for key, place in places.items()]
        self.fields["named"].choices = [(key, row.name) for key, row in self.people.items()]  # type: ignore[attr-defined]
        self.fields["about_organisation"].choices = [("", "–"), *names]  # type: ignore[attr-defined]
        self.fields["begins"].choices = names  # type: ignore[attr-defined]
        if len(places) == 1:
            self.fields["begins"].widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        """About a person names one; about an organisation says which."""
        given = super().clean() or {}
        if given.get("about") == "person" and not given.get("named") and not self.has_error("named"):
            self.add_error("named", gettext("Say whom it is about, or choose that it is about a situation."))
        if given.get("about") == "organisation" and not given.get("about_organisation"):
            self.add_error("about_organisation", gettext("Say which organisation it is about."))
        return given

    def values(self) -> dict[str, Any]:
        """What the action takes besides where the way begins."""
        given = self.cleaned_data
        return {
            "made_id": given["made_id"],
            "about": given["about"],
            "matter": given["matter"],
            "words": given["words"],
            "wish": given["wish"],
            # Whoever is named stays out of it, also where an organisation or a situation was chosen besides.
            "named": [self.people[key] for key in given["named"]],
            "about_organisation": self.places.get(given["about_organisation"]),
        }
