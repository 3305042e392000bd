"""The forms of one scheme: its head, each part, item, grade, level and pass rule.

Figures stay texts here: the engine reads them exactly and says what is wrong with them.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from craftpath.delivery.web.programmes.amounts import UNIT_NAMES
from craftpath.delivery.web.programmes.keys import LONGEST
from craftpath.delivery.web.programmes.sourced import (
    RATERS,
    SOURCE,
    SOURCE_FIELDS,
    fields_of,
    source_of_form,
    steps_typed,
    usual_values,
)
from craftpath.delivery.web.programmes.sourced_words import typed_sentence
from craftpath.delivery.web.programmes.typed import has_exponent, number, plain
from craftpath.delivery.web.shell.templatetags.say import points
from craftpath.domain.programmes.texts import (
    AGREEMENTS,
    BEYOND,
    FAULTS,
    MISSING,
    MODES,
    RATED,
    RULE_KINDS,
    RULES_USE,
    SOURCES,
)
from craftpath.engines.evaluation import Mode, RuleKind
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


class StepsField(forms.CharField):
    """Thresholds as they are typed: `90=100, 75=80`, from a share in percent on so many percent of full marks."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Thresholds"),
            required=False,
            max_length=200,
            widget=forms.TextInput(
                attrs={"placeholder": "90=100, 75=80", "autocomplete": "off", "spellcheck": "false"}
            ),
        )

    def clean(self, value: Any) -> Any:
        """The text in its plain form."""
        text = plain(super().clean(value))
        if text and steps_typed(text) is None:
            raise ValidationError(
                _("Write thresholds such as 90=100, 75=80: share in percent = points in percent.")
            )
        return text


class HeadForm(_Named):
    """What holds for the whole scheme; fields that do not belong to its kind are kept, and not shown."""

    name_zh = NameField(_("Name in Chinese"))
    name_en = NameField(_("Name in English"))
    mode = forms.ChoiceField(label=_("Kind of scheme"), choices=list(MODES.items()))
    decimals = forms.ChoiceField(
        label=_("Decimal places"), choices=[(str(n), str(n)) for n in range(MOST_DECIMALS + 1)]
    )
    rules_use = forms.ChoiceField(label=_("Pass rules look at"), choices=list(RULES_USE.items()))
    pass_mark = FigureField(_("Pass mark"), attrs={"placeholder": _("none")})
    within_days = FigureField(_("May be contested for"), attrs={"inputmode": "numeric"})
    answer_days = FigureField(_("Answered within"), attrs={"inputmode": "numeric"})
    existing = FigureField(_("The existing mark weighs"), attrs={"inputmode": "numeric"})
    oral = FigureField(_("The oral mark weighs"), attrs={"inputmode": "numeric"})
    most = FigureField(_("Oral supplements, at most"), attrs={"inputmode": "numeric"})
    unsure = forms.MultipleChoiceField(
        label=_("Assumed and not confirmed yet"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, unsure: Choices, mode: Mode, supplement: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hidden = ["pass_mark"] if mode.grades else []
        if mode.grades or not supplement:
            hidden += ["existing", "oral", "most"]
        for name in hidden:
            self.fields[name].widget = forms.HiddenInput()
        if unsure:
            self.fields["unsure"].choices = unsure  # type: ignore[attr-defined]
        else:
            del self.fields["unsure"]


class PartForm(_Named):
    """One component; fields that do not belong to the scheme's kind are kept, and not shown."""

    was = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)
    name_zh = NameField(_("Name in Chinese"))
    name_en = NameField(_("Name in English"))
    key = KeyField()
    weight = FigureField(_("Weight"), required=True, error_messages={"required": FAULTS["value_missing"]})
    missing = forms.ChoiceField(label=_("A missing mark"), choices=list(MISSING.items()))
    drop_lowest = FigureField(_("Lowest left out"), attrs={"inputmode": "numeric"})
    minimum = FigureField(_("Least in this part"), attrs={"placeholder": _("none")})
    target = FigureField(_("Asked for"), attrs={"placeholder": _("full marks")})
    unit = forms.ChoiceField(
        label=_("Counted in"), required=False, choices=[("", _("points")), *UNIT_NAMES.items()]
    )
    oral = forms.BooleanField(label=_("May be supplemented orally"), required=False)

    def __init__(self, *args: Any, mode: Mode, graded: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hidden = ["weight", "oral"] if mode.grades else []
        if mode is not Mode.ALL_REQUIRED:
            hidden += ["target", "unit"]
        if mode is Mode.GATEWAY_GRADE and graded:
            hidden += ["minimum", "drop_lowest"]
        if mode.grades:
            self.fields["weight"].required = False
        for name in hidden:
            self.fields[name].widget = forms.HiddenInput()


class GradeForm(_Named):
    """A grade of a method, or a level of the scheme; its key is made from the name once and is not shown."""

    key = forms.CharField(required=False, max_length=LONGEST, widget=forms.HiddenInput)
    name_zh = NameField(_("Name in Chinese"))
    name_en = NameField(_("Name in English"))


class RuleForm(forms.Form):
    """A pass rule; which fields it uses depends on its kind."""

    kind = forms.ChoiceField(label=_("Pass rule"), choices=list(RULE_KINDS.items()))
    value = FigureField(_("Points"), attrs={"placeholder": _("none")})
    at_least = FigureField(_("How many parts"), attrs={"inputmode": "numeric", "placeholder": "–"})
    on = forms.MultipleChoiceField(
        label=_("Which parts (none ticked: all that count)"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, parts: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].choices = parts  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A rule on one part names exactly one."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("kind") == RuleKind.COMPONENT_MIN and len(cleaned.get("on") or ()) != 1:
            self.add_error("on", ValidationError(_("Tick exactly one part for this rule.")))
        return cleaned


class ItemForm(_Named):
    """One thing that is marked, by a person or by a rule; fields that the rule does not use are kept, and not shown."""

    name_zh = NameField(_("Name in Chinese"))
    name_en = NameField(_("Name in English"))
    key = KeyField()
    weight = FigureField(_("Weight"))
    max = FigureField(_("Full mark"))
    area = forms.ChoiceField(label=_("Learning area"), required=False)
    source = forms.ChoiceField(
        label=_("Where its marks come from"),
        required=False,
        choices=[("", _("marked by a person")), (RATERS, RATED), *SOURCES.items()],
    )
    method = forms.ChoiceField(
        label=_("Their marks become one"), required=False, choices=[*AGREEMENTS.items()]
    )
    raters = FigureField(_("How many raters"), attrs={"inputmode": "numeric"})
    gap = FigureField(_("Farthest apart, in points of 100"), attrs={"placeholder": _("no limit")})
    beyond = forms.ChoiceField(label=_("Farther apart than that"), required=False, choices=[*BEYOND.items()])
    late = FigureField(_("Late counts"))
    left_early = FigureField(_("Left early counts"))
    partly = FigureField(_("Partly counts"))
    within_days = FigureField(_("Days to hand in after the week"), attrs={"inputmode": "numeric"})
    at_least = FigureField(_("Counts from how many on"), attrs={"inputmode": "numeric"})
    unanswered = FigureField(_("Unconfirmed weeks, at most"), attrs={"inputmode": "numeric"})
    every_days = FigureField(_("One is expected in so many days"), attrs={"inputmode": "numeric"})
    steps = StepsField()

    def __init__(self, *args: Any, areas: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = [("", "–"), *areas]  # type: ignore[attr-defined]
        given = self.data.get(self.add_prefix("source")) if self.is_bound else self.initial.get("source")
        self.show_only(fields_of(str(given or "")))
        for name, usual in usual_values(str(given or "")).items():
            self.fields[name].widget.attrs["placeholder"] = usual

    def show_only(self, names: Iterable[str]) -> None:
        """Show these fields of the rule; the others are kept, and not shown."""
        for name in SOURCE_FIELDS - set(names):
            self.fields[name].widget = forms.HiddenInput()

    @property
    def rule_fields(self) -> list[forms.BoundField]:
        """The fields of the rule that are shown."""
        return [field for field in self.visible_fields() if field.name in SOURCE_FIELDS]

    @property
    def is_worked_out(self) -> bool:
        """Whether a rule marks it."""
        return bool(self["source"].value())

    @property
    def in_words(self) -> str:
        """What the rule says as it is typed; nothing while something is wrong with it."""
        row = source_of_form({name: plain(str(self[name].value() or "")) for name in SOURCE})
        return typed_sentence(row)

    @property
    def kept_fields(self) -> list[forms.BoundField]:
        """Those that another rule would use."""
        return self.hidden_fields()
