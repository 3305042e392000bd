"""The small forms on the page of a study."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from craftpath.delivery.web.shell.requests import Request
from craftpath.delivery.web.shell.templatetags.say import day, text
from craftpath.delivery.web.standards.planning import people_to_choose
from craftpath.domain.exams import studies

if TYPE_CHECKING:
    from craftpath.domain.exams.models import Sitting, Study
    from craftpath.kernel.people import Person

USUAL = timedelta(days=7)
MOST_SITTINGS = 12


def _day_field(label: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class OpenForm(forms.Form):
    """Until when, and what judges are shown of a closed sitting."""

    due_on = _day_field(gettext_lazy("Last day to judge"))
    sitting = forms.ChoiceField(
        label=gettext_lazy("Show judges how hard each question was"),
        required=False,
        help_text=gettext_lazy(
            "Best not in the first round: judges think of the candidate, not of the result."
        ),
    )

    def __init__(self, data: Any, *, study: Study, today: date) -> None:
        self.known = {one.public_id: one for one in studies.closed_sittings_of(study.paper)[:MOST_SITTINGS]}
        super().__init__(data, initial={"due_on": today + USUAL})
        named = [(key, f"{text(one.cohort.name)} · {day(one.starts_at)}") for key, one in self.known.items()]
        self.fields["sitting"].choices = [("", _("no, nothing of a sitting")), *named]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> Sitting | None:
        """The sitting that was chosen."""
        return self.known.get(self.cleaned_data.get("sitting", ""))


class AdoptForm(forms.Form):
    """Who decided, when, and on which cut score."""

    body = forms.CharField(
        label=gettext_lazy("Body that adopts it"),
        max_length=120,
        help_text=gettext_lazy("Such as the examination board. The judges advise; the body decides."),
    )
    adopted_on = _day_field(gettext_lazy("Day of the decision"))
    cut = forms.DecimalField(
        label=gettext_lazy("Cut score adopted, in points"),
        max_digits=7,
        decimal_places=2,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "size": "8", "autocomplete": "off"}),
    )
    because = forms.CharField(
        label=gettext_lazy("Why it is another figure than the judges’"), required=False, max_length=300
    )


class InviteForm(forms.Form):
    """Who is asked besides."""

    people = forms.MultipleChoiceField(
        label=gettext_lazy("Who is asked besides"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data: Any, *, request: Request, study: Study) -> None:
        taken = set(study.judges.values_list("person_id", flat=True))
        self.candidates = people_to_choose(request, taken)
        super().__init__(data)
        named = [(key, label) for key, (_person, label) in self.candidates.items()]
        self.fields["people"].choices = named  # type: ignore[attr-defined]

    @property
    def chosen(self) -> list[Person]:
        """Those who are ticked."""
        return [self.candidates[one][0] for one in self.cleaned_data["people"]]
