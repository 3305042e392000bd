"""What is asked before statements of a program count."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from craftpath.delivery.web.frameworks.choosing import skill_groups
from craftpath.domain.outside.rules import LONGEST_NAME

if TYPE_CHECKING:
    from craftpath.kernel.clients import Client

LONGEST_IRI = 1000


class MappingForm(forms.Form):
    """Which statements, how good they must be, and for which skill they count."""

    name = forms.CharField(
        label=pgettext_lazy("of a thing", "Name"),
        max_length=LONGEST_NAME,
        help_text=_("Such as: VR welder, fillet weld passed."),
    )
    client = forms.ChoiceField(label=_("Program"))
    verb = forms.CharField(
        label=_("Verb"),
        max_length=LONGEST_IRI,
        initial="http://adlnet.gov/expapi/verbs/passed",
        help_text=_("The identifier by which the program says what was done."),
    )
    activity = forms.CharField(
        label=pgettext_lazy("of a statement", "Activity"),
        max_length=LONGEST_IRI,
        required=False,
        help_text=_("The identifier of the task; empty for every task of the program."),
    )
    begins = forms.BooleanField(label=_("Every activity that begins so"), required=False)
    least = forms.IntegerField(
        label=_("Least score, percent"), min_value=0, max_value=100, required=False, localize=False
    )
    needs_success = forms.BooleanField(
        label=_("Only where the program says that it succeeded"), required=False
    )
    skill = forms.ChoiceField(label=_("Counts for the skill"))

    def __init__(self, programs: Sequence[Client], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._programs = {one.public_id: one for one in programs}
        self.fields["client"].choices = [(one.public_id, one.name) for one in programs]  # type: ignore[attr-defined]
        self.fields["skill"].choices = [("", "–"), *skill_groups()]  # type: ignore[attr-defined]

    def asked(self) -> dict[str, Any]:
        """What a draft is made of."""
        told = dict(self.cleaned_data)
        return told | {"client": self._programs.get(told["client"])}

    @property
    def program(self) -> Client | None:
        """The program that is chosen by now, whatever else is missing."""
        return self._programs.get(str(self["client"].value() or ""))
