"""The fields of an item's form: its texts, its rows, and what it is for. Figures stay texts here."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from craftpath.delivery.exchange.limits import BYTES
from craftpath.delivery.web.frameworks.choosing import Grouped
from craftpath.domain.exams.faults import LONGEST_LINE, LONGEST_TEXT
from craftpath.domain.exams.texts import DIFFICULTIES

Choices = list[tuple[str, str]]
_PLAIN = {"autocomplete": "off", "spellcheck": "false"}


def words(label: Any, *, rows: int = 4, most: int = LONGEST_TEXT, hint: Any = "") -> forms.CharField:
    """A text of several lines."""
    return forms.CharField(
        label=label,
        required=False,
        max_length=most,
        help_text=hint,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def one_line(label: Any, most: int = LONGEST_LINE, **attrs: Any) -> forms.CharField:
    """A text of one line."""
    return forms.CharField(
        label=label, required=False, max_length=most, widget=forms.TextInput(attrs=_PLAIN | attrs)
    )


class HeadForm(forms.Form):
    """What every item has; fields that its kind does not use are left out by the template."""

    stem_zh = words(_("What is asked, in Chinese"))
    stem_en = words(_("What is asked, in English"))
    points = one_line(_("Points"), 12, inputmode="decimal", size="6")
    rule = forms.ChoiceField(label=_("How parts count"), required=False)
    explanation_zh = words(_("Explanation in Chinese"), rows=2)
    explanation_en = words(_("Explanation in English"), rows=2)
    stimulus = forms.ChoiceField(label=_("Shared text"), required=False)
    value = one_line(_("Right number"), 40, inputmode="decimal", size="10")
    tolerance = one_line(_("Tolerance"), 40, inputmode="decimal", size="8")
    percent = forms.ChoiceField(
        label=_("Tolerance is"),
        required=False,
        choices=[("", _("in the number’s own unit")), ("1", _("percent of the number"))],
    )
    unit = one_line(_("Unit"), 20, size="8")
    fold_case = forms.BooleanField(label=_("Capital and small letters are the same"), required=False)
    fold_width = forms.BooleanField(label=_("Full-width and half-width signs are the same"), required=False)
    fold_space = forms.BooleanField(label=_("Spaces do not count"), required=False)
    file = forms.BooleanField(label=_("A file may be handed in"), required=False)
    lines = one_line(_("Lines to write on"), 4, inputmode="numeric", size="4")
    guide_zh = words(_("For whoever marks it, in Chinese"), rows=3)
    guide_en = words(_("For whoever marks it, in English"), rows=3)
    picture = forms.CharField(required=False, max_length=32, widget=forms.HiddenInput)

    def __init__(self, *args: Any, rules: Choices, stimuli: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rule"].choices = rules  # type: ignore[attr-defined]
        self.fields["stimulus"].choices = [("", "–"), *stimuli]  # type: ignore[attr-defined]
        for name, lang in (
            ("stem_zh", "zh-Hans"),
            ("stem_en", "en"),
            ("explanation_zh", "zh-Hans"),
            ("explanation_en", "en"),
        ):
            self.fields[name].widget.attrs["lang"] = lang


class TagsForm(forms.Form):
    """What an item is for and how it may be used."""

    difficulty = forms.ChoiceField(
        label=_("Difficulty"), required=False, choices=[("", _("not said")), *DIFFICULTIES.items()]
    )
    expected_p = forms.DecimalField(
        label=_("Expected share of the points"),
        required=False,
        min_value=0,
        max_value=1,
        max_digits=3,
        decimal_places=2,
        help_text=_("Between 0 and 1, such as 0.65."),
        widget=forms.TextInput(attrs=_PLAIN | {"inputmode": "decimal", "size": "6"}),
    )
    seconds = forms.IntegerField(
        label=_("Time needed"),
        required=False,
        min_value=1,
        max_value=36_000,
        widget=forms.TextInput(attrs=_PLAIN | {"inputmode": "numeric", "size": "6"}),
    )
    exposure_limit = forms.IntegerField(
        label=_("In how many papers at most"),
        required=False,
        min_value=1,
        max_value=10_000,
        widget=forms.TextInput(attrs=_PLAIN | {"inputmode": "numeric", "size": "6"}),
    )
    enemies = one_line(_("Never in one paper with (numbers of items)"), 400)
    outcomes = forms.MultipleChoiceField(
        label=_("Learning outcomes"), required=False, widget=forms.CheckboxSelectMultiple
    )
    skills = forms.MultipleChoiceField(
        label=_("Core skills"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, outcomes: Choices, skills: Grouped, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outcomes"].choices = outcomes  # type: ignore[attr-defined]
        self.fields["skills"].choices = skills  # type: ignore[attr-defined]


class OptionForm(forms.Form):
    """Something to choose, to place or to pair."""

    key = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    zh = one_line(_("In Chinese"))
    en = one_line(_("In English"))
    right = forms.BooleanField(label=pgettext_lazy("an option", "right"), required=False)
    pair = forms.ChoiceField(label=_("belongs to"), required=False)

    def __init__(self, *args: Any, sides: Choices = [], **kwargs: Any) -> None:  # noqa: B006  (never changed)
        super().__init__(*args, **kwargs)
        self.fields["pair"].choices = [("", "–"), *sides]  # type: ignore[attr-defined]
        self.fields["zh"].widget.attrs["lang"] = "zh-Hans"
        self.fields["en"].widget.attrs["lang"] = "en"


class BlankForm(forms.Form):
    """What is right for one blank: a variant on each line."""

    key = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    accepted = words(_("Right answers, one on each line"), rows=2, most=4000)


class RegionForm(forms.Form):
    """An area of a picture, in points of the picture from its upper left corner."""

    key = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    zh = one_line(_("Name in Chinese"), 100)
    en = one_line(_("Name in English"), 100)
    right = forms.BooleanField(label=pgettext_lazy("an option", "right"), required=False)
    shape = forms.ChoiceField(
        label=_("Shape"),
        required=False,
        choices=[("rect", _("rectangle")), ("circle", pgettext_lazy("a shape", "circle"))],
    )
    a = one_line(_("Left, or middle from the left"), 12, inputmode="decimal", size="5")
    b = one_line(_("Top, or middle from the top"), 12, inputmode="decimal", size="5")
    c = one_line(_("Right, or radius"), 12, inputmode="decimal", size="5")
    d = one_line(_("Bottom (rectangle only)"), 12, inputmode="decimal", size="5")


ROW_FORMS: dict[str, type[forms.Form]] = {
    "option": OptionForm,
    "left": OptionForm,
    "other": OptionForm,
    "entry": OptionForm,
    "blank": BlankForm,
    "region": RegionForm,
}


class StimulusForm(forms.Form):
    """A text that several items refer to."""

    title_zh = one_line(_("Title in Chinese"), 120)
    title_en = one_line(_("Title in English"), 120)
    body_zh = words(_("Text in Chinese"), rows=6)
    body_en = words(_("Text in English"), rows=6)


class FileForm(forms.Form):
    """One file, judged by its content."""

    file = forms.FileField(
        label=_("File"), max_length=255, widget=forms.FileInput(attrs={"accept": ".docx,.xlsx,.csv,.txt"})
    )


class PackageForm(forms.Form):
    """A QTI package or one item."""

    file = forms.FileField(
        label=_("QTI package"), max_length=255, widget=forms.FileInput(attrs={"accept": ".zip,.imscc,.xml"})
    )


MOST_BYTES = BYTES
