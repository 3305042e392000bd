"""Forms of partnerships: the agreement, duties, pledges, contributions, rules."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from craftpath.delivery.web.agreements.forms import minor, money_field
from craftpath.delivery.web.committees.forms import both, line, lines, said_once
from craftpath.delivery.web.shell.days import DayField
from craftpath.delivery.web.shell.fields import KeptFileField
from craftpath.delivery.web.shell.templatetags.say import text
from craftpath.domain.partnership.queries import PARTS
from craftpath.domain.partnership.texts import FOR, KINDS, REPEATS
from craftpath.domain.partnership.wording import HEADINGS, MODEL
from craftpath.kernel.organisations import Organisation
from craftpath.values.text import Text

CURRENCIES = ("CNY", "EUR", "USD", "GBP", "AUD")
NEW_RATES = 3


class CooperationForm(forms.Form):
    """The sides, the time, and the parts in Chinese and English; a model stands there to begin with."""

    enterprise = forms.ChoiceField(label=_("Enterprise"), required=False)
    college = forms.ChoiceField(label=_("College"), required=False)
    further = forms.MultipleChoiceField(
        label=_("Further sides"), required=False,
        help_text=_("More enterprises or colleges, or a public body; two to eight sides in all."),
    )  # fmt: skip
    name_zh = line(_("Name in Chinese"), most=120, help_text=_("Left empty, it is called after its sides."))
    name_en = line(_("Name in English"), most=120)
    starts_on = DayField(pgettext_lazy("of an agreement", "First day"))
    ends_on = DayField(_("Last day"))

    def __init__(
        self, data: Any, *, enterprises: Sequence[Organisation], colleges: Sequence[Organisation],
        others: Sequence[Organisation], known: Any, on: date, own: Organisation,
    ) -> None:  # fmt: skip
        words = known.words if known else {part: MODEL[part].as_json() for part in PARTS}
        first = known.starts_on if known else on
        last = known.ends_on if known else date(on.year + 3, 12, 31)
        name = Text.of(known.name) if known else Text()
        initial = {"starts_on": first, "ends_on": last, "name_zh": name.zh, "name_en": name.en}
        super().__init__(data, initial=initial)
        self.sides = {row.key: row for row in (*enterprises, *colleges, *others)}
        self.own = own
        if known is not None:
            del self.fields["enterprise"], self.fields["college"], self.fields["further"]
        else:
            for field, rows in (("enterprise", enterprises), ("college", colleges)):
                choices = [("", "–"), *((row.key, text(row.name)) for row in rows)]
                self.fields[field].choices = choices  # type: ignore[attr-defined]
                self.initial[field] = next((row.key for row in rows if row.pk == own.pk), "")
            rest = [(row.key, text(row.name)) for row in self.sides.values()]
            self.fields["further"].choices = rest  # type: ignore[attr-defined]
        for part in PARTS:
            said = Text.of(words.get(part))
            for language, label, value in (
                ("zh", _("In Chinese"), said.zh),
                ("en", _("In English"), said.en),
            ):
                self.fields[f"{part}-{language}"] = forms.CharField(
                    label=label, required=False, max_length=2000, initial=value,
                    widget=forms.Textarea(attrs={"rows": 3}),
                )  # fmt: skip

    @property
    def parts(self) -> list[tuple[str, Any, Any]]:
        """Each part: its heading and both fields."""
        return [(text(HEADINGS[part]), self[f"{part}-zh"], self[f"{part}-en"]) for part in PARTS]

    def clean(self) -> dict[str, Any]:
        """The end comes after the start."""
        given = super().clean() or {}
        starts, ends = given.get("starts_on"), given.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", gettext("The last day lies before the first one."))
        return given

    def chosen(self) -> list[Organisation]:
        """The sides in the order in which they are asked for, each once."""
        given = self.cleaned_data
        keys = [given.get("enterprise"), given.get("college"), *(given.get("further") or [])]
        return [self.sides[key] for key in dict.fromkeys(keys) if key]

    def values(self) -> dict[str, Any]:
        """What the actions take."""
        given = self.cleaned_data
        words = {
            part: Text(given[f"{part}-zh"].strip(), given[f"{part}-en"].strip()).as_json() for part in PARTS
        }
        days = {"starts_on": given["starts_on"], "ends_on": given["ends_on"]}
        return {**days, "words": words, "name": both(self, "name") or None}


class DutyForm(forms.Form):
    """Whose duty, what, until when, and whether again."""

    side = forms.ChoiceField(label=pgettext_lazy("a duty", "Whose"))
    words_zh = line(_("What, in Chinese"))
    words_en = line(_("What, in English"))
    due_on = DayField(_("Due on"))
    repeats = forms.ChoiceField(label=pgettext_lazy("a duty", "How often"), choices=list(REPEATS.items()))

    def __init__(self, data: Any, *, sides: Sequence[Any]) -> None:
        super().__init__(data, prefix="duty")
        self.sides = {str(side.organisation.key): side for side in sides}
        choices = [(key, text(side.organisation.name)) for key, side in self.sides.items()]
        self.fields["side"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """It is said in one of the languages."""
        given = super().clean() or {}
        said_once(self, "words")
        return given


class PledgeForm(forms.Form):
    """What a side plans to give in a year."""

    year = forms.IntegerField(label=_("Year"), min_value=2000, max_value=2100)
    kind = forms.ChoiceField(label=pgettext_lazy("of a contribution", "Kind"), choices=list(KINDS.items()))
    words = line(pgettext_lazy("of a contribution", "What"), required=True)
    value = money_field(_("Value"), required=True)

    def minor(self) -> int:
        """The value in minor units."""
        return minor(self.cleaned_data["value"])

    def clean_value(self) -> Decimal:
        """More than nothing."""
        value: Decimal = self.cleaned_data["value"]
        if not value:
            raise forms.ValidationError(gettext("More than nothing."))
        return value


def _figure(label: Any) -> forms.DecimalField:
    return forms.DecimalField(label=label, min_value=0, max_digits=9, decimal_places=2)


class GivingForm(forms.Form):
    """What was given: the fields of one kind only."""

    words = line(pgettext_lazy("of a contribution", "What"), required=True)
    given_on = DayField(_("Given on"))
    amount = money_field(pgettext_lazy("of a contribution", "Amount"), required=True)
    price = money_field(pgettext_lazy("of a contribution", "Price when new"), required=True)
    months_used = _figure(pgettext_lazy("of a contribution", "Months used"))
    life_months = _figure(pgettext_lazy("of a contribution", "Useful life in months"))
    rate = forms.ChoiceField(label=pgettext_lazy("of a contribution", "Rate"))
    hours = _figure(pgettext_lazy("of a contribution", "Hours"))
    square_metres = _figure(pgettext_lazy("of a contribution", "Square metres"))
    months = _figure(pgettext_lazy("of a contribution", "Months"))
    evidence = KeptFileField(
        label=_("Evidence"), required=False,
        help_text=_("An invoice, a photo, a list of hours: PDF, picture, or office file without macros."),
    )  # fmt: skip
    _OF = {
        "money": ("amount",),
        "materials": ("amount",),
        "other": ("amount",),
        "machine": ("price", "months_used", "life_months"),
        "hours": ("rate", "hours"),
        "room": ("rate", "hours", "square_metres", "months"),
    }

    def __init__(self, data: Any, files: Any, *, kind: str, book: Any, on: date) -> None:
        super().__init__(data, files, initial={"given_on": on})
        self.kind = kind
        kept = {"words", "given_on", "evidence", *self._OF[kind]}
        self.fields = {name: field for name, field in self.fields.items() if name in kept}
        wanted = ("hours",) if kind == "hours" else ("room_hours", "room_metres")
        self.rates = {one["key"]: one for one in book.rates if one["for"] in wanted}
        if "rate" in self.fields:
            said = [(key, f"{text(one['name'])} · {FOR[one['for']]}") for key, one in self.rates.items()]
            self.fields["rate"].choices = said  # type: ignore[attr-defined]
        if kind == "room":
            for name in ("hours", "square_metres", "months"):
                self.fields[name].required = False

    def clean(self) -> dict[str, Any]:
        """A room is given by hours or by area, as its rate is meant."""
        given = super().clean() or {}
        if self.kind == "room" and given.get("rate"):
            by_hour = self.rates[given["rate"]]["for"] == "room_hours"
            for name in ("hours",) if by_hour else ("square_metres", "months"):
                if given.get(name) is None and name not in self.errors:
                    self.add_error(name, gettext("This rate needs it."))
        return given

    def figures(self) -> dict[str, Decimal]:
        """What the valuation takes: money in minor units."""
        given = self.cleaned_data
        money = {name: Decimal(minor(given[name])) for name in ("amount", "price") if name in given}
        rest = {
            name: given[name]
            for name in ("months_used", "life_months", "hours", "square_metres", "months")
            if given.get(name) is not None
        }
        if self.kind == "room" and self.rates[given["rate"]]["for"] == "room_metres":
            rest.pop("hours", None)
        return money | rest


class RulesForm(forms.Form):
    """The next version of the rates; empty rows are left out."""

    currency = forms.ChoiceField(label=_("Currency"), choices=[(one, one) for one in CURRENCIES])

    def __init__(self, data: Any, *, rates: Sequence[Any], currency: str) -> None:
        super().__init__(data, initial={"currency": currency})
        self.count = len(rates) + NEW_RATES
        for n in range(self.count):
            known = rates[n] if n < len(rates) else {"name": {}, "for": "hours", "minor": None}
            said = Text.of(known["name"])
            value = None if known["minor"] is None else Decimal(known["minor"]) / 100
            self.fields[f"zh-{n}"] = line(_("Name in Chinese"), most=80, initial=said.zh)
            self.fields[f"en-{n}"] = line(_("Name in English"), most=80, initial=said.en)
            self.fields[f"for-{n}"] = forms.ChoiceField(
                label=_("What for"), choices=list(FOR.items()), initial=known["for"], required=False
            )
            field = money_field(pgettext_lazy("of a contribution", "Rate"))
            field.initial = value
            self.fields[f"minor-{n}"] = field
        self.keys = [one.get("key", "") for one in rates]

    @property
    def rows(self) -> list[list[Any]]:
        """The fields of each rate."""
        return [[self[f"{name}-{n}"] for name in ("zh", "en", "for", "minor")] for n in range(self.count)]

    def clean(self) -> dict[str, Any]:
        """A rate that is begun is said whole."""
        given = super().clean() or {}
        for n in range(self.count):
            named = bool((given.get(f"zh-{n}") or given.get(f"en-{n}") or "").strip())
            if named and not given.get(f"minor-{n}") and f"minor-{n}" not in self.errors:
                self.add_error(f"minor-{n}", gettext("More than nothing."))
            if given.get(f"minor-{n}") and not named:
                self.add_error(f"zh-{n}", gettext("Say it in Chinese or in English."))
        return given

    def rates(self) -> list[dict[str, Any]]:
        """What the action takes; a rate that was there keeps its key."""
        given = self.cleaned_data
        found = []
        for n in range(self.count):
            if given.get(f"minor-{n}"):
                name = Text(given[f"zh-{n}"].strip(), given[f"en-{n}"].strip()).as_json()
                row = {"name": name, "for": given[f"for-{n}"] or "hours", "minor": minor(given[f"minor-{n}"])}
                found.append(row | ({"key": self.keys[n]} if n < len(self.keys) else {}))
        return found


class WordsForm(forms.Form):
    """Only words: a question, an answer, why something is taken back."""

    words = lines(_("In words"), most=400, required=True, rows=2)


class CounterForm(forms.Form):
    """Why something is taken back: it becomes the name of the line that does."""

    words = lines(_("In words"), most=200, required=True, rows=2)


class CommitteeForm(forms.Form):
    """A committee of this partnership."""

    name_zh = line(_("Name in Chinese"), most=120)
    name_en = line(_("Name in English"), most=120)
    quorum = forms.IntegerField(
        label=_("Quorum"), min_value=1, max_value=100, initial=50,
        help_text=_("Percent of the seats with a vote that have to take part."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """It has a name."""
        given = super().clean() or {}
        said_once(self, "name")
        return given
