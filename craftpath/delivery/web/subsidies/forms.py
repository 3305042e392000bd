"""Forms of subsidies: opening a file, days and reasons of its steps, papers, audits, findings."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from craftpath.delivery.exchange.book import SheetRefused
from craftpath.delivery.exchange.texts import refusal
from craftpath.delivery.web.shell.days import DayField, LastDayField
from craftpath.domain.subsidies.rules import (
    LONGEST_REASON,
    LONGEST_WORDS,
    MOST_MONTHS,
    SEVERITIES,
)
from craftpath.domain.subsidies.texts import EXCLUSIONS, KINDS, LEVELS, PAPERS
from craftpath.domain.subsidies.texts import SEVERITIES as SEVERITY_NAMES
from craftpath.kernel.exhibits import LARGEST

SHEET_BYTES = 5 * 2**20
Choices = Sequence[tuple[str, Any]]


def made_id() -> forms.CharField:
    """One press of a button."""
    return forms.CharField(
        widget=forms.HiddenInput, max_length=36, required=False, initial=lambda: str(uuid.uuid4())
    )


def reason(*, required: bool = True) -> forms.CharField:
    """Why; both sides read it."""
    return forms.CharField(
        label=_("Why"),
        max_length=LONGEST_REASON,
        required=required,
        help_text=_("The enterprise and the authority read this."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class OpenForm(forms.Form):
    """Which scheme, authority, level and length; the people are ticked beside it."""

    made_id = made_id()
    scheme = forms.ChoiceField(label=pgettext_lazy("of subsidies", "Scheme"))
    authority = forms.ChoiceField(label=_("Authority"))
    level = forms.ChoiceField(label=_("Level aimed at"), choices=list(LEVELS.items()))
    kind = forms.ChoiceField(
        label=_("Kind of apprentices"),
        choices=list(KINDS.items()),
        required=False,
        help_text=_("Only where the scheme has a rate for each kind."),
    )
    starts_on = DayField(_("First day of the training"))
    months = forms.IntegerField(label=_("Months"), min_value=1, max_value=MOST_MONTHS)

    def __init__(
        self, data: Any, *, schemes: Choices, authorities: Choices, initial: Mapping[str, Any]
    ) -> None:
        super().__init__(data, initial={"made_id": str(uuid.uuid4()), **initial})
        self.fields["scheme"].choices = schemes  # type: ignore[attr-defined]
        self.fields["authority"].choices = authorities  # type: ignore[attr-defined]


class DayForm(forms.Form):
    """On which day it happened."""

    on = DayField(pgettext_lazy("of a step", "On"))


class ReasonForm(forms.Form):
    """Only why."""

    because = reason()


class DemandForm(forms.Form):
    """From when, by when, and why."""

    on = DayField(_("Demanded on"))
    by_day = DayField(
        _("To be paid by"), required=False, help_text=_("The scheme's day counts where it sets one.")
    )
    because = reason(required=False)


class ExcludeForm(forms.Form):
    """Who does not count, and why."""

    person = forms.ChoiceField(label=_("Whom"))
    reason = forms.ChoiceField(label=_("Why"), required=False)
    words = forms.CharField(label=_("What it rests on"), max_length=LONGEST_REASON, required=False)

    def __init__(self, data: Any, *, people: Choices, **more: Any) -> None:
        super().__init__(data, auto_id="exclude_%s", **more)
        self.fields["person"].choices = people  # type: ignore[attr-defined]
        self.fields["reason"].choices = [("", gettext("counts")), *EXCLUSIONS.items()]  # type: ignore[attr-defined]


class PaperForm(forms.Form):
    """A file, whose it is where each person has one, and which copy it replaces."""

    made_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    file = forms.FileField(
        label=_("Photo, video, PDF or office file"),
        widget=forms.ClearableFileInput(
            attrs={"accept": "image/*,video/mp4,video/webm,.pdf,.docx,.xlsx,.txt"}
        ),
    )

    def __init__(
        self, data: Any = None, files: Any = None, *, key: str, people: Choices = (), copies: Choices = ()
    ) -> None:
        super().__init__(data, files, auto_id=f"{key}_%s")
        if people:
            self.fields["member"] = forms.ChoiceField(
                label=_("Whose"), choices=[("", gettext("choose")), *people]
            )
        if copies:
            self.fields["replaces"] = forms.ChoiceField(
                label=_("Replaces"), choices=[("", gettext("nothing: one more")), *copies], required=False
            )

    def clean_file(self) -> Any:
        """Not read before it is known to be small enough."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(
                gettext("The file is larger than %(megabytes)s MB.") % {"megabytes": LARGEST // 2**20}
            )
        return file


class SheetForm(forms.Form):
    """A small sheet."""

    file = forms.FileField(
        label=_("Sheet (.xlsx or .csv)"), widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"})
    )

    def clean_file(self) -> Any:
        """Not read before it is known to be small enough."""
        file = self.cleaned_data["file"]
        if file.size > SHEET_BYTES:
            raise forms.ValidationError(
                gettext("The file is larger than %(megabytes)s MB.") % {"megabytes": SHEET_BYTES // 2**20}
            )
        return file

    def read(self, how: Any) -> Any:
        """What `how` makes of the file; None with an error where it cannot be read."""
        file = self.cleaned_data["file"]
        try:
            return how(file.read(), file.name)
        except SheetRefused as refused:
            self.add_error("file", refusal(refused))
            return None


class InviteForm(forms.Form):
    """Who audits, from when until when, how many are drawn, and why."""

    made_id = made_id()
    username = forms.CharField(
        label=_("Sign-in name of the auditor"),
        max_length=80,
        help_text=_("Somebody with the role of an auditor, at whatever organisation of this site."),
    )
    opens_on = DayField(_("First day of access"))
    closes_on = LastDayField(_("Last day of access"))
    size = forms.IntegerField(label=_("People to draw"), min_value=1, max_value=1000)
    because = reason()


class FindingForm(forms.Form):
    """What was found, of whom or in which paper, and how grave it is."""

    made_id = made_id()
    member = forms.ChoiceField(label=_("About whom"), required=False)
    paper = forms.ChoiceField(label=_("About which paper"), required=False)
    severity = forms.ChoiceField(
        label=_("How grave"), choices=[(key, SEVERITY_NAMES[key]) for key in SEVERITIES]
    )
    words = forms.CharField(
        label=_("What was found"), max_length=LONGEST_WORDS, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, data: Any, *, people: Choices, papers: Sequence[str]) -> None:
        super().__init__(data, auto_id="finding_%s")
        nobody = ("", gettext("the whole file"))
        self.fields["member"].choices = [nobody, *people]  # type: ignore[attr-defined]
        named = [(one, PAPERS.get(one, one)) for one in papers]
        self.fields["paper"].choices = [("", gettext("no paper")), *named]  # type: ignore[attr-defined]
