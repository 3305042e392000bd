"""The forms of one scheme: its head, each part, each item.

Figures stay texts here: the engine reads them exactly and says what is wrong with them.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from craftpath.delivery.web.programmes.keys import LONGEST
from craftpath.delivery.web.programmes.typed import has_exponent, number, plain
from craftpath.delivery.web.shell.templatetags.say import points
from craftpath.domain.programmes.texts import FAULTS, MISSING, RULES_USE
from craftpath.engines.evaluation.checking import MOST_DECIMALS

Choices = list[tuple[str, str]]


def _printable(text: str) -> None:
    if not text.isprintable():
        raise ValidationError(FAULTS["text_unprintable"])


class NameField(forms.CharField):
    """A name in one language; one of the two is enough."""

    def __init__(self, label: Any) -> None:
        super().__init__(label=label, required=False, max_length=120, validators=[_printable])


class KeyField(forms.CharField):
    """The stable name of a part or an item."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Key"),
            required=False,
            max_length=LONGEST,
            validators=[
                RegexValidator(
                    r"^[A-Za-z0-9][A-Za-z0-9_.-]*\Z",
                    _("Use letters a–z, digits and _ only, such as training_log."),
                )
            ],
            widget=forms.TextInput(
                attrs={
                    "placeholder": _("made from the name"),
                    "autocapitalize": "none",
                    "spellcheck": "false",
                }
            ),
        )


class FigureField(forms.CharField):
    """A figure, kept as plain text; full-width digits are read too. Empty becomes None."""

    def __init__(self, label: Any, **more: Any) -> None:
        attrs = {"inputmode": "decimal", "autocomplete": "off", "size": "8"} | more.pop("attrs", {})
        super().__init__(
            label=label, max_length=60, widget=forms.TextInput(attrs=attrs), **({"required": False} | more)
        )

    def clean(self, value: Any) -> Any:
        text = plain(super().clean(value))
        if has_exponent(text):
            raise ValidationError(FAULTS["not_a_number"], params={"given": text})
        figure = number(text)
        return (points(figure) if figure is not None else text) or None


class _Named(forms.Form):
    # One name is enough; without any, nobody could recognise the row.
    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not cleaned.get("name_zh") and not cleaned.get("name_en") and not self.errors:
            self.add_error("name_zh", ValidationError(_("Give it a name, in Chinese or in English.")))
        return cleaned


class HeadForm(_Named):
    """What holds for the whole scheme."""

    name_zh = NameField(_("Name in Chinese"))
    name_en = NameField(_("Name in English"))
    decimals = forms.ChoiceField(
        label=_("Decimal places"), choices=[(str(n), str(n)) for n in range(MOST_DECIMALS + 1)]
    )
    rules_use = forms.ChoiceField(label=_("Pass rules look at"), choices=list(RULES_USE.items()))
    pass_mark = FigureField(_("Pass mark"), attrs={"placeholder": _("none")})
    kept = forms.MultipleChoiceField(
        label=_("Other pass rules"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, others: Choices, totals: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not totals:
            del self.fields["pass_mark"]
        if others:
            self.fields["kept"].choices = others  # type: ignore[attr-defined]
        else:
            del self.fields["kept"]


class PartForm(_Named):
    """One component."""

    was = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)
    name_zh = NameField(_("Name in Chinese"))
    name_en = NameField(_("Name in English"))
    key = KeyField()
    weight = FigureField(_("Weight"), required=True, error_messages={"required": FAULTS["value_missing"]})
    missing = forms.ChoiceField(label=_("A missing mark"), choices=list(MISSING.items()))
    drop_lowest = FigureField(_("Lowest left out"), attrs={"inputmode": "numeric"})
    minimum = FigureField(_("Least in this part"), attrs={"placeholder": _("none")})


class ItemForm(_Named):
    """One thing that is marked."""

    name_zh = NameField(_("Name in Chinese"))
    name_en = NameField(_("Name in English"))
    key = KeyField()
    weight = FigureField(_("Weight"))
    max = FigureField(_("Full mark"))
    area = forms.ChoiceField(label=_("Learning area"), required=False)

    def __init__(self, *args: Any, areas: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = [("", "–"), *areas]  # type: ignore[attr-defined]
