"""Forms of a survey on its way: whom it asks, its days, what is said with its results."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from craftpath.delivery.web.shell.days import DayField
from craftpath.delivery.web.shell.picking import PlacesField, below_field
from craftpath.delivery.web.surveys.forms import MEMBERS, Choices, TwoLanguages, words
from craftpath.domain.surveys.rules import FEWEST, GROUPS, LONGEST_TITLE, LONGEST_WORDS
from craftpath.domain.surveys.texts import GROUP_NAMES, ROLE_NAMES
from craftpath.kernel.organisations import Organisation


class WhomForm(forms.Form):
    """Whom a survey asks, what is kept with an answer, everybody or a sample."""

    roles = forms.MultipleChoiceField(
        label=pgettext_lazy("of a survey", "Whom"), required=False, widget=forms.CheckboxSelectMultiple,
        choices=[(role, ROLE_NAMES[role]) for role in MEMBERS],
    )  # fmt: skip
    places = PlacesField(_("Organisations"), help_text=_("None ticked: all."), required=False)
    below = below_field()
    cohorts = forms.MultipleChoiceField(
        label=_("Classes"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked: all."),
    )
    stages = forms.MultipleChoiceField(
        label=_("Stages"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked: all."),
    )
    outsiders = forms.CharField(
        label=_("Others by name"), required=False, max_length=20_000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One a line: name, then telephone or mail after a comma. Each gets a slip with a personal link."),
    )  # fmt: skip
    groups = forms.MultipleChoiceField(
        label=_("Kept with each answer"), required=False, widget=forms.CheckboxSelectMultiple,
        choices=[(name, GROUP_NAMES[name]) for name in GROUPS],
        help_text=_("The fewer, the safer. What fewer than five people have in common is kept as “other”."),
    )  # fmt: skip
    draw = forms.ChoiceField(
        label=_("How many of each combination"), widget=forms.RadioSelect,
        choices=[("all", _("everybody")), ("percent", _("a share, drawn at random")),
                 ("size", _("a number, drawn at random"))],
    )  # fmt: skip
    amount = forms.IntegerField(label=_("Per cent or number"), required=False, min_value=1, max_value=100_000)
    least = forms.IntegerField(label=_("but at least"), required=False, min_value=FEWEST, max_value=100_000)
    seed = forms.IntegerField(
        label=_("Seed of the draw"), required=False, min_value=0, max_value=2**31,
        help_text=_("The same seed and the same people give the same draw."),
    )  # fmt: skip

    def __init__(
        self,
        data: Any,
        *,
        cohorts: Choices,
        stages: Choices,
        rows: Iterable[Organisation],
        initial: Mapping[str, Any],
    ) -> None:
        super().__init__(data, initial={**initial})
        self.fields["places"].grow(rows)  # type: ignore[attr-defined]
        self.fields["cohorts"].choices = cohorts  # type: ignore[attr-defined]
        self.fields["stages"].choices = stages  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """An amount where a draw is wanted, and no share above the whole."""
        given = super().clean() or {}
        if given.get("draw") in ("percent", "size"):
            if not given.get("amount"):
                self.add_error("amount", _("Say how many."))
            elif given["draw"] == "percent" and given["amount"] > 100:
                self.add_error("amount", _("At most 100 per cent."))
        return given

    def named(self) -> list[list[str]]:
        """Outsiders as [name, contact], each once."""
        lines = self.cleaned_data["outsiders"].replace("\0", "").replace("，", ",").splitlines()
        told = [[part.strip()[:LONGEST_TITLE] for part in line.partition(",")[::2]] for line in lines]
        return [one for at, one in enumerate(told) if one[0] and one not in told[:at]]

    def sampling(self) -> dict[str, int]:
        """As the survey keeps it; empty for everybody."""
        given = self.cleaned_data
        if given["draw"] == "all":
            return {}
        return {given["draw"]: given["amount"], "least": given["least"] or FEWEST, "seed": given["seed"] or 0}


class OpenForm(forms.Form):
    """Days, and whether there is an open link."""

    opens_on = DayField(pgettext_lazy("of a survey", "First day"))
    closes_on = DayField(pgettext_lazy("of a survey", "Last day"))
    link = forms.BooleanField(
        label=_("An open link too"), required=False,
        help_text=_("Whoever has the link or its QR code answers once a device, without an account: enterprises, "
                    "former apprentices."),
    )  # fmt: skip


class ExtendForm(forms.Form):
    """Another last day."""

    closes_on = DayField(pgettext_lazy("of a survey", "Last day"))


class PublishForm(TwoLanguages):
    """What those who were asked are told with the results."""

    summary_zh = words(_("What follows from it, in Chinese"), LONGEST_WORDS, rows=3)
    summary_en = words(_("What follows from it, in English"), LONGEST_WORDS, rows=3)
