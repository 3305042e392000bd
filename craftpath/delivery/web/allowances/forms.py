"""Forms of allowances: what is written is shown again with its fault, and nothing typed is lost."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from craftpath.delivery.web.shell.days import DayField
from craftpath.domain.allowances.actions import NewRule
from craftpath.domain.allowances.examples import Example
from craftpath.domain.allowances.rules import BASES, COMPONENTS, LONGEST_REASON, LONGEST_REFERENCE, PAYERS
from craftpath.domain.allowances.texts import BASES as BASIS_NAMES
from craftpath.domain.allowances.texts import COMPONENTS as COMPONENT_NAMES
from craftpath.domain.allowances.texts import PAYERS as PAYER_NAMES
from craftpath.domain.allowances.texts import RESULTS_FROM
from craftpath.domain.pairing.texts import KINDS, ROLES
from craftpath.values.money import minor_digits

if TYPE_CHECKING:
    from craftpath.domain.allowances.models import Rule

BANDS = 4
MOST_AMOUNT = Decimal(1_000_000)
Choices = Sequence[tuple[str, Any]]


class BackForm(forms.Form):
    """Why a month goes back."""

    because = forms.CharField(
        label=_("What has to be looked at again"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class PayForm(forms.Form):
    """When it was paid, and by which reference."""

    paid_on = DayField(_("Paid on"))
    reference = forms.CharField(
        label=_("Reference of the payment"), max_length=LONGEST_REFERENCE,
        help_text=_("Such as the number of the bank's order or of the payroll."),
    )  # fmt: skip


class CorrectForm(forms.Form):
    """What was wrong; of one apprentice's pair, or of the whole month."""

    because = forms.CharField(
        label=_("What was wrong"), max_length=LONGEST_REASON, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("The trainer reads this beside the counter-line."),
    )  # fmt: skip
    apprentice = forms.CharField(
        label=_("Only of this apprentice"), max_length=60, required=False,
        help_text=_("The name; empty looks at the whole month again."),
    )  # fmt: skip
    teacher = forms.CharField(label=_("and this teacher"), max_length=60, required=False)


class BookForm(forms.Form):
    """From which day a version holds, and what it starts from."""

    valid_from = DayField(_("Valid from"))
    preset = forms.ChoiceField(label=_("Start from"), required=False)

    def __init__(self, data: Any = None, *, presets: Choices, first: str, **more: Any) -> None:
        super().__init__(data, **more)
        self.fields["preset"].choices = [("", first), *presets]  # type: ignore[attr-defined]


class DateForm(forms.Form):
    """From which day, and what bands of results look at."""

    valid_from = DayField(_("Valid from"))
    results_from = forms.ChoiceField(
        label=_("What bands of results look at"), required=False, choices=list(RESULTS_FROM.items())
    )


def _percent(label: Any, **more: Any) -> forms.DecimalField:
    return forms.DecimalField(
        label=label, required=False, min_value=Decimal(0), max_value=Decimal(100), decimal_places=1,
        widget=forms.NumberInput(attrs={"inputmode": "decimal"}), **more,
    )  # fmt: skip


def _several(label: Any, choices: Choices, **more: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, required=False, choices=choices, widget=forms.CheckboxSelectMultiple, **more
    )


class RuleForm(forms.Form):
    """One rule as an office says it: percentages, amounts in the currency's unit."""

    name = forms.CharField(
        label=pgettext_lazy("of a thing", "Name"),
        max_length=60,
        help_text=_("Trainers read it beside their line."),
    )
    component = forms.ChoiceField(
        label=_("What it pays for"), choices=[(key, COMPONENT_NAMES[key]) for key in COMPONENTS],
        help_text=_("Of several rules for the same thing, one pays a pair on a day."),
    )  # fmt: skip
    amount = forms.DecimalField(
        label=_("Amount"), min_value=Decimal(0), max_value=MOST_AMOUNT,
        widget=forms.NumberInput(attrs={"inputmode": "decimal", "step": "any"}),
    )  # fmt: skip
    basis = forms.ChoiceField(
        label=_("Counted by"), choices=[(key, BASIS_NAMES[key]) for key in BASES],
        widget=forms.RadioSelect,
    )  # fmt: skip
    payer = forms.ChoiceField(
        label=_("Who pays"), choices=[(key, PAYER_NAMES[key]) for key in PAYERS], widget=forms.RadioSelect
    )
    kinds = _several(_("Kinds of pairs"), list(KINDS.items()))
    roles = _several(_("Roles in the pair"), list(ROLES.items()))
    by_day = forms.BooleanField(
        label=_("By days: who begins or ends within the month gets a part"), required=False
    )
    over_capacity = _percent(
        _("Beyond the teacher's capacity"), help_text=_("Empty: the capacity plays no part.")
    )
    undecided = _percent(_("Without a decided result"))
    least_hours = forms.IntegerField(
        label=_("Confirmed hours that the month needs"), required=False, min_value=0, max_value=744
    )
    least_weeks = forms.IntegerField(
        label=_("Weeks with confirmed hours that it needs"), required=False, min_value=0, max_value=6
    )
    priority = forms.IntegerField(
        label=_("Precedence"), required=False, min_value=-99, max_value=99,
        help_text=_("Of two rules that fit, the greater number pays."),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, stages: Choices, occupations: Iterable[str], **more: Any) -> None:
        super().__init__(data, **more)
        self.fields["stages"] = _several(_("Stages"), stages)
        self.fields["occupations"] = _several(_("Occupations"), [(one, one) for one in occupations])
        for n in range(1, BANDS + 1):
            self.fields[f"ratio_most_{n}"] = forms.IntegerField(
                label=_("Up to so many apprentices"), required=False, min_value=1, max_value=999
            )
            self.fields[f"ratio_factor_{n}"] = _percent(_("percent of the amount"))
            self.fields[f"result_least_{n}"] = _percent(_("Result from"))
            self.fields[f"result_factor_{n}"] = _percent(_("percent of the amount"))

    def ratio_rows(self) -> list[tuple[Any, Any]]:
        """The fields of each band by number of apprentices."""
        return [(self[f"ratio_most_{n}"], self[f"ratio_factor_{n}"]) for n in range(1, BANDS + 1)]

    def result_rows(self) -> list[tuple[Any, Any]]:
        """The fields of each band by result."""
        return [(self[f"result_least_{n}"], self[f"result_factor_{n}"]) for n in range(1, BANDS + 1)]

    def new(self, currency: str, key: str = "") -> NewRule:
        """What was written, as the noun has it."""
        given = self.cleaned_data
        minor = given["amount"].scaleb(minor_digits(currency))
        if minor != minor.to_integral_value():
            self.add_error(
                "amount",
                _("An amount has at most %(places)s decimal places.") % {"places": minor_digits(currency)},
            )
        names = ("name", "component", "basis", "payer", "kinds", "roles", "stages", "occupations", "by_day")
        return NewRule(
            **{name: given[name] for name in names},
            key=key,
            amount=int(minor),
            priority=given["priority"] or 0,
            over_capacity=_thousandths(given["over_capacity"]),
            undecided=_thousandths(given["undecided"]) or 0,
            least_hours=given["least_hours"] or 0,
            least_weeks=given["least_weeks"] or 0,
            ratio=[
                (given[f"ratio_most_{n}"], _thousandths(given[f"ratio_factor_{n}"]) or 0)
                for n in range(1, BANDS + 1)
                if given[f"ratio_most_{n}"] is not None or given[f"ratio_factor_{n}"] is not None
            ],
            results=[
                (int(given[f"result_least_{n}"] * 100), _thousandths(given[f"result_factor_{n}"]) or 0)
                for n in range(1, BANDS + 1)
                if given[f"result_least_{n}"] is not None
            ],
        )


def _thousandths(value: Decimal | None) -> int | None:
    return None if value is None else int(value * 10)


def initial_of(rule: Rule, currency: str) -> dict[str, Any]:
    """A rule as its form shows it."""
    names = (
        "name",
        "component",
        "basis",
        "payer",
        "kinds",
        "roles",
        "stages",
        "occupations",
        "by_day",
        "priority",
    )
    found = {name: getattr(rule, name) for name in names}
    found |= {name: getattr(rule, name) or None for name in ("least_hours", "least_weeks")}
    found["amount"] = Decimal(rule.amount).scaleb(-minor_digits(currency))
    found["over_capacity"] = None if rule.over_capacity is None else _tenth(rule.over_capacity)
    found["undecided"] = _tenth(rule.undecided) if rule.results else None
    for n, (most, factor) in enumerate(rule.ratio, start=1):
        found |= {f"ratio_most_{n}": most, f"ratio_factor_{n}": _tenth(factor)}
    for n, (least, factor) in enumerate(rule.results, start=1):
        found |= {f"result_least_{n}": _tenth(least // 10), f"result_factor_{n}": _tenth(factor)}
    return found


def _tenth(value: int) -> Decimal:
    whole = Decimal(value) / 10
    return whole.to_integral_value() if whole == whole.to_integral_value() else whole


class ExampleForm(forms.Form):
    """The made-up pair under the rule."""

    share = forms.IntegerField(label=pgettext_lazy("of pairs", "Share"), min_value=0, max_value=100)
    days = forms.IntegerField(label=_("Days of the month"), min_value=1, max_value=31)
    apprentices = forms.IntegerField(label=_("Apprentices of the teacher"), min_value=1, max_value=40)
    hours = forms.IntegerField(label=_("Confirmed hours"), min_value=0, max_value=200)
    result = forms.IntegerField(label=_("Decided result"), min_value=0, max_value=100)


EXAMPLE = {"share": 60, "days": 17, "apprentices": 1, "hours": 40, "result": 82}


def example_of(data: Mapping[str, Any] | None) -> tuple[ExampleForm, Example]:
    """The example's form and pair; what makes no sense falls back to the usual one."""
    given = {f"example-{name}": (data or {}).get(f"example-{name}", value) for name, value in EXAMPLE.items()}
    form = ExampleForm(given, prefix="example", auto_id="example_%s")
    return form, Example(**(form.cleaned_data if form.is_valid() else EXAMPLE))
